#!/usr/bin/env bash
# Holds charmcraft.yaml against the models of charmcraft itself, and runs charmlint, which wants Python 3.12. Both are
# large and of no use to the charm: they have an environment of their own, and are no part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/charm-python.sh
read -r version python < <(charm_pythons | grep -v '^3.11 ')
[ -n "${python:-}" ] || { echo "charm: charmlint wants Python 3.12 or newer" >&2; exit 1; }
venv=$PWD/build/charm/$version-lint
[ -x "$venv/bin/charmlint" ] || {
  "$python" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check charmcraft==4.5.0 charmlint==0.3.0
}
"$venv/bin/python" - <<'PY'
import yaml
from charmcraft.models.project import PlatformCharm

project = yaml.safe_load(open("charm/charmcraft.yaml"))
PlatformCharm.model_validate(project)
print(f"charmcraft.yaml: {len(project['actions'])} actions, {len(project['config']['options'])} options, sound")
PY
"$venv/bin/charmlint" --strict --no-colour charm
