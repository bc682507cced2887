# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The command ./dev itself, in a small tree of its own with suites made for the purpose."""

import os
import shutil
import signal
import subprocess
import time

from suites import failed, passed

TITLE = "./dev: table, skips, changed files, interrupts, two runs at a time, missing packages"
WATCH = ["dev", "scripts/**", ".ci/**"]
ORDER = 10

PRESETS = []

SUITE = '''\
import time
from suites import failed, passed, skipped
TITLE = "%(name)s"
WATCH = ["%(name)s/**"]
def run(ctx):
%(body)s
'''
BODIES = {
    "good": "    return [passed('one'), passed('two')]",
    "bad": "    return [passed('one'), failed('two', 'a reason'), skipped('three', 'no such thing')]",
    "skips": "    return [skipped('one', 'no such thing')]",
    "raises": "    raise ValueError('from inside')",
    "empty": "    return []",
    "apart": "    return [passed('one')]\nOPTIONAL = True",
    "takes": "    return [passed('one')]\nOPTIONAL = True\nPACKAGES = ['far']",
    # Leaves a process in a session of its own, as an emulator's helper would.
    "slow": "    ctx.run(['sh', '-c', 'setsid sleep 7531 & sleep 7531'])\n    return []",
    "limit": "    done = ctx.run(['sh', '-c', 'setsid sleep 7532 & sleep 7532'], timeout=1)\n"
             "    return [passed('ended') if done.timed_out else failed('ended', 'no')]",
    "locks": "    with ctx.builder.lock('x'):\n"
             "        open('%(tree)s/lock.log', 'a').write('in\\n')\n"
             "        time.sleep(1)\n"
             "        open('%(tree)s/lock.log', 'a').write('out\\n')\n"
             "    return [passed('locked')]",
}


class Tree:
    """A copy of ./dev with other suites."""

    def __init__(self, ctx):
        self.root = os.path.join(ctx.tmp, "tree")
        self.ctx = ctx
        os.makedirs(os.path.join(self.root, "tests", "suites"))
        shutil.copytree(ctx.path("scripts", "dev"), os.path.join(self.root, "scripts", "dev"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ctx.path("dev"), self.root)
        shutil.copy(ctx.path("CMakePresets.json"), self.root)
        self.packages("")
        for name, body in BODIES.items():
            with open(os.path.join(self.root, "tests", "suites", name + ".py"), "w",
                      encoding="utf-8") as out:
                out.write(SUITE % {"name": name, "body": body % {"tree": self.root}})
        for words in (["init", "-q"], ["add", "."],
                      ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "x"]):
            ctx.run(["git"] + words, cwd=self.root)

    def packages(self, text):
        """Set the list of packages."""
        with open(os.path.join(self.root, "scripts", "packages.txt"), "w", encoding="utf-8") as out:
            out.write(text)

    def dev(self, *words, ci="", prefix=()):
        """Run ./dev from a folder that is not its own."""
        env = dict(os.environ, CI=ci)
        return self.ctx.run(list(prefix) + [os.path.join(self.root, "dev")] + list(words), cwd="/",
                            env=env, timeout=120)

    def start(self, *words):
        """Start ./dev and come back at once."""
        return subprocess.Popen([os.path.join(self.root, "dev")] + list(words), cwd="/",
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)


def running(mark):
    """The processes with this word on their command line."""
    found = []
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                with open("/proc/%s/cmdline" % pid, "rb") as line:
                    words = line.read().split(b"\0")
            except OSError:
                continue
            if b"sleep" in words and mark.encode() in words:
                found.append(int(pid))
    return found


def expect(name, done, code, *texts, last=None):
    """A check on an exit status and on what was printed."""
    lines = done.out.rstrip().splitlines() or [""]
    if done.code != code:
        return failed(name, "exit status %s instead of %d:\n%s" % (done.code, code, done.out))
    for text in texts:
        if text not in done.out:
            return failed(name, "'%s' was not printed:\n%s" % (text, done.out))
    if last is not None and lines[-1] != last:
        return failed(name, "last line '%s' instead of '%s'" % (lines[-1], last))
    return passed(name)


