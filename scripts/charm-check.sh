#!/usr/bin/env bash
# Format, lint and types of the charm, with the first Python from 3.11 on that is here.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/charm-python.sh
read -r version python < <(charm_pythons)
[ -n "${python:-}" ] || { echo "charm: no Python from 3.11 on was found" >&2; exit 1; }
venv=$(charm_venv "$version" "$python" charm/requirements-dev.txt)
cd charm
"$venv/bin/ruff" format --quiet --check .
"$venv/bin/ruff" check --quiet .
"$venv/bin/pyright" --pythonpath "$venv/bin/python" | grep -v '^0 errors' || [ "${PIPESTATUS[0]}" -eq 0 ]
