#define _GNU_SOURCE
#include "group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch.h"
#include "registry.h"

typedef struct Group {
  int depth;
  /// The first call that failed.
  hc_status status;
  char text[HCI_TEXT_SIZE];
  Birth *births, **lastBirth;
  Task *tasks;
  size_t taskCount, taskCapacity;
} Group;

static _Thread_local Group group;

hc_status hci_refuse(hc_status status) {
  if (group.depth > 0 && group.status == HC_SUCCESS) {
    group.status = status;
    snprintf(group.text, sizeof group.text, "%s", hc_last_error());
  }
  return status;
}

hc_status hc_refuse(hc_status status, const char *text) {
  return hci_refuse(hci_fail_again(status, text));
}

bool hci_group_uses(const hc_comm *comm) {
  for (size_t i = 0; i < group.taskCount; i++) {
    if (group.tasks[i].comm == comm) return true;
  }
  for (Birth *birth = group.births; birth != NULL; birth = birth->next) {
    if (birth->comm == comm || birth->parent == comm) return true;
  }
  return false;
}

static void drop(Task *task) {
  hci_task_free(task);
  hci_comm_release(task->comm);
}

void hci_group_forget(const hc_comm *comm) {
  size_t kept = 0;
  for (size_t i = 0; i < group.taskCount; i++) {
    if (group.tasks[i].comm == comm) {
      drop(&group.tasks[i]);
    } else {
      group.tasks[kept++] = group.tasks[i];
    }
  }
  group.taskCount = kept;
  for (Birth **link = &group.births; *link != NULL;) {
    Birth *birth = *link;
    if (birth->comm == comm || birth->parent == comm) {
      *link = birth->next;
      hci_birth_discard(birth);
    } else {
      link = &birth->next;
    }
  }
  for (group.lastBirth = &group.births; *group.lastBirth != NULL;) {
    group.lastBirth = &(*group.lastBirth)->next;
  }
}

hc_status hci_issue_task(Task *task) {
  if (group.depth == 0) return hci_dispatch_tasks(task, 1);
  if (group.taskCount == group.taskCapacity) {
    size_t capacity = group.taskCapacity == 0 ? 16 : 2 * group.taskCapacity;
    Task *more = realloc(group.tasks, capacity * sizeof(Task));
    if (more == NULL) {
      drop(task);
      return hci_refuse(hci_fail(HC_SYSTEM_ERROR, "out of memory for the group"));
    }
    group.tasks = more;
    group.taskCapacity = capacity;
  }
  group.tasks[group.taskCount++] = *task;
  return HC_SUCCESS;
}

hc_status hci_issue_birth(Birth *birth) {
  birth->next = NULL;
  if (group.depth == 0) return hci_dispatch_births(birth);
  *group.lastBirth = birth;
  group.lastBirth = &birth->next;
  return HC_SUCCESS;
}

hc_status hc_group_start(void) {
  if (group.depth++ > 0) return HC_SUCCESS;
  group.status = HC_SUCCESS;
  group.births = NULL;
  group.lastBirth = &group.births;
  return HC_SUCCESS;
}

static hc_status dropAll(Group *ended) {
  for (size_t i = 0; i < ended->taskCount; i++) drop(&ended->tasks[i]);
  while (ended->births != NULL) {
    Birth *birth = ended->births;
    ended->births = birth->next;
    hci_birth_discard(birth);
  }
  return hci_fail_again(ended->status, ended->text);
}

hc_status hc_group_end(void) {
  if (group.depth == 0) {
    return hci_fail(HC_INVALID_USAGE, "group_end: the thread is in no group");
  }
  if (--group.depth > 0) return HC_SUCCESS;
  // Whatever comes of it, the thread's group is empty.
  Group ended = group;
  memset(&group, 0, sizeof group);
  hc_status status = HC_SUCCESS, pending = HC_SUCCESS;
  if (ended.status != HC_SUCCESS) {
    status = dropAll(&ended);
    free(ended.tasks);
    return status;
  }
  if (ended.births != NULL) status = hci_dispatch_births(ended.births);
  if (status == HC_IN_PROGRESS) {
    pending = status;
    status = HC_SUCCESS;
  }
  if (status == HC_SUCCESS && ended.taskCount > 0) {
    status = hci_dispatch_tasks(ended.tasks, ended.taskCount);
  } else {
    for (size_t i = 0; i < ended.taskCount; i++) drop(&ended.tasks[i]);
  }
  free(ended.tasks);
  return status == HC_SUCCESS ? pending : status;
}
