#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the demo data of this folder anew, byte for byte, on Debian 12.
# Needs: apt-get install --no-install-recommends r-base-core r-cran-modeldata
set -eu
cd "$(dirname "$0")"
out=${1:-$(cd .. && pwd)}
for script in chicago credit lending portfolio inventory describe readme; do
    echo "$script"
    Rscript --vanilla "$script.R" "$out"
done
