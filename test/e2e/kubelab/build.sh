#!/usr/bin/env bash
# Builds kubelab and prints the binary's path. Binary and Go caches live under the user's cache, outside the clone: the
# binary in a folder named by what it was built from, so that a change builds anew and an old clone still finds its own.
set -euo pipefail
cd "$(dirname "$0")"
root=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/kubelab
hash=$(cat go.mod go.sum main.go build.sh | sha256sum | cut -c1-16)
bin=$root/$hash/kubelab
if [ -x "$bin" ]; then
	echo "$bin"
	exit 0
fi
command -v go >/dev/null || {
	echo "make e2e builds kube-apiserver and needs Go (https://go.dev/dl)" >&2
	exit 1
}
# A module cache that the machine already has is used; else one of our own.
[ -d "$(go env GOMODCACHE)/k8s.io" ] || export GOMODCACHE=$root/mod
export GOCACHE=$root/go-build CGO_ENABLED=0
version=$(sed -nE 's#^require k8s.io/kubernetes (v.*)#\1#p' go.mod)
minor=${version#v1.}
flags="-s -w"
# The server refuses to start without a version that it can parse.
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
	flags+=" -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
	flags+=" -X $package.gitTreeState=archive -X $package.buildDate=2026-01-01T00:00:00Z"
done
mkdir -p "$root/$hash"
echo "building kube-apiserver $version and etcd: some minutes, once" >&2
go build -trimpath -buildvcs=false -mod=readonly -modcacherw -gcflags=all=-dwarf=false -ldflags="$flags" -o "$bin.new.$$" . >&2
mv "$bin.new.$$" "$bin"
echo "$bin"
