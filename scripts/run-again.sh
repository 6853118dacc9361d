#!/usr/bin/env bash
# Runs once more, one after the other, the few spec files with a failed test (docs/decisions/2026-11-22-a-second-look.md).
# Fails where that says nothing: many failed, or something that is not counted by file.
set -uo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(python3 scripts/junit_sum.py --again build/junit)
status=1
for suite in test e2e; do
  mine=()
  for file in "${files[@]}"; do
    if [[ $file == test/e2e/* ]]; then [ "$suite" = e2e ] && mine+=("$file"); else [ "$suite" = test ] && mine+=("$file"); fi
  done
  [ "${#mine[@]}" -gt 0 ] || continue
  make "$suite" ONLY="${mine[*]}" JUNIT="again-$suite.xml" || exit 1
  status=0
done
exit "$status"