def interrupted(tree, number):
    """A signal ends everything that the run started."""
    name = "ends-all-on-%s" % signal.Signals(number).name
    process = tree.start("test", "slow")
    end = time.monotonic() + 30
    while len(running("7531")) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    before = len(running("7531"))
    process.send_signal(number)
    out = process.communicate(timeout=30)[0]
    time.sleep(0.2)
    left = running("7531")
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    if before != 2 or (left and number != signal.SIGKILL) or process.returncode == 0:
        return failed(name, "%d before, %d left, status %d\n%s"
                      % (before, len(left), process.returncode, out))
    return passed(name)


def run(ctx):
    """Each command line with what it must print and how it must end."""
    tree = Tree(ctx)
    yield expect("help", tree.dev("help"), 0, "usage: ./dev")
    yield expect("no-command", tree.dev(), 2, "usage: ./dev")
    yield expect("unknown-command", tree.dev("frob"), 2, "unknown command 'frob'")
    yield expect("unknown-suite", tree.dev("test", "nosuch"), 2, "'nosuch' is neither")
    yield expect("unknown-preset", tree.dev("demo", "nosuch"), 2, "no preset 'nosuch'")
    yield expect("good", tree.dev("test", "good"), 0, last="2 passed, 0 failed, 0 skipped")
    yield expect("bad", tree.dev("test", "bad"), 1, "FAILED  bad/two: a reason",
                 "SKIPPED bad/three: no such thing", last="1 passed, 1 failed, 1 skipped")
    yield expect("skip", tree.dev("test", "skips"), 0, last="0 passed, 0 failed, 1 skipped")
    yield expect("skip-in-ci", tree.dev("test", "skips", ci="true"), 1,
                 last="0 passed, 0 failed, 1 skipped")
    yield expect("raises", tree.dev("test", "raises"), 1, "from inside",
                 last="0 passed, 1 failed, 0 skipped")
    yield expect("empty", tree.dev("test", "empty"), 1, last="0 passed, 1 failed, 0 skipped")
    yield expect("changed-none", tree.dev("test", "--changed"), 0,
                 last="0 passed, 0 failed, 0 skipped")
    yield expect("optional-named", tree.dev("test", "apart"), 0,
                 last="1 passed, 0 failed, 0 skipped")
    for folder in ("good", "apart"):  # what is optional is left out all the same
        os.makedirs(os.path.join(tree.root, folder))
        with open(os.path.join(tree.root, folder, "new.c"), "w", encoding="utf-8") as out:
            out.write("\n")
    yield expect("changed-one", tree.dev("test", "--changed"), 0,
                 last="2 passed, 0 failed, 0 skipped")
    done = tree.dev("test", "limit")
    left = running("7532")
    yield expect("time-limit", done, 0, last="1 passed, 0 failed, 0 skipped") if not left else \
        failed("time-limit", "%d processes left" % len(left))
    yield interrupted(tree, signal.SIGTERM)
    yield interrupted(tree, signal.SIGINT)
    yield interrupted(tree, signal.SIGHUP)

    both = [tree.start("test", "locks") for _ in range(2)]
    texts = [p.communicate(timeout=60)[0] for p in both]
    with open(os.path.join(tree.root, "lock.log"), encoding="utf-8") as log:
        order = log.read().split()
    ok = order == ["in", "out"] * 2 and all(p.returncode == 0 for p in both)
    yield passed("two-at-a-time") if ok else failed("two-at-a-time", "\n".join(order + texts))

    if os.geteuid() == 0:
        os.chmod(ctx.tmp, 0o755)
        os.chmod(os.path.dirname(ctx.tmp), 0o755)
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    else:
        prefix = []
    # A group that only an optional suite names: it fails without, and the others do not ask for it.
    tree.packages("far no-such-package-of-debian\n")
    yield expect("group-missing", tree.dev("test", "takes", prefix=prefix), 1,
                 "no-such-package-of-debian")
    yield expect("group-not-asked", tree.dev("test", "good", prefix=prefix), 0,
                 last="2 passed, 0 failed, 0 skipped")
    tree.packages("build no-such-package-of-debian\n")
    # The package comes before the suites, one of which needs what it brings.
    with open(os.path.join(tree.root, "tests", "suites", "needs.py"), "w", encoding="utf-8") as out:
        out.write("import no_such_module_of_python\n")
    yield expect("not-root", tree.dev("test", "good", prefix=prefix), 1,
                 "apt-get update && apt-get install --no-remove --no-install-recommends -y "
                 "no-such-package-of-debian")
