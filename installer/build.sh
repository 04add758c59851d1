#!/usr/bin/env bash
# Configures and builds one preset, saying nothing unless there is something to do or it fails: build.sh PRESET [targets...]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1
shift
folder="$root/build/$preset"
mkdir -p "$folder"
# What another preset of this clone compiled with the same flags is not compiled again. Dependencies are the compiler's,
# so that nothing is preprocessed twice; precompiled headers ask for the sloppiness.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=true CCACHE_DEPEND=true CCACHE_SLOPPINESS=pch_defines,time_macros
log="$folder/build.log"
if [[ ! -f "$folder/build.ninja" ]]; then
    echo "Configuring ($preset)" >&2
    if ! cmake --preset "$preset" -S "$root" >"$log" 2>&1; then
        cat "$log" >&2
        exit 1
    fi
fi
[[ -x "$folder/bin/countersign-cli" ]] || echo "Building ($preset); the first time takes some minutes" >&2
if ! cmake --build "$folder" ${1:+--target "$@"} >"$log" 2>&1; then
    grep -E "error|warning|FAILED" -A6 "$log" | head -80 >&2 || true
    echo "The build failed; the whole output is in $log" >&2
    exit 1
fi
