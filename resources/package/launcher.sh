#!/bin/sh
# Spiketune in the terminal: the packaged runtime, run as Node. Works wherever the folder that it lies in is put, and through links.
root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
ELECTRON_RUN_AS_NODE=1 exec "$root/spiketune" "$root/resources/app.asar/out/main/cli.js" "$@"
