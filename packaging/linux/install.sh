#!/bin/sh
# Let the desktop know Backprop Playground, for this user alone: the menu entry, the icon,
# the type of .playground files and playground: links. `install.sh --remove` takes it all back.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
name=backprop-playground
entry=$data/applications/$name.desktop
type=$data/mime/packages/$name.xml
icon=$data/icons/hicolor/scalable/apps/$name.svg

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$type" "$icon"
else
    mkdir -p "$(dirname "$entry")" "$(dirname "$type")" "$(dirname "$icon")"
    if command -v $name >/dev/null; then
        cp "$here/$name.desktop" "$entry"
    else # not installed: the menu starts it from this folder
        run=$(CDPATH='' cd -- "$here/../.." && pwd)/run.py
        awk -v run="$run" '/^Exec=/ { print "Exec=python3 \"" run "\" %u"; next } { print }' \
            "$here/$name.desktop" >"$entry"
    fi
    cp "$here/$name.xml" "$type"
    cp "$here/$name.svg" "$icon"
fi
if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
