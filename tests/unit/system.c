// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Compiled configurations for tests, and talking to the system that runs them.

#include "system.h"

#include <stdio.h>
#include <string.h>

#include <hal/build_info.h>
#include <kernel/boot.h>
#include <kernel/console.h>
#include <kernel/sha256.h>
#include <septum/admission.h>
#include <septum/arena.h>

#include "../../services/ipc/channel.h"

struct plan {
    struct sep_cfg_plan record; ///< how its frames begin
    uint64_t frame;
    struct sep_cfg_slot slot[SYSTEM_SLOTS];
    uint32_t partition[SYSTEM_SLOTS]; ///< and its vCPU, in the slot's reference
    uint32_t slots;
};

static struct {
    struct sep_cfg_system record;
    struct sep_cfg_action action[SEP_EVENT_COUNT]; ///< on the hypervisor's own events
    struct system_partition partition[SYSTEM_PARTITIONS];
    uint32_t partitions;
    uint32_t cpus;
    struct plan plan[SYSTEM_PLANS]; ///< of all processors
    uint32_t plans;
    struct sep_cfg_channel channel[SYSTEM_CHANNELS];
    uint32_t receiver[SYSTEM_CHANNELS][SYSTEM_LIST]; ///< partition numbers
    uint32_t channels;
    struct sep_cfg_pool pool[SYSTEM_POOLS];
    uint32_t pools;
    uint64_t blob_next; ///< physical
    uint64_t start;     ///< ticks at which the hardware clock was 0
} sys;

struct system_image image;

#define BLOBS_START (HOST_RAM_START + 0x60000u)
#define GRANULE HAL_BUILD_GRANULE

// ---------------------------------------------------------------------------------- describing

static uint64_t blob_take(uint64_t size)
{
    uint64_t start = sys.blob_next;

    sys.blob_next += (size + GRANULE - 1u) / GRANULE * GRANULE;
    assert_true(sys.blob_next <= HOST_RAM_START + SYSTEM_HYPERVISOR_SIZE);
    return start;
}

static void hash_of(const void *data, uint32_t size, uint8_t *digest)
{
    struct sha256 hash;

    sha256_init(&hash);
    sha256_update(&hash, data, size);
    sha256_final(&hash, digest);
}

static uint64_t add_blob(struct system_partition *p, const void *data, uint32_t size,
                         enum sep_cfg_blob_kind kind)
{
    struct sep_cfg_blob *blob = &p->blob[p->blobs++];

    assert_true(p->blobs <= SYSTEM_LIST);
    blob->start = blob_take(size);
    blob->size = size;
    blob->kind = kind;
    hash_of(data, size, blob->sha256);
    memcpy(host_memory(blob->start, size), data, size);
    return blob->start;
}

void system_reset(void)
{
    host_reset();
    boot_record = (struct boot_record){0}; // memory at power-on
    memset(&sys, 0, sizeof(sys));
    sys.cpus = 1;
    sys.blob_next = BLOBS_START;
    sys.record.console_ring = 4096;
    sys.record.flags = SEP_CFG_SYSTEM_CONSOLE;
    sys.record.log_records = SEP_LOG_RECORDS_DEFAULT;
    for (uint32_t i = 0; i < SEP_EVENT_COUNT; i++) {
#define DEFAULT_ACTION(event, word, standard, log, allowed, own, own_allowed) [event] = (own),
        static const uint32_t standard[] = {SEP_EVENT_LIST(DEFAULT_ACTION)};
#undef DEFAULT_ACTION
        sys.action[i] = (struct sep_cfg_action){.action = standard[i], .log = SEP_LOG_YES};
    }
}

void system_log(uint32_t records)
{
    sys.record.log_records = records;
}

void system_own_action(enum sep_event event, enum sep_action action)
{
    sys.action[event].action = action;
}

void system_own_restarts(uint32_t restarts)
{
    sys.record.restarts = restarts;
}

void system_processors(uint32_t count)
{
    sys.cpus = count;
    host.cpu_count = count;
}

struct system_partition *system_of(uint32_t partition)
{
    assert_true(partition < sys.partitions);
    return &sys.partition[partition];
}

uint8_t system_image_byte(uint32_t partition, uint32_t n)
{
    return (uint8_t)(n * 7u + n / 256u + 31u * partition + 1u);
}

