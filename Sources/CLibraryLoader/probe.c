// A library that crashes, exits or hangs while it is loaded must not take the program with it, so
// it is loaded in a child process first.
//
// fork without exec, in a program with threads: glibc reinitialises malloc's locks and the dynamic
// loader's in the child, so dlopen is safe there; the gate (gate.h) sees to it that none of our own
// threads is in the middle of a dlopen at that moment.

#define _GNU_SOURCE
#include "CLibraryLoader.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate.h"

_Static_assert(sizeof(CLibraryLoader_Answer) <= PIPE_BUF, "an answer must be one atomic write");

// --- Child ---

// exit, called by the library, would run the program's own exit handlers and flush its stdio
// buffers a second time. Handlers run last in, first out, so this one comes before them all.
static void leave(int status, void *unused) {
  (void)unused;
  _exit(status);
}

static void isolate(pid_t parent, int64_t timeoutMilliseconds) {
  // The program's handlers (Swift's backtracer is one) are not meant for this crash.
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);

  // No core file. 1 and not 0: where cores are piped to a program the kernel ignores the limit, but
  // takes 1 to mean that no core is wanted; and dumping a large process would outlast the deadline.
  struct rlimit core;
  if (getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max > 0) {
    core.rlim_cur = 1;
    setrlimit(RLIMIT_CORE, &core);
  }

  // The parent kills this process at the deadline. These are for a parent that dies first.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  alarm((unsigned)(timeoutMilliseconds / 1000) + 5);

  on_exit(leave, NULL);
}

static void silence(void) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) return;
  for (int descriptor = 0; descriptor <= 2; descriptor++) dup2(null, descriptor);
}

static void send(int descriptor, const CLibraryLoader_Answer *answer) {
  while (write(descriptor, answer, sizeof *answer) < 0 && errno == EINTR) continue;
}

static int call(void *function, int32_t count, int32_t *values) {
  switch (count) {
    case 1: return ((int (*)(int *))function)(values);
    case 2: return ((int (*)(int *, int *))function)(values, values + 1);
    default: return ((int (*)(int *, int *, int *))function)(values, values + 1, values + 2);
  }
}

static _Noreturn void runChild(
    int descriptor, pid_t parent, const char *path, const char *function, int32_t count,
    int64_t timeoutMilliseconds) {
  CLibraryLoader_renewGate();
  isolate(parent, timeoutMilliseconds);
  // A program started with closed standard descriptors gets a pipe in their place.
  int output = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (output < 0) _exit(0);
  silence();

  CLibraryLoader_Answer answer;
  memset(&answer, 0, sizeof answer);
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    const char *words = dlerror();
    snprintf(answer.message, sizeof answer.message, "%s", words != NULL ? words : "");
  } else {
    answer.isLoaded = 1;
    send(output, &answer);  // Should the version function crash, the parent knows it was that.
    void *entry = function != NULL ? CLibraryLoader_symbol(handle, function, NULL) : NULL;
    if (entry != NULL) {
      answer.hasFunction = 1;
      answer.status = call(entry, count, answer.values);
    }
  }
  answer.isComplete = 1;
  send(output, &answer);
  _exit(0);
}

// --- Parent ---

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

typedef struct Child {
  pid_t pid;
  bool isGone;  // Reaped, by us or by somebody else.
  bool isLost;  // By somebody else.
  int status;
} Child;

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

// Reads answers until the complete one, the end of the pipe or the deadline. It polls in slices,
// because the pipe does not end with the child where a process made by the library holds it too.
static void receive(int descriptor, Child *child, int64_t deadline, CLibraryLoader_Answer *answer) {
  while (!answer->isComplete) {
    int64_t left = deadline - now();
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    int slice = left > 50 ? 50 : (left > 0 ? (int)left : 0);
    int ready = poll(&entry, 1, child->isGone ? 0 : slice);
    if (ready > 0) {
      CLibraryLoader_Answer received;
      ssize_t size = read(descriptor, &received, sizeof received);
      if (size == (ssize_t)sizeof received) {
        received.message[sizeof received.message - 1] = 0;
        *answer = received;
      } else if (!(size < 0 && (errno == EINTR || errno == EAGAIN))) {
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
  bool isLate = false;
  if (!result->answer.isComplete) {
    reapUntil(child, deadline);
    isLate = !child->isGone;
  }
  if (!child->isGone) {
    kill(child->pid, SIGKILL);
    reapUntil(child, now() + 2000);
  }
  if (result->answer.isComplete) {
    result->ending = CLibraryLoader_EndingAnswered;
  } else if (isLate) {
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
  memset(result, 0, sizeof *result);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    result->ending = CLibraryLoader_EndingNotStarted;
    result->detail = errno;
    return;
  }
  int64_t deadline = now() + timeoutMilliseconds;
  pid_t parent = getpid();
  CLibraryLoader_lockGate();
  pid_t pid = fork();
  if (pid == 0) runChild(ends[1], parent, path, function, count, timeoutMilliseconds);
  int error = errno;
  CLibraryLoader_unlockGate();
  close(ends[1]);
  if (pid < 0) {
    result->ending = CLibraryLoader_EndingNotStarted;
    result->detail = error;
  } else {
    Child child = {.pid = pid};
    receive(ends[0], &child, deadline, &result->answer);
    conclude(&child, deadline, result);
  }
  close(ends[0]);
}
