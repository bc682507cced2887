// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The test's side of the simulated machine: power, clock, lines, guests, and what was counted.
//
// Time is counted in ticks of the machine's clock and moves only where a test says so: in
// host_run_until() and, when a cost is set, while the hypervisor works. Whatever ends the run
// of the hypervisor (an ordered stop, a restart, idling without an end) comes back as enum host_end.

#ifndef ARCH_HOST_H
#define ARCH_HOST_H

#include <hal/context.h>
#include <hal/cpu.h>
#include <hal/irq.h>
#include <hal/space.h>
#include <hal/types.h>
#include <septum/hypercall.h>

#define HOST_RAM_START 0x40000000u
#define HOST_RAM_SIZE 0x400000u
#define HOST_IO_START 0x80000000u
#define HOST_IO_SIZE 0x10000u
/// The hypervisor binary lies at the start of RAM, the compiled configuration behind it.
#define HOST_BOOT_END (HOST_RAM_START + 0x10000u)
#define HOST_CODE_BYTES 0x7fa8u
#define HOST_DATA_BYTES 0x4000u
#define HOST_CONSOLE_MAX 0x40000u
#define HOST_EVENTS 64u
#define HOST_NEVER UINT64_MAX

/// How the machine came back to the test.
enum host_end {
    HOST_DONE = 0,      ///< what was asked for is done; a guest is loaded or the processor idles
    HOST_STOPPED = 1,   ///< hal_cpu_stop(): host.stop_status
    HOST_RESTARTED = 2, ///< hal_cpu_restart()
    HOST_STUCK = 3,     ///< the hypervisor takes interrupts without end
};

/// What tests count.
struct host_counts {
    uint64_t hypercalls;
    uint64_t interrupts;  ///< entries into kernel_interrupt()
    uint64_t taken;       ///< interrupts that hal_irq_take() returned
    uint64_t resumes;     ///< calls of kernel_resume()
    uint64_t switches;    ///< contexts exchanged
    uint64_t switched_at; ///< ticks at the latest exchange
    uint64_t space_switches;
    uint64_t waits; ///< calls of hal_cpu_wait()
    uint64_t timer_arms;
    uint64_t kicks;
    uint64_t cache_conflicts; ///< memory written past the cache while a line of it was held
    uint64_t io_accesses;
    uint64_t longest_work;  ///< most work (bytes moved) between two interrupt windows
    uint64_t longest_ticks; ///< most time between two interrupt windows while an interrupt was due
};

/// A callback at a time.
struct host_event {
    uint64_t when;
    void (*call)(void *argument);
    void *argument;
};

struct host_processor {
    bool started;
    bool idle;     ///< the hypervisor waits: there is no guest to talk to
    bool resuming; ///< inside kernel_resume()
    bool timer_pending;
    bool kicked;
    uint64_t timer_due; ///< HOST_NEVER: not armed
    uint64_t enabled;   ///< lines, one bit each
    uint64_t work;      ///< since the last interrupt window
    uint64_t window;    ///< when that was
    const struct hal_space *space;
};

struct host_machine {
    // Set by tests before power-on; host_reset() gives the defaults.
    uint32_t hz;              ///< 50 MHz
    uint32_t counter_start;   ///< of the 32-bit counter
    uint32_t cpu_count;       ///< processors of the machine
    uint32_t cpus_dead;       ///< bits: do not answer hal_smp_start()
    uint32_t cpus_deaf;       ///< bits: take nothing while another processor polls
    uint32_t uart_ns;         ///< per character: 87 us
    uint32_t cost_byte_ns;    ///< simulated time of moving a byte; 0
    uint32_t cost_read_ticks; ///< simulated time of reading the counter; 0
    uint32_t timer_early;     ///< ticks that the one-shot comes before its target; 0
    uint32_t maps_left;       ///< calls of hal_boot_map() that still succeed
    uint32_t spaces_left;     ///< spaces that the machine has
    uint64_t io_dead;         ///< physical address on which the bus answers with an error
    bool threads; ///< each processor has a thread of its own: no cache, and only its own timer
    bool console_absent;   ///< the console takes nothing and interrupts never
    void (*on_wait)(void); ///< in hal_cpu_wait()
    void (*on_take)(void); ///< in hal_irq_take(): an interrupt window
    void (*on_io)(hal_phys_t address, bool write);

    // Looked at by tests.
    uint64_t ticks;
    uint64_t limit; ///< until when hal_cpu_wait() may advance the clock
    uint32_t stop_status;
    uint32_t console_size;
    struct host_counts count;
    struct host_processor cpu[CONFIG_CPUS_MAX];

