// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A QEMU plugin that ends a run by what was executed, not by the host's clock.
//
//   n=N      after N instructions the emulator ends with status 77
//   count=F  into the file F goes how many were executed by the end
//
// And with status 78 when nothing at all is executed any more. By the instruction clock (sleep=off) an
// idle machine is at its next timer at once, so one that stands still for STILL_SECONDS has none armed.

#include "qemu_plugin.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_STATUS 77
#define STILL_STATUS 78
#define STILL_SECONDS 30u

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

static _Atomic uint64_t executed;
static uint64_t limit;
static const char *count_file;

static void on_block(unsigned vcpu, void *length)
{
    uint64_t now = atomic_load_explicit(&executed, memory_order_relaxed) + (uintptr_t)length;

    (void)vcpu;
    atomic_store_explicit(&executed, now, memory_order_relaxed);
    if (now >= limit) {
        (void)fprintf(stderr, "limit: %" PRIu64 " instructions were executed\n", now);
        _exit(LIMIT_STATUS);
    }
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS,
                                         (void *)(uintptr_t)qemu_plugin_tb_n_insns(tb));
}

static void finish(qemu_plugin_id_t id, void *data)
{
    FILE *out = fopen(count_file, "w");

    (void)id;
    (void)data;
    if (out != NULL) {
        (void)fprintf(out, "%" PRIu64 "\n", atomic_load(&executed));
        (void)fclose(out);
    }
}

static void *watch(void *argument)
{
    uint64_t before = 0;
    unsigned still = 0;

    (void)argument;
    while (still < STILL_SECONDS) {
        (void)sleep(1);
        uint64_t now = atomic_load_explicit(&executed, memory_order_relaxed);

        still = now == before ? still + 1u : 0u;
        before = now;
    }
    (void)fprintf(stderr, "limit: it stands still after %" PRIu64 " instructions\n", before);
    _exit(STILL_STATUS);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
                                           char **argv)
{
    pthread_t thread;

    (void)info;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "n=", 2) == 0) {
            limit = strtoull(argv[i] + 2, NULL, 10);
        } else if (strncmp(argv[i], "count=", 6) == 0) {
            count_file = strdup(argv[i] + 6);
        } else {
            (void)fprintf(stderr, "limit: it takes n=N and count=FILE\n");
            return 1;
        }
    }
    if (count_file != NULL) {
        qemu_plugin_register_atexit_cb(id, finish, NULL);
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
    return pthread_create(&thread, NULL, watch, NULL);
}
