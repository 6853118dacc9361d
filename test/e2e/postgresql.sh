#!/usr/bin/env bash
# Prints the folder of PostgreSQL's programs (initdb, pg_ctl), newest version first; installs Debian's package where there
# is none and that is allowed.
set -euo pipefail
find_bin() {
	local bin
	for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/local/pgsql/bin | sort -rV); do
		[ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && echo "$bin" && return 0
	done
	# Other systems keep them on the path.
	bin=$(command -v initdb) && dirname "$(readlink -f "$bin")"
}
if ! find_bin; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "make e2e needs PostgreSQL 14 or later with its server programs: on Debian and Ubuntu, apt-get install postgresql" >&2
		exit 1
	fi
	echo "installing PostgreSQL" >&2
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -q || true; } >&2
	# The package would start a server of its own, which nobody here needs.
	mkdir -p /etc/postgresql-common
	[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
	apt-get install -y -q --no-install-recommends postgresql >&2
	find_bin || {
		echo "PostgreSQL was installed, but its initdb is not in /usr/lib/postgresql" >&2
		exit 1
	}
fi
