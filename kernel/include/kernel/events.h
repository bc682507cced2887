// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events that the kernel raises for the services. A service defines them at link time; where it is
// configured away, its absent.c does.

#ifndef KERNEL_EVENTS_H
#define KERNEL_EVENTS_H

#include <hal/trap.h>
#include <septum/config.h>
#include <septum/event.h>

struct partition;
struct vcpu;

/// Takes the health monitor's log from the arena, whose last bytes it is; a log that
/// an earlier start left there, before a warm or a cold reset, is gone on with. There is room for it. False
/// if the configuration has none. Boot only, first of all.
bool hm_init(void);

/// Leaves a record of an event of a vCPU, or of the hypervisor's own (NULL), and what is done about it.
void hm_event(struct vcpu *vcpu, const struct hal_fault *fault, enum sep_action action);

/// Prints the lines of the oldest event that was not told yet. False if there was none. In idle time,
/// for an event's own section has to be short, and at system stop.
bool hm_tell(void);

/// Nobody else is left who could be at the log.
void hm_break_locks(void);

/// Takes the channels from the arena. NULL, or what is wrong. Boot only.
const char *ipc_init(void);

/// What the configuration says about an event of a partition, or of the hypervisor's own (NULL).
const struct sep_cfg_action *event_entry(const struct partition *partition, enum sep_event event);

/// Raises an event for a vCPU and carries out the action. The vCPU may not be runnable afterwards.
void event_raise(struct vcpu *vcpu, const struct hal_fault *fault);

/// The same for events without an address or a fault status.
void event_raise_plain(struct vcpu *vcpu, enum sep_event event, uint32_t code);

/// Raises an event of the hypervisor itself. A halt of the system gives reason and status (enum
/// system_status); returns where the action lets the hypervisor go on.
void event_raise_own(const struct hal_fault *fault, const char *reason, uint32_t status);

#endif
