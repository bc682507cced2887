// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Traces: what is recorded where, loss, masks, and every status of the calls.

#include "system.h"

#include <kernel/events.h>
#include <kernel/panic.h>
#include <septum/hypercall.h>
#include <septum/log.h>
#include <septum/port.h>

#include "../../services/trace/trace.h"

#define LINE 5u
#define STATUS (SYSTEM_DATA + 0x100u)
#define RECORD (SYSTEM_DATA + 0x200u)
#define CALLS (SYSTEM_DATA + 0x300u)
#define RECORDS 16u

#define HYPERVISOR 0u
#define STREAM(partition) (1u + (partition))

// `a` is a system partition and records what the test says, `b` and `c` are ordinary ones; `c` records
// nothing.
static void describe(uint32_t own, uint32_t a, uint32_t b)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    system_line(0, LINE);
    system_own_trace(own, RECORDS);
    system_trace(0, a, RECORDS);
    system_trace(1, b, RECORDS);
    system_simple_plan(10 * MS, 3 * MS);
    system_frame(1, 10 * MS);
    system_slot(1, 0, 3 * MS, 0, 0);
}

// Frame 0 loads everybody.
static void go(uint32_t frame, uint32_t partition)
{
    run_until(frame * 10 * MS + partition * 3 * MS + US);
    assert_int_equal(running_id(), (int)(partition * 16u));
}

static void start(uint32_t own, uint32_t a, uint32_t b)
{
    describe(own, a, b);
    system_boot();
    go(1, 0);
}

static struct sep_log *log_of(uint32_t stream)
{
    return stream == HYPERVISOR ? trace_hypervisor : partitions[stream - 1u].trace;
}

static const struct sep_trace_record *record_of(uint32_t stream, uint32_t number)
{
    const struct sep_log *log = log_of(stream);
    const struct sep_trace_record *record =
        (const struct sep_trace_record *)(log + 1) + number % log->capacity;

    assert_int_equal(record->number, number);
    return record;
}

// What was recorded last, counted from 1 backwards.
static const struct sep_trace_record *last(uint32_t stream, uint32_t back)
{
    assert_true(log_of(stream)->count >= back);
    return record_of(stream, log_of(stream)->count - back);
}

static void expect(const struct sep_trace_record *record, enum sep_trace_event event, uint32_t a,
                   uint32_t b, uint32_t c)
{
    assert_int_equal(record->event, event);
    assert_int_equal(record->words[0], a);
    assert_int_equal(record->words[1], b);
    assert_int_equal(record->words[2], c);
}

static void expect_from(const struct sep_trace_record *record, uint32_t partition, uint32_t vcpu)
{
    assert_int_equal(record->partition, partition);
    assert_int_equal(record->vcpu, vcpu);
    assert_int_equal(record->cpu, 0);
}

static struct sep_log_status status_of(sep_word_t stream)
{
    struct sep_log_status status;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_trace_status, stream, STATUS), SEP_OK);
    guest_get(me, STATUS, &status, sizeof(status));
    return status;
}

static struct sep_trace_record read_of(sep_word_t stream, uint32_t number)
{
    struct sep_trace_record record;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_trace_read, stream, number, RECORD), SEP_OK);
    guest_get(me, RECORD, &record, sizeof(record));
    return record;
}

/// Shows REQ-TRACE-001, REQ-TRACE-002
static void hypercalls(void **state)
{
    const struct sep_trace_record *begin;

    (void)state;
    start(0, SEP_TRACE_HYPERCALLS, SEP_TRACE_PARTITION);
    assert_int_equal(call(SEP_HC_irq_unmask, 0x30, 7), SEP_OK);
    begin = last(STREAM(0), 2);
    expect(begin, SEP_TRACE_EVENT_HYPERCALL, SEP_HC_irq_unmask, 0x30, 7);
    expect_from(begin, 0, 0);
    assert_true(begin->time > 10 * MS && begin->time <= 10 * MS + 2 * US);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_HYPERCALL_END, SEP_HC_irq_unmask, SEP_OK, 0);
    assert_true(last(STREAM(0), 1)->time >= begin->time);
    assert_int_equal(call(SEP_HC_COUNT, 1), SEP_UNKNOWN_HYPERCALL);
    expect(last(STREAM(0), 2), SEP_TRACE_EVENT_HYPERCALL, SEP_HC_COUNT, 1, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_HYPERCALL_END, SEP_HC_COUNT,
           (uint32_t)SEP_UNKNOWN_HYPERCALL, 0);
    // Nothing of the others', who say so.
    go(1, 1);
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    assert_int_equal(log_of(STREAM(1))->count, 0);
    go(1, 2);
    assert_int_equal(call(SEP_HC_null), SEP_OK);
    assert_int_equal(log_of(STREAM(0))->count, 4);
}

