// The child process of a probe.
//
// fork without exec, in a program with threads: glibc makes malloc usable in the child, and resets
// the dynamic loader's main lock, so dlopen works there. Two things it leaves to us. An object that
// another thread was loading stays half-loaded: see gate.h. And the lock of the list of objects is
// not reset; another thread may have held it (dl_iterate_phdr does, with which exceptions are
// thrown and sanitizers symbolise), and then the child waits for it for ever. So the child takes
// that lock once before it says that it is ready, and the parent replaces a child that is not.

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gate.h"
#include "probe.h"

_Static_assert(sizeof(CLibraryLoader_Answer) <= PIPE_BUF, "an answer must be one atomic write");

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

// What the program has open is not for the library, nor for a process that it leaves behind: who
// waits for the end of a pipe or a socket of the program's would wait for them, too.
static void closeOthers(int output) {
#ifdef SYS_close_range
  // From 3 to the output, which is 3 if nothing is in between, and from there on.
  if ((output == 3 || syscall(SYS_close_range, 3, output - 1, 0) == 0) &&
      syscall(SYS_close_range, output + 1, ~0u, 0) == 0) {
    return;
  }
#endif
  // An older kernel, or one that refuses calls that it does not know.
  DIR *directory = opendir("/proc/self/fd");
  if (directory == NULL) return;
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    int descriptor = atoi(entry->d_name);  // 0 for the names that are none.
    if (descriptor > 2 && descriptor != output && descriptor != dirfd(directory)) close(descriptor);
  }
  closedir(directory);
}

static void send(int descriptor, const CLibraryLoader_Answer *answer) {
  while (write(descriptor, answer, sizeof *answer) < 0 && errno == EINTR) continue;
}

static int stopAtOnce(struct dl_phdr_info *info, size_t size, void *data) {
  (void)info, (void)size, (void)data;
  return 1;
}

static int call(void *function, int32_t count, int32_t *values) {
  switch (count) {
    case 1: return ((int (*)(int *))function)(values);
    case 2: return ((int (*)(int *, int *))function)(values, values + 1);
    default: return ((int (*)(int *, int *, int *))function)(values, values + 1, values + 2);
  }
}

_Noreturn void CLibraryLoader_runChild(const Probe *probe, int descriptor, pid_t parent) {
  CLibraryLoader_renewGate();
  isolate(parent, probe->timeoutMilliseconds);
  // A program started with closed standard descriptors gets a pipe in their place.
  int output = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (output < 0) _exit(0);
  silence();
  closeOthers(output);
  dl_iterate_phdr(stopAtOnce, NULL);

  CLibraryLoader_Answer answer;
  memset(&answer, 0, sizeof answer);
  answer.isReady = 1;
  send(output, &answer);

  void *handle = dlopen(probe->path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    const char *words = dlerror();
    snprintf(answer.message, sizeof answer.message, "%s", words != NULL ? words : "");
  } else {
    answer.isLoaded = 1;
    send(output, &answer);  // Should the version function crash, the parent knows it was that.
    void *entry =
        probe->function != NULL ? CLibraryLoader_symbol(handle, probe->function, NULL) : NULL;
    if (entry != NULL) {
      answer.hasFunction = 1;
      answer.status = call(entry, probe->count, answer.values);
    }
  }
  answer.isComplete = 1;
  send(output, &answer);
  _exit(0);
}
