# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Child processes: each in a group of its own, all of them ended by id when this program ends."""

import ctypes
import itertools
import os
import signal
import subprocess
import sys
import threading
import time

_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)
_groups = set()
_groups_lock = threading.Lock()
_stopping = threading.Event()
_numbers = itertools.count()

# Should this program die without cleaning up, the kernel ends its children.
_PREFIX = ["setpriv", "--pdeathsig", "KILL", "--"]


class Interrupted(Exception):
    """A signal asked this program to end."""


class Result:
    """What a finished command left: code, out (stdout and stderr unless split), err, seconds."""

    def __init__(self, code, out, err, seconds, timed_out):
        self.code, self.out, self.err = code, out, err
        self.seconds, self.timed_out = seconds, timed_out

    @property
    def ok(self):
        """Whether the command ended with status 0 in time."""
        return self.code == 0 and not self.timed_out


def run(argv, cwd=None, env=None, timeout=None, stdin=None, split=False, live=False, text=True):
    """Run a command to its end and return a Result; live=True lets it write to the terminal."""
    if _stopping.is_set():
        raise Interrupted()
    # What the command starts inherits this mark, also where it leaves the command's group.
    mark = "SEPTUM_DEV_RUN=%d.%d" % (os.getpid(), next(_numbers))
    env = dict(os.environ if env is None else env, SEPTUM_DEV_RUN=mark.split("=")[1])
    pipe = None if live else subprocess.PIPE
    start = time.monotonic()
    # A new session: the group's id is the child's, and an interrupt key reaches only us.
    process = subprocess.Popen(
        _PREFIX + [str(a) for a in argv], cwd=cwd, env=env, start_new_session=True,
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=pipe, stderr=(subprocess.PIPE if split else subprocess.STDOUT) if not live else None,
        text=text, errors="replace" if text else None)
    with _groups_lock:
        _groups.add(process.pid)
    timed_out = False
    try:
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            timed_out = True
            _end_group(process.pid)
            _end_marked(mark)
            out, err = process.communicate()
    finally:
        _end_group(process.pid)
        process.wait()
        with _groups_lock:
            _groups.discard(process.pid)
    if _stopping.is_set():
        raise Interrupted()
    return Result(process.returncode, out, err, time.monotonic() - start, timed_out)


def run_terminal(argv, cwd=None):
    """Run an interactive command on our own terminal, in our own group."""
    return subprocess.call([str(a) for a in argv], cwd=cwd)


def _end_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _end_marked(mark):
    """End the processes that carry the mark of one command in their environment."""
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open("/proc/%s/environ" % name, "rb") as environ:
                if mark.encode() in environ.read().split(b"\0"):
                    os.kill(int(name), signal.SIGKILL)
        except OSError:
            pass


def _children():
    """The ids of our direct children."""
    result, me = [], os.getpid()
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, encoding="utf-8", errors="replace") as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == me:
            result.append(int(name))
    return result


def _end_children():
    """End what is our direct child, also what others started here; returns whether there was any."""
    left = _children()
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
    return left


def _end_groups():
    with _groups_lock:
        groups = list(_groups)
    for group in groups:
        _end_group(group)


def _end_all():
    """End every group we started, then whatever of theirs was left to us as the subreaper."""
    _end_groups()
    for _ in range(50):
        left = _end_children()
        if not left:
            return
        for pid in left:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass
        time.sleep(0.02)


def guard(main):
    """Run main() so that no process outlives it, whichever way it ends; returns the exit code."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def on_signal(number, _frame):
        _stopping.set()
        # Now, and not only at the end: threads of ours wait for these.
        _end_groups()
        _end_children()
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        return main()
    except (KeyboardInterrupt, Interrupted) as stop:
        number = stop.args[0] if stop.args else signal.SIGINT
        print("\ndev: interrupted", file=sys.stderr)
        return 128 + int(number)
    finally:
        _stopping.set()
        _end_all()
