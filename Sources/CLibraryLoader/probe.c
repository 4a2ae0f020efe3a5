// A library that crashes, exits or hangs while it is loaded must not take the program with it, so
// it is loaded in a child process first. This is the parent's side; child.c is the other.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate.h"

typedef struct Child {
  pid_t pid;
  int input;
  bool isGone;  // Reaped, by us or by somebody else.
  bool isLost;  // By somebody else.
  int status;
} Child;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// Returns 0, or errno.
static int start(const Probe *probe, Child *child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  pid_t parent = getpid();
  CLibraryLoader_lockGate();
  pid_t pid = fork();
  if (pid == 0) CLibraryLoader_runChild(probe, ends[1], parent);
  int error = errno;
  CLibraryLoader_unlockGate();
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return error;
  }
  *child = (Child){.pid = pid, .input = ends[0]};
  return 0;
}

static void reap(Child *child) {
  if (child->isGone) return;
  pid_t got;
  do got = waitpid(child->pid, &child->status, WNOHANG);
  while (got < 0 && errno == EINTR);
  child->isGone = got != 0;
  child->isLost = got < 0;
}

// Waits for the end of the child, to the deadline; never blocks in waitpid, because a process that
// is stuck in a driver does not even die by SIGKILL.
static void reapUntil(Child *child, int64_t deadline) {
  long pause = 200000;
  for (reap(child); !child->isGone && now() < deadline; reap(child)) {
    nanosleep(&(struct timespec){.tv_nsec = pause}, NULL);
    if (pause < 20000000) pause *= 2;
  }
}

static void finish(Child *child) {
  if (!child->isGone) {
    kill(child->pid, SIGKILL);
    reapUntil(child, now() + 2000);
  }
  close(child->input);
}

static bool isReady(const CLibraryLoader_Answer *answer) { return answer->isReady != 0; }

static bool isComplete(const CLibraryLoader_Answer *answer) { return answer->isComplete != 0; }

// Reads answers until one is enough, or the end of the pipe, or the deadline. It polls in slices,
// because the pipe does not end with the child where a process made by the library holds it too.
static void receive(
    Child *child, int64_t deadline, bool (*isEnough)(const CLibraryLoader_Answer *),
    CLibraryLoader_Answer *answer) {
  while (!isEnough(answer)) {
    int64_t left = deadline - now();
    struct pollfd entry = {.fd = child->input, .events = POLLIN};
    int slice = left > 50 ? 50 : (left > 0 ? (int)left : 0);
    int ready = poll(&entry, 1, child->isGone ? 0 : slice);
    if (ready > 0) {
      CLibraryLoader_Answer received;
      ssize_t size = read(child->input, &received, sizeof received);
      if (size == (ssize_t)sizeof received) {
        received.message[sizeof received.message - 1] = 0;
        *answer = received;
      } else if (!(size < 0 && errno == EINTR)) {
        return;
      }
    } else if (child->isGone || left <= 0 || (ready < 0 && errno != EINTR)) {
      return;
    } else {
      reap(child);
    }
  }
}

static void conclude(Child *child, int64_t deadline, CLibraryLoader_ProbeResult *result) {
  if (isComplete(&result->answer)) {
    result->ending = CLibraryLoader_EndingAnswered;
    return;
  }
  reapUntil(child, deadline);
  if (!child->isGone) {
    result->ending = CLibraryLoader_EndingTimedOut;
  } else if (child->isLost) {
    result->ending = CLibraryLoader_EndingLost;
  } else if (WIFSIGNALED(child->status)) {
    result->ending = CLibraryLoader_EndingSignalled;
    result->detail = WTERMSIG(child->status);
  } else {
    result->ending = CLibraryLoader_EndingExited;
    result->detail = WEXITSTATUS(child->status);
  }
}

void CLibraryLoader_probe(
    const char *path, const char *function, int32_t count, int64_t timeoutMilliseconds,
    CLibraryLoader_ProbeResult *result) {
  Probe probe = {path, function, count, timeoutMilliseconds};
  int64_t deadline = now() + timeoutMilliseconds;
  // A child that is not ready soon was forked at a bad moment, and another is tried; or the machine
  // is slow, so each is given more time.
  for (int64_t patience = 50;; patience = patience < 2000 ? patience * 2 : patience) {
    memset(result, 0, sizeof *result);
    Child child;
    int error = start(&probe, &child);
    if (error != 0) {
      result->ending = CLibraryLoader_EndingNotStarted;
      result->detail = error;
      return;
    }
    int64_t limit = now() + patience;
    if (limit > deadline) limit = deadline;
    receive(&child, limit, isReady, &result->answer);
    bool isStuck = !isReady(&result->answer) && !child.isGone && now() >= limit;
    if (!isStuck || limit == deadline) {
      receive(&child, deadline, isComplete, &result->answer);
      conclude(&child, deadline, result);
      finish(&child);
      return;
    }
    finish(&child);
  }
}
