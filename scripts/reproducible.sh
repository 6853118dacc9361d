#!/usr/bin/env bash
# Builds what is released twice, in two folders, with another umask, time zone, language and time (a year later where
# faketime is installed), and compares byte by byte: dist/, what `make build` copies into the charm, and the release.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
[ -d node_modules ] || { echo "run make setup first" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The files of the checkout, as they are now: what git knows, and what it does not ignore.
copy() {
	mkdir -p "$1"
	git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
		[ ! -e "$file" ] || printf '%s\0' "$file"
	done | tar --null --no-recursion -T - -cf - | tar -xf - -C "$1" -m
	[ -e "$1/node_modules" ] || ln -s "$(realpath "$root/node_modules")" "$1/node_modules"
}

# FOLDER UMASK COMMAND…
build() {
	local folder=$1 mask=$2
	shift 2
	(
		umask "$mask"
		copy "$folder"
		cd "$folder"
		"$@" make --no-print-directory --silent build -o node_modules/.setup
		"$@" scripts/release.sh >/dev/null
	)
}

elsewhere="$work/a much longer/name für two"
build "$work/one" 022 env TZ=UTC LC_ALL=C
# Without faketime a second or two later, so that a time that slipped in shows all the same.
sleep 2
later=()
! command -v faketime >/dev/null || later=(faketime -f +400d)
build "$elsewhere" 077 env -u LC_ALL TZ=Pacific/Kiritimati LANG=tr_TR.UTF-8 "${later[@]}"

status=0
for part in dist charm/src build/release; do
	diff -r --exclude=__pycache__ "$work/one/$part" "$elsewhere/$part" || status=1
done
[ "$status" -eq 0 ] || { echo "not reproducible: see above" >&2; exit 1; }
echo "byte-identical: $(find "$work/one/dist" -type f | wc -l) files of dist/, the charm's, and the release:"
cat "$work/one/build/release/SHA256SUMS"
