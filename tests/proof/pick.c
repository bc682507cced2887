// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The order of the pools' picks, as the kernel computes it, and that it is one.

#include "arithmetic.h"
#include <kernel/pool_queue.h>
#include <kernel/time.h>

// Who comes before whom, by time and place: irreflexive, total and transitive.
/*@ predicate before(integer a_time, integer a, integer b_time, integer b) =
      a_time < b_time || (a_time == b_time && a < b);
    lemma irreflexive: \forall integer t, a; !before(t, a, t, a);
    lemma asymmetric: \forall integer s, a, t, b; before(s, a, t, b) ==> !before(t, b, s, a);
    lemma total: \forall integer s, a, t, b; a != b ==> before(s, a, t, b) || before(t, b, s, a);
    lemma transitive: \forall integer s, a, t, b, u, c;
      before(s, a, t, b) && before(t, b, u, c) ==> before(s, a, u, c); */

/*@ requires s < 0x7fffffffffffffff && t < 0x7fffffffffffffff && a != b;
    ensures \result <==> before(s, a, t, b); */
bool proof_is_before(sep_time_t s, uint32_t a, sep_time_t t, uint32_t b)
{
    return pool_queue_is_earlier(s, t, a < b);
}
