# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum log: the health monitor's log out of recordings, and every way in which one can be wrong."""

import json

import jsonschema

import cfgwriter
import fixtures
import flightlog
import logwriter
from logwriter import HM, HYPERVISOR, REGISTERS
from tooling import Tool, refused, same

EVENTS = cfgwriter.words("event.h", "SEP_EVENT_LIST")
ACTIONS = cfgwriter.words("event.h", "SEP_ACTION_LIST")
AT = 0x20000  # of a logbook in the memories made here


def decoded(tool, path, *words):
    """The JSON of a recording, checked against its schema."""
    done = tool.run("log", path, "--json", *words)
    assert (done.code, done.err) == (0, ""), done.err
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(tool.schema("log.schema.json")).validate(data)
    return data


def expected(records, first=0, names=None):
    """What the JSON must say of records."""
    def name(partition):
        if partition == HYPERVISOR:
            return "hypervisor"
        return names[partition] if names else "partition %d" % partition

    return [{"number": first + i, "time": r["time"],
             "partition": None if r["partition"] == HYPERVISOR else r["partition"],
             "name": name(r["partition"]), "vcpu": r.get("vcpu", 0), "event": EVENTS[r["event"]],
             "action": ACTIONS[r["action"]], "code": r.get("code", 0), "detail": r.get("detail", 0),
             "pc": hex(r.get("pc", 0)), "address": hex(r.get("address", 0)),
             "granule": r.get("granule", 0), "reset_count": r.get("reset_count", 0),
             "registers": [hex(x) for x in r.get("registers", [])[:r.get("register_count", 0)]]}
            for i, r in enumerate(records)]


def many(count):
    """So many records, all different."""
    return [{"time": 1000 * i, "partition": HYPERVISOR if i % 5 == 0 else i % 3, "vcpu": i % 2,
             "event": i % len(EVENTS), "action": i % len(ACTIONS), "code": i, "detail": 2 * i,
             "granule": (0, 1, 4096)[i % 3], "pc": 0x40000000 + i, "address": (1 << 40) + i,
             "reset_count": i // 20, "register_count": i % (REGISTERS + 1),
             "registers": [i * 100 + n for n in range(REGISTERS)]} for i in range(count)]


def check_numbers(tool):
    """Both byte orders, with the names of the configuration."""
    flight = flightlog.Flight()
    names = ["guidance", "telemetry", 'payload <&">']
    for big in (True, False):
        path = tool.write("flight.rec", flight.recording(big=big))
        data = decoded(tool, path)
        kind = "big" if big else "little"
        yield same("records-" + kind, data["records"], expected(flight.hm, names=names))
        yield same("head-" + kind, (data["system"], data["board"], data["big_endian"], data["start"],
                                    data["size"], data["damaged"], data["missing"]),
                   ("flight", "leon3", big, hex(fixtures.START), 0x80000, [], []))
        yield same("sure-" + kind, data["ambiguous"], [])
        text = tool.run("log", path).out
        yield same("text-" + kind, [line for line in (
            "health monitor: 2 written, 2 here, 0 lost",
            '     0      0.055000000  payload <&">.0  mem-protection: suspend  code 0x9 detail 0x126'
            ' pc 0x40301234 address 0xdeadbeec (within 4096 bytes)',
            "     1      0.055000010  hypervisor  integrity: hypervisor-halt  code 0x2 detail 0x0 "
            "pc 0x40000100") if line not in text.splitlines()], [])
        yield same("no-registers-" + kind, "registers" in text, False)
        text = tool.run("log", path, "--registers").out
        yield same("registers-" + kind, "    registers 36 0x00001024 0x00001025 0x00001026 0x00001027"
                   in text.splitlines(), True)
        yield same("reproducible-" + kind, tool.run("log", path, "--registers").out, text)


def bare(tool, data, name="bare.bin"):
    """A dump without a configuration, one logbook in it."""
    return tool.write(name, logwriter.memory(0x40000, [(AT, data)]))


def check_rings(tool):
    """Rings that are empty, full, gone round, and whose numbers have gone round."""
    rows = many(100)
    for name, count, capacity, start in (("empty", 0, 8, 0), ("one", 1, 8, 0), ("full", 32, 32, 0),
                                         ("round", 100, 32, 0), ("exact", 64, 32, 0),
                                         ("numbers", 40, 32, (1 << 32) - 20),
                                         ("late", 100, 8, (1 << 32) - 100)):
        data = logwriter.book(HM, 0, capacity, rows[:count], count=(start + count) % (1 << 32))
        got = decoded(tool, bare(tool, data))
        kept = rows[:count][-capacity:]
        want = expected(kept)
        for i, record in enumerate(want):
            record["number"] = (start + count - len(kept) + i) % (1 << 32)
        yield same("ring-" + name, got["records"], want)
        written = start + count
        book = got["log"]
        yield same("counts-" + name, [book[k] for k in ("written", "kept", "lost", "damaged")],
                   [written, len(kept), written - len(kept), 0])
        yield same("unplaced-" + name, (got["start"], got["system"], book["address"]),
                   (None, None, hex(AT)))
    data = decoded(tool, bare(tool, logwriter.book(HM, 0, 32, rows)), "--start", "0x40000000")
    yield same("placed", (data["start"], data["log"]["address"]), ("0x40000000", "0x40020000"))
    text = tool.run("log", bare(tool, logwriter.book(HM, 0, 64, rows))).out
    yield same("resets", [text.count("hypervisor reset %d times" % n) for n in range(1, 5)],
               [1, 1, 1, 1])


