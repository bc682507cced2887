// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A QEMU plugin that counts instructions: between pairs of addresses, in the hypervisor between two
// partitions, at addresses reached and at loads from an address; and, in a window, by address.
//
//   out=FILE              where the results go
//   win=NAME:FIRST-LAST   instructions from FIRST to before LAST
//   log=NAME:ADDRESS      the count whenever ADDRESS is executed
//   cut=NAME:ADDRESS      an interrupt could be taken there: ends a section of the hypervisor
//   load=NAME:ADDRESS     the count behind whichever instruction of the hypervisor loads from ADDRESS
//   io=NAME:FIRST-LAST    the count behind each of its loads and stores there
//   hyp=NAME:FIRST-LAST   addresses of the hypervisor
//   dom=NAME:FIRST-LAST   addresses of a partition
//   mark=NAME:ADDRESS     an excursion, and a section, that comes there counts as begun by it
//   undo=ADDRESS          entry of a trap whose instruction was begun, but not executed
//   seq=1                 log each excursion as well
//   prof=NAME             how often each instruction is executed while window NAME is open,
//   prof=FROM>TO<MIN-MAX  or in the hypervisor between two partitions, when that is so long

#include "count.h"
#include "qemu_plugin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WATCHES_MAX 8
#define EVENTS_MAX 4000000u
#define PENDING_MAX 65536u

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

uint64_t count_total;
FILE *count_out;

/// A translated block, or in a profile an instruction: kept for the whole run.
struct piece {
    struct piece *next;
    uint64_t address;
    uint64_t hits;
    uint64_t pending; ///< in the excursion under way
    unsigned domain;
    bool undoes;
};

static struct piece *profile;
static bool profiling;
static struct piece *pending[PENDING_MAX]; // pieces with pending hits
static uint32_t pending_count;
static char load_name[NAME_MAX_BYTES];
static uint64_t load_address;
static char io_name[NAME_MAX_BYTES];
static uint64_t io_first, io_last;
static uint32_t events;

void spread_add(struct spread *spread, uint64_t length)
{
    if (spread->number == 0u || length < spread->least) {
        spread->least = length;
    }
    if (length > spread->most) {
        spread->most = length;
    }
    spread->sum += length;
    spread->number++;
}

void spread_print(const struct spread *s)
{
    fprintf(count_out, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", s->number, s->least,
            s->most, s->sum);
}

bool parse_range(const char *text, char name[NAME_MAX_BYTES], uint64_t *first, uint64_t *last)
{
    const char *colon = strchr(text, ':');
    char *end = NULL;

    if (colon == NULL || colon - text >= NAME_MAX_BYTES) {
        return false;
    }
    snprintf(name, NAME_MAX_BYTES, "%.*s", (int)(colon - text), text);
    *first = strtoull(colon + 1, &end, 0);
    *last = *first;
    if (*end == '-') {
        *last = strtoull(end + 1, &end, 0);
    }
    return *end == '\0';
}

void log_event(const char *word, const char *name, uint64_t count, uint64_t a, uint64_t b)
{
    if (events++ < EVENTS_MAX) {
        fprintf(count_out, "ev %s %s %" PRIu64 " %" PRIx64 " %" PRIu64 "\n", word, name, count, a,
                b);
    }
}

static struct piece *new_piece(uint64_t address)
{
    struct piece *piece = calloc(1, sizeof(*piece));

    if (piece == NULL) {
        abort();
    }
    piece->address = address;
    piece->domain = domain_of(address);
    piece->undoes = domain_undoes(address);
    return piece;
}

static void settle(enum domain_verdict verdict)
{
    if (verdict == DOMAIN_GOES_ON) {
        return;
    }
    for (uint32_t i = 0; i < pending_count; i++) {
        pending[i]->hits += verdict == DOMAIN_KEEP ? pending[i]->pending : 0u;
        pending[i]->pending = 0;
    }
    pending_count = 0;
}

static void on_block(unsigned vcpu, void *data)
{
    const struct piece *block = data;

    (void)vcpu;
    count_total -= block->undoes;
    settle(domain_enter(block->domain, block->address));
}

