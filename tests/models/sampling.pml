/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The sampling channel of services/ipc/sampling.c: a writer and two readers, each on a processor of its
 * own. What is to hold, and the broken variants, are in README.md.
 */

#include "virq.pml"

#ifndef WRITES
#define WRITES 3
#endif
#define WORDS 2                 /* of a message: they are copied one by one */
#define READERS 2

typedef message {
    byte size;                  /* 0: none yet */
    byte time;                  /* the number of the write stands for it */
    byte word[WORDS]
};

message buffer[2];              /* struct channel: */
byte newest = 0;
byte spare = 1;
byte taken;                     /* ghost: the number of the message that was taken in last */
byte seen[READERS];             /* ghost: of the message that each reader read last */

/* write_message(): the spare buffer, which then becomes the newest one. A copy may fail at each word. */
proctype writer()
{
    byte n = 1;
    byte i;
    byte to;
    bool ok;

    do
    :: n > WRITES -> break
    :: else ->
#ifdef EARLY_TELL
        virq_raise(0);
        virq_raise(1);
#endif
        channel_lock();
#ifdef ONE_BUFFER
        to = newest;
#else
        to = spare;
#endif
        buffer[to].time = n;
        buffer[to].size = WORDS;
        i = 0;
        ok = true;
        do
        :: i == WORDS -> break
        :: i < WORDS -> buffer[to].word[i] = n; i++
        :: i < WORDS -> ok = false; break
        od;
        if
        :: ok ->
#ifndef ONE_BUFFER
            spare = newest;
            newest = to;
#endif
            taken = n
        :: else
        fi;
        channel_unlock();
#ifndef EARLY_TELL
        /* channel_tell() */
        if
        :: ok -> virq_raise(0); virq_raise(1)
        :: else
        fi;
#endif
        n++
    od
}

/* sep_sampling_read_wait(), again and again: a look with read_message(); nothing new: idle, clear. */
proctype reader(byte me)
{
    byte from;
    byte i;
    byte got[WORDS];

    do
    :: true ->
        channel_lock();
        from = newest;
        if
        :: buffer[from].size == 0
        :: else ->
            i = 0;
            do
            :: i == WORDS -> break
            :: else -> got[i] = buffer[from].word[i]; i++
            od;
            atomic {
                assert(got[0] == got[1]);               /* never half a message */
                assert(got[0] == buffer[from].time);    /* and never the time of another */
#ifndef NO_LOCK                                         /* then only the halves are looked for */
                assert(got[0] == taken);                /* the newest one, none that failed */
                assert(got[0] >= seen[me]);
#endif
                i = (got[0] > seen[me]);                /* from here on: something new */
                seen[me] = got[0];
                got[0] = 0;
                got[1] = 0;
                from = 0
            }
        fi;
        channel_unlock();
        if
        :: i == 1
        :: else -> idle_self(me); irq_clear(me)
        fi;
        i = 0
    od
}

init
{
    atomic {
        run writer();
        run reader(0);
        run reader(1)
    };
    /* Nobody can go on: the writer is done, and each reader waits, having seen the last message. */
    timeout -> assert(lock == 0 && seen[0] == taken && seen[1] == taken)
}
