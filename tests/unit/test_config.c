// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Wrong, damaged and senseless configurations: each is refused with one line, whatever its hash.

#include "system.h"

#include <string.h>

#include <hal/build_info.h>
#include <kernel/config.h>
#include <kernel/panic.h>

#define FILE_AT 0x19000000u
#define SHARED_PHYSICAL 0x40300000u
#define EMULATED 0x28000000u

// A system in which every record type occurs.
static void build(void)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    (void)system_vcpu(0, 0);
    (void)system_partition("b", SEP_PARTITION_BOOT | SEP_PARTITION_UNMODIFIED);
    (void)system_vcpu(1, 0); // without a slot
    system_vdevice(1, SEP_VDEVICE_GICV3_DISTRIBUTOR, EMULATED, 0x10000);
    system_vdevice(1, SEP_VDEVICE_DOORBELLS, EMULATED + 0x10000, 0x8000);
    system_console(0, 512);
    (void)system_file(0, "file", FILE_AT, "text", 5);
    for (uint32_t i = 0; i < 2; i++) {
        system_area(i, 0x20000000, SHARED_PHYSICAL, 0x2000,
                    SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_SHARED);
    }
    system_area(0, 0x30000000, HOST_IO_START + 0x1000u, 0x1000,
                SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_DEVICE);
    system_line(0, 3);
    system_line(0, 4);
    system_register(0, HOST_IO_START, 4, 1, 1);
    system_ipvi(0, 2, 3);
    (void)system_channel(64, 0, 5 * MS);
    (void)system_channel(32, 4, 0);
    (void)system_port(0, "sampled", SEP_PORT_SOURCE, 0);
    (void)system_port(0, "queued", SEP_PORT_SOURCE, 1);
    (void)system_port_alone(0, "loose", SEP_PORT_DESTINATION, 64, 0);
    (void)system_port(1, "sampled", SEP_PORT_DESTINATION, 0);
    (void)system_port(1, "queued", SEP_PORT_DESTINATION, 1);
    // vCPUs 5 and 6, the first two members, are real-time, 4 is not.
    (void)system_pool(2 * MS);
    (void)system_pool(2 * MS);
    (void)system_vcpu(1, 0);
    (void)system_vcpu(1, 0);
    (void)system_vcpu(1, 0);
    (void)system_partition("c", SEP_PARTITION_BOOT);
    system_best_effort(1, 2, 0);
    system_fast_line(2, 5, SEP_DELIVERY_RESET);
    system_preemption(1, 10, MS);
    system_best_effort(0, 1, 2);
    (void)system_real_time(0, 1, 3, 10 * MS, 100 * US, 5 * MS, MS);
    (void)system_real_time(0, 1, 4, 10 * MS, 100 * US, 0, 0);
    system_frame(0, 10 * MS);
    system_slot(0, 0, 2 * MS, 0, 0);
    system_slot(0, 2 * MS, 2 * MS, 0, 1);
    system_slot(0, 5 * MS, 5 * MS, 1, 0);
    system_frame(2, 10 * MS);
    system_pool_slot(2, 0, 10 * MS, 0);
    system_frame(1, 3 * MS);
    *system_plan_of(1) =
        (struct sep_cfg_plan){.flags = SEP_CFG_PLAN_IMMEDIATE, .sync_timeout = MS, .sync_line = 10};
    system_build();
}

static void expect_refused(const char *what)
{
    if (host_boot() != HOST_STOPPED || host.stop_status != SYSTEM_STATUS_CONFIG) {
        fail_msg("accepted: %s", what);
    }
    assert_console("configuration refused: ");
    assert_console("halt: configuration status 2\n");
    // One line says why, besides the greeting and the end.
    assert_null(strstr(strstr(host.console, "refused") + 1, "refused"));
}

/// Shows REQ-BOOT-001, REQ-CFG-001
static void right(void **state)
{
    (void)state;
    build();
    assert_int_equal(host_boot(), HOST_DONE);
    build();
    image.header->text_size = image.header->size - image.header->text_offset;
    system_seal();
    assert_int_equal(host_boot(), HOST_DONE);
}

/// Shows REQ-CFG-001, REQ-BOOT-002
static void header(void **state)
{
    static const struct {
        uint32_t offset;
        uint32_t value;
    } row[] = {
#define FIELD(name, value) {offsetof(struct sep_cfg_header, name), value}
        FIELD(magic, 0),
        FIELD(magic, 0x43504553),
        FIELD(abi_revision, SEP_ABI_REVISION + 1u),
        FIELD(arch, SEP_ARCH_SPARC),
        FIELD(size, 0),
        FIELD(size, 8),
        FIELD(size, sizeof(struct sep_cfg_header) - 8u),
        FIELD(size, 0x100001),
        FIELD(size, 0x100008),
        FIELD(size, 0xfffffff8),
        FIELD(section_count, 0),
        FIELD(section_count, SEP_CFG_TYPE_COUNT + 1u),
        FIELD(text_offset, 0),
        FIELD(text_offset, 0xfffffff8),
        FIELD(text_size, 0),
        FIELD(text_size, 0xffffffff),
#undef FIELD
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        build();
        memcpy((uint8_t *)image.header + row[i].offset, &row[i].value, 4);
        if (row[i].offset != offsetof(struct sep_cfg_header, size)) {
            system_seal();
        }
        expect_refused("header");
    }
    build(); // the hash is right, the size is no multiple of 8
    image.header->size -= 4u;
    system_seal();
    expect_refused("odd size");
    build();
    image.text[image.header->text_size - 1u] = 'x';
    system_seal();
    expect_refused("text without end");
    build();
    host.maps_left = 0;
    expect_refused("nothing mapped");
    build();
    host.maps_left = 1;
    expect_refused("only the header mapped");
    build();
    host.maps_left = 2;
    expect_refused("arena not mapped");
}

