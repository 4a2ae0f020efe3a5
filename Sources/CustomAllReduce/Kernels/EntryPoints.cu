// One image is for one type and one number of ranks, which the compiler is told.

#define ENTRY(name, body)                                                                \
  extern "C" __global__ void __launch_bounds__(512, 1) name(const __grid_constant__ Arguments a) { \
    body;                                                                                \
  }

ENTRY(allReduceOneShotPush, (oneShotPush<ELEMENT, RANKS>(a)))
ENTRY(allReduceTwoShotPush, (twoShotPush<ELEMENT, RANKS>(a)))
ENTRY(allReducePullAndPush, (pullAndPush<ELEMENT, RANKS>(a)))
ENTRY(allReduceCheckPeers, (checkPeers<RANKS>(a)))
ENTRY(allReduceCompareCalls, (compareCalls<RANKS>(a)))
