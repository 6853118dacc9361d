# Sourced: the Pythons from 3.11 on that are here, and a virtual environment for each, made from the locked requirements.

# Prints each of them that starts, one on a line: `3.12 /usr/bin/python3.12`.
charm_pythons() {
  local version candidate
  for version in 3.11 3.12 3.13 3.14; do
    for candidate in "$(type -P "python$version" || true)" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python; do
      [ -x "$candidate" ] || continue
      "$candidate" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null || continue
      echo "$version $candidate"
      break
    done
  done
}

# Makes the environment for a Python where it is missing or the lock has changed, and prints where it is.
charm_venv() {
  local version=$1 python=$2 lock=$3 venv
  venv=$PWD/build/charm/$version-$(basename "$lock" .txt)
  if ! cmp -s "$lock" "$venv/locked.txt"; then
    rm -rf "$venv"
    "$python" -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$lock" >&2
    cp "$lock" "$venv/locked.txt"
  fi
  echo "$venv"
}