/// Shows REQ-TRACE-002
static void calls_of_a_batch(void **state)
{
    struct sep_batch_call calls[2] = {{.number = SEP_HC_null},
                                      {.number = SEP_HC_irq_mask, .args = {3, 4}}};

    (void)state;
    for (uint32_t mask = 0; mask <= SEP_TRACE_HYPERCALLS; mask++) {
        start(0, mask, 0);
        guest_put(0, CALLS, calls, sizeof(calls));
        assert_int_equal(call(SEP_HC_batch, CALLS, 2, STATUS), SEP_OK);
        assert_int_equal(log_of(STREAM(0))->count, 6u * mask);
    }
    expect(record_of(STREAM(0), 0), SEP_TRACE_EVENT_HYPERCALL, SEP_HC_batch, CALLS, 2);
    expect(record_of(STREAM(0), 1), SEP_TRACE_EVENT_HYPERCALL, SEP_HC_null, 0, 0);
    expect(record_of(STREAM(0), 3), SEP_TRACE_EVENT_HYPERCALL, SEP_HC_irq_mask, 3, 4);
    expect(record_of(STREAM(0), 5), SEP_TRACE_EVENT_HYPERCALL_END, SEP_HC_batch, SEP_OK, 0);
}

/// Shows REQ-TRACE-007
static void events_of_the_partition(void **state)
{
    const struct sep_trace_record *record;

    (void)state;
    start(0, SEP_TRACE_PARTITION | SEP_TRACE_HYPERCALLS, SEP_TRACE_HYPERCALLS);
    assert_int_equal(call(SEP_HC_trace_write, 0x11, 0x22, 0xffffffff), SEP_OK);
    // It is no record of a hypercall, too.
    assert_int_equal(log_of(STREAM(0))->count, 1);
    record = record_of(STREAM(0), 0);
    expect(record, SEP_TRACE_EVENT_USER, 0x11, 0x22, 0xffffffff);
    expect_from(record, 0, 0);
    go(1, 1);
    assert_int_equal(call(SEP_HC_trace_write, 1, 2, 3), SEP_NO_ACTION);
    assert_int_equal(log_of(STREAM(1))->count, 0);
    go(1, 2);
    assert_int_equal(call(SEP_HC_trace_write, 1, 2, 3), SEP_NO_ACTION);
}

/// Shows REQ-TRACE-001, REQ-TRACE-002, REQ-TRACE-003
static void interrupts(void **state)
{
    (void)state;
    start(SEP_TRACE_INTERRUPTS, SEP_TRACE_INTERRUPTS, SEP_TRACE_HYPERCALLS);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    assert_int_equal(log_of(STREAM(0))->count, 0);
    host_line_assert(LINE);
    run(US);
    expect(last(HYPERVISOR, 1), SEP_TRACE_EVENT_IRQ, LINE, 0, 0);
    expect_from(last(HYPERVISOR, 1), SEP_LOG_HYPERVISOR, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_VIRQ, SEP_IRQ_DEVICE_FIRST, 0, 0);
    assert_int_equal(log_of(HYPERVISOR)->count, 1);
    assert_int_equal(log_of(STREAM(0))->count, 1);
}

