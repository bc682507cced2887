// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The boot story: from the first line on the console to the first slot.

#include <hal/boot.h>
#include <hal/console.h>
#include <hal/irq.h>
#include <hal/smp.h>
#include <kernel/arena.h>
#include <kernel/boot.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/print.h>
#include <kernel/virq.h>

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

static void say_hello(void)
{
    hal_console_init();
    early_console =
        (struct console){.name = "septum", .ring = early_ring, .mask = sizeof(early_ring) - 1u};
    console_begin(&early_console);
    if (boot_record.magic != BOOT_MAGIC) {
        boot_record = (struct boot_record){.magic = BOOT_MAGIC};
    }
    print("Septum on %s, ABI %u, reset %u", hal_board_name, SEP_ABI_REVISION,
          boot_record.reset_count);
    console_flush();
}

static void open_configuration(void)
{
    const struct sep_cfg_header *header = hal_boot_map(hal_boot_end(), sizeof(*header));
    const char *error = "no memory behind the hypervisor";

    if (header != NULL && header->magic == SEP_CFG_MAGIC && header->size <= CONFIG_SIZE_MAX) {
        header = hal_boot_map(hal_boot_end(), header->size);
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

    if (base == NULL) {
        refuse("the arena cannot be mapped");
    }
    arena_init(base, (uint32_t)s->arena_size);
}

void *kernel_table_alloc(uint32_t level)
{
    return arena_take_table(hal_space_levels.level[level].bytes);
}

static void build_partitions(void)
{
    const struct sep_cfg_system *s = config.system;
    bool done;

    partitions = arena_take(s->partitions.count * (uint32_t)sizeof(struct partition));
    vcpus = arena_take(s->vcpus.count * (uint32_t)sizeof(struct vcpu));
    done = partitions != NULL && vcpus != NULL;

    for (uint32_t i = 0; done && i < s->partitions.count; i++) {
        done = hal_space_init(&partitions[i].space, i);
    }
    for (uint32_t i = 0; done && i < s->partitions.count; i++) {
        done = partition_init(&partitions[i], &config.partition[i]);
    }
    if (!done) {
        refuse("the arena is too small");
    }
}

static void build_consoles(void)
{
    const struct sep_cfg_system *s = config.system;
    bool done = console_create(&console_own, "septum", s->console_ring);

    for (uint32_t i = 0; done && i < s->partitions.count; i++) {
        const struct sep_cfg_partition *p = &config.partition[i];

        if (p->console_ring != 0u) {
            done = console_create(&partitions[i].console, config_text(p->name.offset),
                                  p->console_ring);
        }
    }
    if (!done || !arena_is_full()) {
        refuse("the arena has another size");
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
    hal_irq_init();
    hal_timer_init();
    time_init(&cpu->clock, hal_timer_hz(), hal_timer_count());
    cpu->late_ticks = time_ticks(&cpu->clock, CPU_LATE_NS) - cpu->clock.count;
}

static void start_partitions(void)
{
    for (uint32_t i = 0; i < config.system->partitions.count; i++) {
        virq_lines_give(&partitions[i].vcpus[0]);
        if ((config.partition[i].flags & SEP_PARTITION_BOOT) != 0u) {
            partition_start(&partitions[i]);
        }
    }
    if (!partition_any_alive()) {
        refuse("no partition starts at boot");
    }
}

void kernel_boot(void)
{
    struct cpu *cpu = cpu_this();

    say_hello();
    open_configuration();
    carve_arena();
    build_partitions();
    build_consoles();
    say_what_runs();
    start_time(cpu);
    start_partitions();
    sched_start(cpu, time_now(&cpu->clock));
}

void boot_again(uint32_t mode)
{
    boot_record.reset_count = mode == SEP_MODE_WARM ? boot_record.reset_count + 1u : 0u;
    console_flush();
    hal_cpu_restart();
}
