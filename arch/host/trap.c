// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// How the simulated machine enters and leaves the hypervisor.

#include <arch/host.h>

#include <sched.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <hal/irq.h>
#include <hal/trap.h>
#include <septum/log.h>

/// More interrupts than this without the guest getting a turn: the hypervisor hangs.
#define STUCK 100000u

struct host_machine host;

static _Thread_local jmp_buf escape;
static _Thread_local bool escape_set;

_Noreturn void host_leave(enum host_end end)
{
    if (!escape_set) {
        abort(); // a test entered the hypervisor past host_try()
    }
    longjmp(escape, 1 + (int)end);
}

enum host_end host_try(void (*call)(void *argument), void *argument)
{
    int left;

    if (escape_set) {
        call(argument);
        return HOST_DONE;
    }
    escape_set = true;
    left = setjmp(escape);
    if (left != 0) {
        host.cpu[host_cpu].resuming = false;
    } else {
        call(argument);
        left = 1 + (int)HOST_DONE;
    }
    escape_set = false;
    return (enum host_end)(left - 1);
}

// What runs next after an interrupt, or, with HAL_IRQ_NONE, after any other event.
static void resume(int32_t irq)
{
    struct hal_cpu *cpu = hal_cpu_this();
    struct hal_context *next;

    host.count.resumes++;
    host.cpu[host_cpu].idle = false;
    host.cpu[host_cpu].resuming = true;
    next = irq == HAL_IRQ_NONE ? kernel_resume() : kernel_interrupt(irq);
    host.cpu[host_cpu].resuming = false;
    if (cpu->attention != 0u) {
        abort(); // the contract says that it is cleared
    }
    if (next != cpu->context) {
        host.count.switches++;
        host.count.switched_at = host.ticks;
        cpu->context = next;
    }
}

void host_exit_path(bool always)
{
    uint32_t turns = 0;

    if (always || hal_cpu_this()->attention != 0u) {
        resume(HAL_IRQ_NONE);
    }
    while (host_irq_due()) {
        if (turns++ == STUCK) {
            host_leave(HOST_STUCK);
        }
        host.count.interrupts++;
        resume(hal_irq_take());
    }
    host_window();
}

struct hal_context *host_running(void)
{
    return host.cpu[host_cpu].idle ? NULL : hal_cpu_this()->context;
}

struct call {
    sep_word_t number;
    const sep_word_t *arguments;
};

static _Thread_local sep_status_t status;

static hal_hypercall_t handler_of(sep_word_t number)
{
    // The host has none of its own.
    return kernel_hypercall_table[number < SEP_HC_COUNT ? number : SEP_HC_COUNT];
}

static void hypercall(void *argument)
{
    const struct call *call = argument;
    const sep_word_t *a = call->arguments;
    hal_hypercall_t handler = handler_of(call->number);
    struct hal_context *caller = hal_cpu_this()->context;

    host.count.hypercalls++;
    host_window();
    if ((hal_cpu_this()->trace & SEP_TRACE_HYPERCALLS) != 0u) {
        status = kernel_hypercall_traced(a[0], a[1], a[2], a[3], a[4], handler, call->number);
    } else {
        status = handler(a[0], a[1], a[2], a[3], a[4]);
    }
    caller->status = status;
    host_exit_path(false);
}

enum host_end host_hypercall(sep_word_t number, const sep_word_t arguments[5])
{
    struct call call = {number, arguments};

    if (host_running() == NULL) {
        abort(); // nobody is there to call
    }
    host.limit = host.ticks;
    return host_try(hypercall, &call);
}

sep_status_t host_status(void)
{
    return status;
}

static void fault(void *argument)
{
    host_window();
    kernel_fault(argument);
    host_exit_path(false);
}

enum host_end host_fault(const struct hal_fault *what)
{
    struct hal_fault copy = *what;

    host.limit = host.ticks;
    return host_try(fault, &copy);
}

void host_return(void)
{
    struct hal_context *context = host_running();

    context->pc = context->saved_pc;
    kernel_trap_returned();
}

static void panic(void *argument)
{
    kernel_panic_fault(argument);
}

enum host_end host_panic(const struct hal_fault *what)
{
    struct hal_fault copy = *what;

    return host_try(panic, &copy);
}

static void settle(void *argument)
{
    (void)argument;
    host_exit_path(host.cpu[host_cpu].idle);
}

enum host_end host_settle(void)
{
    return host_try(settle, NULL);
}

static _Thread_local bool nested;

// While a processor polls, the others take what they were kicked for; one that then polls itself goes on later.
void host_others(void)
{
    uint32_t me = host_cpu;
    bool set = escape_set;
    jmp_buf kept;

    if (host.threads) {
        (void)sched_yield();
        return;
    }
    if (nested) {
        host.cpu[me].kicked = true;
        host_leave(HOST_DONE);
    }
    memcpy(kept, escape, sizeof(kept));
    nested = true;
    for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
        if (i != me && host.cpu[i].started && host.cpu[i].kicked &&
            (host.cpus_deaf >> i & 1u) == 0u) {
            host_cpu = i;
            escape_set = false;
            (void)host_settle();
        }
    }
    nested = false;
    escape_set = set;
    host_cpu = me;
    memcpy(escape, kept, sizeof(kept));
}

/// Every processor looks at what is pending for it; limit says how far an idle one may go.
static enum host_end settle_all(uint64_t limit)
{
    uint32_t me = host_cpu;
    enum host_end end = HOST_DONE;

    for (uint32_t i = 0; i < CONFIG_CPUS_MAX && end == HOST_DONE; i++) {
        host_cpu = i;
        host.limit = limit;
        if (host.cpu[i].started && (host_irq_due() || (host.cpu[i].idle && i == me))) {
            end = host_settle();
        }
    }
    host_cpu = me;
    return end;
}

enum host_end host_run_until(uint64_t ticks)
{
    enum host_end end = settle_all(ticks);

    while (end == HOST_DONE && host.ticks < ticks) {
        uint64_t next = host_next_event();

        next = next < ticks ? next : ticks;
        host_pass(next > host.ticks ? next - host.ticks : 0u);
        end = settle_all(ticks);
    }
    return end;
}

enum host_end host_run(uint64_t ns)
{
    return host_run_until(host.ticks + host_ticks(ns));
}
