// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fuzzes the kernel from inside a partition: hypercalls with any number and arguments, memory that
// they point at, faults, interrupts and time, on a booted system. After each step the hypervisor's
// own structures and every other partition must be as they were, and the plan on its phase.
// Shows REQ-HC-003, REQ-PART-008, REQ-HM-006, REQ-IPC-007
//
// An input's first byte chooses who attacks (a normal partition or a system one) and whether the
// console is as slow as a real one; then come steps, each a byte that says what, followed by what it
// needs.

#include "system.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kernel/boot.h>
#include <kernel/console.h>

#include "../../services/ipc/channel.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STEPS 48u
#define FRAME (3 * MS)
#define MAINTENANCE (1 * MS)

enum { ATTACKER, VICTIM, BOSS, PARTITIONS };

#define check(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "broken: %s (line %d)\n%s\n", #condition, __LINE__, host.console);     \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

// What a run may change lies in these ranges of memory; everything else of the machine's memory
// belongs to nobody who is asked to write it.
struct range {
    uint8_t *start;
    uint32_t size;
    uint8_t *kept;
};
static struct range arena;
static struct range tables; ///< the part of the arena in front of all structures
static struct range configuration;
static struct range memory[PARTITIONS];
static struct boot_record record;

static uint32_t attacker;

static struct range keep(uint64_t physical, uint64_t size)
{
    struct range range = {host_memory(physical, size), (uint32_t)size, malloc(size)};

    check(range.start != NULL && range.kept != NULL);
    memcpy(range.kept, range.start, size);
    return range;
}

static void restore(const struct range *range)
{
    memcpy(range->start, range->kept, range->size);
}

static bool unchanged(const struct range *range)
{
    return memcmp(range->start, range->kept, range->size) == 0;
}

// ------------------------------------------------------------------------------------ the system

// A channel of each kind that the attacker sends into, one that it receives from, and one of others.
enum { SAMPLE, QUEUE, INTO, FOREIGN, CHANNELS };

static void describe_ports(void)
{
    check(system_channel(40, 0, FRAME) == SAMPLE && system_channel(24, 3, 2 * FRAME) == QUEUE);
    check(system_channel(16, 2, 0) == INTO && system_channel(32, 2, 0) == FOREIGN);
    (void)system_port(ATTACKER, "sample", SEP_PORT_SOURCE, SAMPLE);
    (void)system_port(ATTACKER, "self", SEP_PORT_DESTINATION, SAMPLE);
    (void)system_port(ATTACKER, "queue", SEP_PORT_SOURCE, QUEUE);
    (void)system_port(ATTACKER, "into", SEP_PORT_DESTINATION, INTO);
    (void)system_port_alone(ATTACKER, "loose", SEP_PORT_DESTINATION, 8, 2);
    (void)system_port(VICTIM, "sample", SEP_PORT_DESTINATION, SAMPLE);
    (void)system_port(VICTIM, "queue", SEP_PORT_DESTINATION, QUEUE);
    (void)system_port(VICTIM, "foreign", SEP_PORT_SOURCE, FOREIGN);
    (void)system_port(BOSS, "into", SEP_PORT_SOURCE, INTO);
    (void)system_port(BOSS, "foreign", SEP_PORT_DESTINATION, FOREIGN);
}

static void describe(void)
{
    static const char file[] = "a file";

    system_reset();
    (void)system_partition("attacker", SEP_PARTITION_BOOT);
    (void)system_vcpu(ATTACKER, 0);
    (void)system_partition("victim", SEP_PARTITION_BOOT);
    (void)system_partition("boss", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        system_console(i, 256);
        system_line(i, i + 1u);
        system_register(i, HOST_IO_START + 16u * i, 4, 0xffff, 0xff00);
        system_register(i, HOST_IO_START + 16u * i + 6u, 2, 0xffff, 0xffff);
        system_ipvi(i, 0, 1u << VICTIM);
        system_action(i, SEP_EVENT_WATCHDOG, SEP_ACTION_WARM_RESET);
        system_action(i, SEP_EVENT_NUMERIC_ERROR, SEP_ACTION_PROPAGATE);
        system_action(i, SEP_EVENT_BUS_ERROR, SEP_ACTION_COLD_RESET);
    }
    (void)system_file(ATTACKER, "file", 0x19000000, file, sizeof(file));
    system_area(ATTACKER, SYSTEM_RAM + SYSTEM_RAM_SIZE, 0x40200000, 0x1000, SEP_AREA_READ);
    describe_ports();
    system_frame(0, FRAME);
    system_slot(0, 0, 1 * MS, ATTACKER, 0);
    system_slot(0, 1 * MS, 300 * US, ATTACKER, 1);
    system_slot(0, 1300 * US, 500 * US, VICTIM, 0);
    system_slot(0, 1800 * US, 1 * MS, BOSS, 0);
    system_frame(1, MAINTENANCE);
    system_slot(1, 0, 500 * US, BOSS, 0);
    system_slot(1, 500 * US, 300 * US, ATTACKER, 0);
}

