// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Hypercalls that only SPARC has: the PSR fields and register windows of a partition that is an
// operating system.

#include <arch/trap.h>
#include <septum/arch/sparc.h>

// What the guest sees of its PSR; the current window is always 0.
static sep_status_t psr_get(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                            sep_word_t a4)
{
    const struct hal_cpu *cpu = hal_cpu_this();

    (void)a0, (void)a1, (void)a2, (void)a3, (void)a4;
    return (sep_status_t)(cpu->context->virtual_psr | (cpu->trap_psr & PSR_ICC));
}

static sep_status_t psr_set(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                            sep_word_t a4)
{
    struct hal_cpu *cpu = hal_cpu_this();
    struct hal_context *context = cpu->context;

    (void)a1, (void)a2, (void)a3, (void)a4;
    context_sync(context);
    context->psr = (context->psr & ~(uint32_t)PSR_ICC) | (a0 & PSR_ICC);
    context->virtual_psr = (a0 & (PSR_PIL | PSR_PS | PSR_ET)) | PSR_S;
    hal_cpu_attention(cpu);
    return SEP_OK;
}

static sep_status_t flush_windows(sep_word_t a0, sep_word_t a1, sep_word_t a2, sep_word_t a3,
                                  sep_word_t a4)
{
    struct hal_context *context = hal_cpu_this()->context;
    struct hal_fault fault;

    (void)a0, (void)a1, (void)a2, (void)a3, (void)a4;
    context_sync(context);
    return context_flush(context, &fault) ? SEP_OK : SEP_INVALID_ADDRESS;
}

const hal_hypercall_t sparc_hypercall_table[SPARC_HYPERCALLS] = {
    [SEP_HC_SPARC_PSR_GET - SEP_HC_ARCH_FIRST] = psr_get,
    [SEP_HC_SPARC_PSR_SET - SEP_HC_ARCH_FIRST] = psr_set,
    [SEP_HC_SPARC_FLUSH_WINDOWS - SEP_HC_ARCH_FIRST] = flush_windows,
};
