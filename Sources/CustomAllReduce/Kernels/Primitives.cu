// What the kernels ask of the hardware. The tests have the same functions for fibers on the CPU, so
// nothing below this file speaks PTX.

#define DEVICE __device__ __forceinline__

/// 16 bytes: what one load or store moves.
struct alignas(16) Pack {
  unsigned word[4];
};

/// Memory that other GPUs write, or that is theirs. Each 32-bit word arrives whole; the four words
/// of a pack may arrive apart and in any order.
DEVICE Pack loadShared(const Pack *from) {
  Pack pack;
  asm volatile("ld.relaxed.sys.global.v4.u32 {%0, %1, %2, %3}, [%4];"
               : "=r"(pack.word[0]), "=r"(pack.word[1]), "=r"(pack.word[2]), "=r"(pack.word[3])
               : "l"(from)
               : "memory");
  return pack;
}

DEVICE void storeShared(Pack *to, Pack pack) {
  asm volatile("st.relaxed.sys.global.v4.u32 [%0], {%1, %2, %3, %4};" ::"l"(to), "r"(pack.word[0]),
               "r"(pack.word[1]), "r"(pack.word[2]), "r"(pack.word[3])
               : "memory");
}

DEVICE unsigned loadShared(const unsigned *from) {
  unsigned word;
  asm volatile("ld.relaxed.sys.global.u32 %0, [%1];" : "=r"(word) : "l"(from) : "memory");
  return word;
}

DEVICE void storeShared(unsigned *to, unsigned word) {
  asm volatile("st.relaxed.sys.global.u32 [%0], %1;" ::"l"(to), "r"(word) : "memory");
}

DEVICE unsigned long long loadShared(const unsigned long long *from) {
  unsigned long long word;
  asm volatile("ld.relaxed.sys.global.u64 %0, [%1];" : "=l"(word) : "l"(from) : "memory");
  return word;
}

DEVICE void storeShared(unsigned long long *to, unsigned long long word) {
  asm volatile("st.relaxed.sys.global.u64 [%0], %1;" ::"l"(to), "l"(word) : "memory");
}

/// Everything that this thread, and those that it has synchronized with, wrote before is seen by
/// whoever acquires the word.
DEVICE void storeRelease(unsigned long long *to, unsigned long long word) {
  asm volatile("st.release.sys.global.u64 [%0], %1;" ::"l"(to), "l"(word) : "memory");
}

DEVICE unsigned long long loadAcquire(const unsigned long long *from) {
  unsigned long long word;
  asm volatile("ld.acquire.sys.global.u64 %0, [%1];" : "=l"(word) : "l"(from) : "memory");
  return word;
}

/// Memory that nobody else writes during the launch.
DEVICE Pack load(const Pack *from) {
  Pack pack;
  asm volatile("ld.global.v4.u32 {%0, %1, %2, %3}, [%4];"
               : "=r"(pack.word[0]), "=r"(pack.word[1]), "=r"(pack.word[2]), "=r"(pack.word[3])
               : "l"(from)
               : "memory");
  return pack;
}

DEVICE void store(Pack *to, Pack pack) {
  asm volatile("st.global.v4.u32 [%0], {%1, %2, %3, %4};" ::"l"(to), "r"(pack.word[0]),
               "r"(pack.word[1]), "r"(pack.word[2]), "r"(pack.word[3])
               : "memory");
}

/// Adds and gives back the value before; for the blocks of one launch.
DEVICE unsigned add(unsigned *to, unsigned value) { return atomicAdd(to, value); }

DEVICE unsigned exchange(unsigned *to, unsigned value) { return atomicExch(to, value); }

/// What was written before is seen, by other GPUs and the host too, before what is written after.
DEVICE void fence() { __threadfence_system(); }

DEVICE void synchronizeBlock() { __syncthreads(); }

/// The same, and whether any thread says so.
DEVICE bool synchronizeBlockAny(bool says) { return __syncthreads_or(says) != 0; }

/// Returns when the launch in front of this one in the stream is complete and its writes are seen.
DEVICE void waitForPreviousLaunch() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

/// Lets the blocks of the next launch take their places and wait for this one's end.
DEVICE void admitNextLaunch() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

DEVICE unsigned long long nanoseconds() {
  unsigned long long now;
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(now));
  return now;
}

DEVICE float floatOfHalf(unsigned short bits) {
  float value;
  asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(bits));
  return value;
}

/// Two numbers rounded to the nearest, the even one of two; the first in the lower half.
DEVICE unsigned halvesOfFloats(float first, float second) {
  unsigned both;
  asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(both) : "f"(second), "f"(first));
  return both;
}

DEVICE unsigned bfloatsOfFloats(float first, float second) {
  unsigned both;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(both) : "f"(second), "f"(first));
  return both;
}

DEVICE float floatOfBits(unsigned bits) { return __uint_as_float(bits); }
DEVICE unsigned bitsOfFloat(float value) { return __float_as_uint(value); }
