# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Debian's Linux for arm64 as a guest: kernel, and a ramdisk with busybox and what a test adds."""

import glob
import os

from debian import Debian, FetchError
from ramdisk import Ramdisk

PACKAGES = {"kernel": ">linux-image-arm64", "busybox": "busybox-static"}

# What every ramdisk does before the lines of its test, and behind them.
HEAD = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
"""
TAIL = """
poweroff -f
"""


class Linux:
    """Where the unpacked packages have what a guest takes."""

    def __init__(self, root):
        self.packages = Debian(root, "arm64").unpacked(PACKAGES)
        self.kernel = self._one("kernel", "boot", "vmlinuz-*")
        self.busybox = self._one("busybox", "bin", "busybox")

    def _one(self, package, *pattern):
        found = glob.glob(os.path.join(self.packages[package][0], *pattern))
        if len(found) != 1:
            raise FetchError("package %s has %d files %s" % (self.packages[package][1], len(found),
                                                             "/".join(pattern)))
        return found[0]

    def versions(self):
        """Packages with their versions, for logs and results."""
        return ", ".join("%s %s" % self.packages[name][1:] for name in PACKAGES)

    def ramdisk(self, script, programs=None):
        """A compressed ramdisk whose first process runs the lines of a script and ends the machine.

        programs: {path: bytes} of further executable files.
        """
        disk = Ramdisk()
        for name in ("dev", "proc", "sys", "tmp"):
            disk.folder(name)
        disk.character_device("dev/console", 5, 1)
        disk.character_device("dev/null", 1, 3)
        with open(self.busybox, "rb") as source:
            disk.file("bin/busybox", source.read(), 0o755)
        for path, data in (programs or {}).items():
            disk.file(path, data, 0o755)
        disk.file("init", HEAD + script + TAIL, 0o755)
        return disk.compressed()
