// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The emulated UART, power calls, trapped registers, and accesses to emulated devices.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <vm/vinput.h>
#include <vm/vmmio.h>
#include <vm/vpl011.h>
#include <vm/vpsci.h>
#include <vm/vsysreg.h>

// -------------------------------------------------------------------------------------------- UART

static struct vpl011 uart;

static uint32_t get(uint32_t offset)
{
    return vpl011_read(&uart, offset, true);
}

static void put(uint32_t offset, uint32_t value)
{
    assert_false(vpl011_write(&uart, offset, value));
}

/// Identification and the values a reset leaves; what is written is kept as far as the device has it.
/// Shows REQ-VM-005
static void uart_registers(void **state)
{
    static const uint32_t id[] = {0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
    static const uint32_t kept[][2] = {{0x24, 0xffff}, {0x28, 0x3f}, {0x2c, 0xff},
                                       {0x30, 0xff87}, {0x34, 0x3f}, {0x38, 0x7ff}};

    (void)state;
    vpl011_reset(&uart);
    assert_int_equal(get(0x30), 0x300);
    assert_int_equal(get(0x34), 0x12);
    for (uint32_t i = 0; i < 8u; i++) {
        assert_int_equal(get(0xfe0 + 4u * i), id[i]);
    }
    for (uint32_t i = 0; i < 6u; i++) {
        put(kept[i][0], 0xffffffff);
        assert_int_equal(get(kept[i][0]), kept[i][1]);
    }
    for (uint32_t offset = 0; offset < VPL011_SIZE; offset++) {
        (void)vpl011_write(&uart, offset, 0);
        (void)get(offset);
    }
    put(0x18, 0xffffffff); // flags cannot be written
    assert_int_equal(get(0x18), 0x97);
}

/// Shows REQ-VM-005
static void uart_sends(void **state)
{
    (void)state;
    vpl011_reset(&uart);
    assert_int_equal(vpl011_read(&uart, 0x18, true) & 0xa0, 0x80);
    assert_int_equal(vpl011_read(&uart, 0x18, false) & 0xa0, 0x20);
    assert_true(vpl011_write(&uart, 0, 'x'));
    vpl011_sent(&uart, true);
    assert_int_equal(get(0x3c), 0x20);
    assert_false(vpl011_line(&uart));
    put(0x38, 0x20);
    assert_int_equal(get(0x40), 0x20);
    assert_true(vpl011_line(&uart));
    put(0x44, 0x20);
    assert_false(vpl011_line(&uart));
    // The byte that fills the ring: silence until there is room.
    assert_true(vpl011_write(&uart, 0, 'y'));
    vpl011_sent(&uart, false);
    assert_false(vpl011_line(&uart));
    vpl011_room(&uart);
    assert_true(vpl011_line(&uart));
    put(0x44, 0x20);
    vpl011_room(&uart); // once
    assert_false(vpl011_line(&uart));
}

/// Shows REQ-VM-005
static void uart_receives(void **state)
{
    (void)state;
    vpl011_reset(&uart);
    assert_false(vpl011_receive(&uart, 'a')); // off
    put(0x30, 0x301);
    put(0x38, 0x10);
    for (uint32_t i = 0; i < VPL011_RECEIVED; i++) {
        assert_int_equal(get(0x18) & 0x40, 0);
        assert_true(vpl011_receive(&uart, (uint8_t)i));
    }
    assert_int_equal(get(0x18) & 0x50, 0x40);
    assert_false(vpl011_receive(&uart, 'z'));
    for (uint32_t i = 0; i < VPL011_RECEIVED; i++) {
        assert_true(vpl011_line(&uart));
        assert_int_equal(get(0), i);
    }
    assert_false(vpl011_line(&uart));
    assert_int_equal(get(0x18) & 0x50, 0x10);
    assert_int_equal(get(0), 0);
}

/// One console's input for three UARTs: Ctrl-A three times in a row goes on to the next. Shows REQ-VM-012
static void input_is_directed(void **state)
{
    static struct vpl011 three[3];
    static const uint8_t typed[] = "a\1\1b\1\1\1c\1\1\1d\1\1\1e";
    static const uint8_t to[] = {0, 0, 0, 0, 0, 0, 3, 1, 1, 1, 3, 2, 2, 2, 3, 0};
    struct vinput input = {NULL, 0};

    (void)state;
    for (uint32_t i = 0; i < 3u; i++) {
        vpl011_reset(&three[i]);
        (void)vpl011_write(&three[i], 0x30, 0x301);
        vinput_add(&input, &three[i]);
        assert_ptr_equal(input.focus, &three[0]);
    }
    for (uint32_t i = 0; i < sizeof(to); i++) {
        assert_ptr_equal(vinput_take(&input, typed[i]), to[i] == 3u ? NULL : &three[to[i]]);
    }
    assert_int_equal(vpl011_read(&three[1], 0, true), 'c');
    assert_false(vpl011_is_read(&three[1]));
    vpl011_reset(&three[1]); // it keeps its turn
    assert_true(vpl011_is_read(&three[1]));
    assert_ptr_equal(vinput_take(&input, 1), &three[0]);
    assert_ptr_equal(vinput_take(&input, 1), &three[0]);
    assert_null(vinput_take(&input, 1));
    assert_ptr_equal(vinput_take(&input, 'f'), &three[1]);
    assert_null((vinput_take(&input, 1), vinput_take(&input, 1), vinput_take(&input, 1)));
    assert_ptr_equal(input.focus, &three[2]);
}

// ------------------------------------------------------------------------------------- power calls

static struct vpsci_answer power(uint64_t function, uint64_t a, uint64_t b)
{
    const struct vpsci_call call = {.function = function, .argument = {a, b, 0}};

    return vpsci_call(&call);
}

/// Shows REQ-VM-006
static void power_calls(void **state)
{
    static const struct {
        uint64_t function, a, b;
        int64_t value;
        enum vpsci_action action;
    } rows[] = {
        {0x84000000, 0, 0, 0x10001, VPSCI_NOTHING},
        {0x80000000, 0, 0, 0x10001, VPSCI_NOTHING},
        {0x80000001, 0x80000000, 0, 0, VPSCI_NOTHING},
        {0x80000001, 0x80008000, 0, -1, VPSCI_NOTHING},
        {0x84000001, 0, 0, 0, VPSCI_NOTHING},
        {0xc4000001, 0, 0, 0, VPSCI_NOTHING},
        {0x84000002, 0, 0, 0, VPSCI_SHUTDOWN},
        {0xc4000003, 0, 0x48000000, -4, VPSCI_NOTHING},
        {0xc4000003, 1, 0x48000000, -2, VPSCI_NOTHING},
        {0xc4000003, 1ull << 32, 0, -2, VPSCI_NOTHING},
        {0x84000003, 1ull << 32, 0, -4, VPSCI_NOTHING}, // of 32 bits
        {0x84000004, 0, 0, 0, VPSCI_NOTHING},
        {0xc4000004, 1, 0, -2, VPSCI_NOTHING},
        {0xc4000004, 0, 1, -2, VPSCI_NOTHING},
        {0x84000006, 0, 0, 2, VPSCI_NOTHING},
        {0x84000008, 0, 0, 0, VPSCI_SHUTDOWN},
        {0x84000009, 0, 0, 0, VPSCI_RESET},
        {0x8400000a, 0x80000000, 0, 0, VPSCI_NOTHING},
        {0x8400000a, 0x84000008, 0, 0, VPSCI_NOTHING},
        {0x8400000a, 0xc4000003, 0, 0, VPSCI_NOTHING},
        {0x8400000a, 0xc4000008, 0, -1, VPSCI_NOTHING},
        {0x8400000a, 0x8400000e, 0, -1, VPSCI_NOTHING}, // system suspend
        {0xc4000008, 0, 0, -1, VPSCI_NOTHING},          // has no wide form
        {0x84000012, 0, 0, -1, VPSCI_NOTHING},
        {0xdeadbeef84000000ull, 0, 0, 0x10001, VPSCI_NOTHING},
        {0x86000001, 0, 0, -1, VPSCI_NOTHING},
        {0, 0, 0, -1, VPSCI_NOTHING},
        {0xffffffff, 0, 0, -1, VPSCI_NOTHING},
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vpsci_answer answer = power(rows[i].function, rows[i].a, rows[i].b);

        assert_int_equal(answer.value, rows[i].value);
        assert_int_equal(answer.action, rows[i].action);
    }
}

// ----------------------------------------------------------------------------------- system registers

#define READ_OF(name) ((name) | 1u)

/// Shows REQ-VM-008
static void kinds_of_registers(void **state)
{
    (void)state;
    assert_int_equal(vsysreg_kind(VSYSREG_ICC_SGI1R), VSYSREG_SGI);
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG_ICC_SGI1R)), VSYSREG_UNDEFINED);
    assert_int_equal(vsysreg_kind(VSYSREG_ICC_DIR), VSYSREG_END);
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG(3, 0, 12, 12, 5))), VSYSREG_SYSTEM);
    assert_int_equal(vsysreg_kind(VSYSREG(3, 0, 12, 12, 5)), VSYSREG_SYSTEM);
    assert_int_equal(vsysreg_kind(VSYSREG(3, 0, 1, 0, 1)), VSYSREG_ZERO);      // ACTLR_EL1
    assert_int_equal(vsysreg_kind(VSYSREG(2, 0, 0, 2, 2)), VSYSREG_ZERO);      // MDSCR_EL1
    assert_int_equal(vsysreg_kind(VSYSREG(2, 0, 1, 0, 4)), VSYSREG_ZERO);      // OSLAR_EL1
    assert_int_equal(vsysreg_kind(VSYSREG(2, 0, 7, 8, 6)), VSYSREG_UNDEFINED); // claim tags
    assert_int_equal(vsysreg_kind(VSYSREG(2, 3, 0, 4, 0)), VSYSREG_UNDEFINED); // debug channel
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG(3, 0, 0, 4, 0))), VSYSREG_ID);
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG(3, 0, 0, 7, 7))), VSYSREG_ID);
    assert_int_equal(vsysreg_kind(VSYSREG(3, 0, 0, 4, 0)), VSYSREG_UNDEFINED);           // written
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG(3, 3, 9, 12, 0))), VSYSREG_UNDEFINED); // PMCR_EL0
    assert_int_equal(vsysreg_kind(READ_OF(VSYSREG(3, 3, 14, 2, 1))),
                     VSYSREG_UNDEFINED);                                       // CNTP_CTL_EL0
    assert_int_equal(vsysreg_kind(VSYSREG(1, 0, 7, 6, 2)), VSYSREG_UNDEFINED); // DC ISW
}

