// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the hardware does with list registers: a virtual processor interface, as a partition uses it. It knows the
// words of list registers from the architecture's description alone, and nothing of the code it tests.
//
// Source: IHI 0069, 4.8 and 12.4; IHI 0048, 5.2 and 5.3.

#ifndef GIC_SIM_H
#define GIC_SIM_H

#include <stdbool.h>
#include <stdint.h>

#define SIM_LISTS_MAX 16u
#define SIM_SPURIOUS 1023u
#define SIM_DEPTH_MAX 32u

struct gic_sim {
    uint32_t version;
    uint32_t lists;
    uint64_t *list; ///< the registers
    uint32_t *hcr;
    bool split;                   ///< end of an interrupt in two steps: EOImode is 1
    uint8_t stack[SIM_DEPTH_MAX]; ///< priorities that are active, the running one last
    uint32_t depth;
    bool notified;  ///< an interrupt ended whose list register asks for maintenance
    uint32_t ended; ///< last line that was ended in the hardware
    uint32_t ends;  ///< how many were
};

/// The partition reads the acknowledge register: a number, or SIM_SPURIOUS.
uint32_t sim_acknowledge(struct gic_sim *sim);

/// The partition ends the running interrupt: priority drop, and without .split the end of number.
void sim_end(struct gic_sim *sim, uint32_t number);

/// The partition deactivates an interrupt (with .split). False: the write traps.
bool sim_deactivate(struct gic_sim *sim, uint32_t number);

/// Whether the maintenance interrupt is asserted.
bool sim_maintenance(const struct gic_sim *sim);

/// Priority that runs; 0x100: none.
uint32_t sim_running(const struct gic_sim *sim);

#endif
