#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the whole drift task beside plain tools, in interleaved rounds, and prints medians and ratios.

The task: process start to printed PSI, KS and Jensen-Shannon for 28 columns x 12 months against January to March, and
12 AUCs, over a log of 1,000,000 rows x 31 columns (--rows for another size). The log is generated once into a cache
folder. Looks at a log that the program has read before are timed beside: the same look again, with another decision
threshold, with other bins, against other months, and in weeks. Programs that are not installed are left out and named.
See docs/performance.md.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST_LOOK = ", first look"
ROOT = os.path.dirname(os.path.dirname(HERE))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", help="countersign-cli of an optimised build; several, separated by commas, are compared")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--cache", default=os.path.join(os.path.expanduser("~"), ".cache", "countersign-bench"))
    parser.add_argument("--generator", default=os.path.join(ROOT, "..", "shared", "bench", "scoring_log.py"))
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python with numpy and pandas, for the generator")
    parser.add_argument("--node-modules", help="folder with @duckdb/node-api and nodejs-polars, to time them too")
    parser.add_argument("--log", help="use this log instead of a generated one")
    return parser.parse_args()


def scoring_log(options):
    path = options.log or os.path.join(options.cache, f"scoring-log-{options.rows}.csv")
    if not os.path.exists(path):
        os.makedirs(options.cache, exist_ok=True)
        print(f"Generating {path} ...", flush=True)
        subprocess.run([options.python, options.generator, str(options.rows), path + ".part"], check=True)
        os.replace(path + ".part", path)
    return path


def drift(cli, log, *more, until="2024-03"):
    return [cli, "drift", log, "--time", "ts", "--reference-until", until, "--score", "score", "--target", "target",
            "--format", "csv", *more]


def contenders(options, log):
    found = {"cat": ["cat", log], "awk sum of one column": ["awk", "-F,", "{s+=$2} END{print s}", log]}
    for cli in options.cli.split(","):
        found[cli] = drift(cli, log, "--no-cache")
        found[cli + " --threads 1"] = drift(cli, log, "--no-cache", "--threads", "1")
        found[cli + FIRST_LOOK] = drift(cli, log)
        found[cli + ", again"] = drift(cli, log)
        found[cli + ", other threshold"] = drift(cli, log, "--threshold", "0.4")
        found[cli + ", other bins"] = drift(cli, log, "--bins", "range")
        found[cli + ", other months"] = drift(cli, log, until="2024-02")
        found[cli + ", weeks"] = drift(cli, log, "--period", "week")
    for package, script in (("@duckdb/node-api", "duckdb.cjs"), ("nodejs-polars", "polars.cjs")):
        folder = options.node_modules
        if shutil.which("node") and folder and os.path.isdir(os.path.join(folder, package)):
            found[package] = ["node", "--max-old-space-size=8192", os.path.join(HERE, script), log]
        else:
            print(f"{package}: not installed, left out (--node-modules)")
    script = os.path.join(HERE, "pandas_evidently.py")
    if subprocess.run([options.python, "-c", "import numpy, pandas"], stderr=subprocess.DEVNULL).returncode == 0:
        found["pandas, Evidently's functions"] = [options.python, script, log]
    else:
        print("pandas: not installed, left out (--python)")
    return found


def measure(command, environment):
    """Wall seconds, user and system seconds, and peak resident MiB of the program itself."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    options = arguments()
    log = scoring_log(options)
    commands = contenders(options, log)
    environment = dict(os.environ)
    if options.node_modules:
        environment["NODE_PATH"] = options.node_modules
    subprocess.run(["cat", log], stdout=subprocess.DEVNULL, check=True)  # into the page cache
    samples = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as kept:
        environment["XDG_CACHE_HOME"] = kept
        for _ in range(options.rounds):
            for name, command in commands.items():
                if name.endswith(FIRST_LOOK):
                    shutil.rmtree(os.path.join(kept, "countersign"), ignore_errors=True)
                samples[name].append(measure(command, environment))

    load = os.getloadavg()[0]
    print(f"{os.path.getsize(log):,} bytes, {options.rounds} rounds, {os.cpu_count()} processors, load {load:.1f}")
    if load > 2:
        print("The machine is busy: compare CPU seconds and ratios, not wall seconds.")
    median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in samples.items()}
    reference = median["awk sum of one column"]
    print(f"{'wall s':>8} {'least':>7} {'CPU s':>7} {'least':>7} {'MiB':>6} {'wall/awk':>9} {'CPU/awk':>8}  program")
    for name, (wall, cpu, resident) in median.items():
        least_wall = min(row[0] for row in samples[name])
        least_cpu = min(row[1] for row in samples[name])
        print(f"{wall:8.2f} {least_wall:7.2f} {cpu:7.2f} {least_cpu:7.2f} {resident:6.0f} {wall / reference[0]:9.2f} "
              f"{cpu / reference[1]:8.2f}  {name}")


if __name__ == "__main__":
    main()
