// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Leaves traces in everything that a reset of the system must begin anew. How often it was reset, whatever
// the hypervisor says, stands in shared memory, which no reset clears.

#include <check.h>
#include <isa_faults.h>

#define MAGIC 0x7e57a6e5u

struct kept {
    volatile uint32_t magic;
    volatile uint32_t life;
};

static unsigned starts;
static volatile unsigned ticks;

static void on_timer(uint32_t irq)
{
    (void)irq;
    ticks++;
}

static void on_fault(struct rt_trap *trap)
{
    rt_trap_skip(trap);
}

// The log is the one thing of the hypervisor's that goes on: a record of each life before.
static void log_goes_on(uint32_t lives)
{
    struct sep_log_status log = {0};
    static struct sep_hm_record record;

    CHECK_STATUS("status of the log", sep_hm_status(&log), SEP_OK);
    CHECK_EQUAL("records", log.count, lives);
    if (lives != 0u) {
        CHECK_STATUS("the last one", sep_hm_read(lives - 1u, &record), SEP_OK);
        CHECK("is whole", record.number == lives - 1u && record.partition == 0u &&
                              record.event == SEP_EVENT_ILLEGAL_INSTRUCTION &&
                              record.action == SEP_ACTION_PROPAGATE);
    }
}

static void fresh(void)
{
    struct sep_system_status system = {0};
    struct sep_partition_status other = {0};
    struct sep_partition_status self = {0};
    struct sep_plan_status plan = {0};

    (void)sep_system_status(&system);
    (void)sep_partition_status(SEP_SELF, &self);
    (void)sep_plan_status(&plan);
    CHECK("time", system.time < 500 * MS && now(SEP_CLOCK_HW) < 500 * MS);
    CHECK("plan", plan.current == 0u && plan.next == 0u && plan.previous == 0u &&
                      plan.switch_time == 0u && plan.frame_count < 50u);
    CHECK("frame", plan.frame_start < 500 * MS);
    CHECK_EQUAL("events", system.event_count, 0);
    CHECK_EQUAL("own events", self.event_count, 0);
    CHECK_EQUAL("own resets", self.reset_count, 0);
    CHECK_EQUAL("own interrupts", self.virq_count, 0);
    CHECK_EQUAL("own mode", self.mode, SEP_MODE_COLD);
    CHECK_EQUAL("own memory", starts, 1);
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    wait_for_frame(60);
    CHECK_EQUAL("timers", ticks, 0);
    (void)sep_partition_status(1, &other);
    CHECK("the other one", other.state == SEP_STATE_READY && other.reset_count == 0u &&
                               other.mode == SEP_MODE_NORMAL);
}

static void leave_traces(void)
{
    struct sep_plan_status plan = {0};

    (void)sep_plan_switch(1, SEP_PLAN_AT_FRAME_END);
    rt_trap_handler(on_fault);
    isa_raise_illegal();
    idle(3);
    (void)sep_plan_status(&plan);
    CHECK_EQUAL("in the second plan", plan.current, 1);
    (void)sep_plan_switch(0, SEP_PLAN_AT_FRAME_END);
    (void)sep_partition_halt(1);
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 20 * MS, 1 * MS);
    (void)sep_partition_shutdown(SEP_SELF);
}

int main(void)
{
    static const enum sep_mode next[] = {SEP_MODE_WARM, SEP_MODE_WARM, SEP_MODE_COLD};
    static const uint32_t resets[] = {0, 1, 2, 0};
    struct kept *kept = (struct kept *)area_start("kept");
    struct sep_system_status system = {0};

    starts++;
    if (kept->magic != MAGIC) {
        kept->magic = MAGIC;
        kept->life = 0;
    } else {
        kept->life++;
    }
    printf("life %u\n", (unsigned)kept->life);
    (void)sep_system_status(&system);
    CHECK_EQUAL("reset counter", system.reset_count, resets[kept->life]);
    log_goes_on(kept->life);
    fresh();
    if (kept->life < 3u) {
        leave_traces();
        (void)sep_system_reset(next[kept->life]);
        printf("FAIL no reset\n");
    }
    (void)sep_system_halt();
    printf("FAIL no halt\n");
    return 0;
}