/// Shows REQ-CFG-002, REQ-BOOT-002
static void damaged(void **state)
{
    (void)state;
    build();
    for (uint32_t i = 0; i < image.header->size; i += 5) {
        uint8_t *byte = (uint8_t *)image.header + i;

        *byte ^= (uint8_t)(1u << (i % 8u));
        host.console_size = 0;
        memset(host.console, 0, 4096);
        expect_refused("a flipped bit");
        *byte ^= (uint8_t)(1u << (i % 8u));
    }
    host.console_size = 0;
    memset(host.console, 0, 4096);
    assert_int_equal(host_boot(), HOST_DONE);
}

/// Shows REQ-CFG-003
static void sections(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        const struct sep_cfg_section wrong[] = {
            {.offset = 0xfffffff8},
            {.offset = 8},
            {.offset = 4},
            {.offset = sizeof(struct sep_cfg_header) + 4u},
            {.count = 0xffffffff},
            {.count = 0x1000},
            {.size = 0xffffffff},
            {.size = 8},
            {.size = 4},
        };

        for (uint32_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
            struct sep_cfg_section *section;

            build();
            section = &image.header->sections[type];
            section->offset = wrong[i].offset != 0u ? wrong[i].offset : section->offset;
            section->count = wrong[i].count != 0u ? wrong[i].count : section->count;
            section->size = wrong[i].size != 0u && wrong[i].size != section->size
                                ? wrong[i].size
                                : section->size + (wrong[i].size != 0u ? 8u : 0u);
            system_seal();
            expect_refused("a section");
        }
    }
    build();
    image.header->sections[SEP_CFG_TYPE_system].count = 0;
    system_seal();
    expect_refused("no system");
}

// The fields of every record, from the one table.
#define ROW(record, kind, name, target) SEP_CFG_FIELD_ENTRY(record, kind, name, target),
#define ROW_system(kind, name, target) ROW(system, kind, name, target)
#define ROW_cpu(kind, name, target) ROW(cpu, kind, name, target)
#define ROW_plan(kind, name, target) ROW(plan, kind, name, target)
#define ROW_slot(kind, name, target) ROW(slot, kind, name, target)
#define ROW_pool(kind, name, target) ROW(pool, kind, name, target)
#define ROW_member(kind, name, target) ROW(member, kind, name, target)
#define ROW_fast(kind, name, target) ROW(fast, kind, name, target)
#define ROW_partition(kind, name, target) ROW(partition, kind, name, target)
#define ROW_vcpu(kind, name, target) ROW(vcpu, kind, name, target)
#define ROW_area(kind, name, target) ROW(area, kind, name, target)
#define ROW_segment(kind, name, target) ROW(segment, kind, name, target)
#define ROW_blob(kind, name, target) ROW(blob, kind, name, target)
#define ROW_interrupt(kind, name, target) ROW(interrupt, kind, name, target)
#define ROW_reg(kind, name, target) ROW(reg, kind, name, target)
#define ROW_action(kind, name, target) ROW(action, kind, name, target)
#define ROW_ipvi(kind, name, target) ROW(ipvi, kind, name, target)
#define ROW_ipvi_target(kind, name, target) ROW(ipvi_target, kind, name, target)
#define ROW_port(kind, name, target) ROW(port, kind, name, target)
#define ROW_channel(kind, name, target) ROW(channel, kind, name, target)
#define ROW_channel_end(kind, name, target) ROW(channel_end, kind, name, target)
#define ROW_vdevice(kind, name, target) ROW(vdevice, kind, name, target)

struct record {
    const struct sep_cfg_field *fields;
    uint32_t count;
};
#define TABLE(type)                                                                                \
    static const struct sep_cfg_field table_##type[] = {SEP_CFG_FIELDS_##type(ROW_##type)};
SEP_CFG_RECORD_LIST(TABLE)
static const struct record records[SEP_CFG_TYPE_COUNT] = {
#define RECORD(type) {table_##type, sizeof(table_##type) / sizeof(table_##type[0])},
    SEP_CFG_RECORD_LIST(RECORD)};

static uint8_t *record_at(uint32_t type, uint32_t index)
{
    const struct sep_cfg_section *section = &image.header->sections[type];

    return (uint8_t *)image.header + section->offset + index * section->size;
}

