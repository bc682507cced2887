// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// libseptum: what a partition's programmer includes. One function per hypercall (sep_<name>), then a
// few helpers made of them.
//
// Every hypercall answers enum sep_status: SEP_OK, or why nothing was done. Besides the statuses
// named below, a call with a pointer answers SEP_INVALID_ADDRESS if what it points at is misaligned
// or not memory of the caller with the right it takes, and a call that names an object answers
// SEP_INVALID_PARAM if there is none of that number. Times are nanoseconds. "Own" calls may be made
// by every partition; calls about another partition need the flag `system` in the description, else
// they answer SEP_NO_PERMISSION.

#ifndef SEPTUM_SEPTUM_H
#define SEPTUM_SEPTUM_H

#include <septum/call.h>
#include <septum/event.h>
#include <septum/info.h>
#include <septum/irq.h>
#include <septum/port.h>
#include <septum/log.h>

/// @defgroup time Clocks and timers
/// @{

/// Does nothing; for measuring what a call costs.
/// @return SEP_OK. Own.
static inline sep_status_t sep_null(void)
{
    return sep_call0(SEP_HC_null);
}

/// Reads a clock.
/// @param clock SEP_CLOCK_HW (since the hypervisor started) or SEP_CLOCK_EXEC (run by this vCPU)
/// @param[out] time ns; 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM (no such clock), SEP_INVALID_ADDRESS. Own.
static inline sep_status_t sep_get_time(enum sep_clock clock, sep_time_t *time)
{
    return sep_call2(SEP_HC_get_time, (sep_word_t)clock, (sep_word_t)time);
}

/// Arms, changes or disarms one of the calling vCPU's timers. SEP_CLOCK_HW and SEP_CLOCK_EXEC raise
/// SEP_IRQ_TIMER_HW and SEP_IRQ_TIMER_EXEC; SEP_CLOCK_WATCHDOG, on the hardware clock, raises the
/// event SEP_EVENT_WATCHDOG. A time already past expires at once.
/// @param clock whose timer
/// @param expiry absolute, ns on that clock; SEP_TIME_NONE disarms
/// @param interval ns between further expiries, at least SEP_TIMER_INTERVAL_MIN; 0: one shot
/// @return SEP_OK, SEP_INVALID_PARAM (no such clock, interval too short, a time of 2^62 ns or above). Own.
sep_status_t sep_set_timer(enum sep_clock clock, sep_time_t expiry, sep_time_t interval);

/// Gives up the processor until the calling vCPU's next slot starts or an unmasked virtual
/// interrupt is pending, whichever is first.
/// @return SEP_OK. Own.
sep_status_t sep_idle_self(void);

/// @}
/// @defgroup console Console
/// @{

/// Puts text into the partition's console ring: all of it or nothing.
/// @param text bytes, no terminating zero needed
/// @param length bytes, at most SEP_CONSOLE_WRITE_MAX and the ring's size
/// @return SEP_OK, SEP_NOT_AVAILABLE (the ring lacks room now), SEP_INVALID_PARAM (too long),
///         SEP_INVALID_CONFIG (the partition has no console), SEP_INVALID_ADDRESS. Own.
sep_status_t sep_console_write(const char *text, size_t length);

/// @}
/// @defgroup irq Virtual interrupts
/// At first all are masked and delivery is disabled. A device interrupt masks itself when it is
/// delivered (lines are levels): the end of its handler calls sep_irq_unmask().
/// @{

/// Lets the calling vCPU take virtual interrupts. Those pending and not masked come at once.
/// @return SEP_OK. Own.
sep_status_t sep_irq_enable(void);

/// Stops delivery; what arrives stays pending.
/// @return SEP_OK. Own.
sep_status_t sep_irq_disable(void);

/// Masks virtual interrupts.
/// @param bits SEP_IRQ_BIT(irq) of each
/// @return SEP_OK. Own.
sep_status_t sep_irq_mask(uint32_t bits);

/// Unmasks virtual interrupts.
/// @param bits SEP_IRQ_BIT(irq) of each
/// @return SEP_OK. Own.
sep_status_t sep_irq_unmask(uint32_t bits);

/// Forgets pending virtual interrupts.
/// @param bits SEP_IRQ_BIT(irq) of each
/// @return SEP_OK. Own.
sep_status_t sep_irq_clear(uint32_t bits);

