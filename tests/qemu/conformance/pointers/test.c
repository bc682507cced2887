// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every hypercall that takes a pointer, with pointers of every bad kind. A system partition asks, so that
// nothing but the pointer is wrong.

#include <board_uart.h>
#include <check.h>
#include <isa_faults.h>
#include <string.h>

// What the call does with the memory.
struct call {
    const char *name;
    sep_status_t (*make)(uintptr_t pointer);
    uint32_t size;
    uint32_t align;
    bool reads; ///< only reads it
};

static sep_status_t get_time(uintptr_t p)
{
    return sep_get_time(SEP_CLOCK_HW, (sep_time_t *)p);
}

static sep_status_t console_write(uintptr_t p)
{
    return sep_console_write((const char *)p, 16);
}

static sep_status_t irq_status(uintptr_t p)
{
    return sep_irq_status((struct sep_irq_status *)p);
}

static sep_status_t partition_status(uintptr_t p)
{
    return sep_partition_status(1, (struct sep_partition_status *)p);
}

static sep_status_t vcpu_status(uintptr_t p)
{
    return sep_vcpu_status(0, (struct sep_vcpu_status *)p);
}

static sep_status_t plan_status(uintptr_t p)
{
    return sep_plan_status((struct sep_plan_status *)p);
}

static sep_status_t system_status(uintptr_t p)
{
    return sep_system_status((struct sep_system_status *)p);
}

static sep_status_t batch_calls(uintptr_t p)
{
    uint32_t done = 0;

    return sep_batch((struct sep_batch_call *)p, 1, &done);
}

static sep_status_t batch_done(uintptr_t p)
{
    struct sep_batch_call call = {.number = SEP_HC_null};

    return sep_batch(&call, 1, (uint32_t *)p);
}

static sep_status_t io_read(uintptr_t p)
{
    return sep_io_read(BOARD_UART_STATUS, (uint32_t *)p);
}

static const struct call calls[] = {
    {"get_time", get_time, 8, 8, false},
    {"console_write", console_write, 16, 1, true},
    {"irq_status", irq_status, sizeof(struct sep_irq_status), 4, false},
    {"partition_status", partition_status, sizeof(struct sep_partition_status), 8, false},
    {"vcpu_status", vcpu_status, sizeof(struct sep_vcpu_status), 8, false},
    {"plan_status", plan_status, sizeof(struct sep_plan_status), 8, false},
    {"system_status", system_status, sizeof(struct sep_system_status), 8, false},
    {"batch calls", batch_calls, sizeof(struct sep_batch_call), 8, false},
    {"batch done", batch_done, 4, 4, false},
    {"io_read", io_read, 4, 4, false},
};

static bool refused(const struct call *call, uintptr_t pointer)
{
    sep_status_t status = call->make(pointer);

    if (status != SEP_INVALID_ADDRESS) {
        printf("FAIL %s %p: %s\n", call->name, (void *)pointer, sep_status_name(status));
    }
    return status == SEP_INVALID_ADDRESS;
}

// Where nobody may write or read: nothing mapped, another's memory, the hypervisor's, as it sees itself and
// as it lies in memory, the end of the address space.
static bool nowhere(const struct call *call)
{
    uintptr_t ram = area_start("ram");
    const uintptr_t places[] = {0,
                                8,
                                ram - 64u,
                                area_start("constant") - 64u,
                                ram + 0x100000u,
                                ram - 0x100000u,
                                ISA_HYPERVISOR_MEMORY,
                                ISA_HYPERVISOR_MEMORY + 0x1000u,
                                ISA_HYPERVISOR_DEVICES + 0x100u,
                                BOARD_UART_DATA & ~7u,
                                0x7ffffff8u,
                                0x80000000u,
                                (uintptr_t)0 - 8u,
                                (uintptr_t)0 - 64u};
    bool all = true;

    for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        all = refused(call, places[i]) && all;
    }
    return all;
}

// The last place in the area that holds it, and one unit further.
static bool to_the_last_byte(const struct call *call)
{
    uintptr_t last = area_end("ram") - call->size;

    last -= last % call->align;
    return refused(call, last + call->align);
}

static bool misaligned(const struct call *call)
{
    static uint8_t buffer[128] __attribute__((aligned(8)));
    bool all = true;

    for (uint32_t offset = 1; offset < call->align; offset++) {
        memset(buffer, 0x77, sizeof(buffer));
        all = refused(call, (uintptr_t)buffer + offset) && all;
        for (uint32_t i = 0; i < sizeof(buffer); i++) {
            all = all && buffer[i] == 0x77u;
        }
    }
    return all;
}

static bool read_only(const struct call *call)
{
    bool all = true;

    if (!call->reads) {
        all = refused(call, area_start("constant")) && all;
        all = refused(call, area_start("code")) && all;
        all = refused(call, (uintptr_t)sep_info()) && all;
        all = refused(call, area_end("constant") - call->size + call->size % call->align) && all;
    }
    return all;
}

// It writes exactly its size: not a byte before or behind.
static bool exact(const struct call *call)
{
    static uint8_t buffer[128] __attribute__((aligned(8)));
    uint32_t changed = 0;

    memset(buffer, 0, sizeof(buffer)); // for a batch the null call
    buffer[31] = 0xa5;
    buffer[32u + call->size] = 0xa5;
    if (call->make((uintptr_t)buffer + 32u) != SEP_OK) {
        return false;
    }
    for (uint32_t i = 0; i < sizeof(buffer); i++) {
        if (i < 31u || i > 32u + call->size) {
            changed += buffer[i] != 0u ? 1u : 0u;
        }
    }
    return changed == 0u && buffer[31] == 0xa5u && buffer[32u + call->size] == 0xa5u;
}

int main(void)
{
    struct sep_partition_status status = {0};

    while (status.mode != SEP_MODE_NORMAL) {
        idle(1);
        (void)sep_partition_status(1, &status);
    }
    for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        const struct call *call = &calls[i];

        printf("%s\n", call->name);
        CHECK("nowhere", nowhere(call));
        CHECK("to the last byte", to_the_last_byte(call));
        CHECK("misaligned", misaligned(call));
        CHECK("read-only", read_only(call));
        CHECK("exactly its size", exact(call));
    }
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("no event", status.event_count, 0);
    return 0;
}
