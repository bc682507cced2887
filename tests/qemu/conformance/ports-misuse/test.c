// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Calls of ports, health monitor and traces where one argument is wrong. Each answers its status and
// changes nothing: what the peer sent can be read afterwards, and what it gets is one message.

#include "message.h"

#include <isa_faults.h>

#define ARGS 4u
#define POINTERS 2u
#define ANY 0xffffffffu

// What is right in a call, so that all else is wrong.
struct call {
    const char *name;
    uint32_t number;
    uint32_t ports; ///< a bit for each port that it may name; 0: its first argument is none
    struct {
        uint32_t argument; ///< 0: there is none, unless the size says so
        uint32_t size;     ///< bytes
        uint32_t align;
        bool reads; ///< only reads them
    } pointer[POINTERS];
    sep_word_t right[ARGS];
};

static _Alignas(8) char message[SIZE];
static struct sep_message_info info;
static struct sep_queuing_status queue;
static struct sep_sampling_status sample;
static struct sep_log_status log;
static struct sep_trace_record record;
static struct sep_port_request request;
static uint32_t port;

static sep_status_t make(const struct call *call, uint32_t at, sep_word_t wrong)
{
    sep_word_t a[ARGS];

    memcpy(a, call->right, sizeof(a));
    a[at] = wrong;
    return sep_call5(call->number, a[0], a[1], a[2], a[3], 0);
}

static bool answers(const struct call *call, uint32_t at, sep_word_t wrong, sep_status_t want)
{
    sep_status_t got = make(call, at, wrong);

    if (got != want) {
        printf("FAIL %s, argument %u is 0x%lx: %s instead of %s\n", call->name, (unsigned)at,
               (unsigned long)wrong, sep_status_name(got), sep_status_name(want));
    }
    return got == want;
}

static bool wrong_ports(const struct call *call)
{
    static const sep_word_t others[] = {4, 5, 31, 0x7fffffffu, 0x80000000u, ANY - 3u, ANY};
    bool all = true;

    for (uint32_t id = 0; id < 4u; id++) {
        if ((call->ports & 1u << id) == 0u) {
            all = answers(call, 0, id, SEP_INVALID_PARAM) && all;
        }
    }
    for (uint32_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        all = answers(call, 0, others[i], SEP_INVALID_PARAM) && all;
    }
    return all;
}

static bool wrong_pointers(const struct call *call, uint32_t which)
{
    uint32_t at = call->pointer[which].argument;
    uint32_t size = call->pointer[which].size;
    uint32_t align = call->pointer[which].align;
    uintptr_t ram = area_start("ram");
    const uintptr_t places[] = {0,
                                8,
                                ram - 64u,
                                ram - align,
                                ram + 0x100000u,
                                area_end("ram") - size + align,
                                area_end("ram") + 0x10000u,
                                ISA_HYPERVISOR_MEMORY,
                                ISA_HYPERVISOR_DEVICES + 0x100u,
                                0x7ffffff8u,
                                0x80000000u,
                                (uintptr_t)0 - 8u,
                                (uintptr_t)0 - 64u};
    bool all = true;

    for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        all = answers(call, at, places[i], SEP_INVALID_ADDRESS) && all;
    }
    for (uint32_t offset = 1; offset < align; offset++) {
        all = answers(call, at, call->right[at] + offset, SEP_INVALID_ADDRESS) && all;
    }
    if (!call->pointer[which].reads) {
        all = answers(call, at, (sep_word_t)sep_info(), SEP_INVALID_ADDRESS) && all;
    }
    return all;
}

static void all_wrong(const struct call *calls, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct call *call = &calls[i];
        bool ok = true;

        printf("%s\n", call->name);
        if (call->ports != 0u) {
            CHECK("ports", wrong_ports(call));
        }
        for (uint32_t n = 0; n < POINTERS; n++) {
            ok = (call->pointer[n].size == 0u || wrong_pointers(call, n)) && ok;
        }
        CHECK("pointers", ok);
    }
}

