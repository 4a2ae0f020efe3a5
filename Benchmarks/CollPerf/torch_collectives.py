#!/usr/bin/env python3
"""Measures PyTorch's collectives the way coll-perf does, and writes the same JSON.

  torchrun --nproc-per-node 8 torch_collectives.py --json FILE [--graph 20] [options]
  torch_collectives.py --processes 8 --json FILE ...

One process for each GPU. A round is --iterations operations, from before the first call until the
stream is done, asked again and again; its time is that of the slowest rank, and a size's the median of
the rounds'. With --graph N the operations are replayed from CUDA graphs of N. Buffers are zero, sizes
and counts those of coll-perf.
"""

import argparse
import datetime
import json
import os
import socket
import statistics
import sys
import tempfile
import time

import torch
import torch.distributed as dist

UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
TYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16,
         "float64": torch.float64, "int32": torch.int32, "int64": torch.int64,
         "int8": torch.int8, "uint8": torch.uint8}
BLOCKS = ["allGather", "reduceScatter", "allToAll"]
OPERATIONS = ["allReduce", "broadcast", "reduce", "sendReceive"] + BLOCKS


def byte_count(text):
    unit = UNITS.get(text[-1:].upper(), 1)
    return int(text[:-1] if unit > 1 else text) * unit


def parse(arguments):
    parser = argparse.ArgumentParser(description="Measures PyTorch's collectives.")
    parser.add_argument("operations", nargs="*", default=["allReduce"])
    parser.add_argument("-b", "--min-bytes", type=byte_count, default=1 << 10)
    parser.add_argument("-e", "--max-bytes", type=byte_count, default=32 << 20)
    parser.add_argument("-f", "--factor", type=int, default=2)
    parser.add_argument("-d", "--data-type", choices=TYPES, default="float32")
    parser.add_argument("-r", "--root", type=int, default=0)
    parser.add_argument("-n", "--iterations", type=int, default=20)
    parser.add_argument("-w", "--warm-ups", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--graph", type=int, metavar="OPERATIONS")
    parser.add_argument("--processes", type=int, help="start so many; without it: torchrun does")
    parser.add_argument("--label")
    parser.add_argument("--json", required=True)
    options = parser.parse_args(arguments)
    for operation in options.operations:
        if operation not in OPERATIONS:
            parser.error(f'no operation "{operation}"; there are {", ".join(OPERATIONS)}')
    if options.factor < 2 or options.min_bytes < 1:
        parser.error("sizes begin at 1 or more, and the factor is 2 or more")
    return options


def library_path():
    """The NCCL that this process has loaded."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "libnccl" in line}
    return sorted(paths)[0] if paths else None


class Operation:
    """An operation of one size: its buffers, and how it is called out of place and in place."""

    def __init__(self, name, elements, options, rank, n_ranks):
        dtype = TYPES[options.data_type]
        self.name, self.root, self.rank, self.n_ranks = name, options.root, rank, n_ranks
        self.count = elements
        if name in BLOCKS:
            # As coll-perf and nccl-tests: multiples of 16 bytes, where there are as many.
            quantum = 16 // dtype.itemsize
            block = elements // n_ranks
            self.count = block if block < quantum else block // quantum * quantum
        total = self.count * n_ranks if name in BLOCKS else self.count
        self.size = total * dtype.itemsize
        zeros = lambda count: torch.zeros(count, dtype=dtype, device="cuda")
        self.send = zeros(self.count if name == "allGather" else total)
        self.receive = zeros(self.count if name == "reduceScatter" else total)
        self.whole = zeros(total)
        self.has_in_place = name not in ["allToAll", "sendReceive"]

    @property
    def bus_factor(self):
        n = self.n_ranks
        return {"allReduce": 2 * (n - 1) / n}.get(
            self.name, (n - 1) / n if self.name in BLOCKS else 1)

    def block(self):
        """This rank's part of the one buffer of an operation in place."""
        return self.whole[self.rank * self.count:(self.rank + 1) * self.count]

    def out_of_place(self):
        # PyTorch reduces and broadcasts in place alone.
        if self.name in ["allReduce", "reduce", "broadcast"]:
            self.in_place()
        elif self.name == "allGather":
            dist.all_gather_into_tensor(self.receive, self.send)
        elif self.name == "reduceScatter":
            dist.reduce_scatter_tensor(self.receive, self.send)
        elif self.name == "allToAll":
            dist.all_to_all_single(self.receive, self.send)
        else:
            self.exchange()

    def in_place(self):
        if self.name == "allReduce":
            dist.all_reduce(self.whole)
        elif self.name == "reduce":
            dist.reduce(self.whole, self.root)
        elif self.name == "broadcast":
            dist.broadcast(self.whole, self.root)
        elif self.name == "allGather":
            dist.all_gather_into_tensor(self.whole, self.block())
        elif self.name == "reduceScatter":
            dist.reduce_scatter_tensor(self.block(), self.whole)

    def exchange(self):
        following, before = (self.rank + 1) % self.n_ranks, (self.rank - 1) % self.n_ranks
        works = dist.batch_isend_irecv([
            dist.P2POp(dist.isend, self.send, following),
            dist.P2POp(dist.irecv, self.receive, before)])
        for work in works:
            work.wait()


def drain(stream):
    while not stream.query():
        pass


def capture(call, operations, stream):
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, stream=stream, capture_error_mode="thread_local"):
        for _ in range(operations):
            call()
    return graph.replay


