# What is in the image is served, in the network that nobody else is in: sourced by bare_debian.sh, whose functions and
# folders it uses.
# shellcheck shell=bash disable=SC2154,SC2034,SC2317

# in_image COMMAND…: in the one container of it, as its user.
in_image() {
  buildah_of_tests run --env ETAKAHVILA_SITE=http://127.0.0.1:8080 "$container" -- "$@"
}
# In a chroot, as container.sh does.
buildah_of_tests() {
  BUILDAH_ISOLATION=chroot nsenter --net="/proc/$net/ns/net" unshare --mount \
    buildah --storage-driver vfs --root "$work/storage" --runroot "$work/run" "$@"
}

served() {
  in_image etakahvila serve --config /etc/etakahvila/etakahvila.toml >"$work/printed" 2>&1 &
  lives() { within 60 is_healthy || { cat "$work/printed"; return 1; }; }
  ok "it lives" lives
  ok "a session is planned in it" plan in_image
  ok "somebody comes in by the link" visit
}
is_healthy() {
  lonely /usr/bin/python3 -c \
    'from urllib.request import urlopen; assert urlopen("http://127.0.0.1:8080/healthz").status == 200'
}

if ! container=$(buildah_of_tests from "oci:$build/container:latest" 2>"$work/said") \
  || ! in_image /bin/true 2>"$work/said"; then
  not_tried+=("a server in the image: buildah runs nothing here: $(tail -n 1 "$work/said" | cut -c 1-200)")
else
  served
fi
