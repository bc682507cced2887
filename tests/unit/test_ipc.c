// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sampling and queuing ports: every status of every call, who is told, and what must not happen.

#include "system.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <septum/hypercall.h>

#include "../../services/ipc/channel.h"

#define SAMPLING SEP_IRQ_BIT(SEP_IRQ_SAMPLING)
#define QUEUING SEP_IRQ_BIT(SEP_IRQ_QUEUING)

#define SIZE 64u ///< longest message of most channels
#define DEPTH 3u ///< messages of the queue
#define AGE (8 * MS)
#define QUEUE_AGE (4 * MS)

#define REQUEST SYSTEM_DATA
#define ANSWER (SYSTEM_DATA + 0x100u)
#define INFO (SYSTEM_DATA + 0x108u)
#define OUT (SYSTEM_DATA + 0x200u) ///< what is sent
#define IN (SYSTEM_DATA + 0x400u)  ///< what is received
#define RAM_END (SYSTEM_RAM + SYSTEM_RAM_SIZE)

// Channels, and the ports of `source` (partition 0) and of the others by their ids.
enum { ATTITUDE, COMMANDS, LONG, FOREVER, CHANNELS };
enum { S_ATTITUDE, S_COMMANDS, S_LONG, S_FOREVER, S_LOOSE, S_LOOSE_QUEUE, S_STRAY, S_STRAY_QUEUE };
enum { D_COMMANDS, D_ATTITUDE, D_FOREVER, D_PORTS };

static uint64_t queue_age = QUEUE_AGE;

static void describe(void)
{
    system_reset();
    (void)system_partition("source", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_partition("sink", SEP_PARTITION_BOOT);
    (void)system_partition("other", SEP_PARTITION_BOOT);
    assert_int_equal(system_channel(SIZE, 0, AGE), ATTITUDE);
    assert_int_equal(system_channel(SIZE, DEPTH, queue_age), COMMANDS);
    assert_int_equal(system_channel(SEP_MESSAGE_MAX, 0, 0), LONG);
    assert_int_equal(system_channel(12, 2, 0), FOREVER);
    (void)system_port(0, "attitude", SEP_PORT_SOURCE, ATTITUDE);
    (void)system_port(0, "commands", SEP_PORT_SOURCE, COMMANDS);
    (void)system_port(0, "long", SEP_PORT_SOURCE, LONG);
    (void)system_port(0, "forever", SEP_PORT_SOURCE, FOREVER);
    (void)system_port_alone(0, "loose", SEP_PORT_SOURCE, SIZE, 0);
    (void)system_port_alone(0, "loose queue", SEP_PORT_SOURCE, SIZE, 2);
    (void)system_port_alone(0, "stray", SEP_PORT_DESTINATION, SIZE, 0);
    (void)system_port_alone(0, "stray queue", SEP_PORT_DESTINATION, SIZE, 2);
    (void)system_port(1, "commands", SEP_PORT_DESTINATION, COMMANDS);
    (void)system_port(1, "attitude", SEP_PORT_DESTINATION, ATTITUDE);
    (void)system_port(1, "forever", SEP_PORT_DESTINATION, FOREVER);
    (void)system_port(2, "attitude", SEP_PORT_DESTINATION, ATTITUDE);
    (void)system_port(2, "long", SEP_PORT_DESTINATION, LONG);
    system_simple_plan(10 * MS, 3 * MS);
}

// Runs until a partition's slot in a frame; frame 0 loads everybody.
static void go(uint32_t frame, uint32_t partition)
{
    run_until(frame * 10 * MS + partition * 3 * MS + US);
    assert_int_equal(running_id(), (int)(partition * 16u));
}

static void start(void)
{
    describe();
    system_boot();
    go(1, 0);
}

// A message of some length that begins with what it is and ends with that too.
static void put(uint32_t partition, uintptr_t address, uint32_t size, uint8_t what)
{
    uint8_t bytes[SEP_MESSAGE_MAX];

    for (uint32_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(what + i * 3u + i / 256u);
    }
    guest_put(partition, address, bytes, size);
}

static void assert_message(uint32_t partition, uintptr_t address, uint32_t size, uint8_t what)
{
    uint8_t bytes[SEP_MESSAGE_MAX];

    guest_get(partition, address, bytes, size);
    for (uint32_t i = 0; i < size; i++) {
        assert_int_equal(bytes[i], (uint8_t)(what + i * 3u + i / 256u));
    }
}

static sep_status_t write_message(sep_word_t port, uint32_t size, uint8_t what)
{
    put(0, OUT, size, what);
    return call(SEP_HC_sampling_write, port, OUT, size);
}

static sep_status_t send_message(sep_word_t port, uint32_t size, uint8_t what)
{
    put(0, OUT, size, what);
    return call(SEP_HC_queuing_send, port, OUT, size);
}

static struct sep_message_info info_of(uint32_t partition)
{
    struct sep_message_info info;

    guest_get(partition, INFO, &info, sizeof(info));
    return info;
}

static struct sep_sampling_status sampling_status(sep_word_t port)
{
    struct sep_sampling_status status;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_sampling_status, port, INFO), SEP_OK);
    guest_get(me, INFO, &status, sizeof(status));
    return status;
}

