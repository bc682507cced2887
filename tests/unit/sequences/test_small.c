// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every small pool: up to three real-time vCPUs and a best-effort one, all periods, capacities, deadlines and offsets
// up to a few units, all ways to divide a frame between the pool and others. For each, the kernel's test at boot is to
// admit the pool if and only if earliest deadline first, followed unit by unit, meets every deadline; and the kernel's
// schedule of what is admitted is to be that one, unit by unit. And every short sequence of changes to the queues behind
// the choice, of up to four entries.

#include "../system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hal/trap.h>
#include <kernel/arena.h>
#include <septum/admission.h>

#define UNIT (100 * US)
#define TASKS 3u
#define FRAME_MAX 6u
#define LENGTH_MAX 160u ///< twice the longest common multiple, and an offset
#define NOBODY -1

struct task {
    uint32_t period, capacity, deadline, offset;
};

/// A set of tasks in a frame of which some units are the pool's.
struct small {
    uint32_t count, frame, mask;
    struct task task[TASKS];
};

static struct {
    uint64_t sets, admitted, units;
} seen;

static uint8_t memory[0x1000] __attribute__((aligned(64)));
static uint32_t late_ticks;

static uint32_t multiple(uint32_t a, uint32_t b)
{
    uint32_t m = a;

    while (m % b != 0u) {
        m += a;
    }
    return m;
}

// Until when the schedule has to be followed before it repeats.
static uint32_t length_of(const struct small *s)
{
    uint32_t common = s->frame;
    uint32_t offset = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        common = multiple(common, s->task[i].period);
        offset = s->task[i].offset > offset ? s->task[i].offset : offset;
    }
    return 2u * common + offset;
}

// Who has each unit; answers whether all deadlines are met.
static bool follow(const struct small *s, uint32_t length, int8_t *who)
{
    uint32_t left[TASKS] = {0};
    uint32_t due[TASKS] = {0};

    for (uint32_t now = 0; now <= length; now++) {
        int first = NOBODY;

        for (uint32_t i = 0; i < s->count; i++) {
            const struct task *t = &s->task[i];

            if (left[i] != 0u && now >= due[i]) {
                return false;
            }
            if (now >= t->offset && (now - t->offset) % t->period == 0u) {
                left[i] = t->capacity;
                due[i] = now + t->deadline;
            }
            if (left[i] != 0u && (first == NOBODY || due[i] < due[first])) {
                first = (int)i;
            }
        }
        who[now] = NOBODY;
        if ((s->mask >> now % s->frame & 1u) != 0u) {
            who[now] = (int8_t)(first == NOBODY ? (int)s->count : first);
            if (first != NOBODY) {
                left[first]--;
            }
        }
    }
    return true;
}

// In the long run more is wanted than there is.
static bool overloaded(const struct small *s)
{
    uint32_t common = length_of(s) / 2u * s->frame;
    uint64_t want = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        common = multiple(common, s->task[i].period);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        want += (uint64_t)(common / s->task[i].period) * s->task[i].capacity;
    }
    return want > (uint64_t)(common / s->frame) * (uint64_t)__builtin_popcount(s->mask);
}

// ---------------------------------------------------------------------------------- the kernel

// A system with so many real-time vCPUs; what it is like is written into its configuration later.
static void boot(uint32_t count)
{
    system_reset();
    system_own_console(256);
    host.hz = 1000000000u;
    host.timer_early = 1;
    host.uart_ns = 0;
    system_own_action(SEP_EVENT_INTEGRITY, SEP_ACTION_IGNORE); // its configuration changes
    (void)system_pool(UNIT);
    for (uint32_t i = 0; i <= count; i++) {
        (void)system_partition("p", SEP_PARTITION_BOOT);
        system_of(i)->action[SEP_EVENT_CAPACITY].log = SEP_LOG_NO;
        if (i == count) {
            system_best_effort(0, i, 0);
        } else {
            (void)system_real_time(0, i, 0, 100 * MS, MS, 0, 0);
        }
    }
    system_frame(0, FRAME_MAX * MS);
    for (uint32_t i = 0; i < FRAME_MAX; i++) {
        system_pool_slot(0, i * MS, MS, 0);
    }
    system_boot();
    run(600 * MS); // all are loaded
    // In a pool's slot the processor's own value lies in sched.
    late_ticks = cpus[0].sched.late_ticks;
}

