// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loading a partition in short steps.

#include <hal/cache.h>
#include <hal/phys.h>
#include <kernel/events.h>
#include <kernel/partition.h>

// Goes on with the first step of an area, a blob or a segment.
static void go_to(struct load *load, enum load_phase phase, uint32_t index)
{
    shared_write(&load->phase, (uint32_t)phase);
    load->index = index;
    load->offset = 0;
    sha256_init(&load->hash);
}

static void next_index(struct load *load)
{
    go_to(load, load->phase, load->index + 1u);
}

void load_begin(struct partition *partition)
{
    go_to(&partition->load, LOAD_CLEAR, 0);
    shared_write(&partition->load.complete, false);
    // What the partition wrote before must not reach memory after the new image does.
    hal_cache_forget(&partition->space);
}

static uint32_t step_size(const struct load *load, uintptr_t size, uint32_t limit)
{
    uintptr_t left = size - load->offset;

    return left < limit ? (uint32_t)left : limit;
}

// One step of [start + load->offset, start + size): copied from source, or cleared if that is NULL.
static void fill_step(struct partition *partition, uintptr_t start, uintptr_t size,
                      const uint64_t *source)
{
    struct load *load = &partition->load;
    uint32_t bytes = step_size(load, size, LOAD_STEP_COPY);
    hal_phys_t target = hal_phys(start + load->offset);

    if (source != NULL) {
        hal_phys_copy(target, hal_phys((uintptr_t)*source + load->offset), bytes);
    } else {
        hal_phys_clear(target, bytes);
    }
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
        go_to(load, LOAD_VERIFY, 0);
        return;
    }
    area = &config.area[list->first + load->index];
    if ((area->flags & kinds) != SEP_AREA_WRITE || load->offset == (uintptr_t)area->size) {
        next_index(load);
        return;
    }
    fill_step(partition, (uintptr_t)area->physical_start, (uintptr_t)area->size, NULL);
}

// Hash and record differ: the partition must not start. Unless the action suspends it, it is halted;
// resuming a suspended one finds nothing that could run.
static void damaged(struct partition *partition, uint32_t blob)
{
    go_to(&partition->load, LOAD_DONE, 0);
    partition_halt_vcpus(partition);
    event_raise_plain(&partition->vcpus[0], SEP_EVENT_INTEGRITY, blob);
    if (partition->state == SEP_STATE_READY) {
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
        go_to(load, LOAD_COPY, 0);
        return;
    }
    if (sha256_work(&load->hash)) {
        return;
    }
    blob = &config.blob[list->first + load->index];
    bytes = step_size(load, (uintptr_t)blob->size, LOAD_STEP_HASH);
    if (bytes != 0u) {
        uint8_t buffer[LOAD_STEP_HASH];

        hal_phys_read(buffer, hal_phys((uintptr_t)blob->start + load->offset), bytes);
        sha256_update(&load->hash, buffer, bytes);
        load->offset += bytes;
        return;
    }
    if (!sha256_finish(&load->hash)) {
        return;
    }
    sha256_digest(&load->hash, digest);
    if (__builtin_memcmp(digest, blob->sha256, SHA256_BYTES) == 0) {
        next_index(load);
    } else {
        damaged(partition, load->index);
    }
}

static void step_copy(struct partition *partition)
{
    struct load *load = &partition->load;
    const sep_list_segment *list = &partition->config->segments;
    const struct sep_cfg_segment *segment;

    if (load->index == list->count) {
        go_to(load, LOAD_DONE, 0);
        shared_write(&load->complete, true);
        partition_loaded(partition);
        return;
    }
    segment = &config.segment[list->first + load->index];
    if (load->offset < (uintptr_t)segment->file_size) {
        fill_step(partition, (uintptr_t)segment->target, (uintptr_t)segment->file_size,
                  &segment->source);
    } else if (load->offset < (uintptr_t)segment->memory_size) {
        fill_step(partition, (uintptr_t)segment->target, (uintptr_t)segment->memory_size, NULL);
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
