// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The model of pools in steps of time.

#include "model.h"

#define NEVER UINT32_MAX

static bool runs(const struct model *m, uint32_t vcpu)
{
    return m->vcpu[vcpu].life == MODEL_RUNS;
}

static bool in_pool(const struct model *m)
{
    return m->slot >= 0 && m->plan[m->current].slot[m->slot].who == MODEL_POOL;
}

// The open job with the earliest deadline; the first of equal ones.
static int earliest(const struct model *m)
{
    int first = MODEL_NOBODY;

    for (uint32_t i = 0; i < m->tasks; i++) {
        if (m->task[i].open && (first == MODEL_NOBODY || m->task[i].due < m->task[first].due)) {
            first = (int)i;
        }
    }
    return first;
}

// A job that was not finished. Who idles has nothing to do.
static void cut(struct model *m, uint32_t task, uint32_t *count)
{
    m->task[task].open = false;
    if (runs(m, task) && !m->vcpu[task].idle) {
        (*count)++;
    }
}

static void cut_late(struct model *m)
{
    for (uint32_t i = 0; i < m->tasks; i++) {
        if (m->task[i].open && m->now >= m->task[i].due) {
            m->late = m->late || (runs(m, i) && !m->vcpu[i].idle && m->task[i].left != 0);
            cut(m, i, &m->task[i].missed);
        }
    }
}

static void cut_used(struct model *m)
{
    int first = earliest(m);

    if (first >= 0 && m->task[first].left == 0) {
        cut(m, (uint32_t)first, &m->task[first].overruns);
    }
}

static void release(struct model *m)
{
    for (uint32_t i = 0; i < m->tasks; i++) {
        struct model_task *t = &m->task[i];

        if (m->now >= t->next) {
            while (m->now >= t->next + t->period) {
                t->next += t->period; // it is over already
            }
            t->due = t->next + t->deadline;
            t->next += t->period;
            t->left = t->capacity;
            t->open = true;
            t->released++;
            m->vcpu[i].idle = false;
        }
    }
}

// Jobs of those who cannot run end as soon as it is their turn.
static int choose_job(struct model *m)
{
    int first = earliest(m);

    while (first >= 0 && !runs(m, (uint32_t)first)) {
        m->task[first].open = false;
        if (m->fast.any) {
            m->devices =
                MODEL_NOBODY; // it was chosen for a moment, and lines were turned over to it
        }
        first = earliest(m);
    }
    return first;
}

static bool next_turn(struct model *m, bool at_once)
{
    for (uint32_t i = 1; i <= m->others; i++) {
        uint32_t turn = (m->turn + i) % m->others;
        uint32_t vcpu = m->tasks + turn;

        if (runs(m, vcpu) && !(at_once && m->vcpu[vcpu].idle)) {
            m->turn = turn;
            m->turn_left = m->quantum;
            m->vcpu[vcpu].idle = false;
            return true;
        }
    }
    return false;
}

static int choose_turn(struct model *m)
{
    uint32_t holder = m->tasks + m->turn;
    bool keeps = m->turn_left != 0 && runs(m, holder);

    if (keeps && !m->vcpu[holder].idle) {
        return (int)holder;
    }
    if (!next_turn(m, keeps) && !keeps) {
        return MODEL_NOBODY;
    }
    return (int)(m->tasks + m->turn);
}

static bool is_open(const struct model *m)
{
    return earliest(m) != MODEL_NOBODY;
}

static uint32_t owner(const struct model *m)
{
    return m->tasks;
}

static void give(struct model *m, int who)
{
    if (who >= 0 && !runs(m, (uint32_t)who)) {
        who = MODEL_NOBODY;
    }
    if (who >= 0 && m->devices != who) {
        m->vcpu[who].idle = false; // who has lost the processor idles no longer
    }
    m->who = m->devices = who;
}

// The line is handled as soon as its owner runs, or would run.
static void take(struct model *m)
{
    struct model_fast *f = &m->fast;
    bool preempts = in_pool(m) && !f->active && f->left != 0 && m->chosen >= 0 &&
                    m->chosen != (int)owner(m) && !f->solid[m->chosen];

    if (!f->any || !f->asserted || f->masked || (m->devices != (int)owner(m) && !preempts)) {
        return;
    }
    f->asserted = false;
    f->masked = true;
    m->vcpu[owner(m)].idle = false;
    if (m->devices != (int)owner(m)) {
        f->active = true;
        f->until = m->now + (is_open(m) || f->resets ? m->quantum : m->turn_left);
        give(m, (int)owner(m));
    }
}

static void decide(struct model *m)
{
    m->fast.active = m->fast.active && in_pool(m) && !m->vcpu[owner(m)].idle && m->fast.left != 0 &&
                     m->now < m->fast.until;
    m->chosen = MODEL_NOBODY;
    if (in_pool(m)) {
        m->chosen = m->fast.active ? earliest(m) : choose_job(m);
        m->chosen = m->chosen >= 0 ? m->chosen : choose_turn(m);
    } else if (m->slot >= 0) {
        m->chosen = m->plan[m->current].slot[m->slot].who;
    } else {
        // A gap.
    }
    give(m, m->fast.active ? (int)owner(m) : m->chosen);
    take(m);
}

// Releases begin anew with the plan, when the pool has its first slot in it.
static void restart(struct model *m)
{
    if (m->epoch == m->plan_start) {
        return;
    }
    m->epoch = m->plan_start;
    for (uint32_t i = 0; i < m->tasks; i++) {
        m->task[i].next = m->task[i].started ? m->epoch + m->task[i].offset : NEVER;
        if (m->task[i].open) {
            cut(m, i, &m->task[i].missed);
        }
    }
}

