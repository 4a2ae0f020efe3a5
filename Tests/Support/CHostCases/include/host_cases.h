// What the tests of CHostCollectives do in many repetitions, in C: threads or processes as ranks go
// through cases in the same order, and each compares its own results with a model that shares no
// code with the engine.

#ifndef HOST_CASES_H
#define HOST_CASES_H

#include "host_collectives.h"

typedef struct hcase_report {
  long cases;
  long failures;
  /// The first failure.
  char text[1024];
} hcase_report;

/// A rank's part of all collectives x types x reductions x in and out of place x counts.
void hcase_all(hc_comm *comm, hcase_report *report);
/// A smaller part of the same.
void hcase_some(hc_comm *comm, hcase_report *report);

/// `ranks` threads with a communicator each; every one runs `body`. Reports are added up.
void hcase_with_threads(
    int ranks, const hc_config *config, void (*body)(hc_comm *comm, hcase_report *report),
    hcase_report *report);

/// Every value of the small float types against the model, and every float32 near the boundaries
/// between two of them.
void hcase_conversions(hcase_report *report);

/// Exchange patterns of sends and receives in groups, small and large, also with oneself.
void hcase_exchanges(hc_comm *comm, hcase_report *report);

/// What a communicator does when things go wrong, or in an unusual order: one function each, on
/// threads of its own.
typedef struct hcase_scenario {
  const char *name;
  void (*run)(hcase_report *report);
} hcase_scenario;

extern const hcase_scenario hcase_scenarios[];
extern const int hcase_scenario_count;

/// The scenario of that number.
static inline hcase_scenario hcase_scenario_at(int index) { return hcase_scenarios[index]; }

/// All scenarios several times: no descriptor, mapping or thread may be left. For a process that
/// does nothing else.
void hcase_leaks(hcase_report *report);

/// Microseconds of an all-reduce of `count` float32, the median of `repetitions`.
double hcase_measure_all_reduce(hc_comm *comm, size_t count, int repetitions);

/// Adds a failure.
__attribute__((format(printf, 2, 3))) void hcase_fail(
    hcase_report *report, const char *format, ...);

// --- The model (model.c) ---

/// What rank `rank` has at `index`, from a seed: ordinary values, and now and then special ones.
void hcase_input(uint64_t seed, int rank, size_t index, hc_type type, void *element);

/// What rank `rank` multiplies with in premultiplied sums; writes the bytes of `type`.
void hcase_scalar(int rank, hc_type type, void *scalar);

/// The combination of the ranks' inputs at `index`. From HC_FIRST_CREATED_OP on, an op is a
/// premultiplied sum with the ranks' scalars.
void hcase_reduce(
    uint64_t seed, int ranks, size_t index, hc_type type, hc_op op, void *element);

/// Whether two elements have the same bits; NaNs are all the same.
bool hcase_equal(hc_type type, const void *a, const void *b);

/// A small float's value, by arithmetic, and back.
double hcase_decode(hc_type type, unsigned bits);
unsigned hcase_encode(hc_type type, float value);

#endif
