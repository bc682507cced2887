// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual interrupt controller: the choice of what list registers hold.

#include <vm/vgic_list.h>
#include <vm/vgic_state.h>

// The most urgent interrupts of a kind, in order. A key is the priority, then the number: less is more urgent.
struct choice {
    uint32_t key[VGIC_LISTS_MAX];
    uint32_t count;
    uint32_t room;
    bool more; ///< there are others
};

#define KEY_NUMBER 0xffffu
#define KEY_PRIORITY_SHIFT 16u

static void begin(struct choice *choice, uint32_t room)
{
    choice->count = 0;
    choice->room = room;
    choice->more = false;
}

static void offer(struct choice *choice, uint32_t key)
{
    uint32_t at = choice->count;

    if (at == choice->room) {
        choice->more = true;
        if (at == 0u || choice->key[at - 1u] < key) {
            return;
        }
        at--;
    } else {
        choice->count++;
    }
    for (; at != 0u && choice->key[at - 1u] > key; at--) {
        choice->key[at] = choice->key[at - 1u];
    }
    choice->key[at] = key;
}

static void offer_bits(const struct vgic *vgic, const struct vgic_cpu *cpu, uint32_t index,
                       uint32_t bits, struct choice *choice, bool active)
{
    const struct vgic_bank *bank = index == 0u ? &cpu->own : &vgic->shared[index - 1u];
    uint32_t self = vgic_cpu_number(vgic, cpu);

    while (bits != 0u) {
        uint32_t bit = (uint32_t)__builtin_ctz(bits);
        uint32_t number = index * 32u + bit;

        bits &= bits - 1u;
        if (index == 0u ||
            (active ? vgic->holder[number] == self : vgic_goes_to(vgic, number, self))) {
            offer(choice, (uint32_t)bank->priority[bit] << KEY_PRIORITY_SHIFT | number);
        }
    }
}

// The active interrupts of a processor that are in no list register.
static void choose_active(const struct vgic *vgic, const struct vgic_cpu *cpu,
                          struct choice *choice)
{
    begin(choice, vgic->lists);
    for (uint32_t i = 0; i < VGIC_BANKS; i++) {
        const struct vgic_bank *bank = i == 0u ? &cpu->own : &vgic->shared[i - 1u];

        offer_bits(vgic, cpu, i, bank->active & ~bank->listed, choice, true);
    }
}

static void choose_pending(const struct vgic *vgic, const struct vgic_cpu *cpu,
                           struct choice *choice)
{
    begin(choice, vgic->lists);
    for (uint32_t i = 0; i < VGIC_BANKS; i++) {
        const struct vgic_bank *bank = i == 0u ? &cpu->own : &vgic->shared[i - 1u];

        offer_bits(vgic, cpu, i, vgic_wanted(vgic, bank) & ~bank->active & ~bank->listed, choice,
                   false);
    }
}

// ------------------------------------------------------------------------------------ list registers

static void take_back(struct vgic *vgic, struct vgic_cpu *cpu, const struct vgic_list *list)
{
    struct vgic_bank *bank = vgic_bank(vgic, cpu, list->number);
    uint32_t bit = 1u << (list->number % 32u);

    if ((list->state & VGIC_LIST_PENDING) != 0u && ((bank->taken & bit) != 0u || list->hardware)) {
        bank->latched |= bit;
        if (list->number < VGIC_SGIS) {
            cpu->source[list->number] |= (uint8_t)(1u << list->source);
        }
    }
    if ((list->state & VGIC_LIST_ACTIVE) != 0u) {
        bank->active |= bit;
        vgic->holder[list->number] = (uint8_t)vgic_cpu_number(vgic, cpu);
        if (list->number < VGIC_SGIS) {
            cpu->sender[list->number] = (uint8_t)list->source;
        }
    }
    bank->listed &= ~bit;
    bank->taken &= ~bit;
}

// Interrupts that the partition ended while no list register held them: the innermost active ones.
static void end_missing(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t count)
{
    struct choice choice;

    while (count != 0u) {
        choose_active(vgic, cpu, &choice);
        if (choice.count == 0u) {
            return;
        }
        for (uint32_t i = 0; i < choice.count && count != 0u; i++, count--) {
            uint32_t number = choice.key[i] & KEY_NUMBER;

            vgic_end(vgic_bank(vgic, cpu, number), 1u << (number % 32u));
        }
    }
}

static void open_cpu(struct vgic *vgic, struct vgic_cpu *cpu)
{
    // First those without a list register: at that time the others were not among the active ones.
    end_missing(vgic, cpu, cpu->hcr >> VGIC_HCR_COUNT_SHIFT);
    cpu->hcr &= (1u << VGIC_HCR_COUNT_SHIFT) - 1u;
    for (uint32_t i = 0; i < vgic->lists; i++) {
        struct vgic_list list = vgic_list_unpack(vgic->version, cpu->list[i]);

        cpu->list[i] = 0;
        if (list.state != 0u && list.number < VGIC_LINES) {
            take_back(vgic, cpu, &list);
        }
    }
}

static void forget_listed(struct vgic_bank *bank)
{
    bank->listed = 0;
    bank->taken = 0;
}

