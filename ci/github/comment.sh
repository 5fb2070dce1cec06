#!/usr/bin/env bash
# Writes $PAGE as the one comment of this action on pull request $PULL_REQUEST: made where there is something to
# say ($NEW), updated where it is there already. Without the right to comment, the summary of the job has it.
set -euo pipefail

marker="<!-- ringfence: what is new -->"
most_pages=30

call() {
    curl --fail --silent --show-error \
        --header @- --header "Accept: application/vnd.github+json" --header "X-GitHub-Api-Version: 2022-11-28" \
        "$@" <<<"Authorization: Bearer $TOKEN"
}

# The comment that an earlier run made; a person who copies the marker is no machine.
earlier() {
    local page comments found
    for ((page = 1; page <= most_pages; page++)); do
        comments=$(call "$API/issues/$PULL_REQUEST/comments?per_page=100&page=$page") || return 1
        found=$(jq --raw-output --arg marker "$marker" \
            'map(select(.user.type == "Bot" and (.body // "" | startswith($marker))))[0].id // empty' <<<"$comments")
        if [ -n "$found" ] || [ "$(jq length <<<"$comments")" -lt 100 ]; then
            echo "$found"
            return
        fi
    done
}

give_up() {
    echo "::notice title=Ringfence::the token may not comment (permissions: pull-requests: write; a fork has none); the summary of the job shows what is new"
    exit 0
}

[[ "$PULL_REQUEST" =~ ^[0-9]+$ ]] || exit 0
[ -n "$PAGE" ] || exit 0
comment=$(earlier) || give_up
if [ -z "$comment" ] && [ "$NEW" = 0 ]; then
    exit 0
fi
body=$RUNNER_TEMP/ringfence/comment.json
# GitHub takes 65,536 characters.
jq --null-input --arg marker "$marker" --rawfile page "$PAGE" '{body: ($marker + "\n" + $page)[:65000]}' >"$body"
if [ -n "$comment" ]; then
    call --request PATCH --data-binary "@$body" --output /dev/null "$API/issues/comments/$comment" || give_up
else
    call --request POST --data-binary "@$body" --output /dev/null "$API/issues/$PULL_REQUEST/comments" || give_up
fi