static uint64_t id_of(uint32_t crm, uint32_t op2, uint64_t value)
{
    return vsysreg_identification(crm * 8u + op2, value, true);
}

/// Whatever a processor has: nothing that is not passed on. Shows REQ-VM-007
static void identification(void **state)
{
    (void)state;
    // A Cortex-A53's own.
    assert_int_equal(id_of(4, 0, 0x01002222), 0x01000011);
    assert_int_equal(id_of(5, 0, 0x10305106), 0x00101006);
    assert_int_equal(id_of(6, 0, 0x00011120), 0x00011120);
    assert_int_equal(id_of(7, 0, 0x00001122), 0x00001122);
    // Everything at once.
    assert_int_equal(id_of(4, 0, UINT64_MAX), 0xf10f00000fff0011ull); // DIT is at 48
    assert_int_equal(id_of(4, 0, UINT64_MAX) >> 32 & 0xffff, 0);      // SVE, SEL2, MPAM, AMU
    assert_int_equal(vsysreg_identification(32, UINT64_MAX, false) >> 24 & 0xf, 0);
    assert_int_equal(id_of(5, 0, UINT64_MAX) >> 8 & 0xf, 0); // performance monitors
    assert_int_equal(id_of(5, 0, UINT64_MAX) >> 32, 0);
    assert_int_equal(id_of(6, 1, UINT64_MAX) & 0xff000ff0, 0); // pointer authentication
    assert_int_equal(id_of(6, 0, UINT64_MAX) >> 24 & 0xf, 0);  // transactions
    assert_int_equal(id_of(7, 0, UINT64_MAX) & 0xf, 2);        // 40 bits
    assert_int_equal(id_of(7, 1, UINT64_MAX) >> 8 & 0xf, 0);   // VHE
    assert_int_equal(id_of(7, 2, UINT64_MAX) >> 24 & 0xf, 0);  // nested virtualization
    for (uint32_t n = 0; n < VSYSREG_IDS; n++) {
        bool passed =
            n == 32u || n == 33u || n == 40u || (n >= 48u && n <= 50u) || (n >= 56u && n <= 58u);

        assert_int_equal(vsysreg_identification(n, 0, true), 0);
        assert_int_equal(vsysreg_identification(n, UINT64_MAX, true) != 0u, passed);
    }
    assert_int_equal(VSYSREG_ID_NUMBER(READ_OF(VSYSREG(3, 0, 0, 6, 1))), 49);
}

