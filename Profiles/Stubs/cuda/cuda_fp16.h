/* A stand-in for the CUDA toolkit's cuda_fp16.h. Collective headers include it for the benefit of
 * their C++ users; no C declaration of theirs uses the type `half`. */
#ifndef BINDGEN_COLL_STUB_CUDA_FP16_H
#define BINDGEN_COLL_STUB_CUDA_FP16_H
#endif