void vgic_open(struct vgic *vgic)
{
    for (uint32_t i = 0; i < vgic->cpu_count; i++) {
        open_cpu(vgic, &vgic->cpu[i]);
    }
    // What ended in its list register is in none any more.
    for (uint32_t i = 0; i < vgic->cpu_count; i++) {
        forget_listed(&vgic->cpu[i].own);
    }
    for (uint32_t i = 0; i < VGIC_BANKS - 1u; i++) {
        forget_listed(&vgic->shared[i]);
    }
}

// An active interrupt that is pending again must come back to us at its end. A line of the hardware has no
// such notice in a list register: it stays out of them, which is one, too.
static bool must_stay_out(const struct vgic *vgic, const struct vgic_bank *bank, uint32_t bit)
{
    return (bank->hardware & bit & vgic_wanted(vgic, bank)) != 0u;
}

static uint64_t list_active(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number)
{
    struct vgic_bank *bank = vgic_bank(vgic, cpu, number);
    uint32_t bit = 1u << (number % 32u);
    struct vgic_list list = {
        .number = number,
        .state = VGIC_LIST_ACTIVE,
        .priority = bank->priority[number % 32u],
        .group1 = (bank->group1 & bit) != 0u,
        .hardware = (bank->hardware & bit) != 0u,
        .source = number < VGIC_SGIS ? cpu->sender[number] : 0u,
    };

    // One that follows its line may be pending again by then; one that is an edge only if it is now.
    list.notify =
        !list.hardware && ((vgic_wanted(vgic, bank) | (bank->level & ~bank->edge)) & bit) != 0u;
    cpu->plain = cpu->plain && !list.notify;
    bank->active &= ~bit;
    bank->listed |= bit;
    return vgic_list_pack(vgic->version, &list);
}

// The latch goes with it, but for further processors that sent the same interrupt.
static void take_latch(struct vgic_cpu *cpu, struct vgic_bank *bank, uint32_t number,
                       struct vgic_list *list)
{
    uint32_t bit = 1u << (number % 32u);

    if ((bank->latched & bit) == 0u) {
        return;
    }
    bank->taken |= bit;
    if (number < VGIC_SGIS && cpu->source[number] != 0u) {
        list->source = (uint32_t)__builtin_ctz(cpu->source[number]);
        cpu->source[number] &= (uint8_t)(cpu->source[number] - 1u);
        if (cpu->source[number] != 0u) {
            list->notify = true;
            return;
        }
    }
    bank->latched &= ~bit;
}

static uint64_t list_pending(struct vgic *vgic, struct vgic_cpu *cpu, uint32_t number)
{
    struct vgic_bank *bank = vgic_bank(vgic, cpu, number);
    uint32_t bit = 1u << (number % 32u);
    struct vgic_list list = {
        .number = number,
        .state = VGIC_LIST_PENDING,
        .priority = bank->priority[number % 32u],
        .group1 = (bank->group1 & bit) != 0u,
        .hardware = (bank->hardware & bit) != 0u,
    };

    take_latch(cpu, bank, number, &list);
    // An emulated line that is still high at the end makes it pending again.
    list.notify = list.notify || (!list.hardware && (bank->level & ~bank->edge & bit) != 0u);
    cpu->plain = cpu->plain && !list.notify;
    bank->listed |= bit;
    return vgic_list_pack(vgic->version, &list);
}

// Whether anything at all is pending or active.
static bool is_quiet(const struct vgic *vgic, const struct vgic_cpu *cpu)
{
    uint32_t any = cpu->own.latched | cpu->own.level | cpu->own.active;

    for (uint32_t i = 0; i < VGIC_BANKS - 1u; i++) {
        any |= vgic->shared[i].latched | vgic->shared[i].level | vgic->shared[i].active;
    }
    return any == 0u;
}

static void close_cpu(struct vgic *vgic, struct vgic_cpu *cpu)
{
    struct choice pending;
    struct choice active;
    uint32_t first = 0;
    uint32_t n = 0;
    bool missing;

    cpu->used = 0;
    cpu->hcr = VGIC_HCR_ENABLE;
    cpu->plain = true;
    if (is_quiet(vgic, cpu)) {
        return;
    }
    choose_pending(vgic, cpu, &pending);
    choose_active(vgic, cpu, &active);
    missing = active.more;
    if (pending.count != 0u) {
        first = 1;
        cpu->list[n++] = list_pending(vgic, cpu, pending.key[0] & KEY_NUMBER);
    }
    for (uint32_t i = 0; i < active.count; i++) {
        uint32_t number = active.key[i] & KEY_NUMBER;

        if (n == vgic->lists ||
            must_stay_out(vgic, vgic_bank(vgic, cpu, number), 1u << (number % 32u))) {
            missing = true;
        } else {
            cpu->list[n++] = list_active(vgic, cpu, number);
        }
    }
    while (first < pending.count && n < vgic->lists) {
        cpu->list[n++] = list_pending(vgic, cpu, pending.key[first++] & KEY_NUMBER);
    }
    cpu->used = n;
    cpu->hcr |= first < pending.count || pending.more ? VGIC_HCR_NONE_PENDING : 0u;
    cpu->hcr |= missing ? VGIC_HCR_ENTRY_MISSING : 0u;
    cpu->hcr |= missing && vgic->version != 2u ? VGIC_HCR_TRAP_END : 0u;
    cpu->plain = cpu->plain && cpu->hcr == VGIC_HCR_ENABLE;
}

void vgic_close(struct vgic *vgic)
{
    for (uint32_t i = 0; i < vgic->cpu_count; i++) {
        close_cpu(vgic, &vgic->cpu[i]);
    }
}