def check_records(tool):
    """Records that make no sense are counted, not shown."""
    rows = many(20)
    for name, change in (("number", {"number": 77}), ("event", {"event": len(EVENTS)}),
                         ("action", {"action": len(ACTIONS)}), ("registers", {"register_count": REGISTERS + 1}),
                         ("partition", {"partition": 1 << 20}), ("time", {"time": 1 << 62})):
        changed = rows[:7] + [dict(rows[7], **change)] + rows[8:]
        got = decoded(tool, bare(tool, logwriter.book(HM, 0, 32, changed)))
        want = expected(rows)
        yield same("damaged-" + name, (got["records"], got["log"]["damaged"], got["log"]["lost"]),
                   (want[:7] + want[8:], 1, 0))
    # The last one was just being written.
    data = logwriter.book(HM, 0, 16, rows[:16] + [dict(rows[16], number=0)], count=17,
                          head={"lock": 1})
    got = decoded(tool, bare(tool, data))
    yield same("torn", (len(got["records"]), got["log"]["damaged"], got["log"]["locked"],
                        got["log"]["lost"]), (15, 1, True, 1))
    text = tool.run("log", "bare.bin").out
    yield same("torn-text", text.splitlines()[0],
               "health monitor: 17 written, 15 here, 1 lost, 1 damaged; one was just being written")


def check_heads(tool):
    """A head that makes no sense is no logbook, and is told of."""
    for name, change, word in (
            ("kind", {"kind": 2}, "kind is unknown"), ("stream", {"stream": 1}, "no such stream"),
            ("size", {"record_size": 328}, "another size"), ("zero", {"capacity": 0}, "no power"),
            ("odd", {"capacity": 24}, "no power"), ("huge", {"capacity": 8192}, "more than a description"),
            ("long", {"capacity": 1024}, "pass the end"), ("mask", {"mask": 64}, "senseless"),
            ("lock", {"lock": 2}, "senseless")):
        path = bare(tool, logwriter.book(HM, 0, 32, many(3), head=change))
        yield refused("head-" + name, tool.run("log", path), "SEP9102", word, "0x20000")
        # A sound one behind it is found all the same.
        good = logwriter.book(HM, 0, 32, many(9))
        bad = logwriter.book(HM, 0, 8, many(3), head=change)
        data = logwriter.memory(0x40000, [(0x10000, bad), (AT, good)])
        got = decoded(tool, tool.write("two.bin", data))
        yield same("behind-" + name, (got["records"], [d["address"] for d in got["damaged"]]),
                   (expected(many(9)), ["0x10000"]))
    book = logwriter.book(HM, 0, 8, many(3))
    other = logwriter.book(logwriter.TRACE, 0, 16, [], big=False)
    mixed = logwriter.memory(0x40000, [(0x10000, book), (AT, other)])
    got = decoded(tool, tool.write("mixed.bin", mixed))
    yield same("order", [d["reason"] for d in got["damaged"]],
               ["its byte order is not that of the rest"])
    got = decoded(tool, tool.write("edge.bin", book))
    yield same("edge", got["records"], expected(many(3)))
    yield refused("cut", tool.run("log", tool.write("cut.bin", book[:-1])), "pass the end")
    many_heads = logwriter.book(HM, 0, 8, many(3), head={"lock": 2})[:32] * 1000
    got = decoded(tool, tool.write("heads.bin", many_heads + book))
    yield same("many-heads", (len(got["damaged"]), got["records"]), (100, expected(many(3))))
    odd = tool.write("odd.bin", b"1234" + book)
    yield refused("odd-place", tool.run("log", odd), "SEP9102")


