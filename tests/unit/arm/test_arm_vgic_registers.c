// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of the virtual interrupt controllers, as systems read and write them, and whatever else they may try.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vm/vgic_list.h>
#include <vm/vgic_registers.h>

#define CPUS 3u
#define SGI_FRAME 0x10000u

static struct vgic vgic;
static struct vgic_cpu cpus[CPUS];

static bool chosen; ///< since the last reopen()

static void begin(uint32_t version, uint32_t count)
{
    memset(&vgic, 0, sizeof(vgic));
    memset(cpus, 0, sizeof(cpus));
    vgic = (struct vgic){.version = version, .lists = 4, .cpu_count = count, .cpu = cpus};
    vgic_reset(&vgic);
    chosen = false;
}

static uint64_t read_d(uint32_t offset, uint32_t size)
{
    return vgic.version == 2u ? vgic_v2_distributor_read(&vgic, cpus, offset, size)
                              : vgic_v3_distributor_read(&vgic, cpus, offset, size);
}

static void write_d(uint32_t offset, uint32_t size, uint64_t value)
{
    if (vgic.version == 2u) {
        vgic_v2_distributor_write(&vgic, cpus, offset, size, value);
    } else {
        vgic_v3_distributor_write(&vgic, cpus, offset, size, value);
    }
}

static uint64_t read_r(uint32_t offset, uint32_t size)
{
    return vgic_v3_redistributor_read(&vgic, cpus, offset, size);
}

static void write_r(uint32_t offset, uint32_t size, uint64_t value)
{
    vgic_v3_redistributor_write(&vgic, cpus, offset, size, value);
}

static void reopen(void)
{
    vgic_open(&vgic);
    chosen = false;
}

// The first list register's content after a choice.
static struct vgic_list first_of(uint32_t cpu)
{
    if (!chosen) {
        vgic_close(&vgic);
        chosen = true;
    }
    return vgic_list_unpack(vgic.version, cpus[cpu].list[0]);
}

/// What a driver of GICv3 looks for: version, lines, states. Shows REQ-VM-004
static void v3_identification(void **state)
{
    (void)state;
    begin(3, 2);
    assert_int_equal(read_d(0xffe8, 4), 0x3b);
    assert_int_equal(read_d(0x4, 4) & 0x1f, VGIC_LINES / 32u - 1u);
    assert_int_equal(read_d(0x4, 4) >> 19 & 0x1f, 9);
    assert_int_equal(read_d(0x0, 4), 0x50); // one security state, affinity routing
    write_d(0x0, 4, 0xffffffff);
    assert_int_equal(read_d(0x0, 4), 0x53);
    assert_int_equal(read_r(0xffe8, 4), 0x3b);
    assert_int_equal(read_r(0x8, 8), 0);
    assert_int_equal(vgic_v3_redistributor_read(&vgic, &cpus[1], 0x8, 8),
                     1ull << 32 | 1u << 8 | 1u << 4);
    assert_int_equal(vgic_v3_redistributor_read(&vgic, &cpus[1], 0x8, 4), 1u << 8 | 1u << 4);
    assert_int_equal(vgic_v3_redistributor_read(&vgic, &cpus[1], 0xc, 4), 1);
    assert_int_equal(read_r(0x14, 4), 6);
    write_r(0x14, 4, 0);
    assert_int_equal(read_r(0x14, 4), 0);
    write_r(0x14, 4, 2);
    assert_int_equal(read_r(0x14, 4), 6);
}

