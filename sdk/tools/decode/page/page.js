// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The time line of a trace: draws what is in view, anew on each move. Everything drawn carries its
// data; where more lies in a row than can be told apart, the row shows how many there are.
"use strict";
(() => {
const data = JSON.parse(document.getElementById("trace").textContent);
const byId = id => document.getElementById(id);
const svg = byId("line"), detail = byId("detail"), note = byId("note"), found = byId("found");
const search = byId("search"), space = svg.namespaceURI;

// Geometry, in CSS pixels.
const AXIS = 30, LANE = 22, TICKS = 20, MARKS = 20, PAD = 7, ROW_MAX = 1500, BIN = 4, SPAN_MIN = 200;

const names = new Map(data.partitions.map(p => [p.id, p.name]));
const channels = new Map(data.channels.map(c => [c.id, c.name]));
const nameOf = id => id === null ? "hypervisor" : names.get(id) ?? "partition " + id;
const channelOf = id => channels.get(id) ?? "channel " + id;
const rowOf = stream => stream === 0 ? null : stream - 1;

// What can be drawn and chosen, each with its row and the text that is searched.
const events = data.records.map((r, i) => ({kind: "event", index: i, row: rowOf(r.stream), r,
  start: r.time, end: r.time, group: r.class,
  text: [r.event, r.text, nameOf(rowOf(r.stream)), r.class].join(" ").toLowerCase()}));
const slots = data.slots.map((r, i) => ({kind: "slot", index: i, row: r.partition, r,
  start: r.start, end: r.end, group: "slots",
  text: ["slot", r.slot, "plan", r.plan, nameOf(r.partition)].join(" ").toLowerCase()}));
const messages = data.messages.map((r, i) => ({kind: "message", index: i, r, start: r.written,
  end: r.read, group: "messages", row: r.source,
  text: ["message", r.number, channelOf(r.channel), nameOf(r.source), nameOf(r.destination)]
    .join(" ").toLowerCase()}));
const everything = [...events, ...slots, ...messages];
const ordered = [...everything].sort((a, b) => a.start - b.start);

function makeRows() {
  const used = new Set(), lanes = new Map();
  for (const e of everything) used.add(e.row);
  for (const m of messages) used.add(m.r.destination);
  if (used.size === 0) for (const s of data.streams) used.add(s.partition);
  for (const s of slots) lanes.set(s.row, Math.max(lanes.get(s.row) ?? 1, s.r.vcpu + 1));
  const ids = [...used].sort((a, b) => (a ?? -1) - (b ?? -1));
  let y = AXIS;
  return ids.map(id => {
    const stream = data.streams.find(s => s.partition === id), bars = id === null ? 0 :
      Math.min(lanes.get(id) ?? 1, 8);
    const row = {id, stream, y, bars, height: 2 * PAD + bars * LANE + TICKS + MARKS,
      events: events.filter(e => e.row === id), slots: slots.filter(s => s.row === id)};
    y += row.height;
    return row;
  });
}
const rows = makeRows(), rowAt = new Map(rows.map(r => [r.id, r]));
const height = rows.reduce((sum, r) => sum + r.height, AXIS) + 8;

let first = Infinity, last = -Infinity;
for (const e of everything) { first = Math.min(first, e.start); last = Math.max(last, e.end); }
if (!everything.length) { first = 0; last = 1000000; }
if (last - first < SPAN_MIN) last = first + SPAN_MIN;
const margin = (last - first) * 0.02;
const whole = {from: first - margin, to: last + margin};
let view = {...whole}, chosen = null, words = "", hits = new Set(), cursor = null, waiting = false;
const hidden = new Set();

const gutter = () => svg.clientWidth < 640 ? 96 : 168;
const plot = () => Math.max(svg.clientWidth - gutter() - 8, 50);
const x = time => gutter() + (time - view.from) / (view.to - view.from) * plot();
const clamp = (v, low, high) => Math.min(Math.max(v, low), high);
const inView = e => e.end >= view.from && e.start <= view.to && !hidden.has(e.group);

function make(parent, tag, attributes, title) {
  const e = document.createElementNS(space, tag);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (title !== undefined) e.append(Object.assign(document.createElementNS(space, "title"),
    {textContent: title}));
  parent.append(e);
  return e;
}

function write(parent, text, attributes) {
  make(parent, "text", attributes).textContent = text;
}

function cut(text, width) {
  const fits = Math.floor(width / 7);
  return text.length <= fits ? text : fits < 4 ? "" : text.slice(0, fits - 1) + "\u2026";
}

// A time with as many decimals as the step between two of them needs.
function timeText(ns, step) {
  const [unit, size] = Math.max(Math.abs(ns), step) >= 1e9 && step >= 1e5 ? ["s", 1e9] :
    Math.abs(ns) >= 1e6 || step >= 1e6 ? ["ms", 1e6] :
    Math.abs(ns) >= 1e3 || step >= 1e3 ? ["\u00b5s", 1e3] : ["ns", 1];
  const decimals = clamp(Math.ceil(Math.log10(size / step) - 1e-9), 0, 9);
  return (ns / size).toFixed(decimals) + " " + unit;
}

function exact(ns) {
  const digits = String(ns).padStart(10, "0");
  return digits.slice(0, -9) + "." + digits.slice(-9).replace(/(...)(?=.)/g, "$1\u202f") + " s";
}

function drawAxis(into) {
  const wanted = (view.to - view.from) / Math.max(plot() / 120, 2);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max([1, 2, 5, 10].map(f => f * decade).find(s => s >= wanted), 1);
  for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
    const g = make(into, "g", {class: "tick"});
    make(g, "line", {x1: x(t), x2: x(t), y1: AXIS - 6, y2: height});
    if (x(t) > gutter() + 30 && x(t) < gutter() + plot() - 30)
      write(g, timeText(t, step), {x: x(t), y: AXIS - 12});
  }
}

function drawSlot(into, s, y) {
  const r = s.r, left = x(Math.max(s.start, view.from)), right = x(Math.min(s.end, view.to));
  const top = y + PAD + Math.min(r.vcpu, 7) * LANE;
  const e = make(into, "rect", {class: `slot c${r.partition % 10}${r.complete ? "" : " open"}`,
    x: left, y: top, width: Math.max(right - left, 1), height: LANE - 2,
    rx: Math.min(3, (right - left) / 4), "data-kind": "slot", "data-index": s.index, "data-partition": r.partition, "data-vcpu": r.vcpu, "data-cpu": r.cpu,
    "data-slot": r.slot, "data-plan": r.plan, "data-start": r.start, "data-end": r.end},
    `slot ${r.slot} of plan ${r.plan}: ${nameOf(r.partition)}, vCPU ${r.vcpu}, ` +
    `CPU ${r.cpu}, from ${exact(r.start)} for ${timeText(r.end - r.start, 1)}`);
  const label = cut("slot " + r.slot, right - left - 12);
  if (label) write(into, label, {class: "inside", x: left + 6, y: top + 15});
  return e;
}

// The shape of an event, round its time; hypercalls have a lane of their own.
const SHAPES = {
  "hypercall": (a, y) => `M${a} ${y}v${TICKS - 4}`,
  "hypercall-end": (a, y) => `M${a} ${y + 7}v${TICKS - 11}`,
  "interrupts": (a, y) => `M${a} ${y + 2}l4.5 8h-9z`,
  "scheduling": (a, y) => `M${a} ${y + 1}l4.5 5-4.5 5-4.5-5z`,
  "health": (a, y) => `M${a - 5} ${y + 6}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z`,
  "ports": (a, y) => `M${a - 3.5} ${y + 2.5}h7v7h-7z`,
  "partition": (a, y) => `M${a} ${y + 12}v-11l7 3.5l-7 3.5`,
};

function drawEvent(into, event, row) {
  const r = event.r, y = row.y + PAD + row.bars * LANE + (r.class === "hypercalls" ? 1 : TICKS + 2);
  return make(into, "path", {class: "event k-" + r.class,
    d: (SHAPES[r.event] ?? SHAPES[r.class])(x(r.time), y), "data-kind": "event",
    "data-index": event.index, "data-stream": r.stream, "data-number": r.number,
    "data-time": r.time, "data-event": r.event, "data-class": r.class},
    `${r.event}: ${r.text}\n${exact(r.time)}`);
}

// Where single events cannot be told apart: how many there are.
function drawDensity(into, list, row, of) {
  const count = Math.max(Math.floor(plot() / BIN), 1), bins = new Array(count).fill(0);
  const width = (view.to - view.from) / count;
  for (const e of list) {
    const middle = Math.max(e.start, view.from);
    bins[clamp(Math.floor((middle - view.from) / width), 0, count - 1)]++;
  }
  const most = Math.max(...bins), top = of === "slot" ? row.y + PAD : row.y + PAD + row.bars * LANE;
  const room = of === "slot" ? LANE - 2 : TICKS + MARKS - 2;
  bins.forEach((n, i) => {
    const h = n ? Math.max(room * Math.log1p(n) / Math.log1p(most), 2) : 0;
    if (n) make(into, "rect", {class: "density", x: gutter() + i * plot() / count, y: top + room - h,
      width: plot() / count, height: h, "data-kind": "density", "data-of": of,
      "data-row": row.id ?? "", "data-count": n}, `${n} ${of}s; zoom in to see them`);
  });
}

function drawMessage(into, m) {
  const from = rowAt.get(m.r.source), to = rowAt.get(m.r.destination);
  const a = x(m.r.written), b = x(m.r.read);
  const ya = from.y + PAD + from.bars * LANE + TICKS + 8, yb = to.y + PAD + to.bars * LANE + TICKS + 8;
  const bend = from === to ? `Q${(a + b) / 2} ${ya + 22}` : "L";
  return make(into, "path", {class: "message", d: `M${a} ${ya}${bend} ${b} ${yb}`,
    "data-kind": "message", "data-index": m.index, "data-channel": m.r.channel,
    "data-number": m.r.number, "data-size": m.r.size, "data-source": m.r.source ?? "",
    "data-destination": m.r.destination ?? "", "data-written": m.r.written, "data-read": m.r.read},
    `message ${m.r.number} of ${channelOf(m.r.channel)}: ${nameOf(m.r.source)} to ` +
    `${nameOf(m.r.destination)}, ${m.r.size} bytes, ${timeText(m.r.read - m.r.written, 1)} later`);
}

function drawRowBase(into, row, i) {
  make(into, "rect", {class: "row" + (i % 2 ? " odd" : ""), x: 0, y: row.y, width: svg.clientWidth,
    height: row.height});
  const oldest = row.events.length ? row.events[0].start : last;
  if (row.stream?.lost && oldest > view.from) {
    make(into, "rect", {class: "lost", "data-kind": "lost", "data-count": row.stream.lost,
      x: gutter(), y: row.y + 2, height: row.height - 4,
      width: Math.max(Math.min(x(oldest), gutter() + plot()) - gutter(), 0)},
      `${row.stream.lost} records are lost: newer ones took their places`);
  }
}

function drawLabel(into, row) {
  const width = gutter() - 16;
  write(into, cut(nameOf(row.id), width), {class: "name", x: 10, y: row.y + 20});
  const text = !row.stream ? "no trace" :
    `${row.events.length} events` + (row.stream.lost ? `, ${row.stream.lost} lost` : "");
  write(into, cut(text, width + 8), {class: "sub" + (row.stream?.lost ? " bad" : ""), x: 10,
    y: row.y + 36});
}

function mark(element, item) {
  if (!element) return;
  if (item === chosen) element.classList.add("chosen");
  if (hits.has(item)) element.classList.add("hit");
}

function drawRow(into, row, crowded) {
  // What the health monitor says lies on top.
  for (const [list, one, of] of [[row.slots, s => drawSlot(into, s, row.y), "slot"],
                                 [row.events, e => drawEvent(into, e, row), "event"]]) {
    const seen = list.filter(inView);
    if (seen.length > ROW_MAX) {
      drawDensity(into, seen, row, of);
      crowded.push(`${seen.length} ${of}s of ${nameOf(row.id)}`);
    } else {
      for (const top of [false, true])
        for (const item of seen) if ((item.group === "health") === top) mark(one(item), item);
    }
  }
}

function drawFrame(fixed) {
  make(fixed, "rect", {class: "gutter", x: 0, y: 0, width: gutter() - 6, height});
  make(fixed, "line", {class: "edge", x1: gutter() - 6, x2: gutter() - 6, y1: 0, y2: height});
  rows.forEach(row => drawLabel(fixed, row));
}

function draw() {
  const crowded = [], old = svg.querySelector("#drawing");
  waiting = false;
  svg.setAttribute("height", height);
  svg.classList.toggle("searching", words !== "");
  const all = make(svg, "g", {id: "drawing"});
  rows.forEach((row, i) => drawRowBase(all, row, i));
  drawAxis(all);
  rows.forEach(row => drawRow(all, row, crowded));
  const seen = messages.filter(inView);
  if (seen.length > ROW_MAX) crowded.push(`${seen.length} messages`);
  else for (const m of seen) mark(drawMessage(all, m), m);
  if (cursor !== null) make(all, "line", {class: "cursor", x1: cursor, x2: cursor, y1: AXIS - 6, y2: height});
  drawFrame(all);
  old?.remove();
  note.textContent = crowded.length ? crowded.join(", ") + ": zoom in to see each" :
    `${timeText(view.to - view.from, (view.to - view.from) / 1000)} in view`;
}

function later() {
  if (!waiting) { waiting = true; requestAnimationFrame(draw); }
}

function show(from, to) {
  const span = clamp(to - from, SPAN_MIN, whole.to - whole.from), middle = (from + to) / 2;
  const start = clamp(middle - span / 2, whole.from, whole.to - span);
  view = {from: start, to: start + span};
  later();
}

function zoom(factor, at = (view.from + view.to) / 2) {
  const span = clamp((view.to - view.from) * factor, SPAN_MIN, whole.to - whole.from);
  const share = (at - view.from) / (view.to - view.from);
  show(at - share * span, at + (1 - share) * span);
}

function move(share) {
  const by = share * (view.to - view.from);
  show(view.from + by, view.to + by);
}

function fields(item) {
  const r = item.r;
  if (item.kind === "event") return [["event", r.event], ["what", r.text], ["time", exact(r.time)],
    ["trace", nameOf(item.row)], ["partition", nameOf(r.partition)], ["vCPU", r.vcpu],
    ["CPU", r.cpu], ["number", r.number]];
  if (item.kind === "slot") return [["slot", r.slot], ["plan", r.plan],
    ["partition", nameOf(r.partition)], ["vCPU", r.vcpu], ["CPU", r.cpu], ["start", exact(r.start)],
    ["end", exact(r.end) + (r.complete ? "" : ", or before")],
    ["duration", timeText(r.end - r.start, 1)]];
  return [["message", r.number], ["channel", channelOf(r.channel)], ["bytes", r.size],
    ["from", nameOf(r.source)], ["to", nameOf(r.destination)], ["written", exact(r.written)],
    ["read", exact(r.read)], ["later by", timeText(r.read - r.written, 1)]];
}

function choose(item, reveal) {
  chosen = item;
  detail.replaceChildren();
  if (!item) {
    detail.textContent = "Nothing is selected.";
  } else {
    const list = document.createElement("dl");
    for (const [key, value] of fields(item)) {
      const pair = document.createElement("div");
      pair.append(Object.assign(document.createElement("dt"), {textContent: key}),
        Object.assign(document.createElement("dd"), {textContent: value}));
      list.append(pair);
    }
    detail.append(list);
  }
  detail.dataset.kind = item ? item.kind : "";
  detail.dataset.index = item ? item.index : "";
  if (item && reveal && (item.start < view.from || item.start > view.to)) {
    const span = view.to - view.from;
    show(item.start - span / 2, item.start + span / 2);
  }
  later();
}

// The next thing that can be chosen: among the finds, if something is searched for.
function step(by) {
  const list = words ? ordered.filter(e => hits.has(e)) :
    ordered.filter(e => e.kind === "event" && !hidden.has(e.group));
  if (!list.length) return;
  let at = list.indexOf(chosen);
  if (at < 0) {
    const here = chosen ? chosen.start : view.from;
    at = list.findIndex(e => e.start >= here);
    at = at < 0 ? list.length : at;
    at -= by > 0 ? 1 : 0;
  }
  choose(list[(at + by + list.length) % list.length], true);
  tell();
}

function tell() {
  const list = words ? ordered.filter(e => hits.has(e)) : [];
  const at = list.indexOf(chosen);
  found.textContent = !words ? "" : !list.length ? "nothing found" :
    `${at < 0 ? "" : at + 1 + " of "}${list.length} found`;
}

function find() {
  words = search.value.trim().toLowerCase();
  hits = new Set(words ? everything.filter(e => !hidden.has(e.group) && e.text.includes(words)) : []);
  tell();
  fill();
  later();
}

// The table of events: what is found, or all; the first ones, for a table of everything helps nobody.
const LISTED = 300;
function fill() {
  const list = words ? events.filter(e => hits.has(e)) : events.filter(e => !hidden.has(e.group));
  const body = byId("list").querySelector("tbody");
  body.replaceChildren(...list.slice(0, LISTED).map(e => {
    const line = document.createElement("tr");
    line.dataset.index = e.index;
    for (const text of [exact(e.r.time), nameOf(e.row), e.r.event, e.r.text])
      line.append(Object.assign(document.createElement("td"), {textContent: text}));
    return line;
  }));
  byId("listed").textContent = `(${Math.min(list.length, LISTED)} of ${list.length})`;
}

function itemOf(target) {
  const e = target.closest?.("[data-index]");
  return !e ? null : {event: events, slot: slots, message: messages}[e.dataset.kind ?? "event"]
    [Number(e.dataset.index)];
}

const timeAt = event => view.from + (event.clientX - svg.getBoundingClientRect().left - gutter()) /
  plot() * (view.to - view.from);

let drag = null;
svg.addEventListener("wheel", event => {
  event.preventDefault();
  const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) move(sideways / 1000);
  else zoom(1.0015 ** clamp(event.deltaY, -400, 400), clamp(timeAt(event), view.from, view.to));
}, {passive: false});
svg.addEventListener("pointerdown", event => {
  if (event.button === 0) drag = {x: event.clientX, from: view.from, to: view.to, moved: false};
});
addEventListener("pointermove", event => {
  if (!drag) return;
  if (Math.abs(event.clientX - drag.x) > 3) drag.moved = true;
  if (!drag.moved) return;
  svg.classList.add("moving");
  const by = (drag.x - event.clientX) / plot() * (drag.to - drag.from);
  show(drag.from + by, drag.to + by);
});
addEventListener("pointerup", event => {
  if (drag && !drag.moved && svg.contains(event.target)) choose(itemOf(event.target), false);
  drag = null;
  svg.classList.remove("moving");
});
svg.addEventListener("pointermove", event => {
  const at = event.clientX - svg.getBoundingClientRect().left;
  cursor = at > gutter() ? at : null;
  const line = svg.querySelector(".cursor");
  if (line && cursor !== null) { line.setAttribute("x1", cursor); line.setAttribute("x2", cursor); }
  else if (cursor !== null) later();
});
svg.addEventListener("pointerleave", () => { cursor = null; later(); });

