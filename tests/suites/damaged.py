# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Wrong and damaged images: the boot stops with one line, or the partition concerned does not run."""

import os
import random
import re
import sys

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import damage   # noqa: E402  (after the path is set)
import harness  # noqa: E402
import plugin   # noqa: E402

TITLE = "damaged images: boot is refused with one line, or the partition has an integrity event"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "CMakeLists.txt", "tests/qemu/damage.py", "tests/qemu/harness.py",
         "tests/qemu/plugin.py", "tests/qemu/plugin/**", "tests/tools/cfgwriter.py"]
ORDER = 66

EXAMPLES = os.path.join("sdk", "examples")
CONFORMANCE = os.path.join("tests", "qemu", "conformance")
REFUSED = 2             # the system's exit status
FLIPS = 24              # single bits of the configuration, at random
INSTRUCTIONS = 50000000   # after which a mutated system counts as running on
TIMEOUT = 90            # seconds: only a safety net, every run ends by itself or by INSTRUCTIONS
MUTATIONS = 60          # random fields set to random values, with a right hash
SEED = 1853
HARM = re.compile(r"hypervisor fault|assertion|halt: .* status (?![012]$)")
VALUES = [0, 1, 2, 3, 7, 8, 0xff, 0xfff, 0x1000, 0x1001, 0x7fffffff, 0x80000000, 0xfffff000, 0xffffffff,
          0x40000000, 0x40010000, 0x40100000, 0xf0000000]

MAGIC = "none behind the hypervisor"
HASH = "damaged"
SECTIONS = "wrong sections"
OUTSIDE = "points outside"


def _double(image, record, index, name):
    """Sets a field to twice its value."""
    image.set(record, index, name, 2 * image.get(record, index, name))


def _add(image, record, index, name, value):
    image.set(record, index, name, image.get(record, index, name) + value)


def _like(image, record, index, name, other):
    """Gives a record's field the value of another record's."""
    image.set(record, index, name, image.get(record, other, name))


# Without a right hash: (name, change, what is said).
RAW = [
    ("no-configuration", lambda i: i.put(i.config, 0, i.word(i.header("size"))), MAGIC),
    ("magic", lambda i: i.flip(i.header("magic")), MAGIC),
    ("revision", lambda i: i.put(i.header("abi_revision"), 2), "another ABI revision"),
    ("architecture", lambda i: i.put(i.header("arch"), 4), "another architecture"),
    ("size-zero", lambda i: i.put(i.header("size"), 0), "wrong size"),
    ("size-odd", lambda i: i.put(i.header("size"), i.word(i.header("size")) + 4), "wrong size"),
    ("size-huge", lambda i: i.put(i.header("size"), 0x7ffffff8), "wrong size"),
    ("size-all", lambda i: i.put(i.header("size"), 0xfffffff8), "wrong size"),
    ("size-short", lambda i: i.put(i.header("size"), i.word(i.header("size")) - 8), HASH),
    ("size-long", lambda i: i.put(i.header("size"), i.word(i.header("size")) + 0x1000), HASH),
    ("section-count", lambda i: i.put(i.header("section_count"), 3), "wrong size"),
    ("hash", lambda i: i.flip(i.header("sha256") + 31), HASH),
]

# With a right hash, on the example `caught`: (name, change, what is said).
# Where a board has its RAM, where there is none behind it, addresses and lines that are no partition's.
BOARDS = {"leon3": {"ram": 0x40000000, "behind": 0x50000000, "above": 0xf0000000,
                    "device": 0x80000000, "own_line": 6, "no_line": 99, "unmodified": False},
          "arm64": {"ram": 0x40200000, "behind": 0xd0000000, "above": 0x7fffffe000,
                    "device": 0x09000000, "own_line": 26, "no_line": 999, "unmodified": True}}
PLACES = {}     # of the preset that is looked at

