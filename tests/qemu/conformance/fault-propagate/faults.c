// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each fault, propagated to the partition's own handler, which skips the instruction.

#include <raise.h>

static struct rt_trap seen;
static unsigned faults;
static uint32_t enabled;

static void on_fault(struct rt_trap *trap)
{
    struct sep_irq_status status = {.enabled = 99};

    (void)sep_irq_status(&status);
    enabled = status.enabled;
    seen = *trap;
    faults++;
    if (trap->code == ISA_CODE_EXECUTE) {
        isa_trap_return(trap);
    } else {
        rt_trap_skip(trap);
    }
}

static uint32_t events(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    return status.event_count;
}

static void one(const struct raise *raise)
{
    struct sep_irq_status status = {0};
    uint32_t before = events();

    faults = 0;
    raise->raise();
    (void)sep_irq_status(&status);
    printf("%s\n", raise->name);
    CHECK_EQUAL("one fault", faults, 1);
    CHECK_EQUAL("its cause", seen.code, raise->code);
    CHECK_EQUAL("where it happened", seen.pc, isa_fault_pc);
    CHECK_EQUAL("one event", events() - before, 1);
    CHECK_EQUAL("interrupts off in the handler", enabled, 0);
    CHECK_EQUAL("and on again", status.enabled, 1);
}

// A wrong result takes a unit that is on. From a stack fault nobody returns.
static bool is_mine(enum sep_event event)
{
    if ((sep_info()->flags & SEP_PARTITION_FP) != 0u) {
        return event == SEP_EVENT_FP_ERROR;
    }
    return event != SEP_EVENT_FP_ERROR && event != SEP_EVENT_STACK;
}

int main(void)
{
    rt_trap_handler(on_fault);
    rt_irq_on();
    for (uint32_t i = 0; i < RAISE_COUNT; i++) {
        if (raises[i].raise != NULL && is_mine(raises[i].event)) {
            one(&raises[i]);
        }
    }
    return 0;
}