def measure(call, options, stream):
    """Microseconds an operation, by round, as this rank sees them."""
    # The first call makes the communicator, which cannot be captured.
    call()
    drain(stream)
    operations = options.graph or 1
    launch = capture(call, operations, stream) if options.graph else call
    launches = max(1, options.iterations // operations)
    for _ in range(-(-options.warm_ups // operations)):
        launch()
    drain(stream)
    times = []
    for _ in range(options.rounds):
        start = time.perf_counter()
        for _ in range(launches):
            launch()
        drain(stream)
        times.append((time.perf_counter() - start) * 1e6 / (launches * operations))
    return times


def combined(times, operation):
    """What all ranks together have: a round takes as long as on the slowest of them."""
    rounds = torch.tensor(times, dtype=torch.float64, device="cuda")
    dist.all_reduce(rounds, dist.ReduceOp.MAX)
    rounds = rounds.tolist()
    middle = statistics.median(rounds)
    bandwidth = operation.size / middle / 1000
    return {"time_us": round(middle, 3), "time_min_us": round(min(rounds), 3),
            "time_max_us": round(max(rounds), 3), "algbw_gb_s": round(bandwidth, 3),
            "busbw_gb_s": round(bandwidth * operation.bus_factor, 3), "wrong": None}


def measurement(name, size, options, stream):
    rank, n_ranks = dist.get_rank(), dist.get_world_size()
    elements = size // TYPES[options.data_type].itemsize
    operation = Operation(name, elements, options, rank, n_ranks)
    reduces = name in ["allReduce", "reduce", "reduceScatter"]
    result = {"operation": name, "size_bytes": operation.size, "count": operation.count,
              "data_type": options.data_type, "reduction": "sum" if reduces else None,
              "root": options.root if name in ["reduce", "broadcast"] else None,
              "out_of_place": combined(measure(operation.out_of_place, options, stream), operation),
              "in_place": None}
    if operation.has_in_place:
        result["in_place"] = combined(measure(operation.in_place, options, stream), operation)
    return result


def device(rank):
    ordinal = torch.cuda.current_device()
    properties = torch.cuda.get_device_properties(ordinal)
    bus = None
    if hasattr(properties, "pci_bus_id"):
        bus = (f"{properties.pci_domain_id:04X}:{properties.pci_bus_id:02X}:"
               f"{properties.pci_device_id:02X}.0")
    return {"rank": rank, "host": socket.gethostname(), "process_id": os.getpid(),
            "device": ordinal, "name": properties.name, "pci_bus_id": bus}


def document(options, devices, measurements):
    release = ".".join(map(str, torch.cuda.nccl.version()))
    mode = "graph" if options.graph else "eager"
    bandwidths = [row[place]["busbw_gb_s"] for row in measurements
                  for place in ("out_of_place", "in_place") if row[place]]
    date = datetime.datetime.now(datetime.timezone.utc)
    return {
        "schema": "coll-perf-1", "program": f"PyTorch {torch.__version__}",
        "label": options.label or f"PyTorch, NCCL {release}, {mode}", "command": sys.argv,
        "date": date.strftime("%Y-%m-%dT%H:%M:%SZ"), "host": devices[0]["host"],
        "library": {"vendor": "NCCL", "release": release, "path": library_path(), "flavour": None,
                    "is_stand_in": False},
        "n_ranks": len(devices), "devices": devices,
        "settings": {"mode": mode, "graph_operations": options.graph,
                     "iterations": options.iterations, "warm_ups": options.warm_ups,
                     "rounds": options.rounds, "is_blocking": False, "stream": "own",
                     "registration": "none"},
        "measurements": measurements,
        "average_busbw_gb_s": round(statistics.fmean(bandwidths), 3), "wrong": None}


def run(options, local, **join):
    torch.cuda.set_device(local)
    dist.init_process_group("nccl", device_id=torch.device("cuda", local), **join)
    rank = dist.get_rank()
    devices = [None] * dist.get_world_size()
    dist.all_gather_object(devices, device(rank))
    stream = torch.cuda.Stream()
    measurements = []
    with torch.cuda.stream(stream):
        for name in options.operations:
            size = options.min_bytes
            while size <= options.max_bytes:
                measurements.append(measurement(name, size, options, stream))
                size *= options.factor
    if rank == 0:
        with open(options.json, "w") as file:
            json.dump(document(options, devices, measurements), file, indent=1)
            file.write("\n")
    dist.barrier()
    dist.destroy_process_group()


def run_spawned(rank, options, store):
    run(options, rank, init_method=f"file://{store}", rank=rank, world_size=options.processes)


def main():
    options = parse(sys.argv[1:])
    if not options.processes:
        run(options, int(os.environ["LOCAL_RANK"]))
        return
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(
            run_spawned, (options, os.path.join(folder, "store")), options.processes)


if __name__ == "__main__":
    main()
