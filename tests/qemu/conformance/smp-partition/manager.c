// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Manages a partition of the other processor.

#include "shared.h"

#define TARGET 1u
/// More frames than anything here takes.
#define FRAMES 2000u

static uint32_t frame(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status.frame_count;
}

// Whether the target goes on; looks for some frames at most.
static bool counts(void)
{
    uint64_t turns = shared()->turns;
    uint32_t until = frame() + FRAMES;

    while (shared()->turns == turns) {
        if (frame() > until) {
            return false;
        }
    }
    return true;
}

// Until the target's processor has passed some slots of the partition beside it.
static bool slots_pass(unsigned slots)
{
    uint64_t before = shared()->slots;
    uint32_t until = frame() + FRAMES;

    while (shared()->slots < before + slots && frame() <= until) {
    }
    return frame() <= until;
}

// Whether it stays as it is, once its processor has passed the slot in which it heard of that.
static bool rests(void)
{
    bool passed = slots_pass(2);
    uint64_t turns = shared()->turns;

    return passed && slots_pass(3) && shared()->turns == turns;
}

static uint32_t state(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(TARGET, &status);
    return status.state;
}

static bool becomes(uint32_t wanted)
{
    uint32_t until = frame() + FRAMES;

    while (state() != wanted && frame() <= until) {
    }
    return state() == wanted;
}

static void manage(void)
{
    struct sep_partition_status status = {0};

    CHECK("it runs", becomes(SEP_STATE_READY) && counts());
    CHECK_STATUS("suspend", sep_partition_suspend(TARGET), SEP_OK);
    CHECK("it rests", state() == SEP_STATE_SUSPENDED && rests());
    CHECK_STATUS("resume", sep_partition_resume(TARGET), SEP_OK);
    CHECK("it goes on", counts());
    CHECK_STATUS("shutdown", sep_partition_shutdown(TARGET), SEP_OK);
    (void)slots_pass(3);
    CHECK_EQUAL("it was asked", shared()->shutdown, 1);
    CHECK_STATUS("halt", sep_partition_halt(TARGET), SEP_OK);
    CHECK("it is halted", state() == SEP_STATE_HALTED && rests());
    CHECK_STATUS("halt again", sep_partition_halt(TARGET), SEP_NO_ACTION);
    CHECK_STATUS("cold", sep_partition_reset(TARGET, SEP_MODE_COLD, 5), SEP_OK);
    CHECK("it is loaded", state() == SEP_STATE_LOADING);
    CHECK("and runs", becomes(SEP_STATE_READY) && counts());
    CHECK_STATUS("warm", sep_partition_reset(TARGET, SEP_MODE_WARM, 6), SEP_OK);
    CHECK("it runs again", counts());
    (void)sep_partition_status(TARGET, &status);
    CHECK("resets are counted", status.reset_count == 2u && status.reset_code == 6u);
}

static void fault(void)
{
    struct sep_hm_record record;
    uint32_t number = 0;

    while (sep_hm_read(number, &record) == SEP_OK) {
        number = record.number + 1u;
    }
    shared()->order = 1;
    CHECK_STATUS("a record comes", sep_hm_read_wait(number, &record, SEP_WAIT_FOREVER), SEP_OK);
    CHECK("of the target's fault",
          record.partition == TARGET && record.event == SEP_EVENT_MEM_PROTECTION);
    CHECK("which halted it", becomes(SEP_STATE_HALTED));
}

int main(void)
{
    struct sep_system_status status;

    (void)sep_system_status(&status);
    if (status.reset_count == 0u) {
        manage();
        fault();
        shared()->restart = 1;
    }
    for (;;) {
        (void)sep_idle_self();
    }
}
