// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a simulation found, as plain text.

#include <inttypes.h>
#include <string.h>

#include "report/report.h"
#include "simulate/simulate.h"

/// Columns of a chart.
#define CHART 72u

static const char *name_of(const struct simulation *m, const struct simulation_vcpu *v)
{
    return m->sys->partitions[v->partition].name.text;
}

static char letter(size_t n)
{
    return (char)(n < 10 ? '0' + (int)n : n < 36 ? 'a' + (int)(n - 10) : '#');
}

// Who has the processor in the middle of each column.
static void put_chart(const struct simulation *m, const struct simulation_cpu *cpu, FILE *out)
{
    char line[CHART + 1u];
    uint64_t drawn = m->until - m->from;

    memset(line, '.', CHART);
    line[CHART] = '\0';
    for (unsigned column = 0, i = 0; column < CHART; column++) {
        uint64_t middle =
            m->from + (uint64_t)((unsigned __int128)drawn * (2u * column + 1u) / (2u * CHART));

        while (i < cpu->span_count && cpu->spans[i].end <= middle) {
            i++;
        }
        if (i < cpu->span_count && cpu->spans[i].start <= middle) {
            line[column] = letter(cpu->spans[i].who);
        }
    }
    (void)fprintf(out, "  |%s|\n", line);
}

static void put_jobs(const struct simulation_vcpu *v, FILE *out)
{
    char text[3][REPORT_NUMBER_MAX];

    (void)fprintf(out,
                  "      jobs: %" PRIu64 " released, %" PRIu64 " finished, %" PRIu64
                  " overruns, %" PRIu64 " missed",
                  v->released, v->finished, v->overruns, v->missed);
    if (v->responses != 0) {
        (void)fprintf(out, "; response %s to %s, mean %s", report_time(text[0], v->least),
                      report_time(text[1], v->most), report_time(text[2], v->sum / v->responses));
    }
    (void)fprintf(out, "\n");
}

static void put_interrupts(const struct simulation_vcpu *v, FILE *out)
{
    char text[2][REPORT_NUMBER_MAX];

    (void)fprintf(out, "      interrupts: %" PRIu64 " edges, %" PRIu64 " given", v->raised,
                  v->given);
    if (v->given != 0) {
        (void)fprintf(out, ", behind the first edge at most %s, mean %s",
                      report_time(text[0], v->delay_most),
                      report_time(text[1], v->delay_sum / v->given));
    }
    (void)fprintf(out, "\n");
}

static void put_vcpu(const struct simulation *m, const struct simulation_cpu *cpu, size_t index,
                     FILE *out)
{
    const struct simulation_vcpu *v = &cpu->vcpus[index];
    char time[REPORT_NUMBER_MAX];
    char load[REPORT_NUMBER_MAX];

    (void)fprintf(out, "  %c %-20s vCPU %-2" PRIu64 " %-8s %8s, %s in %" PRIu64 " turns\n",
                  letter(index), name_of(m, v), v->id,
                  v->pool < 0 ? "slots" : m->sys->pools[v->pool].name.text,
                  report_percent(load, v->time, cpu->length), report_time(time, v->time), v->turns);
    if (v->timed != NULL) {
        put_jobs(v, out);
    }
    if (v->raised != 0) {
        put_interrupts(v, out);
    }
}

static void put_cpu(const struct simulation *m, const struct simulation_cpu *cpu, FILE *out)
{
    char text[3][REPORT_NUMBER_MAX];

    (void)fprintf(
        out, "\nProcessor %" PRIu64 ": %" PRIu64 " decisions, %" PRIu64 " switches, idle %s\n",
        cpu->id, cpu->decisions, cpu->switches, report_percent(text[0], cpu->idle, cpu->length));
    if (cpu->ended) {
        (void)fprintf(out, "  the system ended at %s\n", report_time(text[0], cpu->length));
    }
    put_chart(m, cpu, out);
    for (size_t i = 0; i < cpu->plan_count; i++) {
        const struct simulation_plan *p = &cpu->plans[i];

        (void)fprintf(out, "  plan %" PRIu64 " from %s, %" PRIu64 " frames, idle %s\n", p->plan,
                      report_time(text[0], p->start), p->frames,
                      report_percent(text[1], p->idle, p->end - p->start));
    }
    for (size_t i = 0; i < cpu->vcpu_count; i++) {
        put_vcpu(m, cpu, i, out);
    }
}

void simulation_write_text(const struct simulation *simulation, FILE *out)
{
    char text[3][REPORT_NUMBER_MAX];

    (void)fprintf(out, "System '%s', %s simulated, drawn from %s to %s\n",
                  simulation->sys->name.text, report_time(text[0], simulation->length),
                  report_time(text[1], simulation->from), report_time(text[2], simulation->until));
    for (size_t i = 0; i < simulation->cpu_count; i++) {
        put_cpu(simulation, &simulation->cpus[i], out);
    }
}
