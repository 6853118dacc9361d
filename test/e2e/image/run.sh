#!/usr/bin/env bash
# Runs the image's program as a container runtime would under `readOnlyRootFilesystem`: ROOT (the image's file system)
# is mounted read-only, /tmp is empty memory, STATE lies at /var/lib/holdfast and CONFIG (read-only) at /etc/holdfast,
# and it is user 584792, with its own process ids. The environment is the image's, then what NAME=VALUE words say.
#   run.sh ROOT STATE CONFIG [NAME=VALUE …] -- PROGRAM ARGUMENTS…
set -euo pipefail
if [ -z "${HOLDFAST_INSIDE:-}" ]; then
	exec env HOLDFAST_INSIDE=1 unshare --mount --pid --fork --kill-child=SIGTERM --propagation private "$0" "$@"
fi
root=$1 state=$2 config=$3
shift 3
variables=()
while [ "$1" != -- ]; do variables+=("$1") && shift; done
shift
mount --bind "$root" "$root"
mkdir -p "$root"/{proc,dev} 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
mount --bind "$state" "$root/var/lib/holdfast"
mount --bind "$config" "$root/etc/holdfast"
mount -o remount,bind,ro "$root/etc/holdfast"
mount -o remount,bind,ro "$root"
exec env -i "${variables[@]}" "$(command -v chroot)" --userspec=584792:584792 --groups=584792 "$root" "$@"