    // The machine's own.
    uint64_t level;   ///< lines asserted
    uint64_t edge;    ///< lines that latch
    uint64_t pending; ///< latched
    uint64_t served;  ///< level lines taken and not yet enabled again
    uint64_t uart_free;
    bool uart_wanted;
    bool uart_reported;
    uint32_t event_count;
    struct host_event event[HOST_EVENTS];
    char console[HOST_CONSOLE_MAX +
                 1u]; ///< what was sent; last, so that a snapshot can leave it out
};

extern struct host_machine host;
extern uint8_t host_ram[HOST_RAM_SIZE];
extern uint8_t host_io[HOST_IO_SIZE];

// Power.

/// The machine as delivered: memory, devices, settings and counts zero or default, the hypervisor's
/// static memory as its binary has it.
void host_reset(void);

/// The hypervisor's static memory as its binary has it: what its start-up code does. Everything
/// else stays: a restart.
void host_entry(void);

/// Keeps, and brings back, the machine's own state and the hypervisor's static memory: a cheap way to
/// run many short tests from one point. Memory is the test's business; the cache is emptied and what
/// was sent to the console stays, its size being part of the state.
void host_snapshot_take(void);
void host_snapshot_restore(void);

/// Starts the first processor: host_entry(), kernel_boot() and the exit path into the first guest
/// or idle.
enum host_end host_boot(void);

// Clock.

uint64_t host_ticks(uint64_t ns); ///< duration, rounded up
uint64_t host_ns(uint64_t ticks); ///< rounded down

/// Runs all started processors, guests computing or idle, until a time.
enum host_end host_run_until(uint64_t ticks);
/// The same for some nanoseconds, rounded up to ticks.
enum host_end host_run(uint64_t ns);

/// Moves the clock without letting any processor see it: the time of a long instruction, or of
/// work with interrupts off. Callbacks and timers that were due are pending afterwards.
void host_pass(uint64_t ticks);

/// Calls back when the clock reaches a time.
void host_at(uint64_t ticks, void (*call)(void *argument), void *argument);

/// Work of the hypervisor: bytes moved.
void host_work(uint64_t bytes);

// Lines.

void host_line_edge(uint32_t line, bool edge); ///< how a line behaves; level unless said
void host_line_assert(uint32_t line);          ///< an edge line latches at once
void host_line_deassert(uint32_t line);
bool host_line_enabled(uint32_t line); ///< on the executing processor
bool host_irq_due(void);               ///< whether an enabled interrupt is pending there

// Guests. All act as the guest that is loaded on the executing processor.

/// The guest that runs, NULL while the processor idles.
struct hal_context *host_running(void);

/// A hypercall with everything behind it. The answer is host_status(), valid whatever happened to
/// the guest then.
enum host_end host_hypercall(sep_word_t number, const sep_word_t arguments[5]);
sep_status_t host_status(void);

/// A fault of the guest.
enum host_end host_fault(const struct hal_fault *what);

/// The guest returns from the entry of its latest trap.
void host_return(void);

/// A fault inside the hypervisor.
enum host_end host_panic(const struct hal_fault *what);

/// Runs something inside the hypervisor, as boot and traps do, and gives back how it ended.
enum host_end host_try(void (*call)(void *argument), void *argument);

/// Looks at pending interrupts of the executing processor as a guest with interrupts on does.
enum host_end host_settle(void);

/// Memory as a space's guest sees it: through its rights and its cache. False: a fault.
bool host_space_read(const struct hal_space *space, uintptr_t from, void *to, uint32_t size);
bool host_space_write(const struct hal_space *space, uintptr_t to, const void *from, uint32_t size);
bool host_space_fetch(const struct hal_space *space, uintptr_t from, void *to, uint32_t size);

/// Where an address of a space leads.
struct host_mapping {
    uint64_t physical;
    uint32_t flags; ///< enum sep_area_flags
};

/// Whether a space maps an address with all the rights (enum sep_area_flags).
bool host_space_translate(const struct hal_space *space, uintptr_t address, uint32_t rights,
                          struct host_mapping *mapping);

/// Simulated physical memory; NULL where there is none.
uint8_t *host_memory(uint64_t physical, uint64_t size);

/// Lines of a space that the cache holds.
uint32_t host_cache_lines(const struct hal_space *space);

// Between the files of the machine.

void host_cache_reset(void);
void host_cache_bypassed(uint64_t start, uint64_t size);
void host_cache_read(const struct hal_space *space, uintptr_t address, uint64_t physical, void *to,
                     uint32_t size);
void host_cache_write(const struct hal_space *space, uintptr_t address, uint64_t physical,
                      const void *from, uint32_t size);
uint64_t host_next_event(void);
bool host_uart_due(void);
void host_window(void);
void host_exit_path(bool always);
void host_others(void);
_Noreturn void host_idle(void);
_Noreturn void host_leave(enum host_end end);

#endif
