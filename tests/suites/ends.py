# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""./dev demo and ./dev test with real emulators: twice at a time, interrupted, killed; where not."""

import glob
import os
import signal
import subprocess
import time

from suites import failed, passed

TITLE = "demo and test with emulators: twice at a time, other folders, interrupted: nothing is left"
PRESETS = ["leon3"]    # One emulator is enough: this is about ./dev.
WATCH = ["dev", "scripts/**", "tests/demo/**", "tests/qemu/harness.py", "sdk/tools/run/**",
         "sdk/tools/cmd/run.c"]
ORDER = 75

SECONDS = 240


class Run:
    """One ./dev with all that it starts, known by a mark in the environment."""

    def __init__(self, ctx, name, words):
        self.mark = b"SEPTUM_ENDS=%d.%s" % (os.getpid(), name.encode())
        env = dict(os.environ, CI="", SEPTUM_ENDS=self.mark.decode().split("=")[1])
        self.log = os.path.join(ctx.tmp, name + ".log")
        with open(self.log, "w", encoding="utf-8") as out:
            # A group of its own, as from a terminal, where the interrupt key reaches the group.
            self.process = subprocess.Popen([ctx.path("dev")] + words, cwd=ctx.tmp, env=env,
                                            stdin=subprocess.DEVNULL, stdout=out,
                                            stderr=subprocess.STDOUT, start_new_session=True)

    def processes(self):
        """{id: name} of the marked processes that live."""
        found = {}
        for folder in glob.glob("/proc/[0-9]*"):
            try:
                with open(folder + "/environ", "rb") as environ:
                    marked = self.mark in environ.read().split(b"\0")
                with open(folder + "/comm", encoding="utf-8", errors="replace") as comm:
                    if marked:
                        found[int(os.path.basename(folder))] = comm.read().strip()
            except OSError:
                pass
        return found

    def stop_emulator(self):
        """Wait for an emulator and halt it, so that it surely runs when the signal comes."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            for pid, name in self.processes().items():
                if name.startswith("qemu-system"):
                    try:
                        os.kill(pid, signal.SIGSTOP)
                        return True
                    except ProcessLookupError:
                        pass
            time.sleep(0.01)
        return False

    def text(self):
        """What it printed."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def end(self, seconds):
        """Its exit status, None when it has not ended in time; what is left then is ended here."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        end = time.monotonic() + 3
        left = self.processes()
        while left and time.monotonic() < end:
            time.sleep(0.05)
            left = self.processes()
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return self.process.poll(), left


def interrupted(ctx, name, words, number):
    """A signal while an emulator runs: an end within seconds, without a process left."""
    run = Run(ctx, name, words)
    if not run.stop_emulator():
        code, _ = run.end(1)
        return failed(name, "no emulator was seen, exit status %s\n%s" % (code, run.text()))
    if number == signal.SIGINT:
        os.killpg(run.process.pid, number)
    else:
        os.kill(run.process.pid, number)
    start = time.monotonic()
    code, left = run.end(15)
    want = -number if number == signal.SIGKILL else 128 + number
    if code != want or left:
        return failed(name, "exit status %s instead of %d after %.1f s, left: %s\n%s" % (
            code, want, time.monotonic() - start, left, run.text()))
    return passed(name, "%.1f s" % (time.monotonic() - start))


def no_hypervisor(ctx):
    """A preset without a mission: one sentence and no attempt to build one."""
    run = Run(ctx, "demo-host", ["demo", "host"])
    code, _ = run.end(SECONDS)
    lines = run.text().splitlines()
    good = code == 2 and len(lines) == 1 and lines[0].startswith("dev: the demo does not fly on 'host'")
    return passed("demo-host") if good else failed("demo-host", "%s\n%s" % (code, run.text()))


def run(ctx):
    """A preset that cannot fly, two runs side by side, then each signal."""
    yield no_hypervisor(ctx)
    for preset in ctx.presets:
        ctx.build(preset)
        both = [Run(ctx, "%s-demo-%d" % (preset, n), ["demo", preset]) for n in range(2)]
        ends = [r.end(SECONDS) for r in both]
        good = [r.text().rstrip().endswith("The mission was kept.") for r in both]
        name = preset + "/twice"
        yield passed(name) if ends == [(0, {})] * 2 and all(good) else \
            failed(name, "%s\n%s" % (ends, "\n".join(r.text() for r in both)))
        for command, words in (("demo", ["demo", preset]), ("test", ["test", preset, "examples"])):
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
                label = "%s/%s-%s" % (preset, command, signal.Signals(number).name)
                ctx.progress(label)
                yield interrupted(ctx, label.replace("/", "-"), words, number)
