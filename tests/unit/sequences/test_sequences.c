// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Random sequences of what can happen to the schedulers, on the kernel as it is, without sanitizers: a million of them
// beside the model. Each is made of a system's number and its own, so that it can be made again:
//
//     sequences [SEQUENCES]             so many, of SEQUENCES_EACH per system; prints what was seen
//     sequences SYSTEM SEQUENCE         one, told step by step
//
// Of a sequence that differs, what can be left out is left out before it is told.

#include "../system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hal/trap.h>
#include <kernel/boot.h>
#include <kernel/panic.h>

#include "model.h"

#define STEP (100 * US)
#define STEPS 120u
#define LINE 5u
#define SEQUENCES_EACH 250u
#define ARENA_MAX 0x40000u

/// Who does what to whom.
enum deed { DEED_NOTHING, DEED_DONE, DEED_REFUSED };

static struct model described; ///< the running system, not yet started
static struct model model;
static uint64_t origin; ///< ticks at the start of the first frame
static uint8_t arena[ARENA_MAX];
static bool telling;
static bool left_out[STEPS];
static bool acted[STEPS];

static struct {
    uint64_t systems, refused, sequences, deeds, released, finished, overruns, missed, switches,
        interrupts, preemptions;
} seen;

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t z = a * 0x9e3779b97f4a7c15u + b;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t state;

static uint32_t below(uint32_t limit)
{
    state = mix(state, 1);
    return (uint32_t)(state >> 33) % limit;
}

// ------------------------------------------------------------------------------------ a system

static void describe_tasks(struct model *m)
{
    static const uint32_t periods[] = {5, 8, 10, 20, 40};

    m->tasks = below(MODEL_TASKS + 1u);
    m->others = 1u + below(3) + (m->tasks == 0u ? 1u : 0u);
    m->quantum = 1u + below(6);
    for (uint32_t i = 0; i < m->tasks; i++) {
        struct model_task *t = &m->task[i];

        t->period = periods[below(5)];
        t->capacity = 1u + below(t->period < 10u ? 2u : 4u);
        t->deadline = t->period - below(t->period - t->capacity + 1u);
        t->deadline = below(2) != 0u ? t->period : t->deadline;
        t->offset = below(3) == 0u ? below(t->period) : 0u;
        t->autostart = below(4) != 0u;
    }
}

// A slot of the pool, perhaps one of the last vCPU, a gap, and the pool again; even times, so that half of a window
// is a whole number of steps.
static void describe_plan(struct model *m, struct model_plan *plan)
{
    uint32_t cut = 4u + 2u * below(2);
    int last = (int)(m->tasks + m->others);

    plan->frame = below(2) != 0u ? 10u : 20u;
    plan->slots = 0;
    plan->slot[plan->slots++] = (struct model_slot){0, cut, MODEL_POOL};
    if (below(3) != 0u) {
        plan->slot[plan->slots++] = (struct model_slot){cut, cut + 2u, last};
        cut += 2u;
    }
    cut += cut < 8u ? 2u * below(2) : 0u;
    plan->slot[plan->slots++] = (struct model_slot){cut, plan->frame, MODEL_POOL};
}

static void describe_fast(struct model *m)
{
    m->fast.any = m->others > 1u && below(2) != 0u;
    m->fast.resets = m->tasks == 0u && below(2) != 0u;
    m->fast.window = 4u + 2u * below(4);
    for (uint32_t i = 0; m->fast.any && i < MODEL_VCPUS; i++) {
        m->fast.solid[i] = below(4) == 0u;
    }
}

static void lay_out(const struct model *m)
{
    uint32_t all = m->tasks + m->others + 1u;

    system_reset();
    system_own_console(256);
    host.hz = 1000000000u;
    host.timer_early = 1;
    host.uart_ns = 0;
    host_line_edge(LINE, true);
    (void)system_pool(m->quantum * STEP);
    if (m->fast.any) {
        system_preemption(0, 50, m->fast.window * STEP);
    }
    for (uint32_t i = 0; i < all; i++) {
        bool system = i == all - 2u;

        (void)system_partition("p", SEP_PARTITION_BOOT | (system ? SEP_PARTITION_SYSTEM : 0u) |
                                        (m->fast.solid[i] ? SEP_PARTITION_NON_PREEMPTIBLE : 0u));
        system_of(i)->action[SEP_EVENT_CAPACITY].log = SEP_LOG_NO; // there are millions
        system_ipvi(i, 1, (1u << all) - 1u);
        if (i < m->tasks) {
            const struct model_task *t = &m->task[i];

            system_real_time(0, i, 0, t->period * STEP, t->capacity * STEP, t->deadline * STEP,
                             t->offset * STEP)
                ->flags = t->autostart ? SEP_CFG_VCPU_STARTED : 0u;
        } else if (i < all - 1u) {
            system_best_effort(0, i, 0);
        } else {
            // It has slots.
        }
        if (m->fast.any && i == m->tasks) {
            system_fast_line(i, LINE, m->fast.resets ? SEP_DELIVERY_RESET : SEP_DELIVERY_RECYCLE);
        }
    }
    for (uint32_t p = 0; p < MODEL_PLANS; p++) {
        system_frame(p, m->plan[p].frame * STEP);
        for (uint32_t i = 0; i < m->plan[p].slots; i++) {
            const struct model_slot *s = &m->plan[p].slot[i];

            if (s->who == MODEL_POOL) {
                system_pool_slot(p, s->start * STEP, (s->end - s->start) * STEP, 0);
            } else {
                system_slot(p, s->start * STEP, (s->end - s->start) * STEP, (uint32_t)s->who, 0);
            }
        }
    }
    system_build();
}