static void add_image(struct system_partition *p, uint32_t number)
{
    uint8_t bytes[SYSTEM_IMAGE_SIZE];

    for (uint32_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = system_image_byte(number, i);
    }
    p->segment[p->segments++] = (struct sep_cfg_segment){
        .target = SYSTEM_RAM_PHYSICAL + number * SYSTEM_RAM_STRIDE,
        .source = add_blob(p, bytes, sizeof(bytes), SEP_CFG_BLOB_IMAGE),
        .file_size = SYSTEM_IMAGE_SIZE,
        .memory_size = SYSTEM_IMAGE_SIZE + SYSTEM_IMAGE_BSS,
    };
}

uint32_t system_partition(const char *name, uint32_t flags)
{
    uint32_t number = sys.partitions++;
    struct system_partition *p = &sys.partition[number];
    struct sep_info info = {.magic = SEP_INFO_MAGIC,
                            .abi_revision = SEP_ABI_REVISION,
                            .size = sizeof(info),
                            .partition = number,
                            .flags = flags};

    assert_true(number < SYSTEM_PARTITIONS);
    p->name = name;
    p->record.entry = SYSTEM_RAM + 0x40u;
    p->record.start_argument = SYSTEM_INFO;
    p->record.flags = flags;
    p->vcpu_count = 1;
    system_area(number, SYSTEM_RAM, SYSTEM_RAM_PHYSICAL + number * SYSTEM_RAM_STRIDE,
                SYSTEM_RAM_SIZE, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE);
    add_image(p, number);
    system_area(number, SYSTEM_INFO, add_blob(p, &info, sizeof(info), SEP_CFG_BLOB_INFO), GRANULE,
                SEP_AREA_READ | SEP_AREA_INFO);
    for (uint32_t i = 0; i < SEP_EVENT_COUNT; i++) {
#define DEFAULT_ACTION(event, word, standard, ...) [event] = (standard),
        static const uint32_t standard[] = {SEP_EVENT_LIST(DEFAULT_ACTION)};
#undef DEFAULT_ACTION
        p->action[i] = (struct sep_cfg_action){.action = standard[i], .log = SEP_LOG_YES};
    }
    p->actions = SEP_EVENT_COUNT;
    return number;
}

uint32_t system_vcpu(uint32_t partition, uint32_t cpu)
{
    struct system_partition *p = system_of(partition);

    assert_true(p->vcpu_count < SYSTEM_VCPUS);
    p->vcpu_cpu[p->vcpu_count] = cpu;
    return p->vcpu_count++;
}

void system_vcpu_on(uint32_t partition, uint32_t vcpu, uint32_t cpu)
{
    system_of(partition)->vcpu_cpu[vcpu] = cpu;
}

void system_console(uint32_t partition, uint32_t ring)
{
    system_of(partition)->record.console_ring = ring;
}

void system_own_console(uint32_t ring)
{
    sys.record.console_ring = ring;
}

void system_trace(uint32_t partition, uint32_t mask, uint32_t records)
{
    system_of(partition)->record.trace_mask = mask;
    system_of(partition)->record.trace_records = records;
}

void system_own_trace(uint32_t mask, uint32_t records)
{
    sys.record.trace_mask = mask;
    sys.record.trace_records = records;
}

void system_area(uint32_t partition, uint64_t virtual_start, uint64_t physical, uint64_t size,
                 uint32_t flags)
{
    struct system_partition *p = system_of(partition);
    uint32_t at = p->areas++;

    assert_true(p->areas <= SYSTEM_LIST);
    for (; at != 0u && p->area[at - 1u].virtual_start > virtual_start; at--) {
        p->area[at] = p->area[at - 1u];
    }
    p->area[at] = (struct sep_cfg_area){
        .virtual_start = virtual_start, .physical_start = physical, .size = size, .flags = flags};
}

void system_line(uint32_t partition, uint32_t line)
{
    struct system_partition *p = system_of(partition);

    assert_true(p->interrupts < SYSTEM_LIST);
    p->interrupt[p->interrupts] =
        (struct sep_cfg_interrupt){.line = line, .irq = SEP_IRQ_DEVICE_FIRST + p->interrupts};
    p->interrupts++;
}

void system_fast_line(uint32_t partition, uint32_t line, enum sep_delivery delivery)
{
    struct system_partition *p = system_of(partition);

    system_line(partition, line);
    p->delivery[p->interrupts - 1u] = delivery;
}

