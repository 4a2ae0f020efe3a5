#!/usr/bin/env python3
"""Measures vLLM's custom all-reduce and adds it to what `allreduce-bench compare` wrote: `vllm`, in
microseconds a call, for the sizes that vLLM takes.

    Benchmarks/AllReduce/vllm_custom.py results.json VLLM

VLLM is a folder with vLLM's sources, of which `csrc/custom_all_reduce.cuh` is compiled by nvcc together
with `vllm_custom.cu` beside this file.
"""

import json
import os
import subprocess
import sys
import tempfile

# vLLM's own limit.
LIMIT = 8 << 20


def release(folder):
    try:
        with open(os.path.join(folder, "PKG-INFO"), encoding="utf-8") as file:
            return next(line.split()[1] for line in file if line.startswith("Version:"))
    except (OSError, StopIteration):
        return "unknown"


def build(folder, program):
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run(
        ["nvcc", "-O3", "-std=c++20", "-arch=native", "-I", os.path.join(folder, "csrc"),
         os.path.join(here, "vllm_custom.cu"), "-lcuda", "-o", program], check=True)


def main():
    path, folder = sys.argv[1:3]
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    rows = {(row["dataType"], row["byteCount"]): row for row in report["comparisons"]}
    ranks = report["comparisons"][0]["ranks"]
    sizes = sorted({size for _, size in rows if size <= LIMIT})
    if ranks % 2 != 0:
        print(f"vLLM takes no {ranks} ranks")
        return
    with tempfile.TemporaryDirectory() as scratch:
        program = os.path.join(scratch, "vllm_custom")
        build(folder, program)
        output = subprocess.run(
            [program, str(ranks), *map(str, sizes)], check=True, capture_output=True, text=True)
    for line in output.stdout.splitlines():
        kind, size, time = line.split()
        rows[kind, int(size)]["vllm"] = float(time)
        print("vLLM", kind, size, time)
    report["vllm"] = release(folder)
    with open(path + ".partial", "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2, sort_keys=True)
        file.write("\n")
    os.rename(path + ".partial", path)


if __name__ == "__main__":
    main()
