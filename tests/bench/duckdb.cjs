// SPDX-License-Identifier: GPL-3.0-or-later
// The task of drift.py in SQL: deciles, exact KS by window sums, 12 AUCs by ranks.
"use strict";
const {DuckDBInstance} = require("@duckdb/node-api");

const shares = `
    c AS (SELECT bin, mon, count(*)::DOUBLE AS n FROM b GROUP BY bin, mon),
    k AS (SELECT bins.bin, months.mon, coalesce(c.n, 0) AS n FROM (SELECT DISTINCT bin FROM c) bins
          CROSS JOIN (SELECT DISTINCT mon FROM c) months LEFT JOIN c ON c.bin = bins.bin AND c.mon = months.mon),
    r AS (SELECT bin, sum(n) / sum(sum(n)) OVER () AS p FROM k WHERE mon <= 3 GROUP BY bin),
    q AS (SELECT bin, mon, n / sum(n) OVER (PARTITION BY mon) AS q FROM k),
    s AS (SELECT mon, sum(CASE WHEN p = 0 AND q = 0 THEN 0 ELSE (if(q = 0, 1e-4, q) - if(p = 0, 1e-4, p)) *
              ln(if(q = 0, 1e-4, q) / if(p = 0, 1e-4, p)) END) AS psi,
              sqrt(greatest(0, sum(CASE WHEN p > 0 THEN p * log2(2 * p / (p + q)) ELSE 0 END +
                                   CASE WHEN q > 0 THEN q * log2(2 * q / (p + q)) ELSE 0 END) / 2)) AS js
          FROM q JOIN r USING (bin) GROUP BY mon)`;

function numeric(name) {
    return `WITH e AS (SELECT quantile_cont(${name}, [.1, .2, .3, .4, .5, .6, .7, .8, .9]) AS edges
                       FROM log WHERE mon <= 3),
        b AS (SELECT mon, CASE WHEN ${name} IS NULL THEN -1 ELSE (${name} > edges[1])::INT + (${name} > edges[2])::INT +
                  (${name} > edges[3])::INT + (${name} > edges[4])::INT + (${name} > edges[5])::INT +
                  (${name} > edges[6])::INT + (${name} > edges[7])::INT + (${name} > edges[8])::INT +
                  (${name} > edges[9])::INT END AS bin FROM log, e),
        ${shares},
        v AS (SELECT ${name} AS x, m.mon, (l.mon <= 3)::INT AS r, (l.mon = m.mon)::INT AS c FROM log l
              CROSS JOIN (SELECT DISTINCT mon FROM log) m WHERE ${name} IS NOT NULL AND (l.mon <= 3 OR l.mon = m.mon)),
        g AS (SELECT mon, x, sum(r) AS r, sum(c) AS c FROM v GROUP BY mon, x),
        f AS (SELECT mon, sum(r) OVER w / sum(r) OVER (PARTITION BY mon) AS fr,
                  sum(c) OVER w / sum(c) OVER (PARTITION BY mon) AS fc FROM g WINDOW w AS (PARTITION BY mon ORDER BY x)),
        d AS (SELECT mon, max(abs(fr - fc)) AS ks FROM f GROUP BY mon)
        SELECT mon, psi, js, ks FROM s JOIN d USING (mon) ORDER BY mon`;
}

function categorical(name) {
    return `WITH b AS (SELECT mon, coalesce(${name}, '') AS bin FROM log), ${shares}
        SELECT mon, psi, js FROM s ORDER BY mon`;
}

const auc = `
    WITH t AS (SELECT mon, target, rank() OVER w + (count(*) OVER (PARTITION BY mon, score) - 1) / 2.0 AS r
               FROM log WINDOW w AS (PARTITION BY mon ORDER BY score)),
    a AS (SELECT mon, sum(CASE WHEN target = 1 THEN r END) AS ranks, sum(target)::DOUBLE AS n,
              sum(1 - target)::DOUBLE AS m FROM t GROUP BY mon)
    SELECT mon, (ranks - n * (n + 1) / 2) / n / m FROM a ORDER BY mon`;

async function main() {
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    const rows = async (sql) => (await db.runAndReadAll(sql)).getRows();
    await db.run(`CREATE TABLE log AS SELECT *, month(ts) AS mon FROM read_csv('${process.argv[2]}')`);
    for (const [name] of await rows("SELECT column_name FROM (DESCRIBE log)")) {
        if (["ts", "target", "score", "mon"].includes(name)) continue;
        for (const row of await rows(name.startsWith("c") ? categorical(name) : numeric(name)))
            console.log(name, ...row.map((v, i) => (i === 0 ? String(v) : Number(v).toFixed(6))));
    }
    for (const row of await rows(auc)) console.log("auc", String(row[0]), Number(row[1]).toFixed(6));
}

main().catch((error) => { console.error(error); process.exit(1); });
