// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has four slots in a frame for vCPU 0, two of them side by side, and one for vCPU 1. Each start of one
// is an interrupt; the slot's number and the clock say which and when.

#include <check.h>
#include <rt/vcpu.h>

#define FRAMES 30u
// From the nominal start of a slot to the handler's first reading, and from the last one to the end.
#define LATE (60 * US)

struct slot {
    uint32_t id;
    sep_time_t start;
    sep_time_t end;
    unsigned begun;
    sep_time_t earliest;
    sep_time_t latest;
    sep_time_t last; ///< latest time at which it was seen to run
};

static struct slot slots[] = {
    {.id = 7, .start = 4100 * US, .end = 4800 * US, .earliest = UINT64_MAX},
    {.id = 3, .start = 6 * MS, .end = 7 * MS, .earliest = UINT64_MAX},
    {.id = 42, .start = 7 * MS, .end = 7500 * US, .earliest = UINT64_MAX},
};
#define SLOTS (sizeof(slots) / sizeof(slots[0]))

static volatile unsigned second_starts;
static volatile sep_time_t second_time;

static struct slot *find(uint32_t id)
{
    for (unsigned i = 0; i < SLOTS; i++) {
        if (slots[i].id == id) {
            return &slots[i];
        }
    }
    printf("FAIL slot %u is not mine\n", (unsigned)id);
    return &slots[0];
}

static void on_slot(struct slot *slot, sep_time_t time)
{
    slot->begun++;
    slot->earliest = time < slot->earliest ? time : slot->earliest;
    slot->latest = time > slot->latest ? time : slot->latest;
}

static void second(uintptr_t unused)
{
    (void)unused;
    (void)sep_irq_unmask(SEP_IRQ_BIT(SEP_IRQ_SLOT_START));
    (void)sep_irq_clear(SEP_IRQ_BIT(SEP_IRQ_SLOT_START));
    rt_irq_on();
    for (;;) {
    }
}

static void on_interrupt(uint32_t irq)
{
    struct sep_plan_status plan = {0};
    sep_time_t time = now(SEP_CLOCK_HW);

    (void)irq;
    (void)sep_plan_status(&plan);
    time -= plan.frame_start;
    if (plan.slot_id == 5u) { // vCPU 1
        second_starts++;
        second_time = time;
    } else {
        on_slot(find(plan.slot_id), time);
    }
}

static void check_slot(const struct slot *slot)
{
    printf("slot %u\n", (unsigned)slot->id);
    CHECK_EQUAL("once in each frame", slot->begun, FRAMES);
    CHECK("never early", slot->earliest >= slot->start);
    CHECK("never late", slot->latest < slot->start + LATE);
    CHECK("to its end", slot->last > slot->end - LATE);
    CHECK("and no longer", slot->last <= slot->end);
}

// Notes the latest time in each slot until so many frames are over.
static void observe(uint32_t frame)
{
    struct sep_plan_status plan = {0};

    for (;;) {
        struct sep_plan_status after = {0};
        sep_time_t time;

        (void)sep_plan_status(&plan);
        time = now(SEP_CLOCK_HW) - plan.frame_start;
        (void)sep_plan_status(&after);
        if (plan.frame_count == frame) {
            return;
        }
        if (plan.slot_id == after.slot_id && plan.frame_count == after.frame_count &&
            time > find(plan.slot_id)->last) {
            find(plan.slot_id)->last = time;
        }
    }
}

int main(void)
{
    struct sep_plan_status plan = {0};
    struct sep_vcpu_status status = {0};
    unsigned starts;
    sep_time_t ran;

    (void)rt_vcpu_start(1, second, 0);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, on_interrupt);
    (void)sep_plan_status(&plan);
    wait_for_frame(plan.frame_count + 1u); // by then the second vCPU waits for its slots
    (void)sep_plan_status(&plan);
    while (plan.slot_id == 42u) {
        (void)sep_plan_status(&plan);
    }
    while (plan.slot_id != 42u) { // up to the beginning of the last slot of a frame
        (void)sep_plan_status(&plan);
    }
    ran = now(SEP_CLOCK_EXEC);
    (void)sep_irq_clear(0xffffffff);
    rt_irq_on();
    second_starts = 0;
    observe(plan.frame_count + FRAMES);
    while (plan.slot_id != 42u || slots[2].begun != FRAMES) {
        (void)sep_plan_status(&plan);
    }
    starts = second_starts; // printing may take until further ones
    ran = now(SEP_CLOCK_EXEC) - ran;
    rt_irq_off();
    for (unsigned i = 0; i < SLOTS; i++) {
        check_slot(&slots[i]);
    }
    // A hypercall under way, one's own or a neighbour's, may hold up either end of a slot.
    CHECK("executed as long as its slots are",
          ran > FRAMES * 2170 * US && ran < FRAMES * 2230 * US);
    CHECK_EQUAL("the second vCPU's slot begins in each frame", starts, FRAMES);
    CHECK("at its time", second_time >= 8 * MS && second_time < 8 * MS + LATE);
    (void)sep_vcpu_status(1, &status);
    CHECK("and it never ran longer", status.exec_clock < (FRAMES + 40u) * 301 * US);
    return 0;
}
