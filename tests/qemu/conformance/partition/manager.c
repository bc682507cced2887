// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every transition of a partition, asked for by a system partition, with its refusals.

#include <check.h>

#define SUBJECT 1u

static struct sep_partition_status subject(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SUBJECT, &status);
    return status;
}

// Loading takes as many of its slots as its image needs.
static void wait_for_normal(void)
{
    for (int frame = 0; frame < 200 && subject().mode != SEP_MODE_NORMAL; frame++) {
        idle(1);
    }
}

static void at_first(void)
{
    idle(3);
    CHECK_EQUAL("without the flag boot it is halted", subject().state, SEP_STATE_HALTED);
    CHECK_EQUAL("and idle", subject().mode, SEP_MODE_IDLE);
    CHECK_EQUAL("and has not run", subject().exec_clock, 0);
    CHECK_STATUS("never loaded: no warm reset", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 0),
                 SEP_INVALID_MODE);
    CHECK_STATUS("halt of a halted one", sep_partition_halt(SUBJECT), SEP_NO_ACTION);
    CHECK_STATUS("suspend of a halted one", sep_partition_suspend(SUBJECT), SEP_INVALID_MODE);
    CHECK_STATUS("resume of a halted one", sep_partition_resume(SUBJECT), SEP_INVALID_MODE);
    CHECK_STATUS("shutdown of a halted one", sep_partition_shutdown(SUBJECT), SEP_INVALID_MODE);
    CHECK_EQUAL("no refusal changed anything", subject().reset_count, 0);
}

static void reset(void)
{
    CHECK_STATUS("cold reset", sep_partition_reset(SUBJECT, SEP_MODE_COLD, 77), SEP_OK);
    CHECK_EQUAL("it is being loaded", subject().state, SEP_STATE_LOADING);
    wait_for_normal();
    CHECK_EQUAL("it runs", subject().state, SEP_STATE_READY);
    CHECK_EQUAL("reset is counted", subject().reset_count, 1);
    CHECK_EQUAL("code is handed on", subject().reset_code, 77);
    CHECK_EQUAL("it has one vCPU", subject().vcpu_count, 1);
    CHECK_STATUS("no such mode", sep_partition_reset(SUBJECT, SEP_MODE_NORMAL, 0),
                 SEP_INVALID_PARAM);
}

static void suspend(void)
{
    uint64_t exec;

    CHECK_STATUS("resume of a running one", sep_partition_resume(SUBJECT), SEP_NO_ACTION);
    CHECK_STATUS("suspend", sep_partition_suspend(SUBJECT), SEP_OK);
    CHECK_EQUAL("suspended", subject().state, SEP_STATE_SUSPENDED);
    CHECK_STATUS("suspend of a suspended one", sep_partition_suspend(SUBJECT), SEP_NO_ACTION);
    exec = subject().exec_clock;
    idle(5);
    CHECK_EQUAL("suspended does not run", subject().exec_clock, exec);
    CHECK_STATUS("resume", sep_partition_resume(SUBJECT), SEP_OK);
    idle(2);
    CHECK("it runs again", subject().exec_clock > exec);
    CHECK_EQUAL("without a reset", subject().reset_count, 1);
}

static void shutdown(void)
{
    CHECK_STATUS("shutdown", sep_partition_shutdown(SUBJECT), SEP_OK);
    idle(2);
    CHECK_EQUAL("it halted itself", subject().state, SEP_STATE_HALTED);
    CHECK_STATUS("warm reset", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 78), SEP_OK);
    wait_for_normal();
    CHECK_EQUAL("second reset", subject().reset_count, 2);
}

static void halt(void)
{
    uint64_t exec;

    CHECK_STATUS("halt", sep_partition_halt(SUBJECT), SEP_OK);
    CHECK_EQUAL("halted", subject().state, SEP_STATE_HALTED);
    exec = subject().exec_clock;
    idle(5);
    CHECK_EQUAL("halted does not run", subject().exec_clock, exec);
    CHECK_STATUS("a suspended one can be halted", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 79),
                 SEP_OK);
    wait_for_normal();
    (void)sep_partition_suspend(SUBJECT);
    CHECK_STATUS("halt of a suspended one", sep_partition_halt(SUBJECT), SEP_OK);
    CHECK_STATUS("and not resumed", sep_partition_resume(SUBJECT), SEP_INVALID_MODE);
}

static void refusals(void)
{
    struct sep_partition_status status;

    CHECK_STATUS("no such partition: status", sep_partition_status(2, &status), SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition: halt", sep_partition_halt(2), SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition: suspend", sep_partition_suspend(0x7fffffff),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition: resume", sep_partition_resume(SEP_SELF - 1u),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition: reset", sep_partition_reset(2, SEP_MODE_COLD, 0),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("no such partition: shutdown", sep_partition_shutdown(2), SEP_INVALID_PARAM);
    CHECK_STATUS("status to nowhere", sep_partition_status(SUBJECT, NULL), SEP_INVALID_ADDRESS);
}

int main(void)
{
    at_first();
    reset();
    suspend();
    shutdown();
    halt();
    refusals();
    return 0;
}