static void wrong_reference(uint32_t type, uint32_t index, const struct sep_cfg_field *field)
{
    // The last one is SEP_CFG_NONE, which an optional reference may be.
    static const uint32_t far[] = {0x80000000u, 0xfffffffeu, SEP_CFG_NONE};
    const uint32_t tries = field->kind == SEP_CFG_KIND_OPT ? 3u : 4u;
    uint32_t limit = 0;

    build();
    limit = field->kind == SEP_CFG_KIND_TEXT ? image.header->text_size
                                             : image.header->sections[field->target].count;
    for (uint32_t i = 0; i < tries; i++) {
        uint32_t list[2] = {i == 0u ? limit : far[i - 1u], 1};

        build();
        memcpy(record_at(type, index) + field->offset, list,
               field->kind == SEP_CFG_KIND_LIST ? 8u : 4u);
        system_seal();
        expect_refused("a reference");
    }
    if (field->kind == SEP_CFG_KIND_LIST) {
        static const uint32_t counts[] = {0x7fffffff, 0xffffffff};

        for (uint32_t i = 0; i < 2; i++) {
            build();
            memcpy(record_at(type, index) + field->offset + 4u, &counts[i], 4);
            system_seal();
            expect_refused("a count");
        }
    }
}

/// Each reference, list and text of each record in turn, with a right hash. Shows REQ-CFG-003,
/// REQ-CFG-008
static void references(void **state)
{
    uint32_t tried = 0;

    (void)state;
    build();
    for (uint32_t type = 0; type < SEP_CFG_TYPE_COUNT; type++) {
        uint32_t count;

        build();
        count = image.header->sections[type].count;
        assert_int_not_equal(count, 0);
        for (uint32_t f = 0; f < records[type].count; f++) {
            const struct sep_cfg_field *field = &records[type].fields[f];

            if (field->kind == SEP_CFG_KIND_TEXT || field->kind == SEP_CFG_KIND_REF ||
                field->kind == SEP_CFG_KIND_LIST) {
                wrong_reference(type, 0, field);
                wrong_reference(type, count - 1u, field);
                tried++;
            }
        }
    }
    assert_true(tried >= 20u);
}

