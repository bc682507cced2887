// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Facts that assembly needs of C structures: becomes asm_offsets.h.

#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/irq.h>
#include <hal/kconfig.h>
#include <hal/timer.h>
#include <hal/trap.h>
#include <arch/trap.h>
#include <septum/log.h>
#include <septum/rom.h>

#define ASM_OFFSET(name, value) __asm__ volatile("\n.ascii \"->" #name " %0\"" : : "i"(value))

// Pairs are moved with ldd and std.
#define PAIR(type, first, second)                                                                  \
    _Static_assert(offsetof(struct type, first) % 8u == 0u &&                                      \
                       offsetof(struct type, second) == offsetof(struct type, first) + 4u,         \
                   "pair: " #first)

_Static_assert(sizeof(struct hal_cpu) == 64u && sizeof(struct hal_context) % 8u == 0u, "8, and 64");
_Static_assert(offsetof(struct hal_cpu, context) == 0u, "address of cpus");
PAIR(hal_cpu, context, saved);
PAIR(hal_cpu, stack_base, stack_limit);
PAIR(hal_cpu, attention, wim);
PAIR(hal_context, psr, pc);
PAIR(hal_context, npc, y);
PAIR(hal_context, stack_base, stack_limit);
PAIR(hal_context, moved, global);
_Static_assert(offsetof(struct hal_context, base) % 8u == 0u &&
                   offsetof(struct hal_context, fp) % 8u == 0u,
               "pairs");
_Static_assert(offsetof(struct hal_context, base) - offsetof(struct hal_context, entered) ==
                       WINDOW_BYTES &&
                   offsetof(struct hal_context, fp) ==
                       offsetof(struct hal_context, base) + sizeof(struct sparc_frames),
               "a window in front, and one behind");
PAIR(sep_log, capacity, count);
_Static_assert(sizeof(struct sep_trace_record) == 32u, "hypercall.S shifts by 5");
// A record's field, from the head of its log with number 0's.
#define RECORD(field) (sizeof(struct sep_log) + offsetof(struct sep_trace_record, field))
_Static_assert(sizeof(struct sparc_window) == WINDOW_BYTES, "");

void asm_offsets(void);

void asm_offsets(void)
{
    ASM_OFFSET(HAL_IRQ_TIMER, HAL_IRQ_TIMER);
    ASM_OFFSET(CPU_CONTEXT, offsetof(struct hal_cpu, context));
    ASM_OFFSET(CPU_SAVED, offsetof(struct hal_cpu, saved));
    ASM_OFFSET(CPU_STACK, offsetof(struct hal_cpu, stack_base));
    ASM_OFFSET(CPU_ATTENTION, offsetof(struct hal_cpu, attention));
    ASM_OFFSET(CPU_WIM, offsetof(struct hal_cpu, wim));
    ASM_OFFSET(CPU_TRAP_PSR, offsetof(struct hal_cpu, trap_psr));
    ASM_OFFSET(CPU_TRACE, offsetof(struct hal_cpu, trace));
    ASM_OFFSET(CPU_LATCHED, offsetof(struct hal_cpu, latched));
    ASM_OFFSET(NO_ACTION, SEP_NO_ACTION);
    ASM_OFFSET(TIMER_COUNT, (uintptr_t)&GPTIMER_COUNTER(1));
    ASM_OFFSET(CPU_CLOCK, offsetof(struct hal_cpu, clock));
    ASM_OFFSET(CLOCK_NS, offsetof(struct hal_clock, ns));
    ASM_OFFSET(CLOCK_COUNT, offsetof(struct hal_clock, count));
    ASM_OFFSET(CLOCK_FRACTION, offsetof(struct hal_clock, fraction));
    ASM_OFFSET(CLOCK_PERIOD_NS, offsetof(struct hal_clock, period_ns));
    ASM_OFFSET(CLOCK_PERIOD_REST, offsetof(struct hal_clock, period_rest));
    ASM_OFFSET(LOG_STREAM, offsetof(struct sep_log, stream));
    ASM_OFFSET(LOG_CAPACITY, offsetof(struct sep_log, capacity));
    ASM_OFFSET(LOG_COUNT, offsetof(struct sep_log, count));
    ASM_OFFSET(RECORD_TIME, RECORD(time));
    ASM_OFFSET(RECORD_EVENT, RECORD(event));
    ASM_OFFSET(RECORD_PARTITION, RECORD(partition));
    ASM_OFFSET(RECORD_WORDS, RECORD(words));
    ASM_OFFSET(RECORD_NUMBER, RECORD(number));
    ASM_OFFSET(CONTEXT_EVENTS, offsetof(struct hal_context, events));
    ASM_OFFSET(CONTEXT_EVENT, offsetof(struct hal_context, event));
    ASM_OFFSET(CONTEXT_PSR, offsetof(struct hal_context, psr));
    ASM_OFFSET(CONTEXT_NPC, offsetof(struct hal_context, npc));
    ASM_OFFSET(CONTEXT_Y, offsetof(struct hal_context, y));
    ASM_OFFSET(CONTEXT_STACK, offsetof(struct hal_context, stack_base));
    ASM_OFFSET(CONTEXT_WIM, offsetof(struct hal_context, wim));
    ASM_OFFSET(CONTEXT_MOVED, offsetof(struct hal_context, moved));
    ASM_OFFSET(CONTEXT_GLOBAL, offsetof(struct hal_context, moved));
    ASM_OFFSET(CONTEXT_OUT, offsetof(struct hal_context, base.out));
    ASM_OFFSET(CONTEXT_WINDOW, offsetof(struct hal_context, base.window));
    ASM_OFFSET(REGISTERS, CONTEXT_REGISTERS);
    ASM_OFFSET(CONTEXT_FP_ALLOWED, offsetof(struct hal_context, fp_allowed));
    ASM_OFFSET(HYPERCALLS, SEP_HC_COUNT);
    ASM_OFFSET(TRACES, IS_ENABLED(CONFIG_SERVICE_TRACE));
    ASM_OFFSET(TRACE_HYPERCALLS, SEP_TRACE_HYPERCALLS);
    ASM_OFFSET(HYPERCALL_TRACE_WRITE, SEP_HC_trace_write);
    ASM_OFFSET(HYPERCALLS_ARCH_FIRST, SEP_HC_ARCH_FIRST);
    ASM_OFFSET(HYPERCALLS_ARCH, SPARC_HYPERCALLS);
    ASM_OFFSET(ROM_MAGIC, SEP_ROM_MAGIC);
    ASM_OFFSET(ROM_TABLE, SEP_ROM_TABLE_OFFSET);
    ASM_OFFSET(ROM_TABLE_BYTES, sizeof(struct sep_rom_table));
    ASM_OFFSET(ROM_TABLE_COUNT, offsetof(struct sep_rom_table, count));
    ASM_OFFSET(ROM_TABLE_ENTRY, offsetof(struct sep_rom_table, entry));
    ASM_OFFSET(ROM_ENTRIES_MAX, SEP_ROM_ENTRIES_MAX);
    ASM_OFFSET(ROM_ENTRY_BYTES, sizeof(struct sep_rom_entry));
    ASM_OFFSET(ROM_ENTRY_OFFSET, offsetof(struct sep_rom_entry, rom_offset));
    ASM_OFFSET(ROM_ENTRY_ADDRESS, offsetof(struct sep_rom_entry, ram_address));
    ASM_OFFSET(ROM_ENTRY_FILE, offsetof(struct sep_rom_entry, file_size));
    ASM_OFFSET(ROM_ENTRY_MEMORY, offsetof(struct sep_rom_entry, memory_size));
}
