// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A second vCPU: start, halt, suspend, resume and their refusals.

#include <check.h>
#include <rt/vcpu.h>

static volatile unsigned count;
static volatile uintptr_t argument;

static void second(uintptr_t value)
{
    argument = value;
    for (;;) {
        count++;
    }
}

static void brief(uintptr_t value)
{
    argument = value;
}

static uint32_t state(uint32_t vcpu)
{
    struct sep_vcpu_status status = {.state = 99};

    (void)sep_vcpu_status(vcpu, &status);
    return status.state;
}

static bool runs(void)
{
    unsigned before = count;

    idle(2);
    return count != before;
}

static void at_first(void)
{
    struct sep_vcpu_status status;

    CHECK_EQUAL("the first runs", state(0), SEP_STATE_READY);
    CHECK_EQUAL("the second is halted", state(1), SEP_STATE_HALTED);
    CHECK_STATUS("status", sep_vcpu_status(1, &status), SEP_OK);
    CHECK("it has not run", status.exec_clock == 0u && status.cpu == 0u);
    CHECK_STATUS("suspend of a halted one", sep_vcpu_suspend(1), SEP_INVALID_MODE);
    CHECK_STATUS("resume of a halted one", sep_vcpu_resume(1), SEP_INVALID_MODE);
    CHECK_STATUS("halt of a halted one", sep_vcpu_halt(1), SEP_NO_ACTION);
    CHECK_STATUS("entry outside", sep_vcpu_start(1, area_end("ram"), 0), SEP_INVALID_ADDRESS);
    CHECK_STATUS("entry not executable", sep_vcpu_start(1, (sep_word_t)sep_info(), 0),
                 SEP_INVALID_ADDRESS);
    CHECK_EQUAL("still halted", state(1), SEP_STATE_HALTED);
}

static void started(void)
{
    struct sep_vcpu_status status;

    CHECK_STATUS("start", rt_vcpu_start(1, second, 4711), SEP_OK);
    CHECK("it runs", runs());
    CHECK_EQUAL("with its argument", argument, 4711);
    CHECK_STATUS("start of a running one", rt_vcpu_start(1, second, 0), SEP_NO_ACTION);
    CHECK_STATUS("resume of a running one", sep_vcpu_resume(1), SEP_NO_ACTION);
    CHECK_STATUS("suspend", sep_vcpu_suspend(1), SEP_OK);
    CHECK_EQUAL("suspended", state(1), SEP_STATE_SUSPENDED);
    CHECK_STATUS("suspend of a suspended one", sep_vcpu_suspend(1), SEP_NO_ACTION);
    CHECK("it does not run", !runs());
    CHECK_STATUS("resume", sep_vcpu_resume(1), SEP_OK);
    CHECK("it runs on", runs());
    (void)sep_vcpu_status(1, &status);
    CHECK("its execution time",
          status.exec_clock > 4 * MS && status.exec_clock < now(SEP_CLOCK_HW));
    CHECK_STATUS("halt", sep_vcpu_halt(1), SEP_OK);
    CHECK_EQUAL("halted", state(1), SEP_STATE_HALTED);
    CHECK("it does not run", !runs());
}

static void again(void)
{
    CHECK_STATUS("start again", rt_vcpu_start(1, brief, 4712), SEP_OK);
    idle(2);
    CHECK_EQUAL("with another function", argument, 4712);
    CHECK_EQUAL("it halted itself", state(1), SEP_STATE_HALTED);
}

static void refusals(void)
{
    struct sep_vcpu_status status;

    CHECK_STATUS("no such vCPU: status", sep_vcpu_status(2, &status), SEP_INVALID_PARAM);
    CHECK_STATUS("no such vCPU: start", sep_vcpu_start(2, area_start("ram"), 0), SEP_INVALID_PARAM);
    CHECK_STATUS("no such vCPU: halt", sep_vcpu_halt(0xffffffff), SEP_INVALID_PARAM);
    CHECK_STATUS("no such vCPU: suspend", sep_vcpu_suspend(2), SEP_INVALID_PARAM);
    CHECK_STATUS("no such vCPU: resume", sep_vcpu_resume(2), SEP_INVALID_PARAM);
    CHECK_STATUS("status to nowhere", sep_vcpu_status(1, NULL), SEP_INVALID_ADDRESS);
}

int main(void)
{
    struct sep_partition_status status;

    at_first();
    started();
    again();
    refusals();
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("vCPUs of the partition", status.vcpu_count, 2);
    return 0;
}