// A window begins at the start of a slot, and where the one before ends; the last one ends with the slot.
static void refill(struct model *m)
{
    const struct model_slot *slot = &m->plan[m->current].slot[m->slot];
    uint32_t end = m->frame_start + slot->end;

    if (m->now == m->frame_start + slot->start || m->now == m->fast.window_end) {
        m->fast.window_end = m->now + m->fast.window;
        m->fast.left = ((m->fast.window_end < end ? m->fast.window_end : end) - m->now) / 2u;
    }
}

static void enter_slot(struct model *m)
{
    const struct model_plan *plan;
    int before = m->slot;

    if (m->now - m->frame_start == m->plan[m->current].frame) {
        m->frame_start = m->now;
        before = MODEL_NOBODY;
        if (m->wanted != m->current) {
            m->current = m->wanted;
            m->plan_start = m->now;
        }
    }
    plan = &m->plan[m->current];
    m->slot = MODEL_NOBODY;
    for (uint32_t i = 0; i < plan->slots; i++) {
        uint32_t at = m->now - m->frame_start;

        if (at >= plan->slot[i].start && at < plan->slot[i].end) {
            m->slot = (int)i;
        }
    }
    m->fast.active = m->fast.active && m->slot == before; // it ends with its slot
    if (m->slot >= 0 && m->slot != before && !in_pool(m)) {
        m->vcpu[plan->slot[m->slot].who].idle = false;
    }
}

static uint32_t happened(const struct model *m)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < m->tasks; i++) {
        sum += m->task[i].released + (m->task[i].open ? 1u << 16 : 0u);
    }
    return sum;
}

static void look(struct model *m)
{
    uint32_t before = happened(m);
    int slot = m->slot;
    uint32_t window_end = m->fast.window_end;

    enter_slot(m);
    if (in_pool(m)) {
        refill(m);
        restart(m);
        cut_late(m);
        cut_used(m);
        release(m);
        cut_late(m);
    }
    // In a preemption the pool decides when something has happened, and else only the owner runs.
    if (!m->fast.active || slot != m->slot || before != happened(m) || m->fast.left == 0 ||
        m->now >= m->fast.until || window_end != m->fast.window_end ||
        (!is_open(m) && m->turn_left == 0)) {
        decide(m);
    }
}

void model_start(struct model *m)
{
    m->now = 0;
    m->current = m->wanted = 0;
    m->plan_start = m->frame_start = 0;
    m->epoch = NEVER;
    m->slot = MODEL_NOBODY;
    m->turn = m->turn_left = 0;
    m->who = m->devices = MODEL_NOBODY;
    m->late = false;
    m->fast.active = m->fast.asserted = m->fast.masked = false;
    for (uint32_t i = 0; i < m->tasks; i++) {
        m->task[i].started = m->task[i].autostart;
        m->task[i].open = false;
        m->task[i].next = NEVER;
        m->task[i].released = m->task[i].finished = 0;
        m->task[i].overruns = m->task[i].missed = 0;
    }
    for (uint32_t i = 0; i < MODEL_VCPUS; i++) {
        m->vcpu[i] = (struct model_vcpu){MODEL_RUNS, false};
    }
    look(m);
}

void model_step(struct model *m)
{
    if (m->fast.active) {
        m->fast.left--;
        m->turn_left -= is_open(m) || m->fast.resets ? 0u : 1u; // the turn that it recycles
    } else if (in_pool(m) && m->who >= 0) {
        if ((uint32_t)m->who < m->tasks) {
            m->task[m->who].left--;
        } else {
            m->turn_left--;
        }
    }
    m->now++;
    look(m);
}

int model_executes(const struct model *m)
{
    return m->who >= 0 && m->vcpu[m->who].idle ? MODEL_NOBODY : m->who;
}

void model_wait(struct model *m)
{
    m->task[m->who].open = false;
    m->task[m->who].finished++;
    m->vcpu[m->who].idle = true;
    decide(m);
}

void model_idle(struct model *m)
{
    m->vcpu[m->who].idle = true;
    decide(m);
}

void model_handled(struct model *m)
{
    m->fast.masked = false;
    take(m);
}

void model_interrupt(struct model *m)
{
    m->fast.asserted = true;
    take(m);
}

void model_begin(struct model *m, uint32_t task)
{
    struct model_task *t = &m->task[task];

    if (t->started) {
        return;
    }
    t->started = true;
    t->next = m->plan_start + t->offset;
    while (t->next <= m->now) {
        t->next += t->period;
    }
}

void model_end(struct model *m, uint32_t task)
{
    m->task[task].started = false;
    m->task[task].next = NEVER;
    m->task[task].open = false;
    decide(m);
}

void model_suspend(struct model *m, uint32_t vcpu)
{
    if (m->vcpu[vcpu].life == MODEL_RUNS) {
        m->vcpu[vcpu].life = MODEL_SUSPENDED;
    }
    decide(m);
}

void model_resume(struct model *m, uint32_t vcpu)
{
    if (m->vcpu[vcpu].life == MODEL_SUSPENDED) {
        m->vcpu[vcpu].life = MODEL_RUNS;
    }
    decide(m);
}

void model_halt(struct model *m, uint32_t vcpu)
{
    m->vcpu[vcpu].life = MODEL_HALTED;
    decide(m);
}

void model_reset(struct model *m, uint32_t vcpu)
{
    m->vcpu[vcpu].life = MODEL_RUNS;
    m->vcpu[vcpu].idle = false;
    if (vcpu < m->tasks) {
        m->task[vcpu].open = false;
    }
    decide(m);
}
