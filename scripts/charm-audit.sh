#!/usr/bin/env bash
# Prints what pip-audit says of what the charm carries, as JSON; its exit code is the caller's to ignore. It has an
# environment of its own, and is no part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/charm-python.sh
read -r _ python < <(charm_pythons)
venv=$PWD/build/charm/audit
[ -x "$venv/bin/pip-audit" ] || {
	"$python" -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check pip-audit==2.10.1
} >&2
"$venv/bin/pip-audit" --disable-pip --require-hashes --requirement charm/requirements.txt --format json