static struct sep_queuing_status queuing_status(sep_word_t port)
{
    struct sep_queuing_status status;
    uint32_t me = running()->partition->config->id;

    assert_int_equal(call(SEP_HC_queuing_status, port, INFO), SEP_OK);
    guest_get(me, INFO, &status, sizeof(status));
    return status;
}

static uint32_t pending(uint32_t partition)
{
    return partitions[partition].vcpus[0].pending & (SAMPLING | QUEUING);
}

static sep_status_t open_port(uint32_t partition, const struct sep_port_request *request)
{
    guest_put(partition, REQUEST, request, sizeof(*request));
    return call(SEP_HC_port_open, REQUEST, ANSWER);
}

// ---------------------------------------------------------------------------------- sep_port_open

/// Shows REQ-IPC-001
static void ports_are_opened_by_name(void **state)
{
    struct sep_port_request request = {
        .name = "commands", .kind = SEP_PORT_QUEUING, .message_size = SIZE, .depth = DEPTH};

    (void)state;
    start();
    assert_int_equal(open_port(0, &request), SEP_OK);
    assert_int_equal(guest_word(0, ANSWER), S_COMMANDS);
    request = (struct sep_port_request){.name = "loose queue", .message_size = SIZE, .depth = 2};
    request.kind = SEP_PORT_QUEUING;
    assert_int_equal(open_port(0, &request), SEP_OK);
    assert_int_equal(guest_word(0, ANSWER), S_LOOSE_QUEUE);
    go(1, 1);
    request = (struct sep_port_request){
        .name = "attitude", .direction = SEP_PORT_DESTINATION, .message_size = SIZE};
    assert_int_equal(open_port(1, &request), SEP_OK);
    assert_int_equal(guest_word(1, ANSWER), D_ATTITUDE);
}

/// Shows REQ-IPC-001, REQ-IPC-002
static void requests_that_contradict(void **state)
{
    const struct sep_port_request good = {
        .name = "commands", .kind = SEP_PORT_QUEUING, .message_size = SIZE, .depth = DEPTH};
    struct sep_port_request request = good;

    (void)state;
    start();
    guest_put_word(0, ANSWER, 77);
    request.kind = SEP_PORT_SAMPLING;
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
    request = good;
    request.direction = SEP_PORT_DESTINATION;
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
    request = good;
    request.message_size++;
    assert_int_equal(open_port(0, &request), SEP_INVALID_CONFIG);
    request = good;
    request.depth--;
    assert_int_equal(open_port(0, &request), SEP_INVALID_CONFIG);
    request = good;
    request.name[7] = 'z'; // "commandz"
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
    request = good;
    request.name[4] = '\0'; // the beginning of a name
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
    memset(request.name, 'c', sizeof(request.name)); // without an end
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
    assert_int_equal(guest_word(0, ANSWER), 77);
    // A name of another partition's port is no name.
    go(1, 2);
    assert_int_equal(open_port(2, &good), SEP_INVALID_PARAM);
}

/// Shows REQ-IPC-002
static void names_have_an_end(void **state)
{
    static const char name[] = "a-name-of-thirty-one-characters";
    struct sep_port_request request = {.kind = SEP_PORT_SAMPLING, .message_size = 4};

    (void)state;
    describe();
    (void)system_port_alone(0, name, SEP_PORT_SOURCE, 4, 0);
    system_boot();
    go(1, 0);
    memcpy(request.name, name, sizeof(request.name));
    assert_int_equal(open_port(0, &request), SEP_OK);
    request.name[sizeof(request.name) - 1u] = '!';
    assert_int_equal(open_port(0, &request), SEP_INVALID_PARAM);
}

