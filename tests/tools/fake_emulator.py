#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""An emulator with a monitor, for the tests of septum run --record.

fake_emulator.py HOW SOCKET ...   HOW: good, slow (halts a while before it is at its end), short (gives too
                                  little), refuses, silent (no monitor), hangs (never halts)
"""

import json
import os
import socket
import sys
import time

HALT = b"\x1e[septum] halt: x status 3\n"


def answer(how, words, started):
    """What the monitor says to a command."""
    name = words["execute"]
    if name == "query-status":
        ended = how != "hangs" and (how != "slow" or time.monotonic() > started + 0.3)
        return {"return": {"status": "shutdown" if ended else "running"}}
    if name == "pmemsave":
        if how == "refuses":
            return {"error": {"class": "GenericError", "desc": "no"}}
        given = words["arguments"]
        size = given["size"] - (1 if how == "short" else 0)
        with open(given["filename"], "wb") as out:
            out.write(bytes((given["val"] + i) % 251 for i in range(size)))
    return {"return": {}}


def main():
    """Halts, then answers until told to quit."""
    how, path = sys.argv[1:3]
    if how == "silent":
        os.write(1, HALT)
        return
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()
    started = time.monotonic()
    if how != "hangs":
        os.write(1, HALT)
    stream = server.accept()[0].makefile("rw", encoding="utf-8")
    stream.write('{"QMP": {}}\n{"event": "SHUTDOWN"}\n')
    stream.flush()
    for line in stream:
        words = json.loads(line)
        stream.write(json.dumps(answer(how, words, started)) + "\n")
        stream.flush()
        if words["execute"] == "quit":
            return


if __name__ == "__main__":
    main()