void system_register(uint32_t partition, uint64_t address, uint32_t width, uint32_t read_mask,
                     uint32_t write_mask)
{
    struct system_partition *p = system_of(partition);

    assert_true(p->regs < SYSTEM_LIST);
    p->reg[p->regs++] = (struct sep_cfg_reg){
        .address = address, .width = width, .read_mask = read_mask, .write_mask = write_mask};
}

void system_action(uint32_t partition, enum sep_event event, enum sep_action action)
{
    system_of(partition)->action[event].action = action;
}

void system_restarts(uint32_t partition, uint32_t restarts, uint64_t within)
{
    system_of(partition)->record.restarts = restarts;
    system_of(partition)->record.restart_time = within;
}

void system_ipvi(uint32_t partition, uint32_t id, uint32_t destinations)
{
    struct system_partition *p = system_of(partition);
    struct sep_cfg_ipvi *ipvi = &p->ipvi[p->ipvis];

    ipvi->id = id;
    for (uint32_t i = 0; i < SYSTEM_PARTITIONS; i++) {
        if ((destinations >> i & 1u) != 0u) {
            p->ipvi_target[p->ipvis][ipvi->targets.count++] = i;
        }
    }
    p->ipvis++;
}

void system_vdevice(uint32_t partition, enum sep_vdevice kind, uint64_t start, uint64_t size)
{
    struct system_partition *p = system_of(partition);

    assert_true(p->vdevices < SYSTEM_LIST);
    p->vdevice[p->vdevices++] =
        (struct sep_cfg_vdevice){.start = start, .size = size, .kind = kind};
}

uint32_t system_channel(uint32_t message_size, uint32_t depth, uint64_t max_age)
{
    assert_true(sys.channels < SYSTEM_CHANNELS);
    sys.channel[sys.channels] = (struct sep_cfg_channel){
        .max_age = max_age,
        .kind = depth == 0u ? SEP_PORT_SAMPLING : SEP_PORT_QUEUING,
        .message_size = message_size,
        .depth = depth,
        .sender = {SEP_CFG_NONE},
    };
    return sys.channels++;
}

uint32_t system_port_alone(uint32_t partition, const char *name, enum sep_port_direction direction,
                           uint32_t message_size, uint32_t depth)
{
    struct system_partition *p = system_of(partition);

    assert_true(p->ports < SYSTEM_LIST);
    p->port_name[p->ports] = name;
    p->port[p->ports] = (struct sep_cfg_port){
        .channel = {SEP_CFG_NONE},
        .kind = depth == 0u ? SEP_PORT_SAMPLING : SEP_PORT_QUEUING,
        .direction = direction,
        .message_size = message_size,
        .depth = depth,
    };
    return p->ports++;
}

uint32_t system_port(uint32_t partition, const char *name, enum sep_port_direction direction,
                     uint32_t channel)
{
    struct sep_cfg_channel *c = &sys.channel[channel];
    uint32_t id = system_port_alone(partition, name, direction, c->message_size, c->depth);

    system_of(partition)->port[id].channel.index = channel;
    if (direction == SEP_PORT_DESTINATION) {
        sys.receiver[channel][c->receivers.count++] = partition;
    } else if (c->kind == SEP_PORT_QUEUING) {
        c->sender.index = partition; // its vCPU 0, when vCPUs have numbers
    }
    return id;
}

uint64_t system_file(uint32_t partition, const char *name, uint64_t virtual_start, const void *data,
                     uint32_t size)
{
    uint64_t start = add_blob(system_of(partition), data, size, SEP_CFG_BLOB_FILE);

    (void)name;
    system_area(partition, virtual_start, start, (size + GRANULE - 1u) / GRANULE * GRANULE,
                SEP_AREA_READ | SEP_AREA_FILE);
    return start;
}

void system_frame(uint32_t plan, uint64_t ns)
{
    assert_true(plan < SYSTEM_PLANS);
    sys.plan[plan].frame = ns;
    if (sys.plans <= plan) {
        sys.plans = plan + 1u;
    }
}

struct sep_cfg_plan *system_plan_of(uint32_t plan)
{
    return &sys.plan[plan].record;
}

void system_slot(uint32_t plan, uint64_t start, uint64_t duration, uint32_t partition,
                 uint32_t vcpu)
{
    struct plan *p = &sys.plan[plan];

    assert_true(p->slots < SYSTEM_SLOTS);
    p->partition[p->slots] = partition;
    p->slot[p->slots] = (struct sep_cfg_slot){start, duration, {vcpu}, p->slots, {SEP_CFG_NONE}, 0};
    p->slots++;
}

