# The open findings of a ringfence.scan/v1 result as a page of Markdown. Text from outside is shown letter by
# letter: nothing in it is Markdown, HTML, a mention or a link.
def plain: tostring | gsub("[[:cntrl:]]"; " ") | .[:200] | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;")
    | gsub("@"; "&#64;") | gsub("://"; "&#58;//") | gsub("(?<c>[\\\\`*_{}\\[\\]()#+.!|~-])"; "\\\(.c)");
def place: if .location then "\(.location.file | plain):\(.location.line)" else "" end;
def object: .object | [.kind, ([.namespace, .name] | map(select(. != null and . != "")) | join("/"))] | join(" ") | plain;

[.findings[] | select((.known | not) and .exception == null)] as $open
| .summary as $count
| ($open | length) as $all
| "## Ringfence: \(if $all == 0 then "nothing new" else "\($all) to look at" end)",
  "",
  "\($count.critical) critical, \($count.high) high, \($count.medium) medium, \($count.low) low; \($count.known) known before, \($count.accepted) accepted.",
  (if .inputs.unreadable == [] then empty else "", "**Could not be read:**", "",
    (.inputs.unreadable[:20][] | "- \(.path | plain)\(if .line then ":\(.line)" else "" end): \(.reason | plain)") end),
  (if $all == 0 then empty else "", "| severity | finding | object | place |", "| --- | --- | --- | --- |",
    ($open[:100][] | "| \(.severity) | \(.message | plain) (`\(.check)`) | \(object) | \(place) |") end),
  (if $all > 100 then "", "and \($all - 100) more in the result." else empty end)