def check_configured(tool):
    """A logbook lies where the configuration has it, and is what it says."""
    flight = flightlog.Flight()
    config = (0x10000, flight.config())
    at = flight.books()[0][0]
    book = logwriter.book(HM, 0, 16, flight.hm)
    for name, place, data, word in (
            ("elsewhere", AT, book, "magic number is wrong"),
            ("capacity", at, logwriter.book(HM, 0, 8, flight.hm), "another capacity"),
            ("other", at, logwriter.book(logwriter.TRACE, 1, 256, [])[:4000], "head of another one"),
            ("order", at, logwriter.book(HM, 0, 16, flight.hm, big=False), "magic number is wrong")):
        image = logwriter.recording(fixtures.START, logwriter.memory(0x80000, [config, (place, data)]))
        yield refused("config-" + name, tool.run("log", tool.write("bad.rec", image)), word,
                      hex(fixtures.START + at))
    # A part of the memory: what lies outside is missing, what is cut is not read.
    whole = flight.memory()
    first = flight.books()[2][0]      # of guidance's trace: those of the other two lie below
    part = tool.write("part.rec", logwriter.recording(fixtures.START, whole[:first + 32 + 255 * 32]))
    done = tool.run("trace", part)
    yield same("missing", [line for line in done.out.splitlines() if "described" in line],
               [n + ": described, but not in this memory" for n in ("hypervisor", "guidance")])
    yield same("cut", [line for line in done.out.splitlines() if "makes no sense" in line],
               ["0x%08x: the head of a logbook makes no sense: its records pass the end of the memory"
                % (fixtures.START + first)])
    yield refused("missing-log", tool.run("log", part), "SEP9102", "no health monitor's log is in it")
    # A configuration that was damaged is none.
    wrong = bytearray(flight.config())
    wrong[400] ^= 1
    memory = logwriter.memory(0x80000, [(0x10000, bytes(wrong)), (AT, book)])
    got = decoded(tool, tool.write("hash.rec", logwriter.recording(fixtures.START, memory)))
    yield same("config-damaged", (got["system"], got["records"]), (None, expected(flight.hm)))


def forged(tool, name, what, pieces, **how):
    """The JSON of log and trace of a flight in whose memory somebody put pieces, with what they said on
    stderr."""
    flight = flightlog.Flight()
    memory = bytearray(flight.memory(**how))
    for at, piece in pieces:
        memory[at:at + len(piece)] = piece
    path = tool.write(name, logwriter.recording(fixtures.START, bytes(memory)) if what == "recording"
                      else bytes(memory))
    words = ["--start", hex(fixtures.START)] if what == "placed" else []
    done = [tool.run(command, path, "--json", *words) for command in ("log", "trace")]
    for command, result in zip(("log", "trace"), done):
        assert result.code == 0, result.err
        jsonschema.Draft202012Validator(tool.schema(command + ".schema.json")).validate(
            json.loads(result.out))
    return [json.loads(d.out) for d in done], [d.err for d in done]


def check_forged(tool):
    """Heads that a partition wrote into its console's ring and into a message. Where the configuration
    and the address are known they are nothing; otherwise it is told that there are several."""
    flight = flightlog.Flight()
    true = [dict(r) for r in expected(flight.hm, names=["guidance", "telemetry", 'payload <&">'])]
    log_at = flight.books()[0][0]
    trace_at = {stream: at for stream, (at, _) in zip(flight.streams, flight.books()[1:])}
    # The ring of a console lies in front of all logbooks, the buffers of a channel before the log.
    ring, message = flightlog.ARENA_AT + 0x2000, log_at - flightlog.STATE_BYTES + 0x200
    lies = [{"time": 5, "partition": 1, "event": 2, "action": 1}]
    books = [(ring, logwriter.book(HM, 0, 16, lies)),
             (message, logwriter.book(logwriter.TRACE, 2, 256, [])),
             # One whose records are said to reach over everything that lies behind it.
             (ring - 0x1000, logwriter.book(logwriter.TRACE, 1, 8, [], head={"capacity": 4096}))]
    for what in ("recording", "placed"):
        (log, trace), err = forged(tool, "forged.rec", what, books)
        yield same("forged-log-" + what, (log["records"], log["log"]["address"], log["damaged"],
                                          log["missing"], log["ambiguous"], err[0]),
                   (true, hex(fixtures.START + log_at), [], [], [], ""))
        yield same("forged-traces-" + what,
                   ([(s["stream"], s["address"], s["written"], s["lost"]) for s in trace["streams"]],
                    trace["ambiguous"], err[1]),
                   ([(s, hex(fixtures.START + trace_at[s]), len(flight.streams[s]), 0)
                     for s in flight.streams], [], ""))
    # Nobody says where the memory lay, or there is no configuration: it is searched, and told.
    for name, how in (("unplaced", {}), ("unconfigured", {"config": False})):
        for data, said in zip(*forged(tool, "forged.bin", "raw", books, **how)):
            taken = {a["address"]: (a["taken"], a["what"]) for a in data["ambiguous"]}
            yield same("forged-" + name, (taken.get(hex(log_at)), hex(message) in taken),
                       ((hex(ring), "log of the health monitor"), True))
            yield same("forged-said-" + name, ("warning: %d heads" % len(taken) in said,
                                               "[SEP9105]" in said), (True, True))
        done = tool.run("log", "forged.bin")
        yield same("forged-text-" + name, (done.code, done.out.count("a sound head, too")),
                   (0, len(taken)))
    # A whole configuration of somebody's own, and its hash fits: the first one counts.
    fake = flight.described()
    fake.records["system"][0].update(name="fake", arena_start=fixtures.ARENA + 0x8000,
                                     arena_size=0x14000)
    fake = cfgwriter.write(fake.records)
    (log, _), err = forged(tool, "fake.rec", "recording", [(ring, fake)])
    yield same("forged-configuration", (log["system"], log["records"], "SEP9106" in err[0],
                                        [a["what"] for a in log["ambiguous"]]),
               ("flight", true, True, ["configuration"]))
    # One that lies where it cannot, by its own words, is none, even where there is no other.
    out = flight.described()
    out.records["system"][0].update(name="fake")
    (log, _), err = forged(tool, "fake.rec", "recording", [(ring, cfgwriter.write(out.records))],
                           config=False)
    yield same("forged-astray", (log["system"], err[0].count("SEP9106")), (None, 0))


