// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions of several vCPUs, and the several processors that they may lie on.

#include "system.h"

#define ENTRY (SYSTEM_RAM + 0x200u)

// Partition a: vCPUs 0 to 2, 2 ms each of 10 ms; then b.
static void start(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_FP);
    (void)system_vcpu(0, 0);
    (void)system_vcpu(0, 0);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_line(0, 4);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 2 * MS, 0, 0);
    system_slot(0, 2 * MS, 2 * MS, 0, 1);
    system_slot(0, 4 * MS, 2 * MS, 0, 2);
    system_slot(0, 6 * MS, 2 * MS, 1, 0);
    system_boot();
}

/// Shows REQ-VCPU-001, REQ-VCPU-004
static void only_the_first_runs(void **state)
{
    (void)state;
    start();
    assert_int_equal(running_id(), 0);
    assert_int_equal(vcpu_status(0).state, SEP_STATE_READY);
    assert_int_equal(vcpu_status(1).state, SEP_STATE_HALTED);
    assert_int_equal(vcpu_status(2).state, SEP_STATE_HALTED);
    assert_int_equal(vcpu_status(1).cpu, 0);
    assert_int_equal(partition_status(SEP_SELF).vcpu_count, 3);
    run_until(3 * MS);
    assert_int_equal(running_id(), -1);
    run_until(5 * MS);
    assert_int_equal(running_id(), -1);
    run_until(7 * MS);
    assert_int_equal(running_id(), 16);
    assert_int_equal(call(SEP_HC_vcpu_status, 1, SYSTEM_DATA), SEP_INVALID_PARAM);
}

/// Shows REQ-VCPU-002, REQ-VCPU-004, REQ-TIME-004
static void started(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_vcpu_start, 1, ENTRY, 42), SEP_OK);
    run_until(3 * MS);
    assert_int_equal(running_id(), 1);
    assert_int_equal(running()->context.pc, ENTRY);
    assert_int_equal(running()->context.arguments[0], SYSTEM_INFO);
    assert_int_equal(running()->context.arguments[1], 1);
    assert_int_equal(running()->context.arguments[2], 42);
    assert_int_equal(running()->context.stack_pointer,
                     SYSTEM_RAM + SYSTEM_RAM_SIZE - SYSTEM_STACK_SIZE);
    assert_true(running()->context.fp);
    assert_int_equal(irq_status().masked, 0xffffffff);
    run_until(11 * MS);
    assert_int_equal(running_id(), 0);
    assert_in_range(vcpu_status(0).exec_clock, 3 * MS - US, 3 * MS + US);
    assert_in_range(vcpu_status(1).exec_clock, 2 * MS - US, 2 * MS + US);
    assert_in_range(vcpu_status(2).exec_clock, 0, 0);
    assert_in_range(partition_status(SEP_SELF).exec_clock, 5 * MS - US, 5 * MS + US);
}

/// Shows REQ-VCPU-002, REQ-HC-002, REQ-MEM-002
static void start_refusals(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_vcpu_start, 3, ENTRY, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_vcpu_start, (sep_word_t)-1, ENTRY, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_vcpu_start, (sep_word_t)1 << 32, ENTRY, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, 0, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, ENTRY + 2u, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, SYSTEM_INFO, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, SYSTEM_RAM + SYSTEM_RAM_SIZE, 0),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, SYSTEM_RAM - 4u, 0), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, SYSTEM_RAM + SYSTEM_RAM_SIZE - 4u, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_vcpu_start, 1, ENTRY, 0), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_vcpu_start, 0, ENTRY, 0), SEP_NO_ACTION);
}

/// Shows REQ-VCPU-003
static void transitions(void **state)
{
    static const struct {
        uint32_t call;
        sep_status_t status[4]; ///< from halted, ready, suspended, idle
        bool runs[4];
    } row[] = {
        {SEP_HC_vcpu_halt, {SEP_NO_ACTION, SEP_OK, SEP_OK, SEP_OK}, {false, false, false, false}},
        {SEP_HC_vcpu_suspend,
         {SEP_INVALID_MODE, SEP_OK, SEP_NO_ACTION, SEP_OK},
         {false, false, false, false}},
        {SEP_HC_vcpu_resume,
         {SEP_INVALID_MODE, SEP_NO_ACTION, SEP_OK, SEP_NO_ACTION},
         {false, true, true, true}},
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        for (uint32_t from = 0; from < 4; from++) {
            start();
            if (from != SEP_STATE_HALTED) {
                assert_int_equal(call(SEP_HC_vcpu_start, 1, ENTRY, 0), SEP_OK);
                run_until(3 * MS);
                assert_int_equal(running_id(), 1);
                if (from == SEP_STATE_IDLE) {
                    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
                } else if (from == SEP_STATE_SUSPENDED) {
                    assert_int_equal(call(SEP_HC_vcpu_suspend, 1), SEP_OK);
                    assert_int_equal(running_id(), -1);
                }
            }
            run_until(11 * MS);
            assert_int_equal(running_id(), 0);
            assert_int_equal(vcpu_status(1).state, from);
            assert_int_equal(call(row[i].call, 1), row[i].status[from]);
            assert_int_equal(call(row[i].call, 3), SEP_INVALID_PARAM);
            run_until(13 * MS);
            assert_int_equal(running_id(), row[i].runs[from] ? 1 : -1);
            run_until(17 * MS);
            assert_int_equal(running_id(), 16);
        }
    }
}

