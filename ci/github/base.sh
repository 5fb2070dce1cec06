#!/usr/bin/env bash
# Chooses the baseline: $BASELINE where it is set, else the commit $BASE on which a change is built, fetched
# where the clone lacks it.
set -euo pipefail

fail() {
    echo "::error title=Ringfence::$1"
    exit 2
}

case "$BASELINE" in
none) ;;
?*) printf 'baseline=%s\n' "${BASELINE//[$'\r\n']/}" >>"$GITHUB_OUTPUT" ;;
"")
    [ -n "$BASE" ] || exit 0
    [[ "$BASE" =~ ^[0-9a-f]{40,64}$ ]] || fail "the base of the change is no hash"
    if ! git cat-file -e "$BASE^{commit}" 2>/dev/null; then
        git fetch --quiet --no-tags --depth=1 origin "$BASE" ||
            fail "the base of the change cannot be fetched; check out with fetch-depth: 0, or set the input baseline"
    fi
    echo "baseline=git:$BASE" >>"$GITHUB_OUTPUT"
    ;;
esac
