/* A stand-in for the CUDA toolkit's cuda_runtime.h, so that collective headers can be read where
 * no toolkit is installed. It declares what those headers use and nothing else: a name that is
 * missing here makes clang refuse the header, which is what we want, and a name too many would
 * end up in nobody's model. With the real toolkit the model of nccl.h is the same. */
#ifndef BINDGEN_COLL_STUB_CUDA_RUNTIME_H
#define BINDGEN_COLL_STUB_CUDA_RUNTIME_H

/* The real header brings these along, and nccl.h relies on it for size_t and the intN_t types. */
#include <stddef.h>
#include <stdint.h>

/* 12.9, encoded as the toolkit does: headers ask only whether it is at least 11.0 or 11.8. */
#define CUDART_VERSION 12090

/* Opaque handles, with the driver's own tags: the run-time library's stream is the driver's. */
typedef struct CUstream_st *cudaStream_t;
/* A field of a collective's configuration from NCCL 2.32 on. */
typedef struct CUevent_st *cudaEvent_t;

#endif