SEALED = [
    ("section-outside", lambda i: i.put(i.section("slot", "offset"), 0xfffffff8), SECTIONS),
    ("section-misaligned", lambda i: i.put(
        i.section("slot", "offset"), i.word(i.section("slot", "offset")) + 4), SECTIONS),
    ("section-in-header", lambda i: i.put(i.section("system", "offset"), 0), SECTIONS),
    ("section-overflow", lambda i: i.put(i.section("area", "count"), 0x10000000), SECTIONS),
    ("section-record-size", lambda i: i.put(i.section("vcpu", "size"), 8), SECTIONS),
    ("no-system", lambda i: i.put(i.section("system", "count"), 0), SECTIONS),
    ("text-outside", lambda i: i.put(i.header("text_offset"), 0xfffffff0), SECTIONS),
    ("text-empty", lambda i: i.put(i.header("text_size"), 0), SECTIONS),
    ("text-huge", lambda i: i.put(i.header("text_size"), 0xffffffff), SECTIONS),
    ("text-unterminated", lambda i: i.put(
        i.config + i.word(i.header("size")) - 1, 0x41, 1), SECTIONS),
    ("hypervisor-elsewhere", lambda i: _add(i, "system", 0, "hypervisor_start", 0x1000), ""),
    ("hypervisor-huge", lambda i: i.set("system", 0, "hypervisor_size", 0xfffffffffffff000), ""),
    ("arena-in-configuration",
     lambda i: i.set("system", 0, "arena_start", PLACES["ram"] + 0x1000), "arena"),
    ("arena-outside", lambda i: i.set("system", 0, "arena_start", PLACES["behind"]), "arena"),
    ("arena-small", lambda i: _add(i, "system", 0, "arena_size", -8), "arena"),
    ("arena-large", lambda i: _add(i, "system", 0, "arena_size", 8), "arena"),
    ("arena-none", lambda i: i.set("system", 0, "arena_size", 0), "arena"),
    ("blobs-outside", lambda i: i.set("system", 0, "blobs_start", PLACES["behind"]), ""),
    ("plans-none", lambda i: i.set("system", 0, "plan_count", 0), ""),
    ("plans-many", lambda i: i.set("system", 0, "plan_count", 9), "plan"),
    ("ring-odd", lambda i: i.set("system", 0, "console_ring", 1000), ""),
    ("frame-zero", lambda i: i.set("plan", 0, "major_frame", 0), "plan"),
    ("frame-long", lambda i: i.set("plan", 0, "major_frame", 1 << 50), "plan"),
    ("frame-huge", lambda i: i.set("plan", 0, "major_frame", 1 << 63), ""),
    ("slot-overlaps", lambda i: _like(i, "slot", 1, "start", 0), "plan"),
    ("slot-leaves-frame", lambda i: i.set("slot", 1, "duration", 1 << 60), "plan"),
    ("slot-late", lambda i: i.set("slot", 1, "start", (1 << 62) - 1), "plan"),
    ("slot-wraps", lambda i: i.set("slot", 1, "start", (1 << 64) - 1), ""),
    ("slot-empty", lambda i: i.set("slot", 0, "duration", 0), "plan"),
    ("partition-id", lambda i: i.set("partition", 1, "id", 0), "partition"),
    ("vcpu-foreign", lambda i: i.set("vcpu", 0, "partition", 1), "vCPU"),
    ("vcpu-processor", lambda i: i.set("vcpu", 0, "cpu", 1), ""),
    ("stack-outside", lambda i: i.set("vcpu", 0, "stack_base", PLACES["ram"] + 0x200000), "stack"),
    ("stack-wraps", lambda i: i.set("vcpu", 0, "stack_size", 0xfffffff0), "stack"),
    ("stack-misaligned", lambda i: _add(i, "vcpu", 0, "stack_base", 4), "stack"),
    ("area-misaligned", lambda i: _add(i, "area", 0, "virtual_start", 8), "area"),
    ("area-empty", lambda i: i.set("area", 0, "size", 0), "area"),
    ("area-wraps", lambda i: i.set("area", 0, "size", 0xfffff000), "area"),
    ("area-in-hypervisor", lambda i: i.set("area", 0, "physical_start", PLACES["ram"]), "area"),
    ("area-is-device", lambda i: i.set("area", 0, "physical_start", PLACES["device"]), "area"),
    ("area-at-hypervisor", lambda i: i.set("area", 0, "virtual_start", PLACES["above"]), "area"),
    ("area-of-another", lambda i: i.set(
        "area", i.get("partition", 1, "areas"), "physical_start", PLACES["ram"] + 0x100000), "area"),
    ("segment-outside", lambda i: i.set("segment", 0, "target", PLACES["ram"] + 0x200000), ""),
    ("segment-on-hypervisor", lambda i: i.set("segment", 0, "target", PLACES["ram"]), ""),
    ("segment-source", lambda i: i.set("segment", 0, "source", PLACES["ram"] + 0x1000), ""),
    ("segment-long", lambda i: i.set("segment", 0, "memory_size", 0xffffffff), ""),
    ("segment-file-long", lambda i: i.set("segment", 0, "file_size", 0xffffffff), ""),
    ("entry-outside", lambda i: i.set("partition", 0, "entry", PLACES["ram"] + 0x200000), "image"),
    ("entry-not-executable", lambda i: i.set(
        "partition", 0, "entry", i.get("partition", 0, "start_argument")), "image"),
    ("blob-outside", lambda i: i.set("blob", 0, "start", PLACES["behind"]), ""),
    ("blob-long", lambda i: i.set("blob", 0, "size", 0x7fffffff), ""),
    ("action-unknown", lambda i: i.set("action", 1, "action", 77), "health"),
]

