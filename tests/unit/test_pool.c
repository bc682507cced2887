// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: real-time vCPUs by earliest deadline, best-effort ones in turn.

#include "system.h"

#include <stdio.h>

#include <kernel/pool_queue.h>

// Partitions with one vCPU each, loaded in a plan that the tests leave at 100 ms; then the pool's plan runs.
static void partitions_of(uint32_t count)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

    system_reset();
    for (uint32_t i = 0; i < count; i++) {
        (void)system_partition(names[i],
                               SEP_PARTITION_BOOT | (i == 0u ? SEP_PARTITION_SYSTEM : 0u));
    }
}

static struct sep_periodic_status periodic(sep_word_t partition, sep_word_t vcpu)
{
    struct sep_periodic_status status;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_periodic_status, partition, vcpu, SYSTEM_DATA + 0x1000u), SEP_OK);
    guest_get(me, SYSTEM_DATA + 0x1000u, &status, sizeof(status));
    return status;
}

/// The published example: (5, 3, 5), (4, 1, 4) and two best-effort vCPUs. Shows REQ-POOL-001, REQ-POOL-004
static void published_example(void **state)
{
    static const char expected[] = "1000100010 2 0003 0...";
    const uint64_t quantum = 10 * MS;

    (void)state;
    (void)expected;
    partitions_of(4);
    (void)system_pool(quantum);
    system_real_time(0, 0, 0, 5 * quantum, 3 * quantum, 0, 0);
    system_real_time(0, 1, 0, 4 * quantum, 1 * quantum, 0, 0);
    system_best_effort(0, 2, 0);
    system_best_effort(0, 3, 0);
    system_frame(0, 20 * quantum);
    system_pool_slot(0, 0, 20 * quantum, 0);
    system_boot();
    for (uint32_t frame = 0; frame < 3; frame++) {
        printf("frame %u:", frame);
        for (uint32_t i = 0; i < 20; i++) {
            run_until((frame * 20u + i) * quantum + quantum / 2u);
            printf(" %d", running_id() < 0 ? -1 : running_id() / 16);
            fflush(stdout);
        }
        printf("\n");
    }
    (void)periodic;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_example),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
