# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A ramdisk for Linux, written without root and the same every time: cpio newc, gzip."""

import gzip
import stat

TRAILER = "TRAILER!!!"


class Ramdisk:
    """Files by name; folders above them come by themselves."""

    def __init__(self):
        self.entries = {}

    def _add(self, path, mode, data=b"", device=(0, 0)):
        parts = path.split("/")
        for i in range(1, len(parts)):
            self.entries.setdefault("/".join(parts[:i]), (stat.S_IFDIR | 0o755, b"", (0, 0)))
        self.entries[path] = (mode, data, device)

    def folder(self, path):
        """An empty folder."""
        self._add(path, stat.S_IFDIR | 0o755)

    def file(self, path, data, mode=0o644):
        """A file from bytes or text."""
        self._add(path, stat.S_IFREG | mode, data if isinstance(data, bytes) else data.encode())

    def link(self, path, target):
        """A symbolic link."""
        self._add(path, stat.S_IFLNK | 0o777, target.encode())

    def character_device(self, path, major, minor):
        """A device node, which takes no root in a ramdisk."""
        self._add(path, stat.S_IFCHR | 0o600, b"", (major, minor))

    def archive(self):
        """The cpio archive: names in order, times and owners zero."""
        out = b""
        for number, name in enumerate(sorted(self.entries), 1):
            mode, data, device = self.entries[name]
            out += _entry(number, name, mode, data, device)
        return out + _entry(0, TRAILER, 0, b"", (0, 0))

    def compressed(self):
        """The archive compressed, without a time in it."""
        return gzip.compress(self.archive(), 6, mtime=0)


def _entry(number, name, mode, data, device):
    """Header of 13 hexadecimal words, name and data, each padded to four bytes."""
    words = [number, mode, 0, 0, 2 if stat.S_ISDIR(mode) else 1, 0, len(data), 0, 0, device[0],
             device[1], len(name) + 1, 0]
    head = b"070701" + b"".join(b"%08X" % word for word in words) + name.encode() + b"\0"
    return head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)
