// Measures vLLM's custom all-reduce the way `allreduce-bench compare` measures: one thread a GPU, calls
// back to back in a graph, the median over its replays, the largest of the ranks. vLLM's own sources are
// not here: `vllm_custom.py` compiles this beside them.
//
//   vllm_custom RANKS SIZE [SIZE ...]      prints type, size and microseconds, a line each

#include "custom_all_reduce.cuh"

#include <algorithm>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#define CHECK(call)                                                                     \
  do {                                                                                  \
    const cudaError_t status = (call);                                                  \
    if (status != cudaSuccess) {                                                        \
      std::fprintf(stderr, "%s: %s\n", #call, cudaGetErrorString(status));              \
      std::exit(1);                                                                     \
    }                                                                                   \
  } while (0)

static constexpr size_t rankDataBytes = 8 << 20;
static constexpr int maxRanks = 8;

struct Ranks {
  int count;
  size_t largest;
  std::barrier<> barrier;
  std::mutex lock;
  vllm::Signal *signals[maxRanks] = {};
  void *inputs[maxRanks] = {};
  double slowest = 0;

  Ranks(int count, size_t largest) : count(count), largest(largest), barrier(count) {}
};

template <typename T>
static void fill(T *to, size_t count, float value) {
  const std::vector<T> values(count, T(value));
  CHECK(cudaMemcpy(to, values.data(), count * sizeof(T), cudaMemcpyHostToDevice));
}

/// What vLLM does after a capture: it writes where the buffers of all ranks are, for each call.
static void registerCalls(vllm::CustomAllreduce &allReduce, const Ranks &ranks) {
  vllm::RankData data = {};
  for (int rank = 0; rank < ranks.count; ++rank) data.ptrs[rank] = ranks.inputs[rank];
  const size_t calls = allReduce.graph_unreg_buffers_.size();
  allReduce.check_rank_data_capacity(calls);
  const std::vector<vllm::RankData> all(calls, data);
  CHECK(cudaMemcpy(
      allReduce.d_rank_data_base_, all.data(), calls * sizeof(data), cudaMemcpyHostToDevice));
  allReduce.d_rank_data_base_ += calls;
  allReduce.graph_unreg_buffers_.clear();
}

template <typename T>
static void measure(
    Ranks &ranks, vllm::CustomAllreduce &allReduce, cudaStream_t stream, const char *type, void *output,
    size_t size) {
  const int rank = allReduce.rank_;
  T *in = static_cast<T *>(ranks.inputs[rank]), *out = static_cast<T *>(output);
  const int elements = static_cast<int>(size / sizeof(T));
  const int calls = size <= 1 << 20 ? 100 : std::max<int>(4, (100 << 20) / size);
  const int replays = 15;
  fill(in, elements, float(rank + 1));

  cudaGraph_t graph;
  cudaGraphExec_t executable;
  CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
  for (int call = 0; call < calls; ++call) allReduce.allreduce<T>(stream, in, out, elements);
  CHECK(cudaStreamEndCapture(stream, &graph));
  registerCalls(allReduce, ranks);
  CHECK(cudaGraphInstantiate(&executable, graph, 0));
  CHECK(cudaGraphUpload(executable, stream));
  std::vector<cudaEvent_t> marks(replays + 1);
  for (auto &mark : marks) CHECK(cudaEventCreate(&mark));
  CHECK(cudaStreamSynchronize(stream));
  if (rank == 0) ranks.slowest = 0;
  ranks.barrier.arrive_and_wait();

  for (int warmUp = 0; warmUp < 2; ++warmUp) CHECK(cudaGraphLaunch(executable, stream));
  CHECK(cudaEventRecord(marks[0], stream));
  for (int replay = 0; replay < replays; ++replay) {
    CHECK(cudaGraphLaunch(executable, stream));
    CHECK(cudaEventRecord(marks[replay + 1], stream));
  }
  CHECK(cudaStreamSynchronize(stream));
  std::vector<double> times;
  for (int replay = 0; replay < replays; ++replay) {
    float milliseconds;
    CHECK(cudaEventElapsedTime(&milliseconds, marks[replay], marks[replay + 1]));
    times.push_back(milliseconds * 1000 / calls);
  }
  std::sort(times.begin(), times.end());
  std::vector<T> results(elements);
  CHECK(cudaMemcpy(results.data(), out, size, cudaMemcpyDeviceToHost));
  const float sum = ranks.count * (ranks.count + 1) / 2;
  const bool isWrong =
      std::any_of(results.begin(), results.end(), [&](T value) { return float(value) != sum; });
  {
    const std::lock_guard<std::mutex> guard(ranks.lock);
    ranks.slowest = std::max(ranks.slowest, isWrong ? 1e9 : times[replays / 2]);
  }
  ranks.barrier.arrive_and_wait();
  if (rank == 0 && ranks.slowest < 1e9) std::printf("%s %zu %.3f\n", type, size, ranks.slowest);
  for (auto &mark : marks) CHECK(cudaEventDestroy(mark));
  CHECK(cudaGraphExecDestroy(executable));
  CHECK(cudaGraphDestroy(graph));
}

static void run(Ranks &ranks, int rank, const std::vector<size_t> &sizes) {
  CHECK(cudaSetDevice(rank));
  for (int peer = 0; peer < ranks.count; ++peer)
    if (peer != rank) CHECK(cudaDeviceEnablePeerAccess(peer, 0));
  void *output, *rankData;
  CHECK(cudaMalloc(&ranks.signals[rank], sizeof(vllm::Signal) + ranks.largest));
  CHECK(cudaMemset(ranks.signals[rank], 0, sizeof(vllm::Signal)));
  CHECK(cudaMalloc(&ranks.inputs[rank], ranks.largest));
  CHECK(cudaMalloc(&output, ranks.largest));
  CHECK(cudaMalloc(&rankData, rankDataBytes));
  CHECK(cudaDeviceSynchronize());
  ranks.barrier.arrive_and_wait();
  cudaStream_t stream;
  CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  {
    vllm::CustomAllreduce allReduce(ranks.signals, rankData, rankDataBytes, rank, ranks.count);
    for (const size_t size : sizes) measure<nv_bfloat16>(ranks, allReduce, stream, "bfloat16", output, size);
    for (const size_t size : sizes) measure<float>(ranks, allReduce, stream, "float32", output, size);
  }
  ranks.barrier.arrive_and_wait();
}

int main(int count, char **words) {
  std::vector<size_t> sizes;
  for (int word = 2; word < count; ++word) sizes.push_back(std::strtoull(words[word], nullptr, 10));
  const int nRanks = count > 1 ? std::atoi(words[1]) : 0;
  if (nRanks < 2 || nRanks > maxRanks || nRanks % 2 != 0 || sizes.empty()) {
    std::fprintf(stderr, "usage: vllm_custom RANKS SIZE [SIZE ...]\n");
    return 2;
  }
  Ranks ranks(nRanks, *std::max_element(sizes.begin(), sizes.end()));
  std::vector<std::thread> threads;
  for (int rank = 0; rank < nRanks; ++rank)
    threads.emplace_back(run, std::ref(ranks), rank, std::cref(sizes));
  for (auto &thread : threads) thread.join();
}
