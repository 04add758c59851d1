#!/usr/bin/env bash
# Builds and runs every test. With CI=true (or --all) also: formatting, and the tools without the window. With
# --sanitize also: the core under AddressSanitizer and UndefinedBehaviorSanitizer. Ends with ctest's summary. Options
# after -- go to ctest.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

all=false
sanitize=false
[[ "${CI:-}" == true ]] && all=true
while [[ $# -gt 0 ]]; do
    case "$1" in
    --all) all=true ;;
    --sanitize) sanitize=true ;;
    --)
        shift
        break
        ;;
    *) break ;;
    esac
    shift
done

installer/prerequisites.sh test
tests/parquet.sh
[[ -e build/parquet/libduckdb.so ]] && export COUNTERSIGN_DUCKDB="$root/build/parquet/libduckdb.so"

# The command-line tools configured without the window: they build, hold nothing of Qt, and do the main job.
check_tools() {
    installer/build.sh core-only countersign-cli countersign-verify
    local tools=build/core-only/bin demo=build/core-only/demo
    if ldd "$tools/countersign-cli" "$tools/countersign-verify" | grep Qt; then
        echo "The command-line tools need no Qt, but are linked with it." >&2
        exit 1
    fi
    rm -rf "$demo"
    "$tools/countersign-cli" demo --out "$demo" >/dev/null
    "$tools/countersign-verify" "$demo/demo.countersign" >/dev/null
    echo "The tools build and run without the window."
}

# The core's suite under the sanitizers: all of its output when it fails, else its summary.
check_sanitized() {
    installer/build.sh asan-core
    echo "The core under AddressSanitizer and UndefinedBehaviorSanitizer:"
    if ! ctest --preset asan-core >build/asan-core/ctest.log 2>&1; then
        cat build/asan-core/ctest.log
        exit 1
    fi
    tail -n 4 build/asan-core/ctest.log
}

installer/build.sh dev
if $all; then
    tests/checkstyle.sh
    check_tools
fi
if $sanitize; then
    check_sanitized
fi
ctest --preset dev "$@"
