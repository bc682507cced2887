// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that reads to the end of the log and is told of the next record then.

#include <check.h>

static volatile unsigned told;
static uint32_t next;
static struct sep_hm_record record;

static void on_record(uint32_t irq)
{
    (void)irq;
    told++;
}

static void read_to_the_end(void)
{
    while (sep_hm_read(next, &record) == SEP_OK) {
        next = record.number + 1u;
    }
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_HM, on_record);
    rt_irq_on();
    wait_for_frame(60);
    CHECK_EQUAL("nobody has looked", told, 0);
    read_to_the_end();
    CHECK_EQUAL("two records", next, 2);
    wait_for_frame(80);
    CHECK_EQUAL("told once of three", told, 1);
    read_to_the_end();
    CHECK_EQUAL("three records", next, 5);
    wait_for_frame(100);
    CHECK_EQUAL("no more", told, 1);
    CHECK_STATUS("wait", sep_hm_read_wait(5, &record, SEP_WAIT_FOREVER), SEP_OK);
    CHECK("for this one", record.number == 5u && record.code == 110u && record.partition == 2u);
    CHECK_EQUAL("told of it", told, 2);
    CHECK_STATUS("the refusal", sep_hm_read_wait(6, &record, SEP_WAIT_FOREVER), SEP_OK);
    CHECK_EQUAL("is a record", record.event, SEP_EVENT_ILLEGAL_HYPERCALL);
    CHECK_STATUS("wait in vain", sep_hm_read_wait(7, &record, 50 * MS), SEP_NOT_AVAILABLE);
    return 0;
}
