// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypercalls that are timed.

#include "table.h"

#include "bench_board.h"
#include "words.h"

#define TEXT_LONG SEP_CONSOLE_WRITE_MAX
#define VICTIM 1u ///< the description's second partition
#define UNKNOWN 200u
#define IPVI_MOST 7u ///< the last of eight, to eight partitions
#define CODE 7u
#define MESSAGE SEP_MESSAGE_MAX ///< of both channels, in bytes

// The description's ports of the caller, by number.
enum { SAMPLE_OUT, SAMPLE_IN, QUEUE_OUT, QUEUE_IN };

static struct {
    const char *name;
    struct bench_words words;
    sep_status_t expected;
} table[TABLE_MAX];
static uint32_t used;

// What calls write and read.
static sep_time_t time;
static uint32_t value;
static struct sep_irq_status irq_status;
static struct sep_partition_status partition_status;
static struct sep_vcpu_status vcpu_status;
static struct sep_periodic_status periodic_status;
static struct sep_plan_status plan_status;
static struct sep_system_status system_status;
static struct sep_batch_call batch[SEP_BATCH_MAX];
static struct sep_batch_call batch_long[1];
static uint32_t batch_done;
static _Alignas(8) char text[TEXT_LONG + 4u];
static struct sep_port_request request = {.name = "queue-in",
                                          .kind = SEP_PORT_QUEUING,
                                          .direction = SEP_PORT_DESTINATION,
                                          .message_size = MESSAGE,
                                          .depth = 2};
static struct sep_message_info message_info;
static struct sep_sampling_status sampling_status;
static struct sep_queuing_status queuing_status;
static struct sep_log_status trace_status;
static struct sep_log_status hm_status;
static struct sep_hm_record hm_record;
static struct sep_trace_record trace_record;
static _Alignas(8) char message[MESSAGE + 8u];

sep_word_t *table_add(const char *name, uint32_t number, sep_word_t a, sep_word_t b, sep_word_t c)
{
    struct bench_words *w = &table[used].words;

    table[used++].name = name;
    w->number = (sep_word_t)number;
    w->arguments[0] = a;
    w->arguments[1] = b;
    w->arguments[2] = c;
    return w->arguments;
}

void table_expect(sep_status_t status)
{
    table[used - 1u].expected = status;
}

// A vCPU that does nothing, should it ever run.
static void second_vcpu(void)
{
    for (;;) {
        (void)sep_idle_self();
    }
}

static void add_timer(const char *name, enum sep_clock clock, sep_time_t expiry)
{
    sep_word_t *words = table_add(name, SEP_HC_set_timer, (sep_word_t)clock, 0, 0);

    (void)words_put64(words, words_put64(words, 1, expiry), 0);
}

static void add_timers(void)
{
    const sep_time_t far = (sep_time_t)1 << 60;

    table_add("get_time_exec", SEP_HC_get_time, SEP_CLOCK_EXEC, (sep_word_t)&time, 0);
    add_timer("set_timer_hw", SEP_CLOCK_HW, far);
    add_timer("set_timer_exec", SEP_CLOCK_EXEC, far);
    add_timer("set_timer_watchdog", SEP_CLOCK_WATCHDOG, far);
    add_timer("set_timer_off", SEP_CLOCK_HW, 0);
}

static void add_interrupts(void)
{
    table_add("irq_mask", SEP_HC_irq_mask, SEP_IRQ_BIT(SEP_IRQ_TIMER_HW), 0, 0);
    table_add("irq_unmask", SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_TIMER_EXEC), 0, 0);
    table_add("irq_mask_all", SEP_HC_irq_mask, UINT32_MAX, 0, 0);
    table_add("irq_clear", SEP_HC_irq_clear, UINT32_MAX, 0, 0);
    table_add("irq_enable", SEP_HC_irq_enable, 0, 0, 0);
    table_add("irq_disable", SEP_HC_irq_disable, 0, 0, 0);
    table_add("irq_status", SEP_HC_irq_status, (sep_word_t)&irq_status, 0, 0);
    table_add("irq_raise", SEP_HC_irq_raise, 0, 0, 0);
    table_add("irq_raise_8", SEP_HC_irq_raise, IPVI_MOST, 0, 0);
    table_add("trap_table_set", SEP_HC_trap_table_set, (sep_word_t)bench_trap_table, 0, 0);
    // With an interrupt that waits, idling ends at once; enabling delivers it.
    add_timer("set_timer_past", SEP_CLOCK_HW, 1);
    table_add("irq_unmask_pending", SEP_HC_irq_unmask, SEP_IRQ_BIT(SEP_IRQ_TIMER_HW), 0, 0);
    table_add("idle_self", SEP_HC_idle_self, 0, 0, 0);
    table_add("irq_enable_pending", SEP_HC_irq_enable, 0, 0, 0);
    table_add("irq_disable_again", SEP_HC_irq_disable, 0, 0, 0);
}

