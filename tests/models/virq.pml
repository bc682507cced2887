/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * What both models share: the channel's lock (services/ipc/channel.h) and a partition's interrupts
 * (kernel/virq.c, kernel/hc_time.c, kernel/hc_irq.c), of which each step is one of the processor.
 */

#define VCPUS 2
#define CHANNEL 1               /* pending: the channel's interrupt */
#define TIMER 2                 /* pending: another one, raised on the vCPU's own processor */

bit lock;
byte pending[VCPUS];
bool idle[VCPUS];               /* SEP_STATE_IDLE */

/* Exchanging until the lock was free is the same as waiting until it is. */
#ifdef NO_LOCK
#define channel_lock()   skip
#define channel_unlock() skip
#else
#define channel_lock()   atomic { lock == 0 -> lock = 1 }
#define channel_unlock() lock = 0
#endif

#ifdef PLAIN_VIRQ
/* As instructions are on one processor: reading, then writing. */
inline raise(vcpu, bit_of, old)
{
    old = pending[vcpu];
    pending[vcpu] = old | bit_of;
    if
    :: idle[vcpu] -> idle[vcpu] = false
    :: else
    fi
}

inline idle_self(vcpu)
{
    if
    :: pending[vcpu] == 0 -> idle[vcpu] = true
    :: else
    fi;
end_idle:
    !idle[vcpu]
}
#else
inline raise(vcpu, bit_of, old)
{
    d_step {
        pending[vcpu] = pending[vcpu] | bit_of;
        idle[vcpu] = false
    }
}

inline idle_self(vcpu)
{
    d_step {
        if
        :: pending[vcpu] == 0 -> idle[vcpu] = true
        :: else
        fi
    };
end_idle:
    !idle[vcpu]
}
#endif

#define virq_raise(vcpu) raise(vcpu, CHANNEL, scratch[_pid])
#define irq_clear(vcpu)  pending[vcpu] = 0

byte scratch[6];                /* a register of each process */
