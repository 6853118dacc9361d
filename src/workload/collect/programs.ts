/** Programs that are run on units, by name: fixed texts that read and print what is named in them, and nothing else. */

const etcdctl = `
conf=/var/snap/charmed-etcd/current/etcd.conf.yml
tls=/var/snap/charmed-etcd/current/tls
url=$(awk '/^listen-client-urls:/{print $2; exit}' "$conf" | cut -d, -f1)
ctl() { timeout 10 charmed-etcd.etcdctl --endpoints "$url" --cacert "$tls/client_ca.pem" --cert "$tls/client.pem" --key "$tls/client.key" "$@"; }
case $url in http://*) ctl() { timeout 10 charmed-etcd.etcdctl --endpoints "$url" "$@"; };; esac
`.trim();

/** Takes the JSON of a program apart: a line of Python that makes `out` of `given`. */
function picking(command: string, pick: string): string {
  const python = `import json,sys\ngiven=json.load(sys.stdin)\n${pick}\njson.dump(out,sys.stdout)`;
  return `${command} | timeout 20 python3 -c '${python}'`;
}

/**
 * The rules for what comes in, of ufw or iptables; of a rule only what is of these forms, so that no comment gets out.
 * Where neither has any, whether nft knows a chain for what comes in.
 */
const packetFilter = String.raw`
if timeout 20 ufw status 2>/dev/null | grep -q '^Status: active'; then echo ufw; timeout 20 ufw status verbose | sed 's/#.*//; s/ *$//; s/^OpenSSH /22 /' | awk '
/^Default: (deny|reject|allow) \(incoming\)/ { print $1 " " $2 " " $3; next }
/^(Anywhere|[0-9:,]+)(\/(tcp|udp))?( \(v6\))? +(ALLOW|LIMIT|DENY|REJECT)( IN)? +(Anywhere|[0-9a-fA-F.:\/]+)( \(v6\))?$/ { print; next }
/(ALLOW|LIMIT|DENY|REJECT)( IN)? / { print "other" }'
else
rules=$(timeout 20 iptables -S INPUT 2>/dev/null | sed 's/ -m comment --comment "[^"]*"//; s/ -m comment --comment [^ ]*//' | awk '
/^-P INPUT (ACCEPT|DROP)$/ { print; next }
/^-A INPUT -i lo -j ACCEPT$/ { print "loopback"; next }
/^-A INPUT -m (conntrack --ctstate|state --state) (RELATED,ESTABLISHED|ESTABLISHED,RELATED|ESTABLISHED|INVALID) -j (ACCEPT|DROP)$/ { print "established"; next }
{ gsub(/ -m (tcp|udp|multiport)/, "") }
/^-A INPUT( -s [0-9a-fA-F.:\/]+)?( -p (tcp|udp|icmp))?( --dports? [0-9,:]+)? -j (ACCEPT|DROP)$/ { print; next }
/^-A INPUT( -s [0-9a-fA-F.:\/]+)?( -p (tcp|udp|icmp))?( --dports? [0-9,:]+)? -j REJECT( --reject-with [a-z-]+)?$/ { sub(/ --reject-with .*/, ""); print; next }
{ print "other" }')
if [ -n "$rules" ] && [ "$rules" != '-P INPUT ACCEPT' ]; then echo iptables; printf '%s
' "$rules"
elif timeout 20 nft list chains 2>/dev/null | grep -q 'hook input'; then echo nft
elif [ -n "$rules" ] || timeout 20 nft list tables >/dev/null 2>&1; then echo none
else false; fi; fi
`.trim();

/** Counts roles by the kind of their verifier; no verifier is ever printed, and none leaves the server. */
const countVerifiers = `SELECT kind, count(*) FROM (SELECT CASE WHEN rolpassword LIKE $$SCRAM-SHA-256$$%$$ THEN $$scram$$ WHEN rolpassword LIKE $$md5%$$ THEN $$md5$$ WHEN rolpassword IS NULL THEN $$none$$ ELSE $$other$$ END AS kind FROM pg_authid WHERE rolname NOT LIKE $$pg\\_%$$) AS roles GROUP BY kind ORDER BY kind`;

export const programs: Readonly<Record<string, string>> = {
  'etcd-authentication': `${etcdctl}\nctl auth status 2>&1 | grep -o -m 1 -i -E 'Authentication Status: (true|false)|permission denied|user name is empty|user name not found|invalid auth token'`,
  'etcd-members': `${etcdctl}\n${picking('ctl member list -w json', 'out={"members":[{"name":m.get("name",""),"peerURLs":m.get("peerURLs",[])} for m in given.get("members",[])]}')}`,
  ...Object.fromEntries(
    ['charmed-etcd', 'charmed-postgresql', 'charmed-kafka', 'charmed-zookeeper'].map((snap) => [
      `snap ${snap}`,
      `timeout 20 snap list ${snap}`,
    ]),
  ),
  'etcd-disk': [
    `dir=/var/snap/charmed-etcd/common/var/lib/etcd`,
    `tree=$(timeout 20 lsblk --json -o NAME,KNAME,TYPE)`,
    `device=$(timeout 20 findmnt -n -o SOURCE -T "$dir")`,
    `[ -n "$tree" ] && [ -n "$device" ] && printf '{"device":"%s","tree":%s}' "$device" "$tree"`,
  ].join('\n'),
  'packet-filter': packetFilter,
  'pro-status': picking(
    'timeout 60 pro status --format json',
    'out={"attached":given.get("attached"),"services":[{"name":s.get("name"),"status":s.get("status")} for s in given.get("services",[])]}',
  ),
  'pro-updates': picking(
    'timeout 60 pro security-status --format json',
    'out={"summary":{k:v for k,v in given.get("summary",{}).items() if k in ("num_standard_security_updates","num_esm_infra_updates","num_esm_apps_updates","reboot_required")}}',
  ),
  verifiers: `$box psql -X -A -t -q -U operator -d postgres -c '${countVerifiers}'`,
};