uint32_t system_pool(uint64_t quantum)
{
    assert_true(sys.pools < SYSTEM_POOLS);
    sys.pool[sys.pools] = (struct sep_cfg_pool){.quantum = quantum};
    return sys.pools++;
}

struct sep_cfg_pool *system_pool_of(uint32_t pool)
{
    return &sys.pool[pool];
}

void system_preemption(uint32_t pool, uint32_t percent, uint64_t window)
{
    sys.pool[pool].preemption = sep_admission_share(percent);
    sys.pool[pool].preemption_window = window;
}

void system_best_effort(uint32_t pool, uint32_t partition, uint32_t vcpu)
{
    system_of(partition)->pooled[vcpu] = true;
    system_of(partition)->vcpu[vcpu].pool.index = pool;
}

struct sep_cfg_vcpu *system_real_time(uint32_t pool, uint32_t partition, uint32_t vcpu,
                                      uint64_t period, uint64_t capacity, uint64_t deadline,
                                      uint64_t offset)
{
    struct sep_cfg_vcpu *record = &system_of(partition)->vcpu[vcpu];

    system_best_effort(pool, partition, vcpu);
    record->period = period;
    record->capacity = capacity;
    record->deadline = deadline != 0u ? deadline : period;
    record->offset = offset;
    record->flags = SEP_CFG_VCPU_STARTED;
    return record;
}

void system_pool_slot(uint32_t plan, uint64_t start, uint64_t duration, uint32_t pool)
{
    struct plan *p = &sys.plan[plan];

    assert_true(p->slots < SYSTEM_SLOTS);
    p->slot[p->slots] = (struct sep_cfg_slot){.start = start,
                                              .duration = duration,
                                              .vcpu = {SEP_CFG_NONE},
                                              .id = p->slots,
                                              .pool = {pool}};
    p->slots++;
}

void system_simple_plan(uint64_t frame, uint64_t slot)
{
    system_frame(0, frame);
    for (uint32_t i = 0; i < sys.partitions; i++) {
        system_slot(0, i * slot, slot, i, 0);
    }
}

// ------------------------------------------------------------------------------------ building

static uint32_t first_vcpu(uint32_t partition)
{
    uint32_t first = 0;

    for (uint32_t i = 0; i < partition; i++) {
        first += sys.partition[i].vcpu_count;
    }
    return first;
}

// The file is laid out in two passes over the same code: the first counts, the second writes.
static struct {
    bool write;
    uint32_t count[SEP_CFG_TYPE_COUNT];
    uint32_t text;
} out;

static const uint32_t record_size[SEP_CFG_TYPE_COUNT] = {
#define RECORD_SIZE(type) sizeof(struct sep_cfg_##type),
    SEP_CFG_RECORD_LIST(RECORD_SIZE)
#undef RECORD_SIZE
};

static uint8_t *section_of(uint32_t type)
{
    return (uint8_t *)image.header + image.header->sections[type].offset;
}

static void emit(uint32_t type, const void *records, uint32_t count)
{
    if (out.write && count != 0u) {
        memcpy(section_of(type) + out.count[type] * record_size[type], records,
               count * record_size[type]);
    }
    out.count[type] += count;
}
#define EMIT(type, records, count) emit(SEP_CFG_TYPE_##type, records, count)
#define LIST_HERE(type, n) {.first = out.count[SEP_CFG_TYPE_##type], .count = (n)}

static sep_text_t emit_text(const char *text)
{
    sep_text_t at = {out.text};
    uint32_t size = (uint32_t)strlen(text) + 1u;

    if (out.write) {
        memcpy(image.text + out.text, text, size);
    }
    out.text += size;
    return at;
}

static void emit_vcpus(const struct system_partition *p, uint32_t number)
{
    for (uint32_t i = 0; i < p->vcpu_count; i++) {
        struct sep_cfg_vcpu vcpu = p->vcpu[i];

        vcpu.stack_base = SYSTEM_RAM + SYSTEM_RAM_SIZE - (i % 4u + 1u) * SYSTEM_STACK_SIZE;
        vcpu.stack_size = SYSTEM_STACK_SIZE;
        vcpu.partition.index = number;
        vcpu.id = i;
        vcpu.cpu = p->vcpu_cpu[i];
        vcpu.pool.index = p->pooled[i] ? vcpu.pool.index : SEP_CFG_NONE;
        EMIT(vcpu, &vcpu, 1);
    }
}

