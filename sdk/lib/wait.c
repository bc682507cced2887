// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waiting for a port, or for a record of the health monitor. A look at it is made with delivery disabled and
// its interrupt unmasked: what comes behind the look is pending, and idling ends at once. Between two looks,
// delivery is enabled for a moment if the caller had it enabled, so that other handlers run.

#include <septum/septum.h>

/// Longest wait that is timed; beyond it there is no end.
#define WAIT_MAX ((sep_time_t)1 << 61)

struct wait {
    uint32_t which; ///< port, or number of a record
    void *message;
    size_t size;
    struct sep_message_info *info;
    sep_time_t since;
};

typedef sep_status_t (*look_t)(const struct wait *wait);

// Not by trying: a refused message counts as an overflow, which is not what waiting means.
static sep_status_t look_send(const struct wait *wait)
{
    struct sep_queuing_status queue;

    if (sep_queuing_status(wait->which, &queue) == SEP_OK && queue.direction == SEP_PORT_SOURCE &&
        queue.waiting == queue.depth) {
        return SEP_NOT_AVAILABLE;
    }
    return sep_queuing_send(wait->which, wait->message, wait->size);
}

static sep_status_t look_receive(const struct wait *wait)
{
    return sep_queuing_receive(wait->which, wait->message, wait->size, wait->info);
}

static sep_status_t look_read(const struct wait *wait)
{
    sep_status_t status = sep_sampling_read(wait->which, wait->message, wait->size, wait->info);

    return status == SEP_OK && wait->info->time <= wait->since ? SEP_NOT_AVAILABLE : status;
}

static sep_status_t look_hm(const struct wait *wait)
{
    return sep_hm_read(wait->which, wait->message);
}

// Handlers of the caller run. The timer's is not meant, nor is one of an interrupt that it masks.
static void let_handlers_run(const struct sep_irq_status *before, uint32_t timer, uint32_t irq)
{
    uint32_t quiet = timer | (before->masked & irq);

    (void)sep_irq_mask(quiet);
    (void)sep_irq_enable();
    (void)sep_irq_disable();
    (void)sep_irq_unmask(timer | irq);
}

// Idles until something happens. Nobody but us takes the interrupts in `ours`.
static void sleep(const struct sep_irq_status *before, uint32_t timer, uint32_t irq)
{
    uint32_t ours = before->enabled != 0u ? timer | (before->masked & irq) : timer | irq;

    (void)sep_idle_self();
    if (before->enabled != 0u) {
        let_handlers_run(before, timer, irq);
    }
    (void)sep_irq_clear(ours);
}

static bool is_over(sep_time_t end)
{
    sep_time_t now = 0;

    (void)sep_get_time(SEP_CLOCK_HW, &now);
    return end != SEP_TIME_NONE && now >= end;
}

// Looks again and again. What comes between clearing and looking is seen by the look.
static sep_status_t repeat(look_t look, const struct wait *wait, uint32_t irq, sep_time_t end)
{
    const uint32_t timer = end != SEP_TIME_NONE ? SEP_IRQ_BIT(SEP_IRQ_TIMER_HW) : 0u;
    struct sep_irq_status before;
    sep_status_t status;

    (void)sep_irq_status(&before);
    (void)sep_irq_disable();
    if (before.enabled == 0u) {
        (void)sep_irq_mask(~(timer | irq)); // would end every idling, and nobody takes them
    }
    (void)sep_irq_clear(timer);
    if (timer != 0u) {
        (void)sep_set_timer(SEP_CLOCK_HW, end, 0);
    }
    (void)sep_irq_unmask(timer | irq);
    for (;;) {
        status = look(wait);
        if (status != SEP_NOT_AVAILABLE || is_over(end)) {
            break;
        }
        sleep(&before, timer, irq);
    }
    if (timer != 0u) {
        (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
        (void)sep_irq_clear(timer);
    }
    (void)sep_irq_mask(before.masked & (timer | irq));
    if (before.enabled != 0u) {
        (void)sep_irq_enable();
    } else {
        (void)sep_irq_unmask(~before.masked);
    }
    return status;
}

static sep_status_t wait_for(look_t look, const struct wait *wait, enum sep_irq irq,
                             sep_time_t timeout)
{
    sep_status_t status = look(wait);
    sep_time_t end = SEP_TIME_NONE;

    if (status != SEP_NOT_AVAILABLE || timeout == 0u) {
        return status;
    }
    if (timeout <= WAIT_MAX) {
        (void)sep_get_time(SEP_CLOCK_HW, &end);
        end += timeout;
    }
    return repeat(look, wait, SEP_IRQ_BIT(irq), end);
}

sep_status_t sep_queuing_send_wait(uint32_t port, const void *message, size_t size,
                                   sep_time_t timeout)
{
    const struct wait wait = {.which = port, .message = (void *)(uintptr_t)message, .size = size};

    return wait_for(look_send, &wait, SEP_IRQ_QUEUING, timeout);
}

sep_status_t sep_queuing_receive_wait(uint32_t port, void *message, size_t capacity,
                                      struct sep_message_info *info, sep_time_t timeout)
{
    const struct wait wait = {.which = port, .message = message, .size = capacity, .info = info};

    return wait_for(look_receive, &wait, SEP_IRQ_QUEUING, timeout);
}

sep_status_t sep_sampling_read_wait(uint32_t port, void *message, size_t capacity,
                                    struct sep_message_info *info, sep_time_t since,
                                    sep_time_t timeout)
{
    const struct wait wait = {
        .which = port, .message = message, .size = capacity, .info = info, .since = since};

    return wait_for(look_read, &wait, SEP_IRQ_SAMPLING, timeout);
}

sep_status_t sep_hm_read_wait(uint32_t number, struct sep_hm_record *record, sep_time_t timeout)
{
    const struct wait wait = {.which = number, .message = record};

    return wait_for(look_hm, &wait, SEP_IRQ_HM, timeout);
}
