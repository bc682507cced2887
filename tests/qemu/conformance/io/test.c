// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Checked access to single device registers. The description gives the UART's data (read), status
// (read, two bits) and control (read two bits, write one of them), and its interrupt line, so that the
// hypervisor leaves the control register alone.

#include <board_uart.h>
#include <check.h>

int main(void)
{
    uint32_t value = 0x12345678;

    CHECK_STATUS("read status", sep_io_read(BOARD_UART_STATUS, &value), SEP_OK);
    CHECK("only bits of the mask",
          (value & ~(BOARD_UART_READY | 2u)) == 0u && (value & BOARD_UART_READY) != 0u);
    CHECK_STATUS("status cannot be written", sep_io_write(BOARD_UART_STATUS, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("data cannot be written", sep_io_write(BOARD_UART_DATA, 'X'), SEP_NO_PERMISSION);
    CHECK_STATUS("write control", sep_io_write(BOARD_UART_CONTROL, 0xffffffff), SEP_OK);
    CHECK_STATUS("read control", sep_io_read(BOARD_UART_CONTROL, &value), SEP_OK);
    CHECK_EQUAL("the bit is set, the other as it was", value,
                BOARD_UART_TRANSMITTER | BOARD_UART_RECEIVE_INTERRUPT);
    CHECK_STATUS("clear it", sep_io_write(BOARD_UART_CONTROL, 0), SEP_OK);
    (void)sep_io_read(BOARD_UART_CONTROL, &value);
    CHECK_EQUAL("the bit is clear, the other as it was", value, BOARD_UART_TRANSMITTER);
    value = 7;
    CHECK_STATUS("not in the description", sep_io_read(BOARD_UART_SCALER, &value),
                 SEP_NO_PERMISSION);
    CHECK_STATUS("nor written", sep_io_write(BOARD_UART_SCALER, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("no device answers", sep_io_read(BOARD_NO_DEVICE, &value), SEP_NOT_AVAILABLE);
    CHECK_STATUS("nor takes", sep_io_write(BOARD_NO_DEVICE, 1), SEP_NOT_AVAILABLE);
    CHECK_STATUS("inside a register", sep_io_read(BOARD_UART_CONTROL + 1u, &value),
                 SEP_NO_PERMISSION);
    CHECK_STATUS("own memory is no register", sep_io_read((sep_word_t)&value, &value),
                 SEP_NO_PERMISSION);
    CHECK_EQUAL("nothing written", value, 7);
    CHECK_STATUS("value nowhere", sep_io_read(BOARD_UART_STATUS, NULL), SEP_INVALID_ADDRESS);
    CHECK_STATUS("value in read-only memory",
                 sep_io_read(BOARD_UART_STATUS, (uint32_t *)(uintptr_t)sep_info()),
                 SEP_INVALID_ADDRESS);
    return 0;
}