static void emit_ipvis(struct system_partition *p)
{
    for (uint32_t i = 0; i < p->ipvis; i++) {
        struct sep_cfg_ipvi ipvi = p->ipvi[i];

        ipvi.targets.first = out.count[SEP_CFG_TYPE_ipvi_target];
        for (uint32_t n = 0; n < ipvi.targets.count; n++) {
            struct sep_cfg_ipvi_target target = {
                .vcpu = {first_vcpu(p->ipvi_target[i][n])},
                .irq = SEP_IRQ_IPVI_FIRST + ipvi.id,
            };

            EMIT(ipvi_target, &target, 1);
        }
        EMIT(ipvi, &ipvi, 1);
    }
}

static void emit_ports(const struct system_partition *p)
{
    for (uint32_t i = 0; i < p->ports; i++) {
        struct sep_cfg_port port = p->port[i];

        port.name = emit_text(p->port_name[i]);
        EMIT(port, &port, 1);
    }
}

static void emit_channel(uint32_t number)
{
    struct sep_cfg_channel channel = sys.channel[number];

    if (channel.sender.index != SEP_CFG_NONE) {
        channel.sender.index = first_vcpu(channel.sender.index);
    }
    channel.receivers.first = out.count[SEP_CFG_TYPE_channel_end];
    for (uint32_t i = 0; i < channel.receivers.count; i++) {
        struct sep_cfg_channel_end end = {.vcpu = {first_vcpu(sys.receiver[number][i])}};

        EMIT(channel_end, &end, 1);
    }
    EMIT(channel, &channel, 1);
}

static void emit_partition(uint32_t number)
{
    struct system_partition *p = &sys.partition[number];
    struct sep_cfg_partition record = p->record;

    record.id = number;
    record.name = emit_text(p->name);
    record.vcpus = (sep_list_vcpu)LIST_HERE(vcpu, p->vcpu_count);
    record.areas = (sep_list_area)LIST_HERE(area, p->areas);
    record.segments = (sep_list_segment)LIST_HERE(segment, p->segments);
    record.blobs = (sep_list_blob)LIST_HERE(blob, p->blobs);
    record.interrupts = (sep_list_interrupt)LIST_HERE(interrupt, p->interrupts);
    record.registers = (sep_list_reg)LIST_HERE(reg, p->regs);
    record.actions = (sep_list_action)LIST_HERE(action, p->actions);
    record.ipvis = (sep_list_ipvi)LIST_HERE(ipvi, p->ipvis);
    record.ports = (sep_list_port)LIST_HERE(port, p->ports);
    record.vdevices = (sep_list_vdevice)LIST_HERE(vdevice, p->vdevices);
    for (uint32_t i = 0; i < p->interrupts; i++) {
        p->interrupt[i].vcpu.index = first_vcpu(number);
    }
    EMIT(partition, &record, 1);
    emit_vcpus(p, number);
    EMIT(area, p->area, p->areas);
    EMIT(segment, p->segment, p->segments);
    EMIT(blob, p->blob, p->blobs);
    EMIT(interrupt, p->interrupt, p->interrupts);
    EMIT(reg, p->reg, p->regs);
    EMIT(action, p->action, p->actions);
    emit_ipvis(p);
    emit_ports(p);
    EMIT(vdevice, p->vdevice, p->vdevices);
}

static void emit_slot(struct sep_cfg_plan *record, struct sep_cfg_slot slot)
{
    EMIT(slot, &slot, 1);
    record->slots.count++;
}

// What is left up to `until` is a gap.
static void emit_gap(struct sep_cfg_plan *record, uint64_t from, uint64_t until, uint32_t id)
{
    if (from < until) {
        emit_slot(record,
                  (struct sep_cfg_slot){from, until - from, {SEP_CFG_NONE}, id, {SEP_CFG_NONE}, 0});
    }
}

