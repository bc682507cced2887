#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Makes the corpus from which fuzz_cfgfile starts: make_corpus.py [FOLDER]."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tools"))
import cfgwriter  # noqa: E402  (after the path is set)
import fixtures  # noqa: E402


def smallest():
    """One processor, one plan, one partition with nothing in it."""
    b = fixtures.Builder()
    b.add("system", hypervisor_size=1 << 20, name="s", board="b", cpus=(0, 1), partitions=(0, 1),
          vcpus=(0, 1), plan_count=1)
    b.add("cpu", plans=(0, 1))
    b.add("plan", major_frame=1000000, name="p", slots=(0, 1))
    b.add("slot", duration=1000000)
    b.add("vcpu")
    b.add("partition", name="a", vcpus=(0, 1), actions=b.many("action", fixtures.actions()))
    return b.records


def main(folder):
    os.makedirs(folder, exist_ok=True)
    systems = {"smallest": smallest(), "flight": fixtures.flight().records}
    for name, records in systems.items():
        for order, big in (("big", True), ("little", False)):
            data = cfgwriter.write(records, arch=1 if big else 2, big_endian=big)
            fixtures.write(folder, f"{name}-{order}.cfg", data)
    # Only a header with empty sections.
    fixtures.write(folder, "empty.cfg", cfgwriter.write({}))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "corpus", "fuzz_cfgfile"))
