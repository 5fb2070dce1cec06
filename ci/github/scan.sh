#!/usr/bin/env bash
# Scans $PATHS, one a line, and keeps the results: a page in the log, ringfence.scan/v1 for later steps, SARIF
# for code scanning, and what is new as Markdown, in the summary of the job. The exit code is an output, so that
# the steps that show the findings run before the one that fails.
set -euo pipefail

folder=$RUNNER_TEMP/ringfence/result
mkdir -p "$folder"
options=(--no-progress --color never)
[ -z "$FAIL_ON" ] || options+=(--fail-on "$FAIL_ON")
[ -z "$BASELINE" ] || options+=(--baseline "$BASELINE")
[ -z "$CONFIG" ] || options+=(--config "$CONFIG")
paths=()
while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
done <<<"$PATHS"
if [ "${#paths[@]}" = 0 ]; then
    echo "::error title=Ringfence::the input paths is empty; name what to scan, as in deploy/"
    exit 2
fi

# What files say about themselves must not become a command to the runner.
quietly() {
    local word
    word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "::stop-commands::$word"
    "$@"
    echo "::$word::"
}

json=$folder/ringfence.json
code=0
scan() {
    ringfence scan "${options[@]}" --output text --output json="$json" --output sarif="$folder/ringfence.sarif" \
        --output markdown="$folder/ringfence.md" -- "${paths[@]}" || code=$?
}

quietly scan
echo "code=$code" >>"$GITHUB_OUTPUT"
# Wrong usage, or nothing to be read: there is no result.
case "$code" in 0 | 1 | 3) ;; *) exit 0 ;; esac

cat "$folder/ringfence.md" >>"$GITHUB_STEP_SUMMARY"
{
    echo "result=$json"
    echo "sarif=$folder/ringfence.sarif"
    echo "page=$folder/ringfence.md"
    echo "new=$(jq '.summary | .critical + .high + .medium + .low' "$json")"
} >>"$GITHUB_OUTPUT"
