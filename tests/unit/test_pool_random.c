// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools under random partitions: whatever others call and whatever interrupts come, an admitted real-time vCPU has
// its capacity by its deadline, and never more. The oracle knows the description and who runs, and nothing of the
// kernel's: it makes releases and deadlines itself and adds up in steps who has the processor.

#include "system.h"

#include <string.h>

#include <kernel/panic.h>

#define STEP (20 * US)
#define SAMPLE (STEP / 4u) ///< who runs is looked at
#define UNIT (500 * US)    ///< times of descriptions are multiples of it
#define STEPS 20000u       ///< of a system
#define SYSTEMS 60u
#define REAL_TIME 4u
/// What counting in steps may miss of a job: one at each end of a piece of it.
#define TOLERANCE ((int64_t)(12 * STEP))

static uint32_t seed;

static uint32_t preempted; ///< steps of all systems

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 12) % limit;
}

/// A real-time vCPU as the description has it, and its job as the oracle sees it. It is partition i's vCPU 0.
struct expected {
    uint64_t period, capacity, deadline, offset;
    uint64_t release; ///< of the running period
    int64_t used;     ///< of it, since its release
    bool released;    ///< there was one in this plan
    bool started;
    bool reset;   ///< since the last release: the next job goes to loading
    bool excused; ///< it gave its job away itself, or cannot run: it need not get its capacity
};

static struct {
    struct expected task[REAL_TIME];
    uint32_t tasks;
    uint32_t others;     ///< best-effort partitions behind them; the last one is a system partition
    uint64_t window;     ///< of preemptions by interrupts
    uint32_t share;      ///< percent of it; 0: they wait
    uint64_t slot[2][2]; ///< lengths of each plan's slots
    uint64_t window_from; ///< of the window under way
    int64_t preempted;    ///< in it
    uint64_t plan_start;
    uint64_t start; ///< ticks at which the hardware clock was 0
} model;

// Two plans that hold the pool, with gaps and slots of others. False: they are not admitted.
static bool make(void)
{
    static const uint32_t periods[] = {10, 16, 20, 40, 80};

    system_reset();
    memset(&model, 0, sizeof(model));
    model.tasks = 1u + random_below(REAL_TIME);
    model.others = 2u + random_below(2);
    model.share = 5u * random_below(6);
    model.window = (1u + random_below(4)) * 1300u * US;
    (void)system_pool(1 * MS + random_below(4) * MS);
    system_pool_of(0)->overhead = 2 * US;
    system_pool_of(0)->blocking = 2 * US;
    system_preemption(0, model.share, model.window);
    for (uint32_t i = 0; i < model.tasks + model.others; i++) {
        bool last = i + 1u == model.tasks + model.others;
        bool kept = random_below(8) == 0u;

        (void)system_partition("p", SEP_PARTITION_BOOT | (last ? SEP_PARTITION_SYSTEM : 0u) |
                                        (kept ? SEP_PARTITION_NON_PREEMPTIBLE : 0u));
        system_action(i, SEP_EVENT_PARTITION_ERROR, SEP_ACTION_IGNORE);
        system_ipvi(i, 1, (1u << (model.tasks + model.others)) - 1u);
        if (i >= model.tasks) {
            system_best_effort(0, i, 0);
        }
        if (i >= model.tasks && model.share != 0u) {
            system_fast_line(i, 1u + i, SEP_DELIVERY_RECYCLE);
        } else {
            system_line(i, 1u + i);
        }
    }
    for (uint32_t i = 0; i < model.tasks; i++) {
        struct expected *t = &model.task[i];

        t->period = periods[random_below(5)] * UNIT;
        t->capacity = (1u + random_below(4)) * UNIT;
        t->deadline = t->period - random_below(3) * UNIT;
        t->offset = random_below(3) == 0u ? random_below(4) * UNIT : 0u;
        t->started = random_below(4) != 0u;
        t->reset = true; // the first job goes to loading
        if (t->deadline < t->capacity) {
            return false;
        }
        system_real_time(0, i, 0, t->period, t->capacity, t->deadline, t->offset)->flags =
            t->started ? SEP_CFG_VCPU_STARTED : 0u;
    }
    for (uint32_t plan = 0; plan < 2u; plan++) {
        uint64_t frame = (10u + 10u * random_below(2)) * UNIT;
        uint64_t gap = random_below(3) * UNIT;

        model.slot[plan][0] = frame / 2u - gap;
        model.slot[plan][1] = frame / 2u;
        system_frame(plan, frame);
        system_pool_slot(plan, 0, frame / 2u - gap, 0);
        system_pool_slot(plan, frame / 2u, frame / 2u, 0);
    }
    system_build();
    return host_boot() == HOST_DONE;
}

