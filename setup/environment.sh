#!/bin/sh
# Make or mend the Python environment FOLDER from the lock file LOCK, with this checkout installed in place.
#   setup/environment.sh FOLDER LOCK     PYTHON names the interpreter to start from
set -eu
folder=$1 lock=$2
python=${PYTHON:-python3}
here=$(cd "$(dirname "$0")" && pwd)

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "No '$python' here. Install Python 3.11, 3.12 or 3.13, or name one: make PYTHON=/path/to/python3"
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
    say "'$python' is $("$python" --version); Whatsit needs Python 3.11, 3.12 or 3.13."
    say "Install one and name it: make PYTHON=/path/to/python3"
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    # Debian keeps these two standard modules in a package of their own.
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$here/debian.sh" "python$version-venv"
fi

say "Setting up $folder; the first time this downloads what Whatsit needs."
[ -x "$folder/bin/python" ] && "$folder/bin/python" -c '' 2>/dev/null || "$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e "$here/.."
touch "$folder/ready"