/// Shows REQ-MEM-002
static void open_with_bad_pointers(void **state)
{
    const struct sep_port_request good = {
        .name = "commands", .kind = SEP_PORT_QUEUING, .message_size = SIZE, .depth = DEPTH};

    (void)state;
    start();
    guest_put(0, REQUEST, &good, sizeof(good));
    assert_int_equal(call(SEP_HC_port_open, REQUEST + 2u, ANSWER), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_port_open, RAM_END - 44u, ANSWER), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_port_open, 0, ANSWER), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_port_open, REQUEST, ANSWER + 2u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_port_open, REQUEST, SYSTEM_INFO), SEP_INVALID_ADDRESS);
}

// -------------------------------------------------------------------------------------- sampling

/// Shows REQ-IPC-003, REQ-IPC-004, REQ-IPC-005
static void sampled(void **state)
{
    uint64_t written;

    (void)state;
    start();
    assert_int_equal(sampling_status(S_ATTITUDE).time, 0);
    assert_int_equal(sampling_status(S_ATTITUDE).valid, 0);
    go(1, 1);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, SIZE, INFO), SEP_NOT_AVAILABLE);
    go(2, 0);
    assert_int_equal(write_message(S_ATTITUDE, 20, 1), SEP_OK);
    assert_int_equal(write_message(S_ATTITUDE, SIZE, 2), SEP_OK);
    written = now();
    assert_int_equal(sampling_status(S_ATTITUDE).count, 2);
    assert_int_equal(sampling_status(S_ATTITUDE).direction, SEP_PORT_SOURCE);
    assert_int_equal(sampling_status(S_ATTITUDE).message_size, SIZE);
    assert_int_equal(sampling_status(S_ATTITUDE).max_age, AGE);
    assert_int_equal(sampling_status(S_ATTITUDE).valid, 1);
    // Both receivers get the last one, as often as they ask.
    for (uint32_t partition = 1; partition < 3u; partition++) {
        uint32_t port = partition == 1u ? D_ATTITUDE : 0u;

        go(2, partition);
        for (uint32_t n = 0; n < 2u; n++) {
            put(partition, IN, SIZE, 99);
            assert_int_equal(call(SEP_HC_sampling_read, port, IN, SIZE, INFO), SEP_OK);
            assert_message(partition, IN, SIZE, 2);
            assert_int_equal(info_of(partition).size, SIZE);
            assert_in_range(info_of(partition).time, written - US, written);
            assert_int_equal(info_of(partition).valid, 1);
            assert_in_range(info_of(partition).age, now() - written, now() - written + 2 * US);
        }
    }
    assert_int_equal(sampling_status(0).direction, SEP_PORT_DESTINATION);
}

/// Message and information in different areas. Shows REQ-IPC-004, REQ-MEM-002
static void two_areas(void **state)
{
    const uint32_t rights[] = {SEP_AREA_READ | SEP_AREA_WRITE, SEP_AREA_READ};

    (void)state;
    describe();
    for (uint32_t i = 0; i < 2u; i++) {
        system_area(1, 0x20000000u + i * 0x2000u, 0x40300000u + i * 0x2000u, 0x1000, rights[i]);
    }
    system_boot();
    go(1, 0);
    assert_int_equal(write_message(S_ATTITUDE, 8, 1), SEP_OK);
    go(1, 1);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, 0x20000000, 8, INFO), SEP_OK);
    assert_message(1, 0x20000000, 8, 1);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, 0x20000000), SEP_OK);
    assert_int_equal(guest_word(1, 0x20000010), 8); // size
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, 0x20000ff0),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, 0x20002000),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, 0x20002000, 8, INFO),
                     SEP_INVALID_ADDRESS);
}

