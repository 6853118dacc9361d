#!/usr/bin/env bash
# Installs exactly what package-lock.json names, checked against its integrity hashes; Node 24 itself is among it, so
# any Node from 20 on can start this. `npm ci` would refuse: it also wants entries for other platforms' binaries, which
# not every registry has.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is missing: install Node 20 or newer with npm" >&2; exit 1; }
npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