static void emit_slots(const struct plan *plan, uint32_t cpu, struct sep_cfg_plan *record)
{
    uint64_t end = 0;
    uint32_t id = 0;

    record->slots.first = out.count[SEP_CFG_TYPE_slot];
    record->slots.count = 0;
    for (uint32_t i = 0; i < plan->slots; i++) {
        struct sep_cfg_slot slot = plan->slot[i];
        uint32_t vcpu = slot.vcpu.index;
        bool pooled = vcpu == SEP_CFG_NONE;

        if ((pooled ? sys.pool[slot.pool.index].cpu
                    : sys.partition[plan->partition[i]].vcpu_cpu[vcpu]) == cpu) {
            emit_gap(record, end, slot.start, id);
            slot.vcpu.index = pooled ? vcpu : first_vcpu(plan->partition[i]) + vcpu;
            emit_slot(record, slot);
            end = slot.start + slot.duration;
            id = slot.id;
        }
    }
    emit_gap(record, end, record->major_frame, id);
}

static void emit_cpu(uint32_t number)
{
    struct sep_cfg_cpu cpu = {.id = number, .plans = LIST_HERE(plan, sys.plans)};

    EMIT(cpu, &cpu, 1);
    for (uint32_t i = 0; i < sys.plans; i++) {
        struct sep_cfg_plan plan = sys.plan[i].record;

        plan.major_frame = sys.plan[i].frame;
        plan.id = i;

        plan.name = emit_text("plan");
        emit_slots(&sys.plan[i], number, &plan);
        EMIT(plan, &plan, 1);
    }
}

static uint32_t emit_members(uint32_t pool, bool real_time)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < sys.partitions; i++) {
        const struct system_partition *p = &sys.partition[i];

        for (uint32_t v = 0; v < p->vcpu_count; v++) {
            struct sep_cfg_member member = {.vcpu = {first_vcpu(i) + v}};

            if (p->pooled[v] && p->vcpu[v].pool.index == pool &&
                (p->vcpu[v].period != 0u) == real_time) {
                EMIT(member, &member, 1);
                count++;
            }
        }
    }
    return count;
}

// Interrupts come in the partitions' order, as their records do.
static uint32_t emit_fast(uint32_t pool)
{
    uint32_t interrupt = 0;
    uint32_t count = 0;

    for (uint32_t i = 0; i < sys.partitions; i++) {
        const struct system_partition *p = &sys.partition[i];

        for (uint32_t n = 0; n < p->interrupts; n++) {
            struct sep_cfg_fast fast = {.interrupt = {interrupt}, .delivery = p->delivery[n]};

            if (p->delivery[n] != 0u && p->pooled[0] && p->vcpu[0].pool.index == pool) {
                EMIT(fast, &fast, 1);
                count++;
            }
            interrupt++;
        }
    }
    return count;
}

static void emit_pool(uint32_t number)
{
    struct sep_cfg_pool *pool = &sys.pool[number];

    pool->name = emit_text("pool");
    pool->members.first = out.count[SEP_CFG_TYPE_member];
    pool->real_time = emit_members(number, true);
    pool->members.count = pool->real_time + emit_members(number, false);
    pool->fast.first = out.count[SEP_CFG_TYPE_fast];
    pool->fast.count = emit_fast(number);
    EMIT(pool, pool, 1);
}

// The hypervisor's own actions come behind those of all partitions.
static uint32_t partition_actions(void)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < sys.partitions; i++) {
        count += sys.partition[i].actions;
    }
    return count;
}

static void emit_all(bool write)
{
    struct sep_cfg_system system = sys.record;

    memset(&out, 0, sizeof(out));
    out.write = write;
    (void)emit_text("");
    system.name = emit_text("test");
    system.board = emit_text("sim");
    system.cpus = (sep_list_cpu){0, sys.cpus};
    system.partitions = (sep_list_partition){0, sys.partitions};
    system.vcpus = (sep_list_vcpu){0, first_vcpu(sys.partitions)};
    system.plan_count = sys.plans;
    system.actions = (sep_list_action){partition_actions(), SEP_EVENT_COUNT};
    EMIT(system, &system, 1);
    for (uint32_t i = 0; i < sys.cpus; i++) {
        emit_cpu(i);
    }
    for (uint32_t i = 0; i < sys.pools; i++) {
        emit_pool(i);
    }
    for (uint32_t i = 0; i < sys.partitions; i++) {
        emit_partition(i);
    }
    EMIT(action, sys.action, SEP_EVENT_COUNT);
    for (uint32_t i = 0; i < sys.channels; i++) {
        emit_channel(i);
    }
}

