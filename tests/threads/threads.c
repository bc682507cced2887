// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Two processors, each a thread, whose partitions do everything at once that reaches the other processor.
// ThreadSanitizer looks at what the kernel and the services share; messages say themselves whether they are whole.

#include "system.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kernel/sched.h>

#define ROUNDS 200000u
#define WORDS 8u
#define MESSAGE (SYSTEM_DATA + 0x100u)
#define ANSWER (SYSTEM_DATA + 0x200u)
#define INFO (SYSTEM_DATA + 0x400u)

enum port { SAMPLE_OUT, SAMPLE_IN, QUEUE_OUT, QUEUE_IN };

struct side {
    uint32_t cpu;
    uint32_t me;    ///< partition that acts
    uint32_t other; ///< partition of the other processor that is acted on
    uint32_t random;
    uint32_t calls;
    uint32_t torn;
    uint32_t received;
};

static void ports_of(uint32_t partition, uint32_t sample_out, uint32_t sample_in, uint32_t out,
                     uint32_t in)
{
    (void)system_port(partition, "so", SEP_PORT_SOURCE, sample_out);
    (void)system_port(partition, "si", SEP_PORT_DESTINATION, sample_in);
    (void)system_port(partition, "qo", SEP_PORT_SOURCE, out);
    (void)system_port(partition, "qi", SEP_PORT_DESTINATION, in);
}

// a and c on processor 0, b and d on processor 1; a and b act, on d and c.
static void describe(void)
{
    static const char *const names[] = {"a", "b", "c", "d"};

    system_reset();
    system_processors(2);
    for (uint32_t i = 0; i < 4u; i++) {
        (void)system_partition(names[i], SEP_PARTITION_BOOT | (i < 2u ? SEP_PARTITION_SYSTEM : 0u));
        system_vcpu_on(i, 0, i % 2u);
        system_console(i, 512);
        system_trace(i, SEP_TRACE_SCHEDULING | SEP_TRACE_PORTS | SEP_TRACE_HM, 64);
    }
    system_own_trace(SEP_TRACE_SCHEDULING | SEP_TRACE_HM, 64);
    for (uint32_t i = 0; i < 4u; i++) {
        (void)system_channel(8u * WORDS, i < 2u ? 0 : 3, 0);
    }
    ports_of(0, 0, 1, 2, 3);
    ports_of(1, 1, 0, 3, 2);
    system_ipvi(0, 0, 0xf);
    system_ipvi(1, 0, 0xf);
    for (uint32_t plan = 0; plan < 2u; plan++) {
        system_frame(plan, MS);
        for (uint32_t i = 0; i < 2u; i++) {
            system_slot(plan, 0, (700u + 100u * plan) * US, i, 0);
        }
        for (uint32_t i = 2; i < 4u; i++) {
            system_slot(plan, 800 * US, 200 * US, i, 0);
        }
    }
}

static sep_status_t act(struct side *side, sep_word_t number, sep_word_t a0, sep_word_t a1,
                        sep_word_t a2, sep_word_t a3)
{
    const sep_word_t words[5] = {a0, a1, a2, a3, 0};

    if (host_hypercall(number, words) != HOST_DONE) {
        (void)fprintf(stderr, "the system ended in call %u\n", (unsigned)number);
        abort();
    }
    side->calls++;
    return host_status();
}

// The running partition's memory, as the hypervisor finds it.
static uint64_t *memory(const struct side *side, uintptr_t address)
{
    return (uint64_t *)(void *)host_memory(
        SYSTEM_RAM_PHYSICAL + side->me * SYSTEM_RAM_STRIDE + (address - SYSTEM_RAM), 8u * WORDS);
}

static void send(struct side *side, sep_word_t number, enum port port)
{
    uint64_t *words = memory(side, MESSAGE);

    for (uint32_t i = 0; i < WORDS; i++) {
        words[i] = side->calls;
    }
    (void)act(side, number, port, MESSAGE, 8u * WORDS, 0);
}

