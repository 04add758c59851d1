#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the drift task over long logs, through a pipe that never lies on disk, beside awk through the same pipe.

A log of 1,000,000 rows is generated once as drift.py does; its rows go through the pipe as often as --millions says (10
and 100 by default: about 3 and 29 GB of text). Prints wall and CPU seconds, seconds for each million rows, and the peak
resident memory of the program itself. See docs/performance.md.
"""
import argparse
import os
import subprocess
import sys
import time

import drift


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", help="countersign-cli of an optimised build")
    parser.add_argument("--millions", type=int, nargs="+", default=[10, 100], help="rows of each log, in millions")
    parser.add_argument("--cache", default=os.path.join(os.path.expanduser("~"), ".cache", "countersign-bench"))
    parser.add_argument("--generator", default=os.path.join(drift.ROOT, "..", "shared", "bench", "scoring_log.py"))
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python with numpy and pandas, for the generator")
    parser.add_argument("--log", help="use this log instead of a generated one")
    options = parser.parse_args()
    options.rows = 1_000_000
    return options


# The header, then the rows again and again. A shell feeds the pipe: what this script holds in memory would count as the
# program's own, which is forked from it.
FEED = 'head -n 1 "$1"; i=0; while [ $i -lt "$2" ]; do tail -n +2 "$1" || exit; i=$((i + 1)); done'


def measure(command, log, times):
    """Wall seconds, CPU seconds and peak MiB of the program, which reads the log from its standard input."""
    start = time.perf_counter()
    feeder = subprocess.Popen(["sh", "-c", FEED, "sh", log, str(times)], stdout=subprocess.PIPE)
    child = subprocess.Popen(command, stdin=feeder.stdout, stdout=subprocess.DEVNULL)
    feeder.stdout.close()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    feeder.wait()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    options = arguments()
    log = drift.scoring_log(options)
    commands = {"awk sum of one column": ["awk", "-F,", "{s+=$2} END{print s}"],
                options.cli: drift.drift(options.cli, "/dev/stdin", "--no-cache")}
    print(f"{'rows':>12} {'wall s':>8} {'CPU s':>8} {'s/million':>10} {'MiB':>6}  program")
    for millions in options.millions:
        for name, command in commands.items():
            wall, cpu, resident = measure(command, log, millions)
            print(f"{millions * 1_000_000:12,} {wall:8.1f} {cpu:8.1f} {wall / millions:10.2f} {resident:6.0f}  {name}",
                  flush=True)
    if os.getloadavg()[0] > 3:
        print("The machine is busy: compare CPU seconds, not wall seconds.")


if __name__ == "__main__":
    main()