static uint64_t lowest_structure(void)
{
    const uint8_t *lowest = (const uint8_t *)partitions;

    lowest = (const uint8_t *)vcpus < lowest ? (const uint8_t *)vcpus : lowest;
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        const uint8_t *ring = partitions[i].console->ring;
        const uint8_t *console = (const uint8_t *)partitions[i].console;

        lowest = ring < lowest ? ring : lowest;
        lowest = console < lowest ? console : lowest;
    }
    lowest = console_own->ring < lowest ? console_own->ring : lowest;
    return (uint64_t)(lowest - host_ram);
}

static void keep_everything(void)
{
    uint64_t start = image.system->arena_start;

    arena = keep(start, image.system->arena_size);
    tables = keep(start, lowest_structure() + HOST_RAM_START - start);
    configuration = keep(HOST_BOOT_END, image.header->size);
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        memory[i] = keep(SYSTEM_RAM_PHYSICAL + i * SYSTEM_RAM_STRIDE, SYSTEM_RAM_SIZE);
    }
    record = boot_record;
    host_snapshot_take();
}

static void bring_back(void)
{
    restore(&arena);
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        restore(&memory[i]);
    }
    boot_record = record;
    host_snapshot_restore();
}

// --------------------------------------------------------------------------------------- checks

// A bystander's registers, state and memory; what others may do to it is an interrupt.
static void check_bystander(uint32_t number)
{
    const struct partition *p = &partitions[number];
    const struct partition *old =
        (const struct partition *)(arena.kept + ((const uint8_t *)p - arena.start));
    const struct vcpu *vcpu = p->vcpus;
    const struct vcpu *then =
        (const struct vcpu *)(arena.kept + ((const uint8_t *)vcpu - arena.start));

    check(p->state == old->state && p->mode == old->mode);
    check(p->reset_count == old->reset_count && p->event_count == old->event_count);
    check(p->virq_count == old->virq_count && p->load.phase == old->load.phase);
    check(vcpu->state == then->state && vcpu->masked == then->masked);
    check(memcmp(vcpu->timers, then->timers, sizeof(vcpu->timers)) == 0);
    check(memcmp(&vcpu->context, &then->context, offsetof(struct hal_context, log)) == 0);
    check(vcpu->context.log.starts == then->context.log.starts &&
          vcpu->context.log.deliveries == then->context.log.deliveries &&
          vcpu->context.log.faults == then->context.log.faults);
    check(((vcpu->pending ^ then->pending) &
           ~(SEP_IRQ_BIT(SEP_IRQ_IPVI_FIRST) | SEP_IRQ_BIT(SEP_IRQ_SLOT_START) |
             SEP_IRQ_BIT(SEP_IRQ_SAMPLING) | SEP_IRQ_BIT(SEP_IRQ_QUEUING))) == 0u);
    check(p->console->head == old->console->head);
}

// What channels are made of never changes, and messages are as long as the description allows.
static void check_channel(uint32_t number)
{
    const struct channel *c = &channels[number];
    const struct channel *old =
        (const struct channel *)(arena.kept + ((const uint8_t *)c - arena.start));

    check(c->config == &config.channel[number] && c->buffers == old->buffers);
    check(c->max_age == old->max_age && c->sender == old->sender &&
          c->lock.next == c->lock.serving);
    check(c->room == old->room && c->depth == c->config->depth && c->waiting <= c->depth);
    check(c->depth == 0u || c->first < c->depth);
    check(c->depth != 0u || (c->newest != c->spare && c->newest->size <= c->config->message_size));
    check(attacker == BOSS || number != FOREIGN || memcmp(c, old, sizeof(*c)) == 0);
}

static void check_kernel(void)
{
    const struct sched *sched = &cpus[0].sched;
    uint64_t frame = sched->current == 0u ? FRAME : MAINTENANCE;
    sep_time_t time = time_read(&cpus[0].clock);

    check(sched->current < 2u && sched_next_plan < 2u);
    check(sched->frame_start % MS == 0u);
    check(attacker == BOSS || sched->frame_start == (sched->frame_count - 1u) * FRAME);
    check(sched->frame_start <= time && time < sched->frame_start + frame + 2 * US);
    check(time < sched->boundary + 2 * US && sched->boundary <= sched->frame_start + frame);
    for (uint32_t i = 0; i < CHANNELS; i++) {
        check_channel(i);
    }
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        const struct partition *p = &partitions[i];

        check(p->config == &config.partition[i] && p->space.number == i);
        check(p->state <= SEP_STATE_SUSPENDED && p->mode <= SEP_MODE_IDLE);
        for (uint32_t v = 0; v < p->config->vcpus.count; v++) {
            check(p->vcpus[v].partition == p && p->vcpus[v].state <= SEP_STATE_LOADING);
        }
        check(p->console->head - p->console->tail <= p->console->mask + 1u);
        if (attacker != BOSS && i != ATTACKER) {
            check_bystander(i);
        }
    }
}

