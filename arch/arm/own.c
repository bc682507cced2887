// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypervisor's own translation: every address is itself. Code may be executed and not written,
// constants only read, everything else written and never executed.

#include <arch/boot.h>

/// Not part of .bss: a restart finds it in use.
__attribute__((section(".tables"), aligned(TABLE_BYTES))) struct own_tables own_tables;

#define GIB (1ull << TABLE_L1_SHIFT)
#define MIB2 (1ull << TABLE_L2_SHIFT)

#define COMMON (TABLE_ACCESSED | TABLE_INNER)
#define CODE (COMMON | OWN_NORMAL | OWN_READ_ONLY)
#define CONSTANT (COMMON | OWN_NORMAL | OWN_READ_ONLY | TABLE_NEVER_EXECUTE)
#define DATA (COMMON | OWN_NORMAL | OWN_READ_WRITE | TABLE_NEVER_EXECUTE)
#define DEVICE (COMMON | OWN_DEVICE | OWN_READ_WRITE | TABLE_NEVER_EXECUTE)

#define RAM_END (BOARD_RAM_START + (uint64_t)BOARD_RAM_SIZE)

#define IO_END (BOARD_IO_START + (uint64_t)BOARD_IO_SIZE)
#define RAM_GIB (BOARD_RAM_START / GIB)
#define IO_GIB (BOARD_IO_START / GIB)

_Static_assert(BOARD_RAM_START % MIB2 == 0 && RAM_END % MIB2 == 0, "blocks of 2 MiB");
_Static_assert(RAM_END <= (RAM_GIB + 1u) * GIB || RAM_END % GIB == 0,
               "and of 1 GiB behind the first one");
_Static_assert(BOARD_IO_START % MIB2 == 0 && BOARD_IO_SIZE % MIB2 == 0, "blocks of 2 MiB");
_Static_assert((IO_END - 1u) / GIB == IO_GIB, "devices lie in one GiB");
_Static_assert(IO_GIB<RAM_GIB || IO_GIB>(RAM_END - 1u) / GIB, "which has no RAM");

static uint64_t table(const uint64_t *entries)
{
    return (uint64_t)entries | TABLE_TABLE;
}

// Whether a page stands in front of a stack.
static bool is_guard(uint64_t at)
{
    return at >= (uintptr_t)boot_stacks && at < (uintptr_t)boot_stacks_end &&
           (at - (uintptr_t)boot_stacks) % sizeof(struct boot_stack) == 0u;
}

static void map_hypervisor(void)
{
    for (uint64_t i = 0; i < TABLE_ENTRIES; i++) {
        uint64_t at = BOARD_RAM_START + i * TABLE_PAGE;
        uint64_t rights = DATA;

        if (at < (uintptr_t)boot_code_end) {
            rights = CODE;
        } else if (at < (uintptr_t)bss_page || is_guard(at)) {
            rights = CONSTANT;
        }
        own_tables.level3[i] = at | rights | TABLE_LEAF;
    }
}

// Called by entry.S with the MMU off, and again by a restart, with it on: each entry is written once,
// and with the same value.
void own_build(void);
void own_build(void)
{
    struct own_tables *t = &own_tables;

    map_hypervisor();
    t->level2_ram[BOARD_RAM_START % GIB / MIB2] = table(t->level3);
    for (uint64_t at = BOARD_RAM_START + MIB2; at < RAM_END && at < (RAM_GIB + 1u) * GIB;
         at += MIB2) {
        t->level2_ram[at % GIB / MIB2] = at | DATA | TABLE_BLOCK;
    }
    for (uint64_t at = BOARD_IO_START; at < IO_END; at += MIB2) {
        t->level2_devices[at % GIB / MIB2] = at | DEVICE | TABLE_BLOCK;
    }
    t->level1[IO_GIB] = table(t->level2_devices);
    t->level1[RAM_GIB] = table(t->level2_ram);
    for (uint64_t at = (RAM_GIB + 1u) * GIB; at < RAM_END; at += GIB) {
        t->level1[at / GIB] = at | DATA | TABLE_BLOCK;
    }
}