// As the boot of the host machine, with every partition loaded before the first slot.
static void boot(void *argument)
{
    (void)argument;
    host.cpu[0].started = true;
    kernel_boot();
    for (uint32_t i = 0; i < config.system->partitions.count; i++) {
        while (partitions[i].load.phase != LOAD_DONE) {
            load_step(&partitions[i]);
        }
    }
    if (described.fast.any) { // its owner takes interrupts
        struct vcpu *owner = &vcpus[described.tasks];

        owner->masked &= ~SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST);
        (void)hal_context_trap_table(&owner->context, hal_guest(SYSTEM_RAM));
        hal_context_irq_switch(&owner->context, HAL_IRQ_ON);
    }
    origin = host.ticks - (time_now(&cpus[0].clock) - cpus[0].sched.plan_start);
    host.limit = host.ticks;
    host_exit_path(true);
}

static uint8_t *arena_memory(void)
{
    uint64_t size = config.system->arena_size;

    if (size > ARENA_MAX) {
        (void)fprintf(stderr, "the arena of a system has %llu bytes\n", (unsigned long long)size);
        exit(2);
    }
    return host_memory(config.system->arena_start, size);
}

// False: it is not admitted.
static bool make_system(uint64_t number)
{
    enum host_end end;

    state = mix(number, 0);
    memset(&described, 0, sizeof(described));
    describe_tasks(&described);
    for (uint32_t p = 0; p < MODEL_PLANS; p++) {
        describe_plan(&described, &described.plan[p]);
    }
    describe_fast(&described);
    lay_out(&described);
    host_entry();
    end = host_try(boot, NULL);
    if (end != HOST_DONE) {
        if (host.stop_status != SYSTEM_STATUS_CONFIG ||
            strstr(host.console, "cannot all meet their deadlines") == NULL) {
            (void)fprintf(stderr, "system %llu does not boot:\n%s\n", (unsigned long long)number,
                          host.console);
            exit(2);
        }
        seen.refused++;
        return false;
    }
    host_snapshot_take();
    memcpy(arena, arena_memory(), (size_t)config.system->arena_size);
    seen.systems++;
    return true;
}

// ---------------------------------------------------------------------------------- a sequence

static sep_status_t ask(sep_word_t number, sep_word_t a0, sep_word_t a1)
{
    const sep_word_t words[5] = {a0, a1, 0, 0, 0};

    return host_hypercall(number, words) == HOST_DONE ? host_status() : SEP_INVALID_PARAM;
}

static const char *told(sep_word_t number)
{
#define NAME(n, name, arguments) [n] = #name,
    static const char *const names[] = {SEP_HYPERCALL_LIST(NAME)};
#undef NAME

    return names[number];
}

// A call that must be allowed, or refused.
static bool call_is(sep_word_t number, sep_word_t a0, sep_word_t a1, bool allowed)
{
    int me = running_id() / 16;
    sep_status_t status = ask(number, a0, a1);
    bool refused = status == SEP_NO_PERMISSION;

    if (telling) {
        (void)printf("step %u: vCPU %d calls %s(%llu, %llu): %d\n", model.now, me, told(number),
                     (unsigned long long)a0, (unsigned long long)a1, status);
    }
    seen.deeds++;
    return allowed ? !refused : refused;
}

// What others are not to be harmed by.
static bool disturb(uint32_t me)
{
    uint32_t task = model.tasks != 0u ? below(model.tasks) : me;
    uint32_t all = model.tasks + model.others + 1u;
    uint32_t other = (me + 1u + below(all - 1u)) % all;

    switch (below(8)) {
    case 0:
        return call_is(SEP_HC_plan_switch, below(2), 0, false);
    case 1:
        return task == me || call_is(SEP_HC_periodic_stop, task, 0, false);
    case 2:
        return task == me || call_is(SEP_HC_periodic_start, task, 0, false);
    case 3:
        return call_is(SEP_HC_partition_suspend, other, 0, false);
    case 4:
        return call_is(SEP_HC_partition_reset, other, SEP_MODE_WARM, false);
    case 5:
        return call_is(SEP_HC_set_timer, SEP_CLOCK_HW, host.ticks - origin + below(500) * US, true);
    case 6:
        return call_is(SEP_HC_set_timer, SEP_CLOCK_EXEC, below(3000) * US, true);
    default:
        return call_is(SEP_HC_irq_raise, 1, 0, true);
    }
}