/// Reads the calling vCPU's virtual interrupt state.
/// @param[out] status 4-byte aligned
/// @return SEP_OK, SEP_INVALID_ADDRESS. Own.
sep_status_t sep_irq_status(struct sep_irq_status *status);

/// Raises an inter-partition virtual interrupt: every destination that the description names gets
/// SEP_IRQ_IPVI_FIRST + ipvi.
/// @param ipvi 0 … SEP_IPVI_COUNT - 1
/// @return SEP_OK, SEP_INVALID_PARAM (no such number), SEP_NO_PERMISSION (the description does not
///         give it to the caller).
sep_status_t sep_irq_raise(uint32_t ipvi);

/// @}
/// @defgroup partition Partitions
/// `partition` is a number or SEP_SELF. Oneself is always allowed, others need `system`.
/// @{

/// Reads a partition's state.
/// @param partition which
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM, SEP_NO_PERMISSION, SEP_INVALID_ADDRESS.
sep_status_t sep_partition_status(sep_word_t partition, struct sep_partition_status *status);

/// Halts a partition: it runs again only after a reset. Does not return if it is the caller.
/// @param partition which
/// @return SEP_OK, SEP_NO_ACTION (halted already), SEP_INVALID_PARAM, SEP_NO_PERMISSION.
sep_status_t sep_partition_halt(sep_word_t partition);

/// Suspends a partition until sep_partition_resume().
/// @param partition which
/// @return SEP_OK, SEP_NO_ACTION (suspended already), SEP_INVALID_MODE (halted),
///         SEP_INVALID_PARAM, SEP_NO_PERMISSION.
sep_status_t sep_partition_suspend(sep_word_t partition);

/// Lets a suspended partition run on.
/// @param partition which
/// @return SEP_OK, SEP_NO_ACTION (it runs), SEP_INVALID_MODE (halted), SEP_INVALID_PARAM,
///         SEP_NO_PERMISSION.
sep_status_t sep_partition_resume(sep_word_t partition);

/// Resets a partition, whatever its state. The work is done in that partition's own slots. Does not
/// return if it is the caller.
/// @param partition which
/// @param mode SEP_MODE_COLD (image reloaded, memory cleared) or SEP_MODE_WARM (memory kept)
/// @param code handed on in the status' reset_code
/// @return SEP_OK, SEP_INVALID_CONFIG (the description's attribute resets forbids it),
///         SEP_INVALID_MODE (warm, but it was never completely loaded), SEP_INVALID_PARAM
///         (also: mode), SEP_NO_PERMISSION.
sep_status_t sep_partition_reset(sep_word_t partition, enum sep_mode mode, uint32_t code);

/// Asks a partition to shut down: it gets SEP_IRQ_SHUTDOWN and acts as it likes.
/// @param partition which
/// @return SEP_OK, SEP_INVALID_MODE (halted, or being loaded), SEP_INVALID_PARAM, SEP_NO_PERMISSION.
sep_status_t sep_partition_shutdown(sep_word_t partition);

/// Says in which operating mode the caller is.
/// @param mode SEP_MODE_NORMAL once initialised, SEP_MODE_IDLE to halt oneself, SEP_MODE_COLD or
///             SEP_MODE_WARM to reset oneself
/// @return SEP_OK, SEP_NO_ACTION (in that mode already), SEP_INVALID_PARAM. Own.
sep_status_t sep_partition_set_mode(enum sep_mode mode);

/// @}
/// @defgroup vcpu Virtual processors of the calling partition
/// vCPU 0 runs from the partition's start; the others are halted until they are started. Own.
/// @{

/// Reads a vCPU's state.
/// @param vcpu which of the partition's
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM, SEP_INVALID_ADDRESS.
sep_status_t sep_vcpu_status(uint32_t vcpu, struct sep_vcpu_status *status);

/// Starts a halted vCPU in its declared stack area, with all other registers zero.
/// @param vcpu which of the partition's
/// @param entry first instruction; called with information block, vCPU number and argument
/// @param argument handed on
/// @return SEP_OK, SEP_NO_ACTION (it is not halted), SEP_INVALID_PARAM, SEP_INVALID_ADDRESS (entry is
///         no executable memory of the caller).
sep_status_t sep_vcpu_start(uint32_t vcpu, sep_word_t entry, sep_word_t argument);

