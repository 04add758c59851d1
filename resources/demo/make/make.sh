#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the demo data of this folder anew, byte for byte, on Debian 12.
# Needs: apt-get install --no-install-recommends r-base-core r-cran-modeldata
set -eu
cd "$(dirname "$0")"
here=$(cd .. && pwd)
out=${1:-$here}
mkdir -p "$out"
if ! [ "$out" -ef "$here" ]; then
    mkdir -p "$out/chicago-ridership"
    cp ../inventory.csv ../inventory-with-errors.csv ../LICENSES.md "$out"
    cp ../chicago-ridership/challenger*.md "$out/chicago-ridership"
fi
for script in chicago credit lending portfolio describe readme; do
    echo "$script"
    Rscript --vanilla "$script.R" "$out"
done
