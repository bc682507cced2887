// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Holds a machine against the architecture, as an operating system sees it: identification, undefined registers,
// power calls, accesses of all sizes, priorities, the virtual timer, a UART, a device of its own. Says what is wrong, and
// how many instructions interrupts take, where one tick of the counter is one instruction.

#include "machine.h"

#define NOTHING 0x0a100000u
#define SAMPLES 64u
#define TAKEN_MAX 64u

static void measured(const char *name, uint64_t least, uint64_t most)
{
    say("measured ");
    say(name);
    say(" ");
    say_number(least);
    say(" to ");
    say_number(most);
    say("\n");
}

// ------------------------------------------------------------------------------------ exceptions

static volatile struct {
    uint64_t esr, elr, far;
    uint32_t count;
} last;

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    last.esr = esr;
    last.elr = elr;
    last.far = far;
    last.count++;
    return elr + 4u;
}

#define UNDEFINED(instruction)                                                                     \
    do {                                                                                           \
        uint64_t at;                                                                               \
                                                                                                   \
        last.esr = 1;                                                                              \
        __asm__ volatile("adr %0, 1f\n1:\t" instruction : "=&r"(at) : : "x0", "memory");           \
        check(instruction, last.esr, 0x02000000u);                                                 \
        check(instruction " address", last.elr, at);                                               \
    } while (0)

static void registers(void)
{
    check("EL0 and EL1", READ(id_aa64pfr0_el1) & 0xffffu, 0x0011);
    check("performance monitors", READ(id_aa64dfr0_el1) >> 8 & 0xfu, 0);
    check("pointer authentication", READ(id_aa64isar1_el1) & 0xff0u, 0);
    check("virtualization", READ(id_aa64mmfr1_el1) >> 8 & 0xfu, 0);
    check("32-bit features", READ(id_pfr0_el1), 0);
    UNDEFINED("mrs x0, pmcr_el0");
    UNDEFINED("msr pmcntenset_el0, x0");
    UNDEFINED("mrs x0, cntp_ctl_el0");
    UNDEFINED("mrs x0, S3_3_C15_C2_0");
    UNDEFINED("mrs x0, vbar_el2");
    UNDEFINED("hvc #1");
    UNDEFINED("smc #1");
    UNDEFINED("hlt #0xf000");
    WRITE(mdscr_el1, 0x8000);
    check("debug registers", READ(mdscr_el1), 0);
    WRITE(actlr_el1, UINT64_MAX);
    check("auxiliary control", READ(actlr_el1), 0);
    if (is_old()) {
        UNDEFINED("mrs x0, icc_sre_el1");
        UNDEFINED("mrs x0, icc_iar1_el1");
    } else {
        check("system registers", READ(icc_sre_el1) & 1u, 1);
    }
    __asm__ volatile("brk #5");
    check("breakpoint", last.esr, 0xf2000005u);
    for (uint32_t i = 0; i < 3u; i++) { // each time
        last.esr = 0;
        __asm__ volatile("ldr w9, [%0]" : : "r"((uint64_t)NOTHING + 8u * i) : "x9", "memory");
        check("access to nothing", last.esr & 0xfc00003fu, 0x94000010u);
        check("address of nothing", last.far, NOTHING + 8u * i);
    }
}

// ------------------------------------------------------------------------------------ power calls

static void power_calls(void)
{
    for (uint32_t smc = 0; smc < 2u; smc++) {
        check("PSCI_VERSION", (uint64_t)power(smc != 0u, 0x84000000u, 0), 0x10001);
        check("unknown call", (uint64_t)power(smc != 0u, 0x86000001u, 0), UINT64_MAX);
        check("CPU_ON itself", (uint64_t)power(smc != 0u, 0xc4000003u, 0), (uint64_t)-4);
        check("CPU_ON another", (uint64_t)power(smc != 0u, 0xc4000003u, 1), (uint64_t)-2);
    }
}

// -------------------------------------------------------------------------------------- accesses