/// Set and clear registers; the distributor's first word is another frame's. Shows REQ-VM-004
static void v3_bits(void **state)
{
    static const uint32_t pairs[][2] = {{0x100, 0x180}, {0x200, 0x280}, {0x300, 0x380}};

    (void)state;
    begin(3, 1);
    for (uint32_t i = 0; i < 3u; i++) {
        write_d(pairs[i][0] + 4u, 4, 0xff0f);
        write_d(pairs[i][1] + 4u, 4, 0x0f00);
        assert_int_equal(read_d(pairs[i][0] + 4u, 4), 0xf00f);
        assert_int_equal(read_d(pairs[i][1] + 4u, 4), 0xf00f);
        write_d(pairs[i][0], 4, 0xffffffff);
        assert_int_equal(read_d(pairs[i][0], 4), 0);
        write_r(SGI_FRAME + pairs[i][0], 4, 0xffffffff);
        write_r(SGI_FRAME + pairs[i][1], 4, 0xffff00ff);
        assert_int_equal(read_r(SGI_FRAME + pairs[i][0], 4), 0xff00);
        assert_int_equal(read_d(pairs[i][0], 4), 0);          // not there
        write_r(SGI_FRAME + pairs[i][0] + 4u, 4, 0xffffffff); // one word there
        assert_int_equal(read_r(SGI_FRAME + pairs[i][0] + 4u, 4), 0);
    }
    write_d(0x84, 4, 0x12345678);
    assert_int_equal(read_d(0x84, 4), 0x12345678);
    write_r(SGI_FRAME + 0x80, 4, 0x87654321);
    assert_int_equal(read_r(SGI_FRAME + 0x80, 4), 0x87654321);
}

/// What nothing can raise is never pending, active or enabled, a reset or not. Shows REQ-VM-003, REQ-VM-004
static void absent(void **state)
{
    (void)state;
    begin(3, 1);
    vgic_bank(&vgic, cpus, 32)->absent = 0xfffffff0;
    for (uint32_t i = 0; i < 2u; i++) {
        for (uint32_t offset = 0x104; offset <= 0x304u; offset += 0x100) {
            write_d(offset, 4, 0xffffffff);
            assert_int_equal(read_d(offset, 4), 0xf);
        }
        write_d(0x84, 4, 0xffffffff);
        assert_int_equal(read_d(0x84, 4), 0xf);
        vgic_reset(&vgic);
    }
}

/// Priorities by bytes and words, five bits of them; edges; routes. Shows REQ-VM-004
static void v3_fields(void **state)
{
    (void)state;
    begin(3, 2);
    write_d(0x400 + 40, 4, 0xa7b7c7d7);
    assert_int_equal(read_d(0x400 + 40, 4), 0xa0b0c0d0);
    assert_int_equal(read_d(0x400 + 41, 1), 0xc0);
    assert_int_equal(read_d(0x400 + 42, 2), 0xa0b0);
    write_d(0x400 + 43, 1, 0xff);
    assert_int_equal(read_d(0x400 + 40, 4), 0xf8b0c0d0);
    write_d(0x400 + 3, 1, 0xff); // that of an SGI is not here
    assert_int_equal(read_d(0x400, 4), 0);
    write_r(SGI_FRAME + 0x400, 4, 0x08101820);
    assert_int_equal(read_r(SGI_FRAME + 0x400, 4), 0x08101820);
    write_r(SGI_FRAME + 0x400 + 32, 4, 0x08101820); // nor that of a shared one there
    assert_int_equal(read_r(SGI_FRAME + 0x400 + 32, 4), 0);
    write_d(0xc08, 4, 0xffffffff);
    assert_int_equal(read_d(0xc08, 4), 0xaaaaaaaa);
    write_d(0xc08, 4, 0x00000002);
    assert_int_equal(read_d(0xc08, 4), 2);
    write_r(SGI_FRAME + 0xc00, 4, 0);
    assert_int_equal(read_r(SGI_FRAME + 0xc00, 4), 0xaaaaaaaa); // SGIs are edges
    write_r(SGI_FRAME + 0xc04, 4, 0xffffffff);
    assert_int_equal(read_r(SGI_FRAME + 0xc04, 4), 0xaaaaaaaa);
    write_d(0x6000 + 8 * 40, 8, 1);
    assert_int_equal(read_d(0x6000 + 8 * 40, 8), 1);
    assert_int_equal(read_d(0x6000 + 8 * 40, 4), 1);
    assert_int_equal(read_d(0x6000 + 8 * 40 + 4, 4), 0);
    write_d(0x6000 + 8 * 31, 8, 1); // a private one
    assert_int_equal(read_d(0x6000 + 8 * 31, 8), 0);
}

