/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * What a processor posts for a partition of another one: partition_post() and kick() of kernel/partition.c,
 * publish() and the loop of kernel/resume.c, partition_answer(). One processor posts, the other has the
 * partition's slots and others in between. What is to hold, and the broken variants, are in README.md.
 */

#ifndef POSTS
#define POSTS 3
#endif
#ifndef SLOTS
#define SLOTS 4                 /* that begin while it is posted; the last one is the partition's */
#endif

bit lock;
#define lock_take() atomic { lock == 0 -> lock = 1 }
#define lock_give() lock = 0

byte posted;                    /* how many are, of which each is another bit */
bool asked;                     /* struct partition */
bool current;                   /* struct cpu: the partition has its turn */
bool kicked;                    /* at the interrupt controller, until it is taken */
byte taken;                     /* ghost: what has come to the partition */
byte kicks;                     /* ghost: that disturbed others */

proctype poster()
{
    byte n = 0;
    bool first;
    bool turn;

    do
    :: n == POSTS -> break
    :: else ->
        n++;
#ifdef LATE_POST
        turn = current;
#endif
        lock_take();
        posted++;
        first = !asked;
        asked = true;
        lock_give();
#ifndef LATE_POST
        turn = current;         /* behind the fence */
#endif
        if
#ifdef NO_KICK
        :: first && turn -> skip
#else
        :: first && turn -> kicked = true
#endif
        :: else
        fi
    od
}

inline answer()
{
    lock_take();
    asked = false;
    taken = taken + posted;
    posted = 0;
    lock_give()
}

proctype owner()
{
    byte slot = 0;
    bool mine = false;
    bool look;

    do
    :: slot < SLOTS ->          /* a slot begins: any, but the last */
        slot++;
        if
        :: mine = true
        :: slot < SLOTS -> mine = false
        fi;
#ifdef EARLY_LOOK
        look = asked;
        current = mine;
#else
        current = mine;
        look = asked;           /* behind the fence */
#endif
        if
        :: mine && look -> answer()
        :: else
        fi
    :: kicked ->
        kicked = false;
        if
        :: mine && asked -> answer()
        :: mine && !asked       /* its slot's start had found it */
        :: !mine -> kicks++     /* sent in its turn, taken in another's */
        fi
    :: slot == SLOTS && !kicked ->
end_idle:
        kicked
    od
}

init
{
    run poster();
    run owner();
    timeout -> assert(taken == POSTS && kicks <= SLOTS)
}
