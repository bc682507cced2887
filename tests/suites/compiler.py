# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What septum compile and septum link write, read back by readers of their own.

The system of tests/compiler uses everything that a description can say. Its configuration, packed
images and information blocks are checked record by record against what the description says; sizes of
page tables are counted here once more, entry by entry.
"""

import hashlib
import json
import os
import shutil
import struct
import sys

from suites import failed, passed

TITLE = "compiled configurations: every record, layout, hashes, byte-equal from different folders"
PRESETS = ["host"]
WATCH = ["sdk/tools/**", "sdk/include/**", "tests/compiler/**", "tests/tools/**",
         "tests/suites/compiler.py"]

RAM = 0x40000000
GRANULE = 4096
NONE = 0xffffffff    # a reference to nothing
GAP = NONE           # the vCPU of a gap between slots
READ, WRITE, EXECUTE, UNCACHED, SHARED, DEVICE, INFO, FILE = 1, 2, 4, 8, 16, 32, 64, 128
HYPERVISOR_SIZE = 0x8000
TABLE = bytes(range(256)) * 20

EXPECTED_LINK = """\
/* Partition 'flight': made by septum link. */
SEPTUM_TEXT_START = 0x40100000;
SEPTUM_TEXT_SIZE = 0x10000;
SEPTUM_DATA_START = 0x50000000;
SEPTUM_DATA_SIZE = 0x3c000;
SEPTUM_ONE_AREA = 0x0;
SEPTUM_STACK0_BASE = 0x5003e000;
SEPTUM_STACK0_TOP = 0x50040000;
SEPTUM_STACK1_BASE = 0x5003c000;
SEPTUM_STACK1_TOP = 0x5003e000;
"""


class Wrong(Exception):
    """What a check found."""


def expect(what, got, want):
    """Compare, or say what differs."""
    if got != want:
        raise Wrong("%s: got %r, expected %r" % (what, got, want))


class System:
    """The compiled system of one folder."""

    def __init__(self, ctx, tool, fake, folder):
        self.ctx, self.tool, self.folder = ctx, tool, folder
        shutil.copytree(ctx.path("tests", "compiler"), folder)
        self.write("hypervisor.elf", fake.hypervisor(size=HYPERVISOR_SIZE))
        self.write("table.bin", TABLE)
        # The data segment begins in one area and ends in the next.
        self.write("flight.elf", fake.image(text=0x40100000, data=0x4ffff000, data_size=0x1100,
                                            bss=0x100))
        os.makedirs(os.path.join(folder, "images"))
        self.write("images/payload.elf", fake.image(text=0x40300000))

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as out:
            out.write(data)

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as source:
            return source.read()

    def compile(self, cwd, prefix):
        """Compile with every path seen from another folder."""
        return self.ctx.run([self.tool, "compile", "--board-path",
                             self.ctx.path("tests", "negative", "boards"), "--hypervisor",
                             prefix + "hypervisor.elf", "--search-path", prefix + "images", "-o",
                             prefix + "system.cfg", "--blobs", prefix + "system.blobs",
                             "--depfile", prefix + "system.d", prefix + "system.xml"],
                            cwd=cwd, split=True)


def load(system, reader):
    """Records and blobs of a compiled system."""
    return reader.read(system.read("system.cfg")), system.read("system.blobs")


def count_tables(areas):
    """Page tables of one partition, from the entries that it needs: 16 MiB, 256 KiB, 4 KiB."""
    second, third = set(), set()
    for a in areas:
        va, pa, left = a["virtual_start"], a["physical_start"], a["size"]
        while left:
            step = next(s for s in (1 << 24, 1 << 18, 1 << 12)
                        if s == 1 << 12 or (not (va | pa) % s and left >= s))
            if step < 1 << 24:
                second.add(va >> 24)
            if step < 1 << 18:
                third.add(va >> 18)
            va, pa, left = va + step, pa + step, left - step
    return 1024 + 256 * (len(second) + len(third))


def up(value):
    """To the next granule."""
    return (value + GRANULE - 1) // GRANULE * GRANULE


def check_layout(records, blobs, reader, info):
    """Parts of the hypervisor's memory, in order; the arena's size from a count of our own."""
    s = records["system"][0]
    tables = sum(count_tables(reader.many(records, "area", p["areas"]))
                 for p in records["partition"])
    ring = (info["sizeof_console"] + 7) // 8 * 8
    arena = (tables + 7) // 8 * 8 + 2 * info["sizeof_partition"] + 3 * info["sizeof_vcpu"]
    arena += ring + 2048 + ring + 1024
    channel = (info["sizeof_channel"] + 7) // 8 * 8
    arena += 3 * channel + 5 * (16 + 40) + 2 * (16 + 104) + 2 * (16 + 4096)
    arena += 2 * info["sizeof_trace"] + (64 + 256) * 32
    arena += 32 + s["log_records"] * info["sizeof_hm_record"]
    config = RAM + HYPERVISOR_SIZE
    expect("arena size", s["arena_size"], arena)
    expect("behind traces", s["behind_traces"], arena - (tables + 7) // 8 * 8 -
           (ring + 2048 + ring + 1024) - (2 * info["sizeof_trace"] + (64 + 256) * 32))
    expect("arena start", s["arena_start"], up(config + info["config_size"]))
    expect("blobs start", s["blobs_start"], up(s["arena_start"] + arena))
    expect("blobs size", s["blobs_size"], len(blobs))
    expect("hypervisor", (s["hypervisor_start"], s["hypervisor_size"]), (RAM, 0x40000))
    expect("names", (s["name"], s["board"]), ("all", "bench"))
    expect("counts", (s["cpus"], s["partitions"], s["vcpus"], s["plan_count"], s["console_ring"]),
           ((0, 2), (0, 2), (0, 3), 2, 2048))


def blob_bytes(records, blobs, blob):
    """The packed bytes of a blob record."""
    start = blob["start"] - records["system"][0]["blobs_start"]
    return blobs[start:start + blob["size"]]


def check_blobs(records, blobs, reader, _info):
    """Kinds, hashes, order, and granules of their own for what is mapped."""
    kinds = [(b["name"], b["kind"]) for b in records["blob"]]
    expect("blobs", kinds, [("flight.elf", 0), ("table", 1), ("empty", 1), (".info", 2),
                            ("payload.elf", 0), (".info", 2)])
    end = records["system"][0]["blobs_start"]
    for b in records["blob"]:
        if b["start"] < end or (b["kind"] and b["start"] % GRANULE):
            raise Wrong("blob %s lies at 0x%x" % (b["name"], b["start"]))
        end = b["start"] + (up(b["size"] or 1) if b["kind"] else b["size"])
        expect("hash of " + b["name"], b["sha256"],
               hashlib.sha256(blob_bytes(records, blobs, b)).digest())
    expect("file", blob_bytes(records, blobs, records["blob"][1]), TABLE)
    expect("partition's blobs", [p["blobs"] for p in records["partition"]], [(0, 4), (4, 2)])


def check_plans(records, _blobs, reader, _info):
    """Processors, plans and slots, and the plan that one processor lacks."""
    ms = 1000000
    plans = [[(p["name"], p["id"], p["major_frame"],
               [(s["start"], s["duration"], s["vcpu"], s["id"])
                for s in reader.many(records, "slot", p["slots"])])
              for p in reader.many(records, "plan", c["plans"])] for c in records["cpu"]]
    expect("plans", plans, [
        [("nominal", 0, 20 * ms, [(0, 6 * ms, 0, 1), (6 * ms, 6 * ms, 1, 0),
                                  (12 * ms, 8 * ms, GAP, 0)]),
         ("service", 1, 1000 * ms, [(0, 1000 * ms, GAP, 0)])],
        [("nominal", 0, 20 * ms, [(0, 6 * ms, GAP, 7), (6 * ms, 6 * ms, 2, 7), (12 * ms, 8 * ms, GAP, 7)]),
         ("service", 1, 1000 * ms, [(0, ms, 2, 0), (ms, 999 * ms, GAP, 0)])]])
    expect("vCPUs", [(v["partition"], v["id"], v["cpu"], v["stack_base"], v["stack_size"])
                     for v in records["vcpu"]],
           [(0, 0, 0, 0x5003e000, 0x2000), (0, 1, 0, 0x5003c000, 0x2000),
            (1, 0, 1, 0x40308000, 0x1000)])


def check_partitions(records, blobs, reader, _info):
    """Flags, areas, segments and what hangs on a partition."""
    flight, payload = records["partition"]
    expect("flight", [flight[k] for k in ("name", "id", "flags", "console_ring", "period",
                                          "duration", "entry")],
           ["flight", 0, 7, 1024, 20000000, 6000000, 0x40100000])
    areas = [(a["name"], a["virtual_start"], a["physical_start"], a["size"], a["flags"])
             for a in reader.many(records, "area", flight["areas"])]
    table, empty, info = [b["start"] for b in records["blob"][1:4]]
    expect("areas", areas, [
        ("code", 0x40100000, 0x40100000, 0x10000, READ | EXECUTE),
        ("table", 0x40180000, table, 0x2000, READ | FILE),
        ("low", 0x4ffff000, 0x40600000, 0x1000, READ),
        ("data", 0x50000000, 0x40240000, 0x40000, READ | WRITE | UNCACHED),
        ("both", 0x50040000, 0x40400000, 0x1000, READ | WRITE | SHARED),
        ("empty", 0x50041000, empty, 0x1000, READ | FILE),
        (".info", 0x50042000, info, 0x1000, READ | INFO),
        ("link", 0x80010000, 0x80010000, 0x1000, READ | WRITE | UNCACHED | DEVICE)])
    expect("information block", flight["start_argument"], 0x50042000)
    image = records["blob"][0]["start"]
    expect("segments", [tuple(s.values()) for s in
                        reader.many(records, "segment", flight["segments"])],
           [(0x40100000, image, 600, 600), (0x40600000, image + 600, 0x1000, 0x1000),
            (0x40240000, image + 600 + 0x1000, 0x100, 0x200)])
    expect("interrupts", [tuple(i.values()) for i in
                          reader.many(records, "interrupt", flight["interrupts"])],
           [(5, 16, 0, 0), (2, 17, 0, 0)])
    expect("registers", [tuple(r.values()) for r in
                         reader.many(records, "reg", flight["registers"])],
           [(0x80020000, 4, 0xffffffff, 0, 0), (0x80020010, 2, 0xffff, 0x0f, 0)])
    expect("ipvi", [(i["id"], [tuple(t.values()) for t in
                               reader.many(records, "ipvi_target", i["targets"])])
                    for i in reader.many(records, "ipvi", flight["ipvis"])],
           [(3, [(2, 11), (0, 11)])])
    traces = [(r["trace_mask"], r["trace_records"]) for r in
              (records["system"][0], flight, payload)]
    expect("traces", traces, [(2 | 4, 64), (0, 0), (1 | 8 | 16 | 32, 256)])
    expect("payload's flags and console", (payload["flags"], payload["console_ring"]), (0, 0))


def check_channels(records, _blobs, reader, _info):
    """Ports in the order of each partition, channels in their own; who is told is a vCPU 0."""
    ms = 1000000
    flight, payload = records["partition"]
    ports = [[tuple(p.values()) for p in reader.many(records, "port", part["ports"])]
             for part in (flight, payload)]
    expect("ports", ports, [
        [("self", 2, 1, 1, 4096, 2), ("commands", 0, 1, 1, 33, 5), ("attitude", 1, 0, 0, 100, 0),
         ("mine", 1, 0, 1, 100, 0), ("myself", 2, 1, 0, 4096, 2)],
        [("attitude", 1, 0, 1, 100, 0), ("out", 0, 1, 0, 33, 5)]])
    fields = ("name", "max_age", "kind", "message_size", "depth", "sender")
    expect("channels", [tuple(c[f] for f in fields) for c in records["channel"]],
           [("commands", 14 * ms, 1, 33, 5, 2), ("attitude", 20 * ms, 0, 100, 0, NONE),
            ("inner", 0, 1, 4096, 2, 0)])
    expect("receivers", [[tuple(e.values()) for e in
                          reader.many(records, "channel_end", c["receivers"])]
                         for c in records["channel"]],
           [[(0, 0)], [(2, 0), (0, 0)], [(0, 0)]])


def check_own_actions(records, reader, events, actions):
    """The hypervisor's own events, its resets and its log."""
    system = records["system"][0]
    own = [(actions[a["action"]], a["log"]) for a in reader.many(records, "action",
                                                                  system["actions"])]
    expect("own actions", (len(own), own[events.index("internal-error")],
                           own[events.index("integrity")]),
           (len(events), ("hypervisor-warm-reset", 1), ("hypervisor-halt", 1)))
    expect("log and restarts", (system["log_records"], system["restarts"]), (64, 5))