static void write_configuration(const struct small *s)
{
    struct sep_cfg_plan *plan = image.plan;
    uint32_t slots = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        struct sep_cfg_vcpu *v = &image.vcpu[i];

        v->period = s->task[i].period * UNIT;
        v->capacity = s->task[i].capacity * UNIT;
        v->deadline = s->task[i].deadline * UNIT;
        v->offset = s->task[i].offset * UNIT;
    }
    for (uint32_t at = 0; at < s->frame; at++) {
        uint32_t pool = (s->mask >> at & 1u) != 0u ? 0u : SEP_CFG_NONE;

        if (slots != 0u && image.slot[slots - 1u].pool.index == pool) {
            image.slot[slots - 1u].duration += UNIT;
        } else {
            image.slot[slots++] = (struct sep_cfg_slot){
                .start = at * UNIT, .duration = UNIT, .vcpu = {SEP_CFG_NONE}, .pool = {pool}};
        }
    }
    plan->major_frame = s->frame * UNIT;
    plan->slots.count = slots;
}

// What boot does for pools.
static bool kernel_admits(void)
{
    arena_init(memory, sizeof(memory), 0);
    return pool_init() == NULL;
}

static uint64_t origin;

static void start(void *argument)
{
    struct cpu *cpu = &cpus[0];

    (void)argument;
    for (uint32_t i = 0; i < config.system->vcpus.count; i++) {
        vcpus[i].state = SEP_STATE_READY;
    }
    cpu->late_ticks = late_ticks;
    origin = host.ticks;
    sched_start(cpu, time_now(&cpu->clock));
    host.limit = host.ticks;
    host_exit_path(true);
}

// The kernel's schedule of what it admits.
static bool kernel_follows(uint32_t length, const int8_t *who)
{
    if (host_try(start, NULL) != HOST_DONE) {
        return false;
    }
    for (uint32_t now = 0; now < length; now++) {
        int runs = host_run_until(origin + now * UNIT) == HOST_DONE ? running_id() : -100;

        if (runs != (who[now] == NOBODY ? -1 : 16 * who[now])) {
            (void)printf("unit %u: %d runs, foretold %d\n", now, runs / 16, who[now]);
            return false;
        }
    }
    seen.units += length;
    return true;
}

static void look_at(const struct small *s)
{
    int8_t who[LENGTH_MAX + 1u];
    uint32_t length = length_of(s);
    bool met = follow(s, length, who) && !overloaded(s);
    bool admitted;

    write_configuration(s);
    admitted = kernel_admits();
    seen.sets++;
    seen.admitted += admitted ? 1u : 0u;
    if (admitted == met && (!met || kernel_follows(length, who))) {
        return;
    }
    (void)printf("frame %u mask 0x%x: the kernel %s it, deadlines are %s\n", s->frame, s->mask,
                 admitted ? "admits" : "refuses", met ? "met" : "missed");
    for (uint32_t i = 0; i < s->count; i++) {
        (void)printf("  vCPU %u: period %u capacity %u deadline %u offset %u\n", i,
                     s->task[i].period, s->task[i].capacity, s->task[i].deadline,
                     s->task[i].offset);
    }
    exit(1);
}

// ------------------------------------------------------------------------------------- all sets

static void all_frames(struct small *s, uint32_t frame_max)
{
    for (s->frame = 1; s->frame <= frame_max; s->frame++) {
        for (s->mask = 1; s->mask < 1u << s->frame; s->mask++) {
            look_at(s);
        }
    }
}

