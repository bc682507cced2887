// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypervisor on the simulated machine.

#include "machine.h"

#include <string.h>

#include <arch/host.h>
#include <hal/build_info.h>
#include <hal/trap.h>
#include <kernel/boot.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/virq.h>
#include <septum/arena.h>
#include <septum/log.h>

/// A tick of its clock is a nanosecond, so that nothing is rounded.
#define HZ 1000000000u

#define ROUND(type)                                                                                \
    (uint32_t)((sizeof(type) + SEP_ARENA_ALIGN - 1u) / SEP_ARENA_ALIGN * SEP_ARENA_ALIGN)

_Static_assert(MACHINE_START == HOST_RAM_START && MACHINE_CONFIG == HOST_BOOT_END &&
                   MACHINE_PARTITIONS + CONFIG_SPACES_MAX * MACHINE_PARTITION_SIZE <=
                       HOST_RAM_START + HOST_RAM_SIZE &&
                   MACHINE_PARTITION_SIZE == HAL_BUILD_GRANULE,
               "the machine's memory");

const struct sep_build_info machine_facts[] = {
    {"abi_revision", SEP_ABI_REVISION},
    {"arch", HAL_BUILD_ARCH},
    {"partitions_max", HAL_BUILD_PARTITIONS_MAX},
    {"word_bytes", sizeof(sep_word_t)},
    {"sizeof_partition", ROUND(struct partition)},
    {"sizeof_vcpu", ROUND(struct vcpu)},
    {"sizeof_pool", ROUND(struct pool)},
    {"sizeof_pool_task", ROUND(struct pool_task)},
    {"sizeof_console", ROUND(struct console)},
    {"sizeof_hm_record", sizeof(struct sep_hm_record)},
    {"granule", HAL_BUILD_GRANULE},
    {"levels", HAL_BUILD_LEVELS},
    {"level0_shift", HAL_BUILD_LEVEL0_SHIFT},
    {"level0_bytes", HAL_BUILD_LEVEL0_BYTES},
    {"level0_leaf", HAL_BUILD_LEVEL0_LEAF},
    {"level1_shift", HAL_BUILD_LEVEL1_SHIFT},
    {"level1_bytes", HAL_BUILD_LEVEL1_BYTES},
    {"level1_leaf", HAL_BUILD_LEVEL1_LEAF},
    {"level2_shift", HAL_BUILD_LEVEL2_SHIFT},
    {"level2_bytes", HAL_BUILD_LEVEL2_BYTES},
    {"level2_leaf", HAL_BUILD_LEVEL2_LEAF},
    {"", 0},
};

static sep_time_t start; ///< of the first frame, by the hypervisor's clock
static uint64_t origin;  ///< the machine's clock then

/// Any address at which a trap table may lie; nothing is fetched.
#define TRAP_TABLE 0x10000000u

static void take_interrupts(struct vcpu *vcpu)
{
    vcpu->masked &= ~VIRQ_DEVICES;
    (void)hal_context_trap_table(&vcpu->context, hal_guest(TRAP_TABLE));
    hal_context_irq_switch(&vcpu->context, HAL_IRQ_ON);
}

// Partitions that are to run are there at once.
static void load_all(void)
{
    for (uint32_t i = 0; i < config.system->partitions.count; i++) {
        struct partition *p = &partitions[i];

        while (p->state == SEP_STATE_READY && p->load.phase != LOAD_DONE) {
            load_step(p);
        }
        for (uint32_t v = 0; p->state == SEP_STATE_READY && v < p->config->vcpus.count; v++) {
            vcpu_set_state(&p->vcpus[v], SEP_STATE_READY);
        }
        take_interrupts(&p->vcpus[0]);
    }
}

static void boot(void *argument)
{
    (void)argument;
    host.cpu[0].started = true;
    kernel_boot();
    load_all();
    start = cpus[0].sched.plan_start;
    origin = host.ticks - (time_now(&cpus[0].clock) - start);
    host.limit = host.ticks;
    host_exit_path(true);
}

// What the hypervisor said when it refused the configuration.
static const char *refusal(void)
{
    static const char words[] = "configuration refused: ";
    char *text = strstr(host.console, words);

    if (text == NULL) {
        return "it stops";
    }
    text += sizeof(words) - 1u;
    text[strcspn(text, "\r\n")] = '\0';
    return text;
}

const char *machine_boot(const void *config_bytes, size_t size)
{
    uint8_t *memory = host_memory(MACHINE_CONFIG, size);

    host_reset();
    boot_record = (struct boot_record){0};
    host.hz = HZ;
    // The kernel arms the timer for the tick behind the time that it wants, since a tick may be longer than a
    // nanosecond; here it is one.
    host.timer_early = 1;
    host.edge = UINT64_MAX;
    host.uart_ns = 0;
    if (memory == NULL) {
        return "the configuration is too large";
    }
    memcpy(memory, config_bytes, size);
    return host_try(boot, NULL) == HOST_DONE ? NULL : refusal();
}

