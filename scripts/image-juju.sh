#!/usr/bin/env bash
# Brings one of Juju's clients into the image: SERIES (3 or 4), SOURCE (an archive or the program itself, by URL or
# path), SHA256. Without a source it is left out, and Holdfast says so when it meets such a controller.
set -euo pipefail
series=$1 source=$2 sha256=$3
folder=${IMAGE:-/image}/juju/$series
mkdir -p "$folder"
if [ -z "$source" ]; then
	echo "Juju $series is left out: no source given" >&2
	exit 0
fi
[[ $sha256 =~ ^[0-9a-f]{64}$ ]] || {
	echo "Juju $series: the SHA-256 of $source is missing" >&2
	exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=$work/$(basename "$source")
case $source in
https://*)
	node -e '
		const [url, file] = process.argv.slice(1);
		fetch(url).then(async (answer) => {
			if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
			require("node:fs").writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
		});' "$source" "$file"
	;;
*://*)
	echo "Juju $series: $source is not fetched over https" >&2
	exit 1
	;;
*) cp "$source" "$file" ;;
esac
echo "$sha256  $file" | sha256sum --check --status || {
	echo "Juju $series: $source is not what its SHA-256 says" >&2
	exit 1
}
case $file in
*.tar.xz)
	command -v xz >/dev/null || { apt-get update -q && apt-get install -q -y --no-install-recommends xz-utils; } >&2
	tar -xJf "$file" -C "$work" --no-same-owner juju
	install -m 755 "$work/juju" "$folder/juju"
	;;
*.tar.gz | *.tgz)
	tar -xzf "$file" -C "$work" --no-same-owner juju
	install -m 755 "$work/juju" "$folder/juju"
	;;
*) install -m 755 "$file" "$folder/juju" ;;
esac
# Where it came from, for the list of contents.
printf '{"source":"%s","sha256":"%s"}\n' "${source##*/}" "$sha256" >"$folder/origin.json"