// What a system partition may do, and the model does likewise. It runs best effort, so that no job is open.
static bool manage(void)
{
    uint32_t task = model.tasks != 0u ? below(model.tasks) : 0u;
    uint32_t other = below(model.tasks + model.others - 1u);
    bool of_line = model.fast.any && other == model.tasks; // it is there to be interrupted
    uint32_t plan = below(MODEL_PLANS);

    switch (model.tasks == 0u ? 0u : of_line ? below(5) : below(9)) {
    case 0:
    case 1:
        model.wanted = plan;
        return call_is(SEP_HC_plan_switch, plan, 0, true);
    case 2:
    case 3:
        model_begin(&model, task);
        return call_is(SEP_HC_periodic_start, task, 0, true);
    case 4:
        model_end(&model, task);
        return call_is(SEP_HC_periodic_stop, task, 0, true);
    case 5:
        model_suspend(&model, other);
        return call_is(SEP_HC_partition_suspend, other, 0, true);
    case 6:
        model_resume(&model, other);
        return call_is(SEP_HC_partition_resume, other, 0, true);
    case 7:
        if (below(4) != 0u) {
            return true;
        }
        model_halt(&model, other);
        return call_is(SEP_HC_partition_halt, other, 0, true);
    default:
        model_reset(&model, other);
        return call_is(SEP_HC_partition_reset, other, SEP_MODE_WARM, true);
    }
}

// The owner of the line is ready for another interrupt.
static bool handle(void)
{
    model_handled(&model);
    return call_is(SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST), 0, true) &&
           call_is(SEP_HC_irq_enable, 0, 0, true);
}

static void interrupt(void)
{
    bool active = model.fast.active;

    if (telling) {
        (void)printf("step %u: interrupt\n", model.now);
    }
    model_interrupt(&model);
    host_line_assert(LINE);
    host_line_deassert(LINE);
    (void)host_run_until(host.ticks);
    seen.interrupts++;
    seen.preemptions += model.fast.active && !active ? 1u : 0u;
}

// Whoever executes does something, or nothing.
static bool act(uint32_t me)
{
    if (model.fast.any && me == model.tasks && below(2) != 0u) {
        return handle();
    }
    if (below(5) == 0u) {
        model_idle(&model);
        return call_is(SEP_HC_idle_self, 0, 0, true);
    }
    if (me < model.tasks && below(3) != 0u) {
        model_wait(&model);
        return call_is(SEP_HC_periodic_wait, 0, 0, true);
    }
    if (me < model.tasks && below(16) == 0u) {
        model_end(&model, me);
        return call_is(SEP_HC_periodic_stop, SEP_SELF, 0, true);
    }
    if (me == model.tasks + model.others - 1u && below(4) != 0u) {
        return manage();
    }
    if (me == model.tasks + model.others - 1u) {
        return call_is(SEP_HC_irq_raise, 1, 0, true);
    }
    return disturb(me);
}

static bool agree(const char *when)
{
    int executes = model_executes(&model);
    int got = running_id();

    got = got < 0 ? MODEL_NOBODY : got / 16;
    if (telling) {
        (void)printf("step %u, %s: vCPU %d\n", model.now, when, got);
    }
    if (telling && got != executes) {
        (void)printf("step %u, %s: vCPU %d runs, foretold %d\n", model.now, when, got, executes);
    }
    return got == executes;
}

static bool counts_agree(void)
{
    bool good = true;

    for (uint32_t i = 0; i < model.tasks; i++) {
        const struct pool_task *k = vcpus[i].task;
        const struct model_task *t = &model.task[i];
        bool same = k->released == t->released && k->finished == t->finished &&
                    k->overruns == t->overruns && k->missed == t->missed;

        if (telling && !same) {
            (void)printf(
                "vCPU %u: %u released %u finished %u overruns %u missed, foretold %u %u %u "
                "%u\n",
                i, k->released, k->finished, k->overruns, k->missed, t->released, t->finished,
                t->overruns, t->missed);
        }
        good = good && same;
        seen.released += t->released;
        seen.finished += t->finished;
        seen.overruns += t->overruns;
        seen.missed += t->missed;
    }
    return good;
}

