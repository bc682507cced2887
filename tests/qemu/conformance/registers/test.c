// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers at the start of both vCPUs and after resets, behind every hypercall, and over time.

#include <check.h>
#include <isa_registers.h>
#include <rt/vcpu.h>

#define NOBODY 99u

void _start(void);

static void second(uintptr_t unused)
{
    (void)unused;
}

static uint8_t buffer[64] __attribute__((aligned(8)));
static struct sep_batch_call batch[4] __attribute__((aligned(8)));
static volatile unsigned ticks;

#define BUFFER ((sep_word_t)buffer)

static void on_timer(uint32_t irq)
{
    (void)irq;
    ticks++;
}

struct one {
    sep_word_t number;
    sep_word_t args[5];
    sep_status_t status;
};

static bool all_calls(void)
{
    const struct one list[] = {
        {SEP_HC_null, {1, 2, 3, 4, 5}, SEP_OK},
        {SEP_HC_get_time, {SEP_CLOCK_HW, BUFFER}, SEP_OK},
        {SEP_HC_get_time, {SEP_CLOCK_EXEC, BUFFER}, SEP_OK},
        {SEP_HC_get_time, {SEP_CLOCK_HW, 0}, SEP_INVALID_ADDRESS},
        {SEP_HC_set_timer, {SEP_CLOCK_EXEC, 0x1000, 0, 0, 0}, SEP_OK},
        {SEP_HC_set_timer, {SEP_CLOCK_EXEC, 0, 0, 0, 0}, SEP_OK},
        {SEP_HC_set_timer, {SEP_CLOCK_EXEC, 0, 1, 0, 1}, SEP_INVALID_PARAM},
        {SEP_HC_idle_self, {0}, SEP_OK},
        {SEP_HC_console_write, {BUFFER, 0}, SEP_OK},
        {SEP_HC_console_write, {BUFFER, 999}, SEP_INVALID_PARAM},
        {SEP_HC_irq_enable, {0}, SEP_OK},
        {SEP_HC_irq_disable, {0}, SEP_OK},
        {SEP_HC_irq_mask, {0x80000000u}, SEP_OK},
        {SEP_HC_irq_unmask, {0x40000000u}, SEP_OK},
        {SEP_HC_irq_clear, {0x80000000u}, SEP_OK},
        {SEP_HC_irq_status, {BUFFER}, SEP_OK},
        {SEP_HC_irq_status, {0}, SEP_INVALID_ADDRESS},
        {SEP_HC_irq_raise, {0}, SEP_NO_PERMISSION},
        {SEP_HC_irq_raise, {NOBODY}, SEP_INVALID_PARAM},
        {SEP_HC_partition_status, {SEP_SELF, BUFFER}, SEP_OK},
        {SEP_HC_partition_status, {1, BUFFER}, SEP_NO_PERMISSION},
        {SEP_HC_partition_halt, {NOBODY}, SEP_INVALID_PARAM},
        {SEP_HC_partition_suspend, {1}, SEP_NO_PERMISSION},
        {SEP_HC_partition_resume, {SEP_SELF}, SEP_NO_ACTION},
        {SEP_HC_partition_reset, {1, SEP_MODE_COLD, 0}, SEP_NO_PERMISSION},
        {SEP_HC_partition_shutdown, {SEP_SELF}, SEP_OK},
        {SEP_HC_partition_set_mode, {NOBODY}, SEP_INVALID_PARAM},
        {SEP_HC_partition_set_mode, {SEP_MODE_NORMAL}, SEP_NO_ACTION},
        {SEP_HC_vcpu_status, {1, BUFFER}, SEP_OK},
        {SEP_HC_vcpu_start, {0, 0, 0}, SEP_INVALID_ADDRESS},
        {SEP_HC_vcpu_halt, {NOBODY}, SEP_INVALID_PARAM},
        {SEP_HC_vcpu_suspend, {NOBODY}, SEP_INVALID_PARAM},
        {SEP_HC_vcpu_resume, {0}, SEP_NO_ACTION},
        {SEP_HC_plan_switch, {0}, SEP_NO_PERMISSION},
        {SEP_HC_plan_status, {BUFFER}, SEP_OK},
        {SEP_HC_system_status, {BUFFER}, SEP_NO_PERMISSION},
        {SEP_HC_system_halt, {0}, SEP_NO_PERMISSION},
        {SEP_HC_system_reset, {0}, SEP_NO_PERMISSION},
        {SEP_HC_batch, {(sep_word_t)batch, 4, BUFFER}, SEP_OK},
        {SEP_HC_batch, {(sep_word_t)batch, 33, BUFFER}, SEP_INVALID_PARAM},
        {SEP_HC_io_read, {0, BUFFER}, SEP_NO_PERMISSION},
        {SEP_HC_io_write, {0, 0}, SEP_NO_PERMISSION},
        {SEP_HC_trap_table_set, {1}, SEP_INVALID_PARAM},
        {SEP_HC_COUNT, {1, 2, 3, 4, 5}, SEP_UNKNOWN_HYPERCALL},
        {0xffffffffu, {1, 2, 3, 4, 5}, SEP_UNKNOWN_HYPERCALL},
    };
    unsigned wrong = 0;

    for (unsigned i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        const struct one *c = &list[i];
        const sep_word_t call[6] = {c->number,  c->args[0], c->args[1],
                                    c->args[2], c->args[3], c->args[4]};
        sep_status_t status = SEP_OK;

        wrong += isa_call_wrong(call, &status);
        if (status != c->status) {
            printf("FAIL call %u (%u): %s\n", (unsigned)c->number, i, sep_status_name(status));
            wrong++;
        }
    }
    return wrong == 0u;
}

static void over_time(void)
{
    unsigned wrong = 0;
    sep_time_t begin = now(SEP_CLOCK_HW);

    (void)sep_irq_mask(0xffffffff);
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    (void)sep_irq_clear(0xffffffff);
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 100 * US, 133 * US);
    rt_irq_on();
    for (uint32_t n = 0; n < 40u; n++) {
        wrong += isa_hold(n << 12, 10000u + n);
    }
    rt_irq_off();
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    CHECK_EQUAL("over the slots of others and interrupts", wrong, 0);
    CHECK("there were many", ticks > 100u && now(SEP_CLOCK_HW) - begin > 30 * MS);
}

int main(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    printf("life %u\n", (unsigned)status.reset_count);
    CHECK_EQUAL("at the start", isa_start_wrong(0, 0), 0);
    if (status.reset_count < 2u) {
        idle(1); // to the start of a slot: the second vCPU has none before the next line but two
        // Has the runtime know the function, then starts it once more with an argument of its own.
        (void)rt_vcpu_start(1, second, 0);
        (void)sep_vcpu_halt(1);
        (void)sep_vcpu_start(1, (sep_word_t)_start, 0xabcdef01u);
        wait_for_frame(500);
        CHECK_EQUAL("at the second vCPU's start", isa_start_wrong(1, 0xabcdef01u), 0);
        (void)sep_partition_set_mode(SEP_MODE_NORMAL);
        CHECK("behind each hypercall", all_calls());
        CHECK("and again", all_calls());
        over_time();
        (void)sep_vcpu_halt(1);
        (void)sep_partition_reset(SEP_SELF,
                                  status.reset_count == 0u ? SEP_MODE_WARM : SEP_MODE_COLD, 0);
    }
    return 0;
}
