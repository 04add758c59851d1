// SPDX-License-Identifier: GPL-3.0-or-later
// The task of drift.py with polars reading the log and typed arrays doing the rest: deciles, exact KS, 12 AUCs.
"use strict";
const pl = require("nodejs-polars");

const frame = pl.readCSV(process.argv[2]);
const months = frame.getColumn("ts").toArray().map((t) => Number(t.slice(5, 7)) - 1);

function distances(reference, current) {
    let psi = 0, js = 0;
    const n = reference.reduce((a, b) => a + b, 0), m = current.reduce((a, b) => a + b, 0);
    for (let i = 0; i < reference.length; ++i) {
        const p = reference[i] / n, q = current[i] / m, mean = (p + q) / 2;
        if (p > 0 || q > 0) psi += ((q || 1e-4) - (p || 1e-4)) * Math.log((q || 1e-4) / (p || 1e-4));
        js += (p > 0 ? p * Math.log2(p / mean) : 0) + (q > 0 ? q * Math.log2(q / mean) : 0);
    }
    return `${psi.toFixed(6)} ${Math.sqrt(Math.max(0, js / 2)).toFixed(6)}`;
}

function ks(a, b) {
    let i = 0, j = 0, largest = 0;
    while (i < a.length && j < b.length) {
        const x = Math.min(a[i], b[j]);
        while (i < a.length && a[i] === x) ++i;
        while (j < b.length && b[j] === x) ++j;
        largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
    }
    return largest.toFixed(6);
}

function quantile(sorted, p) {
    const at = (sorted.length - 1) * p, low = Math.floor(at);
    return sorted[low] + ((sorted[low + 1] ?? sorted[low]) - sorted[low]) * (at - low);
}

function binned(sorted, edges, missing) {
    const counts = new Array(edges.length + 2).fill(0);
    let bin = 0;
    for (const x of sorted) {
        while (bin < edges.length && x > edges[bin]) ++bin;
        ++counts[bin];
    }
    counts[edges.length + 1] = missing;
    return counts;
}

for (const name of frame.columns.filter((c) => !["ts", "target", "score"].includes(c))) {
    const values = frame.getColumn(name).toArray();
    const groups = Array.from({length: 13}, () => []); // twelve months and the reference
    values.forEach((value, row) => {
        groups[months[row]].push(value);
        if (months[row] < 3) groups[12].push(value);
    });
    if (name.startsWith("c")) {
        const place = new Map([...new Set(values)].map((c, i) => [c, i]));
        const counts = groups.map((group) => {
            const of = new Array(place.size).fill(0);
            for (const value of group) ++of[place.get(value)];
            return of;
        });
        for (let month = 0; month < 12; ++month) console.log(name, month + 1, distances(counts[12], counts[month]));
        continue;
    }
    const sorted = groups.map((group) => Float64Array.from(group.filter((x) => x !== null)).sort());
    const edges = [...new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => quantile(sorted[12], k / 10)))];
    const counts = groups.map((group, i) => binned(sorted[i], edges, group.length - sorted[i].length));
    for (let month = 0; month < 12; ++month)
        console.log(name, month + 1, distances(counts[12], counts[month]), ks(sorted[12], sorted[month]));
}

const score = frame.getColumn("score").toArray();
const target = frame.getColumn("target").toArray();
for (let month = 0; month < 12; ++month) {
    const events = [], others = [];
    score.forEach((s, row) => { if (months[row] === month) (Number(target[row]) === 1 ? events : others).push(s); });
    const high = Float64Array.from(events).sort(), low = Float64Array.from(others).sort();
    let below = 0, notAbove = 0, twice = 0;
    for (const s of high) {
        while (below < low.length && low[below] < s) ++below;
        while (notAbove < low.length && low[notAbove] <= s) ++notAbove;
        twice += below + notAbove;
    }
    console.log("auc", month + 1, (twice / 2 / high.length / low.length).toFixed(6));
}
