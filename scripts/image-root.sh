#!/usr/bin/env bash
# Lays out /image, what the image holds: `system` (libraries, users, authorities), `holdfast`, `juju`, `state`. Runs in
# the build stage of the Dockerfile.
set -euo pipefail
cd "$(dirname "$0")/.."
daemon=584792
system=/image/system app=/image/holdfast node=/image/holdfast/bin/node

scripts/image-app.sh "$app"

# Libraries of what is run, and those that glibc loads by itself to look up names.
libraries() {
	for program in "$node" /image/juju/*/juju; do
		[ -e "$program" ] || continue
		# A program that is linked statically has none.
		ldd "$program" 2>/dev/null | grep -oE '/[^ ]+' || true
	done
	ls /lib/*-linux-gnu/{libresolv.so.2,libnss_dns.so.2,libnss_files.so.2}
}
declare -A owners
for library in $(libraries | sort -u); do
	mkdir -p "$system$(dirname "$library")"
	cp -L "$library" "$system$library"
	owner=$(dpkg -S "$library" 2>/dev/null || dpkg -S "/usr$library" 2>/dev/null || dpkg -S "$(realpath "$library")")
	owners[${owner%%:*}]=1
done
# Scanners read from here which packages of Debian's are inside (as distroless images have it); licences go along.
mkdir -p "$system/var/lib/dpkg/status.d"
for package in "${!owners[@]}"; do
	dpkg -s "$package" >"$system/var/lib/dpkg/status.d/$package"
	mkdir -p "$system/usr/share/doc/$package"
	cp -L "/usr/share/doc/$package/copyright" "$system/usr/share/doc/$package/"
done

mkdir -p "$system"/{dev,etc/ssl/certs,proc,run,sys,tmp,var/lib}
chmod 1777 "$system/tmp"
cp -L /etc/os-release "$system/etc/os-release"
printf 'root:x:0:0:root:/:/nonexistent\n_daemon_:x:%s:%s:Holdfast:/var/lib/holdfast:/nonexistent\n' $daemon $daemon >"$system/etc/passwd"
printf 'root:x:0:\n_daemon_:x:%s:\n' $daemon >"$system/etc/group"
printf 'hosts: files dns\n' >"$system/etc/nsswitch.conf"
# The authorities that Node knows (Mozilla's), for Juju's clients as well.
"$node" -e 'process.stdout.write(require("node:tls").rootCertificates.join("\n") + "\n")' >"$system/etc/ssl/certs/ca-certificates.crt"
install -d -m 700 -o $daemon -g $daemon /image/state
"$node" --disable-warning=ExperimentalWarning scripts/sbom.ts --image /image >"$app/sbom.cdx.json"
