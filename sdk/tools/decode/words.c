// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The words, from the lists of the guest's interface.

#include "decode/words.h"

#include <inttypes.h>
#include <string.h>

#include <septum/event.h>
#include <septum/hypercall.h>
#include <septum/status.h>

static const struct words_event events[] = {
#define EVENT_ROW(number, event, class_, word, text)                                               \
    [number] = {.name = (word), .class = SEP_TRACE_##class_, .fields = (text)},
    SEP_TRACE_EVENT_LIST(EVENT_ROW)
#undef EVENT_ROW
};
#define EVENT_COUNT (sizeof(events) / sizeof(events[0]))

// Of what kind an event's words are, in the list's order; what is not told here is a plain number.
static const enum word_kind kinds[EVENT_COUNT][3] = {
    [SEP_TRACE_EVENT_HYPERCALL] = {WORD_HYPERCALL, WORD_HEX, WORD_HEX},
    [SEP_TRACE_EVENT_HYPERCALL_END] = {WORD_HYPERCALL, WORD_STATUS, WORD_UNUSED},
    [SEP_TRACE_EVENT_IRQ] = {WORD_DECIMAL, WORD_UNUSED, WORD_UNUSED},
    [SEP_TRACE_EVENT_VIRQ] = {WORD_DECIMAL, WORD_UNUSED, WORD_UNUSED},
    [SEP_TRACE_EVENT_SLOT] = {WORD_DECIMAL, WORD_DECIMAL, WORD_DECIMAL},
    [SEP_TRACE_EVENT_GAP] = {WORD_DECIMAL, WORD_UNUSED, WORD_DECIMAL},
    [SEP_TRACE_EVENT_PLAN] = {WORD_DECIMAL, WORD_DECIMAL, WORD_UNUSED},
    [SEP_TRACE_EVENT_STATE] = {WORD_STATE, WORD_MODE, WORD_DECIMAL},
    [SEP_TRACE_EVENT_HM_EVENT] = {WORD_EVENT, WORD_ACTION, WORD_HEX},
    [SEP_TRACE_EVENT_PORT_WRITE] = {WORD_DECIMAL, WORD_DECIMAL, WORD_DECIMAL},
    [SEP_TRACE_EVENT_PORT_READ] = {WORD_DECIMAL, WORD_DECIMAL, WORD_DECIMAL},
    [SEP_TRACE_EVENT_USER] = {WORD_HEX, WORD_HEX, WORD_HEX},
};

static const char *const classes[] = {
#define CLASS_ROW(bit, name, word) [bit] = (word),
    SEP_TRACE_CLASS_LIST(CLASS_ROW)
#undef CLASS_ROW
};
#define CLASS_COUNT (sizeof(classes) / sizeof(classes[0]))

static const char *const hypercalls[] = {
#define CALL_ROW(number, name, args) [number] = #name,
    SEP_HYPERCALL_LIST(CALL_ROW)
#undef CALL_ROW
};

static const char *const statuses[] = {
#define STATUS_ROW(name, value, meaning) [-(value)] = #name,
    SEP_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

static const char *const states[] = {
    [SEP_STATE_HALTED] = "halted",       [SEP_STATE_READY] = "ready",
    [SEP_STATE_SUSPENDED] = "suspended", [SEP_STATE_IDLE] = "idle",
    [SEP_STATE_LOADING] = "loading",
};

static const char *const modes[] = {
    [SEP_MODE_COLD] = "cold",
    [SEP_MODE_WARM] = "warm",
    [SEP_MODE_NORMAL] = "normal",
    [SEP_MODE_IDLE] = "idle",
};

static const char *const hm_events[] = {
#define HM_ROW(name, word, ...) [name] = (word),
    SEP_EVENT_LIST(HM_ROW)
#undef HM_ROW
};

static const char *const actions[] = {
#define ACTION_ROW(name, word) [name] = (word),
    SEP_ACTION_LIST(ACTION_ROW)
#undef ACTION_ROW
};

#define WORD_LIST(words) {(words), sizeof(words) / sizeof((words)[0])}
static const struct {
    const char *const *words;
    uint32_t count;
} lists[WORD_KIND_COUNT] = {
    [WORD_HYPERCALL] = WORD_LIST(hypercalls), [WORD_STATUS] = WORD_LIST(statuses),
    [WORD_STATE] = WORD_LIST(states),         [WORD_MODE] = WORD_LIST(modes),
    [WORD_EVENT] = WORD_LIST(hm_events),      [WORD_ACTION] = WORD_LIST(actions),
};

const struct words_event *words_event(uint32_t number)
{
    return number < EVENT_COUNT ? &events[number] : NULL;
}

enum word_kind words_kind(uint32_t event, unsigned field)
{
    return kinds[event][field];
}

const char *words_class_of(uint32_t event)
{
    uint32_t n = 0;

    while (1u << n != events[event].class) {
        n++;
    }
    return classes[n];
}

const char *words_class(uint32_t n)
{
    return n < CLASS_COUNT ? classes[n] : NULL;
}

uint32_t words_count(enum word_kind kind)
{
    return lists[kind].count;
}

const char *words_number(enum word_kind kind, uint32_t value)
{
    uint32_t at = kind == WORD_STATUS ? 0u - value : value;

    return at < lists[kind].count ? lists[kind].words[at] : NULL;
}

void words_field(uint32_t event, unsigned field, char name[WORDS_FIELD_MAX])
{
    const char *from = events[event].fields;
    size_t length;

    name[0] = '\0';
    if (kinds[event][field] == WORD_UNUSED) {
        return;
    }
    for (unsigned i = 0; i < field; i++) {
        from += strcspn(from, ",");
        from += strspn(from, ", ");
    }
    length = strcspn(from, ",");
    (void)snprintf(name, WORDS_FIELD_MAX, "%.*s", (int)length, from);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == ' ' ? '_' : *c;
    }
    // The events of a partition have two of one name.
    if (field == 2u && strcmp(name, "value") == 0) {
        (void)snprintf(name, WORDS_FIELD_MAX, "second_value");
    }
}

static const char *word(enum word_kind kind, uint32_t value, char text[16])
{
    const char *known = words_number(kind, value);

    if (known != NULL) {
        return known;
    }
    if (kind == WORD_STATUS) {
        (void)snprintf(text, 16, "%" PRId32, (int32_t)value);
    } else {
        (void)snprintf(text, 16, kind == WORD_HEX ? "0x%" PRIx32 : "%" PRIu32, value);
    }
    return text;
}

static void describe_port(const struct dump *d, const struct sep_trace_record *r, char *text)
{
    const char *name = dump_channel(d, r->words[0]);
    const char *what = r->event == SEP_TRACE_EVENT_PORT_WRITE ? "wrote" : "read";

    if (name != NULL) {
        (void)snprintf(text, WORDS_TEXT_MAX, "%s message %u of channel '%s', %u bytes", what,
                       r->words[2], name, r->words[1]);
    } else {
        (void)snprintf(text, WORDS_TEXT_MAX, "%s message %u of channel %u, %u bytes", what,
                       r->words[2], r->words[0], r->words[1]);
    }
}

void words_describe(const struct dump *dump, const struct sep_trace_record *record,
                    char text[WORDS_TEXT_MAX])
{
    const uint32_t *w = record->words;
    const enum word_kind *kind = kinds[record->event];
    char spare[3][16];
    const char *a = word(kind[0], w[0], spare[0]);
    const char *b = word(kind[1], w[1], spare[1]);
    const char *c = word(kind[2], w[2], spare[2]);

    switch (record->event) {
    case SEP_TRACE_EVENT_HYPERCALL_END:
        (void)snprintf(text, WORDS_TEXT_MAX, "%s answers %s", a, b);
        break;
    case SEP_TRACE_EVENT_IRQ:
        (void)snprintf(text, WORDS_TEXT_MAX, "line %s", a);
        break;
    case SEP_TRACE_EVENT_VIRQ:
        (void)snprintf(text, WORDS_TEXT_MAX, "virtual interrupt %s", a);
        break;
    case SEP_TRACE_EVENT_SLOT:
        (void)snprintf(text, WORDS_TEXT_MAX, "slot %s of plan %s: %s, vCPU %s", a, c,
                       dump_partition(dump, record->partition), b);
        break;
    case SEP_TRACE_EVENT_GAP:
        (void)snprintf(text, WORDS_TEXT_MAX, "gap behind slot %s of plan %s", a, c);
        break;
    case SEP_TRACE_EVENT_PLAN:
        (void)snprintf(text, WORDS_TEXT_MAX, "plan %s after plan %s", a, b);
        break;
    case SEP_TRACE_EVENT_STATE:
        (void)snprintf(text, WORDS_TEXT_MAX, "%s, mode %s, %s resets", a, b, c);
        break;
    case SEP_TRACE_EVENT_HM_EVENT:
        (void)snprintf(text, WORDS_TEXT_MAX, "%s: %s, code %s", a, b, c);
        break;
    case SEP_TRACE_EVENT_PORT_WRITE:
    case SEP_TRACE_EVENT_PORT_READ:
        describe_port(dump, record, text);
        break;
    default:
        (void)snprintf(text, WORDS_TEXT_MAX, "%s %s %s", a, b, c);
        break;
    }
}

const char *words_time(char text[WORDS_TIME_MAX], uint64_t ns)
{
    (void)snprintf(text, WORDS_TIME_MAX, "%" PRIu64 ".%09" PRIu64, ns / 1000000000u,
                   ns % 1000000000u);
    return text;
}
