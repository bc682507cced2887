// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The boot story: from the first line on the console to the first slot.

#include <hal/kconfig.h>
#include <hal/boot.h>
#include <hal/console.h>
#include <hal/irq.h>
#include <kernel/arena.h>
#include <kernel/boot.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/print.h>
#include <kernel/scrub.h>
#include <kernel/smp.h>
#include <kernel/trace.h>
#include <kernel/virq.h>
#include <septum/arena.h>

#define BOOT_MAGIC 0x5e97b007u
/// Largest configuration that the kernel maps.
#define CONFIG_SIZE_MAX 0x100000u

struct boot_record boot_record __attribute__((section(".noinit")));

// A console for the words before the arena exists.
static uint8_t early_ring[256];
static struct console early_console;

_Noreturn static void refuse(const char *reason)
{
    print("configuration refused: %s", reason);
    system_stop("configuration", SYSTEM_STATUS_CONFIG);
}

// Whether boot_again() asked for this start: then the code in memory is what it was.
static bool open_record(void)
{
    bool again;

    if (boot_record.magic != BOOT_MAGIC) {
        boot_record = (struct boot_record){.magic = BOOT_MAGIC};
    }
    again = boot_record.again != 0u;
    boot_record.again = 0;
    boot_record.starts++;
    return again;
}

static void say_hello(void)
{
    hal_console_init();
    early_console.name = "septum";
    early_console.ring = early_ring;
    early_console.mask = sizeof(early_ring) - 1u;
    console_begin(&early_console);
    print("Septum on %s, ABI %u, reset %u", hal_board_name, SEP_ABI_REVISION,
          boot_record.reset_count);
    console_flush();
}

static void open_configuration(void)
{
    const hal_phys_t start = hal_phys(hal_boot_end());
    const struct sep_cfg_header *header = hal_boot_map(start, sizeof(*header));
    const char *error = "no memory behind the hypervisor";

    if (header != NULL && header->magic == SEP_CFG_MAGIC && header->size <= CONFIG_SIZE_MAX) {
        header = hal_boot_map(start, header->size);
    }
    if (header != NULL) {
        error = config_open(header, CONFIG_SIZE_MAX);
    }
    if (error == NULL) {
        error = config_check();
    }
    if (error != NULL) {
        refuse(error);
    }
    if ((config.system->flags & SEP_CFG_SYSTEM_CONSOLE) == 0u) {
        console_silence();
    }
}

static void carve_arena(void)
{
    const struct sep_cfg_system *s = config.system;
    void *base = hal_boot_map(hal_phys(s->arena_start), (uintptr_t)s->arena_size);
    uint64_t log;

    if (base == NULL) {
        refuse("the arena cannot be mapped");
    }
    log = sep_arena_log(sizeof(struct sep_hm_record), s->log_records);
    if (log > s->arena_size) {
        refuse("the arena is too small");
    }
    arena_init(base, (uint32_t)s->arena_size, (uint32_t)log);
    if (!hm_init()) {
        refuse("the log has another size");
    }
}

void *kernel_table_alloc(uint32_t level)
{
    return arena_take_table(hal_space_levels.level[level].bytes);
}

// Virtual devices of a partition that is an unmodified operating system; NULL: it is none.
static const struct hal_machine *machine_of(const struct sep_cfg_partition *record,
                                            struct hal_machine *machine)
{
    if (!IS_ENABLED(CONFIG_UNMODIFIED) || (record->flags & SEP_PARTITION_UNMODIFIED) == 0u) {
        return NULL;
    }
    *machine = (struct hal_machine){
        .devices = &config.vdevice[record->vdevices.first],
        .device_count = record->vdevices.count,
        .interrupts = &config.interrupt[record->interrupts.first],
        .interrupt_count = record->interrupts.count,
        .vcpu_count = record->vcpus.count,
        .input = (config.system->flags & SEP_CFG_SYSTEM_CONSOLE) != 0u,
        .context = &vcpus[record->vcpus.first].context,
    };
    return machine;
}

