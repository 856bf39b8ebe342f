#!/bin/sh
# Install those of the named Debian packages that are missing, where this may be done; else say what to do.
set -eu

missing=
command -v dpkg-query >/dev/null 2>&1 || exit 0 # not Debian: its own package manager has other names
for package in "$@"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    printf 'These Debian packages are missing, and only root may install them:%s\n' "$missing" >&2
    printf 'Run this, then make again:\n    sudo apt-get update && sudo apt-get install -y%s\n' "$missing" >&2
    exit 1
fi
printf 'Installing Debian packages:%s\n' "$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >&2
# shellcheck disable=SC2086 - one word a package is meant
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
