# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum list, and the reader of compiled configurations behind it."""

import hashlib
import json
import struct

import jsonschema

import cfgwriter
import fixtures
from fixtures import NONE
from suites import passed
from tooling import Tool, refused, same


def listing(tool, name):
    done = tool.run("list", name, "--json")
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(tool.schema("list.schema.json")).validate(data)
    return done, data


def check_formats(tool):
    """The three kinds of files tell the same."""
    tool.pack("image.elf")
    tool.pack("image.rom", "--format", "rom", "--rom-loader", tool.files["loader"])
    done, elf = listing(tool, "image.elf")
    yield same("elf-status", (done.code, done.err), (0, ""))
    _, rom = listing(tool, "image.rom")
    _, bare = listing(tool, "system.cfg")
    yield same("formats", (elf["format"], rom["format"], bare["format"]),
               ("elf", "rom", "configuration"))
    rom["format"] = elf["format"]
    yield same("rom-like-elf", rom, elf)
    yield same("resets", [p["resets"] for p in elf["partitions"]], ["any", "cold", "none"])
    yield same("hypervisor", elf["hypervisor"][0]["start"], "0x40000000")
    yield same("config-place", elf["configuration"]["start"], hex(fixtures.CONFIG))
    yield same("config-hash", elf["configuration"]["sha256"],
               tool.read("system.cfg")[16:48].hex())
    states = {b["state"] for p in elf["partitions"] for b in p["blobs"]}
    yield same("intact", states, {"intact"})
    yield same("absent", {b["state"] for p in bare["partitions"] for b in p["blobs"]}, {"absent"})
    blobs = tool.read("system.blobs")
    for number, p in enumerate(elf["partitions"]):
        image = p["blobs"][0]
        at = int(image["start"], 16) - fixtures.BLOBS
        yield same("blob-hash-%d" % number, image["sha256"],
                   hashlib.sha256(blobs[at:at + image["size"]]).hexdigest())
    yield same("channels", [(c["name"], c["type"], c["message_size"], c["depth"], c["max_age"],
                             c["buffer_bytes"], len(c["destinations"])) for c in elf["channels"]],
               [("attitude", "sampling", 64, 0, 20000000, 2 * 80, 2),
                ('commands <&">', "queuing", 33, 8, 500000000, 8 * 56, 1),
                ("inner", "queuing", 4096, 2, 0, 2 * 4112, 1)])
    yield same("ports", [[(p["id"], p["name"], p["direction"], p["channel"]) for p in part["ports"]]
                         for part in elf["partitions"]],
               [[(0, "attitude", "source", "attitude"),
                 (1, "commands", "destination", 'commands <&">')],
                [(0, "att", "destination", "attitude"), (1, "in", "source", "inner"),
                 (2, "out", "destination", "inner")],
                [(0, "attitude", "destination", "attitude"),
                 (1, 'up <&">', "source", 'commands <&">'), (2, "loose", "source", None)]])
    text = tool.run("list", "image.elf").out
    yield same("text-resets", [line.split("' ")[1] for line in text.splitlines()
                               if line.startswith("partition ")],
               ["boot fp, resets any", "boot, resets cold", "boot, resets none"])
    yield same("text-names", [n for n in ("guidance", "telemetry", "payload", "attitude", "commands") if n not in text], [])


def check_damage(tool):
    """A bit flipped in an image is seen."""
    data = bytearray(tool.read("image.elf"))
    data[-100 - 4096 * 2] ^= 1  # inside the last partition's image
    tool.write("damaged.elf", bytes(data))
    done = tool.run("list", "damaged.elf", "--json")
    yield refused("damaged-image", done, "does not have the hash in the configuration")
    states = [b["state"] for p in json.loads(done.out)["partitions"] for b in p["blobs"]]
    yield same("damaged-one", states.count("damaged"), 1)


