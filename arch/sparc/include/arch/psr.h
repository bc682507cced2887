/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Processor state register, trap types and the traps that the hypervisor itself uses. For C and
 * assembly. Source: The SPARC Architecture Manual Version 8, chapters 4 and 7.
 */

#ifndef ARCH_PSR_H
#define ARCH_PSR_H

#define PSR_CWP 0x0000001f
#define PSR_ET 0x00000020
#define PSR_PS 0x00000040
#define PSR_S 0x00000080
#define PSR_PIL 0x00000f00
#define PSR_EF 0x00001000
#define PSR_ICC 0x00f00000

#define WINDOWS 8
#define WINDOW_BYTES 64
/* Windows of a partition: one is always the invalid one. */
#define WINDOWS_USED 7

#define TT_INSTRUCTION_ACCESS 0x01
#define TT_FP_DISABLED 0x04
#define TT_WINDOW_OVERFLOW 0x05
#define TT_WINDOW_UNDERFLOW 0x06
#define TT_ALIGNMENT 0x07
#define TT_FP_EXCEPTION 0x08
#define TT_DATA_ACCESS 0x09
#define TT_IRQ 0x10
#define TT_DATA_ERROR 0x29
#define TT_HARDWARE_LAST 0x2b // data store; interrupts and software traps apart
#define TT_TA 0x80

/* Software traps: the calling convention's "flush windows", and (supervisor only) the complete
 * save of a context whose registers are still in the processor. */
#define TA_FLUSH_WINDOWS 0x03
#define TA_SAVE_CONTEXT 0x7f

/* Stack frame of the calling convention: window, hidden parameter, six arguments, rounded up. */
#define FRAME_BYTES 96
/* Where a call finds its seventh argument, in the frame of who made it. */
#define FRAME_SEVENTH 92

#endif
