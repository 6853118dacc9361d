#!/usr/bin/env bash
# Prints the folder of Prometheus' programs (prometheus, promtool, prometheus-alertmanager); installs Debian's packages
# where they are missing and that is allowed.
set -euo pipefail
programs=(prometheus promtool prometheus-alertmanager)
find_bin() {
	local bin program
	bin=$(command -v promtool) || return 1
	bin=$(dirname "$bin")
	for program in "${programs[@]}"; do [ -x "$bin/$program" ] || return 1; done
	echo "$bin"
}
if ! find_bin; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "make e2e needs Prometheus and Alertmanager (${programs[*]} in one folder): on Debian and Ubuntu, apt-get install prometheus prometheus-alertmanager" >&2
		exit 1
	fi
	echo "installing Prometheus and Alertmanager" >&2
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -q || true; } >&2
	apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 prometheus prometheus-alertmanager >&2
	find_bin || {
		echo "Prometheus was installed, but not all of ${programs[*]} are on the path" >&2
		exit 1
	}
fi