// Every offset with every size: the partition can reach nothing else, and nothing crashes.
static void try_everything(uint32_t size_of_frame, bool redistributor)
{
    struct vgic before;

    for (uint32_t offset = 0; offset < size_of_frame; offset++) {
        for (uint32_t size = 1; size <= 8u; size *= 2u) {
            if (redistributor) {
                write_r(offset, size, 0xfedcba9876543210ull * (offset + size));
                (void)read_r(offset, size);
            } else {
                write_d(offset, size, 0xfedcba9876543210ull * (offset + size));
                (void)read_d(offset, size);
            }
        }
        if (offset % 64u == 0u) {
            vgic_close(&vgic);
            vgic_open(&vgic);
        }
    }
    before = vgic;
    assert_ptr_equal(before.cpu, cpus);
    assert_int_equal(before.lists, 4);
    assert_int_equal(before.cpu_count, CPUS);
}

/// Shows REQ-VM-003, REQ-VM-004
static void every_access(void **state)
{
    (void)state;
    begin(3, CPUS);
    try_everything(VGIC_V3_DISTRIBUTOR_SIZE, false);
    try_everything(VGIC_V3_REDISTRIBUTOR_SIZE, true);
    begin(2, CPUS);
    try_everything(VGIC_V2_DISTRIBUTOR_SIZE, false);
}

static void enable_sgi(uint32_t cpu, uint32_t number)
{
    cpus[cpu].own.enabled |= 1u << number;
    cpus[cpu].own.group1 |= 1u << number;
}

/// Shows REQ-VM-004
static void v3_sgi(void **state)
{
    (void)state;
    begin(3, CPUS);
    vgic.control = VGIC_GROUP1;
    for (uint32_t i = 0; i < CPUS; i++) {
        enable_sgi(i, 5);
    }
    vgic_v3_sgi(&vgic, &cpus[0], 5ull << 24 | 0xfffau);
    assert_int_equal(first_of(0).state, 0);
    assert_int_equal(first_of(1).number, 5);
    assert_int_equal(first_of(1).state, VGIC_LIST_PENDING);
    assert_int_equal(first_of(2).state, 0);
    reopen();
    vgic_v3_sgi(&vgic, &cpus[1], 1ull << 40 | 5ull << 24); // all others
    assert_int_equal(cpus[0].own.latched, 1u << 5);
    assert_int_equal(cpus[2].own.latched, 1u << 5);
    vgic_v3_sgi(&vgic, &cpus[1], 1ull << 16 | 6ull << 24 | 1u); // another affinity
    vgic_v3_sgi(&vgic, &cpus[1], 1ull << 44 | 6ull << 24 | 1u);
    assert_int_equal(cpus[0].own.latched, 1u << 5);
}

/// Routes of shared interrupts, to one that is not there, too. Shows REQ-VM-004
static void v3_routes(void **state)
{
    (void)state;
    begin(3, 2);
    vgic.control = VGIC_GROUP1;
    write_d(0x84, 4, 1u << 8);
    write_d(0x104, 4, 1u << 8);
    write_d(0x6000 + 8 * 40, 8, 1);
    vgic_pulse(&vgic, cpus, 40);
    assert_int_equal(first_of(0).state, 0);
    assert_int_equal(first_of(1).number, 40);
    reopen();
    write_d(0x6000 + 8 * 40, 8, 0x100); // of another cluster
    assert_int_equal(first_of(0).state, 0);
    assert_int_equal(first_of(1).state, 0);
    reopen();
    write_d(0x6000 + 8 * 40, 8, 0);
    assert_int_equal(first_of(0).number, 40);
    // One that is active stays where it is, whoever it is routed to.
    cpus[0].list[0] = (cpus[0].list[0] & ~(3ull << 62)) | 2ull << 62;
    reopen();
    write_d(0x6000 + 8 * 40, 8, 1);
    assert_int_equal(first_of(0).state, VGIC_LIST_ACTIVE);
    assert_int_equal(first_of(1).state, 0);
}

