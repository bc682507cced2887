// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: real-time vCPUs by earliest deadline, best-effort ones in turn.

#include "system.h"

#include <string.h>

#include <kernel/panic.h>
#include <kernel/pool_queue.h>

#include "../../services/hm/hm.h"
#include "../../services/trace/trace.h"

#define ANOTHER SYSTEM_DATA + 0x1000u

// Partitions with one vCPU each, the first one a system partition.
static void partitions_of(uint32_t count)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

    system_reset();
    for (uint32_t i = 0; i < count; i++) {
        (void)system_partition(names[i],
                               SEP_PARTITION_BOOT | (i == 0u ? SEP_PARTITION_SYSTEM : 0u));
    }
    (void)system_pool(MS);
}

// Partition 0 is a real-time one, 1 … best effort; the pool has the processor for ever.
static void one_real_time(uint64_t period, uint64_t capacity, uint64_t deadline, uint32_t others)
{
    partitions_of(1u + others);
    (void)system_real_time(0, 0, 0, period, capacity, deadline, 0);
    for (uint32_t i = 0; i < others; i++) {
        system_best_effort(0, 1u + i, 0);
    }
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 10 * MS, 0);
}

// At a time, give or take what it takes to get there.
static void expect(uint64_t from, uint64_t to, int id)
{
    run_until(from + 5 * US);
    assert_int_equal(running_id(), id * (id < 0 ? 1 : 16));
    run_until(to - 5 * US);
    assert_int_equal(running_id(), id * (id < 0 ? 1 : 16));
}

static struct sep_periodic_status periodic(sep_word_t partition)
{
    struct sep_periodic_status status;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_periodic_status, partition, 0, ANOTHER), SEP_OK);
    guest_get(me, ANOTHER, &status, sizeof(status));
    return status;
}

static const struct pool_task *task(uint32_t index)
{
    return &pools[0].tasks[index];
}

// Of a queue of the model the one that comes first.
static uint32_t first_of(const struct pool_queue_entry *entries, uint32_t leaves)
{
    uint32_t first = 0;

    for (uint32_t i = 1; i < leaves; i++) {
        first = entries[i].time < entries[first].time ? i : first;
    }
    return first;
}

/// The earliest time, and of several the lowest entry, after every change of small queues and after many of large
/// ones: in one of the two, in both at once, and of what becomes the first. Shows REQ-POOL-002
static void queue(void **state)
{
    static const sep_time_t times[] = {1, 2, 2, 5, POOL_QUEUE_NEVER, POOL_QUEUE_NEVER - 1u};
    static uint64_t memory[POOL_QUEUE_BYTES(128u) / 8u];
    static struct pool_queue_entry entries[POOL_QUEUES][128];
    uint32_t seed = 1;

    (void)state;
    for (uint32_t leaves = 2; leaves <= 128u; leaves *= 2u) {
        uint32_t count = leaves - (leaves > 2u ? 1u : 0u); // a leaf is nobody's
        struct pool_queues q;

        pool_queue_init(&q, memory, leaves);
        for (uint32_t i = 0; i < count; i++) {
            pool_queue_add(&q, POOL_RELEASES, &entries[POOL_RELEASES][i], leaves + i);
            pool_queue_add(&q, POOL_DEADLINES, &entries[POOL_DEADLINES][i], leaves + i);
        }
        assert_true(pool_queue_first(&q, POOL_RELEASES)->time == POOL_QUEUE_NEVER);
        assert_true(pool_queue_first(&q, POOL_DEADLINES)->time == POOL_QUEUE_NEVER);
        for (uint32_t n = 0; n < 5000u; n++) {
            struct pool_queue_entry *release;
            struct pool_queue_entry *deadline;
            const struct pool_queue_entry *answer;
            sep_time_t time;
            sep_time_t first;

            seed = seed * 1103515245u + 12345u;
            release = &entries[POOL_RELEASES][(seed >> 16) % count];
            deadline = &entries[POOL_DEADLINES][(seed >> 16) % count];
            time = times[(seed >> 8) % 6u];
            first = entries[POOL_DEADLINES][first_of(entries[POOL_DEADLINES], count)].time;
            switch ((seed >> 12) % 4u) {
            case 0:
                pool_queue_set(&q, POOL_DEADLINES, deadline, time);
                break;
            case 1:
                answer = pool_queue_put(&q, POOL_RELEASES, release, time);
                assert_ptr_equal(answer, pool_queue_first(&q, POOL_RELEASES));
                break;
            case 2:
                answer = pool_queue_put_both(&q, release, time, deadline, times[seed >> 30]);
                assert_ptr_equal(answer, pool_queue_first(&q, POOL_RELEASES));
                break;
            default:
                pool_queue_put_first(&q, POOL_DEADLINES, deadline, first - 1u);
                assert_ptr_equal(pool_queue_first(&q, POOL_DEADLINES), deadline);
                pool_queue_set(&q, POOL_DEADLINES, deadline, time);
                break;
            }
            for (uint32_t which = 0; which < (uint32_t)POOL_QUEUES; which++) {
                assert_ptr_equal(pool_queue_first(&q, which),
                                 &entries[which][first_of(entries[which], count)]);
            }
        }
    }
}