def senseless():
    """(name, change of the records, words that must be said); hashes are right."""
    def put(record, index, **fields):
        return lambda r: r[record][index].update(fields)

    def fields(channel, first, last, **values):
        """A channel and its ports say the same."""
        def change(r):
            for record in [r["channel"][channel]] + r["port"][first:last]:
                record.update(values)
        return change

    def queue_of(depth):
        return fields(2, 3, 5, depth=depth)

    def message_of(size):
        return fields(2, 3, 5, message_size=size)

    far = 0x1000
    yield "slot-vcpu", put("slot", 0, vcpu=3), "refers to something"
    yield "vcpu-partition", put("vcpu", 2, partition=far), "refers to something"
    yield "list-first", put("partition", 1, areas=(far, 1)), "refers to something"
    yield "list-count", put("partition", 1, areas=(0, far)), "refers to something"
    yield "list-wrap", put("partition", 1, areas=(2, 0xffffffff)), "refers to something"
    yield "text", put("partition", 0, name=0x7fffffff), "refers to something"
    yield "no-system", lambda r: r["system"].clear(), "0 systems"
    yield "two-systems", lambda r: r["system"].append(r["system"][0]), "2 systems"
    yield "frame", put("plan", 0, major_frame=0), "major frame"
    yield "slots-overlap", put("slot", 1, start=1), "does not begin"
    yield "slot-late", put("slot", 3, duration=fixtures.ms(9)), "passes"
    yield "slot-wrap", put("slot", 3, duration=(1 << 64) - 1), "passes"
    yield "slot-gap", put("slot", 4, duration=fixtures.ms(1)), "do not fill"
    yield "plans", put("cpu", 1, plans=(0, 1)), "has 1 plans"
    yield "actions", put("partition", 0, actions=(0, 3)), "health-monitor entries"
    yield "action", put("action", 4, action=99), "unknown action"
    yield "area-wrap", put("area", 0, size=(1 << 64) - 1), "wraps"
    yield "blob-outside", put("blob", 0, size=1 << 40), "outside the packed images"
    yield "segment-source", put("segment", 0, source=0), "packed images"
    yield "segment-size", put("segment", 0, memory_size=1), "packed images"
    yield "arena", put("system", 0, arena_start=0), "outside the hypervisor's memory"
    yield "arena-blobs", put("system", 0, arena_size=0x30000), "overlaps the packed images"
    yield "partition-flags", put("partition", 0, flags=0x106), "'guidance' has the unknown flags 0x100"
    yield "area-flags", put("area", 0, flags=0x101), "'code' has the unknown flags 0x100"
    yield "system-flags", put("system", 0, flags=3), "'flight' has the unknown flags 0x2"
    for record in ("system", "plan", "partition", "area"):
        yield "name-" + record, put(record, 0, name="n" * 32), "is longer than 31 bytes"
    yield "name-board", put("system", 0, board="n" * 32), "is longer than 31 bytes"
    yield "ports-gap", put("partition", 1, ports=(3, 2)), "do not follow"
    yield "ports-twice", put("partition", 1, ports=(1, 3)), "do not follow"
    yield "ports-nobody", put("partition", 2, ports=(5, 2)), "1 ports belong to no partition"
    yield "port-channel", put("port", 0, channel=far), "refers to something"
    yield "channel-receivers", put("channel", 0, receivers=(far, 1)), "refers to something"
    yield "port-kind", put("port", 7, kind=2), "does not fit its channel"
    yield "port-other-kind", put("port", 0, kind=1), "does not fit its channel"
    yield "port-direction", put("port", 7, direction=2), "does not fit its channel"
    yield "port-size", put("port", 0, message_size=63), "does not fit its channel"
    yield "port-depth", put("port", 0, depth=1), "does not fit its channel"
    yield "channel-depth", queue_of(0), "senseless"
    yield "channel-deep", queue_of(1025), "senseless"
    yield "channel-long", message_of(4097), "senseless"
    yield "channel-empty", message_of(0), "senseless"
    yield "channel-age", put("channel", 0, max_age=1 << 62), "senseless"
    yield "channel-nobody", put("channel", 0, receivers=(0, 0)), "senseless"
    yield "queue-two", put("channel", 1, receivers=(0, 2)), "senseless"
    yield "channel-no-source", put("port", 0, channel=NONE), "not one source"
    yield "channel-two-sources", put("port", 2, direction=0), "not one source"
    yield "channel-lost", put("port", 2, channel=NONE), "not one source"
    yield "requirement", put("partition", 0, duration=fixtures.ms(21)), "more time"


def check_reader(tool):
    """Configurations with the right hash and no sense."""
    for name, change, text in senseless():
        b = fixtures.flight()
        change(b.records)
        path = tool.write("senseless.cfg", cfgwriter.write(b.records))
        yield refused("senseless-" + name, tool.run("list", path), text)
    config = bytearray(tool.read("system.cfg"))
    for name, at, value in (("section-outside", 64, 0x7ffffff8), ("section-odd", 64, 293),
                            ("section-count", 68, 0x7fffffff), ("record-size", 72, 8),
                            ("sections", 48, 13), ("text-outside", 52, 0x7ffffff8),
                            ("text-size", 56, 0x7fffffff), ("text-none", 56, 0)):
        data = bytearray(config)
        struct.pack_into(">I", data, at, value)
        path = tool.write("layout.cfg", cfgwriter.seal(bytes(data)))
        yield refused("layout-" + name, tool.run("list", path), "SEP9006")
    bad = 0
    for size in list(range(0, 400)) + list(range(400, len(config), 97)):
        done = tool.run("list", tool.write("cut.cfg", bytes(config[:size])))
        bad += done.code != 1
    yield same("every-length", bad, 0)
    little = cfgwriter.write(fixtures.flight().records, big_endian=False)
    done = tool.run("list", tool.write("little.cfg", little))
    yield passed("little-endian") if done.code == 0 and "little-endian" in done.out else \
        refused("little-endian", done)


def run(ctx):
    """All checks of list."""
    tool = Tool(ctx, "list")
    yield from check_formats(tool)
    yield from check_damage(tool)
    yield from check_reader(tool)
    yield refused("nothing", tool.run("list"), "IMAGE", code=2)
    yield refused("no-image", tool.run("list", tool.files["hypervisor"]),
                  "holds no compiled configuration")
