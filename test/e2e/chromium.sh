#!/usr/bin/env bash
# Prints the path of Chromium (or Chrome); installs Debian's package where there is none and that is allowed.
set -euo pipefail
find_browser() {
	local name
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v "$name" && return 0
	done
	return 1
}
if ! find_browser; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "make e2e needs Chromium: on Debian, apt-get install chromium" >&2
		exit 1
	fi
	echo "installing Chromium" >&2
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -q || true; } >&2
	apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core >&2
	find_browser || {
		echo "Chromium was installed, but is not on the path" >&2
		exit 1
	}
fi
