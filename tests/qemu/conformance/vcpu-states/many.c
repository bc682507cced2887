// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// vCPU 0 watches: vCPU 1 idles and counts its slots, vCPU 2 suspends itself.

#include <check.h>
#include <rt/vcpu.h>

static volatile unsigned slots;
static volatile unsigned resumed;
static volatile unsigned timers;
static volatile unsigned starts;
static unsigned lives;

static uint32_t state(uint32_t vcpu)
{
    struct sep_vcpu_status status = {.state = 99};

    (void)sep_vcpu_status(vcpu, &status);
    return status.state;
}

static uint64_t ran(uint32_t vcpu)
{
    struct sep_vcpu_status status = {0};

    (void)sep_vcpu_status(vcpu, &status);
    return status.exec_clock;
}

// Begins at the start of a slot of this vCPU.
static void frames(unsigned n)
{
    idle(n);
}

static void idler(uintptr_t unused)
{
    (void)unused;
    for (;;) {
        slots++;
        (void)sep_idle_self();
    }
}

static void suspender(uintptr_t unused)
{
    (void)unused;
    for (;;) {
        (void)sep_vcpu_suspend(2);
        resumed++;
    }
}

static void on_interrupt(uint32_t irq)
{
    if (irq == (uint32_t)SEP_IRQ_TIMER_HW) {
        timers++;
    } else {
        starts++;
    }
}

// Has the start of its slots and a timer interrupt it, which are masked for vCPU 0.
static void interrupted(uintptr_t unused)
{
    (void)unused;
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_interrupt);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, on_interrupt);
    (void)sep_irq_clear(0xffffffff);
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 300 * US, 0);
    rt_irq_on();
    for (;;) {
    }
}

static void idle_one(void)
{
    unsigned before;

    (void)rt_vcpu_start(1, idler, 0);
    CHECK_EQUAL("ready once started", state(1), SEP_STATE_READY);
    frames(2);
    CHECK_EQUAL("idle", state(1), SEP_STATE_IDLE);
    before = slots;
    frames(10);
    CHECK_EQUAL("runs in each of its slots", slots - before, 10);
    CHECK_STATUS("start of an idle one", rt_vcpu_start(1, idler, 0), SEP_NO_ACTION);
    CHECK_STATUS("resume of an idle one", sep_vcpu_resume(1), SEP_NO_ACTION);
    CHECK_EQUAL("still idle", state(1), SEP_STATE_IDLE);
    CHECK_STATUS("suspend of an idle one", sep_vcpu_suspend(1), SEP_OK);
    CHECK_EQUAL("suspended", state(1), SEP_STATE_SUSPENDED);
    CHECK_STATUS("start of a suspended one", rt_vcpu_start(1, idler, 0), SEP_NO_ACTION);
    before = slots;
    frames(3);
    CHECK_EQUAL("its slots do not wake it", slots - before, 0);
    CHECK_EQUAL("still suspended", state(1), SEP_STATE_SUSPENDED);
    CHECK_STATUS("resume", sep_vcpu_resume(1), SEP_OK);
    CHECK_EQUAL("ready", state(1), SEP_STATE_READY);
    frames(3);
    CHECK_EQUAL("runs again", slots - before, 3);
}

static void suspended_itself(void)
{
    (void)rt_vcpu_start(2, suspender, 0);
    frames(2);
    CHECK_EQUAL("suspended itself", state(2), SEP_STATE_SUSPENDED);
    CHECK_EQUAL("in the call", resumed, 0);
    CHECK_STATUS("resume it", sep_vcpu_resume(2), SEP_OK);
    frames(2);
    CHECK_EQUAL("went on behind it", resumed, 1);
    CHECK_EQUAL("suspended itself again", state(2), SEP_STATE_SUSPENDED);
}

static void partition_suspended(void)
{
    unsigned before = slots;
    uint64_t first = ran(1);
    sep_time_t time = now(SEP_CLOCK_HW);

    (void)sep_partition_suspend(SEP_SELF);
    CHECK("suspended for some frames", now(SEP_CLOCK_HW) - time > 30 * MS);
    CHECK_EQUAL("the idle one did not run", slots - before, 0);
    CHECK_EQUAL("not at all", ran(1), first);
    CHECK_EQUAL("the suspended one is suspended", state(2), SEP_STATE_SUSPENDED);
    frames(2);
    CHECK_EQUAL("goes on", slots - before, 2);
    CHECK_EQUAL("nobody resumed that one", resumed, 1);
}

static void execution_adds_up(void)
{
    struct sep_partition_status status = {0};
    uint64_t before = ran(0) + ran(1) + ran(2);
    uint64_t after;

    (void)sep_partition_status(SEP_SELF, &status);
    after = ran(0) + ran(1) + ran(2);
    CHECK("execution times add up", status.exec_clock > before && status.exec_clock < after);
}

static void own_interrupts(void)
{
    struct sep_irq_status status = {0};

    (void)sep_vcpu_halt(1);
    CHECK_EQUAL("halt of an idle one", state(1), SEP_STATE_HALTED);
    (void)sep_irq_clear(0xffffffff);
    (void)rt_vcpu_start(1, interrupted, 0);
    frames(4);
    (void)sep_irq_status(&status);
    CHECK_EQUAL("its timer", timers, 1);
    CHECK_EQUAL("its slots", starts, 3);
    CHECK_EQUAL("not mine", status.pending & SEP_IRQ_BIT(SEP_IRQ_TIMER_HW), 0);
    CHECK_EQUAL("mine are masked and off", status.masked, 0xffffffff);
    CHECK_EQUAL("and off", status.enabled, 0);
    CHECK_STATUS("halt of a suspended one", sep_vcpu_halt(2), SEP_OK);
    CHECK_EQUAL("halted", state(2), SEP_STATE_HALTED);
    CHECK_STATUS("and halted already", sep_vcpu_halt(2), SEP_NO_ACTION);
}

int main(void)
{
    lives++;
    if (lives == 2u) {
        CHECK_EQUAL("a reset halts the second", state(1), SEP_STATE_HALTED);
        CHECK_EQUAL("and the third", state(2), SEP_STATE_HALTED);
        CHECK("and keeps their times", ran(1) > 6 * MS);
        return 0;
    }
    frames(1);
    idle_one();
    suspended_itself();
    partition_suspended();
    execution_adds_up();
    own_interrupts();
    (void)sep_partition_set_mode(SEP_MODE_WARM);
    return 0;
}