/// Halts a vCPU; does not return if it is the caller.
/// @param vcpu which of the partition's
/// @return SEP_OK, SEP_NO_ACTION (halted already), SEP_INVALID_PARAM.
sep_status_t sep_vcpu_halt(uint32_t vcpu);

/// Suspends a vCPU until sep_vcpu_resume().
/// @param vcpu which of the partition's
/// @return SEP_OK, SEP_NO_ACTION (suspended already), SEP_INVALID_MODE (halted), SEP_INVALID_PARAM.
sep_status_t sep_vcpu_suspend(uint32_t vcpu);

/// Lets a suspended vCPU run on.
/// @param vcpu which of the partition's
/// @return SEP_OK, SEP_NO_ACTION (it runs), SEP_INVALID_MODE (halted), SEP_INVALID_PARAM.
sep_status_t sep_vcpu_resume(uint32_t vcpu);

/// @}
/// @defgroup periodic Real-time vCPUs in pools
/// A real-time vCPU has a period, a capacity and a deadline in the description. Its job is released once in each
/// period and ends with sep_periodic_wait(), at the end of its capacity, or at its deadline.
/// @{

/// Finishes the job and waits for the next release. What is left of the capacity goes to others.
/// @return SEP_OK, when the next job is released; SEP_INVALID_MODE (the caller is no real-time vCPU). Own.
sep_status_t sep_periodic_wait(void);

/// Reads release, deadline, what is left, and counters of a real-time vCPU.
/// @param partition number, or SEP_SELF
/// @param vcpu which of the partition's
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM (no such partition, or no real-time vCPU), SEP_NO_PERMISSION,
///         SEP_INVALID_ADDRESS, SEP_NOT_AVAILABLE (it is on another processor). Own; a system partition, or one with the flag launch: all.
sep_status_t sep_periodic_status(sep_word_t partition, uint32_t vcpu,
                                 struct sep_periodic_status *status);

/// Has a stopped real-time vCPU released again, from its next release on. Its time is kept free: whoever is in the
/// description was admitted, started or not.
/// @param partition number, or SEP_SELF
/// @param vcpu which of the partition's
/// @return SEP_OK, SEP_NO_ACTION (it is started), SEP_INVALID_PARAM, SEP_NO_PERMISSION. As above.
sep_status_t sep_periodic_start(sep_word_t partition, uint32_t vcpu);

/// Ends the open job of a real-time vCPU, if any, and releases it no more. Where it stopped it goes on when it is
/// started again.
/// @param partition number, or SEP_SELF
/// @param vcpu which of the partition's
/// @return SEP_OK, SEP_NO_ACTION (it is stopped), SEP_INVALID_PARAM, SEP_NO_PERMISSION. As above.
sep_status_t sep_periodic_stop(sep_word_t partition, uint32_t vcpu);

/// @}
/// @defgroup plan Plans and the system
/// @{

/// Has another plan begin: at the end of the running major frame, where the last request before it counts, or at
/// once. At once the running slot ends, whoever's it is, and the plan's frame begins with this call, which
/// returns in the caller's next slot.
/// @param plan number in the description's order
/// @param when SEP_PLAN_AT_ONCE is for plans with immediate="yes"
/// @return SEP_OK, SEP_NO_ACTION (it is the next one already), SEP_INVALID_PARAM, SEP_NO_PERMISSION (not a system
///         partition, or not a plan that may begin at once).
sep_status_t sep_plan_switch(uint32_t plan, enum sep_plan_when when);

/// Reads the state of the plans on the caller's processor.
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_ADDRESS. Own.
sep_status_t sep_plan_status(struct sep_plan_status *status);

/// Reads the state of the whole system.
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_NO_PERMISSION, SEP_INVALID_ADDRESS. System partitions.
sep_status_t sep_system_status(struct sep_system_status *status);

/// Ends everything. Does not return when it succeeds.
/// @return SEP_NO_PERMISSION. System partitions.
sep_status_t sep_system_halt(void);

