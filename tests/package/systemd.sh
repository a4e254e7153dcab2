# The units under a systemd of their own, in namespaces: sourced by bare_debian.sh, whose functions and folders it uses.
# shellcheck shell=bash disable=SC2154,SC2034,SC2317

# within SECONDS COMMAND…: waits until it is so.
within() {
  local until=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.1
  done
}
# boot: starts it, in the network that nobody else is in, and says its process in `systemd`.
boot() {
  nsenter --net="/proc/$net/ns/net" unshare --mount --pid --uts --ipc --cgroup --fork --kill-child \
    bash "$here/boot.sh" "$root" >"$work/boot" 2>&1 &
  outer=$!
  within 60 is_up && kill -0 "$outer"
}
# So, or it will never be.
is_up() {
  systemd=$(pgrep -P "$outer") || ! kill -0 "$outer" || return 1
  on systemctl is-system-running | grep -qE '^(running|degraded)$' || ! kill -0 "$outer"
}
# on COMMAND…: there.
on() {
  nsenter --target "$systemd" --mount --pid --uts --ipc --net --root --wd /usr/bin/env -i \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
# Ends it as a machine is turned off.
turn_off() {
  on systemctl poweroff 2>/dev/null || true
  within 60 has_ended || kill -KILL "$systemd"
}
has_ended() { ! kill -0 "$systemd"; }
shown() { on systemctl show --value -p "$2" "$1"; }
is_active() { [ "$(shown "$1" ActiveState)" = active ]; }
comes_back() { within 60 is_active etakahvila.service; }
journal() { on journalctl --no-pager -o cat "$@"; }
told() { on systemctl status --no-pager -l etakahvila.service; journal -u etakahvila.service | tail -n 5; }

# is_bound PROCESS: what the kernel refuses it.
is_bound() {
  local status bound
  status=$(on cat "/proc/$1/status") || return 1
  for bound in 'Seccomp:\s2' 'NoNewPrivs:\s1' 'CapEff:\s0+' 'CapBnd:\s0+'; do
    grep -Exq "$bound" <<<"$status" || { echo "$status"; return 1; }
  done
}
# as_seen_by PROCESS COMMAND…: among its mounts, and with more rights than it has.
as_seen_by() { local seen=$1; shift; on nsenter --target "$seen" --mount -- "$@"; }
sees_nothing() { local seen; seen=$(as_seen_by "$1" ls -A "$2") && [ -z "$seen" ]; }
is_read_only() { ! as_seen_by "$1" touch "$2" 2>"$work/words" && grep -F "Read-only file system" "$work/words"; }

# What the units keep from a process that somebody has taken over. With `main`.
shut_in() {
  ok "the server has no rights and few system calls" is_bound "$main"
  for folder in /etc /usr /var /var/lib; do
    ok "it cannot write $folder" is_read_only "$main" "$folder/of-somebody"
  done
  ok "it writes its own folder" as_seen_by "$main" touch /var/lib/etakahvila/.written
  rm -f "$root/var/lib/etakahvila/.written"
  on touch /home/of-somebody
  ok "it sees nothing in /home" sees_nothing "$main" /home

  # A line that somebody holds: for so long there is a process of the picture unit.
  /usr/bin/python3 -c 'import signal, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
signal.pause()' "/proc/$systemd/root/run/etakahvila-picture.sock" &
  local holder=$!
  # Before it is the program, it is systemd's own, with all rights.
  picture_runs() {
    picture=$(shown 'etakahvila-picture@*.service' MainPID | tail -n 1) && [ "${picture:-0}" != 0 ] \
      && [[ "$(on cat "/proc/$picture/comm")" == etakahvila* ]]
  }
  ok "a photo has a process of its own" within 20 picture_runs
  ok "it has no rights and few system calls" is_bound "$picture"
  network_of() { on readlink "/proc/$1/ns/net"; }
  ok "it has no network" test "$(network_of "$picture")" != "$(network_of "$main")"
  ok "it does not see the records" sees_nothing "$picture" /var/lib/etakahvila
  kill "$holder"
}

live() {
  runs() { is_active etakahvila.service || { told; return 1; }; }
  ok "the service is active, with what came with it" runs
  ok "it says what it listens on" \
    test "$(shown etakahvila.service StatusText)" = "Listening on http://127.0.0.1:8080."
  ok "photos are made by the unit of its own" test "$(shown etakahvila-picture.socket NAccepted)" -ge 1
  photos_on() { ! journal | grep -E 'photos_off'; }
  ok "and are on" photos_on
  ok "the first link is in a file of its own" test -s "$root/var/lib/etakahvila/first-sign-in.txt"
  no_link() { ! journal | grep -F "$(grep -o '#.*' "$root/var/lib/etakahvila/first-sign-in.txt")"; }
  ok "and not in the journal" no_link
  ok "the timer waits for the night" is_active etakahvila-backup.timer

  local main
  main=$(shown etakahvila.service MainPID)
  shut_in

  ok "it reads its certificate anew" on systemctl reload etakahvila.service
  ok "and is the same process" test "$main" = "$(shown etakahvila.service MainPID)"
  ok "a session is planned beside the running service" plan on
  ok "somebody comes in by the link" visit
  ok "the backup of the night is made" on systemctl start etakahvila-backup.service
  ok "it is whole" on etakahvila backup --verify "/var/backups/etakahvila/$(newest)"

  ok "a newer version is installed beside the live service" on dpkg -i "$second"
  ok "it runs" comes_back
  ok "as another process" test "$main" != "$(shown etakahvila.service MainPID)"
  ok "the same link opens" visit

  # A loop that hangs, of all of them: the whole process.
  on bash -c 'mkdir -p /run/systemd/system/etakahvila.service.d; printf "[Service]\nWatchdogSec=2\n" \
    >/run/systemd/system/etakahvila.service.d/soon.conf; systemctl daemon-reload; systemctl restart etakahvila.service'
  main=$(shown etakahvila.service MainPID)
  on kill -STOP "$main"
  is_anew() { [ "$(shown etakahvila.service NRestarts)" -ge 1 ] && is_active etakahvila.service; }
  ok "a server that hangs is started anew" within 60 is_anew
  ok "the same link opens" visit

  turn_off
  ok "the machine is turned off and on" boot
  ok "the service comes back" comes_back
  ok "the same link opens" visit

  set_up() {
    install -d -o "$(stat -c %u "$root/var/lib/etakahvila")" -g "$(stat -c %g "$root/var/lib/etakahvila")" -m 0700 \
      "$root/srv/copies of it"
    answers 443 "/srv/copies of it"
    on etakahvila setup --answers /packages/answers.toml && on systemctl daemon-reload \
      && on systemctl restart etakahvila.service
  }
  ok "setup puts it on a low port, and its copies into another folder" set_up
  ok "where it listens" test "$(shown etakahvila.service StatusText)" = "Listening on http://127.0.0.1:443."
  units_are_right() {
    local said
    said=$(on systemd-analyze verify --man=no etakahvila.service etakahvila-backup.service 2>&1) \
      || { echo "$said"; return 1; }
    ! grep -F backup-folder.conf <<<"$said"
  }
  ok "what it has added to the units can be read" units_are_right
  copied_there() { on systemctl start etakahvila-backup.service && [ -n "$(ls "$root/srv/copies of it")" ]; }
  ok "and the backup of the night is made there" copied_there
  ok "it is purged while it runs" on dpkg --purge etakahvila
  ok "nothing of it runs" test -z "$(on pgrep -l etakahvila || true)"
  turn_off
}

if ! apt install --no-install-recommends systemd-sysv procps "$first" >"$work/said" 2>&1; then
  tail -n 5 "$work/said"
  failed=1
elif ! boot; then
  # What can be known without it, systemd-analyze has said.
  not_tried+=("the live units: no systemd starts in a namespace here: $(tail -n 1 "$work/boot" | cut -c 1-200)")
else
  live
fi
