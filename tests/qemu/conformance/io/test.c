// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Checked access to single device registers. The description gives the UART's data (read), status
// (read, two bits) and control (read two bits, write one of them), and its interrupt line, so that the
// hypervisor leaves the control register alone.

#include <check.h>

#define UART 0x80000100u
#define DATA (UART + 0u)
#define STATUS (UART + 4u)
#define CONTROL (UART + 8u)
#define SCALER (UART + 12u)

#define TRANSMIT_ENABLE 0x2u
#define RECEIVE_INTERRUPT 0x4u

int main(void)
{
    uint32_t value = 0x12345678;

    CHECK_STATUS("read status", sep_io_read(STATUS, &value), SEP_OK);
    CHECK("only bits of the mask", (value & ~0x6u) == 0u && (value & 0x4u) != 0u);
    CHECK_STATUS("status cannot be written", sep_io_write(STATUS, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("data cannot be written", sep_io_write(DATA, 'X'), SEP_NO_PERMISSION);
    CHECK_STATUS("write control", sep_io_write(CONTROL, 0xffffffff), SEP_OK);
    CHECK_STATUS("read control", sep_io_read(CONTROL, &value), SEP_OK);
    CHECK_EQUAL("the bit is set, the other as it was", value, TRANSMIT_ENABLE | RECEIVE_INTERRUPT);
    CHECK_STATUS("clear it", sep_io_write(CONTROL, 0), SEP_OK);
    (void)sep_io_read(CONTROL, &value);
    CHECK_EQUAL("the bit is clear, the other as it was", value, TRANSMIT_ENABLE);
    value = 7;
    CHECK_STATUS("not in the description", sep_io_read(SCALER, &value), SEP_NO_PERMISSION);
    CHECK_STATUS("nor written", sep_io_write(SCALER, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("inside a register", sep_io_read(CONTROL + 1u, &value), SEP_NO_PERMISSION);
    CHECK_STATUS("own memory is no register", sep_io_read((sep_word_t)&value, &value),
                 SEP_NO_PERMISSION);
    CHECK_EQUAL("nothing written", value, 7);
    CHECK_STATUS("value nowhere", sep_io_read(STATUS, NULL), SEP_INVALID_ADDRESS);
    CHECK_STATUS("value in read-only memory",
                 sep_io_read(STATUS, (uint32_t *)(uintptr_t)sep_info()), SEP_INVALID_ADDRESS);
    return 0;
}
