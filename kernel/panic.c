// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of the system.

#include <hal/cpu.h>
#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/print.h>

#include <stddef.h>

void system_stop(const char *reason, uint32_t status)
{
    do {
        console_flush();
    } while (hm_tell());
    print("halt: %s status %u", reason, status);
    console_flush();
    hal_cpu_stop(status);
}

void panic(const char *reason)
{
    system_stop(reason, SYSTEM_STATUS_PANIC);
}

void kernel_panic_fault(const struct hal_fault *fault)
{
    console_flush();
    print("hypervisor fault code %x detail %x pc %p address %p", fault->code, fault->detail,
          (void *)fault->pc, (void *)fault->address);
    panic("fault in the hypervisor");
}
