// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Everything that can be wrong with an input, each with its stable number. docs/errors.md explains
// every one; numbers are never reused.

#ifndef SEPTUM_TOOL_RULES_H
#define SEPTUM_TOOL_RULES_H

/// A rule may be broken by what is absent: silent when the file could be read only in part.
#define RULE_NEEDS_ALL 1u
/// A system that breaks the rule can be built; whoever wrote it should know.
#define RULE_WARNING 2u
/// What a plan gives is less than what is asked of it: 'septum plan check' shows it all the same.
#define RULE_TIMING 4u

/// X(number, name, flags, title)
#define RULE_LIST(X)                                                                               \
    X(1001, FILE_READ, 0, "file cannot be read")                                                   \
    X(1002, XML_SYNTAX, 0, "not well-formed XML")                                                  \
    X(1003, XML_DOCTYPE, 0, "document type not allowed")                                           \
    X(1004, XML_ROOT, 0, "not a system description")                                               \
    X(1005, ELEMENT_UNKNOWN, 0, "unknown element")                                                 \
    X(1006, ATTRIBUTE_UNKNOWN, 0, "unknown attribute")                                             \
    X(1007, ATTRIBUTE_MISSING, RULE_NEEDS_ALL, "attribute missing")                                \
    X(1008, ELEMENT_PLACE, RULE_NEEDS_ALL, "element out of place or too often")                    \
    X(1009, ELEMENT_MISSING, RULE_NEEDS_ALL, "element missing")                                    \
    X(1010, TEXT_PLACE, 0, "text where none belongs")                                              \
    X(1011, SHAPE_OTHER, RULE_NEEDS_ALL, "does not follow the schema")                             \
    X(1012, BOARD_UNKNOWN, 0, "unknown board")                                                     \
    X(2001, VALUE_UNIT, 0, "unit missing or unknown")                                              \
    X(2002, VALUE_NEGATIVE, 0, "negative number")                                                  \
    X(2003, VALUE_ZERO, 0, "zero where none is allowed")                                           \
    X(2004, VALUE_HUGE, 0, "number too large")                                                     \
    X(2005, VALUE_SYNTAX, 0, "not a number")                                                       \
    X(2006, REGION_UNKNOWN, 0, "unknown memory region")                                            \
    X(2007, WORD_UNKNOWN, 0, "unknown word")                                                       \
    X(2008, NAME_BAD, 0, "name too long or with forbidden characters")                             \
    X(3001, MISALIGNED, 0, "not a multiple of the granule")                                        \
    X(3002, OUTSIDE_RAM, 0, "memory the board does not have")                                      \
    X(3003, ON_HYPERVISOR, 0, "memory on top of the hypervisor")                                   \
    X(3004, AREAS_OVERLAP, 0, "memory areas of two partitions overlap")                            \
    X(3005, AREA_TWICE, 0, "memory areas of one partition overlap")                                \
    X(3006, VIRTUAL_OVERLAP, 0, "two things at one virtual address")                               \
    X(3007, GUEST_RANGE, 0, "virtual address outside the partitions' range")                       \
    X(3008, STACK_SIZE, 0, "stack does not fit its area")                                          \
    X(3009, STACK_READ_ONLY, 0, "stack in a read-only area")                                       \
    X(3010, STACK_MISSING, RULE_NEEDS_ALL, "vCPU without a stack")                                 \
    X(3011, STACK_VCPU, RULE_NEEDS_ALL, "stack of no vCPU, or second stack of one")                \
    X(3012, STACK_AREA, RULE_NEEDS_ALL, "stack in an unknown area")                                \
    X(3013, STACKS_OVERLAP, 0, "stacks overlap")                                                   \
    X(3014, CONSOLE_RING, 0, "console ring of a wrong size")                                       \
    X(4001, SLOTS_OVERLAP, 0, "slots overlap")                                                     \
    X(4002, SLOT_LATE, 0, "slot ends behind the major frame")                                      \
    X(4003, SLOT_PARTITION, RULE_NEEDS_ALL, "slot of an unknown partition")                        \
    X(4004, SLOT_VCPU, 0, "slot of an unknown vCPU")                                               \
    X(4005, NO_SLOT, RULE_NEEDS_ALL, "partition or vCPU without a slot")                           \
    X(4006, NO_BOOT, RULE_NEEDS_ALL, "no partition starts at boot")                                \
    X(4007, VCPU_TWO_CPUS, 0, "vCPU or partition on two processors")                               \
    X(4008, FRAMES_DIFFER, 0, "one plan, different major frames")                                  \
    X(4009, CPU_UNKNOWN, 0, "processor the board does not have")                                   \
    X(4010, TIME_SHORT, RULE_NEEDS_ALL | RULE_TIMING, "temporal requirement not met")              \
    X(4011, TIME_SENSELESS, 0, "temporal requirement that cannot be met")                          \
    X(4012, NEVER_STARTS, RULE_NEEDS_ALL, "partition that nothing can start")                      \
    X(4013, SLOT_SHORT, 0, "slot too short")                                                       \
    X(4014, PLAN_SYNC, RULE_NEEDS_ALL, "plan that cannot wait for an interrupt")                   \
    X(4015, PLAN_IMMEDIATE, 0, "plan that cannot begin at once")                                   \
    X(4101, SLOT_OWNER, 0, "slot of nobody, or of two")                                            \
    X(4102, POOL_UNKNOWN, RULE_NEEDS_ALL, "unknown pool")                                          \
    X(4103, POOL_CPU, 0, "pool on another processor")                                              \
    X(4104, POOL_VCPU, 0, "vCPU that cannot be in the pool")                                       \
    X(4105, POOL_TIMES, 0, "times of a real-time vCPU that do not fit together")                   \
    X(4106, POOL_ROOM, RULE_NEEDS_ALL, "pool without slots or without vCPUs")                      \
    X(4107, POOL_MANY, 0, "too many vCPUs in a pool")                                              \
    X(4108, POOL_DEADLINE, RULE_NEEDS_ALL, "deadline that is missed")                              \
    X(4109, POOL_NOT_SHOWN, RULE_NEEDS_ALL, "deadlines that cannot be shown to be met")            \
    X(4110, POOL_RESERVE, RULE_NEEDS_ALL, "less is left than reserved")                            \
    X(4111, POOL_BOUNDS, RULE_WARNING, "board without measured bounds")                            \
    X(4112, FAST_OWNER, RULE_NEEDS_ALL, "fast interrupt line of a vCPU that cannot preempt")       \
    X(4113, FAST_RESET, RULE_NEEDS_ALL, "quantum reset beside real-time vCPUs")                    \
    X(4114, FAST_BUDGET, RULE_NEEDS_ALL, "preemptions without time")                               \
    X(4115, FAST_MANY, 0, "too many fast interrupt lines in a pool")                               \
    X(4201, TASK_SENSELESS, 0, "task that cannot be met")                                          \
    X(4202, TASKS_VCPU, 0, "tasks of no vCPU, or twice of one")                                    \
    X(4203, TASK_PRIORITY, 0, "priority missing or without meaning")                               \
    X(4204, TASK_LATE, RULE_NEEDS_ALL | RULE_TIMING, "task misses its deadline")                   \
    X(4205, TASK_UNKNOWN, RULE_NEEDS_ALL | RULE_TIMING, "task whose deadline is not decided")      \
    X(4211, AFTER_PARTITION, RULE_NEEDS_ALL, "predecessor that does not exist")                    \
    X(4212, AFTER_PERIOD, RULE_NEEDS_ALL, "predecessor of another period")                         \
    X(4213, AFTER_CYCLE, RULE_NEEDS_ALL, "partitions that wait for each other")                    \
    X(4214, AFTER_BROKEN, RULE_NEEDS_ALL | RULE_TIMING, "precedence not kept")                     \
    X(4221, CHAIN_PARTITION, RULE_NEEDS_ALL, "chain over an unknown partition")                    \
    X(4222, CHAIN_CHANNEL, RULE_NEEDS_ALL, "chain without a channel")                              \
    X(4223, CHAIN_REQUIREMENT, RULE_NEEDS_ALL, "chain over a partition without a period")          \
    X(4224, CHAIN_LATE, RULE_NEEDS_ALL | RULE_TIMING, "chain takes too long")                      \
    X(4225, CHAIN_UNKNOWN, RULE_NEEDS_ALL | RULE_TIMING, "chain whose latency is not decided")     \
    X(4231, MAKE_REQUIREMENT, RULE_NEEDS_ALL, "nothing to make a plan from")                       \
    X(4232, MAKE_VCPUS, 0, "plan for several vCPUs")                                               \
    X(4233, MAKE_PROCESSOR, RULE_NEEDS_ALL, "partition on an unknown processor")                   \
    X(4234, MAKE_FRAME, 0, "no common multiple of the periods")                                    \
    X(4235, MAKE_NONE, RULE_NEEDS_ALL, "no plan exists")                                           \
    X(4236, MAKE_UNKNOWN, RULE_NEEDS_ALL, "no plan known")                                         \
    X(4241, SIMULATION, 0, "more than can be simulated")                                           \
    X(5001, NAME_TWICE, 0, "name given twice")                                                     \
    X(5002, ID_TWICE, 0, "id given twice")                                                         \
    X(5003, ID_GAP, 0, "ids not consecutive")                                                      \
    X(6001, LINE_UNKNOWN, 0, "interrupt line the board does not have")                             \
    X(6002, LINE_RESERVED, 0, "interrupt line of the hypervisor")                                  \
    X(6003, LINE_TWICE, 0, "interrupt line given twice")                                           \
    X(6004, LINES_MANY, 0, "too many interrupt lines")                                             \
    X(6005, DEVICE_RESERVED, 0, "device register of the hypervisor")                               \
    X(6006, DEVICE_OUTSIDE, 0, "not in the board's device memory")                                 \
    X(6007, REGISTER_MISALIGNED, 0, "register misaligned")                                         \
    X(6008, REGISTER_MASK, 0, "mask wider than the register")                                      \
    X(6009, REGISTER_TWICE, 0, "register given twice")                                             \
    X(6010, RANGE_GRANULE, 0, "range shares a granule with the hypervisor")                        \
    X(6011, RANGE_TWICE, 0, "device memory given twice")                                           \
    X(6012, CONSOLE_UNKNOWN, 0, "unknown console device")                                          \
    X(6013, REGISTER_WIDTH, 0, "register of a wrong width")                                        \
    X(7001, EVENT_UNKNOWN, 0, "unknown event")                                                     \
    X(7002, ACTION_UNKNOWN, 0, "unknown action")                                                   \
    X(7003, ACTION_FORBIDDEN, 0, "action not allowed for the event")                               \
    X(7004, EVENT_TWICE, 0, "event given twice")                                                   \
    X(7005, IPVI_ID, 0, "inter-partition interrupt that does not exist")                           \
    X(7006, IPVI_TWICE, 0, "inter-partition interrupt given twice")                                \
    X(7007, IPVI_UNKNOWN, RULE_NEEDS_ALL, "unknown destination")                                   \
    X(7008, IPVI_SAME, 0, "destination given twice")                                               \
    X(7009, RESET_REFUSED, 0, "action that the partition's reset policy refuses")                  \
    X(7010, EVENT_NOT_RAISED, 0, "event that this hypervisor does not raise")                      \
    X(7011, LOG_RECORDS, 0, "log of a wrong size")                                                 \
    X(7012, RESTARTS, 0, "restart limit without a number or a time, or of too many")               \
    X(7013, NO_MAINTENANCE, RULE_NEEDS_ALL, "maintenance plan that the system does not have")      \
    X(7101, PORT_UNCONNECTED, RULE_NEEDS_ALL, "port without a channel")                            \
    X(7102, END_PARTITION, RULE_NEEDS_ALL, "channel of an unknown partition")                      \
    X(7103, END_PORT, RULE_NEEDS_ALL, "channel of an unknown port")                                \
    X(7104, PORT_KIND, 0, "channel and port of different types")                                   \
    X(7105, PORT_DIRECTION, 0, "port at the wrong end of a channel")                               \
    X(7106, PORT_TWICE, 0, "port in two channels")                                                 \
    X(7107, MESSAGE_SIZE, 0, "message too long")                                                   \
    X(7108, QUEUE_DEPTH, 0, "queue of a wrong depth")                                              \
    X(7109, PORT_SIZE, 0, "port and channel of different sizes")                                   \
    X(7110, AGE_SHORT, RULE_WARNING, "messages grow old between slots")                            \
    X(7201, TRACE_RECORDS, 0, "trace of a wrong size")                                             \
    X(7202, LOGS_LARGE, 0, "logs larger than the memory")                                          \
    X(7301, OS_BOARD, 0, "board without virtual devices")                                          \
    X(7302, OS_NEEDS_CALLS, 0, "unmodified operating system with what needs hypercalls")           \
    X(7303, OS_RIGHTS, 0, "memory of an operating system that it cannot use as such")              \
    X(7304, OS_CACHED, 0, "cached memory shared with an operating system")                         \
    X(7305, DOORBELL, RULE_NEEDS_ALL, "doorbell of nothing")                                       \
    X(7306, OS_INTERRUPT, 0, "one interrupt, two devices")                                         \
    X(7307, OS_ADDRESS, 0, "memory where a virtual device is")                                     \
    X(7308, OS_LINE, RULE_NEEDS_ALL, "interrupt line of no device")                                \
    X(8001, IMAGE_MISSING, 0, "image cannot be read")                                              \
    X(8002, IMAGE_NOT_ELF, 0, "image is not an executable ELF file")                               \
    X(8003, IMAGE_MACHINE, 0, "image for another machine")                                         \
    X(8004, IMAGE_OUTSIDE, 0, "image outside the partition's memory")                              \
    X(8005, IMAGE_ENTRY, 0, "entry point outside the partition's code")                            \
    X(8006, FILE_MISSING, 0, "customisation file cannot be read")                                  \
    X(8007, HYPERVISOR_BAD, 0, "not a hypervisor binary")                                          \
    X(8008, HYPERVISOR_OTHER, 0, "hypervisor binary of another board or revision")                 \
    X(8009, HYPERVISOR_START, 0, "hypervisor linked for another address")                          \
    X(8010, TOO_SMALL, 0, "hypervisor memory too small")                                           \
    X(8011, PARTITIONS_MANY, 0, "more partitions than the binary runs")                            \
    X(8012, CPUS_MANY, 0, "more processors than the binary runs")                                  \
    X(8013, NO_ADDRESS, 0, "no free virtual address")                                              \
    X(8014, OUTPUT, 0, "output cannot be written")                                                 \
    X(8015, IMAGE_SHARED, 0, "image in memory that is not the partition's alone")                  \
    X(8016, SLOTS_SHORT, 0, "no slot long enough to load in")                                      \
    X(8017, NO_PORTS, 0, "hypervisor without ports")                                               \
    X(8018, NO_TRACES, 0, "hypervisor without traces")                                             \
    X(8019, NO_UNMODIFIED, 0, "hypervisor without virtual devices")                                \
    X(8020, IMAGE_HEADER, 0, "operating system's image that cannot be loaded")                     \
    X(8021, OS_MEMORY, 0, "operating system's memory too small")                                   \
    X(8022, RAMDISK_MISSING, 0, "ramdisk cannot be read")                                          \
    X(8023, NO_LOG, 0, "hypervisor without health monitor")                                        \
    X(8024, NO_POOLS, 0, "hypervisor without pools")

enum rule {
#define RULE_ENUM(number, name, flags, title) RULE_##name,
    RULE_LIST(RULE_ENUM)
#undef RULE_ENUM
        RULE_COUNT
};

#endif