def check_files(tool):
    """Files that are no recordings."""
    memory = logwriter.memory(0x1000, [])
    for name, data, word in (
            ("empty", b"", "SEP9102"), ("short", b"x", "SEP9102"), ("nothing", memory, "SEP9102"),
            ("head", b"SEPTMEM\0" + bytes(8), "ends within its head"),
            ("version", logwriter.recording(0, memory, version=2), "has version 2"),
            ("cut", logwriter.recording(0, memory)[:-8], "it holds 4088 bytes"),
            ("longer", logwriter.recording(0, memory) + bytes(8), "it holds 4104 bytes"),
            ("wrap", logwriter.recording((1 << 64) - 8, memory), "SEP9101"),
            ("odd", logwriter.recording(4, memory), "SEP9101")):
        yield refused("file-" + name, tool.run("log", tool.write("x.rec", data)), word)
    yield refused("absent", tool.run("log", "no.rec"), "SEP9001")
    yield refused("start-odd", tool.run("log", tool.write("x.bin", memory), "--start", "0x40000004"),
                  "multiple of 8")
    yield refused("start-wrap", tool.run("log", "x.bin", "--start", "0xfffffffffffffff8"), "SEP9101")
    yield refused("start-word", tool.run("log", "x.bin", "--start", "here"), "--start", code=2)
    yield refused("no-file", tool.run("log"), "FILE", code=2)
    text = logwriter.book(HM, 0, 8, many(3))
    bad = sum(tool.run("log", tool.write("x.bin", text[:n])).code != 1 for n in range(0, 200, 7))
    yield same("every-length", bad, 0)


def check_filters(tool):
    """By partition and by time."""
    rows = many(60)
    path = bare(tool, logwriter.book(HM, 0, 64, rows))
    want = expected(rows)
    for name, words, keep in (
            ("one", ["--partition", "1"], lambda r: r["partition"] == 1),
            ("own", ["--partition=hypervisor"], lambda r: r["partition"] is None),
            ("two", ["--partition", "1", "--partition", "2"], lambda r: r["partition"] in (1, 2)),
            ("from", ["--from", "7us"], lambda r: r["time"] >= 7000),
            ("to", ["--to", "7us"], lambda r: r["time"] <= 7000),
            ("span", ["--from", "7us", "--to", "9500ns", "--partition", "2"],
             lambda r: 7000 <= r["time"] <= 9500 and r["partition"] == 2),
            ("none", ["--from", "1s"], lambda r: False)):
        yield same("filter-" + name, decoded(tool, path, *words)["records"],
                   [r for r in want if keep(r)])
    yield refused("filter-name", tool.run("log", path, "--partition", "nobody"), "SEP9103", "number")
    flight = tool.write("flight.rec", flightlog.Flight().recording())
    yield same("filter-named", len(decoded(tool, flight, "--partition", 'payload <&">')["records"]), 1)
    yield refused("filter-near", tool.run("log", flight, "--partition", "guidanse"), "SEP9103",
                  "did you mean 'guidance'")
    yield refused("filter-unit", tool.run("log", path, "--from", "7"), "unit", code=2)
    yield refused("filter-back", tool.run("log", path, "--from", "7s", "--to", "6s"), "later", code=2)


def run(ctx):
    """All checks of log."""
    tool = Tool(ctx, "log")
    yield from check_numbers(tool)
    yield from check_rings(tool)
    yield from check_records(tool)
    yield from check_heads(tool)
    yield from check_configured(tool)
    yield from check_forged(tool)
    yield from check_files(tool)
    yield from check_filters(tool)
