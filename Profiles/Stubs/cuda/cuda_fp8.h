/* A stand-in for the CUDA toolkit's cuda_fp8.h, which newer collective headers include. Their C
 * declarations name the 8-bit types by enumerators of their own, so nothing has to be declared. */
#ifndef BINDGEN_COLL_STUB_CUDA_FP8_H
#define BINDGEN_COLL_STUB_CUDA_FP8_H
#endif
