// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes any hypercall at random: portable ones, the architecture's own, unknown ones, in batches and
// alone, with right and wrong arguments. It may end itself by that in any way; its own event actions
// and `keeper` start it again, and it goes on where it was. Counts what it made.

#include "bench_board.h"
#include "bench.h"
#include "mail.h"
#include "words.h"

#include <rt/vcpu.h>

#define TEXT_LONG SEP_CONSOLE_WRITE_MAX
#define PROBE 1u     ///< the description's partition that measures
#define KEEPER 3u    ///< and the one that starts callers again
#define MESSAGE 512u ///< longest message of the description's channels
#define RARELY 10u   ///< one in so many of the calls that end the caller's slot

extern const char _start[];

static struct mail *mail;
static char text[TEXT_LONG];
static uint64_t out[8];
static _Alignas(8) char message[MESSAGE + 8u];
static const struct sep_port_request requests[] = {
    {.name = "sample-out", .direction = SEP_PORT_SOURCE, .message_size = MESSAGE},
    {.name = "sample-in", .direction = SEP_PORT_DESTINATION, .message_size = MESSAGE},
    {.name = "queue-out",
     .kind = SEP_PORT_QUEUING,
     .direction = SEP_PORT_SOURCE,
     .message_size = MESSAGE,
     .depth = 2},
    {.name = "queue-in",
     .kind = SEP_PORT_QUEUING,
     .direction = SEP_PORT_DESTINATION,
     .message_size = MESSAGE,
     .depth = 2},
};
static struct sep_batch_call batch[SEP_BATCH_MAX];

static uint32_t random_below(uint32_t limit)
{
    return (random_next(&mail->state) >> 4) % limit;
}

// A word that a call may take: a good pointer, a bad one, a small number, any number.
static sep_word_t any_word(void)
{
    static const sep_word_t registers[] = {BENCH_REGISTER, BENCH_REGISTER_BITS,
                                           BENCH_REGISTER_BROKEN};

    switch (random_below(8)) {
    case 0:
    case 1:
        return (sep_word_t)out;
    case 2:
        return (sep_word_t)text + random_below(TEXT_LONG);
    case 3:
        return random_next(&mail->state);
    case 4:
        return SEP_SELF;
    case 5:
        return registers[random_below(3)];
    default:
        return random_below(64);
    }
}

// The description's ports: a sampling source and destination, a queuing source and destination.
static void port_words(uint32_t number, sep_word_t words[5])
{
    words[0] = number >= SEP_HC_queuing_send ? 2 : 0;
    words[1] = (sep_word_t)message + random_below(8);
    words[2] = 1u + random_below(MESSAGE);
    words[3] = (sep_word_t)out;
    switch (number) {
    case SEP_HC_port_open:
        words[0] = (sep_word_t)&requests[random_below(4)];
        words[1] = (sep_word_t)out;
        break;
    case SEP_HC_sampling_read:
    case SEP_HC_queuing_receive:
        words[0]++;
        words[2] = MESSAGE;
        break;
    case SEP_HC_sampling_status:
    case SEP_HC_queuing_status:
        words[0] += random_below(2);
        words[1] = (sep_word_t)out;
        break;
    case SEP_HC_queuing_clear:
        words[0] = 3;
        break;
    default:
        break;
    }
}

// Arguments with which the call may succeed, where any words seldom are such.
static void good_words(uint32_t number, sep_word_t words[5])
{
    sep_time_t now = 0;

    switch (number) {
    case SEP_HC_get_time:
        words[0] = random_below(2);
        words[1] = (sep_word_t)out;
        break;
    case SEP_HC_set_timer:
        (void)sep_get_time(SEP_CLOCK_HW, &now);
        words[0] = random_below(SEP_CLOCK_COUNT);
        (void)words_put64(words, words_put64(words, 1, now + random_below(2000000)),
                          random_below(2) * (SEP_TIMER_INTERVAL_MIN + random_below(1000000)));
        break;
    case SEP_HC_trace_status:
    case SEP_HC_trace_read:
        words[0] = SEP_SELF;
        words[1] = number == SEP_HC_trace_read ? random_below(64) : (sep_word_t)out;
        words[2] = (sep_word_t)out;
        break;
    case SEP_HC_console_write:
        words[0] = (sep_word_t)text;
        words[1] = random_below(2) == 0u ? TEXT_LONG : random_below(TEXT_LONG);
        break;
    case SEP_HC_irq_raise:
        words[0] = random_below(SEP_IPVI_COUNT);
        break;
    case SEP_HC_partition_halt:
    case SEP_HC_partition_suspend:
    case SEP_HC_partition_reset:
    case SEP_HC_partition_shutdown:
    case SEP_HC_partition_status:
        words[0] = random_below(3) == 0u ? SEP_SELF : random_below(sep_info()->partition_count);
        words[1] = number == SEP_HC_partition_status
                       ? (sep_word_t)out
                       : (random_below(4) != 0u ? SEP_MODE_WARM : SEP_MODE_COLD);
        break;
    case SEP_HC_partition_resume:
        words[0] = KEEPER + 1u + random_below(sep_info()->partition_count - KEEPER - 1u);
        break;
    case SEP_HC_partition_set_mode:
        words[0] = random_below(SEP_MODE_IDLE + 1u);
        break;
    case SEP_HC_vcpu_start:
    case SEP_HC_vcpu_halt:
    case SEP_HC_vcpu_suspend:
    case SEP_HC_vcpu_resume:
    case SEP_HC_vcpu_status:
        words[0] = random_below(8) == 0u ? 0 : 1;
        words[1] = number == SEP_HC_vcpu_start ? (sep_word_t)_start : (sep_word_t)out;
        break;
    case SEP_HC_periodic_status:
    case SEP_HC_periodic_start:
    case SEP_HC_periodic_stop:
        words[0] = SEP_SELF;
        words[1] = 1;
        words[2] = (sep_word_t)out;
        break;
    case SEP_HC_plan_switch:
        words[0] = random_below(2);
        words[1] = SEP_PLAN_AT_FRAME_END;
        break;
    case SEP_HC_io_read:
    case SEP_HC_io_write:
        words[0] = random_below(2) == 0u ? BENCH_REGISTER : BENCH_REGISTER_BITS;
        words[1] = number == SEP_HC_io_read ? (sep_word_t)out : 0;
        break;
    case SEP_HC_trap_table_set:
        words[0] = (sep_word_t)bench_trap_table;
        break;
    case SEP_HC_port_open:
    case SEP_HC_sampling_write:
    case SEP_HC_sampling_read:
    case SEP_HC_sampling_status:
    case SEP_HC_queuing_send:
    case SEP_HC_queuing_receive:
    case SEP_HC_queuing_status:
    case SEP_HC_queuing_clear:
        port_words(number, words);
        break;
    default:
        words[0] = (sep_word_t)out;
        break;
    }
}

