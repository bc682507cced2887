/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The queuing channel of services/ipc/queuing.c: a sender and a receiver, each on a processor of its
 * own, both waiting as sdk/lib/wait.c does. What is to hold, and the broken variants, are in
 * README.md.
 */

#include "virq.pml"

#ifndef DEPTH
#define DEPTH 2
#endif
#ifndef MESSAGES
#define MESSAGES 4
#endif
#define WORDS 2
#define SENDER 0
#define RECEIVER 1

typedef message {
    byte word[WORDS]
};

message ring[DEPTH];            /* struct channel: */
byte first;
byte waiting;
byte expired;
byte cleared;
byte sent;                      /* ghost */
byte received;                  /* ghost */

/* drop(): takes n messages out. Whoever makes room in a full queue tells the sender. */
inline drop(n)
{
    was_full = (waiting == DEPTH);
    first = first + n;
    if
    :: first >= DEPTH -> first = first - DEPTH
    :: else
    fi;
    waiting = waiting - n;
#ifndef NO_ROOM_TOLD
    if
    :: was_full -> virq_raise(SENDER)
    :: else
    fi
#endif
}

/* expire(): time may have passed, for none, some or all of the messages, the oldest first. */
inline expire()
{
#ifdef AGES
    old = 0;
    do
    :: old < waiting -> old++
    :: break
    od;
    if
    :: old > 0 -> expired = expired + old; drop(old)
    :: else
    fi;
    old = 0;
    was_full = false
#else
    skip
#endif
}

proctype sender()
{
    byte n = 1;
    byte i;
    byte to;
    byte old;
    bool was_full;

    do
    :: n > MESSAGES -> break
    :: else ->
#ifdef EARLY_TELL
        virq_raise(RECEIVER);
#endif
        channel_lock();
        /* send() */
        if
        :: waiting == DEPTH -> expire()
        :: else
        fi;
        if
        :: waiting == DEPTH ->
            channel_unlock();               /* SEP_NOT_AVAILABLE */
            idle_self(SENDER);
            irq_clear(SENDER)
        :: else ->
            to = first + waiting;
            if
            :: to >= DEPTH -> to = to - DEPTH
            :: else
            fi;
            i = 0;
            do
            :: i == WORDS -> break
            :: i < WORDS -> ring[to].word[i] = n; i++
            :: i < WORDS -> break           /* the copy fails: SEP_INVALID_ADDRESS, and once more */
            od;
            to = 0;
            if
            :: i == WORDS ->
                waiting++;
                sent++;
                n++;
                channel_unlock();
#ifndef EARLY_TELL
                virq_raise(RECEIVER)        /* channel_tell() */
#endif
            :: else -> channel_unlock()
            fi;
            i = 0
        fi
    od
}

proctype receiver()
{
    byte i;
    byte last;
    byte got[WORDS];
    byte old;
    bool was_full;

    do
    :: true ->
        channel_lock();
        /* receive() */
        expire();
        if
        :: waiting == 0 ->
            channel_unlock();               /* SEP_NOT_AVAILABLE */
            /* A timer of this vCPU may expire meanwhile, on its own processor. */
            if
            :: true
            :: raise(RECEIVER, TIMER, scratch[_pid])
            fi;
            idle_self(RECEIVER);
            irq_clear(RECEIVER)
        :: else ->
            i = 0;
            do
            :: i == WORDS -> break
            :: i < WORDS -> got[i] = ring[first].word[i]; i++
            :: i < WORDS -> break           /* the copy fails: the message stays */
            od;
            if
            :: i == WORDS ->
                d_step {
                    assert(got[0] == got[1]);                           /* never half a message */
                    assert(got[0] > last);                              /* in order, none twice */
                    assert(got[0] == received + expired + cleared + 1); /* none left out unsaid */
                    last = got[0];
                    received++
                };
                drop(1)
            :: else
            fi;
            d_step { got[0] = 0; got[1] = 0; i = 0; was_full = false };
            channel_unlock()
        fi
#ifdef CLEARS
    :: true ->
        /* queuing_clear() */
        channel_lock();
        if
        :: waiting != 0 -> cleared = cleared + waiting; old = waiting; drop(old)
        :: else
        fi;
        old = 0;
        was_full = false;
        channel_unlock()
#endif
    od
}

init
{
    atomic {
        run sender();
        run receiver()
    };
    /* Nobody can go on: everything was sent, and the receiver waits at an empty queue. */
    timeout -> assert(lock == 0 && sent == MESSAGES && waiting == 0 &&
                      received + expired + cleared == MESSAGES)
}
