#!/usr/bin/env bash
# Builds the image with what deploy/image/pins.env names, by buildah, podman or docker, whichever is there (or BUILDER).
#   scripts/image.sh [--release] [TAG]
# BASE, JUJU_3, JUJU_4 and their _SHA256 in the environment go before the pins; a JUJU_n that is a file on this machine
# goes with its own SHA-256 unless one is given. PINS names another file. BUILD_FLAGS are handed to the builder. --release wants all pins.
set -euo pipefail
cd "$(dirname "$0")/.."
release=
if [ "${1:-}" = --release ]; then release=1 && shift; fi
version=$(node -p 'require("./package.json").version')
tag=${1:-holdfast:$version}
case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac

pins=${PINS:-deploy/image/pins.env}
pin() { sed -n "s/^$1=//p" "$pins"; }
staging=deploy/image/artefacts/$$
trap 'rm -rf "$staging"' EXIT
missing=()
args=(--build-arg "VERSION=$version" --build-arg "REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown)")
argument() {
	[ -n "$2" ] || missing+=("$1")
	args+=(--build-arg "$1=$2")
}
argument BASE "${BASE:-$(pin BASE)}"
for series in 3 4; do
	name=JUJU_$series sum=JUJU_${series}_SHA256
	source=${!name:-$(pin "$name")}
	sha256=${!sum:-$(pin "${sum}_${arch^^}")}
	source=${source//ARCH/$arch}
	if [ -f "$source" ]; then
		sha256=${!sum:-$(sha256sum "$source" | cut -d' ' -f1)}
		mkdir -p "$staging"
		staged=$staging/$series-$(basename "$source")
		cp "$source" "$staged"
		source=$staged
	fi
	argument "$name" "$source"
	argument "$sum" "$sha256"
done
if [ -n "$release" ] && [ "${#missing[@]}" -gt 0 ]; then
	echo "$pins has no ${missing[*]}: a release is not built without" >&2
	exit 1
fi
[ "${#missing[@]}" -eq 0 ] || echo "not pinned, so left out: ${missing[*]}" >&2

builder=${BUILDER:-$(command -v buildah || command -v podman || command -v docker)} || {
	echo "install buildah, podman or docker" >&2
	exit 1
}
# Files and image bear the time of the commit, not of the build.
stamp=()
case $builder in *docker) ;; *) stamp=(--timestamp "$(git log -1 --format=%ct 2>/dev/null || echo 0)" --format oci) ;; esac
# shellcheck disable=SC2086 # BUILD_FLAGS are several words.
"$builder" ${BUILDER_FLAGS:-} build ${BUILD_FLAGS:-} "${stamp[@]}" "${args[@]}" -t "$tag" -f Dockerfile . >&2
echo "$tag"