static uint64_t round8(uint64_t size)
{
    return (size + 7u) / 8u * 8u;
}

/// Bytes of run-time state, by the formula of septum/arena.h.
static uint64_t arena_size(void)
{
    struct sep_arena_need need = {0};

    for (uint32_t i = 0; i < sys.partitions; i++) {
        const struct system_partition *p = &sys.partition[i];
        struct sep_table_count count = {0};

        for (uint32_t a = 0; a < p->areas; a++) {
            sep_table_count_area(&hal_space_levels, &count, p->area[a].virtual_start,
                                 p->area[a].physical_start, p->area[a].size);
        }
        need.tables += hal_space_levels.level[0].bytes;
        for (uint32_t l = 1; l < hal_space_levels.levels; l++) {
            need.tables += (uint64_t)count.tables[l] * hal_space_levels.level[l].bytes;
        }
        need.traces += sep_arena_trace(p->record.trace_records);
        if (p->record.console_ring != 0u) {
            need.consoles += sep_arena_round(sizeof(struct console)) + p->record.console_ring;
        }
    }
    need.consoles += sep_arena_round(sizeof(struct console)) + sys.record.console_ring;
    need.traces += sep_arena_trace(sys.record.trace_records);
    need.partitions = sys.partitions * sep_arena_round(sizeof(struct partition));
    for (uint32_t i = 0; i < sys.channels; i++) {
        need.channels +=
            sizeof(struct channel) +
            sep_arena_channel_buffers(sys.channel[i].message_size, sys.channel[i].depth);
    }
    need.vcpus = first_vcpu(sys.partitions) * sep_arena_round(sizeof(struct vcpu));
    for (uint32_t i = 0; i < sys.pools; i++) {
        need.pools += sep_arena_pool(sizeof(struct pool), sizeof(struct pool_task),
                                     sizeof(sep_word_t), sys.pool[i].real_time);
    }
    need.logs = sep_arena_log(sizeof(struct sep_hm_record), sys.record.log_records);
    return sep_arena_total(&need);
}

