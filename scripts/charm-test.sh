#!/usr/bin/env bash
# The charm's tests with every Python from 3.11 on that is here, two at a time; at least one has to be. The results of
# the first go into build/junit/charm.xml; the others' count as well: each has its own file.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/charm-python.sh
mkdir -p build/junit build/charm
mapfile -t pythons < <(charm_pythons)
[ "${#pythons[@]}" -gt 0 ] || { echo "charm: no Python from 3.11 on was found" >&2; exit 1; }

run() {
  local version=$1 python=$2 file=$3 venv
  venv=$(charm_venv "$version" "$python" charm/requirements-dev.txt) || return 1
  (cd charm && "$venv/bin/python" -m pytest -q -p no:cacheprovider --junit-xml="../build/junit/$file") \
    >"build/charm/test-$version.log" 2>&1
}

status=0
for ((i = 0; i < ${#pythons[@]}; i += 2)); do
  jobs=()
  for entry in "${pythons[@]:i:2}"; do
    read -r version python <<<"$entry"
    file=charm.xml
    [ "$entry" = "${pythons[0]}" ] || file=charm-$version.xml
    run "$version" "$python" "$file" & jobs+=("$! $version")
  done
  for job in "${jobs[@]}"; do
    read -r pid version <<<"$job"
    if wait "$pid"; then echo "charm: Python $version: $(tail -n 1 "build/charm/test-$version.log")"
    else status=1; echo "charm: Python $version failed"; tail -n 60 "build/charm/test-$version.log"; fi
  done
done
exit "$status"
