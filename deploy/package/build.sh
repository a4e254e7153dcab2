#!/usr/bin/env bash
# Builds everything and packs it: build/etakahvila_VERSION_MACHINE.deb.
#   deploy/package/build.sh [--built] [--version VERSION]
# --built packs what has been built. Without --version it is the project's, with the commit's time and name behind it
# unless the commit bears the tag of the version.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../prepare.sh"

is_built=no version=
while [ $# -gt 0 ]; do
  case "$1" in
    --built) is_built=yes ;;
    --version) version=${2:?}; shift ;;
    *) stop "usage: deploy/package/build.sh [--built] [--version VERSION]" ;;
  esac
  shift
done

# The commit, of a tree that may belong to somebody else; nothing where there is no history.
commit() { git -c safe.directory="$project" -C "$project" log -1 "--format=$1" "${@:2}" 2>/dev/null || true; }

if [ -z "$version" ]; then
  version=$(sed -nE 's/^project\(etakahvila VERSION ([0-9.]+) .*/\1/p' "$project/CMakeLists.txt")
  when=$(TZ=UTC commit %cd --date=format-local:%Y%m%d.%H%M%S)
  tagged=$(git -c safe.directory="$project" -C "$project" tag --points-at HEAD 2>/dev/null || true)
  if [ -n "$when" ] && ! grep -qx "v$version" <<<"$tagged"; then version+="+$when.g$(commit %h --abbrev=12)"; fi
fi
# The same commit gives the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(commit %ct)}
if [ -n "$SOURCE_DATE_EPOCH" ]; then export SOURCE_DATE_EPOCH; else unset SOURCE_DATE_EPOCH; fi

need_node
if [ "$is_built" = no ]; then
  need_packages "${packages_build[@]}" "${packages_package[@]}"
  build_server etakahvila etakahvila-picture
  build_web_client
fi
for needed in "$build/bin/etakahvila" "$build/bin/etakahvila-picture" "$project/web-client/dist/index.html"; do
  [ -e "$needed" ] || stop "Not built: $needed. Run without --built."
done

log="$build/package.log"
# As whoever packs has their umask, a package does not.
umask 022
export ETAKAHVILA_PACKAGE_VERSION=$version
(cd "$build" && cpack --config CPackConfig.cmake -D CPACK_PACKAGE_VERSION="$version" -B "$build/package") >"$log" 2>&1 \
  || { tail -n 30 "$log" >&2; stop "The package could not be made."; }
file="etakahvila_${version}_$(dpkg --print-architecture).deb"
mv "$build/package/$file" "$build/$file"
rm -rf "$build/package"
say "$build/$file"
