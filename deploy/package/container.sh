#!/usr/bin/env bash
# Makes an image of the OCI with the package in it: build/container (podman load, skopeo copy oci:build/container …).
#   deploy/package/container.sh PACKAGE.deb [BASE.tar]
# Debian's own tools, and nothing from a registry. Without BASE.tar a bare Debian 12 is made. To be run as root.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../prepare.sh"

package=${1:?"usage: deploy/package/container.sh PACKAGE.deb [BASE.tar]"} base=${2:-}
need_packages buildah mmdebstrap

# What buildah mounts goes with it.
if [ -z "${ETAKAHVILA_IMAGE:-}" ]; then
  ETAKAHVILA_IMAGE=yes exec unshare --mount "${BASH_SOURCE[0]}" "$@"
fi
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
if [ -n "$base" ]; then cp "$base" "$work/bookworm.tar"; else
  mmdebstrap --quiet --variant=minbase bookworm "$work/bookworm.tar"
fi
cp "$package" "$work/etakahvila.deb"
cp "$(dirname "${BASH_SOURCE[0]}")/Containerfile" "$work/Containerfile"

# In a chroot: also where no container may start, as in another container.
export BUILDAH_ISOLATION=chroot
storage=(--storage-driver vfs --root "$work/storage" --runroot "$work/run")
buildah "${storage[@]}" bud --layers=false -t etakahvila "$work" >"$work/log" 2>&1 \
  || { tail -n 20 "$work/log" >&2; stop "The image could not be made."; }
rm -rf "$build/container"
buildah "${storage[@]}" push --quiet etakahvila "oci:$build/container:latest"
say "$build/container"

# It starts, and can be asked what it is.
container=$(buildah "${storage[@]}" from etakahvila)
buildah "${storage[@]}" run "$container" -- /usr/bin/etakahvila version
buildah "${storage[@]}" rm "$container" >/dev/null