// One field of one record set to a value, to be refused.
struct senseless {
    const char *what;
    uint32_t type;
    uint32_t index;
    uint32_t offset;
    uint32_t size;
    uint64_t value;
};
#define SET(record, index, field, value)                                                           \
    {#record "[" #index "]." #field " = " #value,                                                  \
     SEP_CFG_TYPE_##record,                                                                        \
     index,                                                                                        \
     offsetof(struct sep_cfg_##record, field),                                                     \
     sizeof(((struct sep_cfg_##record *)0)->field),                                                \
     (uint64_t)(value)}

#define BLOBS (HOST_RAM_START + 0x60000u)
// Areas of partition a, in this order: its memory, information, file, shared, device.
static const struct senseless senseless[] = {
    // the hypervisor's memory
    SET(system, 0, hypervisor_start, HOST_RAM_START + 0x1000u), SET(system, 0, hypervisor_start, 0),
    SET(system, 0, hypervisor_size, 0), SET(system, 0, hypervisor_size, UINT64_MAX),
    SET(system, 0, hypervisor_size, 0x10000), SET(system, 0, arena_start, HOST_BOOT_END),
    SET(system, 0, arena_start, HOST_RAM_START), SET(system, 0, arena_start, 0),
    SET(system, 0, arena_start, HOST_RAM_START + 0x20008u),
    SET(system, 0, arena_start, UINT64_MAX - 0xfffu),
    SET(system, 0, arena_start, HOST_RAM_START + 0x100000u), SET(system, 0, arena_size, 0),
    SET(system, 0, arena_size, 8), SET(system, 0, arena_size, (uint64_t)1 << 32),
    SET(system, 0, arena_size, UINT64_MAX), SET(system, 0, arena_size, 0x40000),
    SET(system, 0, blobs_start, HOST_RAM_START), SET(system, 0, blobs_start, HOST_BOOT_END),
    SET(system, 0, blobs_start, 0), SET(system, 0, blobs_start, UINT64_MAX),
    SET(system, 0, blobs_size, UINT64_MAX), SET(system, 0, blobs_size, 0x30000),
    SET(system, 0, blobs_size, 0),
    // counts
    SET(system, 0, cpus.count, 0), SET(system, 0, partitions.count, 0),
    SET(system, 0, partitions.count, 1), SET(system, 0, vcpus.count, 2),
    SET(system, 0, vcpus.count, 0), SET(system, 0, plan_count, 0), SET(system, 0, plan_count, 1),
    SET(system, 0, plan_count, 4), SET(system, 0, console_ring, 0),
    SET(system, 0, console_ring, 100), SET(system, 0, console_ring, 0x80000000),
    SET(system, 0, flags, SEP_CFG_SYSTEM_FLAGS + 1u), SET(system, 0, flags, 0x80000001u),
    SET(cpu, 0, id, 1), SET(cpu, 0, plans.count, 1),
    // plans
    SET(plan, 0, major_frame, 0), SET(plan, 0, major_frame, 9 * MS),
    SET(plan, 0, major_frame, UINT64_MAX), SET(plan, 0, major_frame, (uint64_t)86401 * S),
    SET(plan, 0, id, 1), SET(plan, 1, id, 0), SET(plan, 1, major_frame, 0),
    SET(plan, 1, flags, SEP_CFG_PLAN_FLAGS + 1u), SET(plan, 1, sync_timeout, (uint64_t)86401 * S),
    SET(plan, 1, sync_timeout, 0), // with a line, that is
    SET(plan, 0, sync_timeout, MS), SET(plan, 1, sync_line, 0), SET(plan, 1, sync_line, 62),
    SET(plan, 1, sync_line, 64), SET(plan, 1, sync_line, 4), // a's
    SET(plan, 2, sync_timeout, MS), SET(plan, 2, sync_line, 10), SET(slot, 0, duration, 0),
    SET(slot, 0, duration, 3 * MS), SET(slot, 0, duration, UINT64_MAX),
    SET(slot, 0, duration, (uint64_t)1 << 63), SET(slot, 0, start, 1),
    SET(slot, 0, start, UINT64_MAX), SET(slot, 0, vcpu.index, 1000),
    SET(slot, 0, vcpu.index, SEP_CFG_NONE - 1u), SET(slot, 1, start, 2 * MS - 1),
    SET(slot, 1, start, 0), SET(slot, 1, start, (uint64_t)1 << 63),
    SET(slot, 2, duration, 0), // a gap
    SET(slot, 2, duration, MS - 1), SET(slot, 2, duration, MS + 1), SET(slot, 3, start, 5 * MS + 1),
    SET(slot, 3, duration, 5 * MS - 1), SET(slot, 3, duration, 5 * MS + 1),
    SET(plan, 0, slots.count, 3), SET(plan, 0, slots.count, 0),
    SET(slot, 0, pool, 0), // besides its vCPU
    // pools: the only slot of plan 2 is the last one
    SET(slot, 5, pool, SEP_CFG_NONE - 1u), SET(slot, 5, vcpu, 0), SET(pool, 0, cpu, 1),
    SET(pool, 1, cpu, 1), SET(pool, 0, quantum, SEP_POOL_TIME_MIN - 1u),
    SET(pool, 0, quantum, (uint64_t)1 << 47), SET(pool, 0, overhead, (uint64_t)1 << 37),
    SET(pool, 0, blocking, (uint64_t)1 << 37), SET(pool, 0, reserve, 101),
    SET(pool, 0, real_time, 4), SET(pool, 0, real_time, 3), SET(pool, 0, real_time, 1),
    SET(pool, 0, real_time, 0xffffffff), SET(member, 0, vcpu, 0), SET(member, 1, vcpu, 5),
    SET(vcpu, 0, pool, 0), // it has slots
    SET(vcpu, 5, pool, 1), SET(vcpu, 5, cpu, 1), SET(vcpu, 5, flags, SEP_CFG_VCPU_FLAGS + 1u),
    SET(vcpu, 5, period, (uint64_t)1 << 47), SET(vcpu, 5, period, 0),
    SET(vcpu, 5, capacity, SEP_POOL_TIME_MIN - 1u), SET(vcpu, 5, capacity, 5 * MS + 1u),
    SET(vcpu, 5, deadline, 10 * MS + 1u), SET(vcpu, 5, offset, 10 * MS), SET(vcpu, 4, period, MS),
    SET(pool, 0, blocking, 4 * MS), // is not admitted
    // a fast line: pool 1's, interrupt 2, of vCPU 7
    SET(pool, 1, preemption_window, 0), SET(pool, 1, preemption_window, SEP_POOL_WINDOW_MAX + 1u),
    SET(fast, 0, delivery, 0), SET(fast, 0, delivery, SEP_DELIVERY_RESET + 1u),
    SET(fast, 0, interrupt, 0), SET(interrupt, 2, vcpu, 4), SET(vcpu, 7, period, MS),
    SET(partition, 2, interrupts.count, 0), SET(partition, 2, interrupts.first, 1),
    SET(partition, 2, flags, SEP_PARTITION_BOOT | SEP_PARTITION_UNMODIFIED),
    SET(pool, 0, fast.count, 1), // another pool's vCPU
    // vCPUs
    SET(vcpu, 0, cpu, 1), SET(vcpu, 1, cpu, 0xffffffff), SET(vcpu, 3, cpu, 0xffffffff),
    SET(vcpu, 3, cpu, 1), SET(vcpu, 1, id, 0), SET(vcpu, 1, id, 7), SET(vcpu, 2, id, 1),
    SET(vcpu, 0, partition, 1), SET(vcpu, 2, partition, 0), SET(vcpu, 0, stack_base, 0x30000000),
    SET(vcpu, 0, stack_base, 0), SET(vcpu, 0, stack_base, SYSTEM_RAM + 4u),
    SET(vcpu, 0, stack_base, SYSTEM_INFO), SET(vcpu, 0, stack_base, SYSTEM_RAM + SYSTEM_RAM_SIZE),
    SET(vcpu, 0, stack_base, SYSTEM_RAM + SYSTEM_RAM_SIZE - SYSTEM_STACK_SIZE + 16u),
    SET(vcpu, 0, stack_base, UINT64_MAX - 15u), SET(vcpu, 0, stack_size, SYSTEM_STACK_SIZE + 16u),
    SET(vcpu, 0, stack_size, SYSTEM_STACK_SIZE - 4u), SET(vcpu, 0, stack_size, UINT64_MAX - 15u),
    // partitions
    SET(partition, 0, id, 1), SET(partition, 1, id, 0),
    SET(partition, 0, flags, SEP_PARTITION_BOOT | (SEP_PARTITION_FLAGS + 1u)),
    SET(partition, 1, flags, SEP_PARTITION_BOOT | 0x80000000u), SET(partition, 0, console_ring, 3),
    SET(partition, 0, console_ring, 32), SET(partition, 0, console_ring, 100),
    SET(system, 0, console_ring, 300), SET(system, 0, console_ring, 128),
    SET(partition, 0, console_ring, 0x20000), SET(partition, 0, vcpus.count, 0),
    SET(partition, 0, vcpus.count, 3), SET(partition, 1, vcpus.first, 0),
    SET(partition, 1, areas.first, 0), SET(partition, 1, interrupts.first, 0),
    SET(partition, 1, areas.first, 4), SET(partition, 1, interrupts.first, 0),
    SET(partition, 1, interrupts.first, 1), SET(partition, 0, entry, 0),
    SET(partition, 0, entry, SYSTEM_INFO),
    SET(partition, 0, entry, SYSTEM_RAM + SYSTEM_RAM_SIZE - 3u),
    SET(partition, 0, entry, UINT64_MAX), SET(partition, 0, actions.count, SEP_EVENT_COUNT - 1u),
    SET(partition, 0, actions.count, 0),
    // areas
    SET(area, 0, size, 0), SET(area, 0, size, 0x3800), SET(area, 0, size, UINT64_MAX - 0xfffu),
    SET(area, 0, size, (uint64_t)1 << 32), SET(area, 0, virtual_start, 0),
    SET(area, 0, virtual_start, SYSTEM_RAM + 4u), SET(area, 0, virtual_start, SYSTEM_INFO),
    SET(area, 0, virtual_start, UINT64_MAX - 0xfffu), SET(area, 0, virtual_start, 0xffffe000u),
    SET(area, 0, virtual_start, (uint64_t)1 << 32), SET(area, 0, physical_start, HOST_RAM_START),
    SET(area, 0, physical_start, HOST_RAM_START + SYSTEM_HYPERVISOR_SIZE - 0x1000u),
    SET(area, 0, physical_start, HOST_RAM_START - 0x1000u),
    SET(area, 0, physical_start, SYSTEM_RAM_PHYSICAL + 8u),
    SET(area, 0, physical_start, UINT64_MAX - 0xfffu),
    SET(area, 0, physical_start, SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_STRIDE),
    SET(area, 0, physical_start, SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_STRIDE - 0x1000u),
    SET(area, 1, flags, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_INFO),
    SET(area, 1, flags, SEP_AREA_READ | SEP_AREA_EXECUTE | SEP_AREA_INFO),
    SET(area, 1, flags, SEP_AREA_READ), SET(area, 1, flags, SEP_AREA_READ | SEP_AREA_WRITE),
    SET(area, 0, flags, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE | (SEP_AREA_FLAGS + 1u)),
    SET(area, 3, flags, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_SHARED | 0x80000000u),
    SET(area, 1, physical_start, HOST_RAM_START + 0x1000u),
    SET(area, 1, physical_start, BLOBS - 0x1000u),
    SET(area, 1, physical_start, HOST_RAM_START + SYSTEM_HYPERVISOR_SIZE),
    SET(area, 2, flags, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_FILE),
    SET(area, 3, flags, SEP_AREA_READ | SEP_AREA_WRITE),
    SET(area, 7, flags, SEP_AREA_READ | SEP_AREA_WRITE),
    SET(area, 4, flags, SEP_AREA_READ | SEP_AREA_WRITE),
    SET(area, 4, physical_start, HOST_RAM_START + 0x1000u),
    SET(area, 0, physical_start, 0x20000000),
    SET(area, 0, physical_start, HOST_RAM_START + HOST_RAM_SIZE - 0x1000u),
    // images
    SET(blob, 0, start, HOST_RAM_START), SET(blob, 0, start, BLOBS - 8u),
    SET(blob, 0, start, UINT64_MAX), SET(blob, 0, size, UINT64_MAX),
    SET(blob, 0, size, SYSTEM_HYPERVISOR_SIZE), SET(segment, 0, target, HOST_RAM_START),
    SET(segment, 0, target, SYSTEM_RAM_PHYSICAL - 8u),
    SET(segment, 0, target, SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_STRIDE),
    SET(segment, 0, target, SYSTEM_RAM_PHYSICAL + SYSTEM_RAM_SIZE - 0x1000u),
    SET(segment, 0, target, BLOBS), SET(segment, 0, target, SHARED_PHYSICAL),
    SET(segment, 0, target, UINT64_MAX), SET(segment, 0, source, HOST_RAM_START),
    SET(segment, 0, source, SYSTEM_RAM_PHYSICAL), SET(segment, 0, source, UINT64_MAX),
    SET(segment, 0, file_size, SYSTEM_IMAGE_SIZE + SYSTEM_IMAGE_BSS + 1u),
    SET(segment, 0, file_size, UINT64_MAX), SET(segment, 0, memory_size, SYSTEM_RAM_SIZE + 1u),
    SET(segment, 0, memory_size, UINT64_MAX), SET(segment, 0, memory_size, SYSTEM_IMAGE_SIZE - 1u),
    // devices
    SET(interrupt, 0, line, 0), SET(interrupt, 0, line, 62), SET(interrupt, 0, line, 64),
    SET(interrupt, 0, line, 0xffffffff), SET(interrupt, 1, line, 3),
    SET(interrupt, 0, irq, SEP_IRQ_DEVICE_FIRST - 1u), SET(interrupt, 0, irq, SEP_IRQ_COUNT),
    SET(interrupt, 0, vcpu, 1), SET(interrupt, 0, vcpu, 2), SET(reg, 0, width, 0),
    SET(reg, 0, width, 3), SET(reg, 0, width, 8), SET(reg, 0, width, 0xffffffff),
    SET(reg, 0, address, HOST_IO_START + 2u), SET(reg, 0, address, HOST_RAM_START),
    SET(reg, 0, address, SYSTEM_RAM_PHYSICAL), SET(reg, 0, address, HAL_BUILD_OWN_START + 16u),
    SET(area, 4, physical_start, HAL_BUILD_OWN_START), SET(reg, 0, address, 0xfee00ffc),
    SET(reg, 0, address, HAL_BUILD_LENT_START),
    SET(reg, 0, address, HOST_RAM_START + SYSTEM_HYPERVISOR_SIZE - 4u),
    // interrupts between partitions, actions
    SET(ipvi, 0, id, SEP_IPVI_COUNT), SET(ipvi, 0, id, 3), SET(ipvi_target, 0, irq, 0),
    SET(ipvi_target, 1, irq, SEP_IRQ_COUNT), SET(action, 0, action, SEP_ACTION_COUNT),
    SET(action, SEP_EVENT_UNEXPECTED_TRAP + 1, action, SEP_ACTION_PROPAGATE),
    SET(action, SEP_EVENT_INTEGRITY, action, SEP_ACTION_PROPAGATE),
    SET(action, 2 * SEP_EVENT_COUNT - 1, action, 0xffffffff),
    // channels: the first samples, the second queues; ports 0, 1, 2 are a's, 3 and 4 b's
    SET(channel, 0, message_size, 0), SET(channel, 0, message_size, SEP_MESSAGE_MAX + 1u),
    SET(channel, 0, message_size, 63), SET(channel, 0, depth, 1),
    SET(channel, 0, kind, SEP_PORT_QUEUING), SET(channel, 0, kind, SEP_PORT_KIND_COUNT),
    SET(channel, 0, receivers.count, 0), SET(channel, 1, kind, SEP_PORT_SAMPLING),
    SET(channel, 1, kind, SEP_PORT_KIND_COUNT), SET(channel, 1, depth, 0),
    SET(channel, 1, depth, SEP_QUEUE_MAX + 1u), SET(channel, 1, depth, 5),
    SET(channel, 1, receivers.count, 0), SET(channel, 1, sender, SEP_CFG_NONE),
    SET(channel, 1, receivers, (uint64_t)2 << 32), // all ends
    SET(port, 0, kind, SEP_PORT_QUEUING), SET(port, 0, message_size, 65), SET(port, 0, depth, 1),
    SET(port, 0, channel, 1), SET(port, 1, channel, 0), SET(port, 2, channel, 1),
    SET(port, 2, direction, SEP_PORT_DESTINATION + 1u), SET(port, 4, depth, 3),
    SET(partition, 0, ports.first, 1), SET(partition, 0, ports.count, 2),
    SET(partition, 1, ports.first, 2),
    // virtual devices, both of b's
    SET(vdevice, 0, kind, SEP_VDEVICE_COUNT), SET(vdevice, 1, kind, 0xffffffff),
    SET(vdevice, 0, size, 0), SET(vdevice, 0, size, 0x10), SET(vdevice, 0, size, 0x10800),
    SET(vdevice, 0, size, 0x11000), SET(vdevice, 0, size, (uint64_t)1 << 32),
    SET(vdevice, 0, start, EMULATED + 4u), SET(vdevice, 0, start, EMULATED + 0x1000u),
    SET(vdevice, 0, start, 0), SET(vdevice, 0, start, 0xffff1000),
    SET(vdevice, 0, start, SYSTEM_RAM), SET(vdevice, 1, start, SYSTEM_INFO),
    SET(vdevice, 1, start, 0x20001000), // shared memory
    SET(vdevice, 1, start, EMULATED + 0xf000u), SET(vdevice, 1, start, EMULATED - 0x7000u),
    SET(partition, 1, flags, SEP_PARTITION_BOOT),
    SET(partition, 0, vdevices,
        (uint64_t)1 << 32), // the first one, of a partition that is modified
};

/// Shows REQ-CFG-004, REQ-CFG-005, REQ-CFG-006, REQ-CFG-007, REQ-CFG-008, REQ-OS-001,
/// REQ-FAST-008
static void senseless_values(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < sizeof(senseless) / sizeof(senseless[0]); i++) {
        const struct senseless *s = &senseless[i];

        build();
        assert_true(s->index < image.header->sections[s->type].count);
        memcpy(record_at(s->type, s->index) + s->offset, &s->value, s->size);
        system_seal();
        expect_refused(s->what);
    }
}

/// Registers of the hypervisor's range that are lent: to a device's area, not to memory. Shows REQ-CFG-005
static void lent(void **state)
{
    (void)state;
    for (uint32_t memory = 0; memory < 2u; memory++) {
        struct sep_cfg_area *area;

        build();
        area = (struct sep_cfg_area *)record_at(SEP_CFG_TYPE_area, 4);
        area->physical_start = HAL_BUILD_LENT_START;
        if (memory == 0u) {
            system_seal();
            assert_int_equal(host_boot(), HOST_DONE);
        } else {
            area->flags &= ~(uint32_t)SEP_AREA_DEVICE;
            system_seal();
            expect_refused("memory");
        }
    }
}

// Partitions full of members of one pool, real-time ones or others.
static void build_members(uint32_t count, bool real_time)
{
    system_reset();
    (void)system_pool(MS);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t partition = i / SYSTEM_VCPUS;
        uint32_t vcpu = i % SYSTEM_VCPUS;

        if (vcpu == 0u) {
            (void)system_partition("a", SEP_PARTITION_BOOT);
        } else {
            (void)system_vcpu(partition, 0);
        }
        if (real_time) {
            (void)system_real_time(0, partition, vcpu, S, SEP_POOL_TIME_MIN, 0, 0);
        } else {
            system_best_effort(0, partition, vcpu);
        }
    }
    system_frame(0, S);
    system_pool_slot(0, 0, S, 0);
    system_build();
}

/// As many members as a pool may have, and one more. Shows REQ-CFG-004
static void members(void **state)
{
    static const uint32_t most[] = {SEP_POOL_BEST_EFFORT_MAX, SEP_POOL_REAL_TIME_MAX};

    (void)state;
    for (uint32_t i = 0; i < 2u; i++) {
        build_members(most[i], i == 1u);
        assert_int_equal(host_boot(), HOST_DONE);
        build_members(most[i] + 1u, i == 1u);
        expect_refused("members");
    }
}

/// The longest name, and one that is longer; a blob's is the path of a file. Shows REQ-CFG-007
static void names(void **state)
{
    static const uint32_t lengths[] = {SEP_NAME_MAX - 1, SEP_NAME_MAX, 3 * SEP_NAME_MAX};

    (void)state;
    for (uint32_t i = 0; i < 6u; i++) {
        char name[3 * SEP_NAME_MAX + 1] = {0};
        uint32_t from;

        build();
        from = image.header->size;
        memset(name, 'n', lengths[i % 3u]);
        memcpy((uint8_t *)image.header + from, name, sizeof(name));
        image.header->size += (sizeof(name) + 7u) / 8u * 8u;
        image.header->text_size = image.header->size - image.header->text_offset;
        if (i < 3u) {
            image.blob[0].name.offset = from - image.header->text_offset;
        } else {
            image.partition[1].name.offset = from - image.header->text_offset;
        }
        system_seal();
        if (i > 3u) {
            expect_refused("a long name");
        } else {
            assert_int_equal(host_boot(), HOST_DONE);
        }
    }
}

/// Too many processors, lines and partitions for the machine. Shows REQ-CFG-007, REQ-BOOT-009
static void too_many(void **state)
{
    (void)state;
    build();
    host.spaces_left = 1;
    expect_refused("spaces");
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    for (uint32_t i = 0; i < SYSTEM_LIST; i++) {
        system_line(0, i + 1u);
    }
    system_simple_plan(MS, MS);
    system_build();
    assert_int_equal(host_boot(), HOST_DONE);
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    system_simple_plan(MS, MS);
    system_processors(CONFIG_CPUS_MAX + 1u);
    host.cpu_count = CONFIG_CPUS_MAX + 1u;
    system_build();
    expect_refused("processors");
}

/// Packed images that begin in front of the arena, and cover it. Shows REQ-CFG-006
static void blobs_over_everything(void **state)
{
    const uint64_t starts[] = {HOST_RAM_START, HOST_BOOT_END, HOST_BOOT_END + 0x1000u};

    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        build();
        image.system->blobs_size += image.system->blobs_start - starts[i];
        image.system->blobs_start = starts[i];
        system_seal();
        expect_refused("blobs over the arena");
    }
}

/// Two processors whose plans differ, or of which one is missing, or whose frames do not begin together; a partition on
/// both; no partition at all. Shows REQ-CFG-007, REQ-CFG-004, REQ-SMP-008, REQ-SCHED-012, REQ-SCHED-014
static void processors_and_partitions(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 7; i++) {
        build();
        system_processors(2);
        system_vcpu_on(0, 0, 1);
        system_vcpu_on(0, 1, 1);
        if (i < 4u || i == 6u) {
            *system_plan_of(1) = (struct sep_cfg_plan){.id = 1};
        } else if (i == 4u) {
            system_plan_of(1)->flags = 0; // its frames wait
        } else {
            system_plan_of(1)->sync_timeout = 0;
            system_plan_of(1)->sync_line = 0; // it is immediate
        }
        system_build();
        if (i == 0u) {
            assert_int_equal(host_boot(), HOST_DONE);
        } else if (i == 1u) {
            image.plan[image.cpu[1].plans.first].major_frame++;
        } else if (i == 2u) {
            image.system->cpus = (sep_list_cpu){1, 1};
        } else if (i == 3u) {
            image.slot[image.plan[0].slots.first].vcpu.index = 0; // its vCPU is on processor 1
        } else if (i == 6u) {
            image.vcpu[3].cpu = 1; // and the partition's others are on the first one
        } else {
            // Other processors would not begin their frames then.
        }
        system_seal();
        if (i != 0u) {
            expect_refused("processors");
        }
    }
    system_reset();
    system_frame(0, MS);
    system_build();
    expect_refused("no partition");
}

