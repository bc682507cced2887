// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Compares all that the information block says with the description.

#include <board_uart.h>
#include <check.h>
#include <isa_faults.h>
#include <string.h>

static volatile unsigned faults;

static void on_fault(struct rt_trap *trap)
{
    faults++;
    rt_trap_skip(trap);
}

static void identity(const struct sep_info *info)
{
    CHECK_EQUAL("magic", info->magic, SEP_INFO_MAGIC);
    CHECK_EQUAL("ABI revision", info->abi_revision, SEP_ABI_REVISION);
    CHECK_EQUAL("partition", info->partition, 1);
    CHECK("name", strcmp(info->name, "described") == 0);
    CHECK_EQUAL("flags", info->flags, SEP_PARTITION_SYSTEM | SEP_PARTITION_FP | SEP_PARTITION_BOOT);
    CHECK_EQUAL("partitions", info->partition_count, 2);
    CHECK_EQUAL("plans", info->plan_count, 2);
    CHECK_EQUAL("vCPUs", info->vcpu_count, 2);
    CHECK_EQUAL("files", info->file_count, 2);
    CHECK_EQUAL("interrupts", info->irq_count, 2);
    CHECK("resolution better than a microsecond",
          info->timer_resolution > 0u && info->timer_resolution <= 1000u);
}

static void memory(void)
{
    const struct sep_info_area *ram = sep_info_area("ram");
    const struct sep_info_area *data = sep_info_area("data");
    const struct sep_info_area *port = sep_info_area("port");
    const struct sep_info_vcpu *zero = sep_info_vcpu(0);
    const struct sep_info_vcpu *one = sep_info_vcpu(1);

    CHECK_EQUAL("ram", ram->size, 64u * 1024u);
    CHECK_EQUAL("rwx", ram->flags, SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE);
    CHECK_EQUAL("data is where it is mapped", data->address - ram->address, 5u << 20);
    CHECK_EQUAL("three pages", data->size, 12u * 1024u);
    CHECK_EQUAL("rw", data->flags, SEP_AREA_READ | SEP_AREA_WRITE);
    CHECK_EQUAL("shared, uncached", port->flags,
                SEP_AREA_READ | SEP_AREA_SHARED | SEP_AREA_UNCACHED);
    CHECK("no such area", sep_info_area("dat") == NULL && sep_info_area("data2") == NULL);
    CHECK_EQUAL("first stack at the end", zero->stack_base + zero->stack_size,
                ram->address + ram->size);
    CHECK_EQUAL("second below it", one->stack_base + one->stack_size, zero->stack_base);
    CHECK_EQUAL("as large as described", one->stack_size, 4096);
    CHECK("no third", sep_info_vcpu(2) == NULL);
}

static void interrupts(void)
{
    CHECK_EQUAL("first line", (uint32_t)sep_info_irq(BOARD_UART_LINE), SEP_IRQ_DEVICE_FIRST);
    CHECK_EQUAL("second line", (uint32_t)sep_info_irq(BOARD_OTHER_LINE),
                (uint32_t)SEP_IRQ_DEVICE_FIRST + 1u);
    CHECK_EQUAL("no other", (uint32_t)sep_info_irq(BOARD_FREE_LINE), (uint32_t)-1);
}

static void files(void)
{
    const struct sep_info_file *large = sep_info_file("long");
    const struct sep_info_file *small = sep_info_file("short");
    const char *text = (const char *)(uintptr_t)large->address;
    const char *other = (const char *)(uintptr_t)small->address;
    bool zero = true;

    CHECK_EQUAL("size of the long one", large->size, 150u * 40u);
    CHECK("its first line", memcmp(text, "line 0000 of a file of more than a page\n", 40) == 0);
    CHECK("its last line",
          memcmp(text + 149 * 40, "line 0149 of a file of more than a page\n", 40) == 0);
    CHECK_EQUAL("the short one where it is mapped", small->address - area_start("ram"), 31u << 20);
    CHECK("one byte", small->size == 1u && other[0] == 's');
    for (size_t i = (size_t)large->size; i < 8192u; i++) {
        zero = zero && text[i] == 0;
    }
    for (size_t i = 1; i < 4096u; i++) {
        zero = zero && other[i] == 0;
    }
    CHECK("zeros behind them", zero);
    isa_raise_write((uintptr_t)text);
    isa_raise_write((uintptr_t)other);
    isa_raise_write((uintptr_t)other + 4092u);
    CHECK_EQUAL("read-only", faults, 3);
    isa_raise_read((uintptr_t)other + 4096u);
    CHECK_EQUAL("and nothing behind it", faults, 4);
    CHECK("no such file", sep_info_file("shor") == NULL && sep_info_file("long2") == NULL);
}

int main(void)
{
    rt_trap_handler(on_fault);
    identity(sep_info());
    memory();
    interrupts();
    files();
    return 0;
}
