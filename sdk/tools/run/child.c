// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Starts, watches and ends one child process.

#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "image/fail.h"

/// How long the child may take to end when asked.
#define PATIENCE_MS 1000

static void watched_signals(sigset_t *set)
{
    (void)sigemptyset(set);
    (void)sigaddset(set, SIGINT);
    (void)sigaddset(set, SIGTERM);
    (void)sigaddset(set, SIGHUP);
    (void)sigaddset(set, SIGCHLD);
}

/// The child's side: never returns. A failed exec is told through `report`.
static _Noreturn void become(char *const argv[], bool keep_stdin, int output, int report,
                             pid_t parent, const sigset_t *mask)
{
    const struct rlimit no_core = {0, 0};
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int error = 0;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setrlimit(RLIMIT_CORE, &no_core);
    if (getppid() != parent) {
        _exit(127); // the parent died before the line above could tell
    }
    if ((!keep_stdin && (null < 0 || dup2(null, STDIN_FILENO) < 0)) ||
        dup2(output, STDOUT_FILENO) < 0) {
        _exit(127);
    }
    (void)sigprocmask(SIG_SETMASK, mask, NULL);
    (void)execvp(argv[0], argv);
    error = errno;
    (void)!write(report, &error, sizeof(error));
    _exit(127);
}

/// Learns whether exec worked: the report pipe closes then.
static bool exec_worked(const char *program, int report)
{
    int error = 0;

    if (read(report, &error, sizeof(error)) != (ssize_t)sizeof(error)) {
        return true;
    }
    return fail(program, "SEP9033", "cannot be started: %s", strerror(error));
}

bool child_start(char *const argv[], bool keep_stdin, struct child *child)
{
    int output[2] = {-1, -1};
    int report[2] = {-1, -1};
    pid_t parent = getpid();
    sigset_t watched;
    sigset_t before;

    memset(child, 0, sizeof(*child));
    watched_signals(&watched);
    (void)sigprocmask(SIG_BLOCK, &watched, &before);
    child->signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    if (child->signals < 0 || pipe2(output, O_CLOEXEC) != 0 || pipe2(report, O_CLOEXEC) != 0 ||
        (child->pid = fork()) < 0) {
        child->pid = 0;
        return fail(argv[0], "SEP9033", "cannot be started: %s", strerror(errno));
    }
    if (child->pid == 0) {
        become(argv, keep_stdin, output[1], report[1], parent, &before);
    }
    (void)close(output[1]);
    (void)close(report[1]);
    child->output = output[0];
    (void)fcntl(child->output, F_SETFL, O_NONBLOCK);
    bool good = exec_worked(argv[0], report[0]);

    (void)close(report[0]);
    if (!good) {
        child_stop(child);
    }
    return good;
}

int64_t child_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void reap(struct child *child, int options)
{
    int status = 0;

    if (child->pid != 0 && waitpid(child->pid, &status, options) == child->pid) {
        child->pid = 0;
        child->exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
}

/// Takes one pending signal; its number, 0 for none or for the child's end.
static size_t take_signal(struct child *child)
{
    struct signalfd_siginfo info;

    if (read(child->signals, &info, sizeof(info)) != (ssize_t)sizeof(info)) {
        return 0;
    }
    if (info.ssi_signo != SIGCHLD) {
        return info.ssi_signo;
    }
    reap(child, WNOHANG);
    return 0;
}

static bool take_output(struct child *child, uint8_t *buffer, size_t size, size_t *count)
{
    ssize_t got = read(child->output, buffer, size);

    *count = got > 0 ? (size_t)got : 0u;
    return got > 0;
}

enum child_event child_wait(struct child *child, int64_t deadline, uint8_t *buffer, size_t size,
                            size_t *count)
{
    struct pollfd fds[2] = {{child->signals, POLLIN, 0}, {child->output, POLLIN, 0}};

    for (;;) {
        int64_t left = deadline < 0 ? 1000 : deadline - child_now();

        *count = take_signal(child);
        if (*count != 0u) {
            return CHILD_SIGNAL;
        }
        if (left <= 0) {
            return CHILD_TIMEOUT;
        }
        if (take_output(child, buffer, size, count)) {
            return CHILD_OUTPUT;
        }
        if (child->pid == 0) {
            return CHILD_ENDED;
        }
        // A closed output without an end would be reported for ever: only the signal counts then.
        (void)poll(fds, (fds[1].revents & POLLHUP) != 0 ? 1u : 2u, left > 1000 ? 1000 : (int)left);
    }
}

void child_stop(struct child *child)
{
    int64_t deadline = child_now() + PATIENCE_MS;

    if (child->pid != 0) {
        (void)kill(child->pid, SIGTERM);
    }
    while (child->pid != 0 && child_now() < deadline) {
        const struct timespec pause = {0, 5000000};

        reap(child, WNOHANG);
        (void)nanosleep(&pause, NULL);
    }
    if (child->pid != 0) {
        (void)kill(child->pid, SIGKILL);
        reap(child, 0);
    }
    (void)close(child->output);
    (void)close(child->signals);
}