// The job of the period that ends has had its capacity, unless it is excused, and no more.
static void judge(const struct expected *t)
{
    if (t->used > (int64_t)t->capacity + TOLERANCE) {
        fail_msg("seed %u: a job of vCPU %u had %lld of %llu ns", seed, (unsigned)(t - model.task),
                 (long long)t->used, (unsigned long long)t->capacity);
    }
}

static void judge_deadline(const struct expected *t)
{
    if (t->released && !t->excused && t->used < (int64_t)t->capacity - TOLERANCE) {
        fail_msg("seed %u: a job of vCPU %u had only %lld of %llu ns at its deadline", seed,
                 (unsigned)(t - model.task), (long long)t->used, (unsigned long long)t->capacity);
    }
}

// Releases and deadlines at a time, a multiple of UNIT.
static void tick(uint64_t time)
{
    struct sched *sched = &cpus[0].sched;

    if (sched->plan_start !=
        model.plan_start) { // the one thing that is asked for: when the plan began
        model.plan_start = sched->plan_start;
        for (uint32_t i = 0; i < model.tasks; i++) {
            judge(&model.task[i]);
            model.task[i].released = false;
            model.task[i].excused = true;
        }
    }
    for (uint32_t i = 0; i < model.tasks; i++) {
        struct expected *t = &model.task[i];
        uint64_t first = model.plan_start + t->offset;

        if (t->released && time == t->release + t->deadline) {
            judge_deadline(t);
        }
        if (time >= first && (time - first) % t->period == 0u) {
            bool reset = t->reset;

            judge(t);
            t->release = time;
            t->used = 0;
            t->released = t->started;
            t->reset =
                (t->reset && !t->started) || vcpus[i].state == SEP_STATE_LOADING; // it goes on
            t->excused = time < 50 * MS || reset || vcpus[i].state == SEP_STATE_LOADING ||
                         partitions[i].state != SEP_STATE_READY;
        }
    }
}

static sep_status_t ask(sep_word_t number, sep_word_t a0, sep_word_t a1)
{
    const sep_word_t words[5] = {a0, a1, SYSTEM_DATA, 0, 0};

    assert_int_equal(host_hypercall(number, words), HOST_DONE);
    return host_status();
}

// Anything that a partition without rights over the system may do; me: which one.
static void disturb(uint32_t me)
{
    switch (random_below(10)) {
    case 0:
        (void)ask(SEP_HC_irq_raise, 1, 0);
        break;
    case 1:
        (void)ask(SEP_HC_set_timer, SEP_CLOCK_HW,
                  host_ns(host.ticks - model.start) + random_below(3000) * US);
        break;
    case 2:
        (void)ask(SEP_HC_set_timer, SEP_CLOCK_EXEC, random_below(3000) * US);
        break;
    case 3:
        (void)ask(SEP_HC_periodic_stop, random_below(8), 0);
        break;
    case 4:
        (void)ask(SEP_HC_periodic_start, random_below(8), 0);
        break;
    case 5:
        (void)ask(SEP_HC_plan_switch, random_below(3), 0);
        break;
    case 6:
        (void)ask(SEP_HC_partition_suspend, random_below(me), 0);
        break;
    case 7:
        (void)ask(SEP_HC_irq_unmask, UINT32_MAX, 0);
        break;
    case 8:
        host_line_deassert(1u + random_below(8));
        break;
    default:
        host_line_assert(1u + random_below(8));
        break;
    }
}

// What the system partition does besides: plans, services, and one victim that is excused for ever.
static void manage(void)
{
    uint32_t target = random_below(model.tasks);
    struct expected *t = &model.task[target];

    switch (random_below(8)) {
    case 0:
        (void)ask(SEP_HC_plan_switch, random_below(2), 0);
        break;
    case 1:
        if (ask(SEP_HC_periodic_start, target, 0) == SEP_OK) {
            t->started = true; // from its next release on
        }
        break;
    case 2:
        if (ask(SEP_HC_periodic_stop, target, 0) == SEP_OK) {
            t->started = false;
            t->excused = true;
        }
        break;
    case 3:
        if (ask(SEP_HC_partition_reset, 0, random_below(2)) == SEP_OK) {
            model.task[0].excused = true;
            model.task[0].reset = true;
        }
        break;
    default:
        break;
    }
}

// Devices of best-effort vCPUs interrupt, and who runs of them handles that.
static void interrupt(void)
{
    uint32_t line = 1u + model.tasks + random_below(model.others);

    if (random_below(8) == 0u) {
        host_line_assert(line);
    }
    if (random_below(2) == 0u) {
        host_line_deassert(line);
    }
    if (running() != NULL && running()->partition->config->id >= model.tasks &&
        random_below(4) == 0u) {
        (void)ask(SEP_HC_irq_clear, UINT32_MAX, 0);
        (void)ask(SEP_HC_irq_unmask, UINT32_MAX, 0);
    }
}