// Keys and buttons zoom round what is chosen, if that is in view.
function zoomHere(factor) {
  const at = chosen && chosen.start >= view.from && chosen.start <= view.to ? chosen.start : undefined;
  zoom(factor, at);
}

const keys = {
  "+": () => zoomHere(0.5), "=": () => zoomHere(0.5), "-": () => zoomHere(2), "_": () => zoomHere(2),
  "0": () => show(whole.from, whole.to), "ArrowLeft": () => move(-0.2), "ArrowRight": () => move(0.2),
  "n": () => step(1), "p": () => step(-1), "/": () => search.focus(),
  "Escape": () => { search.value = ""; find(); choose(null); svg.focus(); },
};
addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === search) {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") keys.Escape();
    return;
  }
  if (event.target.tagName === "INPUT" && event.key.startsWith("Arrow")) return;
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
search.addEventListener("input", find);
for (const [id, key] of [["in", "+"], ["out", "-"], ["fit", "0"], ["next", "n"], ["previous", "p"],
                         ["left", "ArrowLeft"], ["right", "ArrowRight"]])
  byId(id).addEventListener("click", () => keys[key]());
byId("list").addEventListener("click", event => {
  const line = event.target.closest("tr[data-index]");
  if (line) { choose(events[Number(line.dataset.index)], true); svg.focus(); }
});

// A switch for each group that there is.
for (const group of ["slots", ...new Set(data.records.map(r => r.class)), "messages"]) {
  if (!everything.some(e => e.group === group)) continue;
  const label = document.createElement("label"), box = document.createElement("input");
  Object.assign(box, {type: "checkbox", checked: true, name: group});
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(group); else hidden.add(group);
    find();
  });
  label.append(box, group);
  byId("groups").append(label);
}
new ResizeObserver(later).observe(svg);
choose(null);
fill();
draw();
})();