// What stays changed once it was, and takes long to compare: at the end of an input.
static void check_memory(void)
{
    check(unchanged(&tables) && unchanged(&configuration));
    for (uint32_t i = 0; i < PARTITIONS; i++) {
        check(attacker == BOSS || i == ATTACKER || unchanged(&memory[i]));
    }
}

// Who is loaded has the slot, and his space is the current one.
static void check_running(void)
{
    const struct vcpu *vcpu = running();

    if (vcpu != NULL) {
        check(vcpu == cpus[0].sched.vcpu && vcpu->state == SEP_STATE_READY);
        check(vcpu->partition->state == SEP_STATE_READY);
        check(vcpu->partition->load.phase == LOAD_DONE);
        check(host.cpu[0].space == &vcpu->partition->space);
        for (uint32_t i = 0; i < PARTITIONS; i++) {
            check(!host_line_enabled(i + 1u) || vcpu == partitions[i].vcpus);
        }
    } else {
        check((host.cpu[0].enabled & 0xeu) == 0u || cpus[0].running != NULL);
    }
}

// ---------------------------------------------------------------------------------------- steps

struct input {
    const uint8_t *data;
    size_t size;
};

static uint8_t take8(struct input *in)
{
    uint8_t byte = in->size != 0u ? *in->data : 0u;

    if (in->size != 0u) {
        in->data++;
        in->size--;
    }
    return byte;
}

static uint64_t take64(struct input *in)
{
    uint64_t value = 0;

    for (uint32_t i = 0; i < 8u; i++) {
        value = value << 8 | take8(in);
    }
    return value;
}

// A word: small, near a border of an area, odd, or anything.
static sep_word_t take_word(struct input *in)
{
    static const sep_word_t bases[] = {
        SYSTEM_RAM,
        SYSTEM_RAM + SYSTEM_RAM_SIZE,
        SYSTEM_DATA,
        SYSTEM_INFO,
        SYSTEM_DATA + 0x800u,
        0x19000000,
        HOST_IO_START,
        HOST_RAM_START,
        0,
        (sep_word_t)1 << 32,
        UINT32_MAX,
        SYSTEM_RAM_PHYSICAL,
        INT64_MAX,
        SYSTEM_RAM + SYSTEM_RAM_SIZE - 64u,
    };
    uint8_t kind = take8(in);

    if (kind < 96u) {
        return kind % 40u;
    }
    if (kind < 208u) {
        return bases[kind % 14u] + (sep_word_t)(int8_t)take8(in);
    }
    if (kind < 232u) {
        return SYSTEM_DATA + 8u * (kind - 208u);
    }
    return kind < 240u ? (sep_word_t)0 - (kind - 231u) : take64(in);
}

static void step_hypercall(struct input *in, enum host_end *end)
{
    uint8_t choice = take8(in);
    uint32_t count = choice >> 6;
    sep_word_t number = choice % 64u < SEP_HC_COUNT ? choice % 64u : take_word(in);
    sep_word_t words[5];

    for (uint32_t i = 0; i < 5; i++) {
        words[i] = i < 2u + count ? take_word(in) : 0u;
    }
    *end = host_hypercall(number, words);
    check(host_status() <= SEP_OK && host_status() >= SEP_BATCH_ERROR);
}

// A batch's call in the attacker's memory.
static void step_batch_call(struct input *in)
{
    struct sep_batch_call c = {.number = take8(in) % SEP_HC_COUNT};
    uint32_t at = take8(in) % 40u;

    for (uint32_t i = 0; i < 3; i++) {
        c.args[i] = take_word(in);
    }
    (void)host_space_write(&partitions[attacker].space, SYSTEM_DATA + at * sizeof(c), &c,
                           sizeof(c));
}

static void step_memory(struct input *in)
{
    uint64_t value = take64(in);

    (void)host_space_write(&partitions[attacker].space, take_word(in), &value, sizeof(value));
}

static void step_fault(struct input *in, enum host_end *end)
{
    struct hal_fault fault = {.code = take8(in), .pc = take_word(in), .address = take_word(in)};

    // The hypervisor's own kind of event is not a partition's to raise.
    fault.event = 1u + take8(in) % (SEP_EVENT_COUNT - 1u);
    fault.granule = take8(in) % 5u;
    *end = host_fault(&fault);
}

