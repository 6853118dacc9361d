#!/usr/bin/env bash
# Lays out in a folder what is released: the program, the charm's sources with what `make build` copies into them, the
# list of contents, and the sums of all. Names, owners, modes and times in it do not depend on who packs it where.
#   scripts/release.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-build/release}")
rm -rf "$folder" && mkdir -p "$folder"
version=$(node -p 'require("./package.json").version')
export LC_ALL=C

# npm takes over the modes that files happen to have here: it packs a copy that has its own.
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
for part in package.json README.md LICENSE $(node -p 'require("./package.json").files.join(" ")'); do
	mkdir -p "$stage/$(dirname "$part")"
	cp -r "$part" "$stage/$part"
done
chmod -R u=rwX,go=rX "$stage"
npm pack --silent --pack-destination "$folder" "$stage" >/dev/null
# The time of the release is that of nothing that was built: the epoch of npm's own archives.
tar --sort=name --mtime=@499162500 --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r-w,a+X \
	--exclude=__pycache__ --exclude=.ruff_cache --exclude=.pytest_cache --exclude=tests -cf - charm |
	gzip -n9 >"$folder/holdfast-k8s-charm-$version.tar.gz"
node scripts/sbom.ts >"$folder/sbom.cdx.json"
(cd "$folder" && sha256sum -- * >SHA256SUMS.new && mv SHA256SUMS.new SHA256SUMS)
# Others have to be able to read it, whatever the umask.
chmod -R u=rwX,go=rX "$folder"
ls "$folder"