static uint32_t list_tasks(struct task *list, uint32_t period_max)
{
    uint32_t count = 0;

    for (uint32_t period = 1; period <= period_max; period++) {
        for (uint32_t deadline = 1; deadline <= period; deadline++) {
            for (uint32_t capacity = 1; capacity <= deadline; capacity++) {
                for (uint32_t offset = 0; offset < period; offset++) {
                    list[count++] = (struct task){period, capacity, deadline, offset};
                }
            }
        }
    }
    return count;
}

// Of so many vCPUs; the order of equal deadlines is met both ways, since every order of a set is taken.
static void all_sets(struct small *s, uint32_t at, const struct task *list, uint32_t count,
                     uint32_t frame_max)
{
    if (at == s->count) {
        all_frames(s, frame_max);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        double load = 0;

        s->task[at] = list[i];
        for (uint32_t k = 0; k <= at; k++) {
            load += (double)s->task[k].capacity / s->task[k].period;
        }
        if (load <= 1.0 || at == 0u) { // what no processor can do is refused all the same: once
            all_sets(s, at + 1u, list, count, frame_max);
        }
    }
}

static void all(uint32_t count, uint32_t period_max, uint32_t frame_max)
{
    static struct task list[512];
    struct small s = {.count = count};
    uint32_t tasks = list_tasks(list, period_max);

    boot(count);
    all_sets(&s, 0, list, tasks, frame_max);
    (void)printf("%u vCPUs, periods up to %u, frames up to %u: %llu sets so far\n", count,
                 period_max, frame_max, (unsigned long long)seen.sets);
}

// -------------------------------------------------------------------------------- the queues

#define QUEUE_TIMES 4u
#define QUEUE_STEPS 4u

// Up to four entries, every sequence of four changes to any of four times, the last one being none: after each the
// first one is the earliest, of equal ones the lowest.
static void all_changes(uint32_t leaves, uint32_t entries, uint64_t *count)
{
    static const sep_time_t times[QUEUE_TIMES] = {5, 6, 7, POOL_QUEUE_NEVER};
    static void *nodes[64];
    struct pool_queue_entry entry[4];
    uint32_t choices = entries * QUEUE_TIMES;
    uint32_t sequences = choices * choices * choices * choices;

    for (uint32_t n = 0; n < sequences; n++) {
        struct pool_queues queues;

        pool_queue_init(&queues, nodes, leaves);
        for (uint32_t i = 0; i < entries; i++) {
            pool_queue_add(&queues, POOL_DEADLINES, &entry[i], leaves + i);
        }
        for (uint32_t step = 0, rest = n; step < QUEUE_STEPS; step++, rest /= choices) {
            const struct pool_queue_entry *first;
            uint32_t want = 0;

            pool_queue_set(&queues, POOL_DEADLINES, &entry[rest % entries],
                           times[rest % choices / entries]);
            for (uint32_t i = 1; i < entries; i++) {
                want = entry[i].time < entry[want].time ? i : want;
            }
            first = pool_queue_first(&queues, POOL_DEADLINES);
            (*count)++;
            if (first->time != entry[want].time ||
                (first->time != POOL_QUEUE_NEVER && first != &entry[want])) {
                (void)printf("queue of %u leaves, sequence %u, change %u: not entry %u is first\n",
                             leaves, n, step, want);
                exit(1);
            }
        }
    }
}

static void all_queues(void)
{
    uint64_t count = 0;

    all_changes(2, 1, &count);
    all_changes(2, 2, &count);
    all_changes(4, 3, &count);
    all_changes(4, 4, &count);
    (void)printf("%llu changes of queues as foretold\n", (unsigned long long)count);
}

/// Shows REQ-POOL-001, REQ-POOL-002, REQ-POOL-003, REQ-POOL-007
int main(void)
{
    all_queues();
    all(1, 6, 6);
    all(2, 5, 5);
    all(3, 4, 4);
    (void)printf("%llu sets, %llu admitted, %llu units of time as foretold\n",
                 (unsigned long long)seen.sets, (unsigned long long)seen.admitted,
                 (unsigned long long)seen.units);
    return 0;
}
