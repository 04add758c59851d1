#!/usr/bin/env bash
# Fetches DuckDB's library (MIT licence), with which Parquet files are read, by npm into the user's data folder:
# duckdb.sh [FOLDER]. Without it everything but Parquet works. Nothing calls this by itself.
set -euo pipefail

folder=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/countersign/lib}
case "$(uname -m)" in
x86_64) package=@duckdb/node-bindings-linux-x64 ;;
aarch64) package=@duckdb/node-bindings-linux-arm64 ;;
*)
    echo "There is no package of DuckDB's library for $(uname -m)." >&2
    exit 1
    ;;
esac
if ! command -v npm >/dev/null; then
    echo "npm is needed to fetch DuckDB's library; install the package npm." >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
archive=$(cd "$work" && npm pack --silent "$package@1.5.6-r.1" | tail -n 1)
tar -xzf "$work/$archive" -C "$work" package/libduckdb.so package/LICENSE
mkdir -p "$folder"
install -m 644 "$work/package/libduckdb.so" "$folder/libduckdb.so"
install -m 644 "$work/package/LICENSE" "$folder/LICENSE.duckdb"
echo "$folder/libduckdb.so"
