"""The same calls from Python by ctypes, checked, in the manner of hand-written wrappers."""

import ctypes
import sys
import time

COUNT = 200_000


class UniqueId(ctypes.Structure):
    _fields_ = [("internal", ctypes.c_byte * 128)]


library = ctypes.CDLL(sys.argv[1])
pointer = ctypes.c_void_p
all_reduce = library.ncclAllReduce
all_reduce.restype = ctypes.c_int
all_reduce.argtypes = [pointer, pointer, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, pointer, pointer]
get_version = library.ncclGetVersion
get_version.restype = ctypes.c_int
get_version.argtypes = [ctypes.POINTER(ctypes.c_int)]
comm_init_rank = library.ncclCommInitRank
comm_init_rank.restype = ctypes.c_int
comm_init_rank.argtypes = [ctypes.POINTER(pointer), ctypes.c_int, UniqueId, ctypes.c_int]


def check(result):
    if result != 0:
        raise RuntimeError(result)


def measure(name, body):
    best = 1e9
    for _ in range(5):
        start = time.perf_counter()
        for index in range(COUNT):
            body(index)
        best = min(best, time.perf_counter() - start)
    print(f"{name}, Python ctypes\t{best / COUNT * 1e9}")


def version(_):
    value = ctypes.c_int()
    check(get_version(ctypes.byref(value)))
    return value.value


unique_id = UniqueId()


def init(index):
    comm = pointer()
    check(comm_init_rank(ctypes.byref(comm), 1, unique_id, index))
    return comm


measure("AllReduce", lambda index: check(all_reduce(None, None, index, 7, 0, None, None)))
measure("GetVersion", version)
measure("CommInitRank", init)
