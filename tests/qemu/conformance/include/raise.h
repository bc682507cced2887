// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every fault that a partition can cause, by name. In the systems fault-… each is raised by a partition
// of that name.

#ifndef CONFORMANCE_RAISE_H
#define CONFORMANCE_RAISE_H

#include <check.h>
#include <isa_faults.h>
#include <string.h>

/// What an architecture has no way to cause (ISA_HAS_… 0) has no function.
struct raise {
    const char *name;
    enum sep_event event;
    uint32_t code; ///< the architecture's own
    void (*raise)(void);
};

// Before the partition's memory there is nothing.
static void raise_read(void)
{
    isa_raise_read(area_start("ram") - 4u);
}

// The information block can be read only.
static void raise_write(void)
{
    isa_raise_write((uintptr_t)sep_info());
}

static void raise_execute(void)
{
    isa_raise_execute((uintptr_t)sep_info());
}

static void raise_alignment(void)
{
    isa_raise_alignment(area_start("ram"));
}

// Device registers at an address where no device answers.
static void raise_bus(void)
{
    isa_raise_read(area_start("hole"));
}

static const struct raise raises[] = {
    {"read", SEP_EVENT_MEM_PROTECTION, ISA_CODE_ACCESS, raise_read},
    {"write", SEP_EVENT_MEM_PROTECTION, ISA_CODE_ACCESS, raise_write},
    {"execute", SEP_EVENT_MEM_PROTECTION, ISA_CODE_EXECUTE, raise_execute},
    {"alignment", SEP_EVENT_MEM_ALIGNMENT, ISA_CODE_ALIGNMENT, raise_alignment},
    {"bus", SEP_EVENT_BUS_ERROR, ISA_CODE_BUS, raise_bus},
    {"illegal", SEP_EVENT_ILLEGAL_INSTRUCTION, ISA_CODE_ILLEGAL, isa_raise_illegal},
    {"privileged", SEP_EVENT_PRIVILEGED_INSTRUCTION, ISA_CODE_PRIVILEGED, isa_raise_privileged},
    {"fpdisabled", SEP_EVENT_FP_DISABLED, ISA_CODE_FP_DISABLED, isa_raise_fp_disabled},
    {"fperror", SEP_EVENT_FP_ERROR, ISA_CODE_FP_ERROR,
     ISA_HAS_FP_ERROR ? isa_raise_fp_error : NULL},
    {"numeric", SEP_EVENT_NUMERIC_ERROR, ISA_CODE_NUMERIC,
     ISA_HAS_NUMERIC ? isa_raise_numeric : NULL},
    {"trap", SEP_EVENT_UNEXPECTED_TRAP, ISA_CODE_UNEXPECTED, isa_raise_unexpected},
    {"stack", SEP_EVENT_STACK, ISA_CODE_STACK, ISA_HAS_STACK ? isa_raise_stack : NULL},
};

#define RAISE_COUNT (sizeof(raises) / sizeof(raises[0]))

/// The fault that the calling partition has its name from.
static inline const struct raise *raise_mine(void)
{
    const struct raise *mine = raises;

    while (strcmp(mine->name, sep_info()->name) != 0) {
        mine++;
    }
    return mine;
}

/// Causes it. Who has its name from a fault that the architecture does not have ends.
static inline void raise_now(void)
{
    if (raise_mine()->raise == NULL) {
        (void)sep_partition_halt(SEP_SELF);
    }
    raise_mine()->raise();
}

/// How many there are.
static inline uint32_t raise_count(void)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        count += raises[i].raise != NULL ? 1u : 0u;
    }
    return count;
}

#endif
