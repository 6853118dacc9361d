#!/usr/bin/env bash
# Makes an environment of its own for juju-doctor, pinned with hashes, and prints where the command is. Exit 1 with a
# sentence where it cannot be had: the bench goes on without it.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/charm-python.sh
read -r version python < <(charm_pythons | grep -v '^3.11 ')
[ -n "${python:-}" ] || { echo "left out: its lock wants Python 3.12 or newer, and none was found" >&2; exit 1; }
venv=$(charm_venv "$version" "$python" test/bench/peers/juju-doctor.txt 2>/dev/null)
[ -x "$venv/bin/juju-doctor" ] && { echo "$venv/bin/juju-doctor"; exit 0; }
rm -rf "$venv"
echo "left out: it could not be installed from the package index" >&2
exit 1