static enum machine_step outcome(enum host_end end, enum machine_step otherwise)
{
    return end == HOST_DONE ? otherwise : MACHINE_STOPPED;
}

enum machine_step machine_run(uint64_t until)
{
    uint64_t end = origin + until;
    uint64_t event;

    event = host_irq_due() ? host.ticks : host_next_event();
    if (event < end) {
        return outcome(host_run_until(event), MACHINE_EVENT);
    }
    host_pass(end > host.ticks ? end - host.ticks : 0u);
    return MACHINE_REACHED;
}

uint32_t machine_running(void)
{
    const struct vcpu *vcpu = cpus[0].running;

    return host_running() == NULL ? MACHINE_IDLE : (uint32_t)(vcpu - vcpus);
}

uint64_t machine_event_time(void)
{
    return cpus[0].now - start;
}

uint64_t machine_executed(uint32_t vcpu)
{
    const struct cpu *cpu = &cpus[0];

    return vcpus[vcpu].executed + (cpu->executing == &vcpus[vcpu] ? cpu->now - cpu->since : 0u);
}

uint64_t machine_reaches(uint32_t vcpu, uint64_t executed)
{
    uint64_t had = machine_executed(vcpu);

    return machine_event_time() + (executed > had ? executed - had : 0u);
}

uint32_t machine_slot(void)
{
    return (uint32_t)(cpus[0].sched.next - config.slot) - 1u;
}

uint64_t machine_slot_length(void)
{
    return cpus[0].sched.next[-1].duration;
}

uint32_t machine_frame(void)
{
    return cpus[0].sched.frame_count;
}

uint32_t machine_plan(void)
{
    return cpus[0].sched.current;
}

bool machine_jobs(uint32_t vcpu, struct machine_jobs *jobs)
{
    const struct pool_task *task = vcpus[vcpu].task;

    if (task == NULL) {
        return false;
    }
    *jobs = (struct machine_jobs){
        .released = task->released,
        .finished = task->finished,
        .overruns = task->overruns,
        .missed = task->missed,
        .release = task->release - start,
        .deadline = task->due - start,
        .open = task->open,
    };
    return true;
}

static enum machine_step call1(sep_word_t number, sep_word_t a0)
{
    const sep_word_t words[5] = {a0, 0, 0, 0, 0};

    return outcome(host_hypercall(number, words), MACHINE_EVENT);
}

static enum machine_step call(sep_word_t number)
{
    return call1(number, 0);
}

enum machine_step machine_interrupt(uint32_t line)
{
    host_line_assert(line);
    host_line_deassert(line);
    return outcome(host_run_until(host.ticks), MACHINE_EVENT);
}

uint32_t machine_given(uint32_t vcpu, uint32_t n)
{
    return vcpus[vcpu].context.log.per_irq[SEP_IRQ_DEVICE_FIRST + n];
}

enum machine_step machine_handled(void)
{
    enum machine_step step = call1(SEP_HC_irq_unmask, VIRQ_DEVICES);

    return step == MACHINE_STOPPED ? step : call(SEP_HC_irq_enable);
}

bool machine_preempts(void)
{
    const struct pool *pool = cpus[0].sched.pool;

    return pool != NULL && pool->fast.vcpu != NULL && pool->fast.vcpu == cpus[0].running;
}

enum machine_step machine_wait(void)
{
    return call(SEP_HC_periodic_wait);
}

enum machine_step machine_idle(void)
{
    return call(SEP_HC_idle_self);
}

struct request {
    void (*function)(struct pool_task *task);
    struct pool_task *task;
};

static void change(void *argument)
{
    const struct request *request = argument;

    cpu_read_clock(&cpus[0]);
    request->function(request->task);
    host_exit_path(false);
}

static enum machine_step ask(struct request request)
{
    host.limit = host.ticks;
    return outcome(host_try(change, &request), MACHINE_EVENT);
}

enum machine_step machine_start(uint32_t vcpu)
{
    struct pool_task *task = vcpus[vcpu].task;

    return task->started ? MACHINE_EVENT : ask((struct request){pool_start, task});
}

enum machine_step machine_stop(uint32_t vcpu)
{
    struct pool_task *task = vcpus[vcpu].task;

    return task->started ? ask((struct request){pool_stop, task}) : MACHINE_EVENT;
}

enum machine_step machine_ask_plan(uint32_t plan)
{
    sched_next_plan = plan;
    return MACHINE_EVENT;
}

uint64_t machine_decisions(void)
{
    return host.count.resumes;
}
