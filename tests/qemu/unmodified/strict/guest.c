// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Holds a machine against the architecture, as an operating system sees it: identification, undefined registers,
// power calls, accesses of all sizes, priorities, the virtual timer, a UART, a device of its own. Says what is wrong, and
// how many instructions interrupts take, where one tick of the counter is one instruction.

#include <stdbool.h>
#include <stdint.h>

#define GICD 0x08000000u
#define GICR 0x080a0000u
#define SGI_FRAME (GICR + 0x10000u)
#define UART 0x09000000u
#define RTC 0x09010000u
#define NOTHING 0x0a100000u

#define REG8(address) (*(volatile uint8_t *)(uintptr_t)(address))
#define REG16(address) (*(volatile uint16_t *)(uintptr_t)(address))
#define REG32(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define REG64(address) (*(volatile uint64_t *)(uintptr_t)(address))

#define READ(name)                                                                                 \
    ({                                                                                             \
        uint64_t value_of_it;                                                                      \
        __asm__ volatile("mrs %0, " #name : "=r"(value_of_it));                                    \
        value_of_it;                                                                               \
    })
#define WRITE(name, value)                                                                         \
    __asm__ volatile("msr " #name ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

#define TIMER 27u
#define UART_LINE 33u
#define RTC_LINE 34u
#define SPURIOUS 1023u
#define SAMPLES 64u
#define TAKEN_MAX 64u

uint64_t measured_sgi(uint64_t value);
uint64_t measured_store(uint32_t value, volatile uint32_t *at);
uint64_t measured_call(uint64_t function);
uint64_t measured_load(const volatile uint32_t *at);
uint64_t measured_spin(uint64_t turns);
void guest_main(void);
uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far);
void guest_interrupt(void);
void guest_unexpected(uint64_t esr, uint64_t elr);

static uint32_t wrong;

// ------------------------------------------------------------------------------------------- words

static void put(char c)
{
    while ((REG32(UART + 0x18) & 0x20u) != 0u) {
    }
    REG8(UART) = (uint8_t)c;
}

static void say(const char *text)
{
    while (*text != '\0') {
        put(*text++);
    }
}

static void say_number(uint64_t value)
{
    char digits[20];
    uint32_t n = 0;

    do {
        digits[n++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    while (n != 0u) {
        put(digits[--n]);
    }
}

static void check(const char *what, uint64_t got, uint64_t expected)
{
    if (got != expected) {
        wrong++;
        say("wrong: ");
        say(what);
        say(" is ");
        say_number(got);
        say(", not ");
        say_number(expected);
        say("\n");
    }
}

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

void guest_unexpected(uint64_t esr, uint64_t elr)
{
    say("unexpected exception ");
    say_number(esr);
    say(" at ");
    say_number(elr);
    say("\n");
    for (;;) {
    }
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
    check("system registers", READ(icc_sre_el1) & 1u, 1);
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

static int64_t power(bool smc, uint64_t function, uint64_t argument)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = argument;

    if (smc) {
        __asm__ volatile("smc #0" : "+r"(x0), "+r"(x1) : : "x2", "x3", "memory");
    } else {
        __asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1) : : "x2", "x3", "memory");
    }
    return (int64_t)x0;
}

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
    check("double word", REG64(GICR + 0x8), 1u << 4);
    REG64(GICD + 0x6000 + 8 * 40) = 0;
    check("version", REG32(GICD + 0xffe8) >> 4 & 0xfu, 3);
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

static void on(void)
{
    __asm__ volatile("msr daifclr, #2" : : : "memory");
}

static void off(void)
{
    __asm__ volatile("msr daifset, #2" : : : "memory");
}

void guest_interrupt(void)
{
    uint64_t time = entered_at();
    uint32_t number = (uint32_t)READ(icc_iar1_el1) & 0xffffffu;

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
        on();
        __asm__ volatile("isb");
        off();
        taken.depth--;
    }
    WRITE(icc_eoir1_el1, number);
}

static void controller(void)
{
    REG32(GICR + 0x14) = 0;
    REG32(SGI_FRAME + 0x80) = 0xffffffffu;
    REG32(SGI_FRAME + 0x100) = 0x0800ffffu;
    for (uint32_t n = 0; n < 32u; n++) {
        REG8(SGI_FRAME + 0x400 + n) = 0x80;
    }
    for (uint32_t n = UART_LINE; n <= RTC_LINE; n++) {
        REG8(GICD + 0x400 + n) = 0x80;
        REG64(GICD + 0x6000 + 8u * n) = 0;
    }
    REG32(GICD + 0x84) = 0xffffffffu;
    REG32(GICD + 0x104) = 6; // UART, RTC
    REG32(GICD) = 2;
    WRITE(icc_pmr_el1, 0xff);
    WRITE(icc_igrpen1_el1, 1);
}

// 16 pending at once, of 16 priorities; then each preempts the one before.
static void priorities(void)
{
    for (uint32_t n = 0; n < 16u; n++) {
        REG8(SGI_FRAME + 0x400 + n) = (uint8_t)((15u - n) * 8u + 0x40u);
    }
    taken.count = 0;
    off();
    for (uint32_t n = 0; n < 16u; n++) {
        (void)measured_sgi((uint64_t)n << 24 | 1u);
    }
    check("pending", REG32(SGI_FRAME + 0x200), 0xffffu);
    on();
    while (taken.count < 16u) {
    }
    for (uint32_t n = 0; n < 16u; n++) {
        check("order", taken.number[n], 15u - n);
    }
    check("nothing pending", REG32(SGI_FRAME + 0x200), 0);
    // Each handler sends the next, more urgent one, and takes it.
    taken.count = 0;
    taken.nest = true;
    taken.deepest = 0;
    for (uint32_t n = 0; n < 16u; n++) {
        off();
        (void)measured_sgi((uint64_t)n << 24 | 1u);
        (void)measured_sgi((uint64_t)(15u - n) << 24 | 1u);
        on();
    }
    while (taken.count < 32u) {
    }
    taken.nest = false;
    check("nothing active", REG32(SGI_FRAME + 0x300), 0);
    for (uint32_t n = 0; n < 16u; n++) {
        REG8(SGI_FRAME + 0x400 + n) = 0x80;
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
        before = measured_sgi((uint64_t)(i % 16u) << 24 | 1u);
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
    WRITE(icc_ctlr_el1, 2);
    off();
    for (uint32_t n = 0; n < 8u; n++) {
        (void)measured_sgi((uint64_t)n << 24 | 1u);
    }
    for (uint32_t n = 0; n < 8u; n++) {
        uint32_t number = (uint32_t)READ(icc_iar1_el1) & 0xffffffu;

        check("two steps", number, n);
        WRITE(icc_eoir1_el1, number);
    }
    check("all active", REG32(SGI_FRAME + 0x300), 0xff);
    for (uint32_t n = 0; n < 8u; n++) {
        WRITE(icc_dir_el1, (n * 3u) % 8u);
    }
    check("none active", REG32(SGI_FRAME + 0x300), 0);
    WRITE(icc_ctlr_el1, 0);
    on();
}

void guest_main(void)
{
    struct spread call = {UINT64_MAX, 0};
    struct spread load = {UINT64_MAX, 0};

    say("strict is up\n");
    say("a processor of part ");
    say_number(READ(midr_el1) >> 4 & 0xfffu);
    say("\n");
    registers();
    power_calls();
    accesses();
    controller();
    on();
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
