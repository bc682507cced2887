// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What can be asked of a partition that is being loaded, with the refusals of that state.

#include <check.h>

#define SUBJECT 1u

static struct sep_partition_status subject(void)
{
    struct sep_partition_status status = {0};

    (void)sep_partition_status(SUBJECT, &status);
    return status;
}

// Frames until the subject has said that it runs.
static unsigned load(void)
{
    unsigned frames = 0;

    while (subject().mode != SEP_MODE_NORMAL && frames < 500u) {
        idle(1);
        frames++;
    }
    return frames;
}

static void while_loading(void)
{
    struct sep_partition_status before;
    struct sep_partition_status after;

    CHECK_EQUAL("loading", subject().state, SEP_STATE_LOADING);
    CHECK_EQUAL("in mode cold", subject().mode, SEP_MODE_COLD);
    idle(1); // what was printed has gone out: nothing waits between the two looks
    before = subject();
    idle(2);
    after = subject();
    CHECK_EQUAL("still loading two slots later", after.state, SEP_STATE_LOADING);
    CHECK_EQUAL("in its own time, in tenths of a millisecond",
                (unsigned)((after.exec_clock - before.exec_clock + 50 * US) / (100 * US)), 20);
    CHECK_STATUS("resume", sep_partition_resume(SUBJECT), SEP_NO_ACTION);
    CHECK_STATUS("warm reset", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 9), SEP_INVALID_MODE);
    CHECK_STATUS("shutdown", sep_partition_shutdown(SUBJECT), SEP_INVALID_MODE);
    CHECK_EQUAL("nothing counted", subject().reset_count, 1);
    CHECK_EQUAL("no code changed", subject().reset_code, 1);
}

static void suspended(void)
{
    uint64_t ran;

    CHECK_STATUS("suspend", sep_partition_suspend(SUBJECT), SEP_OK);
    CHECK_EQUAL("suspended", subject().state, SEP_STATE_SUSPENDED);
    CHECK_STATUS("suspend again", sep_partition_suspend(SUBJECT), SEP_NO_ACTION);
    CHECK_STATUS("warm reset of it", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 9),
                 SEP_INVALID_MODE);
    ran = subject().exec_clock;
    idle(100); // it would have been loaded by now
    CHECK_EQUAL("the load pauses", subject().exec_clock, ran);
    CHECK_EQUAL("still suspended", subject().state, SEP_STATE_SUSPENDED);
    CHECK_STATUS("resume it", sep_partition_resume(SUBJECT), SEP_OK);
    CHECK_EQUAL("loading on", subject().state, SEP_STATE_LOADING);
}

// A further cold reset begins at the beginning: it takes as long as a whole load.
static void restarted(unsigned frames)
{
    CHECK_STATUS("cold reset", sep_partition_reset(SUBJECT, SEP_MODE_COLD, 2), SEP_OK);
    idle(frames / 2u);
    CHECK_EQUAL("half loaded", subject().state, SEP_STATE_LOADING);
    CHECK_STATUS("cold reset again", sep_partition_reset(SUBJECT, SEP_MODE_COLD, 3), SEP_OK);
    CHECK_EQUAL("from its beginning", load(), frames);
    CHECK_EQUAL("each counts", subject().reset_count, 5);
    CHECK_EQUAL("the last code", subject().reset_code, 3);
}

static void suspended_and_reset(unsigned frames)
{
    (void)sep_partition_reset(SUBJECT, SEP_MODE_COLD, 4);
    idle(3);
    (void)sep_partition_suspend(SUBJECT);
    CHECK_STATUS("cold reset of a suspended one", sep_partition_reset(SUBJECT, SEP_MODE_COLD, 5),
                 SEP_OK);
    CHECK_EQUAL("is no longer suspended", subject().state, SEP_STATE_LOADING);
    CHECK_EQUAL("but loaded", load(), frames);
}

static void halted(unsigned frames)
{
    uint64_t ran;

    (void)sep_partition_reset(SUBJECT, SEP_MODE_COLD, 6);
    idle(3);
    CHECK_STATUS("halt", sep_partition_halt(SUBJECT), SEP_OK);
    CHECK_EQUAL("halted", subject().state, SEP_STATE_HALTED);
    CHECK_EQUAL("mode idle", subject().mode, SEP_MODE_IDLE);
    ran = subject().exec_clock;
    idle(5);
    CHECK_EQUAL("the load is given up", subject().exec_clock, ran);
    CHECK_STATUS("so no warm reset", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 9),
                 SEP_INVALID_MODE);
    (void)sep_partition_reset(SUBJECT, SEP_MODE_COLD, 7);
    CHECK_EQUAL("a cold one loads anew", load(), frames);
    (void)sep_partition_reset(SUBJECT, SEP_MODE_WARM, 8);
    idle(1);
    CHECK_EQUAL("after it a warm one is at once", subject().mode, SEP_MODE_NORMAL);
    CHECK_EQUAL("counted", subject().reset_count, 10);
}

int main(void)
{
    unsigned frames;

    (void)sep_partition_reset(SUBJECT, SEP_MODE_COLD, 1);
    while_loading();
    suspended();
    (void)load();
    (void)sep_partition_halt(SUBJECT);
    CHECK_STATUS("loaded once: warm reset", sep_partition_reset(SUBJECT, SEP_MODE_WARM, 1), SEP_OK);
    (void)load();
    (void)sep_partition_reset(SUBJECT, SEP_MODE_COLD, 1);
    frames = load();
    CHECK("a load takes many slots", frames > 10u && frames < 90u);
    restarted(frames);
    suspended_and_reset(frames);
    halted(frames);
    (void)sep_partition_halt(SUBJECT);
    return 0;
}
