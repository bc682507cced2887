// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interrupt controller: reset, and what happens to interrupts.

#include <vm/vgic_list.h>
#include <vm/vgic_state.h>

static void reset_bank(struct vgic_bank *bank)
{
    uint32_t hardware = bank->hardware;

    *bank = (struct vgic_bank){.hardware = hardware, .absent = bank->absent, .release = hardware};
}

void vgic_reset(struct vgic *vgic)
{
    vgic->control = 0;
    for (uint32_t i = 0; i < VGIC_BANKS - 1u; i++) {
        reset_bank(&vgic->shared[i]);
    }
    // GICv2 with one processor has no choice of targets.
    __builtin_memset(vgic->target, vgic->version == 2u && vgic->cpu_count == 1u ? 1 : 0,
                     sizeof(vgic->target));
    __builtin_memset(vgic->holder, 0, sizeof(vgic->holder));
    for (uint32_t i = 0; i < vgic->cpu_count; i++) {
        struct vgic_cpu *cpu = &vgic->cpu[i];
        struct vgic_bank own = cpu->own;

        *cpu = (struct vgic_cpu){.hcr = VGIC_HCR_ENABLE, .plain = true, .asleep = true, .own = own};
        reset_bank(&cpu->own);
        cpu->own.edge = 0xffffu; // interrupts from software, and not to be changed
        if (vgic->version == 2u) {
            cpu->own.enabled = 0xffffu;
        }
    }
}

void vgic_pulse(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number)
{
    vgic_bank(vgic, cpu, number)->latched |= 1u << (number % 32u);
}

void vgic_level(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number, bool high)
{
    struct vgic_bank *bank = vgic_bank(vgic, cpu, number);
    uint32_t bit = 1u << (number % 32u);

    if (high) {
        bank->latched |= bit & bank->edge & ~bank->level;
        bank->level |= bit;
    } else {
        bank->level &= ~bit;
    }
}

void vgic_sgi(struct vgic *vgic, const struct vgic_cpu *from, uint32_t targets, uint32_t number)
{
    uint32_t source = vgic->version == 2u ? vgic_cpu_number(vgic, from) : 0u;

    for (uint32_t i = 0; i < vgic->cpu_count; i++) {
        if ((targets & (1u << i)) != 0u) {
            vgic->cpu[i].own.latched |= 1u << number;
            vgic->cpu[i].source[number] |= (uint8_t)(1u << source);
        }
    }
}

uint64_t vgic_direct(const struct vgic *vgic, const struct vgic_cpu *cpu, uint32_t number)
{
    const struct vgic_bank *bank =
        number < VGIC_PRIVATE ? &cpu->own : &vgic->shared[number / 32u - 1u];
    struct vgic_bank one = *bank;
    uint32_t bit = 1u << (number % 32u);
    struct vgic_list list = {
        .number = number,
        .state = VGIC_LIST_PENDING,
        .priority = bank->priority[number % 32u],
        .group1 = (bank->group1 & bit) != 0u,
        .hardware = true,
    };

    one.latched = bit;
    if ((vgic_wanted(vgic, &one) & bank->hardware & bit) == 0u ||
        (number >= VGIC_PRIVATE && !vgic_goes_to(vgic, number, vgic_cpu_number(vgic, cpu)))) {
        return 0;
    }
    return vgic_list_pack(vgic->version, &list);
}

void vgic_deactivate(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number)
{
    if (number < VGIC_LINES) {
        vgic_end(vgic_bank(vgic, cpu, number), 1u << (number % 32u));
    }
}
