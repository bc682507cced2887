// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The device tree of a partition that is an unmodified operating system. Bindings are those of Linux
// (Documentation/devicetree/bindings) and of the Devicetree Specification; a node for what is Septum's
// own is described in docs/manual/operating-systems.md.

#ifndef SEPTUM_TOOL_TREE_H
#define SEPTUM_TOOL_TREE_H

#include "compile/unit.h"

/// Where a ramdisk lies, guest-physical; [0, 0): there is none.
struct tree_ramdisk {
    uint64_t start, end;
};

/// The flattened tree, the same for the same description. Ends the program without memory.
struct bytes tree_make(struct compile *c, const struct unit *u, struct tree_ramdisk ramdisk);

#endif