static void accesses(void)
{
    uint64_t value;

    REG32(GICD + 0x400 + 40) = 0x98a8b8c8u;
    check("word", REG32(GICD + 0x400 + 40), 0x98a8b8c8u);
    check("byte", REG8(GICD + 0x400 + 41), 0xb8);
    check("half", REG16(GICD + 0x400 + 42), 0x98a8);
    __asm__ volatile("ldrsb %0, [%1]" : "=r"(value) : "r"((uint64_t)GICD + 0x400u + 41u));
    check("signed byte", value, (uint64_t)(int64_t)(int8_t)0xb8);
    __asm__ volatile("ldrsh %w0, [%1]" : "=r"(value) : "r"((uint64_t)GICD + 0x400u + 42u));
    check("signed half", value, (uint32_t)(int32_t)(int16_t)0x98a8);
    REG8(GICD + 0x400 + 43) = 0x10;
    check("byte written", REG32(GICD + 0x400 + 40), 0x10a8b8c8u);
    __asm__ volatile("str wzr, [%0]" : : "r"((uint64_t)GICD + 0x400u + 40u) : "memory");
    check("zero register", REG32(GICD + 0x400 + 40), 0);
    if (is_old()) {
        check("version", REG32(GICD + 0xfe8) >> 4 & 0xfu, 2);
        check("deactivation register", REG32(GICC + 0x1000), 0);
    } else {
        check("double word", REG64(GICR + 0x8), 1u << 4);
        REG64(GICD + 0x6000 + 8 * 40) = 0;
        check("version", REG32(GICD + 0xffe8) >> 4 & 0xfu, 3);
    }
}

// ------------------------------------------------------------------------------------ interrupts

static struct {
    uint32_t number[TAKEN_MAX];
    volatile uint32_t count;
    volatile uint64_t time; ///< of the latest
    uint32_t depth, deepest;
    bool nest;
} taken;

static uint64_t entered_at(void)
{
    uint64_t time;

    __asm__ volatile("mov %0, x18" : "=r"(time));
    return time;
}

void guest_interrupt(void)
{
    uint64_t time = entered_at();
    uint32_t number = irq_take();

    if (number == SPURIOUS) {
        return;
    }
    taken.time = time;
    taken.number[taken.count++ % TAKEN_MAX] = number;
    if (number == TIMER) {
        WRITE(cntv_ctl_el0, 0);
    } else if (number == UART_LINE) {
        REG32(UART + 0x44) = 0x20;
    } else if (number == RTC_LINE) {
        REG32(RTC + 0x1c) = 1;
    }
    if (taken.nest) {
        taken.depth++;
        taken.deepest = taken.depth > taken.deepest ? taken.depth : taken.deepest;
        irq_on();
        irq_off();
        taken.depth--;
    }
    irq_end(number);
}

static void controller(void)
{
    uint32_t own = private_frame();

    controller_on();
    REG32(own + 0x100) = 0x0800ffffu;
    for (uint32_t n = 0; n < 32u; n++) {
        REG8(own + 0x400 + n) = 0x80;
    }
    for (uint32_t n = UART_LINE; n <= RTC_LINE; n++) {
        REG8(GICD + 0x400 + n) = 0x80;
    }
    REG32(GICD + 0x104) = 6; // UART, RTC
}

// 16 pending at once, of 16 priorities; then each preempts the one before.
static void priorities(void)
{
    for (uint32_t n = 0; n < 16u; n++) {
        REG8(private_frame() + 0x400 + n) = (uint8_t)((15u - n) * 8u + 0x40u);
    }
    taken.count = 0;
    irq_off();
    for (uint32_t n = 0; n < 16u; n++) {
        (void)irq_send(n);
    }
    check("pending", REG32(private_frame() + 0x200), 0xffffu);
    irq_on();
    while (taken.count < 16u) {
    }
    for (uint32_t n = 0; n < 16u; n++) {
        check("order", taken.number[n], 15u - n);
    }
    check("nothing pending", REG32(private_frame() + 0x200), 0);
    // Each handler sends the next, more urgent one, and takes it.
    taken.count = 0;
    taken.nest = true;
    taken.deepest = 0;
    for (uint32_t n = 0; n < 16u; n++) {
        irq_off();
        (void)irq_send(n);
        (void)irq_send(15u - n);
        irq_on();
    }
    while (taken.count < 32u) {
    }
    taken.nest = false;
    check("nothing active", REG32(private_frame() + 0x300), 0);
    for (uint32_t n = 0; n < 16u; n++) {
        REG8(private_frame() + 0x400 + n) = 0x80;
    }
}