static void receive(struct side *side, sep_word_t number, enum port port)
{
    const uint64_t *words = memory(side, ANSWER);

    if (act(side, number, port, ANSWER, 8u * WORDS, INFO) == SEP_OK) {
        side->received++;
        for (uint32_t i = 1; i < WORDS; i++) {
            side->torn += words[i] != words[0] ? 1u : 0u;
        }
    }
}

static void step(struct side *side)
{
    side->random = side->random * 1664525u + 1013904223u;
    switch (side->random >> 16 & 15u) {
    case 0:
        (void)act(side, SEP_HC_irq_raise, 0, 0, 0, 0);
        break;
    case 1:
        send(side, SEP_HC_sampling_write, SAMPLE_OUT);
        break;
    case 2:
        receive(side, SEP_HC_sampling_read, SAMPLE_IN);
        break;
    case 3:
        send(side, SEP_HC_queuing_send, QUEUE_OUT);
        break;
    case 4:
        receive(side, SEP_HC_queuing_receive, QUEUE_IN);
        break;
    case 5:
        (void)act(side, SEP_HC_partition_suspend, side->other, 0, 0, 0);
        break;
    case 6:
        (void)act(side, SEP_HC_partition_resume, side->other, 0, 0, 0);
        break;
    case 7:
        (void)act(side, SEP_HC_partition_reset, side->other, side->random >> 24 & 1u, 0, 0);
        break;
    case 8:
        (void)act(side, SEP_HC_partition_halt, side->other, 0, 0, 0);
        break;
    case 9:
        (void)act(side, SEP_HC_partition_status, side->other, ANSWER, 0, 0);
        break;
    case 10:
        (void)act(side, SEP_HC_plan_switch, side->random >> 24 & 1u, 0, 0, 0);
        break;
    case 11:
        (void)act(side, SEP_HC_console_write, MESSAGE, 8, 0, 0);
        break;
    case 12:
        (void)act(side, SEP_HC_hm_raise, side->calls, 0, 0, 0);
        break;
    case 13:
        (void)act(side, SEP_HC_hm_read, side->calls, ANSWER, 0, 0);
        break;
    case 14:
        (void)act(side, SEP_HC_trace_read, 0, side->calls, ANSWER, 0);
        break;
    default:
        (void)act(side, SEP_HC_system_status, ANSWER, 0, 0, 0);
        break;
    }
}

static void *processor(void *argument)
{
    struct side *side = argument;

    host_cpu = side->cpu;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        const struct vcpu *vcpu = running();

        if (vcpu != NULL && vcpu->partition == &partitions[side->me]) {
            step(side);
        }
        host_pass(host_ticks(2 * US));
        if (host_settle() != HOST_DONE) {
            (void)fprintf(stderr, "the system ended\n");
            abort();
        }
    }
    return NULL;
}

static void together(void **state)
{
    struct side sides[2] = {{.cpu = 0, .me = 0, .other = 3, .random = 1},
                            {.cpu = 1, .me = 1, .other = 2, .random = 2}};
    pthread_t threads[2];

    (void)state;
    describe();
    for (uint32_t i = 0; i < 4u; i++) {
        system_action(i, SEP_EVENT_PARTITION_ERROR, SEP_ACTION_IGNORE);
    }
    system_boot();
    run_until(50 * MS);
    host.threads = true;
    host.uart_ns = 0;
    for (uint32_t i = 0; i < 2u; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, processor, &sides[i]), 0);
    }
    for (uint32_t i = 0; i < 2u; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    for (uint32_t i = 0; i < 2u; i++) {
        assert_int_equal(sides[i].torn, 0);
        assert_true(sides[i].received > ROUNDS / 100u);
    }
    // Both have passed the same frames with the same plans.
    assert_true(cpus[0].sched.frame_count > 10u);
    if (cpus[0].sched.frame_count == cpus[1].sched.frame_count) {
        assert_int_equal(cpus[0].sched.current, cpus[1].sched.current);
        assert_int_equal(cpus[0].sched.switch_time, cpus[1].sched.switch_time);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(together)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
