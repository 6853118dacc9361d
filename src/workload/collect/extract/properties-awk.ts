/**
 * Takes single keys from Java's properties on the unit: joins lines as Java does, and prints the whole logical lines of
 * the keys that are asked for, and of no others. Of OAuth's settings, which hold a client's secret, only what is checked
 * and the schemes of addresses. A key written with escapes makes the answer odd: it might be one that is asked for.
 */
export const propertiesAwk = String.raw`
function open_ended(s,   n) { n = 0; while (substr(s, length(s) - n, 1) == "\\") n++; return n % 2 }
function wanted(k,   i) { for (i = 1; i <= count; i++) if (k ~ pattern[i]) return 1; return 0 }
function oauth(k, t,   rest, name, value, out) {
  rest = t; out = ""
  while (match(rest, /oauth\.[a-z.]+="[^"]*"/)) {
    name = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
    value = substr(name, index(name, "=") + 2); sub(/".*/, "", value); sub(/=.*/, "", name)
    if (name == "oauth.check.audience") out = out " " name "=" (value == "true" ? "true" : "false")
    if (name ~ /^oauth\.(valid\.issuer|jwks\.endpoint|introspection\.endpoint|userinfo\.endpoint|token\.endpoint)\.uri$/) {
      value = tolower(value); if (!sub(/:\/\/.*/, "", value)) value = "other"
      out = out " " name "=" (value == "https" || value == "http" ? value : "other")
    }
  }
  print k "=" out
}
function emit(t,   k) {
  k = t; if (match(t, /[ \t\f=:]/)) k = substr(t, 1, RSTART - 1)
  if (index(k, "\\")) { print "#!odd"; return }
  if (k ~ /\.oauthbearer\.sasl\.jaas\.config$/) oauth(k, t)
  else if (wanted(k)) print t
}
BEGIN { count = split(KEYS, pattern, " "); for (i = 1; i <= count; i++) { gsub(/\./, "[.]", pattern[i]); gsub(/\*/, "[^. ]+", pattern[i]); pattern[i] = "^" pattern[i] "$" } }
{
  line = $0; sub(/\r$/, "", line); sub(/^[ \t\f]+/, "", line)
  if (!more && (line == "" || line ~ /^[#!]/)) next
  text = more ? text : ""
  more = open_ended(line)
  text = text (more ? substr(line, 1, length(line) - 1) : line)
  if (!more) emit(text)
}
END { if (more) emit(text) }
`.trim();
