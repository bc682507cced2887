// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loading a partition in short steps.

#include <hal/cache.h>
#include <hal/phys.h>
#include <kernel/events.h>
#include <kernel/partition.h>

static void enter_phase(struct load *load, enum load_phase phase)
{
    load->phase = phase;
    load->index = 0;
    load->offset = 0;
    sha256_init(&load->hash);
}

static void next_index(struct load *load)
{
    load->index++;
    load->offset = 0;
    sha256_init(&load->hash);
}

void load_begin(struct partition *partition)
{
    enter_phase(&partition->load, LOAD_CLEAR);
    partition->load.complete = false;
    // What the partition wrote before must not reach memory after the new image does.
    hal_cache_forget(&partition->space);
}

static uint32_t step_size(uint64_t done, uint64_t all, uint32_t limit)
{
    uint64_t left = all - done;

    return left < limit ? (uint32_t)left : limit;
}

// Clears up to one step of [start + load->offset, start + size) and counts it.
static void clear_step(struct partition *partition, uint64_t start, uint64_t size)
{
    struct load *load = &partition->load;
    uint32_t bytes = step_size(load->offset, size, LOAD_STEP_COPY);
    hal_phys_t target = hal_phys(start + load->offset);

    hal_phys_clear(target, bytes);
    hal_cache_written(&partition->space, target, bytes);
    load->offset += bytes;
}

// Private memory that the partition can write is cleared; the rest has no state of its own.
static void step_clear(struct partition *partition)
{
    const uint32_t kinds = SEP_AREA_WRITE | SEP_AREA_SHARED | SEP_AREA_DEVICE;
    struct load *load = &partition->load;
    const sep_list_area *list = &partition->config->areas;
    const struct sep_cfg_area *area;

    if (load->index == list->count) {
        enter_phase(load, LOAD_VERIFY);
        return;
    }
    area = &config.area[list->first + load->index];
    if ((area->flags & kinds) != SEP_AREA_WRITE || load->offset == area->size) {
        next_index(load);
        return;
    }
    clear_step(partition, area->physical_start, area->size);
}

static bool same(const uint8_t *a, const uint8_t *b)
{
    uint32_t difference = 0;

    for (uint32_t i = 0; i < SHA256_BYTES; i++) {
        difference |= (uint32_t)(a[i] ^ b[i]);
    }
    return difference == 0u;
}

// Hash and record differ: the partition must not start. Unless the action suspends it or loads it
// anew, it is halted; resuming a suspended one finds nothing that could run.
static void damaged(struct partition *partition, uint32_t blob)
{
    enter_phase(&partition->load, LOAD_DONE);
    partition_halt_vcpus(partition);
    event_raise_plain(&partition->vcpus[0], SEP_EVENT_INTEGRITY, blob);
    if (partition->load.phase == LOAD_DONE && partition->state == SEP_STATE_READY) {
        (void)partition_halt(partition);
    }
}

static void step_verify(struct partition *partition)
{
    struct load *load = &partition->load;
    const sep_list_blob *list = &partition->config->blobs;
    const struct sep_cfg_blob *blob;
    uint8_t digest[SHA256_BYTES];
    uint32_t bytes;

    if (load->index == list->count) {
        enter_phase(load, LOAD_COPY);
        return;
    }
    blob = &config.blob[list->first + load->index];
    bytes = step_size(load->offset, blob->size, LOAD_STEP_HASH);
    if (bytes != 0u) {
        uint8_t buffer[LOAD_STEP_HASH];

        hal_phys_read(buffer, hal_phys(blob->start + load->offset), bytes);
        sha256_update(&load->hash, buffer, bytes);
        load->offset += bytes;
        return;
    }
    sha256_final(&load->hash, digest);
    if (same(digest, blob->sha256)) {
        next_index(load);
    } else {
        damaged(partition, load->index);
    }
}

static void copy_step(struct partition *partition, const struct sep_cfg_segment *segment)
{
    struct load *load = &partition->load;
    uint32_t bytes = step_size(load->offset, segment->file_size, LOAD_STEP_COPY);
    hal_phys_t target = hal_phys(segment->target + load->offset);

    hal_phys_copy(target, hal_phys(segment->source + load->offset), bytes);
    hal_cache_written(&partition->space, target, bytes);
    load->offset += bytes;
}

static void step_copy(struct partition *partition)
{
    struct load *load = &partition->load;
    const sep_list_segment *list = &partition->config->segments;
    const struct sep_cfg_segment *segment;

    if (load->index == list->count) {
        enter_phase(load, LOAD_DONE);
        load->complete = true;
        partition_loaded(partition);
        return;
    }
    segment = &config.segment[list->first + load->index];
    if (load->offset < segment->file_size) {
        copy_step(partition, segment);
    } else if (load->offset < segment->memory_size) {
        clear_step(partition, segment->target, segment->memory_size);
    } else {
        next_index(load);
    }
}

void load_step(struct partition *partition)
{
    if (partition->load.phase == LOAD_CLEAR) {
        step_clear(partition);
    } else if (partition->load.phase == LOAD_VERIFY) {
        step_verify(partition);
    } else {
        step_copy(partition);
    }
}
