// Keeps the arguments of the last call, for a test to look at.
#ifndef RECORDER_H_
#define RECORDER_H_

#include <stdint.h>
#include <string.h>

static const char *recorded_call = "";
static uint64_t recorded_arguments[16];
static int recorded_count;
static int recorded_calls;
static unsigned char recorded_bytes[128];

/// The name of the last call.
const char *fixture_call(void) { return recorded_call; }

/// How many arguments the last call had.
int fixture_count(void) { return recorded_count; }

/// One of them; a record stands as the 0 that it was recorded as.
uint64_t fixture_argument(int index) { return recorded_arguments[index]; }

/// How many calls there have been.
int fixture_calls(void) { return recorded_calls; }

/// The bytes of the last record that was passed by value.
const unsigned char *fixture_bytes(void) { return recorded_bytes; }

static void record(const char *name, const uint64_t *arguments, int count) {
  recorded_call = name;
  recorded_count = count;
  recorded_calls += 1;
  if (count > 0) memcpy(recorded_arguments, arguments, (size_t)count * sizeof *arguments);
}

/// An argument as a number, pointers as their addresses.
#define A(argument) ((uint64_t)(argument))

#define RECORD(...)                                                  \
  do {                                                               \
    const uint64_t values[] = {__VA_ARGS__};                         \
    record(__func__, values, (int)(sizeof values / sizeof *values)); \
  } while (0)

#define RECORD_NONE() record(__func__, NULL, 0)

#define RECORD_BYTES(value) memcpy(recorded_bytes, &(value), sizeof(value))

#endif
