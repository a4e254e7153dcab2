#!/usr/bin/env bash
# Builds what is missing and starts the demo: a room that lives, on this machine only.
#   deploy/start.sh [--build-only] [--tls] [more options of `etakahvila demo`]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_only=no
options=()
for option in "$@"; do
  if [ "$option" = --build-only ]; then build_only=yes; else options+=("$option"); fi
done

need_packages "${packages_build[@]}"
mkdir -p "$build"
say "Building. The first time takes some minutes."
build_server etakahvila
build_web_client
say "Built."
[ "$build_only" = yes ] && exit 0
exec "$build/bin/etakahvila" demo --web "$project/web-client/dist" "${options[@]}"