/// Shows REQ-VM-002, REQ-VM-004
static void lines_that_are_forgotten_end(void **state)
{
    struct vgic_bank *bank;

    (void)state;
    begin(3, 1);
    bank = vgic_bank(&vgic, cpus, 40);
    bank->hardware = 1u << 8 | 1u << 9;
    vgic_pulse(&vgic, cpus, 40);
    write_d(0x284, 4, 1u << 8); // it was pending
    assert_int_equal(bank->release, 1u << 8);
    bank->release = 0;
    write_d(0x304, 4, 1u << 9);
    write_d(0x384, 4, 1u << 9); // it was active
    assert_int_equal(bank->release, 1u << 9);
    bank->release = 0;
    vgic_reset(&vgic);
    assert_int_equal(bank->release, 1u << 8 | 1u << 9);
    assert_int_equal(bank->hardware, 1u << 8 | 1u << 9);
    vgic_deactivate(&vgic, cpus, 1023); // no interrupt
}

/// What goes straight into a list register is what would be there otherwise. Shows REQ-VM-001
static void directly(void **state)
{
    (void)state;
    begin(3, 2);
    vgic_bank(&vgic, cpus, 40)->hardware = 1u << 8;
    write_d(0x400 + 40, 1, 0x60);
    assert_int_equal(vgic_direct(&vgic, cpus, 40), 0); // neither enabled nor forwarded
    write_d(0x104, 4, 1u << 8);
    write_d(0x84, 4, 1u << 8);
    assert_int_equal(vgic_direct(&vgic, cpus, 40), 0);
    write_d(0x0, 4, 3);
    vgic_pulse(&vgic, cpus, 40);
    vgic_close(&vgic);
    assert_int_equal(vgic_direct(&vgic, cpus, 40), cpus[0].list[0]);
    assert_int_equal(cpus[0].list[0],
                     1ull << 62 | 1ull << 61 | 1ull << 60 | 0x60ull << 48 | 40ull << 32 | 40u);
    assert_int_equal(vgic_direct(&vgic, &cpus[1], 40), 0); // another's
    assert_int_equal(vgic_direct(&vgic, cpus, 41), 0);     // no line
    assert_int_equal(vgic_direct(&vgic, cpus, 27), 0);
}

/// GICv2: identification, targets, pending SGIs by sender. Shows REQ-VM-004
static void v2_registers(void **state)
{
    (void)state;
    begin(2, CPUS);
    assert_int_equal(read_d(0xfe8, 4), 0x2b);
    assert_int_equal(read_d(0x4, 4), 2u << 5 | 7u);
    write_d(0x0, 4, 0xff);
    assert_int_equal(read_d(0x0, 4), 3);
    assert_int_equal(read_d(0x800, 4), 0x01010101);
    assert_int_equal(vgic_v2_distributor_read(&vgic, &cpus[2], 0x81c, 1), 4);
    write_d(0x800, 4, 0xffffffff);
    assert_int_equal(read_d(0x800, 4), 0x01010101);
    write_d(0x828, 4, 0x04ff0201);
    assert_int_equal(read_d(0x828, 4), 0x04070201);
    assert_int_equal(read_d(0x829, 1), 2);
    write_d(0xf20, 4, 0x00000502); // pending from 1, and from 0 and 2
    assert_int_equal(read_d(0xf20, 4), 0x0502);
    assert_int_equal(read_d(0x200, 4), 3);
    write_d(0xf11, 1, 0x01);
    assert_int_equal(read_d(0xf10, 4), 0x0402);
    write_d(0xf10, 4, 0xffffffff);
    assert_int_equal(read_d(0x200, 4), 0);
    write_d(0x200, 4, 0xffff); // not this way
    assert_int_equal(read_d(0x200, 4), 0);
    write_d(0x180, 4, 0xffffffff);
    assert_int_equal(read_d(0x100, 4), 0xffff);
    begin(2, 1);
    assert_int_equal(read_d(0x800, 4), 0);
    write_d(0x828, 4, 0x04ff0201);
    assert_int_equal(read_d(0x828, 4), 0);
}