/// Frames wait with a pool whose vCPUs are all best effort, and not with real-time ones. Shows REQ-SCHED-014
static void waiting_pools(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 2u; i++) {
        system_reset();
        (void)system_partition("a", SEP_PARTITION_BOOT);
        (void)system_pool(MS);
        if (i == 0u) {
            system_best_effort(0, 0, 0);
        } else {
            (void)system_real_time(0, 0, 0, 10 * MS, MS, 0, 0);
        }
        system_frame(0, 10 * MS);
        system_pool_slot(0, 0, 10 * MS, 0);
        system_plan_of(0)->sync_timeout = MS;
        system_plan_of(0)->sync_line = 10;
        system_build();
        if (i == 0u) {
            assert_int_equal(host_boot(), HOST_DONE);
        } else {
            expect_refused("real-time vCPUs in frames that wait");
        }
    }
}

/// The shortest slot, and one that is shorter; a gap may be. Shows REQ-CFG-004
static void short_slots(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 2u; i++) {
        system_reset();
        (void)system_partition("a", SEP_PARTITION_BOOT);
        system_frame(0, MS);
        system_slot(0, 1, SEP_SLOT_MIN - i, 0, 0);
        system_build();
        if (i == 0u) {
            assert_int_equal(host_boot(), HOST_DONE);
        } else {
            expect_refused("a short slot");
        }
    }
}