static void layout(void)
{
    uint32_t at = sizeof(struct sep_cfg_header);

    *image.header = (struct sep_cfg_header){.magic = SEP_CFG_MAGIC,
                                            .abi_revision = SEP_ABI_REVISION,
                                            .arch = SEP_ARCH_HOST,
                                            .section_count = SEP_CFG_TYPE_COUNT};
    for (uint32_t i = 0; i < SEP_CFG_TYPE_COUNT; i++) {
        image.header->sections[i] =
            (struct sep_cfg_section){.offset = at, .count = out.count[i], .size = record_size[i]};
        at += out.count[i] * record_size[i];
    }
    image.header->text_offset = at;
    image.header->text_size = out.text;
    image.header->size = (uint32_t)round8(at + out.text);
    image.text = (char *)image.header + at;
#define SECTION_POINTER(type)                                                                      \
    image.type = (struct sep_cfg_##type *)(void *)section_of(SEP_CFG_TYPE_##type);
    SEP_CFG_RECORD_LIST(SECTION_POINTER)
#undef SECTION_POINTER
}

void system_build(void)
{
    uint64_t config_end;

    image.header = (struct sep_cfg_header *)(void *)host_memory(HOST_BOOT_END, 0);
    emit_all(false);
    layout();
    config_end = HOST_BOOT_END + image.header->size;
    sys.record.hypervisor_start = HOST_RAM_START;
    sys.record.hypervisor_size = SYSTEM_HYPERVISOR_SIZE;
    sys.record.arena_start = (config_end + GRANULE - 1u) / GRANULE * GRANULE;
    sys.record.arena_size = arena_size();
    sys.record.blobs_start = BLOBS_START;
    sys.record.blobs_size = sys.blob_next - BLOBS_START;
    assert_true(sys.record.arena_start + sys.record.arena_size <= BLOBS_START);
    emit_all(true);
    system_seal();
}

void system_seal(void)
{
    struct sep_cfg_header *h = image.header;
    struct sha256 hash;

    sha256_init(&hash);
    sha256_update(&hash, h, offsetof(struct sep_cfg_header, sha256));
    sha256_update(&hash, &h->section_count,
                  h->size - (uint32_t)offsetof(struct sep_cfg_header, section_count));
    sha256_final(&hash, h->sha256);
}

// ------------------------------------------------------------------------------------- running

static void expect_done(enum host_end end)
{
    if (end != HOST_DONE) {
        fail_msg("the system ended (%d, status %u):\n%s", (int)end, host.stop_status, host.console);
    }
    assert_int_equal(host.count.cache_conflicts, 0); // hal_cache_forget() was not missed
}

void system_boot(void)
{
    system_build();
    expect_done(host_boot());
    sys.start = host.ticks;
    run(100); // the first timer interrupt: a slot that begins at 0 has begun
}

void run(uint64_t ns)
{
    expect_done(host_run(ns));
}

void run_until(uint64_t ns)
{
    expect_done(host_run_until(sys.start + host_ticks(ns)));
}

uint64_t now(void)
{
    return host_ns(host.ticks - sys.start);
}

struct vcpu *running(void)
{
    struct hal_context *context = host_running();

    return context == NULL
               ? NULL
               : (struct vcpu *)(void *)((char *)context - offsetof(struct vcpu, context));
}

int running_id(void)
{
    const struct vcpu *vcpu = running();

    return vcpu == NULL ? -1 : (int)(vcpu->partition->config->id * 16u + vcpu->config->id);
}

sep_status_t call_words(sep_word_t number, sep_word_t a0, sep_word_t a1, sep_word_t a2,
                        sep_word_t a3, sep_word_t a4)
{
    const sep_word_t words[5] = {a0, a1, a2, a3, a4};

    assert_non_null(host_running());
    expect_done(host_hypercall(number, words));
    return host_status();
}

enum host_end call_end(sep_word_t number, sep_word_t a0, sep_word_t a1)
{
    const sep_word_t words[5] = {a0, a1, 0, 0, 0};

    assert_non_null(host_running());
    return host_hypercall(number, words);
}

void guest_get(uint32_t partition, uintptr_t address, void *to, uint32_t size)
{
    assert_true(host_space_read(&partitions[partition].space, address, to, size));
}

void guest_put(uint32_t partition, uintptr_t address, const void *from, uint32_t size)
{
    assert_true(host_space_write(&partitions[partition].space, address, from, size));
}

uint32_t guest_word(uint32_t partition, uintptr_t address)
{
    uint32_t value;

    guest_get(partition, address, &value, sizeof(value));
    return value;
}

void guest_put_word(uint32_t partition, uintptr_t address, uint32_t value)
{
    guest_put(partition, address, &value, sizeof(value));
}

uint64_t guest_word64(uint32_t partition, uintptr_t address)
{
    uint64_t value;

    guest_get(partition, address, &value, sizeof(value));
    return value;
}

static uint32_t running_partition(void)
{
    return running()->partition->config->id;
}

#define ASK(type, number, ...)                                                                     \
    struct type status;                                                                            \
    uint32_t me = running_partition();                                                             \
    assert_int_equal(call(number, __VA_ARGS__), SEP_OK);                                           \
    guest_get(me, SYSTEM_DATA + 0x1000u, &status, sizeof(status));                                 \
    return status

struct sep_partition_status partition_status(sep_word_t partition)
{
    ASK(sep_partition_status, SEP_HC_partition_status, partition, SYSTEM_DATA + 0x1000u);
}

struct sep_vcpu_status vcpu_status(uint32_t vcpu)
{
    ASK(sep_vcpu_status, SEP_HC_vcpu_status, vcpu, SYSTEM_DATA + 0x1000u);
}

struct sep_irq_status irq_status(void)
{
    ASK(sep_irq_status, SEP_HC_irq_status, SYSTEM_DATA + 0x1000u);
}

struct sep_plan_status plan_status(void)
{
    ASK(sep_plan_status, SEP_HC_plan_status, SYSTEM_DATA + 0x1000u);
}

void take_interrupts(uint32_t bits)
{
    assert_int_equal(call(SEP_HC_trap_table_set, SYSTEM_RAM + 0x1000u), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_unmask, bits), SEP_OK);
    assert_int_equal(call(SEP_HC_irq_enable), SEP_OK);
}

void assert_console(const char *text)
{
    if (strstr(host.console, text) == NULL) {
        fail_msg("the console does not say '%s' but:\n%s", text, host.console);
    }
}

enum host_end fault(enum sep_event event)
{
    struct hal_fault what = {.event = event,
                             .code = 9,
                             .detail = 0x326,
                             .granule = 4,
                             .pc = 0x10000040,
                             .address = 0x20000000};

    return host_fault(&what);
}
