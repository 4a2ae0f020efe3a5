/* A stand-in for the CUDA toolkit's cuda_bf16.h. nccl.h before 2.24 declares ncclBfloat16 only
 * where __CUDA_BF16_TYPES_EXIST__ is defined, and the real header defines that for C++ alone: a C
 * parse would lose an enumerator that every library of those releases knows. The profile defines
 * the macro, which is right with this stub and with the real toolkit; so it is not defined here. */
#ifndef BINDGEN_COLL_STUB_CUDA_BF16_H
#define BINDGEN_COLL_STUB_CUDA_BF16_H
#endif