/// Where an undefined instruction goes on, from each level. Shows REQ-VM-008
static void exceptions(void **state)
{
    static const struct {
        uint64_t pstate, sctlr, offset, result;
    } rows[] = {
        {0x600003c5, 1u << 23, 0x200, 0x600003c5}, // EL1h; flags stay
        {0x60000005, 1u << 23, 0x200, 0x600003c5},
        {0x00000004, 0, 0x000, 0x004003c5},        // EL1t; PAN is set
        {0x80000000, 1u << 23, 0x400, 0x800003c5}, // EL0
        {0x00000010, 1u << 23, 0x600, 0x000003c5}, // EL0 in 32 bits
        {0x00301c05, 1u << 23, 0x200, 0x000003c5}, // single step, illegal state, BTYPE, SSBS go
        {0x00000005, 1ull << 44 | 1u << 23, 0x200, 0x000013c5},
        {0x01400005, 1u << 23, 0x200, 0x014003c5}, // DIT and PAN stay
    };

    (void)state;
    for (uint32_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vsysreg_exception e = {.pc = 0x1234,
                                      .pstate = rows[i].pstate,
                                      .vbar = 0xffff800008010800ull,
                                      .sctlr = rows[i].sctlr};

        vsysreg_enter(&e);
        assert_int_equal(e.entry, 0xffff800008010800ull + rows[i].offset);
        assert_int_equal(e.new_pstate, rows[i].result);
    }
}