struct spread {
    uint64_t least, most;
};

static void sample(struct spread *s, uint64_t value)
{
    s->least = value < s->least ? value : s->least;
    s->most = value > s->most ? value : s->most;
}

static void wait_for(uint32_t count)
{
    for (uint32_t turns = 0; taken.count < count && turns < 1000000u; turns++) {
    }
    check("interrupts", taken.count, count);
}

static void software(void)
{
    struct spread s = {UINT64_MAX, 0};

    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint64_t before;

        taken.count = 0;
        before = irq_send(i % 16u);
        wait_for(1);
        check("number", taken.number[0], i % 16u);
        sample(&s, taken.time - before);
    }
    measured("sgi_self", s.least, s.most);
}

static void timer(void)
{
    struct spread s = {UINT64_MAX, 0};
    struct spread stolen = {UINT64_MAX, 0};
    uint64_t alone = measured_spin(10000);

    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint64_t at = READ(cntvct_el0) + 3000u + 7u * i;

        taken.count = 0;
        WRITE(cntv_cval_el0, at);
        WRITE(cntv_ctl_el0, 1);
        sample(&stolen, measured_spin(10000) - alone);
        wait_for(1);
        check("number", taken.number[0], TIMER);
        sample(&s, taken.time - at);
    }
    measured("vtimer_to_guest", s.least, s.most);
    measured("timer_irq_stolen", stolen.least, stolen.most);
}

static void device(void)
{
    struct spread s = {UINT64_MAX, 0};

    REG32(RTC + 0x10) = 1;
    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint32_t now = REG32(RTC);
        uint64_t before;

        taken.count = 0;
        before = measured_store(now, &REG32(RTC + 0x4));
        wait_for(1);
        check("number", taken.number[0], RTC_LINE);
        sample(&s, taken.time - before);
    }
    REG32(RTC + 0x10) = 0;
    measured("device_irq_to_guest", s.least, s.most);
}

static void uart(void)
{
    taken.count = 0;
    REG32(UART + 0x44) = 0x20;
    REG32(UART + 0x38) = 0x20;
    say("the UART tells\n");
    wait_for(15); // one for each byte
    REG32(UART + 0x38) = 0;
    check("line", taken.number[0], UART_LINE);
    check("UART identification", REG32(UART + 0xfe0), 0x11);
}

// The end of an interrupt in two steps, out of order.
static void two_steps(void)
{
    controller_two_steps(true);
    irq_off();
    for (uint32_t n = 0; n < 8u; n++) {
        (void)irq_send(n);
    }
    for (uint32_t n = 0; n < 8u; n++) {
        uint32_t number = irq_take();

        check("two steps", number, n);
        irq_end(number);
    }
    check("all active", REG32(private_frame() + 0x300), 0xff);
    for (uint32_t n = 0; n < 8u; n++) {
        irq_deactivate((n * 3u) % 8u);
    }
    check("none active", REG32(private_frame() + 0x300), 0);
    controller_two_steps(false);
    irq_on();
}

void guest_main(void)
{
    struct spread call = {UINT64_MAX, 0};
    struct spread load = {UINT64_MAX, 0};

    say("strict is up\n");
    machine_find();
    say("a processor of part ");
    say_number(READ(midr_el1) >> 4 & 0xfffu);
    say("\n");
    registers();
    power_calls();
    accesses();
    controller();
    irq_on();
    priorities();
    two_steps();
    software();
    timer();
    device();
    uart();
    for (uint32_t i = 0; i < SAMPLES; i++) {
        sample(&call, measured_call(0x84000000u));
        sample(&load, measured_load(&REG32(GICD)));
    }
    measured("power_call", call.least, call.most);
    measured("controller_load", load.least, load.most);
    say_number(wrong);
    say(" wrong\n");
    (void)power(false, 0x84000008u, 0);
    say("still here\n");
}
