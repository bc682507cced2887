// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The sampling buffer and the queue against plain models: every sequence of calls up to a length, for
// small sizes. A tree of sequences is walked: each step is made once, and taken back by putting the
// channel's memory back.

#include "system.h"

#include <string.h>

#include <septum/hypercall.h>

#include "../../services/ipc/channel.h"

#define SIZE 8u
#define DEPTH_MAX 4u
#define LENGTH 7u       ///< calls of a sequence
#define UNIT S          ///< messages grow older by this much
#define AGE (5 * S / 2) ///< and live so long: two units, not three
#define UNITS_MAX 2u

#define OUT SYSTEM_DATA
#define IN (SYSTEM_DATA + 0x100u)
#define INFO (SYSTEM_DATA + 0x200u)
#define NOWHERE (SYSTEM_RAM + SYSTEM_RAM_SIZE) ///< the description has it, the hardware has not

enum { PORT_OUT, PORT_IN };

// A message: its bytes follow from its number, its length too.
struct model_message {
    uint32_t number;
    uint32_t age; ///< units
};

struct model {
    struct model_message queue[DEPTH_MAX]; ///< sampling: the first is the last message
    uint32_t depth;
    uint32_t waiting;
    uint32_t count, refused, expired, cleared;
    uint32_t sent; ///< numbers given
};

static uint32_t steps;

static uint32_t length_of(uint32_t number)
{
    return 1u + number * 5u % SIZE;
}

static void bytes_of(uint32_t number, uint8_t bytes[SIZE])
{
    for (uint32_t i = 0; i < SIZE; i++) {
        bytes[i] = (uint8_t)(number * 16u + i + 1u);
    }
}

// ------------------------------------------------------------------------------ channel and system

static struct channel *channel(void)
{
    return &channels[0];
}

static void start(uint32_t depth)
{
    system_reset();
    (void)system_partition("both", SEP_PARTITION_BOOT);
    (void)system_channel(SIZE, depth, AGE);
    (void)system_port(0, "out", SEP_PORT_SOURCE, 0);
    (void)system_port(0, "in", SEP_PORT_DESTINATION, 0);
    system_simple_plan(10 * S, 10 * S);
    system_boot();
    run(100 * MS);
    assert_int_equal(running_id(), 0);
    image.area[image.partition[0].areas.first].size += 0x1000u;
    steps = 0;
}

// What a step may change of a channel.
struct kept {
    struct channel channel;
    uint8_t buffers[DEPTH_MAX * (sizeof(message_t) + SIZE)];
};

static uint32_t buffer_bytes(void)
{
    return sep_arena_channel_buffers(SIZE, channel()->depth);
}

static void keep(struct kept *kept)
{
    kept->channel = *channel();
    memcpy(kept->buffers, channel()->buffers, buffer_bytes());
}

static void bring_back(const struct kept *kept)
{
    *channel() = kept->channel;
    memcpy(channel()->buffers, kept->buffers, buffer_bytes());
    partitions[0].vcpus[0].pending = 0;
}

// Everything there is grows older.
static void grow_older(void)
{
    uint8_t *buffer = channel()->buffers;

    for (uint32_t at = 0; at < buffer_bytes(); at += channel()->room) {
        ((message_t *)(void *)(buffer + at))->time -= UNIT;
    }
}

static void model_grow_older(struct model *m)
{
    for (uint32_t i = 0; i < DEPTH_MAX; i++) {
        m->queue[i].age++;
    }
}

static bool told(uint32_t irq)
{
    bool yes = (partitions[0].vcpus[0].pending & SEP_IRQ_BIT(irq)) != 0u;

    partitions[0].vcpus[0].pending = 0;
    return yes;
}

static sep_status_t send_from(struct model *m, uint32_t number, sep_word_t from)
{
    uint8_t bytes[SIZE];

    bytes_of(number, bytes);
    guest_put(0, OUT, bytes, SIZE);
    return call(m->depth != 0u ? SEP_HC_queuing_send : SEP_HC_sampling_write, PORT_OUT, from,
                length_of(number));
}

static sep_status_t receive_to(const struct model *m, sep_word_t to, uint32_t capacity)
{
    static const uint8_t none[SIZE];

    guest_put(0, IN, none, SIZE);
    return call(m->depth != 0u ? SEP_HC_queuing_receive : SEP_HC_sampling_read, PORT_IN, to,
                capacity, INFO);
}

