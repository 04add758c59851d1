#!/usr/bin/env bash
# clang-tidy 19 over the product's own sources and its tests with the checks of .clang-tidy, in the batches the dev build
# compiles. The build's flags are those of GCC: clang does not know all of them, an unknown one would be an error, and
# after an error the analyzer stays silent. Clang also finds deprecated what the standard library itself uses, and cannot
# read the precompiled headers of GCC.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
log=build/dev/tidy.log
if ! grep -oP '"file": "\K[^"]+' build/dev/compile_commands.json | grep -E "^$root/(build/dev/)?(core|ui|app|tests)/" | grep -v _autogen |
    xargs -n 1 -P "$(nproc)" clang-tidy-19 -p build/dev --quiet \
        --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-deprecated-declarations \
        --extra-arg=-Wno-ignored-gch >"$log" 2>/dev/null; then
    grep -E "warning:|error:" -A3 "$log"
    exit 1
fi
echo "clang-tidy: clean"