/// Shows REQ-IPC-005
static void samples_become_invalid(void **state)
{
    uint64_t written;

    (void)state;
    start();
    assert_int_equal(write_message(S_ATTITUDE, 4, 1), SEP_OK);
    assert_int_equal(write_message(S_LONG, 4, 1), SEP_OK);
    written = sampling_status(S_ATTITUDE).time;
    go(1, 2);
    run_until(written + AGE - US);
    assert_int_equal(sampling_status(0).valid, 1);
    run_until(written + AGE + US);
    assert_int_equal(running_id(), 32);
    assert_int_equal(call(SEP_HC_sampling_read, 0, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(info_of(2).valid, 0);
    assert_message(2, IN, 4, 1); // it comes all the same
    assert_int_equal(sampling_status(0).valid, 0);
    // Without a refresh period a message is good for ever.
    assert_int_equal(call(SEP_HC_sampling_read, 1, IN, 4, INFO), SEP_OK);
    assert_int_equal(info_of(2).valid, 1);
    assert_int_equal(sampling_status(1).max_age, 0);
}

/// Shows REQ-IPC-006
static void sampling_tells_all_receivers(void **state)
{
    (void)state;
    start();
    assert_int_equal(write_message(S_ATTITUDE, 4, 1), SEP_OK);
    assert_int_equal(pending(0), 0);
    assert_int_equal(pending(1), SAMPLING);
    assert_int_equal(pending(2), SAMPLING);
    partitions[1].vcpus[0].pending = 0;
    partitions[2].vcpus[0].pending = 0;
    assert_int_equal(write_message(S_LONG, 4, 1), SEP_OK);
    assert_int_equal(pending(1), 0);
    assert_int_equal(pending(2), SAMPLING);
}

/// Every length, and buffers at every alignment. Shows REQ-IPC-004
static void all_lengths(void **state)
{
    (void)state;
    start();
    for (uint32_t size = 1; size <= SIZE; size++) {
        uint32_t odd = size % 8u;

        put(0, OUT + odd, size, (uint8_t)size);
        assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, OUT + odd, size), SEP_OK);
        assert_int_equal(channels[ATTITUDE].newest->size, size);
        assert_memory_equal(channels[ATTITUDE].newest + 1,
                            host_memory(SYSTEM_RAM_PHYSICAL + OUT + odd - SYSTEM_RAM, size), size);
    }
    put(0, SYSTEM_RAM, SEP_MESSAGE_MAX, 5);
    assert_int_equal(call(SEP_HC_sampling_write, S_LONG, SYSTEM_RAM, SEP_MESSAGE_MAX), SEP_OK);
    go(1, 2);
    assert_int_equal(
        call(SEP_HC_sampling_read, 1, SYSTEM_RAM + 0x1001u, SEP_MESSAGE_MAX, INFO + 0x1000u),
        SEP_OK);
    assert_message(2, SYSTEM_RAM + 0x1001u, SEP_MESSAGE_MAX, 5);
}

/// Shows REQ-IPC-007, REQ-MEM-002
static void sampling_write_refuses(void **state)
{
    (void)state;
    start();
    assert_int_equal(write_message(S_ATTITUDE, 8, 1), SEP_OK);
    put(0, OUT, SIZE, 9);
    assert_int_equal(call(SEP_HC_sampling_write, 8, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, SEP_SELF, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, S_COMMANDS, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, S_STRAY, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, OUT, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, OUT, SIZE + 1u), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, 0, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, RAM_END - 3u, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, RAM_END - 4u, 4), SEP_OK);
    assert_int_equal(sampling_status(S_ATTITUDE).count, 2);
    go(1, 1);
    assert_int_equal(call(SEP_HC_sampling_write, D_ATTITUDE, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_status, D_ATTITUDE, INFO + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_status, D_COMMANDS, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_status, D_PORTS, INFO), SEP_INVALID_PARAM);
}

/// Shows REQ-IPC-007, REQ-MEM-002
static void sampling_read_refuses(void **state)
{
    (void)state;
    start();
    assert_int_equal(write_message(S_ATTITUDE, 8, 1), SEP_OK);
    assert_int_equal(call(SEP_HC_sampling_read, S_ATTITUDE, IN, SIZE, INFO), SEP_INVALID_PARAM);
    go(1, 1);
    put(1, IN, SIZE, 99);
    assert_int_equal(call(SEP_HC_sampling_read, D_PORTS, IN, SIZE, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_read, D_COMMANDS, IN, SIZE, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 7, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 0, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, SYSTEM_INFO, 8, INFO),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, RAM_END - 7u, 8, INFO),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, INFO + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, RAM_END - 16u),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, SYSTEM_INFO),
                     SEP_INVALID_ADDRESS);
    assert_message(1, IN, SIZE, 99);
    // A capacity beyond the longest message needs no more memory than that.
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, RAM_END - SIZE, SEP_SELF, INFO),
                     SEP_OK);
    assert_message(1, RAM_END - SIZE, 8, 1);
}

// The description has more memory than the hardware knows of: only the copy itself can notice.
static void claim_memory(uint32_t partition)
{
    image.area[image.partition[partition].areas.first].size += 0x1000u;
}