// ------------------------------------------------------------------------------------------ accesses

#define HPFAR(address) ((uint64_t)(address) >> 8 & ~0xfull)

/// Syndromes as the processor gave them, and those it does not describe. Shows REQ-VM-009
static void decoding(void **state)
{
    struct vmmio_access a;

    (void)state;
    // str w6, a word at 0x09000018; translation, level 2
    assert_true(vmmio_decode(0x93860046, HPFAR(0x9000000), 0xffff00000018ull, &a));
    assert_int_equal(a.address, 0x9000018);
    assert_int_equal(a.size, 4);
    assert_int_equal(a.target, 6);
    assert_true(a.write);
    assert_false(a.sign);
    assert_false(a.wide);
    // ldrsh x3
    assert_true(vmmio_decode(0x93638007u | 1u << 21, HPFAR(0x8000000), 0x2, &a));
    assert_int_equal(a.size, 2);
    assert_true(a.sign);
    assert_true(a.wide);
    assert_false(a.write);
    assert_int_equal(vmmio_loaded(&a, 0x18001), 0xffffffffffff8001ull);
    a.wide = false;
    assert_int_equal(vmmio_loaded(&a, 0x8001), 0xffff8001);
    a.sign = false;
    assert_int_equal(vmmio_loaded(&a, 0x18001), 0x8001);
    a.size = 8;
    a.wide = true;
    assert_int_equal(vmmio_loaded(&a, 0x8000000000000001ull), 0x8000000000000001ull);
    assert_int_equal(vmmio_address(HPFAR(0xfffffff000ull), 0xabc), 0xfffffffabcull);
    // Not described; without an address; cache maintenance; a walk of the partition's tables; no translation fault.
    assert_false(vmmio_decode(0x92860046, 0, 0, &a));
    assert_false(vmmio_decode(0x93860046u | 1u << 10, 0, 0, &a));
    assert_false(vmmio_decode(0x93860046u | 1u << 8, 0, 0, &a));
    assert_false(vmmio_decode(0x93860046u | 1u << 7, 0, 0, &a));
    assert_false(vmmio_decode(0x9386004f, 0, 0, &a)); // a right is missing
    assert_false(vmmio_decode(0x93860050, 0, 0, &a)); // external
    // The short way agrees.
    assert_true(vmmio_is_simple(0x93860046));
    assert_true(vmmio_is_write(0x93860046));
    assert_int_equal(vmmio_target(0x93860046), 6);
    assert_true(vmmio_is_simple(0x93060046));
    assert_int_equal(vmmio_word(0x93060046, 0x12345678), 0x78);
    assert_int_equal(vmmio_word(0x93460046, 0x12345678), 0x5678);
    assert_int_equal(vmmio_word(0x93860046, 0x12345678), 0x12345678);
    assert_false(vmmio_is_simple(0x93c60046));             // 8 bytes
    assert_false(vmmio_is_simple(0x93860046u | 1u << 21)); // a sign
    assert_false(vmmio_is_simple(0x92860046));
    assert_false(vmmio_is_simple(0x9386004f));
}