/// The published example: (5, 3, 5), (4, 1, 4) and two best-effort vCPUs, quantum by quantum: RT 1 first, then RT 0 for
/// three; the first best-effort quantum is number 9, and the second best-effort vCPU first runs in quantum 14.
/// Shows REQ-POOL-001, REQ-POOL-002, REQ-POOL-004
static void published_example(void **state)
{
    static const uint32_t expected[20] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 2,
                                          0, 0, 0, 1, 3, 0, 0, 0, 1, 2};
    const uint64_t quantum = 10 * MS;

    (void)state;
    partitions_of(4);
    system_pool_of(0)->quantum = quantum;
    (void)system_real_time(0, 0, 0, 5 * quantum, 3 * quantum, 0, 0);
    (void)system_real_time(0, 1, 0, 4 * quantum, 1 * quantum, 0, 0);
    system_best_effort(0, 2, 0);
    system_best_effort(0, 3, 0);
    system_frame(0, 20 * quantum);
    system_pool_slot(0, 0, 20 * quantum, 0);
    system_boot();
    for (uint32_t frame = 1; frame < 5u; frame++) { // in the first one they are loaded
        for (uint32_t i = 0; i < 20u; i++) {
            uint32_t id = expected[i];

            id = id >= 2u && frame % 2u == 0u ? 5u - id : id; // the turns go on
            run_until((frame * 20u + i) * quantum + 10 * US);
            assert_int_equal(running_id(), id * 16u);
            run_until((frame * 20u + i + 1u) * quantum - 10 * US);
            assert_int_equal(running_id(), id * 16u);
        }
    }
}

/// A job that does not end is cut off at its capacity, an event each time; the others get the rest, and exactly
/// that. Shows REQ-POOL-003, REQ-POOL-005
static void capacity(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_boot();
    run_until(10 * MS);
    for (uint64_t t = 10 * MS; t < 200 * MS; t += 10 * MS) {
        expect(t, t + 2 * MS, 0);
        expect(t + 2 * MS, t + 10 * MS, 1);
    }
    assert_int_equal(task(0)->overruns, 19);
    assert_int_equal(task(0)->released, 20);
    assert_int_equal(task(0)->missed, 0);
    assert_int_equal(partitions[0].event_count, 19);
    assert_int_equal(hm_record(0)->event, SEP_EVENT_CAPACITY);
    assert_int_equal(hm_record(0)->partition, 0);
    assert_in_range(vcpus[0].executed, 38 * MS, 38 * MS + 20 * US + 20 * US);
}

/// What a long section lets a job take beyond its capacity is taken off the next ones. Shows REQ-POOL-003
static void debt(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_boot();
    run_until(11 * MS);
    host_pass(host_ticks(2 * MS)); // 1 ms too much
    expect(13 * MS, 20 * MS, 1);
    expect(20 * MS, 21 * MS, 0);
    expect(21 * MS, 30 * MS, 1);
    expect(30 * MS, 31 * MS, 0);
    host_pass(host_ticks(5 * MS)); // 4 ms: one job, and never more than one
    expect(36 * MS, 50 * MS, 1);
    expect(50 * MS, 52 * MS, 0);
    expect(52 * MS, 60 * MS, 1);
    assert_int_equal(task(0)->missed, 0);
}

/// The processor is held up beyond a deadline, and beyond several: an event, and the next job is in phase.
/// Shows REQ-POOL-005
static void deadline(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 3 * MS, 1);
    system_boot();
    run_until(19 * MS);
    assert_int_equal(task(0)->overruns, 1);
    host_pass(host_ticks(5 * MS)); // to 24 ms
    expect(24 * MS, 30 * MS, 1);
    assert_int_equal(task(0)->missed, 1);
    assert_int_equal(hm_record(1)->event, SEP_EVENT_OVERRUN); // of whoever had the processor
    assert_int_equal(hm_record(2)->event, SEP_EVENT_DEADLINE);
    assert_int_equal(hm_record(2)->partition, 0);
    expect(30 * MS, 32 * MS, 0);
    run_until(39 * MS);
    host_pass(host_ticks(32 * MS)); // to 71 ms, inside the fourth period from there
    expect(71 * MS, 73 * MS, 0);
    assert_int_equal(task(0)->missed, 1);
    assert_int_equal(task(0)->released, 5);
    assert_int_equal(task(0)->release, 70 * MS);
}

