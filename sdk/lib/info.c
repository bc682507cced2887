// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The information block, and finding things in it.

#include <septum/septum.h>

static const struct sep_info *info_block;

void sep_info_init(const struct sep_info *info)
{
    info_block = info;
}

const struct sep_info *sep_info(void)
{
    return info_block;
}

static const void *at(uint32_t offset)
{
    return (const char *)info_block + offset;
}

static bool same_name(const char *a, const char *b)
{
    for (uint32_t i = 0; i < SEP_NAME_MAX; i++) {
        if (a[i] != b[i]) {
            return false;
        }
        if (a[i] == '\0') {
            return true;
        }
    }
    return true;
}

const struct sep_info_area *sep_info_area(const char *name)
{
    const struct sep_info_area *area = at(info_block->area_offset);

    for (uint32_t i = 0; i < info_block->area_count; i++) {
        if (same_name(area[i].name, name)) {
            return &area[i];
        }
    }
    return NULL;
}

const struct sep_info_file *sep_info_file(const char *name)
{
    const struct sep_info_file *file = at(info_block->file_offset);

    for (uint32_t i = 0; i < info_block->file_count; i++) {
        if (same_name(file[i].name, name)) {
            return &file[i];
        }
    }
    return NULL;
}

int sep_info_irq(uint32_t line)
{
    const struct sep_info_irq *irq = at(info_block->irq_offset);

    for (uint32_t i = 0; i < info_block->irq_count; i++) {
        if (irq[i].line == line) {
            return (int)irq[i].irq;
        }
    }
    return -1;
}

const struct sep_info_vcpu *sep_info_vcpu(uint32_t vcpu)
{
    const struct sep_info_vcpu *first = at(info_block->vcpu_offset);

    return vcpu < info_block->vcpu_count ? &first[vcpu] : NULL;
}