/// A copy that fails takes and gives nothing. Shows REQ-IPC-007, REQ-HC-003
static void sampling_copies_fail(void **state)
{
    (void)state;
    start();
    assert_int_equal(write_message(S_ATTITUDE, 8, 1), SEP_OK);
    partitions[1].vcpus[0].pending = 0;
    claim_memory(0);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, RAM_END - 4u, 8), SEP_INVALID_ADDRESS);
    assert_int_equal(pending(1), 0);
    assert_int_equal(sampling_status(S_ATTITUDE).count, 1);
    go(1, 1);
    claim_memory(1);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, RAM_END - 4u, 8, INFO),
                     SEP_INVALID_ADDRESS);
    for (uint32_t missing = 8; missing <= 24u; missing += 8u) {
        assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, RAM_END - 24u + missing),
                         SEP_INVALID_ADDRESS);
    }
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, 8, INFO), SEP_OK);
    assert_message(1, IN, 8, 1);
}

// --------------------------------------------------------------------------------------- queuing

/// Shows REQ-IPC-008
static void queued(void **state)
{
    uint64_t sent;

    (void)state;
    start();
    assert_int_equal(queuing_status(S_COMMANDS).waiting, 0);
    sent = now();
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(send_message(S_COMMANDS, 10 + i, (uint8_t)i), SEP_OK);
    }
    assert_int_equal(queuing_status(S_COMMANDS).waiting, DEPTH);
    assert_int_equal(queuing_status(S_COMMANDS).direction, SEP_PORT_SOURCE);
    go(1, 1);
    for (uint32_t i = 0; i < DEPTH; i++) {
        put(1, IN, SIZE, 99);
        assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 10 + i, INFO), SEP_OK);
        assert_message(1, IN, 10 + i, (uint8_t)i);
        assert_int_equal(info_of(1).size, 10 + i);
        assert_int_equal(info_of(1).valid, 1);
        assert_in_range(info_of(1).time, sent - US, sent + US);
        assert_in_range(info_of(1).age, now() - sent - US, now() - sent + 2 * US);
        assert_int_equal(queuing_status(D_COMMANDS).waiting, DEPTH - 1u - i);
    }
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_NOT_AVAILABLE);
    assert_int_equal(queuing_status(D_COMMANDS).direction, SEP_PORT_DESTINATION);
    assert_int_equal(queuing_status(D_COMMANDS).message_size, SIZE);
    assert_int_equal(queuing_status(D_COMMANDS).depth, DEPTH);
    assert_int_equal(queuing_status(D_COMMANDS).max_age, QUEUE_AGE);
    assert_int_equal(queuing_status(D_COMMANDS).count, DEPTH);
}

/// Shows REQ-IPC-009
static void full_queues_lose_nothing(void **state)
{
    (void)state;
    start();
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(send_message(S_COMMANDS, 4, (uint8_t)i), SEP_OK);
    }
    assert_int_equal(send_message(S_COMMANDS, 4, 77), SEP_NOT_AVAILABLE);
    assert_int_equal(send_message(S_COMMANDS, 4, 78), SEP_NOT_AVAILABLE);
    assert_int_equal(queuing_status(S_COMMANDS).refused, 2);
    assert_int_equal(queuing_status(S_COMMANDS).count, DEPTH);
    go(1, 1);
    assert_int_equal(queuing_status(D_COMMANDS).refused, 2); // the other end sees it, too
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
        assert_message(1, IN, 4, (uint8_t)i);
    }
}

/// Shows REQ-IPC-010
static void queuing_tells_both_ends(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 4, 0), SEP_OK);
    assert_int_equal(pending(1), QUEUING);
    assert_int_equal(pending(2), 0);
    assert_int_equal(send_message(S_COMMANDS, 4, 1), SEP_OK);
    go(1, 1);
    // There was room all the time: nothing to tell.
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(pending(0), 0);
    go(2, 0);
    assert_int_equal(send_message(S_COMMANDS, 4, 2), SEP_OK);
    assert_int_equal(send_message(S_COMMANDS, 4, 3), SEP_OK);
    go(2, 1);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(pending(0), QUEUING);
    partitions[0].vcpus[0].pending = 0;
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(pending(0), 0);
}