/// A job that is finished leaves the rest of its capacity to others, and comes back with its next release.
/// Shows REQ-POOL-004, REQ-POOL-006
static void waiting(void **state)
{
    struct sep_periodic_status s;

    (void)state;
    one_real_time(10 * MS, 2 * MS, 5 * MS, 1);
    system_boot();
    run_until(10 * MS + 500 * US);
    s = periodic(SEP_SELF);
    assert_int_equal(s.state, SEP_PERIODIC_OPEN);
    assert_int_equal(s.release, 10 * MS);
    assert_int_equal(s.deadline, 15 * MS);
    assert_int_equal(s.next_release, 20 * MS);
    assert_in_range(s.left, 1500 * US - US, 1500 * US + US);
    assert_int_equal(call(SEP_HC_periodic_wait), SEP_OK);
    expect(10 * MS + 500 * US, 20 * MS, 1);
    assert_int_equal(call(SEP_HC_periodic_wait), SEP_INVALID_MODE);
    expect(20 * MS, 20 * MS + 600 * US, 0);
    s = periodic(0);
    assert_int_equal(s.finished, 1);
    assert_int_equal(s.released, 3);
    assert_int_equal(s.overruns, 0);
    assert_int_equal(s.missed, 0);
    assert_true((vcpus[0].pending & SEP_IRQ_BIT(SEP_IRQ_SLOT_START)) != 0u);
    expect(20 * MS + 600 * US, 22 * MS, 0);
    run_until(22 * MS + 10 * US);
    assert_int_equal(task(0)->overruns, 1);
    assert_int_equal(call(SEP_HC_periodic_status, SEP_SELF, 0, ANOTHER), SEP_INVALID_PARAM);
    run_until(32 * MS - 100 * US);
    host_pass(host_ticks(200 * US)); // a long section: its capacity is over
    assert_int_equal(periodic(SEP_SELF).left, 0);
}

/// What others may ask and do, and what they are answered. Shows REQ-POOL-006, REQ-POOL-009
static void permission(void **state)
{
    static const sep_word_t calls[] = {SEP_HC_periodic_status, SEP_HC_periodic_start,
                                       SEP_HC_periodic_stop};

    (void)state;
    partitions_of(4);
    system_of(2)->record.flags |= SEP_PARTITION_LAUNCH;
    (void)system_real_time(0, 1, 0, 10 * MS, MS, 0, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 2 * MS, 0);
    system_slot(0, 2 * MS, 2 * MS, 0, 0);
    system_slot(0, 4 * MS, 2 * MS, 2, 0);
    system_slot(0, 6 * MS, 2 * MS, 3, 0);
    system_boot();
    for (uint32_t i = 0; i < 3u; i++) {
        uint64_t frame = (i + 1u) * 10 * MS;

        run_until(frame + 3 * MS);
        assert_int_equal(call(calls[i], 4, 0, ANOTHER), SEP_INVALID_PARAM);
        assert_int_equal(call(calls[i], 1, 1, ANOTHER), SEP_INVALID_PARAM);
        assert_int_equal(call(calls[i], 0, 0, ANOTHER), SEP_INVALID_PARAM);
        run_until(frame + 7 * MS);
        assert_int_equal(call(calls[i], 1, 0, ANOTHER), SEP_NO_PERMISSION);
        assert_int_equal(call(calls[i], SEP_SELF, 0, ANOTHER), SEP_INVALID_PARAM);
    }
    assert_int_equal(partitions[3].event_count, 3);
    run_until(53 * MS);
    assert_int_equal(call(SEP_HC_periodic_status, 1, 0, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_OK);
    assert_int_equal(periodic(1).state, SEP_PERIODIC_STOPPED);
    assert_int_equal(periodic(1).next_release, 0);
    run_until(55 * MS); // with the flag launch
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_NO_ACTION);
    assert_int_equal(periodic(1).state, SEP_PERIODIC_WAITING);
    assert_int_equal(periodic(1).next_release, 60 * MS);
    expect(60 * MS, 61 * MS, 1);
    expect(61 * MS, 62 * MS, -1);
}

/// A service that is started and stopped on demand is released in the plan's phase, and nothing of it runs
/// otherwise. Shows REQ-POOL-009
static void on_demand(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 2);
    system_real_time(0, 1, 0, 20 * MS, 4 * MS, 0, 5 * MS)->flags = 0;
    system_boot();
    run_until(101 * MS);
    assert_int_equal(task(1)->released, 0);
    assert_int_equal(periodic(1).deadline, 0);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK); // a is loaded: by its own job
    run_until(145 * MS);
    assert_int_equal(task(1)->released, 2); // b is loaded in the first one
    expect(145 * MS, 149 * MS, 1);
    expect(149 * MS, 150 * MS, 2);
    run_until(165 * MS + 100 * US);
    assert_int_equal(running_id(), 16);
    assert_int_equal(call(SEP_HC_periodic_stop, SEP_SELF, 0), SEP_OK);
    expect(165 * MS + 100 * US, 170 * MS, 2);
    run_until(171 * MS);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK);
    assert_int_equal(running_id(), 0);
    expect(185 * MS, 189 * MS, 1);
    run_until(205 * MS + 100 * US); // its job is open; a preempts it at 210 ms
    assert_int_equal(call(SEP_HC_periodic_wait), SEP_OK);
    expect(205 * MS + 200 * US, 210 * MS, 2);
}

