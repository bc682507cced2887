// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of the system.

#include <hal/cpu.h>
#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/print.h>
#include <kernel/smp.h>

#include <stddef.h>

void system_bring_out(void)
{
    do {
        console_flush();
    } while (hm_tell());
}

void system_stop(const char *reason, uint32_t status)
{
    smp_end();
    system_bring_out();
    print("halt: %s status %u", reason, status);
    console_flush();
    hal_cpu_stop(status);
}

// A fault on the way to the end would only come again: nothing more is tried then.
_Noreturn static void internal_error(const struct hal_fault *fault, const char *reason)
{
    static bool ending;

    if (ending) {
        hal_cpu_stop(SYSTEM_STATUS_PANIC);
    }
    ending = true;
    // Before there are partitions there is no log, and no checked configuration.
    if (partitions != NULL) {
        event_raise_own(fault, reason, SYSTEM_STATUS_PANIC);
    }
    system_stop(reason, SYSTEM_STATUS_PANIC);
}

void panic(const char *reason)
{
    const struct hal_fault fault = {.event = SEP_EVENT_INTERNAL_ERROR};

    smp_end();
    print("%s", reason);
    internal_error(&fault, reason);
}

void kernel_panic_fault(const struct hal_fault *fault)
{
    smp_end();
    console_flush();
    print("hypervisor fault code %x detail %x pc %p address %p", fault->code, fault->detail,
          (void *)fault->pc, (void *)fault->address);
    internal_error(fault, "fault in the hypervisor");
}
