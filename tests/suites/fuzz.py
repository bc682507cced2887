# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""libFuzzer over everything that parses or validates, from the committed corpus."""

import glob
import os
import re

from suites import failed, passed

TITLE = "fuzzers find nothing: 10^5 inputs per file format, 10^6 sequences of hypercalls"
WATCH = ["sdk/include/**", "sdk/tools/**", "kernel/**", "services/**", "arch/host/**",
         "tests/fuzz/**", "tests/tools/**"]
ORDER = 70

SECONDS = 900
DONE = re.compile(r"^Done (\d+) runs", re.M)


def wanted(name):
    """How many inputs a fuzzer must survive."""
    return 1000000 if name == "fuzz_kernel_hypercall" else 100000


def check(ctx, folder, name):
    """Run one fuzzer; new inputs go to a folder of this run."""
    corpus = ctx.path("tests", "fuzz", "corpus", name)
    found = os.path.join(ctx.tmp, name)
    os.makedirs(found)
    if not os.path.isdir(corpus) or not os.listdir(corpus):
        return failed(name, "there is no corpus in tests/fuzz/corpus/%s" % name)
    program = os.path.join(folder, "tests", "fuzz", name)
    # A fixed seed: the same inputs in every run of an unchanged tree.
    done = ctx.run([program, "-runs=%d" % wanted(name), "-seed=1", "-max_len=8192",
                    "-print_final_stats=1", "-artifact_prefix=%s/" % found, found, corpus],
                   timeout=SECONDS)
    runs = DONE.search(done.out)
    if not done.ok or not runs or int(runs.group(1)) < wanted(name):
        return failed(name, done.out[-4000:])
    return passed(name, "%s inputs" % runs.group(1))


def run(ctx):
    """One check per fuzzer."""
    names = sorted(os.path.basename(p)[:-2]
                   for p in glob.glob(ctx.path("tests", "fuzz", "fuzz_*.c")))
    folder = ctx.build("host", "fuzzers")
    yield from ctx.map(lambda name: check(ctx, folder, name), names)