static void port_calls(void)
{
    const sep_word_t m = (sep_word_t)message;
    const sep_word_t about = (sep_word_t)&info;
    const struct call calls[] = {
        {"sampling_write", SEP_HC_sampling_write, 1, {{1, SIZE, 1, true}}, {0, m, SIZE}},
        {"sampling_read",
         SEP_HC_sampling_read,
         2,
         {{1, SIZE, 1, false}, {3, sizeof(info), 8, false}},
         {1, m, SIZE, about}},
        {"sampling_status",
         SEP_HC_sampling_status,
         3,
         {{1, sizeof(sample), 8, false}},
         {0, (sep_word_t)&sample}},
        {"queuing_send", SEP_HC_queuing_send, 4, {{1, SIZE, 1, true}}, {2, m, SIZE}},
        {"queuing_receive",
         SEP_HC_queuing_receive,
         8,
         {{1, SIZE, 1, false}, {3, sizeof(info), 8, false}},
         {3, m, SIZE, about}},
        {"queuing_status",
         SEP_HC_queuing_status,
         12,
         {{1, sizeof(queue), 8, false}},
         {2, (sep_word_t)&queue}},
        {"queuing_clear", SEP_HC_queuing_clear, 8, {{0}}, {3}},
    };
    static const sep_word_t lengths[] = {0, SIZE + 1u, 0x7fffffffu, 0x80000000u, ANY};
    bool ok = true;

    all_wrong(calls, sizeof(calls) / sizeof(calls[0]));
    for (uint32_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        ok = answers(&calls[0], 2, lengths[i], SEP_INVALID_PARAM) && ok;
        ok = answers(&calls[3], 2, lengths[i], SEP_INVALID_PARAM) && ok;
    }
    CHECK("lengths that are none", ok);
    for (uint32_t room = 1; room < SENT; room++) {
        ok = answers(&calls[1], 2, room, SEP_INVALID_PARAM) && ok;
        ok = answers(&calls[4], 2, room, SEP_INVALID_PARAM) && ok;
    }
    CHECK("too little room", ok);
}

static bool opens(const char *what, sep_status_t want)
{
    sep_status_t got = sep_port_open(&request, &port);

    if (got != want) {
        printf("FAIL %s: %s instead of %s\n", what, sep_status_name(got), sep_status_name(want));
    }
    request =
        (struct sep_port_request){"queue-out", SEP_PORT_QUEUING, SEP_PORT_SOURCE, SIZE, DEPTH};
    return got == want;
}

static void wrong_names(void)
{
    static const char *const names[] = {"",          "q",       "queue-ou",     "queue-out2",
                                        "QUEUE-OUT", "peer-to", "queue-to-peer"};
    bool ok = true;

    for (uint32_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        memset(request.name, 0, sizeof(request.name));
        memcpy(request.name, names[i], strlen(names[i]));
        ok = opens(names[i], SEP_INVALID_PARAM) && ok;
    }
    memset(request.name, 'q', sizeof(request.name));
    CHECK("names", opens("no end", SEP_INVALID_PARAM) && ok);
}

static void port_open(void)
{
    static const uint32_t values[] = {0, 1, 2, 3, 15, 17, 0x80000000u, ANY};
    const struct call calls[] = {{"port_open",
                                  SEP_HC_port_open,
                                  0,
                                  {{0, sizeof(request), 4, true}, {1, sizeof(port), 4, false}},
                                  {(sep_word_t)&request, (sep_word_t)&port}}};
    bool ok;

    CHECK("before", opens("nothing", SEP_INVALID_PARAM)); // sets the request
    all_wrong(calls, 1);
    wrong_names();
    ok = true;
    for (uint32_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        request.kind = values[i];
        ok = opens("kind", values[i] == SEP_PORT_QUEUING ? SEP_OK : SEP_INVALID_PARAM) && ok;
        request.direction = values[i];
        ok = opens("direction", values[i] == SEP_PORT_SOURCE ? SEP_OK : SEP_INVALID_PARAM) && ok;
        request.message_size = values[i];
        ok = opens("size", SEP_INVALID_CONFIG) && ok;
        request.depth = values[i];
        ok = opens("depth", values[i] == DEPTH ? SEP_OK : SEP_INVALID_CONFIG) && ok;
    }
    CHECK("beliefs", ok);
}

