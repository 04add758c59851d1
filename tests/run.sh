#!/usr/bin/env bash
# Builds and runs every test. With CI=true (or --all) also: the whole suite under ASan and UBSan, the core without the
# window, formatting and clang-tidy. Ends with ctest's summary. Options after -- go to ctest.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

all=false
[[ "${CI:-}" == true ]] && all=true
if [[ "${1:-}" == --all ]]; then
    all=true
    shift
fi
[[ "${1:-}" == -- ]] && shift

installer/prerequisites.sh test

if $all; then
    tests/checkstyle.sh
    installer/build.sh core-only
    echo "Core without the window:"
    ctest --preset core-only -LE slow --output-on-failure | tail -n 4
    installer/build.sh asan
    echo "Under AddressSanitizer and UndefinedBehaviorSanitizer:"
    if ! ctest --preset asan >build/asan/ctest.log 2>&1; then
        cat build/asan/ctest.log
        exit 1
    fi
    tail -n 4 build/asan/ctest.log
fi
installer/build.sh dev
$all && tests/checktidy.sh
ctest --preset dev "$@"