# The same where the hypervisor runs no unmodified operating systems.
SEALED_PLAIN = [("unmodified", lambda i: _add(i, "partition", 0, "flags", 0x20), "partition")]

# The same on the example `uart`.
SEALED_UART = [
    ("interrupt-of-hypervisor",
     lambda i: i.set("interrupt", 0, "line", PLACES["own_line"]), "device"),
    ("interrupt-unknown", lambda i: i.set("interrupt", 0, "line", PLACES["no_line"]), "device"),
    ("interrupt-number", lambda i: i.set("interrupt", 0, "irq", 3), "device"),
    ("register-width", lambda i: i.set("reg", 0, "width", 3), "device"),
    ("register-misaligned", lambda i: _add(i, "reg", 0, "address", 1), "device"),
    ("register-of-hypervisor", lambda i: i.set("reg", 0, "address", PLACES["ram"]), "device"),
]


class Bench:
    """Runs damaged images of one preset."""

    def __init__(self, ctx, preset):
        self.ctx, self.preset = ctx, preset
        self.limit = plugin.limit(ctx, INSTRUCTIONS)

    def path(self, folder, target):
        """An image of the build."""
        return harness.image_path(self.ctx, self.preset, folder, target)

    def boot(self, name, image, emulator=()):
        """Write and run an image; the board is named, so that the tool does not look into it."""
        path = image.write(os.path.join(self.ctx.tmp, name + ".elf"))
        # What the emulator says of its end goes to stderr: apart from the consoles' lines.
        words = ["--"] + list(emulator) if emulator else []
        board = harness.board_of(self.ctx, self.preset)
        done = self.ctx.run([self.ctx.tool(), "run", "--board", board, "--elf", "--timeout",
                             str(TIMEOUT), path] + words, split=True, timeout=TIMEOUT + 30)
        os.unlink(path)
        return harness.Run(done.code, done.out, done.seconds, done.err)

    def refusal(self, name, image, said):
        """The image is refused with one line that says this, and nothing runs."""
        label = "%s/%s" % (self.preset, name)
        done = self.boot(name, image)
        lines = done.sources.get("septum", [])
        refusals = [line for line in lines if line.startswith("configuration refused: ")]
        others = set(done.sources) - {"septum", "boot"}
        if done.status != REFUSED or len(refusals) != 1 or said not in refusals[0] or others or \
                lines[-1] != "halt: configuration status %d" % REFUSED:
            return failed(label, "not refused with '%s', status %s:\n%s"
                          % (said, done.status, done.out))
        return passed(label, refusals[0])


def _cases(image, rows, seal):
    """(name, damaged image, what is said) of a table."""
    for name, change, said in rows:
        it = damage.Image(image)
        change(it)
        if seal:
            it.seal()
        yield name, it, said


def _flips(image):
    """Single bits of the configuration behind its header's first words."""
    source = random.Random(SEED)
    size = damage.Image(image).word(damage.Image(image).header("size"))
    for _ in range(FLIPS):
        it = damage.Image(image)
        at, bit = source.randrange(16, size), source.randrange(8)
        it.flip(it.config + at, bit)
        yield "flip-%d.%d" % (at, bit), it, "wrong size" if 48 <= at < 52 else HASH


def _references(image, known):
    """Every kind of reference, to what is not there."""
    for name, change in damage.outside(damage.Image(image)):
        if name not in known:
            known.add(name)
            it = damage.Image(image)
            change(it)
            it.seal()
            yield "reference-" + name, it, OUTSIDE


def _refusals(bench):
    caught = bench.path(EXAMPLES, "example-caught")
    uart = bench.path(EXAMPLES, "example-uart")
    known = set()
    yield from _cases(caught, RAW, False)
    yield from _flips(caught)
    yield from _cases(caught, SEALED, True)
    if not PLACES["unmodified"]:
        yield from _cases(caught, SEALED_PLAIN, True)
    yield from _cases(uart, SEALED_UART, True)
    yield from _references(uart, known)
    yield from _references(bench.path(CONFORMANCE, "conformance-ipvi"), known)


