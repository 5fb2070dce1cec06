#!/usr/bin/env bash
# Puts ringfence on the path: the one that is there ($BINARY), or the release $VERSION of $RELEASES, whose
# checksum must be that of the release's list, and $CHECKSUM where it is set.
set -euo pipefail

fail() {
    echo "::error title=Ringfence::$1"
    exit 2
}

fetch() {
    curl --fail --silent --show-error --location --proto-redir '=https' --retry 3 --output "$2" "$1" ||
        fail "cannot be downloaded: $1"
}

if [ -n "$BINARY" ]; then
    [ -x "$BINARY" ] || fail "no program is at the path of the input binary"
    folder=$(cd "$(dirname "$BINARY")" && pwd)
    [ "$(basename "$BINARY")" = ringfence ] || fail "the program of the input binary must be called ringfence"
    echo "$folder" >>"$GITHUB_PATH"
    exit 0
fi

[[ "$VERSION" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "the input version is none, such as 0.1.0"
case "$RUNNER_OS-$RUNNER_ARCH" in
Linux-X64) architecture=amd64 ;;
Linux-ARM64) architecture=arm64 ;;
*) fail "there is no release for $RUNNER_OS on $RUNNER_ARCH; build it and give its path as the input binary" ;;
esac

folder=$RUNNER_TEMP/ringfence/$VERSION
archive=ringfence-$VERSION-linux-$architecture.tar.gz
mkdir -p "$folder"
cd "$folder"
fetch "$RELEASES/v$VERSION/$archive" "$archive"
fetch "$RELEASES/v$VERSION/checksums.txt" checksums.txt
awk -v archive="$archive" '$2 == archive' checksums.txt >expected.txt
[ -s expected.txt ] || fail "the list of checksums does not name $archive"
if [ -n "$CHECKSUM" ]; then
    echo "$CHECKSUM  $archive" >>expected.txt
fi
sha256sum --check --strict --quiet expected.txt || fail "$archive has another checksum than it must have"
tar -xzf "$archive" ringfence
echo "$folder" >>"$GITHUB_PATH"
