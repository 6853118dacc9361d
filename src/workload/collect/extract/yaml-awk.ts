/**
 * Takes single keys from YAML in block form on the unit, as charms write it: prints `path<tab>value` for the paths that
 * are asked for, and nothing else. Items of lists are `-` in what is asked for, and numbers in what is printed. A path that
 * ends in `?` tells only that something is set. Rules of pg_hba lose their options from the first one on that may hold a
 * secret; of the command that archives, only its kind is told. Whatever is written in another form (flow style, anchors,
 * text over several lines) where something is asked for makes the answer odd; elsewhere it is skipped as a whole.
 */
export const yamlAwk = String.raw`
function trim(s) { sub(/^[ ]+/, "", s); sub(/[ ]+$/, "", s); return s }
function closes(q, s) { if (q == "\"") { gsub(/\\./, "", s); return index(s, q) } gsub(/\047\047/, "", s); return index(s, q) }
function depth(s,   t, o) { gsub(/"([^"\\]|\\.)*"/, "", s); gsub(/\047[^\047]*\047/, "", s); t = s; o = gsub(/[[{]/, "", t); return o - gsub(/[]}]/, "", s) }
function path(asked,   i, p) { p = ""; for (i = 1; i <= top; i++) p = p (i > 1 ? "/" : "") (key[i] == "-" ? (asked ? "-" : number[i]) : key[i]); return p }
function above(p,   k) { for (k in wanted) if (index(k, p "/") == 1) return 1; return 0 }
function hba(v) { if (v ~ /^["\047]/) { v = substr(v, 2); sub(/["\047][ ]*$/, "", v) } if (match(v, /[ \t][A-Za-z_]+[ ]*=/)) v = substr(v, 1, RSTART - 1); return v }
function archiving(v) { if (v ~ /archive-push/) return "archive-push"; if (v ~ /^["\047]?(\/bin\/|\/usr\/bin\/)?true["\047]?$/) return "true"; if (v ~ /^["\047 ]*$/) return ""; return "other" }
function value(v,   p) {
  p = tolower(path(1))
  if ((p "?") in wanted) print tolower(path(0)) "\tset"
  if (v ~ /^[|>]/) { block = indent_of_key; if (p in wanted || above(p)) print "#!odd"; return }
  if (v ~ /^["\047]/) { quote = substr(v, 1, 1); if (closes(quote, substr(v, 2))) quote = ""; else { if (p in wanted) print "#!odd"; return } }
  if (v ~ /^[[{]/) { flow = depth(v); if (flow < 0) flow = 0; if (above(p) || (p in wanted && flow > 0)) { print "#!odd"; return } }
  if (v ~ /^[&*!%@]/ && (p in wanted || above(p))) { print "#!odd"; return }
  if (!(p in wanted)) return
  if (p ~ /(^|\/)pg_hba\/-$/) v = hba(v)
  if (p ~ /(^|\/)archive_command$/) v = archiving(v)
  print tolower(path(0)) "\t" v
}
BEGIN { count = split(KEYS, list, " "); for (i = 1; i <= count; i++) wanted[tolower(list[i])] = 1; block = -1; top = 0; flow = 0; quote = "" }
{
  line = $0; sub(/\r$/, "", line); if (NR == 1) sub(/^\357\273\277/, "", line)
  if (quote != "") { if (closes(quote, line)) quote = ""; next }
  if (flow > 0) { flow += depth(line); if (flow < 0) flow = 0; next }
  if (line ~ /^[ ]*$/) next
  match(line, /^[ ]*/); indent = RLENGTH; rest = substr(line, indent + 1)
  if (block >= 0) { if (indent > block) next; block = -1 }
  if (rest ~ /^#/ || rest ~ /^%/ && !seen) next
  if (line ~ /^\.\.\.([ ]|$)/ || line ~ /^---([ ]|$)/ && seen) exit
  if (line ~ /^---[ ]*$/) next
  seen = 1
  if (line ~ /^---/ || rest ~ /^\t/) { print "#!odd"; next }
  while (rest ~ /^-([ ]|$)/) {
    while (top > 0 && at[top] > indent) top--
    if (top > 0 && at[top] == indent && key[top] == "-") number[top]++
    else { top++; at[top] = indent; key[top] = "-"; number[top] = 0 }
    match(rest, /^-[ ]*/); indent += RLENGTH; rest = substr(rest, RLENGTH + 1)
  }
  if (rest == "" || rest ~ /^#/) next
  if (match(rest, /^("[^"]*"|\047[^\047]*\047|[^ "\047#&*!|>%@,[{][^#:]*(:[^ #:][^#:]*)*)[ ]*:([ ]|$)/)) {
    name = substr(rest, 1, RLENGTH); sub(/[ ]*:[ ]?$/, "", name); gsub(/^["\047]|["\047]$/, "", name)
    while (top > 0 && at[top] >= indent) top--
    top++; at[top] = indent; key[top] = name; indent_of_key = indent
    v = trim(substr(rest, RLENGTH + 1))
    if (v !~ /^["\047]/) { sub(/[ ]+#.*$/, "", v); if (v ~ /^#/) v = "" }
    if (v != "") value(v)
    else if ((tolower(path(1)) "?") in wanted) print tolower(path(0)) "\tset"
    next
  }
  if (rest ~ /^(<<|\?)([ :]|$)/) { print "#!odd"; next }
  if (top > 0 && key[top] == "-") { indent_of_key = at[top]; v = trim(rest); if (v !~ /^["\047]/) sub(/[ ]+#.*$/, "", v); value(v); next }
  if (top == 0) { print "#!odd"; next }
  p = tolower(path(1)); if (p in wanted || above(p)) print "#!odd"
}
`.trim();