/// A service that is started before its pool has had a slot. Shows REQ-POOL-009
static void started_early(void **state)
{
    (void)state;
    partitions_of(2);
    system_real_time(0, 1, 0, 10 * MS, 2 * MS, 0, MS)->flags = 0;
    system_frame(0, 10 * MS);
    system_slot(0, 0, 2 * MS, 0, 0);
    system_pool_slot(0, 2 * MS, 8 * MS, 0);
    system_boot();
    run_until(MS);
    assert_int_equal(call(SEP_HC_periodic_start, 1, 0), SEP_OK);
    assert_int_equal(periodic(1).next_release, 0);
    assert_int_equal(periodic(1).state, SEP_PERIODIC_WAITING);
    run_until(3 * MS);
    assert_int_equal(task(0)->release, MS);
    expect(12 * MS, 14 * MS, 1);
}

/// A job that is preempted, and stopped by whoever preempts it. Shows REQ-POOL-001, REQ-POOL-009
static void stopped_by_another(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 2);
    (void)system_real_time(0, 1, 0, 20 * MS, 6 * MS, 0, 5 * MS);
    system_boot();
    run_until(60 * MS);
    expect(65 * MS, 70 * MS, 1);
    expect(70 * MS, 71 * MS, 0); // both deadlines are behind it: 80 before 85 ms
    assert_true(task(1)->open);
    assert_in_range(task(1)->left, (int64_t)MS - 1000, MS);
    assert_int_equal(call(SEP_HC_periodic_stop, 1, 0), SEP_OK);
    assert_false(task(1)->open);
    expect(71 * MS, 72 * MS, 0);
    expect(72 * MS, 80 * MS, 2);
}

/// Who idles in its job keeps its place, is charged as if it ran, and gives no event; its timer and its next release
/// wake it. Shows REQ-POOL-003, REQ-POOL-010
static void idle_in_a_job(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_boot();
    run_until(10 * MS + 200 * US);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    expect(10 * MS + 200 * US, 12 * MS, -1);
    expect(12 * MS, 20 * MS, 1);
    assert_int_equal(task(0)->overruns, 0);
    expect(20 * MS, 20 * MS + 500 * US, 0);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 21 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    expect(20 * MS + 600 * US, 21 * MS, -1);
    expect(21 * MS, 22 * MS, 0);
    assert_int_equal(task(0)->overruns, 0);
    run_until(22 * MS + US);
    assert_int_equal(task(0)->overruns, 1);
}

/// Deadlines before the end of a capacity that somebody idles away. Shows REQ-POOL-010
static void idle_at_the_deadline(void **state)
{
    (void)state;
    partitions_of(2);
    (void)system_real_time(0, 0, 0, 10 * MS, 3 * MS, 4 * MS, 0);
    system_best_effort(0, 1, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 3500 * US, 0);
    system_slot(0, 3500 * US, MS, 1, 0);
    system_of(1)->pooled[0] = false;
    system_boot();
    run_until(10 * MS + 100 * US);
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    host_pass(host_ticks(5 * MS));
    run_until(20 * MS + 100 * US);
    assert_int_equal(task(0)->missed, 0);
    assert_int_equal(running_id(), 0);
}

/// Best-effort vCPUs have turns of a quantum; who idles lets the next one go first, and is woken by its next turn;
/// who is halted or suspended has none. Shows REQ-POOL-004
static void turns(void **state)
{
    (void)state;
    partitions_of(4);
    system_pool_of(0)->quantum = 2 * MS;
    for (uint32_t i = 0; i < 4u; i++) {
        system_best_effort(0, i, 0);
    }
    system_of(3)->record.flags = 0; // never starts
    system_frame(0, 12 * MS);
    system_pool_slot(0, 0, 12 * MS, 0);
    system_boot();
    run_until(24 * MS);
    for (uint32_t i = 0; i < 6u; i++) {
        int first = running_id();

        run(2 * MS);
        assert_int_equal(running_id(), (first + 16) % 48);
    }
    while (running_id() != 0) {
        run(100 * US);
    }
    vcpus[0].pending = 0;
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), 16);
    run(2 * MS + US);
    assert_int_equal(running_id(), 32);
    run(2 * MS + US);
    assert_int_equal(running_id(), 0); // its turn wakes it
    assert_true((vcpus[0].pending & SEP_IRQ_BIT(SEP_IRQ_SLOT_START)) != 0u);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    run(2 * MS + US);
    assert_int_equal(running_id(), 32);
    assert_int_equal(call(SEP_HC_vcpu_suspend, 0), SEP_OK);
    assert_int_equal(running_id(), 0);
    run(10 * MS);
    assert_int_equal(running_id(), 0); // alone: one turn after the other
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1); // until its next turn
    run(2 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_vcpu_suspend, 0), SEP_OK);
    run(20 * MS);
    assert_int_equal(running_id(), -1);
}