def check_actions(records, _blobs, reader, _info):
    """One action for each event: the description's, or the default."""
    import cfgwriter
    events = cfgwriter.words("event.h", "SEP_EVENT_LIST")
    actions = cfgwriter.words("event.h", "SEP_ACTION_LIST")
    flight, payload = records["partition"]
    got = [(actions[a["action"]], a["log"]) for a in reader.many(records, "action",
                                                                  flight["actions"])]
    plain = [(actions[a["action"]], a["log"]) for a in reader.many(records, "action",
                                                                    payload["actions"])]
    expect("number of actions", len(got), len(events))
    check_own_actions(records, reader, events, actions)
    expect("restart limit", [(p["restarts"], p["restart_time"]) for p in records["partition"]],
           [(3, 10000000000), (0, 0)])
    expect("mem-protection", got[events.index("mem-protection")], ("propagate", 0))
    expect("default", plain[events.index("mem-protection")], ("suspend", 1))
    for event, mine, default in zip(events, got, plain):
        if event != "mem-protection":
            expect(event, mine, default)


def check_info(records, blobs, _reader, _info):
    """The information block of the first partition, field by field."""
    block = blob_bytes(records, blobs, records["blob"][3])
    ms = 1000000
    head = struct.unpack(">IIIIII32sQIIIIIIIIIIII", block[:112])
    expect("head", head[:6] + (head[6].rstrip(b"\0"),) + head[7:10],
           (0x53455049, 1, len(block), 1, 0, 7, b"flight", 1000, 2, 2))
    vcpus, areas, files, irqs, ports = head[10:20:2]
    expect("counts", head[11:20:2], (2, 8, 2, 2, 5))
    expect("stacks", struct.unpack(">QQQQ", block[vcpus:vcpus + 32]),
           (0x5003e000, 0x2000, 0x5003c000, 0x2000))
    rows = [struct.unpack(">32sQQII", block[areas + 56 * i:areas + 56 * i + 56]) for i in range(8)]
    expect("areas", [(r[0].rstrip(b"\0").decode(),) + r[1:4] for r in rows],
           [(a["name"], a["virtual_start"], a["size"], a["flags"])
            for a in records["area"][:8]])
    rows = [struct.unpack(">32sQQ32s", block[files + 80 * i:files + 80 * i + 80]) for i in range(2)]
    expect("files", [(r[0].rstrip(b"\0"),) + r[1:] for r in rows],
           [(b"table", 0x40180000, len(TABLE), hashlib.sha256(TABLE).digest()),
            (b"empty", 0x50041000, 0, hashlib.sha256(b"").digest())])
    expect("lines", struct.unpack(">IIII", block[irqs:irqs + 16]), (5, 16, 2, 17))
    rows = [struct.unpack(">32sQIIII", block[ports + 56 * i:ports + 56 * i + 56]) for i in range(5)]
    expect("ports", [(r[0].rstrip(b"\0"),) + r[1:] for r in rows],
           [(b"self", 0, 1, 1, 4096, 2), (b"commands", 14 * ms, 1, 1, 33, 5),
            (b"attitude", 20 * ms, 0, 0, 100, 0), (b"mine", 20 * ms, 0, 1, 100, 0),
            (b"myself", 0, 1, 0, 4096, 2)])
    expect("end", (ports, ports + 5 * 56), (irqs + 16, len(block)))


