#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Computes every PSI, missing count, RMSE and AUC of the expected.csv files a second time, from the shipped logs alone
# and with nothing but sort and awk, and compares. Exit code 1 when one differs.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# rows FILE COLUMN KIND prints "in-reference <tab> period <tab> value" for each row of a log.
rows() {
    gzip -dc "$1" | awk -F, -v column="$2" -v kind="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) c = i; if (!c) exit 2; next }
        { reference = kind == "reference"; period = "all"
          if (kind == "year") { period = substr($1, 1, 4); reference = period <= "2008" }
          if (kind == "month") { period = substr($1, 1, 7); reference = period <= "2019-12" }
          printf "%d\t%s\t%s\n", reference, kind == "reference" ? "-" : period, $c }'
}
column() { # MODEL COLUMN
    case $1 in
        chicago-ridership) rows $1/chicago-ridership.csv.gz "$2" year ;;
        simulated-credit-portfolio) rows $1/simulated-credit-portfolio.csv.gz "$2" month ;;
        credit-scorecard) rows $1/credit-scorecard-reference.csv.gz "$2" reference
                          rows $1/credit-scorecard-current.csv.gz "$2" current ;;
        loans-36-months) rows $1/loans-36-months-reference.csv.gz "$2" reference
                         rows $1/loans-60-months-current.csv.gz "$2" current ;;
    esac
}
# Deciles of the sorted reference (linear interpolation), counts by period, PSI.
psi() {
    sort -t "$(printf '\t')" -k3,3g | awk -F'\t' '
        function bin(v, ranged,   i) {
            if (v == "") return "missing"
            if (text) return ranged && !(v in known) ? "not seen" : "=" v
            if (ranged && (v + 0 < ordered[0] || v + 0 > ordered[n - 1])) return v + 0 < ordered[0] ? "below" : "above"
            for (i = 1; i <= k; i++) if (v + 0 <= edge[i]) return i
            return k + 1
        }
        function value_of(p, ranged,   b, x, y, sum) {
            for (b in bins) {
                if (!r[ranged, b] && !c[p, ranged, b]) continue
                x = r[ranged, b] / R; y = c[p, ranged, b] / C[p]; if (x < 1e-4) x = 1e-4; if (y < 1e-4) y = 1e-4
                sum += (y - x) * log(y / x)
            }
            return sum + 0
        }
        { flag[NR] = $1; period[NR] = $2; value[NR] = $3
          if ($3 != "" && $3 !~ /^-?[0-9.]+(e-?[0-9]+)?$/) text = 1
          if ($1 && $3 != "") { ordered[n++] = $3; known[$3] = 1 } }
        END {
            for (d = 1; d <= 9 && !text; d++) {
                h = (n - 1) * d / 10; lo = int(h); e = ordered[lo] + (h - lo) * (ordered[lo + 1] - ordered[lo])
                if (!k || e != edge[k]) edge[++k] = e
            }
            for (i = 1; i <= NR; i++) {
                if (flag[i]) R++
                if (period[i] != "-") { C[period[i]]++; if (value[i] == "") gone[period[i]]++ }
                for (ranged = 0; ranged <= 1; ranged++) {
                    b = bin(value[i], ranged); bins[b] = 1
                    if (flag[i]) r[ranged, b]++
                    if (period[i] != "-") c[period[i], ranged, b]++
                }
            }
            for (p in C) printf "%s %d %.12g %.12g\n", p, gone[p] + 0, value_of(p, 0), value_of(p, 1)
        }'
}
# Input: period, target, score; prints RMSE or AUC by period.
performance() {
    sort -t "$(printf '\t')" -k1,1 -k3,3g | awk -F'\t' -v measure="$1" '
        function close_tie() { u += tied1 * (below0 + tied0 / 2); below0 += tied0; tied0 = tied1 = 0 }
        function flush() {
            if (now == "") return
            close_tie()
            if (measure == "rmse") printf "%s %.12g\n", now, sqrt(squares / n)
            else if (n1 && n - n1) printf "%s %.12g\n", now, u / n1 / (n - n1)
            n = n1 = u = below0 = squares = 0
        }
        $2 == "" || $3 == "" { next }
        $1 != now { flush(); now = $1; last = "" }
        $3 != last { close_tie(); last = $3 }
        { n++; squares += ($3 - $2) * ($3 - $2); if ($2 == 1) { n1++; tied1++ } else tied0++ }
        END { flush() }'
}
compare() { # LABEL, expected lines in $work/want, found in $work/got
    awk -v label="$1" '
        NR == FNR { got[$1] = $0; next }
        { n++; split(got[$1], g, " ")
          for (i = 2; i <= NF; i++) {
              d = g[i] - $i; if (d < 0) d = -d; if (d > worst) worst = d
              if (g[i] == "" || d > 1e-9 * (1 + ($i > 0 ? $i : -$i))) { bad++; print "DIFFERS", label, $0, "found", got[$1] } } }
        END { printf "%-48s %3d periods, largest difference %.1e\n", label, n, worst; exit bad > 0 || n == 0 }' \
        "$work/got" "$work/want"
}

failed=0
for model in chicago-ridership credit-scorecard loans-36-months simulated-credit-portfolio; do
    for name in $(awk -F, 'NR > 1 && $2 != "*" && !seen[$2]++ { print $2 }' $model/expected.csv); do
        column $model "$name" | psi >"$work/got"
        awk -F, -v name="$name" '$2 == name { print $1, $4, $5, $10 }' $model/expected.csv >"$work/want"
        compare "$model $name psi" || failed=1
    done
    case $model in
        chicago-ridership) measure=rmse target=ridership score=prediction field=9 ;;
        simulated-credit-portfolio) measure=auc target=default_90d score=score field=8 ;;
        *) measure=auc target=default score=score field=8 ;;
    esac
    column $model $target | awk -F'\t' '$2 != "-"' >"$work/target"
    column $model $score | awk -F'\t' '$2 != "-" { print $3 }' >"$work/score"
    paste "$work/target" "$work/score" | cut -f2- | performance $measure >"$work/got"
    awk -F, -v f=$field '$2 == "*" && $f != "" { print $1, $f }' $model/expected.csv >"$work/want"
    compare "$model $measure" || failed=1
done
exit $failed
