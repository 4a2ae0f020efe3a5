// The types of elements, and how packs of them are reduced: in the order of the ranks, in 32 bits,
// and rounded once. So every rank, every kernel and every size gives the same bits.

enum Operation : unsigned { sum = 0, product = 1, maximum = 2, minimum = 3, average = 4 };

struct Float32 {
  static constexpr unsigned lanes = 4;
  static DEVICE void unpack(const Pack &pack, float (&values)[lanes]) {
#pragma unroll
    for (unsigned i = 0; i < 4; ++i) values[i] = floatOfBits(pack.word[i]);
  }
  static DEVICE Pack pack(const float (&values)[lanes]) {
    Pack pack;
#pragma unroll
    for (unsigned i = 0; i < 4; ++i) pack.word[i] = bitsOfFloat(values[i]);
    return pack;
  }
};

struct Float16 {
  static constexpr unsigned lanes = 8;
  static DEVICE void unpack(const Pack &pack, float (&values)[lanes]) {
#pragma unroll
    for (unsigned i = 0; i < 4; ++i) {
      values[2 * i] = floatOfHalf(pack.word[i] & 0xFFFF);
      values[2 * i + 1] = floatOfHalf(pack.word[i] >> 16);
    }
  }
  static DEVICE Pack pack(const float (&values)[lanes]) {
    Pack pack;
#pragma unroll
    for (unsigned i = 0; i < 4; ++i) pack.word[i] = halvesOfFloats(values[2 * i], values[2 * i + 1]);
    return pack;
  }
};

struct BFloat16 {
  static constexpr unsigned lanes = 8;
  static DEVICE void unpack(const Pack &pack, float (&values)[lanes]) {
#pragma unroll
    for (unsigned i = 0; i < 4; ++i) {
      values[2 * i] = floatOfBits(pack.word[i] << 16);
      values[2 * i + 1] = floatOfBits(pack.word[i] & 0xFFFF0000u);
    }
  }
  static DEVICE Pack pack(const float (&values)[lanes]) {
    Pack pack;
#pragma unroll
    for (unsigned i = 0; i < 4; ++i)
      pack.word[i] = bfloatsOfFloats(values[2 * i], values[2 * i + 1]);
    return pack;
  }
};

struct Sum {
  static DEVICE float combine(float a, float b) { return a + b; }
  static DEVICE float finish(float a, unsigned) { return a; }
};
struct Product {
  static DEVICE float combine(float a, float b) { return a * b; }
  static DEVICE float finish(float a, unsigned) { return a; }
};
/// A NaN loses against a number, as in C's fmax.
struct Maximum {
  static DEVICE float combine(float a, float b) { return fmaxf(a, b); }
  static DEVICE float finish(float a, unsigned) { return a; }
};
struct Minimum {
  static DEVICE float combine(float a, float b) { return fminf(a, b); }
  static DEVICE float finish(float a, unsigned) { return a; }
};
struct Average {
  static DEVICE float combine(float a, float b) { return a + b; }
  static DEVICE float finish(float a, unsigned nRanks) { return a / static_cast<float>(nRanks); }
};

template <typename Element, typename Operator, unsigned nRanks>
DEVICE Pack reduceWith(const Pack (&packs)[nRanks]) {
  float total[Element::lanes];
  Element::unpack(packs[0], total);
#pragma unroll
  for (unsigned rank = 1; rank < nRanks; ++rank) {
    float values[Element::lanes];
    Element::unpack(packs[rank], values);
#pragma unroll
    for (unsigned i = 0; i < Element::lanes; ++i) total[i] = Operator::combine(total[i], values[i]);
  }
#pragma unroll
  for (unsigned i = 0; i < Element::lanes; ++i) total[i] = Operator::finish(total[i], nRanks);
  return Element::pack(total);
}

/// The operation is the same for all threads of a launch, so that the choice costs next to nothing.
template <typename Element, unsigned nRanks>
DEVICE Pack reduce(unsigned operation, const Pack (&packs)[nRanks]) {
  switch (operation) {
    case product: return reduceWith<Element, Product, nRanks>(packs);
    case maximum: return reduceWith<Element, Maximum, nRanks>(packs);
    case minimum: return reduceWith<Element, Minimum, nRanks>(packs);
    case average: return reduceWith<Element, Average, nRanks>(packs);
    default: return reduceWith<Element, Sum, nRanks>(packs);
  }
}
