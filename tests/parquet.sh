#!/usr/bin/env bash
# Fetches by npm, where it is there, what the tests of Parquet need and this machine has not, into build/parquet: DuckDB's
# library, and flights-3m.parquet of the package vega-datasets (3,000,000 real flights). Without them those tests skip.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$root/build/parquet
library=${XDG_DATA_HOME:-$HOME/.local/share}/countersign/lib/libduckdb.so
flights=$folder/flights-3m.parquet
patience=180 # seconds; npm by itself waits for a network much longer

[[ -e "$flights" ]] && [[ -e "$library" || -e "$folder/libduckdb.so" ]] && exit 0
if ! command -v npm >/dev/null; then
    echo "Without npm the tests of Parquet are skipped." >&2
    exit 0
fi
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [[ ! -e "$library" && ! -e "$folder/libduckdb.so" ]]; then
    timeout "$patience" "$root/installer/duckdb.sh" "$folder" >/dev/null || echo "DuckDB's library could not be fetched." >&2
fi
if [[ ! -e "$flights" ]]; then
    if archive=$(cd "$work" && timeout "$patience" npm pack --silent vega-datasets@3.2.1 | tail -n 1) &&
        tar -xzf "$work/$archive" -C "$work" package/data/flights-3m.parquet; then
        mv "$work/package/data/flights-3m.parquet" "$flights"
    else
        echo "flights-3m.parquet could not be fetched." >&2
    fi
fi