CHECKS = [check_layout, check_blobs, check_plans, check_partitions, check_channels, check_actions,
          check_info]


def records_right(ctx, system, reader, fake):
    """Every check over one compiled system."""
    done = system.compile(system.folder, "")
    if not done.ok:
        yield failed("compile", done.out + done.err)
        return
    records, blobs = load(system, reader)
    info = dict(fake.INFO, config_size=len(system.read("system.cfg")))
    for check in CHECKS:
        try:
            check(records, blobs, reader, info)
            yield passed(check.__name__[6:])
        except Wrong as error:
            yield failed(check.__name__[6:], str(error))


def warnings(ctx, system, fake):
    """A warning stops nothing: outputs are written, the status is 0; --json has it apart from errors."""
    other = System(ctx, system.tool, fake, os.path.join(ctx.tmp, "warned"))
    text = other.read("system.xml").decode().replace('"20ms">\n      <Source', '"13999us">\n      <Source')
    other.write("system.xml", text.encode())
    done = other.compile(other.folder, "")
    line, older = (text[:text.index(word)].count("\n") + 1 for word in ("refreshPeriod", "maxAge"))
    want = ("system.xml:%d: warning: channel 'commands' keeps messages for 14ms, but in plan 'service' "
            "its destination 'flight' has no slot: what 'payload' sends at 0ns is too old at 14ms; "
            "leave 'maxAge' out, or give 'flight' a slot in plan 'service' [SEP7110]\n"
            "system.xml:%d: warning: channel 'attitude' has a refresh period of 13999us, but in plan "
            "'nominal' no slot of its source 'flight' begins between 6ms and 20ms, which is 14ms; "
            "lengthen 'refreshPeriod', or give 'flight' a slot in between [SEP7110]\n"
            "system.xml:%d: warning: channel 'attitude' has a refresh period of 13999us, but in plan "
            "'service' its source 'flight' has no slot: what 'payload' reads 1s after the plan's start, "
            "in its slot at 0ns, is older than that; leave 'refreshPeriod' out, or give 'flight' a slot "
            "in plan 'service' [SEP7110]\n" % (older, line, line))
    if not done.ok or done.err != want or len(other.read("system.cfg")) < 64:
        return failed("warnings", "%s%s\nexpected\n%s" % (done.out, done.err, want))
    done = ctx.run([system.tool, "check", "--json", "--board-path",
                    ctx.path("tests", "negative", "boards"), "system.xml"], cwd=other.folder,
                   split=True)
    told = json.loads(done.out)
    got = (done.code, told["ok"], told["errors"], [(w["id"], w["line"]) for w in told["warnings"]])
    return passed("warnings") if got == (0, True, [], [("SEP7110", n) for n in (older, line, line)]) else \
        failed("warnings", "%r" % (got,))