// What would end the measurement itself and not only its caller.
static bool ends_the_measurement(uint32_t number, const sep_word_t words[5])
{
    if ((sep_info()->flags & SEP_PARTITION_SYSTEM) == 0u) {
        return false; // is refused
    }
    switch (number) {
    case SEP_HC_system_halt:
    case SEP_HC_system_reset:
        return true;
    case SEP_HC_partition_halt:
    case SEP_HC_partition_suspend:
    case SEP_HC_partition_reset:
        return words[0] == PROBE || words[0] == KEEPER;
    default:
        return false;
    }
}

// What leaves nothing or little of the slot, or of several: text takes much time on its way out.
static bool ends_the_slot(uint32_t number, const sep_word_t words[5])
{
    switch (number) {
    case SEP_HC_console_write:
    case SEP_HC_idle_self:
    case SEP_HC_partition_set_mode:
    case SEP_HC_trap_table_set:
        return true;
    case SEP_HC_partition_halt:
    case SEP_HC_partition_suspend:
    case SEP_HC_partition_reset:
        return words[0] == SEP_SELF || words[0] <= KEEPER;
    case SEP_HC_vcpu_halt:
    case SEP_HC_vcpu_suspend:
        return words[0] == 0u;
    default:
        return false;
    }
}

// Number and words of some call.
static uint32_t choose(sep_word_t words[5])
{
    uint32_t number;

    do {
        uint32_t kind = random_below(16);

        number = kind == 0u   ? random_next(&mail->state)
                 : kind <= 2u ? SEP_HC_ARCH_FIRST + random_below(SEP_HC_ARCH_MAX / 4u)
                              : random_below(SEP_HC_COUNT + 1u);
        for (uint32_t i = 0; i < 5u; i++) {
            words[i] = any_word();
        }
        if (random_below(3) != 0u) {
            good_words(number, words);
        }
    } while (ends_the_measurement(number, words) ||
             (ends_the_slot(number, words) && random_below(RARELY) != 0u));
    return number;
}

static void call_batch(void)
{
    static const uint32_t counts[] = {1, 1, 2, 3, 8, SEP_BATCH_MAX, SEP_BATCH_MAX + 1u};
    sep_word_t words[5];
    uint32_t done;

    for (uint32_t i = 0; i < SEP_BATCH_MAX; i++) {
        uint32_t number = choose(words);

        batch[i].number = number;
        for (uint32_t k = 0; k < 5u; k++) {
            batch[i].args[k] = words[k];
        }
    }
    mail->calls[SEP_HC_batch].made++;
    mail->calls[SEP_HC_batch].done +=
        sep_batch(batch, counts[random_below(sizeof(counts) / sizeof(counts[0]))], &done) == SEP_OK;
}

static void call_one(void)
{
    sep_word_t words[5];
    uint32_t number = choose(words);
    uint32_t at = number < MAIL_CALLS ? number : MAIL_CALLS - 1u;

    mail->calls[at].made++;
    mail->under_way = at + 1u;
    if (sep_call5(number, words[0], words[1], words[2], words[3], words[4]) >= SEP_OK) {
        mail->calls[at].done++;
    }
    mail->under_way = 0;
}

_Noreturn static void call_for_ever(uintptr_t vcpu)
{
    for (;;) {
        if (random_below(16) == 0u) {
            call_batch();
        } else {
            call_one();
        }
        // The first vCPU alone: the other may go on when it has ended.
        mail->progress += vcpu == 0u;
    }
}

int main(void)
{
    mail = (struct mail *)(uintptr_t)sep_info_area("mail")->address;
    if (mail->starts++ == 0u) {
        mail->state = 88172645u + sep_info()->partition;
    } else if (mail->under_way != 0u) {
        mail->calls[mail->under_way - 1u].ended++;
    }
    mail->under_way = 0;
    for (uint32_t i = 0; i < TEXT_LONG; i++) {
        text[i] = '\n';
    }
    (void)rt_vcpu_start(1, call_for_ever, 1);
    call_for_ever(0);
}
