// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Admission of a pool's real-time vCPUs. The host tool compiles this file, too: nothing but the
// interface is included, and nothing is divided by the machine, which may have no 64-bit division.

#include <septum/admission.h>

#define NEVER UINT64_MAX

// Binary long division: value / by, and the rest. by > 0, both below 2^63.
static uint64_t divide(uint64_t value, uint64_t by, uint64_t *rest)
{
    uint64_t quotient = 0;

    *rest = 0;
    for (uint32_t bit = 0; bit < 64u; bit++) {
        *rest = *rest << 1 | value >> 63;
        value <<= 1;
        quotient <<= 1;
        if (*rest >= by) {
            *rest -= by;
            quotient |= 1u;
        }
    }
    return quotient;
}

static uint64_t quotient_of(uint64_t value, uint64_t by)
{
    uint64_t rest;

    return divide(value, by, &rest);
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0u) {
        uint64_t rest;

        (void)divide(a, b, &rest);
        a = b;
        b = rest;
    }
    return a;
}

static bool is_ours(const struct sep_admission *a, uint32_t slot)
{
    return a->slots[slot].pool.index == a->pool;
}

// Of the first x ns of a slot, with what interrupts may take at the beginning of each window taken off.
static uint64_t usable(const struct sep_admission *a, uint64_t duration, uint64_t x)
{
    uint64_t window = a->preemption_window;
    uint64_t rest;
    uint64_t windows;
    uint64_t length;
    uint64_t taken;

    if (window == 0u) {
        return x;
    }
    windows = divide(x, window, &rest);
    length = duration - windows * window;
    length = length < window ? length : window;
    taken = sep_admission_budget(length, a->preemption);
    return windows * (window - sep_admission_budget(window, a->preemption)) +
           (rest > taken ? rest - taken : 0u);
}

// Of one frame up to t in it.
static uint64_t supply_within(const struct sep_admission *a, uint64_t t)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < a->slot_count; i++) {
        const struct sep_cfg_slot *slot = &a->slots[i];

        if (is_ours(a, i) && t > slot->start) {
            sum += usable(a, slot->duration,
                          t - slot->start < slot->duration ? t - slot->start : slot->duration);
        }
    }
    return sum;
}

// From the start of the plan up to t.
static uint64_t supply_until(const struct sep_admission *a, uint64_t t)
{
    uint64_t rest;
    uint64_t frames = divide(t, a->frame, &rest);

    return frames * supply_within(a, a->frame) + supply_within(a, rest);
}

// What sections that are not preempted may take within any interval; and preemptions by interrupts, besides what they
// take at the beginnings of windows, with the one that ends late.
static uint64_t sections(const struct sep_admission *a)
{
    uint64_t sum = a->blocking * (a->count + 1u);

    if (a->preemption_window != 0u) {
        sum += sep_admission_budget(a->preemption_window, a->preemption) + a->blocking;
    }
    return sum;
}

// The open job with the earliest deadline; NULL: none is open.
static struct sep_admission_task *earliest(const struct sep_admission *a)
{
    struct sep_admission_task *first = NULL;

    for (uint32_t i = 0; i < a->count; i++) {
        struct sep_admission_task *task = &a->tasks[i];

        if (task->left != 0u && (first == NULL || task->due < first->due)) {
            first = task;
        }
    }
    return first;
}

// Releases what is due at t, but for jobs with a deadline behind `last`, and those of a vCPU whose job before
// is open still: that one has missed its deadline. Answers the next release behind t.
static uint64_t release(struct sep_admission *a, uint64_t t, uint64_t last)
{
    uint64_t next = NEVER;

    for (uint32_t i = 0; i < a->count; i++) {
        struct sep_admission_task *task = &a->tasks[i];

        while (task->next <= t && task->left == 0u) {
            if (task->next + task->deadline <= last) {
                task->due = task->next + task->deadline;
                task->left = task->capacity + a->overhead;
                a->demand += task->left;
                a->window = task->next < a->window ? task->next : a->window;
            }
            task->next += task->period;
        }
        next = task->next > t && task->next < next ? task->next : next;
    }
    return next;
}

/// Where the schedule that is followed has come to.
struct place {
    uint64_t t;
    uint64_t frame; ///< start of the frame that t lies in
    uint32_t slot;  ///< the next one of it that has not ended
};

// Moves t behind what interrupts may take of the window that it lies in; the window's end.
static uint64_t enter_window(const struct sep_admission *a, struct place *p, uint64_t start,
                             uint64_t end)
{
    uint64_t rest;
    uint64_t taken;

    (void)divide(p->t - start, a->preemption_window, &rest);
    start = p->t - rest;
    end = end - start < a->preemption_window ? end : start + a->preemption_window;
    taken = sep_admission_budget(end - start, a->preemption);
    p->t = rest < taken ? start + taken : p->t;
    return end;
}

