/** Takes single keys from single sections of a file as PgBouncer reads it. An included file makes the answer odd. */
export const iniAwk = String.raw`
BEGIN { count = split(KEYS, list, " "); for (i = 1; i <= count; i++) wanted[list[i]] = 1 }
{
  line = $0; sub(/\r$/, "", line); sub(/^[ \t]+/, "", line)
  if (line == "" || line ~ /^[#;]/) next
  if (line ~ /^%include/) { print "#!odd"; next }
  if (line ~ /^\[/) { section = substr(line, 2); sub(/\].*/, "", section); next }
  if (!match(line, /^[A-Za-z0-9_.*-]+[ \t]*=/)) next
  key = substr(line, 1, RLENGTH - 1); sub(/[ \t]+$/, "", key)
  value = substr(line, RLENGTH + 1); sub(/^[ \t]+/, "", value); sub(/[ \t]+$/, "", value)
  if ((section "/" key) in wanted) print section "/" key "\t" value
}
`.trim();
