// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Power calls of a partition.

#include <vm/vpsci.h>

#define SMC64 0x40000000u
#define SMCCC_VERSION 0x80000000u
#define SMCCC_ARCH_FEATURES 0x80000001u
#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_SUSPEND 0x84000001u
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_CPU_ON 0x84000003u
#define PSCI_AFFINITY_INFO 0x84000004u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_FEATURES 0x8400000au

#define PSCI_1_1 0x10001
#define SMCCC_1_1 0x10001
#define NO_MIGRATION 2 // a trusted OS that would not migrate, or none
#define STATE_ON 0

// Calls that have a form with 64-bit arguments, too.
static bool has_wide_form(uint32_t function)
{
    return function == PSCI_CPU_SUSPEND || function == PSCI_CPU_ON ||
           function == PSCI_AFFINITY_INFO;
}

static bool is_power_call(uint32_t function)
{
    switch (function) {
    case PSCI_VERSION:
    case PSCI_CPU_SUSPEND:
    case PSCI_CPU_OFF:
    case PSCI_CPU_ON:
    case PSCI_AFFINITY_INFO:
    case PSCI_MIGRATE_INFO_TYPE:
    case PSCI_SYSTEM_OFF:
    case PSCI_SYSTEM_RESET:
    case PSCI_FEATURES:
        return true;
    default:
        return false;
    }
}

static int64_t features(uint32_t function)
{
    uint32_t narrow = function & ~SMC64;

    if (function == SMCCC_VERSION || is_power_call(function) ||
        (is_power_call(narrow) && has_wide_form(narrow))) {
        return VPSCI_OK;
    }
    return VPSCI_NOT_SUPPORTED;
}

static int64_t affinity_info(uint64_t affinity, uint64_t level)
{
    return affinity == 0u && level == 0u ? STATE_ON : VPSCI_INVALID_PARAMETERS;
}

// There is one processor, and it runs.
static int64_t cpu_on(uint64_t affinity)
{
    return affinity == 0u ? VPSCI_ALREADY_ON : VPSCI_INVALID_PARAMETERS;
}

static struct vpsci_answer answer(uint32_t function, const uint64_t *argument)
{
    switch (function) {
    case SMCCC_VERSION:
        return (struct vpsci_answer){SMCCC_1_1, VPSCI_NOTHING};
    case SMCCC_ARCH_FEATURES:
        return (struct vpsci_answer){
            (uint32_t)argument[0] == SMCCC_VERSION ? VPSCI_OK : VPSCI_NOT_SUPPORTED, VPSCI_NOTHING};
    case PSCI_VERSION:
        return (struct vpsci_answer){PSCI_1_1, VPSCI_NOTHING};
    case PSCI_CPU_SUSPEND:
        return (struct vpsci_answer){VPSCI_OK, VPSCI_NOTHING}; // woken at once, as is allowed
    case PSCI_CPU_ON:
        return (struct vpsci_answer){cpu_on(argument[0]), VPSCI_NOTHING};
    case PSCI_AFFINITY_INFO:
        return (struct vpsci_answer){affinity_info(argument[0], argument[1]), VPSCI_NOTHING};
    case PSCI_MIGRATE_INFO_TYPE:
        return (struct vpsci_answer){NO_MIGRATION, VPSCI_NOTHING};
    case PSCI_CPU_OFF:
    case PSCI_SYSTEM_OFF:
        return (struct vpsci_answer){VPSCI_OK, VPSCI_SHUTDOWN};
    case PSCI_SYSTEM_RESET:
        return (struct vpsci_answer){VPSCI_OK, VPSCI_RESET};
    case PSCI_FEATURES:
        return (struct vpsci_answer){features((uint32_t)argument[0]), VPSCI_NOTHING};
    default:
        return (struct vpsci_answer){VPSCI_NOT_SUPPORTED, VPSCI_NOTHING};
    }
}

struct vpsci_answer vpsci_call(const struct vpsci_call *call)
{
    uint32_t function = (uint32_t)call->function;
    uint64_t argument[3];

    if ((function & SMC64) != 0u) {
        if (!has_wide_form(function & ~SMC64)) {
            return (struct vpsci_answer){VPSCI_NOT_SUPPORTED, VPSCI_NOTHING};
        }
        return answer(function & ~SMC64, call->argument);
    }
    for (uint32_t i = 0; i < 3u; i++) {
        argument[i] = (uint32_t)call->argument[i];
    }
    return answer(function, argument);
}