/// Shows REQ-VCPU-003, REQ-VCPU-005
static void itself(void **state)
{
    (void)state;
    start();
    assert_int_equal(call(SEP_HC_idle_self), SEP_OK);
    assert_int_equal(running_id(), -1);
    run_until(10 * MS + US);
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_vcpu_halt, 0), SEP_OK);
    assert_int_equal(running_id(), -1);
    assert_int_equal(partitions[0].state, SEP_STATE_READY);
    run_until(26 * MS + US);
    assert_int_equal(running_id(), 16);
}

/// Reset and halt of the partition reach all its vCPUs. Shows REQ-PART-006, REQ-VCPU-001
static void partition_reset_halts_them(void **state)
{
    (void)state;
    for (uint32_t mode = SEP_MODE_COLD; mode <= SEP_MODE_WARM; mode++) {
        start();
        assert_int_equal(call(SEP_HC_vcpu_start, 1, ENTRY, 0), SEP_OK);
        assert_int_equal(call(SEP_HC_vcpu_start, 2, ENTRY, 0), SEP_OK);
        run_until(5 * MS);
        assert_int_equal(running_id(), 2);
        assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, mode, 0), SEP_OK);
        assert_int_equal(running_id(), -1);
        run_until(11 * MS);
        assert_int_equal(running_id(), 0);
        run_until(13 * MS);
        assert_int_equal(running_id(), -1);
        run_until(15 * MS);
        assert_int_equal(running_id(), -1);
    }
}

// a and c on processor 0, b on processor 1.
static void start_two(void)
{
    system_reset();
    system_processors(2);
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    system_vcpu_on(1, 0, 1);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    (void)system_vcpu(2, 0);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 4 * MS, 0, 0);
    system_slot(0, 1 * MS, 5 * MS, 1, 0);
    system_slot(0, 6 * MS, 2 * MS, 2, 0);
    system_slot(0, 8 * MS, 2 * MS, 2, 1);
    system_frame(1, 5 * MS);
    system_slot(1, 0, 5 * MS, 1, 0);
}

static int running_on(uint32_t cpu)
{
    int id;

    host_cpu = cpu;
    id = running_id();
    host_cpu = 0;
    return id;
}

/// Each processor follows its own slots, and a plan switch reaches both. Shows REQ-SCHED-010,
/// REQ-SCHED-004
static void two_processors(void **state)
{
    static const int8_t expected[10][2] = {{0, -1},  {0, 16},  {0, 16},  {0, 16},  {-1, 16},
                                           {-1, 16}, {32, -1}, {32, -1}, {32, 33}, {32, 33}};
    struct cpu before;

    (void)state;
    start_two();
    system_build();
    assert_int_equal(host_boot(), HOST_DONE);
    for (uint64_t t = 0; t < 50; t++) {
        assert_int_equal(host_run(500 * US), HOST_DONE);
        if (t >= 20 && t % 10u < 8u) { // loaded, and vCPU 1 of c was never started
            assert_int_equal(running_on(0), expected[t % 10u][0]);
            assert_int_equal(running_on(1), expected[t % 10u][1]);
        }
        assert_int_equal(host_run(500 * US), HOST_DONE);
    }
    assert_int_equal(host_run(500 * US), HOST_DONE);
    assert_int_equal(cpus[0].sched.frame_start, cpus[1].sched.frame_start);
    assert_int_equal(cpus[0].sched.frame_count, 6);
    // A hypercall on one processor leaves the other's data alone.
    before = cpus[1];
    assert_int_equal(call(SEP_HC_set_timer, SEP_CLOCK_HW, 51 * MS, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
    assert_memory_equal(&before, &cpus[1], sizeof(before));
    assert_int_equal(host_run(10 * MS), HOST_DONE);
    assert_int_equal(running_on(0), -1);
    assert_int_equal(running_on(1), 16);
    assert_int_equal(cpus[0].sched.current, 1);
    assert_int_equal(cpus[1].sched.current, 1);
    assert_int_equal(cpus[1].sched.switch_time, 60 * MS);
    host_cpu = 1;
    assert_int_equal(vcpu_status(0).cpu, 1);
    assert_int_equal(plan_status().current, 1);
    host_cpu = 0;
}

/// Shows REQ-BOOT-009
static void missing_processors(void **state)
{
    (void)state;
    start_two();
    host.cpu_count = 1;
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_console("configuration refused: a processor does not start\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_first_runs),
        cmocka_unit_test(started),
        cmocka_unit_test(start_refusals),
        cmocka_unit_test(transitions),
        cmocka_unit_test(itself),
        cmocka_unit_test(partition_reset_halts_them),
        cmocka_unit_test(two_processors),
        cmocka_unit_test(missing_processors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
