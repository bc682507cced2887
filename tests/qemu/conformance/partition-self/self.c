// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Suspends, shuts down, resets and halts itself.

#include <check.h>

static unsigned lives;
static volatile unsigned asked;

static void on_shutdown(uint32_t irq)
{
    (void)irq;
    asked++;
}

static struct sep_partition_status self(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SEP_SELF, &status);
    return status;
}

static void first_life(void)
{
    sep_time_t begin;
    sep_time_t ran;

    idle(10); // the manager is up by now
    begin = now(SEP_CLOCK_HW);
    ran = now(SEP_CLOCK_EXEC);
    CHECK_EQUAL("cold", self().mode, SEP_MODE_COLD);
    CHECK_STATUS("suspend oneself", sep_partition_suspend(SEP_SELF), SEP_OK);
    begin = now(SEP_CLOCK_HW) - begin;
    CHECK("resumed in the fourth frame", begin > 35 * MS && begin < 45 * MS);
    CHECK("suspended time is not executed", now(SEP_CLOCK_EXEC) - ran < 1 * MS);
    CHECK_EQUAL("ready again", self().state, SEP_STATE_READY);
    CHECK_STATUS("ask oneself to shut down", sep_partition_shutdown(sep_info()->partition), SEP_OK);
    CHECK_EQUAL("and so it was", asked, 1);
    CHECK_EQUAL("delivered interrupts", self().virq_count, 1);
    (void)sep_partition_set_mode(SEP_MODE_WARM);
    printf("FAIL went on\n");
}

static void second_life(void)
{
    CHECK_EQUAL("warm", self().mode, SEP_MODE_WARM);
    CHECK_EQUAL("memory kept", lives, 2);
    CHECK_EQUAL("code 0", self().reset_code, 0);
    CHECK_STATUS("normal", sep_partition_set_mode(SEP_MODE_NORMAL), SEP_OK);
    CHECK_EQUAL("is normal", self().mode, SEP_MODE_NORMAL);
    (void)sep_partition_reset(sep_info()->partition, SEP_MODE_WARM, 0x80000001u);
    printf("FAIL went on\n");
}

static void third_life(void)
{
    CHECK_EQUAL("warm again", self().mode, SEP_MODE_WARM);
    CHECK_EQUAL("memory kept", lives, 3);
    CHECK_EQUAL("code", self().reset_code, 0x80000001u);
    (void)sep_partition_set_mode(SEP_MODE_COLD);
    printf("FAIL went on\n");
}

static void last_life(void)
{
    CHECK_EQUAL("cold again", self().mode, SEP_MODE_COLD);
    CHECK_EQUAL("memory as loaded", lives, 1);
    CHECK_EQUAL("code 0 again", self().reset_code, 0);
    CHECK_EQUAL("interrupts of all lives", self().virq_count, 1);
    CHECK_EQUAL("no event", self().event_count, 0);
    (void)sep_partition_halt(sep_info()->partition);
    printf("FAIL went on\n");
}

int main(void)
{
    static void (*const life[])(void) = {first_life, second_life, third_life, last_life};

    lives++;
    (void)rt_irq_handler(SEP_IRQ_SHUTDOWN, on_shutdown);
    rt_irq_on();
    life[self().reset_count]();
    return 0;
}