/// All idle: the processor does, each in its turn, and is woken by its own timer in it. Shows REQ-POOL-004
static void all_idle(void **state)
{
    (void)state;
    partitions_of(2);
    system_pool_of(0)->quantum = 2 * MS;
    system_best_effort(0, 0, 0);
    system_best_effort(0, 1, 0);
    system_frame(0, 12 * MS);
    system_pool_slot(0, 0, 12 * MS, 0);
    system_boot();
    run_until(24 * MS + US);
    for (uint32_t i = 0; i < 20u; i++) {
        int first = running_id();

        assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
        if (running_id() >= 0) { // the other one was not idle
            assert_int_not_equal(running_id(), first);
            assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
        }
        assert_int_equal(running_id(), -1);
        run(2 * MS + US);
    }
}

/// A job of somebody who cannot run ends without an event, and the next one follows when he can. Shows
/// REQ-POOL-003
static void not_running(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_of(1)->record.flags |= SEP_PARTITION_SYSTEM;
    system_boot();
    run_until(11 * MS);
    assert_int_equal(call(SEP_HC_vcpu_suspend, 0), SEP_OK);
    expect(11 * MS, 35 * MS, 1);
    vcpus[0].state = SEP_STATE_READY; // as another vCPU of the partition would
    expect(40 * MS, 42 * MS, 0);
    run_until(45 * MS);
    assert_int_equal(call(SEP_HC_partition_suspend, 0), SEP_OK);
    expect(45 * MS, 65 * MS, 1);
    assert_int_equal(call(SEP_HC_partition_resume, 0), SEP_OK);
    expect(70 * MS, 72 * MS, 0);
    run_until(75 * MS);
    assert_int_equal(call(SEP_HC_partition_halt, 0), SEP_OK);
    expect(75 * MS, 95 * MS, 1);
    assert_int_equal(call(SEP_HC_partition_reset, 0, SEP_MODE_WARM, 0), SEP_OK);
    expect(100 * MS, 102 * MS, 0);
    assert_int_equal(task(0)->overruns, 2);
}

/// A partition that is reset in its job begins with its next release; a cold one is loaded in its jobs first.
/// Shows REQ-POOL-011
static void reset(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_boot();
    run_until(21 * MS);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 0), SEP_OK);
    expect(21 * MS, 30 * MS, 1);
    expect(30 * MS, 32 * MS, 0);
    run_until(41 * MS);
    host.cost_byte_ns = 100;
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_COLD, 0), SEP_OK);
    run_until(41 * MS + 500 * US);
    assert_int_equal(vcpus[0].state, SEP_STATE_LOADING);
    run_until(45 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(vcpus[0].state, SEP_STATE_LOADING);
    run_until(75 * MS);
    expect(80 * MS, 82 * MS, 0);
    assert_int_equal(vcpus[0].state, SEP_STATE_READY);
    assert_int_equal(task(0)->missed, 0);
}

/// Releases begin anew with the first frame of each plan, jobs that are open then end with an event; in a plan
/// without the pool nobody of it runs. Shows REQ-POOL-012
static void plans(void **state)
{
    (void)state;
    partitions_of(3);
    (void)system_real_time(0, 0, 0, 8 * MS, 2 * MS, 0, 0);
    (void)system_real_time(0, 1, 0, 24 * MS, 7 * MS, 0, 0);
    system_frame(0, 12 * MS); // three periods are two frames
    system_pool_slot(0, 0, 9 * MS, 0);
    system_slot(0, 9 * MS, 3 * MS, 2, 0);
    system_frame(1, 24 * MS);
    system_slot(1, 0, 3 * MS, 2, 0);
    system_pool_slot(1, 3 * MS, 21 * MS, 0);
    system_frame(2, 5 * MS);
    system_slot(2, 0, MS, 2, 0);
    system_of(2)->record.flags |= SEP_PARTITION_SYSTEM;
    system_boot();
    expect(24 * MS, 26 * MS, 0);
    expect(26 * MS, 32 * MS, 1);
    expect(32 * MS, 33 * MS, 0);
    expect(33 * MS, 36 * MS, 2);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK); // at 36 ms, with 1 ms left of both jobs
    expect(36 * MS, 39 * MS, 2);
    assert_int_equal(task(0)->missed, 0);
    expect(39 * MS, 41 * MS, 0);
    assert_int_equal(task(0)->release, 36 * MS);
    assert_int_equal(task(1)->release, 36 * MS);
    assert_int_equal(task(0)->missed, 1);
    assert_int_equal(task(1)->missed, 1);
    expect(41 * MS, 44 * MS, 1);
    expect(44 * MS, 46 * MS, 0);
    run_until(61 * MS);
    assert_int_equal(call(SEP_HC_plan_switch, 2), SEP_OK);
    run_until(84 * MS + 500 * US);
    assert_int_equal(running_id(), 32);
    run_until(93 * MS);
    assert_int_equal(running_id(), -1);
    run_until(104 * MS + 500 * US);
    assert_int_equal(call(SEP_HC_plan_switch, 0), SEP_OK);
    expect(109 * MS, 111 * MS, 0);
    assert_int_equal(task(0)->release, 109 * MS);
}