/// Starts the hypervisor anew. Does not return when it succeeds.
/// @param mode SEP_MODE_COLD (as after power-on) or SEP_MODE_WARM (reset counter kept)
/// @return SEP_NO_PERMISSION, SEP_INVALID_PARAM. System partitions.
sep_status_t sep_system_reset(enum sep_mode mode);

/// @}
/// @defgroup trace Traces
/// @{

/// The hypervisor's stream; that of partition n is SEP_TRACE_STREAM(n), the caller's own SEP_SELF.
#define SEP_TRACE_STREAM_HYPERVISOR 0u
#define SEP_TRACE_STREAM(partition) (1u + (partition))

/// Records an event of the caller's own in its trace. The one call that leaves no record of itself.
/// @param code,first,second what the partition likes
/// @return SEP_OK, SEP_NO_ACTION (the description records no events of the partition). Own.
sep_status_t sep_trace_write(uint32_t code, uint32_t first, uint32_t second);

/// How far a stream is, and what of it is still there.
/// @param stream 0, SEP_TRACE_STREAM(partition) or SEP_SELF
/// @param[out] status 8-byte aligned; records oldest … count - 1 can be read
/// @return SEP_OK, SEP_INVALID_PARAM (no such stream), SEP_NO_PERMISSION (another's),
///         SEP_INVALID_ADDRESS. Own; a system partition: all.
sep_status_t sep_trace_status(sep_word_t stream, struct sep_log_status *status);

/// Copies a record. One that is overwritten already is answered with the oldest that is there: its
/// number tells how many are lost.
/// @param stream as above
/// @param number counts from 0, and after 2^32 records from 0 again
/// @param[out] record 8-byte aligned
/// @return SEP_OK, SEP_NOT_AVAILABLE (not written yet), and those of sep_trace_status().
sep_status_t sep_trace_read(sep_word_t stream, uint32_t number, struct sep_trace_record *record);

/// @}
/// @defgroup ports Sampling and queuing ports
/// A port's number is its place in the partition's part of the description, or asked for by name.
/// Calls with a number that is none of the caller's, or with a port of the other kind or direction,
/// answer SEP_INVALID_PARAM. Buffers may lie at any address; at multiples of 8 they are fastest.
/// What is written or sent is copied within the call, whole or not at all.
/// @{

/// Finds one of the caller's own ports.
/// @param request name, and what the caller believes of the port; 4-byte aligned
/// @param[out] port its number; 4-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM (no port of that name, or of another kind or direction),
///         SEP_INVALID_CONFIG (another message size or depth), SEP_INVALID_ADDRESS. Own.
sep_status_t sep_port_open(const struct sep_port_request *request, uint32_t *port);

/// Finds a sampling port by name.
/// @param name as in the description
/// @param direction SEP_PORT_SOURCE (to write) or SEP_PORT_DESTINATION (to read)
/// @param message_size longest message in bytes, as in the description
/// @param[out] port its number
/// @return as sep_port_open()
sep_status_t sep_sampling_create(const char *name, enum sep_port_direction direction,
                                 uint32_t message_size, uint32_t *port);

/// Writes a message, which replaces the one before; every reader gets SEP_IRQ_SAMPLING.
/// @param port a source
/// @param message its bytes
/// @param size 1 … the port's message size
/// @return SEP_OK, SEP_INVALID_PARAM (port, size), SEP_INVALID_ADDRESS. Own.
sep_status_t sep_sampling_write(uint32_t port, const void *message, size_t size);

/// Reads the last message. It stays, and may be read again.
/// @param port a destination
/// @param[out] message gets the bytes
/// @param capacity bytes that there is room for
/// @param[out] info length, time, age, and whether the message is still valid; 8-byte aligned
/// @return SEP_OK, SEP_NOT_AVAILABLE (nothing was written yet), SEP_INVALID_PARAM (port, or the message
///         is longer than capacity), SEP_INVALID_ADDRESS. Own.
sep_status_t sep_sampling_read(uint32_t port, void *message, size_t capacity,
                               struct sep_message_info *info);

/// Reads the state of a sampling port, either end.
/// @param port which
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM, SEP_INVALID_ADDRESS. Own.
sep_status_t sep_sampling_status(uint32_t port, struct sep_sampling_status *status);

