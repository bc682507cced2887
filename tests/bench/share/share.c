// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A QEMU plugin that counts instructions inside a range of addresses, the hypervisor's, and elsewhere, from the first
// one elsewhere on.
//
//   out=FILE              gets the two numbers: inside, elsewhere
//   range=FIRST-LAST      the addresses, hexadecimal; LAST is the first one behind

#include "qemu_plugin.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static uint64_t inside, elsewhere;
static uint64_t before; ///< inside, when the first one elsewhere was about to be executed
static bool begun;
static uint64_t first, last;
static FILE *out;

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t count = qemu_plugin_tb_n_insns(tb);

    (void)id;
    for (size_t i = 0; i < count; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);
        bool is_inside = address >= first && address < last;

        if (!is_inside && !begun) { // a block is executed as soon as it is translated
            begun = true;
            before = inside;
        }
        qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
                                                   is_inside ? &inside : &elsewhere, 1);
    }
}

static void ended(qemu_plugin_id_t id, void *data)
{
    (void)id;
    (void)data;
    (void)fprintf(out, "%" PRIu64 " %" PRIu64 "\n", inside - before, elsewhere);
    (void)fclose(out);
}

static bool take(const char *word)
{
    if (strncmp(word, "out=", 4) == 0) {
        out = fopen(word + 4, "w");
        return out != NULL;
    }
    return sscanf(word, "range=%" SCNx64 "-%" SCNx64, &first, &last) == 2;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int count,
                                           char **words)
{
    (void)info;
    for (int i = 0; i < count; i++) {
        if (!take(words[i])) {
            return -1;
        }
    }
    if (out == NULL || first >= last) {
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
