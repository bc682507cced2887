# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Talks to the emulator's debugger stub: stops a running system, changes its memory, lets it go on."""

import os
import socket
import time

WAIT = 30           # seconds for an answer: only a safety net
FOUND = 0.02
PIECE = 1024        # bytes read at a time


class StubError(Exception):
    """The stub does not answer as it must."""


class Stub:
    """A connection to the stub on a socket of the file system."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(WAIT)
        end = time.monotonic() + WAIT
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError as error:
                if time.monotonic() > end:
                    raise StubError("no stub at %s: %s" % (path, error)) from error
                time.sleep(FOUND)
        self.data = b""
        # The stub names registers and takes addresses only after it was asked what it is.
        self.ask("qSupported:xmlRegisters=sparc")
        self.ask("qXfer:features:read:target.xml:0,ffb")

    def _byte(self):
        if not self.data:
            self.data = self.socket.recv(4096)
            if not self.data:
                raise StubError("the emulator has ended")
        byte, self.data = self.data[:1], self.data[1:]
        return byte

    def _answer(self):
        while self._byte() != b"$":
            pass
        body = b""
        while True:
            byte = self._byte()
            if byte == b"#":
                break
            body += byte
        self._byte(), self._byte()
        self.socket.sendall(b"+")
        return body.decode("latin-1")

    def send(self, text):
        """A packet, of which the answer comes later."""
        body = text.encode()
        self.socket.sendall(b"$%s#%02x" % (body, sum(body) & 0xff))

    def ask(self, text):
        """A packet and its answer."""
        self.send(text)
        return self._answer()

    def _do(self, text):
        answer = self.ask(text)
        if answer != "OK":
            raise StubError("%s is answered with '%s'" % (text, answer))

    def run_to(self, address):
        """Goes on until the instruction at an address is next."""
        self._do("Z1,%x,4" % address)
        stop = self.ask("c")
        if not stop.startswith(("T05", "S05")):
            raise StubError("stopped by '%s', not at %#x" % (stop, address))
        self._do("z1,%x,4" % address)

    def flip(self, physical, mask):
        """Turns bits of the byte at a physical address."""
        self._do("Qqemu.PhyMemMode:1")
        old = int(self.ask("m%x,1" % physical), 16)
        self._do("M%x,1:%02x" % (physical, old ^ mask))
        self._do("Qqemu.PhyMemMode:0")

    def read(self, physical, size):
        """The bytes at a physical address."""
        self._do("Qqemu.PhyMemMode:1")
        data = b""
        while len(data) < size:
            wanted = min(PIECE, size - len(data))
            data += bytes.fromhex(self.ask("m%x,%x" % (physical + len(data), wanted)))
        self._do("Qqemu.PhyMemMode:0")
        return data

    def write(self, physical, data):
        """Puts bytes at a physical address."""
        self._do("Qqemu.PhyMemMode:1")
        self._do("M%x,%x:%s" % (physical, len(data), data.hex()))
        self._do("Qqemu.PhyMemMode:0")

    def let_go(self):
        """Goes on without a debugger."""
        self.send("D")
        try:
            if self._answer() != "OK":
                raise StubError("it does not go on")
        except (BrokenPipeError, ConnectionResetError):
            pass   # it answered, and ended before it was told that the answer came
        self.socket.close()


def words(path):
    """Words for the emulator: it waits for a debugger at a socket of the file system."""
    if os.path.exists(path):
        os.unlink(path)
    return ["-S", "-gdb", "unix:%s,server=on,wait=off" % path]
