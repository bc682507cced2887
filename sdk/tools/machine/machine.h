// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypervisor itself on the simulated machine of the unit tests (arch/host): boots a configuration that is
// compiled for that machine and runs it event by event. What the hypervisor does takes no time, loading included;
// partitions do what the caller says. One machine at a time.
//
// Times are nanoseconds since the start of the first frame. A vCPU is named by its place in the configuration.

#ifndef SEPTUM_TOOL_MACHINE_H
#define SEPTUM_TOOL_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <septum/build_info.h>

/// Physical memory of the machine: the hypervisor's up to MACHINE_PARTITIONS, then a granule for each partition.
#define MACHINE_START 0x40000000u
#define MACHINE_CONFIG 0x40010000u ///< behind the hypervisor's binary
#define MACHINE_PARTITIONS 0x403c0000u
#define MACHINE_PARTITION_SIZE 0x1000u
/// Device lines that partitions can have are 1 … MACHINE_LINES.
#define MACHINE_LINES 61u
/// No vCPU runs.
#define MACHINE_IDLE UINT32_MAX

/// What the hypervisor tells of itself in `.septum_info`, ended by an empty key.
extern const struct sep_build_info machine_facts[];

/// Boots a compiled configuration of one processor; every partition with the flag `boot` is loaded, all its vCPUs
/// are started. NULL, or what the hypervisor says.
const char *machine_boot(const void *config, size_t size);

/// What comes next.
enum machine_step {
    MACHINE_EVENT,   ///< the hypervisor handled a timer: somebody else may run now
    MACHINE_REACHED, ///< nothing happened up to the time asked for
    MACHINE_STOPPED, ///< the hypervisor ended or restarted the system
};

/// Runs up to the next event of the hypervisor in front of a time, or to that time: what the hypervisor has to do
/// then comes behind what the vCPU that runs does then. Whoever runs computes meanwhile.
enum machine_step machine_run(uint64_t until);

/// Who runs, and since when that is so by the hypervisor's own clock.
uint32_t machine_running(void);
uint64_t machine_event_time(void);

/// Processor time that a vCPU has had, and when it will have had so much if it keeps the processor.
uint64_t machine_executed(uint32_t vcpu);
uint64_t machine_reaches(uint32_t vcpu, uint64_t executed);

/// The slot that runs: its place among all slots of the configuration, and its frame.
uint32_t machine_slot(void);
uint64_t machine_slot_length(void);
uint32_t machine_frame(void);
uint32_t machine_plan(void);

/// The jobs of a real-time vCPU.
struct machine_jobs {
    uint32_t released, finished, overruns, missed;
    uint64_t release, deadline; ///< of the last one
    bool open;
};

/// False: it is no real-time vCPU.
bool machine_jobs(uint32_t vcpu, struct machine_jobs *jobs);

/// The call of the vCPU that runs: it has finished its job and waits for its next release; or it idles.
enum machine_step machine_wait(void);
enum machine_step machine_idle(void);

/// An edge on a device line. Every partition takes the interrupts of its lines, on vCPU 0.
enum machine_step machine_interrupt(uint32_t line);

/// How many interrupts of the n-th of its lines a vCPU has been given.
uint32_t machine_given(uint32_t vcpu, uint32_t n);

/// The vCPU that runs has handled what it was given, and takes more.
enum machine_step machine_handled(void);

/// Whether the vCPU that runs has the processor only because an interrupt preempts another one.
bool machine_preempts(void);

/// What a system partition may ask for: another plan from the next frame on, a real-time vCPU started or stopped.
enum machine_step machine_ask_plan(uint32_t plan);
enum machine_step machine_start(uint32_t vcpu);
enum machine_step machine_stop(uint32_t vcpu);

/// How often the hypervisor decided who runs next.
uint64_t machine_decisions(void);

#endif
