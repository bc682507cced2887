// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The simulated clock, its events, and the processors' one-shot timers.

#include <arch/host.h>

#include <hal/timer.h>

#define NS_PER_S 1000000000u

uint64_t host_ticks(uint64_t ns)
{
    return (uint64_t)(((unsigned __int128)ns * host.hz + (NS_PER_S - 1u)) / NS_PER_S);
}

uint64_t host_ns(uint64_t ticks)
{
    return (uint64_t)((unsigned __int128)ticks * NS_PER_S / host.hz);
}

void hal_timer_init(void)
{
    host.cpu[host_cpu].timer_due = HOST_NEVER;
    host.cpu[host_cpu].timer_pending = false;
}

uint32_t host_timer_hz(void)
{
    return host.hz;
}

uint32_t host_timer_count(void)
{
    host_pass(host.cost_read_ticks);
    return (uint32_t)host.ticks + host.counter_start;
}

static void timer_look(struct host_processor *cpu)
{
    if (cpu->timer_due <= host.ticks) {
        cpu->timer_due = HOST_NEVER;
        cpu->timer_pending = true;
    }
}

void host_timer_arm(uint32_t target)
{
    struct host_processor *cpu = &host.cpu[host_cpu];
    uint32_t ahead = target - host.timer_early - ((uint32_t)host.ticks + host.counter_start);

    host.count.timer_arms++;
    cpu->timer_due = host.ticks + (ahead > INT32_MAX ? 0u : ahead);
    timer_look(cpu);
}

void host_at(uint64_t ticks, void (*call)(void *argument), void *argument)
{
    if (host.event_count < HOST_EVENTS) {
        host.event[host.event_count++] = (struct host_event){ticks, call, argument};
    }
}

/// The earliest callback, NULL if there is none.
static struct host_event *event_first(void)
{
    struct host_event *first = NULL;

    for (uint32_t i = 0; i < host.event_count; i++) {
        if (first == NULL || host.event[i].when < first->when) {
            first = &host.event[i];
        }
    }
    return first;
}

/// Calls what is due and everything that those calls make due.
static void events_call(void)
{
    struct host_event *first = event_first();

    while (first != NULL && first->when <= host.ticks) {
        struct host_event event = *first;

        *first = host.event[--host.event_count];
        event.call(event.argument);
        first = event_first();
    }
}

uint64_t host_next_event(void)
{
    const struct host_event *first = event_first();
    uint64_t next = first != NULL ? first->when : HOST_NEVER;

    for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
        if (host.cpu[i].timer_due < next) {
            next = host.cpu[i].timer_due;
        }
    }
    if (host.uart_wanted && host.uart_free > host.ticks && host.uart_free < next) {
        next = host.uart_free;
    }
    return next;
}

void host_pass(uint64_t ticks)
{
    uint64_t end = host.ticks + ticks;

    if (host.threads) {
        (void)__atomic_add_fetch(&host.ticks, ticks, __ATOMIC_RELAXED);
        timer_look(&host.cpu[host_cpu]);
        return;
    }
    events_call();
    while (host.ticks < end) {
        uint64_t next = host_next_event();

        host.ticks = next < end ? (next > host.ticks ? next : host.ticks) : end;
        for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
            timer_look(&host.cpu[i]);
        }
        events_call();
    }
}

void host_work(uint64_t bytes)
{
    struct host_processor *cpu = &host.cpu[host_cpu];

    cpu->work += bytes;
    if (cpu->work > host.count.longest_work) {
        host.count.longest_work = cpu->work;
    }
    if (host.cost_byte_ns != 0u) {
        host_pass(host_ticks(bytes * host.cost_byte_ns));
    }
}

void host_window(void)
{
    struct host_processor *cpu = &host.cpu[host_cpu];

    cpu->work = 0;
    if (host.ticks - cpu->window > host.count.longest_ticks) {
        host.count.longest_ticks = host.ticks - cpu->window;
    }
    cpu->window = host.ticks;
}
