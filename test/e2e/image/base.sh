#!/usr/bin/env bash
# Makes a stand-in for the image's base where no image registry can be reached, and prints the path of its file system
# (tar): Debian of the same release from the machine's own mirror, with Node, npm and the machine's authorities.
set -euo pipefail
cd "$(dirname "$0")/../../.."
command -v mmdebstrap >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends mmdebstrap >&2
case $(uname -m) in x86_64) arch=x64 ;; *) arch=arm64 ;; esac
node=$PWD/node_modules/node-linux-$arch/bin/node
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
authorities=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
root=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/image
hash=$({ cat test/e2e/image/base.sh "$authorities"; "$node" --version; grep '"version"' "$npm/package.json"; } | sha256sum | cut -c1-16)
tar=$root/base-$hash.tar
if [ ! -e "$tar" ]; then
	mkdir -p "$root"
	part=$root/new-$$.tar
	trap 'rm -f "$part"' EXIT
	mmdebstrap --quiet --variant=minbase --include=libstdc++6 \
		--customize-hook='mkdir -p "$1/etc/ssl/certs" "$1/usr/local/lib/node_modules" "$1/usr/local/etc"' \
		--customize-hook="upload $authorities /etc/ssl/certs/ca-certificates.crt" \
		--customize-hook="upload $node /usr/local/bin/node" \
		--customize-hook="copy-in $npm /usr/local/lib/node_modules" \
		--customize-hook='chmod 755 "$1/usr/local/bin/node"' \
		--customize-hook='ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"' \
		--customize-hook='echo cafile=/etc/ssl/certs/ca-certificates.crt >"$1/usr/local/etc/npmrc"' \
		bookworm "$part" >&2
	mv "$part" "$tar"
fi
echo "$tar"