/// Shows REQ-TRACE-003
static void interrupts_left_out(void **state)
{
    (void)state;
    start(SEP_TRACE_SCHEDULING, SEP_TRACE_SCHEDULING, 0);
    take_interrupts(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    host_line_assert(LINE);
    run(US);
    expect(last(HYPERVISOR, 1), SEP_TRACE_EVENT_SLOT, 0, 0, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_SLOT, 0, 0, 0);
}

/// Shows REQ-TRACE-002, REQ-TRACE-003
static void slots(void **state)
{
    (void)state;
    start(SEP_TRACE_SCHEDULING, SEP_TRACE_SCHEDULING, SEP_TRACE_HYPERCALLS);
    run_until(19 * MS + US);
    expect(last(HYPERVISOR, 4), SEP_TRACE_EVENT_SLOT, 0, 0, 0);
    expect_from(last(HYPERVISOR, 4), 0, 0);
    assert_true(last(HYPERVISOR, 4)->time >= 10 * MS);
    assert_true(last(HYPERVISOR, 4)->time < 10 * MS + US);
    expect(last(HYPERVISOR, 3), SEP_TRACE_EVENT_SLOT, 1, 0, 0);
    expect_from(last(HYPERVISOR, 3), 1, 0);
    expect(last(HYPERVISOR, 2), SEP_TRACE_EVENT_SLOT, 2, 0, 0);
    expect(last(HYPERVISOR, 1), SEP_TRACE_EVENT_GAP, 2, 0, 0);
    expect_from(last(HYPERVISOR, 1), SEP_LOG_HYPERVISOR, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_SLOT, 0, 0, 0);
    assert_int_equal(last(STREAM(0), 1)->time / US, 10 * MS / US);
    assert_int_equal(log_of(STREAM(1))->count, 0);
}

/// Shows REQ-TRACE-002, REQ-TRACE-003
static void slots_of_one(void **state)
{
    (void)state;
    start(SEP_TRACE_HM, SEP_TRACE_SCHEDULING, 0);
    run_until(29 * MS);
    assert_int_equal(log_of(HYPERVISOR)->count, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_SLOT, 0, 0, 0);
    expect_from(last(STREAM(0), 1), 0, 0);
    // A plan switch is the hypervisor's.
    go(3, 0);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
    go(4, 0);
    assert_int_equal(log_of(HYPERVISOR)->count, 0);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_SLOT, 0, 0, 1);
}

/// Shows REQ-TRACE-003
static void plans(void **state)
{
    (void)state;
    start(SEP_TRACE_SCHEDULING, 0, 0);
    assert_int_equal(call(SEP_HC_plan_switch, 1), SEP_OK);
    go(2, 0);
    expect(last(HYPERVISOR, 2), SEP_TRACE_EVENT_PLAN, 1, 0, 0);
    expect_from(last(HYPERVISOR, 2), SEP_LOG_HYPERVISOR, 0);
    expect(last(HYPERVISOR, 1), SEP_TRACE_EVENT_SLOT, 0, 0, 1);
}

/// Shows REQ-TRACE-002
static void states(void **state)
{
    const uint32_t stream = STREAM(1);

    (void)state;
    start(0, 0, SEP_TRACE_SCHEDULING);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_SUSPENDED, SEP_MODE_COLD, 0);
    expect_from(last(stream, 1), 1, 0);
    assert_int_equal(call(SEP_HC_partition_suspend, 1), SEP_NO_ACTION);
    assert_int_equal(call(SEP_HC_partition_resume, 1), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_READY, SEP_MODE_COLD, 0);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_WARM, 5), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_READY, SEP_MODE_WARM, 1);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_COLD, 5), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_LOADING, SEP_MODE_COLD, 2);
    go(1, 1);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_READY, SEP_MODE_COLD, 2);
    assert_int_equal(call(SEP_HC_partition_set_mode, SEP_MODE_NORMAL), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_READY, SEP_MODE_NORMAL, 2);
    assert_int_equal(call(SEP_HC_partition_halt, 1), SEP_OK);
    expect(last(stream, 1), SEP_TRACE_EVENT_STATE, SEP_STATE_HALTED, SEP_MODE_IDLE, 2);
    assert_int_equal(log_of(STREAM(0))->count, 0);
}

/// Shows REQ-TRACE-002
static void health(void **state)
{
    (void)state;
    describe(0, SEP_TRACE_HM, SEP_TRACE_PARTITION);
    system_action(0, SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_IGNORE);
    system_action(1, SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_IGNORE);
    system_boot();
    go(1, 0);
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_HM_EVENT, SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_IGNORE,
           9);
    go(1, 1);
    assert_int_equal(fault(SEP_EVENT_NUMERIC_ERROR), HOST_DONE);
    assert_int_equal(log_of(STREAM(0))->count, 1);
    assert_int_equal(log_of(STREAM(1))->count, 0);
}

