#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task of drift.py in pandas: PSI and Jensen-Shannon as Evidently has them, exact KS as SciPy finds it, AUC by
ranks.

Evidently bins both samples together (Sturges' rule; a column of at most 20 different numbers by its values), raises
empty shares to 0.0001, or to a millionth of the side's least share where that is at most 0.0001, for PSI, and takes the
Jensen-Shannon distance to base e.
"""
import sys

import numpy as np
import pandas as pd

MOST_VALUES = 20


def is_numeric(column):
    return pd.api.types.is_numeric_dtype(column)


def shares(reference, current):
    if is_numeric(reference) and reference.nunique() > MOST_VALUES:
        edges = np.histogram_bin_edges(np.hstack([reference, current]), bins="sturges")
        return tuple(np.histogram(side, edges)[0] / len(side) for side in (reference, current))
    keys = pd.unique(pd.concat([reference, current]))
    return tuple(side.value_counts().reindex(keys, fill_value=0).to_numpy() / len(side) for side in (reference, current))


def raised(share):
    least = share[share > 0].min()
    return np.where(share == 0, least / 10**6 if least <= 0.0001 else 0.0001, share)


def psi(reference, current):
    p, q = map(raised, shares(reference, current))
    return np.sum((p - q) * np.log(p / q))


def jensen_shannon(reference, current):
    p, q = shares(reference, current)
    middle = (p + q) / 2
    divergence = sum(np.sum(side[side > 0] * np.log(side[side > 0] / middle[side > 0])) for side in (p, q)) / 2
    return np.sqrt(max(divergence, 0))


def ks(reference, current):
    p, q = np.sort(reference), np.sort(current)
    both = np.concatenate([p, q])
    return np.max(np.abs(np.searchsorted(p, both, side="right") / len(p) - np.searchsorted(q, both, side="right") / len(q)))


def auc(score, target):
    ranks = score.rank()
    events = target == 1
    n, m = events.sum(), (~events).sum()
    return (ranks[events].sum() - n * (n + 1) / 2) / (n * m)


def main():
    log = pd.read_csv(sys.argv[1])
    month = pd.to_datetime(log["ts"]).dt.month
    for name in log.columns.drop(["ts", "target", "score"]):
        reference = log.loc[month <= 3, name].dropna()
        for m in range(1, 13):
            current = log.loc[month == m, name].dropna()
            values = [psi(reference, current), jensen_shannon(reference, current)]
            if is_numeric(reference):
                values.append(ks(reference, current))
            print(name, m, *(f"{value:.6f}" for value in values))
    for m in range(1, 13):
        rows = log[month == m]
        print("auc", m, f"{auc(rows['score'], rows['target']):.6f}")


if __name__ == "__main__":
    main()
