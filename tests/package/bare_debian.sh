#!/usr/bin/env bash
# The package on a bare Debian 12: installed, set up, started, used, restored, brought forward, taken back, removed,
# purged; then under a systemd of its own, where this machine lets one start; then as an image. Closes with what it
# could not do, and why.
#   tests/package/bare_debian.sh
# There is one version of the program here. Another version of the package is the same program under another number,
# with one part of its pages under another name. Older records are real ones, of the last version without seasons. Newer
# records are this version's, with a level that nobody has yet.
# Packs what has been built. Everything happens in namespaces of its own, below a temporary folder.
# shellcheck disable=SC2317,SC2120  # functions are called by way of `ok`
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/prepare.sh"
here="$project/tests/package"

# Whatever is started here ends with it, and what is mounted goes.
namespaces=(unshare --mount --pid --mount-proc --fork --kill-child)
why_not=
if [ -z "${ETAKAHVILA_IN_NAMESPACE:-}" ]; then
  as=()
  [ "$(id -u)" = 0 ] || as=(sudo -n -E)
  if "${as[@]}" "${namespaces[@]}" true 2>/dev/null; then
    exec "${as[@]}" env ETAKAHVILA_IN_NAMESPACE=yes "${namespaces[@]}" "${BASH_SOURCE[0]}" "$@"
  fi
  why_not="this user may have no namespaces of mounts and processes here"
fi

