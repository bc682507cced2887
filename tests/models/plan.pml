/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The plan of a frame on two processors: smp_plan_of() of kernel/smp.c, and requests at any time. A processor
 * may be behind the other by more than a frame. What is to hold, and the broken variant, are in README.md.
 */

#ifndef FRAMES
#define FRAMES 5
#endif
#define NONE 9

bit lock;
#define lock_take() atomic { lock == 0 -> lock = 1 }
#define lock_give() lock = 0

byte next;                      /* sched_next_plan */
byte frame = 1;                 /* struct smp */
byte switched;
byte plan;
byte before;

byte ran[10] = NONE;            /* ghost: of each processor, by frames */

proctype requester()
{
    next = 1
}

proctype processor(byte me)
{
    byte f = 1;
    byte mine;

    do
    :: f == FRAMES -> break
    :: f < FRAMES ->
        f++;
#ifdef PLAIN
        mine = next;
#else
        lock_take();
        if
        :: f > frame ->
            frame = f;
            if
            :: next != plan -> before = plan; plan = next; switched = f
            :: else
            fi
        :: else
        fi;
        if
        :: f >= switched -> mine = plan
        :: else -> mine = before
        fi;
        lock_give();
#endif
        d_step {
            if
            :: ran[f] == NONE -> ran[f] = mine
            :: else -> assert(ran[f] == mine)
            fi
        }
    od
}

init
{
    run requester();
    run processor(0);
    run processor(1)
}
