// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Builds tables of its own, in which all addresses are themselves and its memory appears once more
// elsewhere, and switches its MMU on: everything else stays as it was. Pointers in hypercalls are addresses of
// its memory as described, not of its own tables. A warm reset begins with the MMU off again.

#include <check.h>
#include <isa_faults.h>

#define ENTRIES 512u
#define GIB_SHIFT 30
#define ELSEWHERE 0x1000000000u // where the GiB of its memory is mapped, too

#define BLOCK 0x701u // valid, accessed, inner shareable, attributes 0
#define CACHED 0xffu
#define SIZE_39_BITS 25u
#define CACHED_WALKS 0x3500u
#define ONE_TABLE 0x800000u
#define OUTPUT_40_BITS 0x200000000u
#define MMU_ON 0x1u

static uint64_t table[ENTRIES] __attribute__((aligned(4096)));
static volatile unsigned ticks;
static volatile unsigned faults;

static void on_timer(uint32_t irq)
{
    (void)irq;
    ticks++;
}

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static uint64_t control(void)
{
    uint64_t value;

    __asm__ volatile("mrs %0, sctlr_el1" : "=r"(value));
    return value;
}

static void switch_on(void)
{
    uintptr_t own = area_start("ram") >> GIB_SHIFT << GIB_SHIFT;

    for (uint64_t i = 0; i < ENTRIES; i++) {
        table[i] = i << GIB_SHIFT | BLOCK;
    }
    table[ELSEWHERE >> GIB_SHIFT] = own | BLOCK;
    __asm__ volatile("msr mair_el1, %0\n\tmsr tcr_el1, %1\n\tmsr ttbr0_el1, %2\n\tdsb sy\n\tisb\n\t"
                     "tlbi vmalle1\n\tdsb sy\n\tisb\n\tmsr sctlr_el1, %3\n\tisb"
                     :
                     : "r"((uint64_t)CACHED),
                       "r"(OUTPUT_40_BITS | ONE_TABLE | CACHED_WALKS | SIZE_39_BITS), "r"(table),
                       "r"(control() | MMU_ON | 4u)
                     : "memory");
}

static void try_all(void)
{
    static sep_time_t time;
    uintptr_t offset = (uintptr_t)&time & ((1u << GIB_SHIFT) - 1u);
    volatile sep_time_t *again = (volatile sep_time_t *)(ELSEWHERE + offset);

    time = 0;
    CHECK_STATUS("hypercalls write", sep_get_time(SEP_CLOCK_HW, &time), SEP_OK);
    CHECK("seen twice", time != 0u && *again == time);
    *again = 1;
    CHECK("written twice", *(volatile sep_time_t *)&time == 1u);
    CHECK_STATUS("but not by the hypervisor",
                 sep_get_time(SEP_CLOCK_HW, (sep_time_t *)(ELSEWHERE + offset)),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("nor read", sep_console_write((const char *)(ELSEWHERE + offset), 4),
                 SEP_INVALID_ADDRESS);
    ticks = 0;
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 100 * US, 200 * US);
    rt_irq_on();
    idle(40);
    rt_irq_off();
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    CHECK("interrupts", ticks > 10u);
    faults = 0;
    isa_raise_illegal();
    isa_raise_read(0x10);
    CHECK_EQUAL("faults", faults, 2);
}

int main(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    printf("life %u\n", (unsigned)status.reset_count);
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    rt_trap_handler(on_fault);
    CHECK("off at first", (control() & MMU_ON) == 0u);
    switch_on();
    CHECK("on", (control() & MMU_ON) != 0u);
    try_all();
    if (status.reset_count == 0u) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_WARM, 0);
    }
    return 0;
}