/// Jobs that a switch to a plan without the pool has cut are told in its idle time, and once. Shows REQ-POOL-016
static void plan_without_the_pool(void **state)
{
    (void)state;
    partitions_of(8);
    for (uint32_t i = 0; i < 7u; i++) {
        (void)system_real_time(0, i, 0, 24 * MS, MS, 0, 0);
    }
    system_frame(0, 24 * MS);
    system_pool_slot(0, 0, 3500 * US, 0);
    system_slot(0, 4 * MS, MS, 7, 0);
    system_pool_slot(0, 6 * MS, 18 * MS, 0);
    system_frame(1, 5 * MS);
    system_slot(1, 0, MS, 7, 0);
    system_of(7)->record.flags |= SEP_PARTITION_SYSTEM;
    system_plan_of(1)->flags = SEP_CFG_PLAN_IMMEDIATE;
    system_boot();
    run_until(48 * MS + 4500 * US);
    assert_int_equal(running_id(), 7 * 16);
    assert_int_equal(call(SEP_HC_plan_switch, 1, SEP_PLAN_AT_ONCE), SEP_OK);
    for (uint32_t i = 0; i < 7u; i++) {
        assert_int_equal(task(i)->missed, 0);
        assert_int_equal(task(i)->open, i >= 3u);
    }
    run(1500 * US);
    for (uint32_t n = 0; n < 2u; n++) {
        for (uint32_t i = 0; i < 7u; i++) {
            assert_int_equal(task(i)->missed, i >= 3u ? 1 : 0);
            assert_false(task(i)->open);
        }
        run(20 * MS);
    }
}

/// Each processor tells of its own pools. Shows REQ-POOL-016
static void pool_of_another_processor(void **state)
{
    (void)state;
    partitions_of(2);
    system_processors(2);
    system_vcpu_on(1, 0, 1);
    system_pool_of(0)->cpu = 1;
    system_best_effort(0, 1, 0);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 5 * MS, 0, 0);
    system_boot();
    run_until(7 * MS);
    assert_int_equal(running_id(), -1);
    assert_false(pool_tell(&cpus[0]));
}

/// Ten plans without a drift: after a long wait releases still begin with a plan's first frame. Shows REQ-POOL-012
static void plans_for_long(void **state)
{
    (void)state;
    partitions_of(2);
    (void)system_real_time(0, 0, 0, 7 * MS, 2 * MS, 0, 3 * MS);
    system_best_effort(0, 1, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 10 * MS, 0);
    system_frame(1, 13 * MS);
    system_pool_slot(1, 0, 13 * MS, 0);
    system_boot();
    for (uint64_t t = 1000 * MS, from = 0; t < 4000 * MS; t += 777 * MS) {
        uint64_t job;

        run_until(t);
        job = from + 3 * MS + (t - from - 3 * MS + 6999999u) / (7 * MS) * (7 * MS);
        expect(job, job + 2 * MS, 0);
        run_until(job + 7 * MS + MS);
        assert_int_equal(call(SEP_HC_plan_switch, 1u - plan_status().current), SEP_OK);
        run_until(job + 22 * MS);
        while (running_id() != 0) {
            run(100 * US);
        }
        from = plan_status().switch_time;
    }
}

