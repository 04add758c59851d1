#!/usr/bin/env bash
# clang-tidy 19 over the product's own sources with the checks of .clang-tidy; needs the dev build.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
log=build/dev/tidy.log
if ! find core app ui -name '*.cpp' -print0 |
    xargs -0 -n 4 -P "$(nproc)" clang-tidy-19 -p build/dev --quiet >"$log" 2>/dev/null; then
    grep -E "warning:|error:" -A3 "$log"
    exit 1
fi
echo "clang-tidy: clean"
