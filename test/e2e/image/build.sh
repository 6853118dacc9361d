#!/usr/bin/env bash
# Builds the image with scripts/image.sh as `make image` does, on the stand-in for its base, and prints where its file
# system lies and, on a second line, its description (JSON, as buildah inspects it). Layers are kept from one run to the
# next. In place of Juju's clients it gets simulated ones, given as release archives (.tar.xz, .tar.gz).
set -euo pipefail
cd "$(dirname "$0")/../../.."
command -v buildah >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends buildah >&2
work=$1
root=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/image
flags="--storage-driver overlay --root $root/store --runroot $root/run"
tar=$(test/e2e/image/base.sh)
base=localhost/$(basename "$tar" .tar):stand-in
if ! buildah $flags inspect --type image "$base" >/dev/null 2>&1; then
	container=$(buildah $flags from scratch)
	buildah $flags add "$container" "$tar" / >&2
	buildah $flags config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
	buildah $flags commit --rm "$container" "$base" >&2
fi
for series in 3 4; do
	flavour=4.0
	[ $series = 4 ] || flavour=3.6
	cat >"$work/juju" <<-END
		#!/opt/holdfast/bin/node
		process.argv.splice(2, 0, '--flavour', '$flavour', '--juju-data', process.env.JUJU_DATA, '--charmhub', '', '--');
		import('/opt/holdfast/dist/simulator/juju.js');
	END
	chmod +x "$work/juju"
	[ $series = 4 ] && tar -czf "$work/juju-4.0.15-linux-amd64.tar.gz" -C "$work" juju
	[ $series = 3 ] && tar -cJf "$work/juju-3.6.28-linux-amd64.tar.xz" -C "$work" juju
done
BUILDER=buildah BUILDER_FLAGS=$flags BASE=$base \
	JUJU_3=$work/juju-3.6.28-linux-amd64.tar.xz JUJU_4=$work/juju-4.0.15-linux-amd64.tar.gz \
	BUILD_FLAGS="--isolation chroot --pull-never --network host --layers" scripts/image.sh holdfast:e2e >"$work/build.log" 2>&1 ||
	{ tail -40 "$work/build.log" >&2 && exit 1; }
container=$(buildah $flags from --pull-never --name "holdfast-e2e-$$" localhost/holdfast:e2e)
echo "buildah $flags rm $container" >"$work/remove"
buildah $flags mount "$container"
buildah $flags inspect --type image localhost/holdfast:e2e | tr -d '\n'
echo
# Bytes that are pulled: the layers, packed.
buildah $flags push -q localhost/holdfast:e2e "oci:$work/oci" >&2
du -sb "$work/oci/blobs" | cut -f1