// The message received last is this one, whole, and nothing behind it was touched.
static void assert_received(const struct model_message *message)
{
    uint32_t length = length_of(message->number);
    struct sep_message_info info;
    uint8_t expected[SIZE];
    uint8_t bytes[SIZE];

    bytes_of(message->number, expected);
    memset(expected + length, 0, SIZE - length);
    guest_get(0, IN, bytes, SIZE);
    guest_get(0, INFO, &info, sizeof(info));
    assert_memory_equal(bytes, expected, SIZE);
    assert_int_equal(info.size, length);
    assert_int_equal(info.age / UNIT, message->age);
    assert_int_equal(info.valid, message->age <= UNITS_MAX);
}

// ----------------------------------------------------------------------------------------- models

static void model_drop(struct model *m, uint32_t n)
{
    memmove(&m->queue[0], &m->queue[n], (DEPTH_MAX - n) * sizeof(m->queue[0]));
    m->waiting -= n;
}

static uint32_t model_expire(struct model *m)
{
    uint32_t old = 0;

    while (old < m->waiting && m->queue[old].age > UNITS_MAX) {
        old++;
    }
    model_drop(m, old);
    m->expired += old;
    return old;
}

enum step { SEND, SEND_BAD, RECEIVE, RECEIVE_SMALL, RECEIVE_BAD, CLEAR, AGE_UNIT, STEPS };

static void queue_send(struct model *m)
{
    if (m->waiting == m->depth) {
        (void)model_expire(m);
    }
    if (m->waiting == m->depth) {
        m->refused++;
        assert_int_equal(send_from(m, m->sent, OUT), SEP_NOT_AVAILABLE);
        assert_false(told(SEP_IRQ_QUEUING));
        return;
    }
    m->queue[m->waiting++] = (struct model_message){.number = m->sent};
    assert_int_equal(send_from(m, m->sent++, OUT), SEP_OK);
    assert_true(told(SEP_IRQ_QUEUING));
    m->count++;
}

static void queue_send_bad(struct model *m)
{
    bool room = false;

    if (m->waiting == m->depth) {
        room = model_expire(m) != 0u;
    }
    if (m->waiting == m->depth) {
        m->refused++;
        assert_int_equal(send_from(m, m->sent, NOWHERE), SEP_NOT_AVAILABLE);
    } else {
        assert_int_equal(send_from(m, m->sent, NOWHERE), SEP_INVALID_ADDRESS);
    }
    assert_int_equal(told(SEP_IRQ_QUEUING), room);
}

static void queue_receive(struct model *m, enum step step)
{
    bool room = m->waiting == m->depth;
    uint32_t capacity = SIZE;

    room = model_expire(m) != 0u && room;
    if (m->waiting == 0u) {
        assert_int_equal(receive_to(m, IN, SIZE), SEP_NOT_AVAILABLE);
    } else if (step == RECEIVE_SMALL) {
        capacity = length_of(m->queue[0].number) - 1u;
        assert_int_equal(receive_to(m, IN, capacity), SEP_INVALID_PARAM);
    } else if (step == RECEIVE_BAD) {
        assert_int_equal(receive_to(m, NOWHERE, SIZE), SEP_INVALID_ADDRESS);
    } else {
        assert_int_equal(receive_to(m, IN, length_of(m->queue[0].number)), SEP_OK);
        assert_received(&m->queue[0]);
        room = room || m->waiting == m->depth;
        model_drop(m, 1);
    }
    assert_int_equal(told(SEP_IRQ_QUEUING), room);
}

static void queue_clear(struct model *m)
{
    bool room = m->waiting == m->depth;

    (void)model_expire(m);
    m->cleared += m->waiting;
    model_drop(m, m->waiting);
    assert_int_equal(call(SEP_HC_queuing_clear, PORT_IN), SEP_OK);
    assert_int_equal(told(SEP_IRQ_QUEUING), room);
}

static void queue_step(struct model *m, enum step step)
{
    switch (step) {
    case SEND:
        queue_send(m);
        break;
    case SEND_BAD:
        queue_send_bad(m);
        break;
    case CLEAR:
        queue_clear(m);
        break;
    case AGE_UNIT:
        grow_older();
        model_grow_older(m);
        break;
    default:
        queue_receive(m, step);
        break;
    }
    assert_int_equal(channel()->waiting, m->waiting);
    assert_int_equal(channel()->count, m->count);
    assert_int_equal(channel()->refused, m->refused);
    assert_int_equal(channel()->expired, m->expired);
    assert_int_equal(channel()->cleared, m->cleared);
}