work=$(mktemp -d)
root="$work/root"
failed=0 not_tried=()
clean_up() {
  umount --recursive --lazy "$root" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
umask 022

# ok WHAT COMMAND…: a test that is a command, with what it said where it failed.
ok() {
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then say "ok $what"; else
    failed=1
    say "not so: $what"
    tail -n 15 "$work/said" | cut -c 1-400
  fi
}
says_nothing() { "$@" >"$work/words" 2>&1 || true; cat "$work/words"; [ ! -s "$work/words" ]; }

# inside COMMAND…: on the bare machine. lonely COMMAND…: there, and with a network that nobody else is in.
inside() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
lonely() { nsenter --net="/proc/$net/ns/net" "$@"; }
as_service() { inside runuser -u etakahvila -- "$@"; }
apt() { inside apt-get -qq -o Dpkg::Use-Pty=0 -y "$@"; }

# ------------------------------------------------------------------------------------------------ packages

# packed VERSION FROM PART OTHER: the same under another version, with one part of the pages under another name.
packed() {
  local folder="$work/packed"
  dpkg-deb -R "$2" "$folder"
  sed -i "s/^Version: .*/Version: $1/" "$folder/DEBIAN/control"
  mv "$folder/usr/share/etakahvila/web/$3" "$folder/usr/share/etakahvila/web/$4"
  dpkg-deb --root-owner-group -Zgzip -z1 -b "$folder" "$work/$1.deb" >/dev/null
  rm -rf "$folder"
}

say "Packing what has been built."
SECONDS=0
deb=$("$project/deploy/package/build.sh" --built | tail -n 1)
version=$(dpkg-deb -f "$deb" Version)
say "  packed: $SECONDS s, $(stat -c %s "$deb") bytes"
small() { [ "$(stat -c %s "$deb")" -le 6000000 ]; }
ok "it has at most 6 MB" small
ok "lintian has nothing to say" says_nothing lintian --allow-root --fail-on none --no-cfg "$deb"
dpkg-deb -x "$deb" "$work/files"
ok "the programs are hardened" python3 "$here/hardening.py" "$work/files/usr/bin/etakahvila" \
  "$work/files/usr/bin/etakahvila-picture"
ok "the list of parts is whole, and what is made from the program is the same each time" \
  python3 "$here/parts.py" "$deb" "$work/files" "$build/bin/etakahvila"
for unit in etakahvila.service etakahvila-picture@.service etakahvila-backup.service; do
  ok "$unit has an exposure of at most 2.0" systemd-analyze security --offline=true --no-pager --threshold=20 \
    "$work/files/usr/lib/systemd/system/$unit"
done
mkdir -p "$work/low/etakahvila.service.d"
cp "$work/files/usr/lib/systemd/system/etakahvila.service" "$work/low"
cp "$work/files/usr/share/etakahvila/low-port.conf" "$work/low/etakahvila.service.d"
ok "etakahvila.service has it on a low port too" systemd-analyze security --offline=true --no-pager --threshold=20 \
  "$work/low/etakahvila.service"
# A part that pages ask for late.
old=$(cd "$work/files/usr/share/etakahvila/web" && find assets -name 'console-*.js' | sort | head -n 1)
packed "$version+b" "$deb" "$old" assets/console-of-b.js
packed "$version+c" "$work/$version+b.deb" assets/console-of-b.js assets/console-of-c.js

# ------------------------------------------------------------------------------------------------ a bare machine

# only_packed: closes here, where no bare machine can be had.
only_packed() {
  say "not tried: a bare machine, systemd and an image: $why_not"
  exit "$failed"
}
[ -z "$why_not" ] || only_packed

# A week old at most: what is installed on it comes from the day's lists.
base="$build/bookworm-minbase.tar"
if [ -z "$(find "$base" -mtime -7 2>/dev/null)" ]; then
  say "Making a bare Debian 12."
  SECONDS=0
  mmdebstrap --quiet --variant=minbase bookworm "$work/base.tar" \
    || { why_not="mmdebstrap made no bare Debian here"; only_packed; }
  mv "$work/base.tar" "$base"
  say "  made: $SECONDS s"
fi
mkdir "$root"
tar -xf "$base" -C "$root"
# Here, and nowhere outside.
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mkdir "$root/packages"
cp "$deb" "$work/$version+b.deb" "$work/$version+c.deb" "$root/packages"
first="/packages/$(basename "$deb")" second="/packages/$version+b.deb" third="/packages/$version+c.deb"

unshare --net sleep infinity &
net=$!
until [ "$(readlink "/proc/$net/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
lonely /usr/bin/python3 -c '
import fcntl, socket, struct
up = struct.pack("16sh", b"lo", 1)
fcntl.ioctl(socket.socket(), 0x8914, up)'

server='' link=''
start() {
  # Each of these becomes the next one: the process is the server.
  nsenter --net="/proc/$net/ns/net" chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin LANG=C.UTF-8 \
    setpriv --reuid=etakahvila --regid=etakahvila --init-groups \
    /usr/bin/etakahvila serve --config /etc/etakahvila/etakahvila.toml >"$work/printed" 2>"$work/log" &
  server=$!
  for _ in $(seq 200); do
    # Whoever has a password has no first link: then it is there when it listens.
    grep -q "${1:-listening on}" "$work/printed" && return
    kill -0 "$server" 2>/dev/null || { cat "$work/printed" "$work/log"; return 1; }
    sleep 0.1
  done
  cat "$work/printed" "$work/log"
  return 1
}
end() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || true
  server=
}
visit() { lonely /usr/bin/python3 "$here/visitor.py" http://127.0.0.1:8080 "$link" "$@"; }
is_owned() { [ "$(inside stat -c '%U:%G %a' "$1")" = "$2" ]; }

SECONDS=0
apt update
say "  lists: $SECONDS s"
SECONDS=0 clock=$(date +%s%N)
ok "apt installs it" apt install --no-install-recommends "$first"
ok "it starts on a bare machine, with the configuration that came with it" start "first sign-in"
say "  from apt-get install to the first link: $((($(date +%s%N) - clock) / 1000000)) ms"
for folder in /var/lib/etakahvila /var/backups/etakahvila; do
  ok "$folder is its own" is_owned "$folder" "etakahvila:etakahvila 700"
done
ok "photos are on" bash -c "! grep photos_off '$work/log'"
ok "nothing that was installed has been changed" says_nothing inside dpkg --verify etakahvila
all_its_own() { says_nothing inside find /var/lib/etakahvila '(' ! -user etakahvila -o -perm /077 ')'; }
ok "no file of the data is anybody else's" all_its_own
end

configuration=/etc/etakahvila/etakahvila.toml
# answers PORT [BACKUPS]: what is asked of the site, with a proxy before it.
answers() {
  printf '%s\n' 'site = "kahvila.example.fi"' 'tls = "proxy"' "port = $1" 'mail = "none"' 'help_phone = ""' \
    "backup_folder = \"${2:-/var/backups/etakahvila}\"" 'coordinator = "Pihla Mallikas"' >"$root/packages/answers.toml"
}
cp -a "$root$configuration" "$work/as-it-came.toml"
answers 8080
ok "setup takes its answers from a file" inside etakahvila setup --answers /packages/answers.toml
ok "what it has written is root's, and the service reads it" is_owned "$configuration" "root:etakahvila 640"
ok "it starts with that" start
end
cp -a "$work/as-it-came.toml" "$root$configuration"

# As somebody does who takes each # away.
uncommented() {
  sed -E 's/^#([a-z_]+ = )/\1/' "$root/etc/etakahvila/etakahvila.toml" >"$root/packages/all.toml" \
    && as_service etakahvila session list --config /packages/all.toml
}
ok "each line of the configuration is one that the program reads" uncommented

# plan COMMAND…: by the program to which that leads; the guest's link is in `link`.
plan() {
  local today
  today=$(TZ=Europe/Helsinki date +%F)
  # So late that its links, which open a day before, work at every hour of today.
  session=$("$@" etakahvila session add --series Koe --theme Uni --date "$today" --start 16:00 --end 23:59) \
    && "$@" etakahvila session staff "$session" --role guest --name Vieras \
    && link=$("$@" etakahvila invite "$session" | awk -F'\t' '$1 == "guest" { link = $3 } END { print link }') \
    && [[ "$link" == *#* ]]
}
ok "a session is planned and invited to on the command line" plan as_service
ok "it starts" start
ok "somebody comes in by the link" visit
ok "the command line works beside the server, as root" inside etakahvila session list
ok "a backup is made beside the server" inside etakahvila backup
newest() { (cd "$root/var/backups/etakahvila" && find . -maxdepth 1 -name 'etakahvila-*' | sort | tail -n 1); }
backup="/var/backups/etakahvila/$(newest)"
ok "it is whole" as_service etakahvila backup --verify "$backup"
restored() { inside etakahvila restore "$backup" --replace; }
refused_beside() { ! restored >"$work/words" 2>&1 && grep -F "A server is running on this data" "$work/words"; }
ok "beside the server it is not restored" refused_beside
end
ok "it is restored by root" restored
ok "and the data is the service's own" all_its_own
ok "it starts on it" start
ok "the same link opens" visit
end

# ------------------------------------------------------------------------------------------------ forward and back

ok "a newer version is installed over it" apt install --no-install-recommends "$second"
ok "it starts" start
ok "the same link opens, and a page that was open finds the parts of the version before" visit "/$old"
end
ok "a still newer one is installed" apt install --no-install-recommends "$third"
gone() { [ ! -e "$root$1" ]; }
ok "of the first version no part is left" gone "/usr/share/etakahvila/web/$old"
ok "of the second one its parts are left" test -e "$root/usr/share/etakahvila/web/assets/console-of-b.js"

ok "the old one is put back" apt install --no-install-recommends --allow-downgrades "$first"
ok "it starts on records that it knows" start
ok "the same link opens" visit
end
# Records of the last version without seasons, in the place of these.
data="$root/var/lib/etakahvila"
before_seasons() {
  mv "$data" "$work/kept" \
    && inside install -d -o etakahvila -g etakahvila -m 0700 /var/lib/etakahvila \
    && /usr/bin/python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())' \
      "$data/etakahvila.sqlite" "$project/tests/data/sites/before-seasons.sql" \
    && inside chown etakahvila: /var/lib/etakahvila/etakahvila.sqlite
}
ok "records of before seasons are put there" before_seasons
ok "it starts on them" start
ok "a copy of them is made before" test -n "$(ls "$data/before-upgrade" || true)"
lists_them() { inside etakahvila session list | grep -F "Erilainen joululoma"; }
ok "their sessions are there" lists_them
end
rm -rf "$data"
mv "$work/kept" "$data"

# Records of a format that this version does not know yet, as a newer one leaves them.
newer() { /usr/bin/python3 "$here/newer_records.py" "$data/etakahvila.sqlite"; }
sum() { (cd "$data" && sha256sum etakahvila.sqlite); }
ok "records are made those of a newer version" newer
before=$(sum)
refused_by_name() { ! start && grep -qF 99.0.0 "$work/printed" "$work/log"; }
ok "records of a newer version are refused by name" refused_by_name
end
ok "and are as they were" test "$before" = "$(sum)"

# ------------------------------------------------------------------------------------------------ away with it

ok "it is removed" apt remove etakahvila
ok "its programs and pages are gone" gone /usr/share/etakahvila
ok "configuration and records are kept" test -e "$root/var/lib/etakahvila/etakahvila.sqlite" -a \
  -e "$root/etc/etakahvila/etakahvila.toml"
ok "it is purged" apt purge etakahvila
ok "nothing of it is left" says_nothing inside find / -xdev -name '*etakahvila*' ! -path '/packages/*' \
  ! -path '/var/lib/dpkg/info/*'
ok "nor its user" bash -c "! grep etakahvila '$root/etc/passwd' '$root/etc/group'"

# ------------------------------------------------------------------------------------------------ under systemd

source "$here/systemd.sh"

# ------------------------------------------------------------------------------------------------ in a container

ok "an image is made of it, and what is in it runs" "$project/deploy/package/container.sh" "$deb" "$base"
source "$here/image.sh"

for what in "${not_tried[@]}"; do say "not tried: $what"; done
exit "$failed"