/// Shows REQ-IPC-011
static void queues_are_cleared(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 4, 0), SEP_OK);
    go(1, 1);
    assert_int_equal(call(SEP_HC_queuing_clear, D_COMMANDS), SEP_OK);
    assert_int_equal(queuing_status(D_COMMANDS).cleared, 1);
    assert_int_equal(queuing_status(D_COMMANDS).waiting, 0);
    assert_int_equal(pending(0), 0);
    assert_int_equal(call(SEP_HC_queuing_clear, D_COMMANDS), SEP_OK); // an empty one
    assert_int_equal(queuing_status(D_COMMANDS).cleared, 1);
    go(2, 0);
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(send_message(S_COMMANDS, 4, (uint8_t)i), SEP_OK);
    }
    assert_int_equal(call(SEP_HC_queuing_clear, S_COMMANDS), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_clear, S_ATTITUDE), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_clear, 99), SEP_INVALID_PARAM);
    assert_int_equal(queuing_status(S_COMMANDS).waiting, DEPTH);
    go(2, 1);
    assert_int_equal(call(SEP_HC_queuing_clear, D_COMMANDS), SEP_OK);
    assert_int_equal(pending(0), QUEUING);
    assert_int_equal(queuing_status(D_COMMANDS).cleared, 1u + DEPTH);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_NOT_AVAILABLE);
}

/// Shows REQ-IPC-010, REQ-IPC-012
static void messages_expire(void **state)
{
    uint64_t first;

    (void)state;
    start();
    first = now();
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(send_message(S_COMMANDS, 4, (uint8_t)i), SEP_OK);
        run(500 * US);
    }
    go(1, 1);
    run_until(first + QUEUE_AGE - 10 * US);
    assert_int_equal(queuing_status(D_COMMANDS).waiting, DEPTH);
    assert_int_equal(pending(0), 0);
    run_until(first + QUEUE_AGE + 10 * US);
    assert_int_equal(queuing_status(D_COMMANDS).waiting, DEPTH - 1u);
    assert_int_equal(queuing_status(D_COMMANDS).expired, 1);
    assert_int_equal(pending(0), QUEUING); // it was full
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
    assert_message(1, IN, 4, 1);
    run_until(first + QUEUE_AGE + 1100 * US);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_NOT_AVAILABLE);
    assert_int_equal(queuing_status(D_COMMANDS).expired, 2);
    assert_int_equal(running_id(), 16);
}

/// Old messages were not cleared. Shows REQ-IPC-011, REQ-IPC-012
static void old_messages_are_not_cleared(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 4, 0), SEP_OK);
    go(2, 1);
    assert_int_equal(call(SEP_HC_queuing_clear, D_COMMANDS), SEP_OK);
    assert_int_equal(queuing_status(D_COMMANDS).cleared, 0);
    assert_int_equal(queuing_status(D_COMMANDS).expired, 1);
}

// The age with which a message of a channel arrives that lives for max_age; 0: it does not.
static uint64_t age_of_arrival(uint64_t max_age)
{
    queue_age = max_age;
    start();
    queue_age = QUEUE_AGE;
    assert_int_equal(send_message(S_COMMANDS, 4, 0), SEP_OK);
    go(1, 1);
    if (call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO) != SEP_OK) {
        assert_int_equal(channels[COMMANDS].expired, 1);
        return 0;
    }
    return info_of(1).age;
}

/// To the nanosecond. Shows REQ-IPC-012
static void the_last_moment(void **state)
{
    uint64_t age = age_of_arrival(0);

    (void)state;
    assert_true(age > 2 * MS);
    assert_int_equal(age_of_arrival(age), age);
    assert_int_equal(age_of_arrival(age - 1u), 0);
}

/// Shows REQ-IPC-012
static void a_full_queue_of_old_messages_has_room(void **state)
{
    (void)state;
    start();
    for (uint32_t i = 0; i < DEPTH; i++) {
        assert_int_equal(send_message(S_COMMANDS, 4, (uint8_t)i), SEP_OK);
    }
    go(2, 0);
    assert_int_equal(send_message(S_COMMANDS, 4, 50), SEP_OK);
    assert_int_equal(queuing_status(S_COMMANDS).expired, DEPTH);
    assert_int_equal(queuing_status(S_COMMANDS).waiting, 1);
    assert_int_equal(queuing_status(S_COMMANDS).refused, 0);
}

/// Shows REQ-IPC-012
static void messages_without_a_limit_stay(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_FOREVER, 12, 1), SEP_OK);
    go(9, 1);
    assert_int_equal(queuing_status(D_FOREVER).max_age, 0);
    assert_int_equal(call(SEP_HC_queuing_receive, D_FOREVER, IN, 12, INFO), SEP_OK);
    assert_message(1, IN, 12, 1);
    assert_int_equal(info_of(1).valid, 1);
    assert_true(info_of(1).age > 80 * MS);
}