def reproducible(ctx, system, other):
    """The same bytes from another folder, with other paths, a second time."""
    done = other.compile(ctx.tmp, other.folder + "/")
    if not done.ok:
        return failed("reproducible", done.out + done.err)
    for name in ("system.cfg", "system.blobs"):
        if system.read(name) != other.read(name):
            return failed("reproducible", name + " differs")
    return passed("reproducible")


def depfile(ctx, system):
    """Everything that was read is in the make rule."""
    words = system.read("system.d").decode().replace("\\\n", " ").split()
    board = ctx.path("tests", "negative", "boards", "bench.xml")
    want = ["system.cfg:", "system.xml", board, "hypervisor.elf",
            "images/payload.elf", "flight.elf", "table.bin", "empty.bin"]
    return passed("depfile") if words == want else failed("depfile", "%s\n%s" % (words, want))


def link(ctx, system):
    """Linker symbols of a partition; an unknown one is an error."""
    command = [system.tool, "link", "--board-path", ctx.path("tests", "negative", "boards")]
    done = ctx.run(command + ["--partition", "flight", "system.xml"], cwd=system.folder, split=True)
    if not done.ok or done.out != EXPECTED_LINK:
        return failed("link", done.out + done.err)
    done = ctx.run(command + ["--partition=fligth", "system.xml"], cwd=system.folder, split=True)
    if done.code != 1 or "did you mean 'flight'?" not in done.err:
        return failed("link", done.out + done.err)
    return passed("link")


