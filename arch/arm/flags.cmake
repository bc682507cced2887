# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
# Flags of Armv8-A: the hypervisor leaves the floating-point registers to their partition, and accesses
# memory at multiples of a datum's size only, since it begins with the MMU off.

target_compile_options(septum_hypervisor_flags INTERFACE
  $<$<COMPILE_LANGUAGE:C>:-mgeneral-regs-only> $<$<COMPILE_LANGUAGE:C>:-mstrict-align>)

# The files whose paths are counted in instructions; the others are compiled for size.
set(SEPTUM_ARCH_HOT console.c context.c fault.c guest.c irq.c vm.c vm_device.c vm_lists.c vm_trap.c
  vgic_choice.c vgic_frame.c vgic_v3.c vmmio.c vpl011.c)

# Emulation for unmodified operating systems, without registers of the processor.
set(SEPTUM_ARCH_FOLDERS vm)