/// GICv2: an SGI from two processors comes twice, with its sender. Shows REQ-VM-001, REQ-VM-004
static void v2_sgi(void **state)
{
    struct vgic_list list;

    (void)state;
    begin(2, CPUS);
    vgic.control = VGIC_GROUP0;
    vgic_v2_distributor_write(&vgic, &cpus[1], 0xf00, 4, 0x00010003); // to 0
    vgic_v2_distributor_write(&vgic, &cpus[2], 0xf00, 4, 0x01000003); // to all others
    vgic_v2_distributor_write(&vgic, &cpus[2], 0xf00, 4, 0x03000004); // to nobody
    vgic_v2_distributor_write(&vgic, &cpus[2], 0xf00, 4, 0x02000007); // to itself
    assert_int_equal(cpus[2].own.latched, 1u << 7);
    assert_int_equal(cpus[1].own.latched, 1u << 3);
    list = first_of(0);
    assert_int_equal(list.number, 3);
    assert_int_equal(list.source, 1);
    assert_true(list.notify);
    // It is taken, and ends; then the other sender's.
    cpus[0].list[0] = (cpus[0].list[0] & ~(3ull << 28)) | 2ull << 28;
    reopen();
    list = first_of(0);
    assert_int_equal(list.state, VGIC_LIST_ACTIVE);
    assert_int_equal(list.source, 1);
    assert_true(list.notify);
    cpus[0].list[0] &= ~(3ull << 28);
    reopen();
    list = first_of(0);
    assert_int_equal(list.state, VGIC_LIST_PENDING);
    assert_int_equal(list.source, 2);
    assert_false(list.notify);
    // An SGI in a list register comes back to its sender's bit.
    reopen();
    assert_int_equal(cpus[0].source[3], 1u << 2);
}

/// GICv2: the first processor of several targets gets it; GICC_DIR. Shows REQ-VM-004
static void v2_targets(void **state)
{
    (void)state;
    begin(2, CPUS);
    vgic.control = VGIC_GROUP0;
    write_d(0x104, 4, 1u << 8);
    vgic_pulse(&vgic, cpus, 40);
    assert_int_equal(first_of(0).state, 0); // no target
    reopen();
    write_d(0x828, 1, 6);
    assert_int_equal(first_of(0).state, 0);
    assert_int_equal(first_of(1).number, 40);
    assert_int_equal(first_of(2).state, 0);
    cpus[1].list[0] = (cpus[1].list[0] & ~(3ull << 28)) | 2ull << 28;
    reopen();
    vgic_v2_interface_write(&vgic, &cpus[1], 0x004, 4, 40);
    vgic_v2_interface_write(&vgic, &cpus[1], 0x000, 2, 40);
    assert_int_equal(read_d(0x304, 4), 1u << 8);
    vgic_v2_interface_write(&vgic, &cpus[1], 0x000, 4, 40);
    assert_int_equal(read_d(0x304, 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(v3_identification),
        cmocka_unit_test(v3_bits),
        cmocka_unit_test(absent),
        cmocka_unit_test(v3_fields),
        cmocka_unit_test(every_access),
        cmocka_unit_test(v3_sgi),
        cmocka_unit_test(v3_routes),
        cmocka_unit_test(lines_that_are_forgotten_end),
        cmocka_unit_test(directly),
        cmocka_unit_test(v2_registers),
        cmocka_unit_test(v2_sgi),
        cmocka_unit_test(v2_targets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