/// Jobs go on in the pool's next slot, and are not charged in between. Shows REQ-POOL-001
static void several_slots(void **state)
{
    (void)state;
    partitions_of(3);
    (void)system_real_time(0, 0, 0, 10 * MS, 5 * MS, 0, 0);
    system_best_effort(0, 1, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 3 * MS, 0);
    system_slot(0, 3 * MS, 2 * MS, 2, 0);
    system_pool_slot(0, 5 * MS, MS, 0);
    system_pool_slot(0, 6 * MS, 3 * MS, 0);
    system_boot();
    for (uint64_t t = 10 * MS; t < 60 * MS; t += 10 * MS) {
        expect(t, t + 3 * MS, 0);
        expect(t + 3 * MS, t + 5 * MS, 2);
        expect(t + 5 * MS, t + 7 * MS, 0);
        expect(t + 7 * MS, t + 9 * MS, 1);
        expect(t + 9 * MS, t + 10 * MS, -1);
    }
    run_until(62 * MS);
    host_pass(host_ticks(25 * MS)); // held up over whole slots
    run(1);
    assert_int_equal(running_id(), 16); // 87 ms: it took a whole capacity too much, at least
    expect(90 * MS, 93 * MS, 0);
}

/// A job that waits for the pool's next slot while its partition is suspended ends without an event. Shows
/// REQ-POOL-003
static void suspended_between_slots(void **state)
{
    (void)state;
    partitions_of(2);
    (void)system_real_time(0, 1, 0, 10 * MS, 5 * MS, 0, 4 * MS);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 6 * MS, 0);
    system_slot(0, 6 * MS, 4 * MS, 0, 0);
    system_boot();
    expect(20 * MS, 23 * MS, 1);
    expect(24 * MS, 26 * MS, 1);
    run_until(27 * MS);
    assert_true(task(0)->open);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    host_pass(host_ticks(8 * MS)); // to 35 ms, behind its deadline
    run_until(37 * MS);
    assert_false(task(0)->open);
    assert_int_equal(task(0)->missed, 0);
}

/// Two pools in one plan. Shows REQ-POOL-001
static void two_pools(void **state)
{
    (void)state;
    partitions_of(2);
    (void)system_pool(MS);
    (void)system_real_time(0, 0, 0, 10 * MS, 2 * MS, 0, 0);
    (void)system_real_time(1, 1, 0, 10 * MS, 2 * MS, 0, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 5 * MS, 0);
    system_pool_slot(0, 5 * MS, 5 * MS, 1);
    system_boot();
    for (uint64_t t = 10 * MS; t < 60 * MS; t += 10 * MS) {
        expect(t, t + 2 * MS, 0);
        expect(t + 2 * MS, t + 5 * MS, -1);
        expect(t + 5 * MS, t + 7 * MS, 1);
        expect(t + 7 * MS, t + 10 * MS, -1);
    }
}

static uint32_t windows; ///< of interrupts, while the burst is handled

static void count_window(void)
{
    windows++;
}

/// Many releases at once: in bursts, with interrupts taken between, and nobody is forgotten. Shows REQ-POOL-002,
/// REQ-POOL-013
static void burst(void **state)
{
    (void)state;
    partitions_of(3);
    for (uint32_t p = 0; p < 3u; p++) {
        for (uint32_t v = 1; v < 8u; v++) {
            (void)system_vcpu(p, 0);
        }
        for (uint32_t v = 0; v < 8u; v++) {
            (void)system_real_time(0, p, v, 30 * MS, MS, 0, 0);
        }
    }
    system_frame(0, 30 * MS);
    system_pool_slot(0, 0, 30 * MS, 0);
    system_boot();
    for (uint32_t i = 0; i < 24u; i++) {
        if (i % 8u == 0u) {
            run_until(30 * MS + i / 8u * MS + 500 * US);
        } else {
            vcpus[i].state = SEP_STATE_READY; // started
        }
    }
    run_until(60 * MS - 10 * US);
    windows = 0;
    host.on_take = count_window;
    run_until(60 * MS + 10 * US);
    host.on_take = NULL;
    assert_in_range(windows, 4, 8); // 24 releases, eight at a time
    for (uint32_t i = 0; i < 24u; i++) {
        run_until(60 * MS + i * MS + 500 * US);
        assert_int_equal(running_id(), i / 8u * 16u + i % 8u);
    }
    assert_int_equal(task(23)->missed, 0);
}

/// Of two jobs with one deadline the one that stands first runs, though it is released later. Shows REQ-POOL-002
static void tie(void **state)
{
    (void)state;
    partitions_of(3);
    (void)system_real_time(0, 0, 0, 10 * MS, MS, 4 * MS, 2 * MS);
    (void)system_real_time(0, 1, 0, 10 * MS, 3 * MS, 6 * MS, 0);
    system_best_effort(0, 2, 0);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 10 * MS, 0);
    system_boot();
    run_until(30 * MS);
    expect(30 * MS, 32 * MS, 1);
    expect(32 * MS, 33 * MS, 0);
    expect(33 * MS, 34 * MS, 1);
    expect(34 * MS, 40 * MS, 2);
}

