#!/usr/bin/env bash
# Every source file is as clang-format 19 writes it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
if ! find app core ui tests -name '*.cpp' -o -name '*.h' | xargs clang-format-19 --dry-run --Werror 2>build-format.log; then
    cat build-format.log
    rm -f build-format.log
    echo "Run: find app core ui tests -name '*.cpp' -o -name '*.h' | xargs clang-format-19 -i" >&2
    exit 1
fi
rm -f build-format.log