static void act(void)
{
    uint32_t me;

    interrupt();
    if (running() == NULL || random_below(8) != 0u) {
        return;
    }
    me = running()->partition->config->id;
    if (me < model.tasks) {
        struct expected *t = &model.task[me];

        switch (random_below(16)) {
        case 0:
            t->excused = true;
            (void)ask(SEP_HC_periodic_wait, 0, 0);
            return;
        case 1:
            t->excused = true;
            (void)ask(SEP_HC_idle_self, 0, 0);
            return;
        case 2: // stops itself
            if (random_below(8) == 0u) {
                t->excused = true;
                t->started = false;
                (void)ask(SEP_HC_periodic_stop, SEP_SELF, 0);
            }
            return;
        case 3: // raises an event that is ignored
            (void)ask(SEP_HC_hm_raise, 1, 2);
            return;
        default:
            break;
        }
    } else if (random_below(6) == 0u) {
        (void)ask(SEP_HC_idle_self, 0, 0);
        return;
    } else {
        // It goes on to disturb.
    }
    if (me + 1u == model.tasks + model.others) {
        manage();
    } else if (me >= model.tasks) {
        disturb(me);
    } else {
        (void)ask(SEP_HC_irq_raise, 1, 0);
    }
}

// Whether a job surely is open, and wants the processor.
static bool wants(const struct expected *t, uint64_t time)
{
    return t->released && t->started && !t->excused && time < t->release + t->deadline &&
           t->used < (int64_t)t->capacity - TOLERANCE;
}

// The windows of a slot begin with it.
static void enter_window(uint64_t time)
{
    const struct sched *sched = &cpus[0].sched;
    const uint64_t *slot = model.slot[sched->current];
    uint64_t from = sched->frame_start;
    uint64_t length = slot[0];

    if (time >= from + slot[1]) { // half a frame
        from += slot[1];
        length = slot[1];
    }
    if (time < from + length) {
        from += (time - from) / model.window * model.window;
        if (from != model.window_from) {
            model.window_from = from;
            model.preempted = 0;
        }
    }
}

// A best-effort vCPU runs where a real-time one wants to: an interrupt has preempted, and there is time for that.
static bool may_preempt(uint64_t time)
{
    enter_window(time);
    model.preempted += (int64_t)SAMPLE;
    preempted++;
    return model.preempted <= (int64_t)(model.window * model.share / 100u) + TOLERANCE;
}

// Who runs has the time, and nobody who wants it has an earlier deadline.
static void account(uint64_t time)
{
    const struct vcpu *vcpu = running();
    bool preempts = false;
    uint32_t me;

    if (vcpu == NULL) {
        return; // nobody's slot, or somebody idles in a job
    }
    me = vcpu->partition->config->id;
    for (uint32_t i = 0; i < model.tasks; i++) {
        const struct expected *t = &model.task[i];

        preempts = preempts || (me >= model.tasks && wants(t, time));
        if (i != me && wants(t, time) &&
            ((me >= model.tasks && model.share == 0u) ||
             (me < model.tasks &&
              t->release + t->deadline < model.task[me].release + model.task[me].deadline))) {
            fail_msg("seed %u: vCPU %u runs, and vCPU %u has an earlier deadline", seed, me, i);
        }
    }
    if (preempts && !may_preempt(time)) {
        fail_msg("seed %u: interrupts preempt for %lld of %llu ns", seed,
                 (long long)model.preempted,
                 (unsigned long long)(model.window * model.share / 100u));
    }
    if (me < model.tasks) {
        model.task[me].used += (int64_t)SAMPLE;
    }
}

/// Shows REQ-POOL-001, REQ-POOL-003, REQ-POOL-009, REQ-POOL-012, REQ-POOL-015,
/// REQ-FAST-005, REQ-FAST-006
static void random_partitions(void **state)
{
    uint32_t admitted = 0;

    preempted = 0;

    (void)state;
    for (uint32_t n = 1; admitted < SYSTEMS; n++) {
        seed = n;
        assert_true(n < 100u * SYSTEMS);
        if (!make()) {
            assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
            continue;
        }
        admitted++;
        model.start = host.ticks;
        for (uint32_t step = 0; step < STEPS; step++) {
            uint64_t time = step * STEP;

            // A new plan has begun by then.
            assert_int_equal(host_run_until(model.start + host_ticks(time + US)), HOST_DONE);
            if (time % UNIT == 0u) {
                tick(time);
            }
            // Behind what happens at the start of the step; what a call does counts from then on.
            assert_int_equal(host_run_until(model.start + host_ticks(time + STEP / 4u)), HOST_DONE);
            act();
            account(time);
            for (uint64_t at = STEP / 4u + SAMPLE; at < STEP; at += SAMPLE) {
                assert_int_equal(host_run_until(model.start + host_ticks(time + at)), HOST_DONE);
                account(time + at);
            }
            assert_int_equal(host_run_until(model.start + host_ticks(time + STEP - US)), HOST_DONE);
            account(time + STEP - US);
        }
    }
    assert_true(preempted > 10u * SYSTEMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_partitions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
