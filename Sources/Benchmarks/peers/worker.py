"""The peers' side of the benchmark's protocol, which Job.swift describes: a job comes as options, one line of
JSON goes out. A peer hands `main` its own way to do each kind of job."""

import argparse
import json
import os
import resource
import sys
import time


def read_job():
    parser = argparse.ArgumentParser(description="Run by the benchmark program; see Job.swift.")
    parser.add_argument("--network", required=True, choices=["vgg16", "resnet50", "mobilenet"])
    parser.add_argument("--row", required=True,
                        choices=["inference-1", "inference-16", "training", "head", "start", "import"])
    for name in ["batch", "warmup", "steps", "threads"]:
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--weights")
    return parser.parse_args()


def peak_bytes():
    """The most memory that this process ever had resident; Linux only, like the driver's."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def timed(job, step):
    """The wall-clock and processor seconds of every measured step."""
    for _ in range(job.warmup):
        step()
    seconds, cpu_seconds = [], []
    for _ in range(job.steps):
        cpu, start = processor_seconds(), time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
        cpu_seconds.append(processor_seconds() - cpu)
    return seconds, cpu_seconds


def has_weights(job):
    """Whether the job names a file of weights that is there; one that is not is to be made."""
    return bool(job.weights) and os.path.exists(job.weights)


def main(job, program, inference, training, head, importing):
    """Measures and prints one line. The last four are functions of a job that prepare a step and return it."""
    if job.row == "start" or (job.row == "import" and not has_weights(job)):
        inference(job)()
        seconds, cpu_seconds = [], []
    else:
        prepare = {"training": training, "head": head, "import": importing}.get(job.row, inference)
        seconds, cpu_seconds = timed(job, prepare(job))
    print(json.dumps({"program": program, "seconds": seconds, "cpuSeconds": cpu_seconds,
                      "peakBytes": peak_bytes()}))
    sys.stdout.flush()
