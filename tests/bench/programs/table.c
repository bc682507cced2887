// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that are timed.

#include "table.h"
#include "words.h"

#define TEXT_LONG SEP_CONSOLE_WRITE_MAX
#define VICTIM 1u ///< the description's second partition
#define UNKNOWN 200u
#define CODE 7u

static struct {
    const char *name;
    struct bench_words words;
} table[TABLE_MAX];
static uint32_t used;

// What calls write and read.
static sep_time_t time;
static struct sep_irq_status irq_status;
static struct sep_partition_status partition_status;
static struct sep_vcpu_status vcpu_status;
static struct sep_plan_status plan_status;
static struct sep_system_status system_status;
static struct sep_batch_call batch[SEP_BATCH_MAX];
static uint32_t batch_done;
static char text[TEXT_LONG];

static sep_word_t *add(const char *name, enum sep_hypercall number, sep_word_t a, sep_word_t b,
                       sep_word_t c)
{
    struct bench_words *w = &table[used].words;

    table[used++].name = name;
    w->number = (sep_word_t)number;
    w->arguments[0] = a;
    w->arguments[1] = b;
    w->arguments[2] = c;
    return w->arguments;
}

static void add_timer(const char *name, enum sep_clock clock, sep_time_t expiry)
{
    sep_word_t *words = add(name, SEP_HC_set_timer, (sep_word_t)clock, 0, 0);

    (void)words_put64(words, words_put64(words, 1, expiry), 0);
}

static void add_own(void)
{
    const sep_time_t far = (sep_time_t)1 << 60;

    add("get_time_exec", SEP_HC_get_time, SEP_CLOCK_EXEC, (sep_word_t)&time, 0);
    add_timer("set_timer_hw", SEP_CLOCK_HW, far);
    add_timer("set_timer_exec", SEP_CLOCK_EXEC, far);
    add_timer("set_timer_off", SEP_CLOCK_HW, 0);
    add("irq_mask", SEP_HC_irq_mask, SEP_IRQ_BIT(SEP_IRQ_TIMER_HW), 0, 0);
    add("irq_unmask", SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_TIMER_EXEC), 0, 0);
    add("irq_mask_all", SEP_HC_irq_mask, (sep_word_t)-1, 0, 0);
    add("irq_clear", SEP_HC_irq_clear, (sep_word_t)-1, 0, 0);
    add("irq_enable", SEP_HC_irq_enable, 0, 0, 0);
    add("irq_disable", SEP_HC_irq_disable, 0, 0, 0);
    add("irq_status", SEP_HC_irq_status, (sep_word_t)&irq_status, 0, 0);
    add("irq_raise", SEP_HC_irq_raise, 0, 0, 0);
    add("vcpu_status", SEP_HC_vcpu_status, 0, (sep_word_t)&vcpu_status, 0);
    add("set_mode", SEP_HC_partition_set_mode, SEP_MODE_NORMAL, 0, 0);
    add("plan_status", SEP_HC_plan_status, (sep_word_t)&plan_status, 0, 0);
    add("trap_table_set", SEP_HC_trap_table_set, (sep_word_t)bench_trap_table, 0, 0);
    add("unknown", (enum sep_hypercall)UNKNOWN, 0, 0, 0);
    add("bad_pointer", SEP_HC_plan_status, 8, 0, 0);
    add("batch_0", SEP_HC_batch, (sep_word_t)batch, 0, (sep_word_t)&batch_done);
    add("batch_1", SEP_HC_batch, (sep_word_t)batch, 1, (sep_word_t)&batch_done);
    add("batch_8", SEP_HC_batch, (sep_word_t)batch, 8, (sep_word_t)&batch_done);
    add("console_1", SEP_HC_console_write, (sep_word_t)text, 1, 0);
    add("console_16", SEP_HC_console_write, (sep_word_t)text, 16, 0);
    add("console_256", SEP_HC_console_write, (sep_word_t)text, TEXT_LONG, 0);
}

static void add_others(void)
{
    const sep_word_t status = (sep_word_t)&partition_status;

    add("partition_status", SEP_HC_partition_status, VICTIM, status, 0);
    add("partition_suspend", SEP_HC_partition_suspend, VICTIM, 0, 0);
    add("partition_resume", SEP_HC_partition_resume, VICTIM, 0, 0);
    add("partition_shutdown", SEP_HC_partition_shutdown, VICTIM, 0, 0);
    add("partition_reset_warm", SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, CODE);
    add("partition_halt", SEP_HC_partition_halt, VICTIM, 0, 0);
    add("partition_reset_cold", SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD, CODE);
    add("system_status", SEP_HC_system_status, (sep_word_t)&system_status, 0, 0);
    add("plan_switch", SEP_HC_plan_switch, 1, 0, 0);
    add("plan_switch_back", SEP_HC_plan_switch, 0, 0, 0);
}

uint32_t table_fill(void)
{
    // Lines, so that each byte that goes out may need its mark.
    for (uint32_t i = 0; i < TEXT_LONG; i++) {
        text[i] = '\n';
    }
    add_own();
    add_others();
    return used;
}

const char *table_name(uint32_t index)
{
    return table[index].name;
}

const struct bench_words *table_words(uint32_t index)
{
    return &table[index].words;
}

const struct bench_words *table_get_time(void)
{
    static struct bench_words words = {.number = SEP_HC_get_time};

    words.arguments[0] = SEP_CLOCK_HW;
    words.arguments[1] = (sep_word_t)&time;
    return &words;
}
