// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the provers are told of C's arithmetic, before every proof. Three axioms, where WP lets the provers know nothing:
// of conversions that change a value, and of a shift to the left by half a word; the rest is proved from them.

#ifndef PROOF_ARITHMETIC_H
#define PROOF_ARITHMETIC_H

#include <stdint.h>

// unsigned_wraps: C11 6.3.1.3 paragraph 2. signed_wraps: paragraph 3 leaves it to the implementation; clang's, like
// GCC's, reduces modulo 2^32. shift_up: 6.5.7 paragraph 4, before the result is converted.
/*@ axiomatic conversions {
      axiom unsigned_wraps: \forall integer x; -0x8000000000000000 <= x < 0 ==>
        (uint64_t)x == x + 0x10000000000000000;
      axiom signed_wraps: \forall integer x; 0x80000000 <= x < 0x100000000 ==>
        (int32_t)x == x - 0x100000000;
      axiom shift_up: \forall integer x; 0 <= x ==> (x << 32) == x * 0x100000000;
    } */

// A shift to the right divides. WP knows it of one bit, and that shifts add up; each step doubles.
/*@ lemma halves_2: \forall integer x; 0 <= x ==> (x / 2) / 2 == x / 4;
    lemma shift_2: \forall integer x; 0 <= x ==> ((x >> 1) >> 1) == (x >> 2) && (x >> 2) == x / 4;
    lemma halves_4: \forall integer x; 0 <= x ==> (x / 4) / 4 == x / 16;
    lemma shift_4: \forall integer x; 0 <= x ==>
      ((x >> 2) >> 2) == (x >> 4) && (x >> 4) == x / 16;
    lemma halves_8: \forall integer x; 0 <= x ==> (x / 16) / 16 == x / 256;
    lemma shift_8: \forall integer x; 0 <= x ==>
      ((x >> 4) >> 4) == (x >> 8) && (x >> 8) == x / 256;
    lemma halves_16: \forall integer x; 0 <= x ==> (x / 256) / 256 == x / 65536;
    lemma shift_16: \forall integer x; 0 <= x ==>
      ((x >> 8) >> 8) == (x >> 16) && (x >> 16) == x / 65536;
    lemma halves_32: \forall integer x; 0 <= x ==> (x / 65536) / 65536 == x / 0x100000000;
    lemma shift_32: \forall integer x; 0 <= x ==>
      ((x >> 16) >> 16) == (x >> 32) && (x >> 32) == x / 0x100000000;
    lemma upper_half: \forall integer x; 0 <= x ==> (x >> 32) == x / 0x100000000; */

// The sign of a difference of 64 bits is that of its upper half.
/*@ lemma not_negative: \forall integer x; 0 <= x < 0x8000000000000000 ==>
      0 <= x / 0x100000000 < 0x80000000;
    lemma negative: \forall integer x; 0x8000000000000000 <= x < 0x10000000000000000 ==>
      0x80000000 <= x / 0x100000000 < 0x100000000; */

// A product of two values of 32 bits has 64.
/*@ lemma product: \forall integer a, b; 0 <= a < 0x100000000 && 0 <= b < 0x100000000 ==>
      0 <= a * b < 0x10000000000000000; */

#endif