/// Shows REQ-VM-009
static void regions(void **state)
{
    static struct vmmio_map map;

    (void)state;
    memset(&map, 0, sizeof(map));
    assert_null(vmmio_find(&map, 0, 4));
    for (uint32_t n = 0; n < VMMIO_REGIONS_MAX; n++) { // in any order
        uint64_t slot = n * 5u % VMMIO_REGIONS_MAX;

        assert_true(vmmio_add(&map, 0x10000u + slot * 0x3000u, 0x1000u + (slot & 1u) * 0x2000u,
                              (uint32_t)slot));
        for (uint64_t address = 0xf000; address < 0x30000; address += 0x800) {
            const struct vmmio_region *found = vmmio_find(&map, address, 4);
            const struct vmmio_region *expected = NULL;

            for (uint32_t i = 0; i < map.count; i++) { // the plain way
                if (address >= map.region[i].start &&
                    address + 4u <= map.region[i].start + map.region[i].size) {
                    expected = &map.region[i];
                }
            }
            assert_ptr_equal(found, expected);
        }
    }
    assert_false(vmmio_add(&map, 0x100000, 0x1000, 9));
    assert_null(vmmio_find(&map, 0x10ffe, 4)); // over the end
    assert_non_null(vmmio_find(&map, 0x10ffc, 4));
    assert_null(vmmio_find(&map, UINT64_MAX, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uart_registers), cmocka_unit_test(uart_sends),
        cmocka_unit_test(uart_receives),  cmocka_unit_test(input_is_directed),
        cmocka_unit_test(power_calls),    cmocka_unit_test(kinds_of_registers),
        cmocka_unit_test(identification), cmocka_unit_test(exceptions),
        cmocka_unit_test(decoding),       cmocka_unit_test(regions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
