#!/usr/bin/env bash
# Locks what the charm needs, with hashes: run it after a change of charm/pyproject.toml. Names no package host.
set -euo pipefail
cd "$(dirname "$0")/../charm"
mkdir -p ../build
python3 -m venv ../build/charm-lock
../build/charm-lock/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
lock() {
  ../build/charm-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-annotate --no-header --no-emit-index-url "$@"
}
lock --output-file requirements.txt
lock --group dev --constraint requirements.txt --output-file requirements-dev.txt