static bool run_sequence(uint64_t sequence)
{
    model = described;
    host_snapshot_restore();
    memcpy(arena_memory(), arena, (size_t)config.system->arena_size);
    model_start(&model);
    seen.sequences++;
    for (uint32_t step = 0; step < STEPS; step++) {
        uint32_t plan = model.current;

        acted[step] = false;
        if (step != 0u) {
            model_step(&model);
            if (host_run_until(origin + step * STEP) != HOST_DONE) {
                return false;
            }
        }
        seen.switches += plan != model.current ? 1u : 0u;
        state = mix(sequence, step);
        if (!agree("before") || model.late) {
            return false;
        }
        if (model.fast.any && below(5) == 0u && !left_out[step]) {
            interrupt();
            if (!agree("interrupted")) {
                return false;
            }
        }
        if (model_executes(&model) != MODEL_NOBODY && below(6) == 0u && !left_out[step]) {
            acted[step] = true;
            if (!act((uint32_t)model_executes(&model)) || !agree("behind")) {
                return false;
            }
        }
    }
    return counts_agree();
}

static void tell(uint64_t number)
{
    const struct model *m = &described;

    (void)printf("system %llu: quantum %u, %u best effort", (unsigned long long)number, m->quantum,
                 m->others);
    if (m->fast.any) {
        (void)printf("; interrupts of vCPU %u preempt, for half of windows of %u", m->tasks,
                     m->fast.window);
    }
    for (uint32_t i = 0; m->fast.any && i < m->tasks + m->others; i++) {
        if (m->fast.solid[i]) {
            (void)printf(", not vCPU %u", i);
        }
    }
    (void)printf("\n");
    for (uint32_t i = 0; i < m->tasks; i++) {
        const struct model_task *t = &m->task[i];

        (void)printf("  vCPU %u: period %u capacity %u deadline %u offset %u%s\n", i, t->period,
                     t->capacity, t->deadline, t->offset, t->autostart ? "" : ", stopped");
    }
    for (uint32_t p = 0; p < MODEL_PLANS; p++) {
        (void)printf("  plan %u: frame %u:", p, m->plan[p].frame);
        for (uint32_t i = 0; i < m->plan[p].slots; i++) {
            (void)printf(" %u-%u %s", m->plan[p].slot[i].start, m->plan[p].slot[i].end,
                         m->plan[p].slot[i].who == MODEL_POOL ? "pool" : "slot");
        }
        (void)printf("\n");
    }
}

// Of a sequence that fails: the deeds without which it fails just so are left out.
static void reduce(uint64_t sequence)
{
    bool did[STEPS];

    memcpy(did, acted, sizeof(did));
    for (uint32_t i = 0; i < STEPS; i++) {
        if (did[i]) {
            left_out[i] = true;
            left_out[i] = !run_sequence(sequence);
        }
    }
}

static int show(uint64_t number, uint64_t sequence, bool reduced)
{
    bool good;

    tell(number);
    if (reduced) {
        reduce(sequence);
    }
    telling = true;
    good = run_sequence(sequence);
    (void)printf("system %llu, sequence %llu: %s%s\n", (unsigned long long)number,
                 (unsigned long long)sequence, good ? "as foretold" : "differs",
                 model.late ? ", a deadline is missed" : "");
    return good ? 0 : 1;
}

/// Shows REQ-POOL-001, REQ-POOL-003, REQ-POOL-004, REQ-POOL-009, REQ-POOL-012, REQ-POOL-015, REQ-FAST-001,
/// REQ-FAST-002, REQ-FAST-003, REQ-FAST-004, REQ-FAST-005
static int run_all(uint64_t wanted)
{
    for (uint64_t number = 1; seen.sequences < wanted; number++) {
        if (!make_system(number)) {
            continue;
        }
        for (uint64_t n = 0; n < SEQUENCES_EACH && seen.sequences < wanted; n++) {
            uint64_t sequence = number * SEQUENCES_EACH + n;

            if (!run_sequence(sequence)) {
                return show(number, sequence, true);
            }
        }
    }
    (void)printf(
        "%llu sequences of %u steps as foretold: %llu systems, %llu not admitted, %llu deeds, "
        "%llu jobs released, %llu finished, %llu overruns, %llu cut at a deadline, %llu plan "
        "switches, %llu interrupts, %llu preemptions\n",
        (unsigned long long)seen.sequences, STEPS, (unsigned long long)seen.systems,
        (unsigned long long)seen.refused, (unsigned long long)seen.deeds,
        (unsigned long long)seen.released, (unsigned long long)seen.finished,
        (unsigned long long)seen.overruns, (unsigned long long)seen.missed,
        (unsigned long long)seen.switches, (unsigned long long)seen.interrupts,
        (unsigned long long)seen.preemptions);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        uint64_t number = strtoull(argv[1], NULL, 10);

        return make_system(number) ? show(number, strtoull(argv[2], NULL, 10), false) : 2;
    }
    return run_all(argc == 2 ? strtoull(argv[1], NULL, 10) : 1000000u);
}
