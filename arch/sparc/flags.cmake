# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Flags of SPARC V8: global registers %g2 to %g5 of a partition live through a hypercall untouched,
# so hypervisor C may use %g1 alone; %g6 and %g7 are never allocated by the compiler.

target_compile_options(septum_hypervisor_flags INTERFACE
  $<$<COMPILE_LANGUAGE:C>:-ffixed-g2> $<$<COMPILE_LANGUAGE:C>:-ffixed-g3>
  $<$<COMPILE_LANGUAGE:C>:-ffixed-g4> $<$<COMPILE_LANGUAGE:C>:-ffixed-g5>)

# The files whose paths are counted in instructions; the others are compiled for size.
set(SEPTUM_ARCH_HOT console.c context.c fault.c irq.c)
# Machine sinking takes away the instructions that would fill branches' delay slots: 1.5 % of the code.
set_property(GLOBAL PROPERTY SEPTUM_SMALL_OPTIONS -mllvm -disable-machine-sink)

# Real silicon: clang has none of GCC's -mfix-gr712rc and -mfix-ut700, which keep code clear of the
# errata of some LEON3FT devices (sequences of stores and of atomics). On such a device the C part is to be
# compiled with a GCC that has them, and the assembly files are to be held against the device's list.