def _mutations(bench):
    """Any field, any value, a right hash: refused or run, but the hypervisor holds."""
    source = random.Random(SEED)
    caught = bench.path(EXAMPLES, "example-caught")
    for number in range(MUTATIONS):
        it = damage.Image(caught)
        record = source.choice([r for r in it.table if it.count(r)])
        index = source.randrange(it.count(record))
        _, field, _ = source.choice(it.table[record])
        value = source.choice(VALUES + [source.getrandbits(32)])
        at, size = it.field(record, index, field)
        it.put(at, value, size)
        it.seal()
        yield "mutation-%d-%s.%s" % (number, record, field), it, value


def _mutation(bench, name, image, value):
    label = "%s/%s" % (bench.preset, name)
    done = bench.boot(name, image, bench.limit)
    bad = [line for line in done.sources.get("septum", []) if HARM.search(line)]
    # 0 to 2: halted in order; or it runs on. All else is the emulator's end, a time-out or a bug.
    runs_on = plugin.ending(done.out) == "limit"
    if bad or not (runs_on or done.status in (0, 1, 2)):
        return failed(label, "value 0x%x, status %s:\n%s" % (value, done.status, done.out[-3000:]))
    return passed(label, "runs on" if runs_on else "status %d" % done.status)


def _blobs(image):
    """(index, partition's name) of each packed blob."""
    names = {}
    for index in range(image.count("partition")):
        at, _ = image.field("partition", index, "blobs")
        for blob in range(image.word(at), image.word(at) + image.word(at + 4)):
            names[blob] = index
    return sorted(names.items())


def _integrity(bench, folder, target, partitions):
    """Each blob damaged in turn: its partition halts by an integrity event, the others run."""
    path = bench.path(folder, target)
    for blob, owner in _blobs(damage.Image(path)):
        it = damage.Image(path)
        start, size = it.get("blob", blob, "start"), it.get("blob", blob, "size")
        for place, at in (("first", 0), ("last", size - 1)):
            broken = damage.Image(path)
            broken.flip(broken.offset(start + at), 7)
            yield "%s-blob-%d-%s" % (target, blob, place), broken, partitions[owner], partitions


def _damaged_partition(bench, name, image, owner, partitions):
    label = "%s/%s" % (bench.preset, name)
    done = bench.boot(name, image)
    lines = done.sources.get("septum", [])
    events = [line for line in lines if line.startswith("HM: %s event integrity " % owner)]
    others = [p for p in partitions if p != owner and p not in done.sources]
    if len(events) != 1 or owner in done.sources or others or done.status != 0:
        return failed(label, "no integrity event of %s alone, status %s, silent: %s\n%s"
                      % (owner, done.status, others, done.out))
    return passed(label, events[0])


def _cut_files(bench):
    """Image files that end early: the tool refuses them before anything starts."""
    path = bench.path(EXAMPLES, "example-caught")
    whole = damage.Image(path)
    for size in (0, 3, 51, 60, 200, len(whole.data) // 2, len(whole.data) - 1):
        name = "cut-at-%d" % size
        file = os.path.join(bench.ctx.tmp, name + ".elf")
        with open(file, "wb") as out:
            out.write(whole.data[:size])
        done = bench.ctx.run([bench.ctx.tool(), "run", "--timeout", str(TIMEOUT), file],
                             timeout=TIMEOUT + 30)
        label = "%s/%s" % (bench.preset, name)
        if done.code == 1 and re.search(r"error: .*\[SEP\d{4}\]", done.out):
            yield passed(label)
        else:
            yield failed(label, "status %s: %s" % (done.code, done.out))


def run(ctx):
    """Everything that may be wrong with an image."""
    for preset in ctx.presets:
        ctx.build(preset)
        bench = Bench(ctx, preset)
        PLACES.update(BOARDS[preset])
        yield from ctx.map(lambda case, b=bench: b.refusal(*case), _refusals(bench))
        yield from ctx.map(lambda case, b=bench: _mutation(b, *case), _mutations(bench))
        for target, names in (("example-caught", ["victim", "spy"]), ("example-files", ["reader"])):
            yield from ctx.map(lambda case, b=bench: _damaged_partition(b, *case),
                               _integrity(bench, EXAMPLES, target, names))
        yield from _cut_files(bench)
