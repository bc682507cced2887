// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a cold and a warm reset keep, clear, count and disarm.

#include <check.h>
#include <string.h>

static unsigned starts;          // zero in the image
static unsigned counter = 40;    // not zero in the image
static unsigned char big[20000]; // more than one step of clearing

static volatile unsigned taken;

static void on_timer(uint32_t irq)
{
    (void)irq;
    taken++;
}

static bool all(unsigned char value)
{
    for (size_t i = 0; i < sizeof(big); i++) {
        if (big[i] != value) {
            return false;
        }
    }
    return true;
}

static struct sep_partition_status status(void)
{
    struct sep_partition_status s = {0};

    (void)sep_partition_status(SEP_SELF, &s);
    return s;
}

static struct sep_irq_status irqs(void)
{
    struct sep_irq_status s = {0};

    (void)sep_irq_status(&s);
    return s;
}

// Leaves traces of this life everywhere, then ends it.
_Noreturn static void end(enum sep_mode mode, uint32_t code)
{
    counter += 2;
    memset(big, 0x5a, sizeof(big));
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 15 * MS, 1 * MS);
    (void)sep_partition_shutdown(SEP_SELF);
    rt_irq_on();
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    (void)sep_partition_reset(SEP_SELF, mode, code);
    for (;;) {
        printf("FAIL still here\n");
    }
}

static void fresh(const char *what)
{
    printf("%s\n", what);
    CHECK_EQUAL("interrupts disabled", irqs().enabled, 0);
    CHECK_EQUAL("all masked", irqs().masked, 0xffffffff);
    CHECK_EQUAL("none pending but the slot's", irqs().pending & ~SEP_IRQ_BIT(SEP_IRQ_SLOT_START),
                0);
}

static void no_timer(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    idle(4);
    CHECK_EQUAL("timers disarmed", taken, 0);
    rt_irq_off();
}

int main(void)
{
    uint32_t resets = status().reset_count;

    starts++;
    if (resets == 0u) {
        fresh("first start");
        CHECK_EQUAL("mode cold", status().mode, SEP_MODE_COLD);
        CHECK_EQUAL("code 0", status().reset_code, 0);
        CHECK("image as built", starts == 1u && counter == 40u && all(0));
        end(SEP_MODE_WARM, 1234);
    }
    if (resets == 1u) {
        fresh("after a warm reset");
        CHECK_EQUAL("mode warm", status().mode, SEP_MODE_WARM);
        CHECK_EQUAL("code", status().reset_code, 1234);
        CHECK("memory kept", starts == 2u && counter == 42u && all(0x5a));
        no_timer();
        end(SEP_MODE_COLD, 0xffffffff);
    }
    fresh("after a cold reset");
    CHECK_EQUAL("mode cold", status().mode, SEP_MODE_COLD);
    CHECK_EQUAL("code", status().reset_code, 0xffffffff);
    CHECK("image as built", starts == 1u && counter == 40u && all(0));
    no_timer();
    CHECK_EQUAL("two resets", status().reset_count, 2);
    return 0;
}