/// Finds a queuing port by name.
/// @param name as in the description
/// @param direction SEP_PORT_SOURCE (to send) or SEP_PORT_DESTINATION (to receive)
/// @param message_size longest message in bytes, as in the description
/// @param depth messages that the queue holds, as in the description
/// @param[out] port its number
/// @return as sep_port_open()
sep_status_t sep_queuing_create(const char *name, enum sep_port_direction direction,
                                uint32_t message_size, uint32_t depth, uint32_t *port);

/// Sends a message; the receiver gets SEP_IRQ_QUEUING.
/// @param port a source
/// @param message its bytes
/// @param size 1 … the port's message size
/// @return SEP_OK, SEP_NOT_AVAILABLE (the queue is full, which is counted), SEP_INVALID_PARAM (port, size),
///         SEP_INVALID_ADDRESS. Own.
sep_status_t sep_queuing_send(uint32_t port, const void *message, size_t size);

/// Receives the oldest message that is not too old. If the queue was full, the sender gets
/// SEP_IRQ_QUEUING.
/// @param port a destination
/// @param[out] message gets the bytes
/// @param capacity bytes that there is room for
/// @param[out] info length, time, age; 8-byte aligned
/// @return SEP_OK, SEP_NOT_AVAILABLE (there is none), SEP_INVALID_PARAM (port, or the message is longer than
///         capacity and stays), SEP_INVALID_ADDRESS. Own.
sep_status_t sep_queuing_receive(uint32_t port, void *message, size_t capacity,
                                 struct sep_message_info *info);

/// Reads the state of a queuing port, either end. Messages that are too old do not count as waiting.
/// @param port which
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_INVALID_PARAM, SEP_INVALID_ADDRESS. Own.
sep_status_t sep_queuing_status(uint32_t port, struct sep_queuing_status *status);

/// Throws all waiting messages away.
/// @param port a destination
/// @return SEP_OK, SEP_INVALID_PARAM. Own.
sep_status_t sep_queuing_clear(uint32_t port);

/// No end to the waiting of the calls below.
#define SEP_WAIT_FOREVER (~(sep_time_t)0)

/// The calls below wait with sep_idle_self() until the call of their name succeeds, fails for another
/// reason than SEP_NOT_AVAILABLE, or the time is over: then they answer SEP_NOT_AVAILABLE. None can miss
/// a message or room that comes between its look and its idling. Meanwhile interrupts that the caller
/// takes are delivered as ever, except that:
///  - with an end, the call uses the vCPU's timer of SEP_CLOCK_HW, and leaves it disarmed;
///  - if the caller masks the port's interrupt, or takes none, the call forgets it when it comes.
/// @param timeout ns from now; 0: does not wait; SEP_WAIT_FOREVER
/// @return as the call of the name
sep_status_t sep_queuing_send_wait(uint32_t port, const void *message, size_t size,
                                   sep_time_t timeout);
sep_status_t sep_queuing_receive_wait(uint32_t port, void *message, size_t capacity,
                                      struct sep_message_info *info, sep_time_t timeout);

/// @param since time of the last message that is not wanted again (info->time of the last call); 0: any
sep_status_t sep_sampling_read_wait(uint32_t port, void *message, size_t capacity,
                                    struct sep_message_info *info, sep_time_t since,
                                    sep_time_t timeout);

/// @}
/// @defgroup health Health monitor
/// @{

/// Raises the event SEP_EVENT_PARTITION_ERROR, for an error that the partition found in itself. What
/// follows stands in the description; without a word there the partition is halted.
/// @param code, value whatever tells the error; they stand in the record as code and detail
/// @return SEP_OK, where the action lets the partition go on. Own.
sep_status_t sep_hm_raise(uint32_t code, uint32_t value);

/// Reads the state of the health monitor's log.
/// @param[out] status 8-byte aligned
/// @return SEP_OK, SEP_NO_PERMISSION, SEP_INVALID_ADDRESS. System partitions.
sep_status_t sep_hm_status(struct sep_log_status *status);

/// Reads a record of the health monitor's log. One that was overwritten is answered with the oldest that
/// is still there; record->number says which it is. Who learns that a record is not written yet is told of
/// the next one: SEP_IRQ_HM comes to vCPU 0 of every system partition, once until one of them has learned
/// that again.
/// @param number of the record, from 0
/// @param[out] record 8-byte aligned
/// @return SEP_OK, SEP_NO_PERMISSION, SEP_NOT_AVAILABLE (not written yet), SEP_INVALID_ADDRESS. System
///         partitions.
sep_status_t sep_hm_read(uint32_t number, struct sep_hm_record *record);