// Moves t into a slot of the pool if it lies in none; the slot's end, or its window's.
static uint64_t enter_slot(const struct sep_admission *a, struct place *p)
{
    for (;;) {
        const struct sep_cfg_slot *slot = &a->slots[p->slot];
        uint64_t start;

        if (p->slot == a->slot_count) {
            p->slot = 0;
            p->frame += a->frame;
            continue;
        }
        start = p->frame + slot->start;
        if (is_ours(a, p->slot) && p->t < start + slot->duration) {
            p->t = p->t > start ? p->t : start;
            return a->preemption_window == 0u ? start + slot->duration
                                              : enter_window(a, p, start, start + slot->duration);
        }
        p->slot++;
    }
}

static void begin(struct sep_admission *a)
{
    for (uint32_t i = 0; i < a->count; i++) {
        a->tasks[i].next = a->tasks[i].offset;
        a->tasks[i].left = 0;
    }
    a->window = 0;
    a->demand = 0;
}

// Gives the processor to a job up to `end`, or until it is done. False: it is not done by its deadline, with
// all that sections may take.
static bool execute(const struct sep_admission *a, struct sep_admission_task *task, struct place *p,
                    uint64_t end)
{
    if (task->left > end - p->t) {
        task->left -= end - p->t;
        p->t = end;
        return p->t < task->due;
    }
    p->t += task->left;
    task->left = 0;
    return p->t <= task->due && supply_until(a, task->due) - supply_until(a, p->t) >= sections(a);
}

// Follows the schedule of all jobs with deadlines up to `last`, at least as far. The first of them that is not
// done in time; NULL: all are. Leaves in a->window when nothing was open last, and in a->demand what was
// released since.
static struct sep_admission_task *follow(struct sep_admission *a, uint64_t last)
{
    struct place p = {.t = 0};

    begin(a);
    while (p.t < last) {
        uint64_t end = enter_slot(a, &p);
        struct sep_admission_task *task;
        uint64_t next;

        if (earliest(a) == NULL) {
            a->window = p.t;
            a->demand = 0;
        }
        next = release(a, p.t, last);
        end = next < end ? next : end;
        task = earliest(a);
        if (task == NULL) {
            p.t = end;
        } else if (!execute(a, task, &p, end)) {
            return task;
        } else {
            // It goes on, or another one.
        }
    }
    return earliest(a);
}

// Slots of a frame, those of the pool as their windows.
static uint64_t pieces(const struct sep_admission *a)
{
    uint64_t sum = a->slot_count;

    for (uint32_t i = 0; a->preemption_window != 0u && i < a->slot_count; i++) {
        sum += is_ours(a, i) ? quotient_of(a->slots[i].duration, a->preemption_window) : 0u;
    }
    return sum;
}

// The least common multiple of frame and periods; 0: too much happens in it. `last`: up to when the schedule has to be
// followed until it repeats, which is twice as long, behind the last first release, where they are not all together.
static uint64_t common_time(const struct sep_admission *a, uint64_t *last)
{
    uint64_t common = a->frame;
    uint64_t offset = 0;
    uint64_t steps;

    for (uint32_t i = 0; i < a->count; i++) {
        const struct sep_admission_task *task = &a->tasks[i];
        uint64_t times = quotient_of(task->period, common_divisor(common, task->period));

        // Below 2^47 both: the product is below 2^60.
        if (times > SEP_ADMISSION_STEPS || common >> 47 != 0u) {
            return 0;
        }
        common *= times;
        offset = task->offset > offset ? task->offset : offset;
    }
    *last = offset == 0u ? common : 2u * common + offset;
    steps = quotient_of(*last, a->frame) * pieces(a);
    for (uint32_t i = 0; i < a->count; i++) {
        steps += quotient_of(*last, a->tasks[i].period);
    }
    return steps > SEP_ADMISSION_STEPS ? 0u : common;
}

// Names the deadline that was missed: the window in which too much is wanted begins where nothing with such
// a deadline was open last.
static enum sep_admission_answer missed(struct sep_admission *a,
                                        const struct sep_admission_task *task)
{
    a->task = (uint32_t)(task - a->tasks);
    a->missed = task->due;
    (void)follow(a, a->missed);
    a->demand += sections(a);
    a->supply = supply_until(a, a->missed) - supply_until(a, a->window);
    return SEP_ADMISSION_MISSED;
}

// part / whole in 2^-32, rounded down; whole below 2^47.
static uint64_t share(uint64_t part, uint64_t whole)
{
    uint64_t rest;
    uint64_t value = divide(part, whole, &rest);

    value = value << 16 | divide(rest << 16, whole, &rest);
    return value << 16 | divide(rest << 16, whole, &rest);
}

// value * part / 2^32, rounded down.
static uint64_t scale(uint64_t value, uint64_t part)
{
    return (value >> 32) * part + (((value & UINT32_MAX) * part) >> 32);
}

