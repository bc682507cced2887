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

TITLE = "a debugger damages hypervisor, configuration and images in memory: every action on such events is taken"
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
# What registers of the record hold, four on a line: {first of the line: [(symbol, offset)]}.
ANY = (None, 0)
REGISTERS = {
    "leon3": {0: [("hc_idle_self", 0), ("hc_idle_self", 4)],                        # pc, npc
              16: [ANY, ANY, ANY, ("hypercall_call", 0)]},                          # %o7
    "arm64": {32: [("hypercall_done", 0)]},                                        # x30
}
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


CODE, CONFIGURATION = "damaged-word", "damaged-configuration"
FAULT, IMAGE = "illegal-instruction", "damaged-image"
OWN = "HM: hypervisor event %s action %s code"
OF = "HM: worker event integrity action %s code"

# A damaged word is found once in a life of the system. A reset mends nothing: each start ends as the one
# before, until no further reset is allowed. A configuration that does not fit its hash does not boot.
CASES = [
    Case(CODE, "ignore", 0, [OWN % ("integrity", "ignore")], 0, line(0, 0, READY, 1)),
    Case(CODE, "maintenance-plan", 0, [OWN % ("integrity", "maintenance-plan")], 0,
         line(0, 1, READY, 1)),
    Case(CODE, "hypervisor-halt", 1, [OWN % ("integrity", "hypervisor-halt")]),
    Case(CODE, "hypervisor-warm-reset", 1,
         [OWN % ("integrity", "hypervisor-warm-reset")] * RESETS +
         [OWN % ("integrity", "hypervisor-halt")], RESETS),
    Case(CODE, "hypervisor-cold-reset", 1,
         [OWN % ("integrity", "hypervisor-cold-reset")] * RESETS +
         [OWN % ("integrity", "hypervisor-halt")], RESETS),
    Case(CONFIGURATION, "ignore", 0, [OWN % ("integrity", "ignore") + " 0x00000001"], 0,
         line(0, 0, READY, 1)),
    Case(CONFIGURATION, "hypervisor-halt", 1,
         [OWN % ("integrity", "hypervisor-halt") + " 0x00000001"]),
    Case(CONFIGURATION, "hypervisor-warm-reset", 2,
         [OWN % ("integrity", "hypervisor-warm-reset") + " 0x00000001"], 1),
    Case(FAULT, "hypervisor-halt", 3, [OWN % ("internal-error", "hypervisor-halt")]),
    Case(FAULT, "hypervisor-warm-reset", 3,
         [OWN % ("internal-error", "hypervisor-warm-reset"),
          OWN % ("integrity", "ignore")] * RESETS +
         [OWN % ("internal-error", "hypervisor-halt")], RESETS),
    Case(FAULT, "hypervisor-cold-reset", 3,
         [OWN % ("internal-error", "hypervisor-cold-reset"),
          OWN % ("integrity", "ignore")] * RESETS +
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
        if case.kind == FAULT:   # the instruction is damage as well: told at each start, and let go
            image.set("action", first + events.index("integrity"), "action",
                      actions.index("ignore"))
        image.set("action", first + event, "action", actions.index(case.action))
        image.seal()
        return image

    def _damage(self, case, image, debugger):
        """Stops the system where it has booted, and damages it; the instruction is the next one."""
        debugger.run_to(self.symbols["hc_idle_self" if case.kind == FAULT else "hal_cpu_wait"])
        if case.kind == CODE:
            debugger.flip(self.symbols[UNUSED[self.preset]] - self.offset, 0x20)  # nobody executes it
        elif case.kind == CONFIGURATION:
            offset, _ = image.field("system", 0, "behind_traces")
            debugger.flip(image.physical(offset), 0x01)
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

    def _registers_told(self, case, lines):
        """Whether each fault came with the registers of its moment: those that the hypercall's entry has made."""
        if case.kind != FAULT:
            return True
        faults = sum("internal-error" in text for text in case.said)
        for first, want in REGISTERS[self.preset].items():
            begin = "HM: hypervisor registers %d " % first
            told = [l[len(begin):].split() for l in lines if l.startswith(begin)]
            if len(told) != faults or any(
                    name and int(got, 16) != self.symbols[name] + offset
                    for row in told for got, (name, offset) in zip(row, want)):
                return False
        return True

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
                self._registers_told(case, lines.get("septum", [])) and
                reports == ([case.report] if case.report else []))
        if not good:
            return failed(label, "status %s, not %s, %d resets, not %d, or another report than '%s', or no registers:\n%s"
                          % (status, case.status, len(starts) - 1, case.resets, case.report, out))
        return passed(label, "%.1f s" % (time.monotonic() - began))


def run(ctx):
    """Every kind of damage with every action that it allows."""
    for preset in ctx.presets:
        ctx.build(preset)
        yield from ctx.map(Bench(ctx, preset).check, CASES)
