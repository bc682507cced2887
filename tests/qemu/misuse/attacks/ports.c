// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every call of ports with any port, name, buffer and length, between floods of the longest messages
// that the channels take: whoever receives is interrupted as often as there is a message.

#include "attack.h"

#define FIRST SEP_HC_port_open
#define CALLS (SEP_HC_queuing_clear - SEP_HC_port_open + 1u)
#define SAMPLE 0u ///< ports, in the order of the description
#define QUEUE 1u

static _Alignas(8) uint8_t buffer[SEP_MESSAGE_MAX + 16u];
static struct sep_port_request request;
static volatile uint32_t state;

static sep_word_t any_port(void)
{
    uint32_t x = attack_random(&state);

    return x % 8u < 6u ? x % 8u : (sep_word_t)(attack_random(&state) | 1u << (x >> 27));
}

static sep_word_t any_pointer(void)
{
    uint32_t x = attack_random(&state);
    uint32_t more = attack_random(&state);

    switch (x % 8u) {
    case 0:
    case 1:
    case 2:
        return (sep_word_t)buffer + more % 16u;
    case 3:
        return (sep_word_t)&request;
    case 4:
        return attack_place(more % ATTACK_PLACES);
    case 5:
        return attack_own_end() - more % (2u * SEP_MESSAGE_MAX);
    case 6:
        return (sep_word_t)sep_info() + more % 512u;
    default:
        return more;
    }
}

static sep_word_t any_length(void)
{
    uint32_t x = attack_random(&state);

    switch (x % 4u) {
    case 0:
        return SEP_MESSAGE_MAX - 2u + (x >> 2) % 4u;
    case 1:
        return 62u + (x >> 2) % 4u;
    case 2:
        return (x >> 2) % (SEP_MESSAGE_MAX + 1u);
    default:
        return x;
    }
}

// Mostly a name that there is, or almost; without an end now and then.
static void any_request(void)
{
    static const char *const names[] = {"sample", "queue", "back", "answer", "west", ""};
    uint32_t x = attack_random(&state);
    const char *name = names[x % 6u];
    uint32_t end = 0;

    while (name[end] != '\0') {
        request.name[end] = name[end];
        end++;
    }
    for (uint32_t i = end; i < SEP_NAME_MAX; i++) {
        request.name[i] = (x & 0x100u) != 0u ? 'x' : '\0';
    }
    request.kind = (x >> 10) % 3u;
    request.direction = (x >> 12) % 3u;
    request.message_size = (x & 0x10000u) != 0u ? SEP_MESSAGE_MAX : (x >> 17) % 128u;
    request.depth = (x >> 24) % 10u;
}

static void any_call(void)
{
    uint32_t number = FIRST + attack_random(&state) % CALLS;

    if (number == SEP_HC_port_open) {
        any_request();
        (void)sep_call2(number,
                        attack_random(&state) % 4u != 0u ? (sep_word_t)&request : any_pointer(),
                        any_pointer());
    } else if (number == SEP_HC_sampling_status || number == SEP_HC_queuing_status) {
        (void)sep_call2(number, any_port(), any_pointer());
    } else {
        (void)sep_call5(number, any_port(), any_pointer(), any_length(), any_pointer(), 0);
    }
}

// More than the queue holds, and samples that nobody can read as fast; the buffer at odd addresses is
// what costs most.
static void flood(void)
{
    for (uint32_t i = 0; i < 12u; i++) {
        (void)sep_queuing_send(QUEUE, buffer + i, SEP_MESSAGE_MAX);
        (void)sep_sampling_write(SAMPLE, buffer + i, SEP_MESSAGE_MAX);
    }
}

int main(void)
{
    struct sep_partition_status status;

    (void)sep_partition_status(SEP_SELF, &status);
    state = (status.reset_count + 1u) * 2654435761u | 1u;
    for (;;) {
        for (uint32_t i = 0; i < 64u; i++) {
            any_call();
        }
        flood();
    }
}