// Of all real-time vCPUs, in 2^-32; less than `count` too small.
static uint64_t utilization(const struct sep_admission *a)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < a->count; i++) {
        sum += share(a->tasks[i].capacity + a->overhead, a->tasks[i].period);
    }
    return sum;
}

// Least supply of any interval of a length: those that begin where a slot of the pool, or a window of it, ends have
// it.
static uint64_t least_supply(const struct sep_admission *a, uint64_t length)
{
    uint64_t least = NEVER;

    for (uint32_t i = 0; i < a->slot_count; i++) {
        uint64_t left = is_ours(a, i) ? a->slots[i].duration : 0u;
        uint64_t start = a->slots[i].start;

        while (left != 0u) {
            uint64_t piece = left;
            uint64_t supply;

            if (a->preemption_window != 0u && a->preemption_window < left) {
                piece = a->preemption_window;
            }
            start += piece;
            left -= piece;
            supply = supply_until(a, start + length) - supply_until(a, start);
            least = supply < least ? supply : least;
        }
    }
    return least;
}

// A length, a number of frames, from which on demand stays below supply: both grow along lines there. 0: there is
// none near enough.
static uint64_t tail(const struct sep_admission *a)
{
    uint64_t wanted = utilization(a) + a->count;
    uint64_t given = share(supply_within(a, a->frame), a->frame);
    uint64_t capacities = sections(a);
    uint64_t length = a->frame;

    for (uint32_t i = 0; i < a->count; i++) {
        capacities += a->tasks[i].capacity + a->overhead;
    }
    while (wanted <= given) {
        uint64_t steps = 0;

        for (uint32_t i = 0; i < a->count; i++) {
            steps += (quotient_of(length, a->tasks[i].period) + 1u) * pieces(a);
        }
        if (steps > SEP_ADMISSION_STEPS) {
            return 0;
        }
        if (capacities + scale(length, wanted) + 1u <= scale(length - a->frame, given)) {
            return length;
        }
        length *= 2u;
    }
    return 0;
}

// The deadline of window lengths that comes next.
static struct sep_admission_task *next_due(const struct sep_admission *a)
{
    struct sep_admission_task *first = a->tasks;

    for (uint32_t i = 1; i < a->count; i++) {
        first = a->tasks[i].next < first->next ? &a->tasks[i] : first;
    }
    return first;
}

static enum sep_admission_answer compare(struct sep_admission *a)
{
    uint64_t last = tail(a);
    struct sep_admission_task *task;

    a->window = 0;
    a->demand = sections(a);
    for (uint32_t i = 0; i < a->count; i++) {
        a->tasks[i].next = a->tasks[i].deadline;
    }
    do {
        task = next_due(a);
        a->task = (uint32_t)(task - a->tasks);
        a->missed = task->next;
        a->demand += task->capacity + a->overhead;
        a->supply = least_supply(a, task->next);
        task->next += task->period;
    } while (a->missed < last && a->demand <= a->supply);
    return last != 0u && a->demand <= a->supply ? SEP_ADMISSION_SUFFICIENT
                                                : SEP_ADMISSION_NOT_SHOWN;
}

// What real-time vCPUs want in a time that is a multiple of the frame, without sections that are not preempted.
static uint64_t demand_in(const struct sep_admission *a, uint64_t time, bool whole)
{
    uint64_t sum = 0;

    if (!whole) {
        return scale(time, utilization(a));
    }
    for (uint32_t i = 0; i < a->count; i++) {
        sum += quotient_of(time, a->tasks[i].period) * (a->tasks[i].capacity + a->overhead);
    }
    return sum;
}

// Whether they leave what is reserved for others; in the long run they cannot take more than there is.
static bool leaves_reserve(struct sep_admission *a, uint64_t time, bool whole)
{
    a->window = 0;
    a->missed = time;
    a->demand = demand_in(a, time, whole);
    a->supply = supply_until(a, time);
    return a->demand <= a->supply - quotient_of(a->supply, 100) * a->reserve;
}

enum sep_admission_answer sep_admission_test(struct sep_admission *a)
{
    enum sep_admission_answer answer = SEP_ADMISSION_EXACT;
    uint64_t last = 0;
    uint64_t common = common_time(a, &last);

    if (a->count == 0u) {
        return answer;
    }
    if (common == 0u) {
        answer = compare(a);
    } else {
        const struct sep_admission_task *task = follow(a, last);

        if (task != NULL) {
            answer = missed(a, task);
        } else if (a->preemption_window != 0u) {
            answer = SEP_ADMISSION_SUFFICIENT;
        } else {
            // Every deadline was looked at.
        }
    }
    if (answer <= SEP_ADMISSION_SUFFICIENT &&
        !leaves_reserve(a, common != 0u ? common : a->frame, common != 0u)) {
        answer = SEP_ADMISSION_RESERVE;
    }
    return answer;
}
