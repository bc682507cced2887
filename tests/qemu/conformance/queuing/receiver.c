// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Receives them, at first without and then with a handler of its own.

#include <check.h>

#define MESSAGES 60u

static _Alignas(8) unsigned char message[SEP_MESSAGE_MAX + 8u];
static volatile uint32_t handled;

static void handler(uint32_t irq)
{
    (void)irq;
    handled++;
}

static uint32_t length_of(uint32_t number)
{
    return number % 3u == 0u ? SEP_MESSAGE_MAX - number : 1u + number * number;
}

static bool is_whole(uint32_t number, uint32_t offset)
{
    for (uint32_t i = 0; i < length_of(number); i++) {
        if (message[offset + i] != (unsigned char)(number * 7u + i)) {
            return false;
        }
    }
    return true;
}

// Whether the next messages come, each the one that it should be.
static bool receive(uint32_t port, uint32_t from, uint32_t to)
{
    struct sep_message_info info;

    for (uint32_t i = from; i < to; i++) {
        uint32_t offset = i / 2u % 8u;

        if (sep_queuing_receive_wait(port, message + offset, SEP_MESSAGE_MAX, &info, 1000 * MS) !=
                SEP_OK ||
            info.size != length_of(i) || !is_whole(i, offset)) {
            return false;
        }
    }
    return true;
}

int main(void)
{
    struct sep_message_info info;
    struct sep_irq_status status;
    uint32_t late;
    uint32_t work;

    CHECK_STATUS("work",
                 sep_queuing_create("work", SEP_PORT_DESTINATION, SEP_MESSAGE_MAX, 2, &work),
                 SEP_OK);
    CHECK_STATUS("late", sep_queuing_create("late", SEP_PORT_DESTINATION, 16, 3, &late), SEP_OK);
    CHECK_STATUS("not a source", sep_queuing_send(work, message, 4), SEP_INVALID_PARAM);
    CHECK_STATUS("nothing yet", sep_queuing_receive(work, message, 4, &info), SEP_NOT_AVAILABLE);
    CHECK("without a handler", receive(work, 0, MESSAGES / 2u));
    (void)sep_irq_status(&status);
    CHECK("everything is masked as before", status.masked == 0xffffffffu && status.enabled == 0u);
    (void)rt_irq_handler((uint32_t)SEP_IRQ_QUEUING, handler);
    rt_irq_on();
    CHECK("with a handler", receive(work, MESSAGES / 2u, MESSAGES));
    CHECK("which ran", handled != 0u);
    (void)sep_irq_status(&status);
    CHECK("and is on as before",
          status.masked == ~SEP_IRQ_BIT(SEP_IRQ_QUEUING) && status.enabled == 1u);
    CHECK_STATUS("too late", sep_queuing_receive(late, message, 16, &info), SEP_NOT_AVAILABLE);
    CHECK_STATUS("nothing to clear", sep_queuing_clear(late), SEP_OK);
    return 0;
}
