#!/bin/sh
# The main job: the window where there is a display, else the answers on the terminal.
set -eu
folder=$1
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec .venv/bin/whatsit app "$folder"
fi
printf 'No display here: the answers come on the terminal.\n' >&2
exec .venv/bin/whatsit classify "$folder" --model cats-dogs