/// Shows REQ-IPC-007, REQ-MEM-002
static void queuing_send_refuses(void **state)
{
    (void)state;
    start();
    put(0, OUT, SIZE, 9);
    assert_int_equal(call(SEP_HC_queuing_send, 8, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_send, S_ATTITUDE, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_send, S_STRAY_QUEUE, OUT, 4), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_send, S_COMMANDS, OUT, 0), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_send, S_COMMANDS, OUT, SIZE + 1u), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_send, S_COMMANDS, RAM_END - 3u, 4), SEP_INVALID_ADDRESS);
    claim_memory(0);
    assert_int_equal(call(SEP_HC_queuing_send, S_COMMANDS, RAM_END - 3u, 4), SEP_INVALID_ADDRESS);
    assert_int_equal(queuing_status(S_COMMANDS).count, 0);
    assert_int_equal(queuing_status(S_COMMANDS).waiting, 0);
    assert_int_equal(pending(1), 0);
    assert_int_equal(call(SEP_HC_queuing_status, S_COMMANDS, INFO + 4u), SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_queuing_status, S_ATTITUDE, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_status, 8, INFO), SEP_INVALID_PARAM);
}

/// Shows REQ-IPC-007, REQ-MEM-002
static void queuing_receive_refuses(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 8, 1), SEP_OK);
    assert_int_equal(call(SEP_HC_queuing_receive, S_COMMANDS, IN, SIZE, INFO), SEP_INVALID_PARAM);
    go(1, 1);
    assert_int_equal(call(SEP_HC_queuing_receive, D_PORTS, IN, SIZE, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_receive, D_ATTITUDE, IN, SIZE, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 7, INFO), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, SYSTEM_INFO, 8, INFO),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 8, INFO + 4u),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 8, 0), SEP_INVALID_ADDRESS);
    claim_memory(1);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, RAM_END - 4u, 8, INFO),
                     SEP_INVALID_ADDRESS);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 8, RAM_END), SEP_INVALID_ADDRESS);
    // It is still there.
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, 8, INFO), SEP_OK);
    assert_message(1, IN, 8, 1);
}

// ----------------------------------------------------------------------------------- everything

/// Ports that are connected to nothing. Shows REQ-IPC-013
static void unconnected(void **state)
{
    (void)state;
    start();
    assert_int_equal(write_message(S_LOOSE, 4, 1), SEP_OK);
    assert_int_equal(send_message(S_LOOSE_QUEUE, 4, 1), SEP_OK);
    assert_int_equal(write_message(S_LOOSE, SIZE + 1u, 1), SEP_INVALID_PARAM);
    assert_int_equal(call(SEP_HC_sampling_read, S_STRAY, IN, SIZE, INFO), SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_queuing_receive, S_STRAY_QUEUE, IN, SIZE, INFO),
                     SEP_NOT_AVAILABLE);
    assert_int_equal(call(SEP_HC_queuing_clear, S_STRAY_QUEUE), SEP_OK);
    assert_int_equal(sampling_status(S_LOOSE).count, 0);
    assert_int_equal(sampling_status(S_LOOSE).message_size, SIZE);
    assert_int_equal(queuing_status(S_LOOSE_QUEUE).count, 0);
    assert_int_equal(queuing_status(S_LOOSE_QUEUE).depth, 2);
}

/// Shows REQ-IPC-014
static void a_reset_leaves_messages(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 4, 1), SEP_OK);
    assert_int_equal(write_message(S_ATTITUDE, 4, 2), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_reset, 1, SEP_MODE_WARM, 0), SEP_OK);
    assert_int_equal(call(SEP_HC_partition_reset, SEP_SELF, SEP_MODE_WARM, 0), SEP_OK);
    go(1, 1);
    assert_int_equal(call(SEP_HC_queuing_receive, D_COMMANDS, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, SIZE, INFO), SEP_OK);
}

/// Shows REQ-IPC-014
static void a_warm_restart_empties_channels(void **state)
{
    (void)state;
    start();
    assert_int_equal(send_message(S_COMMANDS, 4, 1), SEP_OK);
    assert_int_equal(write_message(S_ATTITUDE, 4, 2), SEP_OK);
    assert_int_equal(call_end(SEP_HC_system_reset, SEP_MODE_WARM, 0), HOST_RESTARTED);
    assert_int_equal(host_boot(), HOST_DONE);
    assert_int_equal(channels[COMMANDS].waiting, 0);
    assert_int_equal(channels[ATTITUDE].newest->size, 0);
}

