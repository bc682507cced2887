// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The few calls of Linux on 64-bit ARM that the program of this example makes, without a C library.
// Numbers are those of include/uapi/asm-generic/unistd.h.

#ifndef SYSTEM_H
#define SYSTEM_H

#include <stddef.h>
#include <stdint.h>

enum {
    SYSTEM_OPENAT = 56,
    SYSTEM_READ = 63,
    SYSTEM_WRITE = 64,
    SYSTEM_EXIT = 93,
    SYSTEM_YIELD = 124,
    SYSTEM_MMAP = 222,
    SYSTEM_AT_CWD = -100,
    SYSTEM_READ_ONLY = 0,
    SYSTEM_READ_WRITE = 2,
    SYSTEM_SYNC = 0x101000,
    SYSTEM_PROT_READ_WRITE = 3,
    SYSTEM_MAP_SHARED = 1
};

/// A system call; below 0: the negative error number.
static inline long system_call(long number, long a, long b, long c, long d, long e, long f)
{
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    register long x8 __asm__("x8") = number;

    __asm__ volatile("svc #0"
                     : "+r"(x0)
                     : "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x8)
                     : "memory");
    return x0;
}

static inline _Noreturn void system_exit(int status)
{
    for (;;) {
        (void)system_call(SYSTEM_EXIT, status, 0, 0, 0, 0, 0);
    }
}

static inline void system_yield(void)
{
    (void)system_call(SYSTEM_YIELD, 0, 0, 0, 0, 0, 0);
}

static inline long system_write(const char *text, size_t size)
{
    return system_call(SYSTEM_WRITE, 1, (long)(uintptr_t)text, (long)size, 0, 0, 0);
}

/// A file's descriptor; flags: SYSTEM_READ_ONLY ...
static inline long system_open(const char *path, long flags)
{
    return system_call(SYSTEM_OPENAT, SYSTEM_AT_CWD, (long)(uintptr_t)path, flags, 0, 0, 0);
}

/// Bytes read, at most size.
static inline long system_read(long file, void *to, size_t size)
{
    return system_call(SYSTEM_READ, file, (long)(uintptr_t)to, (long)size, 0, 0, 0);
}

/// Physical memory of an open /dev/mem, readable and writable; NULL: refused.
static inline volatile void *system_map(long file, uint64_t start, uint64_t size)
{
    long address = system_call(SYSTEM_MMAP, 0, (long)size, SYSTEM_PROT_READ_WRITE,
                               SYSTEM_MAP_SHARED, file, (long)start);

    return address < 0 && address > -4096 ? NULL : (volatile void *)address;
}

/// The clock of the architecture, which Linux lets programs read.
static inline uint64_t system_ticks(void)
{
    uint64_t ticks;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

static inline uint64_t system_ticks_per_second(void)
{
    uint64_t hz;

    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hz));
    return hz;
}

#endif
