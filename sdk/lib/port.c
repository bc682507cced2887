// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sampling and queuing ports.

#include <septum/septum.h>

sep_status_t sep_port_open(const struct sep_port_request *request, uint32_t *port)
{
    return sep_call2(SEP_HC_port_open, (sep_word_t)request, (sep_word_t)port);
}

// A name that is too long has no end in the request, and is refused. Field by field: an initialiser
// would call memset(), which a partition may not have.
static void set_request(struct sep_port_request *request, const char *name,
                        enum sep_port_direction direction, uint32_t message_size)
{
    request->direction = (uint32_t)direction;
    request->message_size = message_size;
    for (uint32_t i = 0; i < SEP_NAME_MAX; i++) {
        request->name[i] = name[i];
        if (name[i] == '\0') {
            break;
        }
    }
}

sep_status_t sep_sampling_create(const char *name, enum sep_port_direction direction,
                                 uint32_t message_size, uint32_t *port)
{
    struct sep_port_request request;

    set_request(&request, name, direction, message_size);
    request.kind = SEP_PORT_SAMPLING;
    request.depth = 0;
    return sep_port_open(&request, port);
}

sep_status_t sep_sampling_write(uint32_t port, const void *message, size_t size)
{
    return sep_call3(SEP_HC_sampling_write, port, (sep_word_t)message, size);
}

sep_status_t sep_sampling_read(uint32_t port, void *message, size_t capacity,
                               struct sep_message_info *info)
{
    return sep_call5(SEP_HC_sampling_read, port, (sep_word_t)message, capacity, (sep_word_t)info,
                     0);
}

sep_status_t sep_sampling_status(uint32_t port, struct sep_sampling_status *status)
{
    return sep_call2(SEP_HC_sampling_status, port, (sep_word_t)status);
}

sep_status_t sep_queuing_create(const char *name, enum sep_port_direction direction,
                                uint32_t message_size, uint32_t depth, uint32_t *port)
{
    struct sep_port_request request;

    set_request(&request, name, direction, message_size);
    request.kind = SEP_PORT_QUEUING;
    request.depth = depth;
    return sep_port_open(&request, port);
}

sep_status_t sep_queuing_send(uint32_t port, const void *message, size_t size)
{
    return sep_call3(SEP_HC_queuing_send, port, (sep_word_t)message, size);
}

sep_status_t sep_queuing_receive(uint32_t port, void *message, size_t capacity,
                                 struct sep_message_info *info)
{
    return sep_call5(SEP_HC_queuing_receive, port, (sep_word_t)message, capacity, (sep_word_t)info,
                     0);
}

sep_status_t sep_queuing_status(uint32_t port, struct sep_queuing_status *status)
{
    return sep_call2(SEP_HC_queuing_status, port, (sep_word_t)status);
}

sep_status_t sep_queuing_clear(uint32_t port)
{
    return sep_call1(SEP_HC_queuing_clear, port);
}
