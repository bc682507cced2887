// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fuzzes the reader of compiled configurations: size and hash are made to fit, so that inputs get
// past them. What the reader accepts is listed and reported, which walks every record.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/bytes.h"
#include "image/cfgfile.h"
#include "image/hypervisor.h"
#include "image/list.h"
#include "report/report.h"

/// Reports are quadratic and worse in records that no description has: those are only listed.
#define WORK_MAX 20000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *nowhere(void)
{
    static FILE *stream;

    if (stream == NULL) {
        stream = fopen("/dev/null", "w");
    }
    return stream;
}

/// Everything that can be printed about a configuration.
static void walk(const struct cfgfile *cfg)
{
    static const struct bound unmeasured;
    static const struct hypervisor hypervisor = {.info = {.granule = 4096}};
    struct system_image image = {.bare = true, .cfg = *cfg};
    uint64_t work =
        (uint64_t)cfg->partition_count * (cfg->area_count + cfg->blob_count + cfg->interrupt_count +
                                          cfg->reg_count + cfg->segment_count + 1u);
    uint64_t plans = (uint64_t)cfg->cpu_count * cfg->systems[0].plan_count *
                     (cfg->slot_count + 1u) * (cfg->partition_count + 1u);
    struct report report;

    if (work > WORK_MAX || plans > WORK_MAX ||
        (uint64_t)cfg->ipvi_count * cfg->ipvi_target_count * cfg->partition_count > WORK_MAX) {
        return;
    }
    list_text(&image, nowhere());
    list_json(&image, nowhere());
    report_init(&report, cfg, &hypervisor, &unmeasured);
    report_write_text(&report, nowhere());
    report_write_html(&report, nowhere());
}

/// Puts the file's size and hash where they belong, in the byte order that the magic has.
static void make_fit(uint8_t *bytes, size_t size)
{
    bool big = bytes_load32(bytes, true) == SEP_CFG_MAGIC;

    bytes_store(bytes + offsetof(struct sep_cfg_header, size), 4, size, big);
    cfgfile_hash(bytes, size, bytes + offsetof(struct sep_cfg_header, sha256));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cfgfile cfg;
    char error[CFGFILE_ERROR_MAX];
    size_t whole = size & ~(size_t)7u;
    uint8_t *bytes = malloc(size + 1u);

    if (bytes == NULL) {
        return 0;
    }
    if (size != 0u) {
        memcpy(bytes, data, size);
    }
    if (whole >= sizeof(struct sep_cfg_header)) {
        make_fit(bytes, whole);
        size = whole;
    }
    if (cfgfile_parse(&cfg, bytes, size, error)) {
        walk(&cfg);
        cfgfile_free(&cfg);
    }
    free(bytes);
    return 0;
}