static void on_profiled(unsigned vcpu, void *data)
{
    struct piece *piece = data;

    (void)vcpu;
    piece->hits += watch_profiling;
    if (domain_is_hypervisor(piece->domain) && pending_count < PENDING_MAX) {
        pending_count += piece->pending == 0u;
        pending[pending_count - 1u] = piece->pending == 0u ? piece : pending[pending_count - 1u];
        piece->pending++;
    }
}

static void on_access(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    bool store = qemu_plugin_mem_is_store(info);

    (void)vcpu;
    (void)data;
    if (address == load_address && !store) {
        log_event("load", load_name, count_total, 0, 0);
    }
    if (address >= io_first && address < io_last) {
        log_event("io", io_name, count_total, address - io_first, store);
    }
}

static void translate_instruction(struct qemu_plugin_insn *insn)
{
    uint64_t address = qemu_plugin_insn_vaddr(insn);
    void *data[WATCHES_MAX];
    unsigned found = watch_find(address, data, WATCHES_MAX);

    for (unsigned i = 0; i < found; i++) {
        qemu_plugin_register_vcpu_insn_exec_cb(insn, watch_hit, QEMU_PLUGIN_CB_NO_REGS, data[i]);
    }
    if (profiling) {
        struct piece *piece = new_piece(address);

        piece->next = profile;
        profile = piece;
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_profiled, QEMU_PLUGIN_CB_NO_REGS, piece);
    }
    qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &count_total, 1);
    if ((load_address != 0u || io_last != 0u) && domain_is_hypervisor(domain_of(address))) {
        // Loads and stores: asked for loads alone, QEMU 7.2 calls back for stores.
        qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_CB_NO_REGS,
                                         QEMU_PLUGIN_MEM_RW, NULL);
    }
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t count = qemu_plugin_tb_n_insns(tb);
    struct piece *block = new_piece(qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0)));

    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, block);
    for (size_t i = 0; i < count; i++) {
        translate_instruction(qemu_plugin_tb_get_insn(tb, i));
    }
}

static void finish(qemu_plugin_id_t id, void *data)
{
    (void)id;
    (void)data;
    fprintf(count_out, "total %" PRIu64 "\n", count_total);
    fprintf(count_out, "events %u %s\n", events, events > EVENTS_MAX ? "cut" : "whole");
    watch_print();
    domain_print();
    for (const struct piece *p = profile; p != NULL; p = p->next) {
        if (p->hits != 0u) {
            fprintf(count_out, "pc %" PRIx64 " %" PRIu64 "\n", p->address, p->hits);
        }
    }
    fclose(count_out);
}

static bool take_argument(const char *word, const char *value)
{
    uint64_t same = 0;

    if (strcmp(word, "out") == 0) {
        count_out = fopen(value, "w");
        return count_out != NULL;
    }
    if (strcmp(word, "win") == 0) {
        return watch_add_window(value);
    }
    if (strcmp(word, "log") == 0) {
        return watch_add_log(value);
    }
    if (strcmp(word, "cut") == 0) {
        return watch_add_cut(value);
    }
    if (strcmp(word, "mark") == 0) {
        return watch_add_mark(value);
    }
    if (strcmp(word, "load") == 0) {
        return parse_range(value, load_name, &load_address, &same);
    }
    if (strcmp(word, "io") == 0) {
        return parse_range(value, io_name, &io_first, &io_last);
    }
    if (strcmp(word, "hyp") == 0 || strcmp(word, "dom") == 0) {
        return domain_add(value, word[0] == 'h');
    }
    if (strcmp(word, "undo") == 0) {
        return domain_add_undo(value);
    }
    if (strcmp(word, "seq") == 0) {
        domain_log();
        return true;
    }
    profiling = true;
    return strcmp(word, "prof") == 0 && (watch_profile(value) || domain_profile(value));
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
                                           char **argv)
{
    (void)info;
    for (int i = 0; i < argc; i++) {
        char *value = strchr(argv[i], '=');

        if (value != NULL) {
            *value++ = '\0';
        }
        if (value == NULL || !take_argument(argv[i], value)) {
            fprintf(stderr, "count: cannot use the argument %s\n", argv[i]);
            return -1;
        }
    }
    if (count_out == NULL) {
        fprintf(stderr, "count: out=FILE is missing\n");
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
    qemu_plugin_register_atexit_cb(id, finish, NULL);
    return 0;
}