/// Waits as sep_queuing_receive_wait() does until the record is written, and reads it. For vCPU 0, which
/// gets the interrupt.
/// @param timeout ns from now; 0: does not wait; SEP_WAIT_FOREVER
/// @return as sep_hm_read(); SEP_NOT_AVAILABLE: the time is over
sep_status_t sep_hm_read_wait(uint32_t number, struct sep_hm_record *record, sep_time_t timeout);

/// @}
/// @defgroup misc Batches, single device registers, trap table
/// @{

/// Makes several calls in one trap, in order, and stops behind the first that does not answer
/// SEP_OK. Interrupts are taken between two of them. A batch in a batch is refused.
/// @param[in,out] calls 8-byte aligned; each gets its status (see sep_batch_arg64() for arguments)
/// @param count at most SEP_BATCH_MAX
/// @param[out] done calls that answered SEP_OK
/// @return SEP_OK, SEP_BATCH_ERROR (calls[*done] failed, its status says why),
///         SEP_NOT_AVAILABLE (the caller lost the processor: the rest is to be called again),
///         SEP_INVALID_PARAM, SEP_INVALID_ADDRESS. Own.
sep_status_t sep_batch(struct sep_batch_call *calls, uint32_t count, uint32_t *done);

/// Reads a device register that the description gives to the caller; bits outside its mask read 0.
/// @param address physical, as in the description
/// @param[out] value 4-byte aligned; narrower registers are in the low bits
/// @return SEP_OK, SEP_NO_PERMISSION (not the caller's register), SEP_NOT_AVAILABLE (the bus refused),
///         SEP_INVALID_ADDRESS (value).
sep_status_t sep_io_read(sep_word_t address, uint32_t *value);

/// Writes such a register; bits outside its mask keep their value.
/// @param address physical, as in the description
/// @param value for the register
/// @return SEP_OK, SEP_NO_PERMISSION (not the caller's register, or nothing of it is writable),
///         SEP_NOT_AVAILABLE (the bus refused).
sep_status_t sep_io_write(sep_word_t address, uint32_t value);

/// Says where the calling vCPU's own trap table lies; septum_rt does so by itself.
/// @param base as the architecture's manual page says
/// @return SEP_OK, SEP_INVALID_PARAM (misaligned, or the architecture has none). Own.
sep_status_t sep_trap_table_set(sep_word_t base);

/// @}
/// @defgroup helpers Helpers
/// @{

/// Tells the library where the information block lies, the first argument of the partition's entry
/// point. septum_rt does so by itself; an operating system calls it once.
void sep_info_init(const struct sep_info *info);

/// @return the information block
const struct sep_info *sep_info(void);

/// Finds a memory area, a customisation file, an interrupt of the partition.
/// @param name as in the description
/// @return null if there is none
const struct sep_info_area *sep_info_area(const char *name);
const struct sep_info_file *sep_info_file(const char *name);

/// @param line of the board's interrupt controller
/// @return its virtual interrupt, or -1 if the partition does not own the line
int sep_info_irq(uint32_t line);

/// @param vcpu number
/// @return the vCPU's declared stack, or null
const struct sep_info_vcpu *sep_info_vcpu(uint32_t vcpu);

/// Writes a zero-terminated text of any length, in pieces of SEP_CONSOLE_WRITE_MAX. While the ring
/// is full it idles, so it returns later but loses nothing.
/// @return SEP_OK, or why the console cannot be written at all
sep_status_t sep_console_puts(const char *text);

/// The same for length bytes.
sep_status_t sep_console_put(const char *text, size_t length);

/// Appends a 64-bit argument to a call of a batch as this machine passes it.
/// @param call whose arguments from `at` on are set
/// @param at first free argument
/// @return next free argument
uint32_t sep_batch_arg64(struct sep_batch_call *call, uint32_t at, uint64_t value);

/// @return the status' name, for messages
const char *sep_status_name(sep_status_t status);

/// @}

#endif