/// More partitions than this binary can run. Shows REQ-CFG-007
static void too_many_partitions(void **state)
{
    struct sep_cfg_section *section;
    uint32_t end;

    (void)state;
    build();
    section = &image.header->sections[SEP_CFG_TYPE_partition];
    end = image.header->size;
    section->count = HAL_BUILD_PARTITIONS_MAX + 1u;
    for (uint32_t i = 0; i < section->count; i++) {
        memcpy((uint8_t *)image.header + end + i * section->size, image.partition, section->size);
    }
    section->offset = end;
    image.header->size = end + section->count * section->size;
    image.system->partitions.count = section->count;
    image.system->arena_start += 0x4000;
    image.pool[1].fast.count = 0; // its owner is no more
    system_seal();
    expect_refused("partitions");
}

/// Nobody would ever run. Shows REQ-BOOT-005
static void nobody_starts(void **state)
{
    (void)state;
    system_reset();
    (void)system_partition("a", 0);
    system_simple_plan(MS, MS);
    system_build();
    expect_refused("no boot partition");
}

/// A partition without a declared stack; one with too many lines. Shows REQ-CFG-007
static void stacks_and_lines(void **state)
{
    (void)state;
    build();
    image.vcpu[0].stack_size = 0;
    image.vcpu[0].stack_base = 0;
    system_seal();
    assert_int_equal(host_boot(), HOST_DONE);
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT);
    (void)system_partition("b", SEP_PARTITION_BOOT);
    for (uint32_t i = 0; i < SYSTEM_LIST; i++) {
        system_line(0, i + 1u);
        system_line(1, i + 20u);
    }
    system_simple_plan(MS, MS / 2u);
    system_build();
    image.partition[0].interrupts.count++;
    system_seal();
    expect_refused("17 lines");
}

/// The arena one piece too small, at every size. Shows REQ-BOOT-004
static void arena(void **state)
{
    uint64_t right_size;

    (void)state;
    build();
    right_size = image.system->arena_size;
    for (uint64_t size = 4; size <= right_size + 64u; size += 4) {
        build();
        image.system->arena_size = size;
        system_seal();
        if (size != right_size) {
            expect_refused("arena");
        } else {
            assert_int_equal(host_boot(), HOST_DONE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right),
        cmocka_unit_test(header),
        cmocka_unit_test(damaged),
        cmocka_unit_test(sections),
        cmocka_unit_test(references),
        cmocka_unit_test(senseless_values),
        cmocka_unit_test(lent),
        cmocka_unit_test(members),
        cmocka_unit_test(names),
        cmocka_unit_test(short_slots),
        cmocka_unit_test(waiting_pools),
        cmocka_unit_test(too_many),
        cmocka_unit_test(blobs_over_everything),
        cmocka_unit_test(arena),
        cmocka_unit_test(processors_and_partitions),
        cmocka_unit_test(stacks_and_lines),
        cmocka_unit_test(too_many_partitions),
        cmocka_unit_test(nobody_starts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
