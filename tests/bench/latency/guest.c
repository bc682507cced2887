// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How many instructions lie between an interrupt and its handler, as Jailhouse's authors measured it: the same program
// on the bare machine and as a partition. It knows the machine (QEMU's virt, GICv3) and nothing of a hypervisor. One tick
// of the counter is one instruction.

#include <stdbool.h>
#include <stdint.h>

#define GICD 0x08000000u
#define GICR 0x080a0000u
#define SGI_FRAME (GICR + 0x10000u)
#define UART 0x09000000u
#define RTC 0x09010000u
#define TIMER 27u
#define RTC_LINE 34u

#define EVENTS 10000u
#define BATCH 50u        ///< events behind one another, in less than a slot
#define GAP 5000u        ///< ticks without an instruction: others had the processor
#define PATIENCE 700000u ///< ticks in which such a gap comes, if there is anybody else
#define DISTANCE 500u    ///< of the timer's events, at least
#define TURNS 100000u    ///< that an event may take
#define SPREAD 31250u    ///< of distances, of events at any time

#define READ(name)                                                                                 \
    ({                                                                                             \
        uint64_t value_of_it;                                                                      \
        __asm__ volatile("mrs %0, " #name : "=r"(value_of_it));                                    \
        value_of_it;                                                                               \
    })
#define WRITE(name, value)                                                                         \
    __asm__ volatile("msr " #name ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

/// ../../qemu/unmodified/start.S: stores, and answers the time before it.
uint64_t measured_store(uint32_t value, volatile uint32_t *at);
void guest_main(void);
uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far);
void guest_interrupt(void);
void guest_unexpected(uint64_t esr, uint64_t elr);

static uint32_t get(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static void put(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(address) : "memory");
}

static void say(const char *text)
{
    while (*text != '\0') {
        while ((get(UART + 0x18u) & 0x20u) != 0u) {
        }
        put(UART, (uint8_t)*text++);
    }
}

static void say_number(uint64_t value)
{
    char text[21];
    uint32_t n = 20;

    text[n] = '\0';
    do {
        text[--n] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    say(" ");
    say(&text[n]);
}

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    (void)far;
    guest_unexpected(esr, elr);
    return elr;
}

void guest_unexpected(uint64_t esr, uint64_t elr)
{
    say("unexpected exception");
    say_number(esr);
    say_number(elr);
    say("\n");
    for (;;) {
    }
}

static volatile uint64_t taken_at;
static volatile uint32_t taken;

// Register x18: the counter at the vector's first instruction.
void guest_interrupt(void)
{
    uint64_t time;
    uint64_t number;

    __asm__ volatile("mov %0, x18" : "=r"(time));
    number = READ(icc_iar1_el1) & 0xffffffu;
    if (number == TIMER) {
        WRITE(cntv_ctl_el0, 0);
    } else if (number == RTC_LINE) {
        put(RTC + 0x1cu, 1);
    } else {
        return;
    }
    WRITE(icc_eoir1_el1, number);
    taken_at = time;
    taken++;
}

// The same on both machines: one security state, interrupts by system registers.
static void configure(void)
{
    put(GICR + 0x14u, 0);
    while ((get(GICR + 0x14u) & 4u) != 0u) {
    }
    put(GICD, 0x12);
    put(SGI_FRAME + 0x80u, UINT32_MAX);
    put(SGI_FRAME + 0x400u + 24u, 0x80808080u);
    put(SGI_FRAME + 0x100u, 1u << TIMER);
    put(GICD + 0x84u, UINT32_MAX);
    put(GICD + 0x400u + 32u, 0x80808080u);
    put(GICD + 0x104u, 1u << (RTC_LINE - 32u));
    WRITE(icc_sre_el1, 7);
    WRITE(icc_pmr_el1, 0xff);
    WRITE(icc_igrpen1_el1, 1);
    __asm__ volatile("msr daifclr, #2\n\tisb" : : : "memory");
}

// To the start of the next slot, where there are slots.
static void wait_for_slot(void)
{
    uint64_t begin = READ(cntvct_el0);
    uint64_t last = begin;
    uint64_t now = begin;

    while (now - last < GAP && now - begin < PATIENCE) {
        last = now;
        now = READ(cntvct_el0);
    }
}

struct spread {
    uint64_t least, most, sum;
    uint32_t count;
};

static void add(struct spread *s, uint64_t value)
{
    s->least = s->count == 0u || value < s->least ? value : s->least;
    s->most = value > s->most ? value : s->most;
    s->sum += value;
    s->count++;
}

static bool came(void)
{
    for (uint32_t turns = 0; taken == 0u && turns < TURNS; turns++) {
    }
    return taken != 0u;
}

// The clock's alarm for the second that it shows: at once. Where the second has just ended it does not come.
static void device_event(struct spread *s)
{
    uint64_t before;

    taken = 0;
    before = measured_store(get(RTC), (volatile uint32_t *)(uintptr_t)(RTC + 4u));
    if (came()) {
        add(s, taken_at - before);
    }
}

static void timer_event(struct spread *s)
{
    uint64_t at = READ(cntvct_el0) + DISTANCE + s->count * 7u % 1000u;

    taken = 0;
    WRITE(cntv_cval_el0, at);
    WRITE(cntv_ctl_el0, 1);
    if (came()) {
        add(s, taken_at - at);
    }
}

// Anywhere in the plan: it may expire while others have their slots.
static void any_event(struct spread *s)
{
    static uint32_t random = 1;
    uint64_t at;

    random = random * 1664525u + 1013904223u;
    at = READ(cntvct_el0) + DISTANCE + (random >> 8) % SPREAD;
    taken = 0;
    WRITE(cntv_cval_el0, at);
    WRITE(cntv_ctl_el0, 1);
    if (came()) {
        add(s, taken_at - at);
    }
}

static void measure(const char *name, void (*event)(struct spread *s), bool in_slot)
{
    struct spread s = {0, 0, 0, 0};

    while (s.count < EVENTS) {
        if (in_slot && s.count % BATCH == 0u) {
            wait_for_slot();
        }
        event(&s);
    }
    say("latency ");
    say(name);
    say_number(s.least);
    say_number(s.sum);
    say_number(s.most);
    say_number(s.count);
    say("\n");
}

void guest_main(void)
{
    register uint64_t x0 __asm__("x0") = 0x84000008u; // PSCI SYSTEM_OFF

    configure();
    put(RTC + 0x10u, 1);
    measure("device_irq_to_guest", device_event, true);
    put(RTC + 0x10u, 0);
    measure("vtimer_to_guest", timer_event, true);
    measure("vtimer_at_any_time", any_event, false);
    __asm__ volatile("hvc #0" : "+r"(x0) : : "x1", "x2", "x3", "memory");
}
