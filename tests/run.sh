#!/usr/bin/env bash
# Builds and runs every test. With CI=true (or --all) also: formatting, and the core without the window. With
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

# A suite beside the main one: all of its output when it fails, else its summary.
beside() {
    local preset=$1 title=$2
    installer/build.sh "$preset"
    echo "$title"
    if ! ctest --preset "$preset" >"build/$preset/ctest.log" 2>&1; then
        cat "build/$preset/ctest.log"
        exit 1
    fi
    tail -n 4 "build/$preset/ctest.log"
}

installer/build.sh dev
if $all; then
    tests/checkstyle.sh
    beside core-only "The core without the window:"
fi
if $sanitize; then
    beside asan-core "The core under AddressSanitizer and UndefinedBehaviorSanitizer:"
fi
ctest --preset dev "$@"