/// An event is that of its vCPU, whichever of the partition that is. Shows REQ-TRACE-001
static void health_of_vcpu(void **state)
{
    (void)state;
    describe(0, SEP_TRACE_HM, 0);
    assert_int_equal(system_vcpu(0, 0), 1);
    system_action(0, SEP_EVENT_WATCHDOG, SEP_ACTION_IGNORE);
    system_boot();
    for (uint32_t vcpu = 0; vcpu < 2u; vcpu++) {
        event_raise_plain(&partitions[0].vcpus[vcpu], SEP_EVENT_WATCHDOG, 3);
        expect(last(STREAM(0), 1), SEP_TRACE_EVENT_HM_EVENT, SEP_EVENT_WATCHDOG, SEP_ACTION_IGNORE,
               3);
        expect_from(last(STREAM(0), 1), 0, vcpu);
    }
}

static void start_with_ports(uint32_t mask)
{
    describe(0, mask, mask);
    (void)system_channel(32, 0, 0);
    (void)system_channel(32, 4, 0);
    (void)system_port(0, "state", SEP_PORT_SOURCE, 0);
    (void)system_port(0, "orders", SEP_PORT_SOURCE, 1);
    (void)system_port(1, "state", SEP_PORT_DESTINATION, 0);
    (void)system_port(1, "orders", SEP_PORT_DESTINATION, 1);
    system_boot();
    go(1, 0);
}

/// Shows REQ-TRACE-002
static void messages(void **state)
{
    (void)state;
    start_with_ports(SEP_TRACE_PORTS);
    assert_int_equal(call(SEP_HC_sampling_write, 0, SYSTEM_DATA, 8), SEP_OK);
    expect(last(STREAM(0), 1), SEP_TRACE_EVENT_PORT_WRITE, 0, 8, 1);
    for (uint32_t i = 1; i <= 3u; i++) {
        assert_int_equal(call(SEP_HC_queuing_send, 1, SYSTEM_DATA, i), SEP_OK);
        expect(last(STREAM(0), 1), SEP_TRACE_EVENT_PORT_WRITE, 1, i, i);
    }
    assert_int_equal(call(SEP_HC_sampling_write, 0, SYSTEM_DATA, 0), SEP_INVALID_PARAM);
    assert_int_equal(log_of(STREAM(0))->count, 4);
    go(1, 1);
    assert_int_equal(call(SEP_HC_sampling_read, 0, SYSTEM_DATA, 32, STATUS), SEP_OK);
    expect(last(STREAM(1), 1), SEP_TRACE_EVENT_PORT_READ, 0, 8, 1);
    for (uint32_t i = 1; i <= 3u; i++) {
        assert_int_equal(call(SEP_HC_queuing_receive, 1, SYSTEM_DATA, 32, STATUS), SEP_OK);
        expect(last(STREAM(1), 1), SEP_TRACE_EVENT_PORT_READ, 1, i, i);
    }
    assert_int_equal(call(SEP_HC_queuing_receive, 1, SYSTEM_DATA, 32, STATUS), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_sampling_read, 0, SYSTEM_DATA, 7, STATUS), SEP_INVALID_PARAM);
    assert_int_equal(log_of(STREAM(1))->count, 4);
}

static void write_events(uint32_t first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(call(SEP_HC_trace_write, first + i, 0, 0), SEP_OK);
    }
}

/// Shows REQ-TRACE-004, REQ-TRACE-006
static void loss_is_counted(void **state)
{
    struct sep_log_status status;

    (void)state;
    start(0, SEP_TRACE_PARTITION, 0);
    status = status_of(SEP_SELF);
    assert_int_equal(status.capacity, RECORDS);
    assert_int_equal(status.mask, SEP_TRACE_PARTITION);
    assert_int_equal(status.count, 0);
    assert_int_equal(status.oldest, 0);
    write_events(100, RECORDS);
    status = status_of(SEP_SELF);
    assert_int_equal(status.count, RECORDS);
    assert_int_equal(status.oldest, 0);
    assert_int_equal(read_of(SEP_SELF, 0).words[0], 100);
    write_events(100 + RECORDS, 3);
    status = status_of(STREAM(0));
    assert_int_equal(status.count, RECORDS + 3u);
    assert_int_equal(status.oldest, 3);
    // Those that are lost, the oldest, the newest, and what is to come.
    for (uint32_t i = 0; i <= 3u; i++) {
        assert_int_equal(read_of(SEP_SELF, i).number, 3);
        assert_int_equal(read_of(SEP_SELF, i).words[0], 103);
    }
    assert_int_equal(read_of(SEP_SELF, 4).number, 4);
    assert_int_equal(read_of(SEP_SELF, RECORDS + 2u).words[0], 100 + RECORDS + 2u);
    assert_int_equal(call(SEP_HC_trace_read, SEP_SELF, RECORDS + 3u, RECORD), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_trace_read, SEP_SELF, RECORDS + 4u, RECORD), SEP_NOT_AVAILABLE);
}