/// Shows REQ-BOOT-004
static void an_arena_too_small_for_channels(void **state)
{
    (void)state;
    for (uint32_t less = 8; less < 0x3800u; less += 128u) {
        describe();
        system_build();
        image.system->arena_size -= less;
        system_seal();
        assert_int_equal(host_boot(), HOST_STOPPED);
        assert_console("configuration refused: the arena ");
    }
}

static bool let;

static void *let_go(void *channel)
{
    (void)usleep(20000);
    __atomic_store_n(&let, true, __ATOMIC_RELAXED);
    lock_give(&((struct channel *)channel)->lock);
    return NULL;
}

/// Whoever comes second waits. Shows REQ-IPC-004
static void one_processor_at_a_time(void **state)
{
    pthread_t thread;

    (void)state;
    start();
    channels[ATTITUDE].apart = true;
    lock_take(&channels[ATTITUDE].lock);
    assert_int_equal(pthread_create(&thread, NULL, let_go, &channels[ATTITUDE]), 0);
    assert_int_equal(write_message(S_ATTITUDE, 4, 1), SEP_OK);
    assert_true(__atomic_load_n(&let, __ATOMIC_RELAXED));
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(channels[ATTITUDE].count, 1);
    assert_int_equal(channels[ATTITUDE].lock.serving, 2);
    assert_int_equal(channels[ATTITUDE].lock.next, 2);
}

/// Where ends lie on several processors, calls answer as elsewhere, and who is told is told. Shows REQ-IPC-004
static void with_ends_apart(void **state)
{
    uint32_t sent = 0;

    (void)state;
    start();
    channels[ATTITUDE].apart = true;
    channels[COMMANDS].apart = true;
    partitions[1].vcpus[0].pending = 0;
    claim_memory(0);
    assert_int_equal(call(SEP_HC_sampling_write, S_ATTITUDE, RAM_END - 4u, 8), SEP_INVALID_ADDRESS);
    assert_int_equal(pending(1), 0);
    assert_int_equal(write_message(S_ATTITUDE, 8, 1), SEP_OK);
    assert_int_equal(pending(1) & SEP_IRQ_BIT(SEP_IRQ_SAMPLING), SEP_IRQ_BIT(SEP_IRQ_SAMPLING));
    while (send_message(S_COMMANDS, 4, 1) == SEP_OK) {
        sent++;
    }
    assert_int_equal(sent, DEPTH);
    assert_int_equal(pending(1) & SEP_IRQ_BIT(SEP_IRQ_QUEUING), SEP_IRQ_BIT(SEP_IRQ_QUEUING));
    assert_int_equal(channels[COMMANDS].lock.next, channels[COMMANDS].lock.serving);
    assert_int_equal(channels[ATTITUDE].lock.serving, 2);
    go(1, 1);
    assert_int_equal(call(SEP_HC_sampling_read, D_ATTITUDE, IN, SIZE, INFO), SEP_OK);
    assert_int_equal(channels[ATTITUDE].lock.serving, 3);
    assert_int_equal(channels[ATTITUDE].lock.next, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_are_opened_by_name),
        cmocka_unit_test(requests_that_contradict),
        cmocka_unit_test(names_have_an_end),
        cmocka_unit_test(open_with_bad_pointers),
        cmocka_unit_test(sampled),
        cmocka_unit_test(two_areas),
        cmocka_unit_test(samples_become_invalid),
        cmocka_unit_test(sampling_tells_all_receivers),
        cmocka_unit_test(all_lengths),
        cmocka_unit_test(sampling_write_refuses),
        cmocka_unit_test(sampling_read_refuses),
        cmocka_unit_test(sampling_copies_fail),
        cmocka_unit_test(queued),
        cmocka_unit_test(full_queues_lose_nothing),
        cmocka_unit_test(queuing_tells_both_ends),
        cmocka_unit_test(queues_are_cleared),
        cmocka_unit_test(messages_expire),
        cmocka_unit_test(old_messages_are_not_cleared),
        cmocka_unit_test(the_last_moment),
        cmocka_unit_test(a_full_queue_of_old_messages_has_room),
        cmocka_unit_test(messages_without_a_limit_stay),
        cmocka_unit_test(queuing_send_refuses),
        cmocka_unit_test(queuing_receive_refuses),
        cmocka_unit_test(unconnected),
        cmocka_unit_test(a_reset_leaves_messages),
        cmocka_unit_test(a_warm_restart_empties_channels),
        cmocka_unit_test(an_arena_too_small_for_channels),
        cmocka_unit_test(one_processor_at_a_time),
        cmocka_unit_test(with_ends_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