// Whatever the pointer: who may not ask is told so first.
static void health(void)
{
    static const sep_word_t values[] = {0, 1, 7, 0x80000000u, ANY};
    bool ok = true;

    for (uint32_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        ok = sep_hm_status((void *)values[i]) == SEP_NO_PERMISSION && ok;
        ok = sep_hm_read((uint32_t)values[i], (void *)message) == SEP_NO_PERMISSION && ok;
        ok = sep_hm_read(0, (void *)values[i]) == SEP_NO_PERMISSION && ok;
        ok = sep_hm_raise((uint32_t)values[i], ~(uint32_t)values[i]) == SEP_OK && ok;
    }
    CHECK("health monitor", ok && sep_hm_status(&log) == SEP_NO_PERMISSION);
}

static void traces(void)
{
    const sep_word_t to = (sep_word_t)&log;
    const struct call calls[] = {
        {"trace_status", SEP_HC_trace_status, 0, {{1, sizeof(log), 8, false}}, {SEP_SELF, to}},
        {"trace_read",
         SEP_HC_trace_read,
         0,
         {{2, sizeof(record), 8, false}},
         {SEP_SELF, 0, (sep_word_t)&record}},
    };
    static const sep_word_t none[] = {3, 4, 0x7fffffffu, 0x80000000u, ANY - 1u};
    static const sep_word_t later[] = {1, 2, 16, 0x7fffffffu};
    bool ok = true;

    CHECK_STATUS("any words are good", sep_trace_write(ANY, 0x80000000u, 0), SEP_OK);
    all_wrong(calls, 2);
    for (uint32_t i = 0; i < 2u; i++) {
        ok = answers(&calls[i], 0, SEP_TRACE_STREAM_HYPERVISOR, SEP_NO_PERMISSION) && ok;
        ok = answers(&calls[i], 0, SEP_TRACE_STREAM(1), SEP_NO_PERMISSION) && ok;
        for (uint32_t n = 0; n < sizeof(none) / sizeof(none[0]); n++) {
            ok = answers(&calls[i], 0, none[n], SEP_INVALID_PARAM) && ok;
        }
    }
    CHECK("streams", ok);
    for (uint32_t n = 0; n < sizeof(later) / sizeof(later[0]); n++) {
        ok = answers(&calls[1], 1, later[n], SEP_NOT_AVAILABLE) && ok;
    }
    CHECK("numbers", ok);
}

// What came of all that: nothing.
static void afterwards(void)
{
    printf("afterwards\n");
    CHECK_STATUS("status of the queue out", sep_queuing_status(2, &queue), SEP_OK);
    CHECK("nothing was sent or refused", queue.count == 0u && queue.refused == 0u);
    CHECK_STATUS("status of the sample out", sep_sampling_status(0, &sample), SEP_OK);
    CHECK("nothing was written", sample.count == 0u && sample.time == 0u && sample.valid == 0u);
    CHECK_STATUS("the peer's sample", sep_sampling_read(1, message, ANY, &info), SEP_OK);
    CHECK("is whole", info.size == SENT && memcmp(message, TEXT, SENT) == 0);
    memset(message, 0, sizeof(message));
    CHECK_STATUS("the peer's message", sep_queuing_receive(3, message, SENT, &info), SEP_OK);
    CHECK("is whole, too", info.size == SENT && memcmp(message, TEXT, SENT) == 0);
    CHECK_STATUS("there is no other", sep_queuing_receive(3, message, SIZE, &info),
                 SEP_NOT_AVAILABLE);
    CHECK_STATUS("a right message", sep_queuing_send(2, TEXT, SENT), SEP_OK);
}

int main(void)
{
    wait_for_frame(START);
    port_open();
    port_calls();
    health();
    traces();
    afterwards();
    return 0;
}