USAGE = [([], 2), (["nosuch"], 2), (["--help"], 0), (["--version"], 0), (["check"], 2),
         (["check", "--nosuch", "x"], 2), (["check", "a", "b"], 2), (["check", "--board"], 2),
         (["check", "--json=1", "x"], 2), (["check", "--help"], 0), (["compile", "x"], 2),
         (["compile", "--hypervisor", "x", "x"], 2), (["link", "x"], 2), (["schema", "x"], 2),
         (["schema"], 0), (["schema", "board"], 0)]


def usage(ctx, tool):
    """Exit codes of command lines; the printed schemas are the ones of the sources."""
    for words, code in USAGE:
        done = ctx.run([tool] + words, split=True)
        if done.code != code or (code == 2) != bool(done.err):
            return failed("usage", "%s: %d\n%s%s" % (words, done.code, done.out, done.err))
    for name in ("system", "board"):
        with open(ctx.path("sdk", "tools", "schema", name + ".xsd"), encoding="utf-8") as source:
            if ctx.run([tool, "schema", name], split=True).out != source.read():
                return failed("usage", "schema %s is not the source's" % name)
    return passed("usage")


def all_lines(ctx, tool):
    """70000 lines: libxml2 alone would lose count at 65535."""
    with open(ctx.path("tests", "compiler", "system.xml"), encoding="utf-8") as source:
        text = source.read()
    path = os.path.join(ctx.tmp, "long.xml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text.replace("<Partitions>", "\n" * 70000 + "<Partitions>").replace(
            'rights="rwx"', 'rights="wx"'))
    number = text.splitlines().index(next(x for x in text.splitlines() if 'rights="rwx"' in x))
    done = ctx.run([tool, "check", "--board-path", ctx.path("tests", "negative", "boards"), path],
                   split=True)
    want = "%s:%d: error: rights 'wx'" % (path, number + 70001)
    return passed("lines") if done.err.startswith(want) else failed("lines", done.err)


def run(ctx):
    """Compile one system twice and look at everything."""
    sys.path.insert(0, ctx.path("tests", "tools"))
    import cfgreader
    import fake_hypervisor
    tool = ctx.tool()
    system = System(ctx, tool, fake_hypervisor, os.path.join(ctx.tmp, "one"))
    other = System(ctx, tool, fake_hypervisor, os.path.join(ctx.tmp, "further", "two"))
    yield from records_right(ctx, system, cfgreader, fake_hypervisor)
    yield warnings(ctx, system, fake_hypervisor)
    yield reproducible(ctx, system, other)
    yield depfile(ctx, system)
    yield link(ctx, system)
    yield usage(ctx, tool)
    yield all_lines(ctx, tool)