static void build_partitions(void)
{
    static const char too_small[] = "the arena is too small";
    const struct sep_cfg_system *s = config.system;

    partitions = arena_take(s->partitions.count * (uint32_t)sizeof(struct partition));
    vcpus = arena_take(s->vcpus.count * (uint32_t)sizeof(struct vcpu));
    if (partitions == NULL || vcpus == NULL) {
        refuse(too_small);
    }
    for (uint32_t i = 0; i < s->partitions.count; i++) {
        struct hal_machine machine;
        const struct hal_machine *devices = machine_of(&config.partition[i], &machine);

        if (!hal_space_init(&partitions[i].space, i, devices)) {
            refuse(devices == NULL ? too_small : "a virtual device is not for this board");
        }
    }
    for (uint32_t i = 0; i < s->partitions.count; i++) {
        if (!partition_init(&partitions[i], &config.partition[i])) {
            refuse(too_small);
        }
    }
}

static void build_pools(void)
{
    const char *error = pool_init();

    if (error != NULL) {
        refuse(error);
    }
}

static void build_channels(void)
{
    const char *error = ipc_init();

    if (error != NULL) {
        refuse(error);
    }
}

static void build_traces(void)
{
    if (!trace_init()) {
        refuse("the arena is too small");
    }
}

static void build_consoles(void)
{
    static const char another_size[] = "the arena has another size";
    const struct sep_cfg_system *s = config.system;

    if (!console_create(&console_own, "septum", s->console_ring)) {
        refuse(another_size);
    }
    for (uint32_t i = 0; i < s->partitions.count; i++) {
        struct partition *p = &partitions[i];

        if (p->config->console_ring != 0u &&
            !console_create(&p->console, partition_name(p), p->config->console_ring)) {
            refuse(another_size);
        }
    }
    if (!arena_is_full()) {
        refuse(another_size);
    }
}

static void say_what_runs(void)
{
    const struct sep_cfg_system *s = config.system;
    uint32_t code;
    uint32_t data;

    print("system %s for %s, configuration of %u bytes", config_text(s->name.offset),
          config_text(s->board.offset), config.header->size);
    hal_boot_sizes(&code, &data);
    print("memory code_bytes %u ram_bytes %u", code, data + (uint32_t)s->arena_size);
    for (uint32_t i = 0; i < s->plan_count; i++) {
        print("plan %u %s", i, config_text(config.plan[config.cpu[0].plans.first + i].name.offset));
        console_flush();
    }
    for (uint32_t i = 0; i < s->partitions.count; i++) {
        print("partition %u %s%s", i, partition_name(&partitions[i]),
              partition_is_system(&partitions[i]) ? " (system)" : "");
        console_flush();
    }
}

static void start_time(struct cpu *cpu)
{
    struct hal_clock clock;

    hal_irq_init();
    hal_timer_init();
    time_init(&clock, hal_timer_hz(), hal_timer_count());
    cpu_start_clock(cpu, &clock);
}

static void start_partitions(void)
{
    for (uint32_t i = 0; i < config.system->partitions.count; i++) {
        struct partition *p = &partitions[i];

        virq_lines_give(&p->vcpus[0]);
        if ((p->config->flags & SEP_PARTITION_BOOT) != 0u) {
            partition_start(p);
        }
    }
    if (!partition_any_alive()) {
        refuse("no partition starts at boot");
    }
}

static void start_plans(struct cpu *cpu)
{
    sep_time_t start = time_now(&cpu->clock);

    if (!smp_start(&cpu->clock, start)) {
        refuse("a processor does not start");
    }
    sched_start(cpu, start);
}

// The first processor's.
static void boot_system(struct cpu *cpu)
{
    bool again = open_record();

    say_hello();
    open_configuration();
    carve_arena();
    build_partitions();
    build_pools();
    build_channels();
    build_traces();
    build_consoles();
    say_what_runs();
    scrub_init(again);
    start_time(cpu);
    scrub_judge();
    sched_lines_give();
    start_partitions();
    start_plans(cpu);
}

void kernel_boot(void)
{
    if (CONFIG_CPUS_MAX > 1 && hal_cpu_index() != 0u) {
        smp_enter(cpu_this());
    } else {
        boot_system(cpu_this());
    }
}

void boot_again(uint32_t mode)
{
    smp_end();
    boot_record.again = 1;
    boot_record.reset_count = mode == SEP_MODE_WARM ? boot_record.reset_count + 1u : 0u;
    system_bring_out();
    smp_restart();
}
