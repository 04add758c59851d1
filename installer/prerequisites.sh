#!/usr/bin/env bash
# Installs the Debian packages that are missing: prerequisites.sh run|test
# Quiet when nothing is missing. Uses sudo when it is not run as root.
set -euo pipefail

run_packages=(
    g++ cmake ninja-build pkg-config ccache
    qt6-base-dev qt6-charts-dev libqt6opengl6-dev qt6-svg-dev libgl1-mesa-dev libvulkan-dev
    libqt6svg6 fonts-dejavu-core
    libboost1.81-dev libboost-filesystem1.81-dev libboost-json1.81-dev
    libsqlite3-dev libsodium-dev nettle-dev libfast-float-dev zlib1g-dev libzstd-dev libxxhash-dev libcli11-dev unixodbc-dev
)
test_packages=("${run_packages[@]}" sqlite3 openssl xxd postgresql odbc-postgresql git clang-format-19 clang-tidy-19)

case "${1:-run}" in
run) wanted=("${run_packages[@]}") ;;
test) wanted=("${test_packages[@]}") ;;
*)
    echo "usage: $0 run|test" >&2
    exit 2
    ;;
esac

missing=()
for package in "${wanted[@]}"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing and need an administrator: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing ${#missing[@]} missing packages: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "The packages could not be installed." >&2
    exit 1
fi
