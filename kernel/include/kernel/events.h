// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Events that the kernel raises for the services. A service defines them at link time; where it is
// configured away, its absent.c does.

#ifndef KERNEL_EVENTS_H
#define KERNEL_EVENTS_H

#include <hal/trap.h>
#include <septum/event.h>

struct vcpu;

/// A health-monitor event of a vCPU's partition: leaves a record if configured, and answers what is
/// to be done. The kernel does it.
enum sep_action hm_event(struct vcpu *vcpu, const struct hal_fault *fault);

/// Prints the lines of the oldest event that was not told yet. False if there was none. In idle time,
/// for an event's own section has to be short, and at system stop.
bool hm_tell(void);

/// Takes the channels from the arena. NULL, or what is wrong. Boot only.
const char *ipc_init(void);

/// Raises an event for a vCPU and carries out the action. The vCPU may not be runnable afterwards.
void event_raise(struct vcpu *vcpu, const struct hal_fault *fault);

/// The same for events without an address or a fault status.
void event_raise_plain(struct vcpu *vcpu, enum sep_event event, uint32_t code);

#endif
