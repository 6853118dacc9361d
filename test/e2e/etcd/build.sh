#!/usr/bin/env bash
# Builds the newest etcd from its Go module and prints the binary's path; it is kept beside kubelab's.
set -euo pipefail
cd "$(dirname "$0")"
root=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/etcd
hash=$(cat go.mod go.sum main.go build.sh | sha256sum | cut -c1-16)
bin=$root/$hash/etcd
if [ -x "$bin" ]; then
	echo "$bin"
	exit 0
fi
command -v go >/dev/null || {
	echo "make e2e builds etcd and needs Go (https://go.dev/dl)" >&2
	exit 1
}
export GOCACHE=$root/go-build CGO_ENABLED=0
mkdir -p "$root/$hash"
echo "building etcd: a minute, once" >&2
go build -trimpath -buildvcs=false -mod=readonly -modcacherw -ldflags="-s -w" -o "$bin.new.$$" . >&2
mv "$bin.new.$$" "$bin"
echo "$bin"