/// A wait in a batch ends the batch. Shows REQ-POOL-006
static void batch(void **state)
{
    const struct sep_batch_call calls[2] = {{.number = SEP_HC_periodic_wait},
                                            {.number = SEP_HC_null}};

    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_boot();
    run_until(11 * MS);
    guest_put(0, SYSTEM_DATA, calls, sizeof(calls));
    assert_int_equal(call(SEP_HC_batch, SYSTEM_DATA, 2, ANOTHER), SEP_NOT_AVAILABLE);
    assert_int_equal(guest_word(0, ANOTHER), 1);
    expect(11 * MS, 20 * MS, 1);
    expect(20 * MS, 22 * MS, 0);
}

/// Who waits before it was released waits for its first release. Shows REQ-POOL-006
static void wait_again(void **state)
{
    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 0);
    system_boot();
    run_until(11 * MS);
    assert_int_equal(call(SEP_HC_periodic_wait), SEP_OK);
    assert_int_equal(running_id(), -1); // nobody else is in the pool
    pool_wait((struct pool_task *)(uintptr_t)task(0));
    run_until(21 * MS);
    assert_int_equal(running_id(), 0);
    assert_int_equal(task(0)->finished, 1);
}

/// Each decision that changes who runs is in the trace. Shows REQ-POOL-014
static void traced(void **state)
{
    uint32_t slots = 0;

    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_own_trace(SEP_TRACE_SCHEDULING, 64);
    system_boot();
    run_until(65 * MS);
    for (uint32_t n = 0; n < trace_hypervisor->count; n++) {
        const struct sep_trace_record *record =
            (const struct sep_trace_record *)(const void *)(trace_hypervisor + 1) + n;

        if (record->event == SEP_TRACE_EVENT_SLOT && record->time >= 10 * MS) {
            assert_int_equal(record->partition, slots % 2u);
            slots++;
        }
    }
    assert_int_equal(slots, 12);
}

/// Whoever cannot meet the deadlines does not boot, nor do pools for which there is no room. Shows REQ-POOL-007,
/// REQ-POOL-008
static void refused(void **state)
{
    uint64_t size;

    (void)state;
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_pool_of(0)->reserve = 81;
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_console(
        "configuration refused: a pool's real-time vCPUs cannot all meet their deadlines");
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_pool_of(0)->overhead = 8 * MS + 1u;
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_pool_of(0)->blocking = 4 * MS + 1u;
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    one_real_time(10 * MS, 2 * MS, 0, 1);
    system_build();
    size = image.system->arena_size;
    for (uint64_t less = 8; less < 8192u; less += 8u) {
        one_real_time(10 * MS, 2 * MS, 0, 1);
        system_build();
        image.system->arena_size = size - less;
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
        assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
    }
}

/// A job that has had its capacity when a slot ends is told so when the pool's next slot begins, whoever is released
/// then. Shows REQ-POOL-005
static void capacity_at_slot_end(void **state)
{
    uint32_t before;

    (void)state;
    partitions_of(2);
    (void)system_real_time(0, 0, 0, 20 * MS, 4 * MS, 20 * MS, 0);
    (void)system_real_time(0, 1, 0, 20 * MS, 1 * MS, 6 * MS, 5 * MS);
    system_frame(0, 10 * MS);
    system_pool_slot(0, 0, 4 * MS, 0);
    system_pool_slot(0, 6 * MS, 4 * MS, 0);
    system_boot();
    run_until(60 * MS + MS);
    assert_int_equal(running_id(), 0);
    before = task(0)->overruns;
    expect(66 * MS, 67 * MS, 1);
    assert_int_equal(task(0)->overruns, before + 1u);
    assert_false(task(0)->open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue),
        cmocka_unit_test(published_example),
        cmocka_unit_test(capacity_at_slot_end),
        cmocka_unit_test(capacity),
        cmocka_unit_test(debt),
        cmocka_unit_test(deadline),
        cmocka_unit_test(waiting),
        cmocka_unit_test(permission),
        cmocka_unit_test(on_demand),
        cmocka_unit_test(started_early),
        cmocka_unit_test(stopped_by_another),
        cmocka_unit_test(idle_in_a_job),
        cmocka_unit_test(idle_at_the_deadline),
        cmocka_unit_test(turns),
        cmocka_unit_test(all_idle),
        cmocka_unit_test(not_running),
        cmocka_unit_test(reset),
        cmocka_unit_test(plans),
        cmocka_unit_test(plan_without_the_pool),
        cmocka_unit_test(pool_of_another_processor),
        cmocka_unit_test(plans_for_long),
        cmocka_unit_test(several_slots),
        cmocka_unit_test(suspended_between_slots),
        cmocka_unit_test(two_pools),
        cmocka_unit_test(burst),
        cmocka_unit_test(tie),
        cmocka_unit_test(batch),
        cmocka_unit_test(wait_again),
        cmocka_unit_test(traced),
        cmocka_unit_test(refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