static void add_batches(void)
{
    const sep_word_t done = (sep_word_t)&batch_done;

    table_add("batch_0", SEP_HC_batch, (sep_word_t)batch, 0, done);
    table_add("batch_1", SEP_HC_batch, (sep_word_t)batch, 1, done);
    table_add("batch_8", SEP_HC_batch, (sep_word_t)batch, 8, done);
    batch_long[0].number = SEP_HC_console_write;
    batch_long[0].args[0] = (sep_word_t)text + 1u;
    batch_long[0].args[1] = TEXT_LONG;
    table_add("batch_1_console", SEP_HC_batch, (sep_word_t)batch_long, 1, done);
}

static void add_registers(void)
{
    table_add("io_read", SEP_HC_io_read, BENCH_REGISTER, (sep_word_t)&value, 0);
    table_add("io_read_broken", SEP_HC_io_read, BENCH_REGISTER_BROKEN, (sep_word_t)&value, 0);
    table_expect(SEP_NOT_AVAILABLE);
    table_add("io_write", SEP_HC_io_write, BENCH_REGISTER_BITS, 0, 0);
    table_add("io_write_broken", SEP_HC_io_write, BENCH_REGISTER_BROKEN, 0, 0);
    table_expect(SEP_NOT_AVAILABLE);
}

static void add_write(const char *name, sep_word_t from, sep_word_t size)
{
    table_add(name, SEP_HC_sampling_write, SAMPLE_OUT, from, size);
}

static void add_read(const char *name, sep_word_t to)
{
    table_add(name, SEP_HC_sampling_read, SAMPLE_IN, to, MESSAGE)[3] = (sep_word_t)&message_info;
}

static void add_send(const char *name, sep_word_t size)
{
    table_add(name, SEP_HC_queuing_send, QUEUE_OUT, (sep_word_t)message, size);
}

static void add_receive(const char *name)
{
    table_add(name, SEP_HC_queuing_receive, QUEUE_IN, (sep_word_t)message, MESSAGE)[3] =
        (sep_word_t)&message_info;
}

static void add_sampling(void)
{
    const sep_word_t at = (sep_word_t)message;

    add_write("sampling_write_32", at, 32);
    add_read("sampling_read_32", at);
    add_write("sampling_write_256", at, 256);
    add_read("sampling_read_256", at);
    add_write("sampling_write_1024", at, 1024);
    add_read("sampling_read_1024", at);
    add_write("sampling_write_4096", at, MESSAGE);
    add_read("sampling_read_4096", at);
    add_write("sampling_write_word", at + 4u, MESSAGE - 1u);
    add_read("sampling_read_word", at + 4u);
    add_write("sampling_write_odd", at + 1u, MESSAGE - 1u);
    add_read("sampling_read_odd", at + 1u);
    table_add("sampling_status", SEP_HC_sampling_status, SAMPLE_IN, (sep_word_t)&sampling_status,
              0);
}

static void add_queuing(void)
{
    add_send("queuing_send_32", 32);
    add_receive("queuing_receive_32");
    add_send("queuing_send_256", 256);
    add_receive("queuing_receive_256");
    add_send("queuing_send_1024", 1024);
    add_receive("queuing_receive_1024");
    add_send("queuing_send_4096", MESSAGE);
    add_receive("queuing_receive_4096");
    table_add("queuing_send_word", SEP_HC_queuing_send, QUEUE_OUT, (sep_word_t)message + 4u,
              MESSAGE);
    table_add("queuing_receive_word", SEP_HC_queuing_receive, QUEUE_IN, (sep_word_t)message + 4u,
              MESSAGE)[3] = (sep_word_t)&message_info;
    add_receive("queuing_receive_empty");
    table_expect(SEP_NOT_AVAILABLE);
    add_send("queuing_send_first", 32);
    add_send("queuing_send_last", 32);
    add_send("queuing_send_full", 32);
    table_expect(SEP_NOT_AVAILABLE);
    table_add("queuing_status", SEP_HC_queuing_status, QUEUE_OUT, (sep_word_t)&queuing_status, 0);
    table_add("queuing_clear", SEP_HC_queuing_clear, QUEUE_IN, 0, 0);
}