/// Shows REQ-TRACE-004
static void numbers_go_round(void **state)
{
    struct sep_log *log;

    (void)state;
    start(0, SEP_TRACE_PARTITION, 0);
    log = log_of(STREAM(0));
    log->count = 0u - RECORDS;
    write_events(0, RECORDS + 2u);
    assert_int_equal(status_of(SEP_SELF).count, 2);
    assert_int_equal(status_of(SEP_SELF).oldest, 2u - RECORDS);
    assert_int_equal(read_of(SEP_SELF, 1).words[0], RECORDS + 1u);
    assert_int_equal(read_of(SEP_SELF, UINT32_MAX).words[0], RECORDS - 1u);
    assert_int_equal(read_of(SEP_SELF, 2u - RECORDS).words[0], 2);
    assert_int_equal(read_of(SEP_SELF, 1u - RECORDS).words[0], 2);
    assert_int_equal(call(SEP_HC_trace_read, SEP_SELF, 2, RECORD), SEP_NOT_AVAILABLE);
}

/// Shows REQ-TRACE-006
static void nothing_written(void **state)
{
    (void)state;
    start(SEP_TRACE_HM, SEP_TRACE_PARTITION, 0);
    assert_int_equal(call(SEP_HC_trace_read, HYPERVISOR, 0, RECORD), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_trace_read, SEP_SELF, UINT32_MAX, RECORD), SEP_NOT_AVAILABLE);
    write_events(7, 2);
    assert_int_equal(read_of(SEP_SELF, UINT32_MAX).words[0], 7); // as if long lost
}

/// Shows REQ-TRACE-005
static void permissions(void **state)
{
    (void)state;
    start(SEP_TRACE_SCHEDULING, SEP_TRACE_PARTITION, SEP_TRACE_PARTITION);
    // The system partition reads all that there are.
    assert_true(status_of(HYPERVISOR).count != 0u);
    assert_int_equal(read_of(HYPERVISOR, 0).event, SEP_TRACE_EVENT_SLOT);
    assert_int_equal(status_of(STREAM(1)).capacity, RECORDS);
    assert_int_equal(call(SEP_HC_trace_status, STREAM(2), STATUS), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_trace_status, STREAM(3), STATUS), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_trace_read, STREAM(3), 0, RECORD), SEP_INVALID_PARAM);
    // An ordinary one its own.
    go(1, 1);
    write_events(1, 1);
    assert_int_equal(status_of(SEP_SELF).count, 1);
    assert_int_equal(status_of(STREAM(1)).count, 1);
    assert_int_equal(read_of(STREAM(1), 0).words[0], 1);
    assert_int_equal(call(SEP_HC_trace_status, HYPERVISOR, STATUS), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_trace_status, STREAM(0), STATUS), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_trace_read, STREAM(0), 0, RECORD), SEP_NO_PERMISSION);
    assert_int_equal(call(SEP_HC_trace_read, STREAM(2), 0, RECORD), SEP_NO_PERMISSION);
    assert_int_equal(partitions[1].event_count, 4); // illegal-hypercall, each time
    // Or none.
    go(1, 2);
    assert_int_equal(call(SEP_HC_trace_status, SEP_SELF, STATUS), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_trace_read, STREAM(2), 0, RECORD), SEP_INVALID_PARAM);
}

/// Shows REQ-TRACE-005
static void bad_pointers(void **state)
{
    const sep_word_t bad[] = {0, STATUS + 4u, SYSTEM_INFO, SYSTEM_RAM + SYSTEM_RAM_SIZE - 8u};

    (void)state;
    start(0, SEP_TRACE_PARTITION, 0);
    write_events(0, 1);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_int_equal(call(SEP_HC_trace_status, SEP_SELF, bad[i]), SEP_INVALID_ADDRESS);
        assert_int_equal(call(SEP_HC_trace_read, SEP_SELF, 0, bad[i]), SEP_INVALID_ADDRESS);
    }
}

