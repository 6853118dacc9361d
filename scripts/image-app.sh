#!/usr/bin/env bash
# Lays out what Holdfast itself needs at run time in a folder: Node, the compiled program, the libraries that the lock
# wants at run time. For the image and the rock; wants scripts/setup.sh to have run.
set -euo pipefail
cd "$(dirname "$0")/.."
app=$1
case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no Node for $(uname -m)" >&2 && exit 1 ;; esac
node=$PWD/node_modules/node-linux-$arch/bin/node
"$node" node_modules/typescript/bin/tsc -p tsconfig.build.json
mkdir -p "$app/bin" "$app/docs"
install -m 755 "$node" "$app/bin/node"
cp node_modules/node-linux-$arch/LICENSE "$app/bin/node.LICENSE"
install -m 755 deploy/image/holdfast "$app/bin/holdfast"
# Packages that the lock does not call `dev`; of Node's own the program is all that is needed.
packages='Object.entries(require("./package-lock.json").packages).filter(([f, p]) => f && !p.dev).map(([f]) => f)
	.filter((f) => f.split("node_modules/").length === 2 && !/node-linux-/.test(f) && fs.existsSync(f)).join("\n")'
"$node" -p "$packages" | tar -cf - -T - | tar -xf - -C "$app" --no-same-owner
cp -r dist assets package.json LICENSE "$app/"
cp -r docs/schemas "$app/docs/"
