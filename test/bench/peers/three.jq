# JUJU-APP-02, JUJU-APP-03 and ETCD-ENC-01, as far as a status shows them; the same question as in three.py.
.applications | to_entries[] | .key as $name | .value
| (select(.exposed) | "JUJU-APP-02 \($name)"),
  (select(.["charm-channel"] // "" | split("/") | last != "stable") | "JUJU-APP-03 \($name)"),
  (select(.["charm-name"] == "charmed-etcd" and ((.relations // {})["client-certificates"] // [] | length) == 0)
    | "ETCD-ENC-01 \($name)")