/// Shows REQ-TRACE-001
static void heads(void **state)
{
    (void)state;
    start(SEP_TRACE_HM, SEP_TRACE_PORTS, 0);
    for (uint32_t stream = 0; stream < 3u; stream++) {
        const struct sep_log *log = log_of(stream);

        assert_int_equal(log->magic, SEP_LOG_MAGIC);
        assert_int_equal(log->kind, SEP_LOG_TRACE);
        assert_int_equal(log->stream, stream);
        assert_int_equal(log->record_size, sizeof(struct sep_trace_record));
        assert_int_equal(log->capacity, RECORDS);
    }
    assert_null(partitions[2].trace);
    assert_int_equal(log_of(HYPERVISOR)->mask, SEP_TRACE_HM);
    assert_int_equal(log_of(STREAM(0))->mask, SEP_TRACE_PORTS);
}

static void let_go(void *lock)
{
    __atomic_store_n((uint32_t *)lock, 0u, __ATOMIC_RELEASE);
}

/// Whoever comes second waits. Shows REQ-TRACE-001
static void one_processor_at_a_time(void **state)
{
    struct sep_log *log;

    (void)state;
    start(0, SEP_TRACE_PARTITION, 0);
    log = log_of(STREAM(0));
    image.system->cpus.count = 2; // else there is nobody to wait for
    log->lock = 1;
    host_at(host.ticks + host_ticks(5000), let_go, &log->lock);
    write_events(1, 1);
    assert_int_equal(log->count, 1);
    assert_int_equal(log->lock, 0);
    assert_true(record_of(STREAM(0), 0)->time >= 10 * MS + 5 * US);
}

static void refused(const char *why)
{
    system_build();
    assert_int_equal(host_boot(), HOST_STOPPED);
    assert_int_equal(host.stop_status, SYSTEM_STATUS_CONFIG);
    assert_console(why);
}

/// Shows REQ-TRACE-008
static void wrong_sizes(void **state)
{
    const uint32_t wrong[] = {1, SEP_TRACE_RECORDS_MIN / 2u, 48, 2u * SEP_TRACE_RECORDS_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        // The arena has the room of a sound one.
        describe(0, 0, 0);
        system_build();
        image.system->trace_records = wrong[i];
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
        assert_console("configuration refused: the system record is wrong");
        describe(0, 0, 0);
        system_build();
        image.partition[1].trace_records = wrong[i];
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
        assert_console("configuration refused: a partition record is wrong");
    }
    describe(0, 0, 0);
    system_trace(2, SEP_TRACE_PORTS, 0);
    refused("configuration refused: a partition record is wrong");
}

/// Shows REQ-TRACE-008, REQ-BOOT-004
static void arena_too_small(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 2u; i++) {
        describe(0, 0, 0);
        system_build();
        // More records than the arena was made for: of the last partition, or of the hypervisor.
        image.partition[1].trace_records = i == 0u ? 1024 : RECORDS;
        image.system->trace_records = i == 0u ? RECORDS : 1024;
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
        assert_console("configuration refused: the arena is too small");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hypercalls),
        cmocka_unit_test(calls_of_a_batch),
        cmocka_unit_test(events_of_the_partition),
        cmocka_unit_test(interrupts),
        cmocka_unit_test(interrupts_left_out),
        cmocka_unit_test(slots),
        cmocka_unit_test(slots_of_one),
        cmocka_unit_test(plans),
        cmocka_unit_test(states),
        cmocka_unit_test(health),
        cmocka_unit_test(health_of_vcpu),
        cmocka_unit_test(messages),
        cmocka_unit_test(loss_is_counted),
        cmocka_unit_test(numbers_go_round),
        cmocka_unit_test(nothing_written),
        cmocka_unit_test(permissions),
        cmocka_unit_test(bad_pointers),
        cmocka_unit_test(heads),
        cmocka_unit_test(one_processor_at_a_time),
        cmocka_unit_test(wrong_sizes),
        cmocka_unit_test(arena_too_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
