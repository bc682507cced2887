// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The commands of septum: each is int cmd_<name>(int argc, char **argv), argv[0] being its name.

#ifndef SEPTUM_TOOL_COMMANDS_H
#define SEPTUM_TOOL_COMMANDS_H

/// X(name, summary)
#define COMMAND_LIST(X)                                                                            \
    X(check, "check a system description")                                                         \
    X(compile, "compile a description into the configuration the hypervisor reads")                \
    X(link, "write linker symbols for a partition")                                                \
    X(pack, "put hypervisor, configuration and partitions into one image")                         \
    X(build, "check, compile and pack: from a description to an image")                            \
    X(run, "run a system on its board's emulator")                                                 \
    X(report, "report footprint, memory, plans and health monitoring of a system")                 \
    X(plan, "check what a plan gives, make one, or simulate")                                      \
    X(list, "list what is in an image or a compiled configuration")                                \
    X(log, "print the health monitor's log of a recording")                                        \
    X(trace, "print the traces of a recording, or draw them")                                      \
    X(schema, "print the XSD of descriptions")

#define COMMAND_PROTOTYPE(name, summary) int cmd_##name(int argc, char **argv);
COMMAND_LIST(COMMAND_PROTOTYPE)
#undef COMMAND_PROTOTYPE

#endif
