// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the kernel does for partitions that are unmodified operating systems: their machine, virtual interrupts
// without a hypercall, an emulated UART's way to the console.

#include "system.h"

#include <string.h>

#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/panic.h>
#include <kernel/virq.h>

#define EMULATED 0x70000000u
#define LINE 5u
#define BELL SEP_IRQ_IPVI_FIRST

static void describe(bool devices)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("os", SEP_PARTITION_BOOT | SEP_PARTITION_UNMODIFIED);
    if (devices) {
        system_vdevice(1, SEP_VDEVICE_GICV3_DISTRIBUTOR, EMULATED, 0x10000);
    }
    system_console(1, 256);
    system_line(1, LINE);
    system_ipvi(0, 0, 2);
    system_ipvi(0, 1, 2);
    system_simple_plan(10 * MS, 4 * MS);
}

// Behind the frame that loads everybody.
static void to(uint64_t ns)
{
    run_until(10 * MS + ns);
}

static struct vcpu *os(void)
{
    return &partitions[1].vcpus[0];
}

/// Its context is given the machine, another's is not. Shows REQ-OS-002
static void has_a_machine(void **state)
{
    (void)state;
    describe(true);
    system_boot();
    to(100);
    assert_ptr_equal(os()->context.machine, &partitions[1].space);
    assert_int_equal(partitions[1].space.devices, 1);
    assert_int_equal(partitions[1].space.interrupts, 1);
    assert_null(partitions[0].vcpus[0].context.machine);
    assert_int_equal(partitions[0].space.devices, 0);
}

/// Inter-partition interrupts and lines come without a hypercall of its own, all that are pending at once; nothing else
/// does. Shows REQ-OS-002
static void interrupts_come_unasked(void **state)
{
    const struct host_context_log *log;

    (void)state;
    describe(true);
    system_boot();
    to(100);
    log = &os()->context.log;
    assert_int_equal(running_id(), 0);
    assert_int_equal(call(SEP_HC_irq_raise, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_raise, 1), SEP_OK);
    assert_int_equal(log->deliveries, 0); // in its own slot
    to(5 * MS);
    assert_ptr_equal(running(), os());
    assert_int_equal(log->deliveries, 2);
    assert_int_equal(log->per_irq[BELL], 1);
    assert_int_equal(log->per_irq[BELL + 1u], 1);
    assert_int_equal(log->per_irq[SEP_IRQ_SLOT_START], 0);
    assert_int_equal(os()->pending & VIRQ_UNMODIFIED, 0);
}

/// What the UART sends is in the console's ring in order; a full ring takes nothing more, and says so before.
/// Shows REQ-VM-005
static void sends_to_the_console(void **state)
{
    uint32_t sent = 0;
    struct console *console;

    (void)state;
    describe(true);
    system_boot();
    to(5 * MS);
    assert_ptr_equal(running(), os());
    console = partitions[1].console;
    host.console_absent = true;
    assert_true(kernel_console_room());
    for (bool room = true; room; sent++) {
        room = kernel_console_put((uint8_t)('a' + sent % 26u));
    }
    assert_int_equal(sent, console->mask + 1u);
    assert_false(kernel_console_room());
    assert_false(kernel_console_put('!'));
    assert_int_equal(console->lost, 1);
    for (uint32_t i = 0; i < sent; i++) {
        assert_int_equal(console->ring[i], 'a' + i % 26u);
    }
}

/// One without a console sends nowhere. Shows REQ-VM-005
static void without_a_console(void **state)
{
    (void)state;
    describe(true);
    system_boot();
    to(5 * MS);
    partitions[1].console = &console_none;
    assert_false(kernel_console_room());
    assert_false(kernel_console_put('x'));
}

/// Behind its slot nothing of its machine acts in idle time; where another slot follows, that one's switch sees to it.
/// Shows REQ-OS-003
static void quiet_in_gaps(void **state)
{
    const struct host_context_log *log = &os()->context.log;
    uint32_t stopped;

    (void)state;
    describe(true);
    system_boot();
    to(7 * MS);
    stopped = log->stopped;
    to(8 * MS + 100 * US);
    assert_int_equal(log->stopped, stopped + 1u);
    stopped = partitions[0].vcpus[0].context.log.stopped;
    to(14 * MS + 100 * US);
    assert_int_equal(partitions[0].vcpus[0].context.log.stopped, stopped);
}

/// Its return from a handler is seen by nobody: each fault is propagated. Shows REQ-HM-009
static void faults_again(void **state)
{
    (void)state;
    describe(true);
    system_action(1, SEP_EVENT_MEM_PROTECTION, SEP_ACTION_PROPAGATE);
    system_boot();
    to(5 * MS);
    assert_ptr_equal(running(), os());
    for (uint32_t i = 1; i <= 3u; i++) {
        assert_int_equal(fault(SEP_EVENT_MEM_PROTECTION), HOST_DONE);
        assert_int_equal(os()->context.log.faults, i);
    }
    assert_int_equal(partitions[1].state, SEP_STATE_READY);
}

/// A machine that the board cannot have stops the boot. Shows REQ-OS-002
static void refused_by_the_board(void **state)
{
    (void)state;
    describe(false);
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_console("configuration refused: a virtual device is not for this board");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_a_machine),        cmocka_unit_test(interrupts_come_unasked),
        cmocka_unit_test(sends_to_the_console), cmocka_unit_test(without_a_console),
        cmocka_unit_test(quiet_in_gaps),        cmocka_unit_test(faults_again),
        cmocka_unit_test(refused_by_the_board),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