static void sampling_step(struct model *m, enum step step)
{
    bool any = m->count != 0u;

    switch (step) {
    case SEND:
        assert_int_equal(send_from(m, m->sent, OUT), SEP_OK);
        m->queue[0] = (struct model_message){.number = m->sent++};
        m->count++;
        break;
    case SEND_BAD:
        assert_int_equal(send_from(m, m->sent, NOWHERE), SEP_INVALID_ADDRESS);
        break;
    case RECEIVE:
        assert_int_equal(receive_to(m, IN, SIZE), any ? SEP_OK : SEP_NOT_AVAILABLE);
        break;
    case RECEIVE_SMALL:
        assert_int_equal(receive_to(m, IN, length_of(m->queue[0].number) - 1u),
                         any ? SEP_INVALID_PARAM : SEP_NOT_AVAILABLE);
        break;
    case RECEIVE_BAD:
        assert_int_equal(receive_to(m, NOWHERE, SIZE),
                         any ? SEP_INVALID_ADDRESS : SEP_NOT_AVAILABLE);
        break;
    case AGE_UNIT:
        grow_older();
        model_grow_older(m);
        break;
    default: // there is nothing to clear
        break;
    }
    assert_int_equal(told(SEP_IRQ_SAMPLING), step == SEND);
    if (any && step == RECEIVE) {
        assert_received(&m->queue[0]);
    }
    assert_int_equal(channel()->count, m->count);
}

// All sequences that begin as the model says.
static void walk(const struct model *before, uint32_t left)
{
    struct kept kept;

    if (left == 0u) {
        return;
    }
    keep(&kept);
    for (uint32_t step = 0; step < STEPS; step++) {
        struct model m = *before;

        if (m.depth == 0u) {
            sampling_step(&m, (enum step)step);
        } else {
            queue_step(&m, (enum step)step);
        }
        steps++;
        walk(&m, left - 1u);
        bring_back(&kept);
    }
}

// The sum of the powers of STEPS: no sequence was left out.
static uint32_t all_steps(uint32_t length)
{
    uint32_t sum = 0;
    uint32_t power = 1;

    for (uint32_t i = 0; i < length; i++) {
        power *= STEPS;
        sum += power;
    }
    return sum;
}

static void check(uint32_t depth, uint32_t first, uint32_t length)
{
    struct model m = {.depth = depth};

    start(depth);
    channel()->first = first; // everywhere where the ring may begin
    walk(&m, length);
    assert_int_equal(steps, all_steps(length));
}

/// Shows REQ-IPC-003, REQ-IPC-004, REQ-IPC-005, REQ-IPC-006
static void every_sampling_sequence(void **state)
{
    (void)state;
    check(0, 0, LENGTH);
}

/// Shows REQ-IPC-004, REQ-IPC-008, REQ-IPC-009, REQ-IPC-010, REQ-IPC-011, REQ-IPC-012
static void every_queuing_sequence(void **state)
{
    (void)state;
    for (uint32_t depth = 1; depth <= 3u; depth++) {
        for (uint32_t first = 0; first < depth; first++) {
            check(depth, first, LENGTH - 1u);
        }
    }
}

/// The halving that finds how many are too old. Shows REQ-IPC-012
static void every_number_of_old_messages(void **state)
{
    (void)state;
    for (uint32_t first = 0; first < DEPTH_MAX; first++) {
        for (uint32_t waiting = 0; waiting <= DEPTH_MAX; waiting++) {
            for (uint32_t old = 0; old <= waiting; old++) {
                struct model m = {.depth = DEPTH_MAX};

                start(DEPTH_MAX);
                channel()->first = first;
                for (uint32_t i = 0; i < waiting; i++) {
                    queue_step(&m, SEND);
                    if (i + 1u == old) {
                        for (uint32_t unit = 0; unit <= UNITS_MAX; unit++) {
                            queue_step(&m, AGE_UNIT);
                        }
                    }
                }
                queue_step(&m, RECEIVE);
                assert_int_equal(channel()->expired, old);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sampling_sequence),
        cmocka_unit_test(every_queuing_sequence),
        cmocka_unit_test(every_number_of_old_messages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
