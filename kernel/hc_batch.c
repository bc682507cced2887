// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A batch of hypercalls. Interrupts are taken between two of its calls: a batch that loses the
// processor ends there with SEP_NOT_AVAILABLE and the number of calls done, to be called again with
// the rest.

#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>
#include <kernel/resume.h>
#include <kernel/trace.h>

static sep_status_t make(const struct sep_batch_call *call)
{
    hal_hypercall_t handler = kernel_hypercall_table[call->number];
    sep_word_t a[5];

    for (uint32_t i = 0; i < 5u; i++) {
        a[i] = (sep_word_t)call->args[i];
    }
    if (trace_wants(cpu_this()->hal.trace, SEP_TRACE_HYPERCALLS)) {
        return kernel_hypercall_traced(a[0], a[1], a[2], a[3], a[4], handler, call->number);
    }
    return handler(a[0], a[1], a[2], a[3], a[4]);
}

// Executes one call of the caller's memory. SEP_OK if its status could be delivered there.
static sep_status_t execute(sep_word_t address, sep_status_t *status)
{
    struct sep_batch_call call;
    sep_status_t result = guest_read(&call, address, sizeof(call), 8);

    if (result == SEP_OK) {
        result = guest_check_write(address, sizeof(call), 8);
    }
    if (result != SEP_OK) {
        return result;
    }
    if (call.number >= SEP_HC_COUNT) {
        *status = hypercall_refused(SEP_UNKNOWN_HYPERCALL);
    } else if (call.number == SEP_HC_batch) {
        *status = SEP_INVALID_PARAM;
    } else {
        *status = make(&call);
    }
    call.status = *status;
    return guest_write(address + offsetof(struct sep_batch_call, status), &call.status,
                       sizeof(call.status), 4);
}

HYPERCALL(batch)
{
    struct cpu *cpu = cpu_this();
    sep_status_t result = guest_check_write(a2, sizeof(uint32_t), 4);
    sep_status_t status = SEP_OK;
    uint32_t done = 0;

    if (a1 > SEP_BATCH_MAX) {
        return SEP_INVALID_PARAM;
    }
    if (result != SEP_OK) {
        return result;
    }
    while (done < a1 && result == SEP_OK && status >= SEP_OK && cpu->hal.attention == 0u) {
        result = execute(a0 + done * sizeof(struct sep_batch_call), &status);
        if (result == SEP_OK) {
            done += status == SEP_OK ? 1u : 0u;
            // All of them: one may have come while another was handled.
            while (cpu->hal.attention == 0u && cpu_take_interrupt(cpu)) {
                resume_arm_timer(cpu); // the caller may go on, and its slot must end
            }
        }
    }
    if (guest_write(a2, &done, sizeof(done), 4) != SEP_OK) {
        return SEP_INVALID_ADDRESS;
    }
    if (result != SEP_OK) {
        return result;
    }
    if (status < SEP_OK) {
        return SEP_BATCH_ERROR;
    }
    return done == a1 ? SEP_OK : SEP_NOT_AVAILABLE;
}
