# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The hypervisor's own events on the unmodified binary: a debugger damages a running system."""

import os
import subprocess
import sys
import time

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import bench_system  # noqa: E402  (after the path is set)
import cfgwriter     # noqa: E402
import damage        # noqa: E402
import harness       # noqa: E402
import stub          # noqa: E402

TITLE = "a debugger damages hypervisor and images in memory: every action on such events is taken"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/hm/**", "arch/**", "tests/qemu/stub.py", "tests/qemu/damage.py",
         "tests/qemu/conformance/hm-own/**", "tests/suites/debugger.py"]
ORDER = 67

TIMEOUT = 60            # seconds: a safety net
UNIMPLEMENTED = bytes(4)
RESETS = 2              # that the description allows
HALTED, READY, SUSPENDED = 0, 1, 2
# Of the hypervisor's addresses from the physical ones, and a function of it that nobody calls here.
OFFSETS = {"leon3": 0xb0000000, "arm64": 0}
UNUSED = {"leon3": "context_flush", "arm64": "io_refused"}


class Case:
    """A kind of damage with an action, and what must follow."""

    def __init__(self, kind, action, status, said, resets=0, report=None):
        self.kind, self.action, self.status, self.said = kind, action, status, said
        self.resets = resets      # starts of the hypervisor but the first
        self.report = report      # line of the manager, None: it does not come so far

    @property
    def name(self):
        """For the table."""
        return "%s-%s" % (self.kind, self.action)


def line(resets, plan, worker, events):
    """What the manager reports."""
    return "resets %d plan %d worker %d events %d" % (resets, plan, worker, events)


CODE, FAULT, IMAGE = "damaged-word", "illegal-instruction", "damaged-image"
OWN = "HM: hypervisor event %s action %s code"
OF = "HM: worker event integrity action %s code"

# A damaged word is found once; after a reset it is what was there at the start. An instruction and an
# image stay damaged: each start ends as the one before, until no further reset is allowed.
CASES = [
    Case(CODE, "ignore", 0, [OWN % ("integrity", "ignore")], 0, line(0, 0, READY, 1)),
    Case(CODE, "maintenance-plan", 0, [OWN % ("integrity", "maintenance-plan")], 0,
         line(0, 1, READY, 1)),
    Case(CODE, "hypervisor-halt", 1, [OWN % ("integrity", "hypervisor-halt")]),
    Case(CODE, "hypervisor-warm-reset", 0, [OWN % ("integrity", "hypervisor-warm-reset")], 1,
         line(1, 0, READY, 1)),
    Case(CODE, "hypervisor-cold-reset", 0, [OWN % ("integrity", "hypervisor-cold-reset")], 1,
         line(0, 0, READY, 0)),
    Case(FAULT, "hypervisor-halt", 3, [OWN % ("internal-error", "hypervisor-halt")]),
    Case(FAULT, "hypervisor-warm-reset", 3,
         [OWN % ("internal-error", "hypervisor-warm-reset")] * RESETS +
         [OWN % ("internal-error", "hypervisor-halt")], RESETS),
    Case(FAULT, "hypervisor-cold-reset", 3,
         [OWN % ("internal-error", "hypervisor-cold-reset")] * RESETS +
         [OWN % ("internal-error", "hypervisor-halt")], RESETS),
    Case(IMAGE, "halt", 0, [OF % "halt"], 0, line(0, 0, HALTED, 1)),
    Case(IMAGE, "suspend", 0, [OF % "suspend"], 0, line(0, 0, SUSPENDED, 1)),
    Case(IMAGE, "maintenance-plan", 0, [OF % "maintenance-plan"], 0, line(0, 1, HALTED, 1)),
    Case(IMAGE, "hypervisor-halt", 1, [OF % "hypervisor-halt"]),
    Case(IMAGE, "hypervisor-warm-reset", 1,
         [OF % "hypervisor-warm-reset"] * RESETS + [OF % "hypervisor-halt"], RESETS),
    Case(IMAGE, "hypervisor-cold-reset", 1,
         [OF % "hypervisor-cold-reset"] * RESETS + [OF % "hypervisor-halt"], RESETS),
]


class Bench:
    """Runs cases of one preset."""

    def __init__(self, ctx, preset):
        self.ctx, self.preset = ctx, preset
        self.image = harness.image_path(ctx, preset, os.path.join("tests", "qemu", "conformance"),
                                        "conformance-hm-own")
        self.board, self.offset = harness.board_of(ctx, preset), OFFSETS[preset]
        self.symbols = bench_system.symbols(ctx, os.path.join(
            ctx.root, "build", preset, "septum-%s.elf" % self.board))

    def _configured(self, case):
        """The image with the case's action in its configuration."""
        image = damage.Image(self.image)
        events = cfgwriter.words("event.h", "SEP_EVENT_LIST")
        actions = cfgwriter.words("event.h", "SEP_ACTION_LIST")
        event = events.index("internal-error" if case.kind == FAULT else "integrity")
        first = image.get("partition", 1, "actions") if case.kind == IMAGE else \
            image.get("system", 0, "actions")
        image.set("action", first + event, "action", actions.index(case.action))
        image.seal()
        return image

    def _damage(self, case, image, debugger):
        """Stops the system where it has booted, and damages it; the instruction is the next one."""
        debugger.run_to(self.symbols["hc_idle_self" if case.kind == FAULT else "hal_cpu_wait"])
        if case.kind == CODE:
            debugger.flip(self.symbols[UNUSED[self.preset]] - self.offset, 0x20)  # nobody executes it
        elif case.kind == FAULT:
            debugger.write(self.symbols["hc_idle_self"] - self.offset, UNIMPLEMENTED)
        else:
            blob = image.get("partition", 1, "blobs")
            debugger.flip(image.get("blob", blob, "start") + 0x100, 0x01)
        debugger.let_go()

    def _run(self, case):
        """(status, output) of a case."""
        image = self._configured(case)
        path = image.write(os.path.join(self.ctx.tmp, case.name + ".elf"))
        socket = os.path.join(self.ctx.tmp, case.name + ".sock")
        with subprocess.Popen([self.ctx.tool(), "run", "--board", self.board, "--elf", "--timeout",
                               str(TIMEOUT), path, "--"] + stub.words(socket),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            try:
                self._damage(case, image, stub.Stub(socket))
                out, _ = process.communicate(timeout=TIMEOUT + 30)
            finally:
                process.kill()
        return process.returncode, out

    def check(self, case):
        """One case."""
        label = "%s/%s" % (self.preset, case.name)
        began = time.monotonic()
        try:
            status, out = self._run(case)
        except (stub.StubError, OSError, subprocess.TimeoutExpired) as error:
            return failed(label, str(error))
        lines = harness.split_sources(out)
        said = [l for l in lines.get("septum", []) if harness.EVENT.match(l)]
        starts = [l for l in lines.get("septum", []) if l.startswith("Septum on ")]
        reports = [l for l in lines.get("manager", []) if l.startswith("resets ")]
        good = (status == case.status and len(starts) == 1 + case.resets and
                len(said) == len(case.said) and
                all(l.startswith(s) for l, s in zip(said, case.said)) and
                reports == ([case.report] if case.report else []))
        if not good:
            return failed(label, "status %s, not %s, %d resets, not %d, or another report than '%s':\n%s"
                          % (status, case.status, len(starts) - 1, case.resets, case.report, out))
        return passed(label, "%.1f s" % (time.monotonic() - began))


def run(ctx):
    """Every kind of damage with every action that it allows."""
    for preset in ctx.presets:
        ctx.build(preset)
        yield from ctx.map(Bench(ctx, preset).check, CASES)