static void add_ports(void)
{
    table_add("port_open", SEP_HC_port_open, (sep_word_t)&request, (sep_word_t)&value, 0);
    add_sampling();
    add_queuing();
}

static void add_health(void)
{
    table_add("hm_raise", SEP_HC_hm_raise, CODE, 1, 0);
    table_add("hm_status", SEP_HC_hm_status, (sep_word_t)&hm_status, 0, 0);
    table_add("hm_read", SEP_HC_hm_read, 0, (sep_word_t)&hm_record, 0);
}

static void add_traces(void)
{
    table_add("trace_event", SEP_HC_trace_write, CODE, 1, 2);
    table_add("trace_status", SEP_HC_trace_status, SEP_SELF, (sep_word_t)&trace_status, 0);
    table_add("trace_read", SEP_HC_trace_read, SEP_SELF, 0, (sep_word_t)&trace_record);
}

static void add_vcpus(void)
{
    const sep_word_t status = (sep_word_t)&vcpu_status;

    table_add("vcpu_status", SEP_HC_vcpu_status, 1, status, 0);
    table_add("vcpu_start", SEP_HC_vcpu_start, 1, (sep_word_t)second_vcpu, 0);
    table_add("vcpu_suspend", SEP_HC_vcpu_suspend, 1, 0, 0);
    table_add("vcpu_resume", SEP_HC_vcpu_resume, 1, 0, 0);
    table_add("vcpu_halt", SEP_HC_vcpu_halt, 1, 0, 0);
}

static void add_periodic(void)
{
    table_add("periodic_status", SEP_HC_periodic_status, SEP_SELF, 2, (sep_word_t)&periodic_status);
    table_add("periodic_start", SEP_HC_periodic_start, SEP_SELF, 2, 0);
    table_add("periodic_stop", SEP_HC_periodic_stop, SEP_SELF, 2, 0);
}

static void add_own(void)
{
    add_timers();
    add_interrupts();
    table_add("set_mode", SEP_HC_partition_set_mode, SEP_MODE_NORMAL, 0, 0);
    table_add("plan_status", SEP_HC_plan_status, (sep_word_t)&plan_status, 0, 0);
    table_add("unknown", UNKNOWN, 0, 0, 0);
    table_expect(SEP_UNKNOWN_HYPERCALL);
    table_add("bad_pointer", SEP_HC_plan_status, 8, 0, 0);
    table_expect(SEP_INVALID_ADDRESS);
    add_vcpus();
    add_periodic();
    add_registers();
    add_ports();
    add_health();
    add_traces();
    table_add_isa();
    add_batches();
    table_add("console_1", SEP_HC_console_write, (sep_word_t)text, 1, 0);
    table_add("console_16", SEP_HC_console_write, (sep_word_t)text, 16, 0);
    table_add("console_256", SEP_HC_console_write, (sep_word_t)text, TEXT_LONG, 0);
    table_add("console_256_odd", SEP_HC_console_write, (sep_word_t)text + 1u, TEXT_LONG, 0);
}

static void add_others(void)
{
    const sep_word_t status = (sep_word_t)&partition_status;

    table_add("partition_status", SEP_HC_partition_status, VICTIM, status, 0);
    table_add("partition_suspend", SEP_HC_partition_suspend, VICTIM, 0, 0);
    table_add("partition_resume", SEP_HC_partition_resume, VICTIM, 0, 0);
    table_add("partition_shutdown", SEP_HC_partition_shutdown, VICTIM, 0, 0);
    table_add("partition_reset_warm", SEP_HC_partition_reset, VICTIM, SEP_MODE_WARM, CODE);
    table_add("partition_halt", SEP_HC_partition_halt, VICTIM, 0, 0);
    table_add("partition_reset_cold", SEP_HC_partition_reset, VICTIM, SEP_MODE_COLD, CODE);
    table_add("system_status", SEP_HC_system_status, (sep_word_t)&system_status, 0, 0);
    table_add("plan_switch", SEP_HC_plan_switch, 1, 0, 0);
    table_add("plan_switch_back", SEP_HC_plan_switch, 0, 0, 0);
}

uint32_t table_fill(void)
{
    // Lines, so that each byte that goes out may need its mark.
    for (uint32_t i = 0; i < sizeof(text); i++) {
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

sep_status_t table_expected(uint32_t index)
{
    return table[index].expected;
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
