// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fuzzes the kernel's reader of compiled configurations: magic, size and hash are made right, so
// that inputs get past them. What is accepted is booted and runs for a while.
// Shows REQ-CFG-003, REQ-CFG-008

#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kernel/config.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIZE_MAX_FUZZED 8192u

// The head that every input gets.
static void make_fit(struct sep_cfg_header *header, size_t size)
{
    header->magic = SEP_CFG_MAGIC;
    header->abi_revision = SEP_ABI_REVISION;
    header->arch = SEP_ARCH_HOST;
    header->section_count = SEP_CFG_TYPE_COUNT;
    header->size = (uint32_t)size;
    image.header = header;
    system_seal();
}

// Frames that the processor cannot follow are a description's fault and would only be slow here.
static bool plans_are_slow(void)
{
    for (uint32_t i = 0; i < config.cpu[0].plans.count; i++) {
        const struct sep_cfg_plan *plan = &config.plan[config.cpu[0].plans.first + i];

        if (plan->major_frame / (plan->slots.count + 1u) < 10 * US) {
            return false;
        }
    }
    return true;
}

static void boot_it(const void *bytes, size_t size)
{
    enum host_end end;

    memset(&host.count, 0, sizeof(host.count));
    host.console_size = 0;
    memset(host.console, 0, 4096);
    memcpy(host_memory(HOST_BOOT_END, size), bytes, size);
    end = host_boot();
    for (uint32_t i = 0; i < 8 && end == HOST_DONE; i++) {
        end = host_run(100 * US);
    }
    // Refused (an arena that does not fit) or running or halted: nothing else.
    if (end != HOST_DONE && (end != HOST_STOPPED || host.stop_status > 2u)) {
        fprintf(stderr, "ended %d, status %u\n%s\n", (int)end, host.stop_status, host.console);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes;
    const char *error;

    size &= ~(size_t)7u;
    if (size < sizeof(struct sep_cfg_header) || size > SIZE_MAX_FUZZED) {
        return 0;
    }
    bytes = malloc(size); // to the byte, so that the sanitizer sees a read behind the end
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, data, size);
    make_fit((struct sep_cfg_header *)(void *)bytes, size);
    host_entry();
    error = config_open(bytes, (uint32_t)size);
    if (error == NULL) {
        error = config_check();
    }
    if (error == NULL && plans_are_slow()) {
        boot_it(bytes, size);
    }
    free(bytes);
    return 0;
}

// ---------------------------------------------------------------------------------------- start

static void describe(uint32_t which)
{
    system_reset();
    (void)system_partition("a", SEP_PARTITION_BOOT | SEP_PARTITION_SYSTEM);
    if (which > 0u) {
        (void)system_vcpu(0, 0);
        (void)system_partition("b", SEP_PARTITION_BOOT | SEP_PARTITION_FP);
        system_console(0, 256);
        system_line(0, 3);
        system_register(0, HOST_IO_START, 4, 1, 1);
        system_ipvi(0, 2, 3);
    }
    if (which > 1u) {
        (void)system_file(0, "file", 0x19000000, "text", 5);
        for (uint32_t i = 0; i < 2; i++) {
            system_area(i, 0x20000000, 0x40300000, 0x1000,
                        SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_SHARED);
        }
        system_area(1, 0x30000000, HOST_IO_START, 0x1000,
                    SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_DEVICE);
        system_frame(1, 3 * MS);
        system_slot(1, 1 * MS, 1 * MS, 1, 0);
    }
    system_simple_plan(10 * MS, 5 * MS);
    if (which == 3u) {
        system_processors(2);
        system_vcpu_on(1, 0, 1);
    }
    system_build();
}

static void write_corpus(const char *folder)
{
    for (uint32_t i = 0; i < 4; i++) {
        char name[256];
        FILE *out;

        describe(i);
        snprintf(name, sizeof(name), "%s/system-%u", folder, i);
        out = fopen(name, "wb");
        if (out == NULL || fwrite(image.header, 1, image.header->size, out) != image.header->size) {
            abort();
        }
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
    describe(2); // its images stay where inputs made from it expect them
    return 0;
}
