#!/usr/bin/env bash
# The main job. With a display: the window on the demonstration workspace. Without one: the same job headless, ending
# with where its files are. Options are handed to the window; --headless forces the job without a window.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

headless=false
if [[ "${1:-}" == --headless ]]; then
    headless=true
    shift
fi
[[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]] || headless=true

installer/prerequisites.sh run
installer/build.sh release
bin="$root/build/release/bin"

if ! $headless; then
    exec "$bin/countersign" --demo "$@"
fi

out="$root/build/demo"
rm -rf "$out"
mkdir -p "$out"
"$bin/countersign-cli" demo --out "$out/workspace"
echo
echo "An auditor's check of the file, with the stand-alone verifier:"
"$bin/countersign-verify" "$out/workspace/evidence/workspace.countersign" --checkpoint "$out/workspace/evidence/checkpoint.txt"
echo
# Without a display Qt warns of what a window would have had: a session's folder, size hints.
mkdir -m 700 "$out/session"
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES="default.warning=false" XDG_RUNTIME_DIR="$out/session" \
    "$bin/countersign" "$out/workspace/demo.countersign" --keystore "$out/workspace/keys" --pictures "$out/pictures"
rm -r "$out/session"
echo
echo "Workspace  $out/workspace/demo.countersign"
echo "Evidence   $out/workspace/evidence"
echo "Pictures   $out/pictures"