static void step_line(uint8_t what)
{
    uint32_t line = what % 4u;

    if ((what & 16u) != 0u) {
        host_line_edge(line, (what & 32u) != 0u);
    }
    if ((what & 4u) != 0u) {
        host_line_assert(line);
    } else {
        host_line_deassert(line);
    }
}

static void step(struct input *in, enum host_end *end)
{
    uint8_t what = take8(in);

    if (what < 144u) {
        step_hypercall(in, end);
    } else if (what < 184u) {
        step_batch_call(in);
    } else if (what < 192u) {
        step_memory(in);
    } else if (what < 200u) {
        step_fault(in, end);
    } else if (what < 208u) {
        step_line(take8(in));
    } else if (what < 212u) {
        partitions[attacker].vcpus[0].context.log.refuse = (what & 1u) != 0u;
    } else {
        *end = host_run(((uint64_t)1 << (what - 212u) / 2u) * (1u + take8(in) % 4u));
    }
}

// Time passes until the attacker runs. False if he does not within some frames.
static bool attacker_runs(enum host_end *end)
{
    for (uint32_t i = 0; i < 12u && *end == HOST_DONE; i++) {
        const struct vcpu *vcpu = running();

        if (vcpu != NULL && vcpu->partition == &partitions[attacker]) {
            return true;
        }
        *end = host_run(300 * US);
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, size};
    enum host_end end = HOST_DONE;
    uint8_t choice;

    bring_back();
    choice = take8(&in);
    attacker = (choice & 1u) != 0u ? BOSS : ATTACKER;
    host.uart_ns = choice % 16u < 2u ? 20000u : 0u;
    for (uint32_t i = 0; i < STEPS && in.size != 0u && attacker_runs(&end); i++) {
        step(&in, &end);
        if (end != HOST_DONE) {
            break;
        }
        check_running();
        check_kernel();
    }
    if (end == HOST_DONE) {
        end = host_run(FRAME);
    }
    // Nobody but a system partition ends the system, be it by halting everybody and then itself;
    // and nothing hangs it.
    check(end == HOST_DONE || (end != HOST_STUCK && attacker == BOSS));
    check(end != HOST_STOPPED || host.stop_status == 0u);
    if (end == HOST_DONE) {
        check_kernel();
    }
    check_memory();
    return 0;
}

// ---------------------------------------------------------------------------------------- start

// Inputs to begin with, written when the environment names a folder.
static void write_corpus(const char *folder)
{
    static const uint8_t seeds[][24] = {
        {2, 0, 1, 0, 210, 0, 2, 0, 100, 100, 230, 4},
        {2, 0, 4, 210, 16, 220, 3, 0, 4, 210, 90, 240, 1, 0, 3},
        {0, 150, 0, 0, 150, 1, 1, 0, 211, 0, 29, 208, 2, 214},
        {2, 0, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255},
        {2, 0, 16, 232, 1, 7, 230, 1, 0, 12, 0, 210},
        {2, 0, 32, 96, 0, 0, 8, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 5, 200, 5},
        {0, 192, 1, 96, 97, 9, 4, 0, 20, 1, 96, 4, 0, 21, 1},
        {1, 0, 24, 1, 250, 3, 0, 25, 210, 0, 24, 0, 250, 3},
        {1, 0, 13, 0, 0, 14, 1, 0, 15, 1, 0, 16, 0, 0, 1, 0, 12, 1, 210},
        {1, 0, 28, 1},
        {1, 0, 27},
        {2, 0, 30, 102, 0, 210, 0, 31, 102, 0, 77},
        {2, 0, 98, 0, 210, 0, 20, 0, 163, 1, 210, 0, 39, 208, 230, 1, 0, 100, 1, 209},
        {2, 0, 101, 2, 210, 0, 20, 0, 101, 2, 210, 0, 9, 0, 167, 3, 210, 0, 39, 208, 0, 40, 3},
        {1, 0, 101, 0, 210, 0, 7, 230, 2, 0, 166, 1, 210, 0, 39, 208, 0, 39, 1, 209},
    };

    for (uint32_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
        char name[256];
        FILE *out;

        snprintf(name, sizeof(name), "%s/seed-%02u", folder, i);
        out = fopen(name, "wb");
        check(out != NULL && fwrite(seeds[i], 1, sizeof(seeds[i]), out) == sizeof(seeds[i]));
        fclose(out);
    }
    exit(0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *folder = getenv("SEPTUM_FUZZ_CORPUS");

    (void)argc;
    (void)argv;
    if (folder != NULL) {
        write_corpus(folder);
    }
    describe();
    system_boot();
    run_until(3 * FRAME - 100 * US); // everybody has been loaded
    keep_everything();
    return 0;
}
