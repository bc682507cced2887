// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The compiled configuration as arrays of records, before they are written in target order.

#ifndef SEPTUM_TOOL_RECORDS_H
#define SEPTUM_TOOL_RECORDS_H

#include "compile/unit.h"

struct records {
    struct pool *memory;
#define RECORDS_ARRAY(type)                                                                        \
    struct sep_cfg_##type *type;                                                                   \
    size_t type##_count;
    SEP_CFG_RECORD_LIST(RECORDS_ARRAY)
#undef RECORDS_ARRAY
    char *text; ///< zero-terminated strings, the first one empty
    size_t text_size;
};

/// Appends a zeroed record of a type.
#define RECORD_ADD(r, type) POOL_PUSH((r)->memory, (r)->type, (r)->type##_count)

/// A list of a type's records that begins at the next one to be added.
#define RECORD_LIST_BEGIN(r, type) ((sep_list_##type){(uint32_t)(r)->type##_count, 0})
#define RECORD_LIST_END(r, type, list) ((list)->count = (uint32_t)(r)->type##_count - (list)->first)

/// Offset of a string in the text section.
sep_text_t record_text(struct records *r, const char *text);

/// Records of processors, plans and slots.
void records_plans(struct records *r, const struct compile *c);

/// Records of pools and their members.
void records_pools(struct records *r, const struct compile *c);

/// Records of partitions and everything below them.
void records_partitions(struct records *r, const struct compile *c);

/// Records of channels, in the description's order, and of their receivers.
void records_channels(struct records *r, const struct compile *c);

/// Actions on a partition's events, or on the hypervisor's own.
sep_list_action records_actions(struct records *r, const struct sys_health *health, bool own);

/// First vCPU record of a partition.
uint32_t records_first_vcpu(const struct compile *c, uint64_t partition_id);

#endif
