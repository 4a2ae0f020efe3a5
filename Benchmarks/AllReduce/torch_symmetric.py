#!/usr/bin/env python3
"""Measures PyTorch's symmetric-memory all-reduces the way `allreduce-bench compare` measures, and adds
them to what that wrote: `pytorchOneShot` and `pytorchTwoShot`, in microseconds a call.

    Benchmarks/AllReduce/torch_symmetric.py results.json

One process a GPU. Calls back to back in a graph, the median over its replays, the largest of the ranks.
The two-shot kernel works in place. A kernel whose sum is wrong at a size has no time there.
"""

import json
import os
import statistics
import sys
import tempfile

# Multicast stays off: not every machine that has it can use it.
os.environ.setdefault("TORCH_SYMM_MEM_DISABLE_MULTICAST", "1")
os.environ.setdefault("NCCL_NVLS_ENABLE", "0")

import torch  # noqa: E402
import torch.distributed as dist  # noqa: E402
import torch.distributed._symmetric_memory as symmetric  # noqa: E402

# Above this one shot moves too much to be of interest.
ONE_SHOT_LIMIT = 8 << 20
TYPES = {"bfloat16": torch.bfloat16, "float32": torch.float32}


def one_shot(tensor, group):
    return torch.ops.symm_mem.one_shot_all_reduce(tensor, "sum", group)


def two_shot(tensor, group):
    return torch.ops.symm_mem.two_shot_all_reduce_(tensor, "sum", group)


def is_right(call, tensor, group):
    tensor.fill_(dist.get_rank() + 1)
    torch.cuda.synchronize()
    dist.barrier()
    ranks = dist.get_world_size()
    try:
        result = call(tensor, group)
        torch.cuda.synchronize()
        right = bool((result == ranks * (ranks + 1) // 2).all())
    except RuntimeError as error:
        print(f"{call.__name__}: {str(error).splitlines()[0]}", flush=True)
        right = False
    return all(gathered(right))


def gathered(value):
    """Of all ranks, which all come here."""
    values = [None] * dist.get_world_size()
    dist.all_gather_object(values, value)
    return values


def time(call, tensor, group, size):
    """Microseconds a call, on the slowest rank; None where a rank cannot make it, or it is wrong."""
    if not is_right(call, tensor, group):
        return None
    calls = 100 if size <= 1 << 20 else max(4, (100 << 20) // size)
    replays = 15 if size <= 8 << 20 else 7
    tensor.fill_(1.0)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        for _ in range(calls):
            call(tensor, group)
    dist.barrier()
    marks = [torch.cuda.Event(enable_timing=True) for _ in range(replays + 1)]
    for _ in range(2):
        graph.replay()
    marks[0].record()
    for mark in marks[1:]:
        graph.replay()
        mark.record()
    torch.cuda.synchronize()
    mine = statistics.median(
        begin.elapsed_time(end) for begin, end in zip(marks, marks[1:])) * 1000 / calls
    return round(max(gathered(mine)), 3)


def run(rank, ranks, store, path):
    torch.cuda.set_device(rank)
    dist.init_process_group(
        "nccl", init_method=f"file://{store}", rank=rank, world_size=ranks,
        device_id=torch.device("cuda", rank))
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    group = dist.group.WORLD.group_name
    largest = max(row["byteCount"] for row in report["comparisons"])
    memory = symmetric.empty(largest, dtype=torch.uint8, device=torch.device("cuda", rank))
    symmetric.rendezvous(memory, group)
    for row in report["comparisons"]:
        size = row["byteCount"]
        tensor = memory[:size].view(TYPES[row["dataType"]])
        if size <= ONE_SHOT_LIMIT:
            row["pytorchOneShot"] = time(one_shot, tensor, group, size)
        row["pytorchTwoShot"] = time(two_shot, tensor, group, size)
        if rank == 0:
            print(row["dataType"], size, row.get("pytorchOneShot"), row["pytorchTwoShot"], flush=True)
    report["pytorch"] = torch.__version__
    if rank == 0:
        with open(path + ".partial", "w", encoding="utf-8") as file:
            json.dump(report, file, indent=2, sort_keys=True)
            file.write("\n")
        os.rename(path + ".partial", path)
    dist.barrier()
    dist.destroy_process_group()


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        ranks = json.load(file)["comparisons"][0]["ranks"]
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(run, (ranks, os.path.join(folder, "store"), path), ranks)


if __name__ == "__main__":
    main()
