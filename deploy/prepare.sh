#!/usr/bin/env bash
# What start.sh and tests/run.sh share: installs what is missing (Debian's packages and npm's,
# nothing else) and builds. To be sourced; functions and lists only.
# shellcheck disable=SC2034  # the lists are for the scripts that source this one

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="$project/build"

# Debian packages, by what they are for. libboost1.81-*, never the unversioned ones: they are 1.74.
packages_build=(g++ cmake ninja-build ccache mold pkg-config python3
  libboost1.81-dev libboost-system1.81-dev libsimdjson-dev libssl-dev libsqlite3-dev
  libspdlog-dev libfmt-dev libcli11-dev libtomlplusplus-dev libsodium-dev libicu-dev libqrcodegencpp-dev libopus-dev
  libhowardhinnant-date-dev libxlsxwriter-dev libpng-dev libjpeg62-turbo-dev libcmark-dev libcurl4-openssl-dev tzdata
  prometheus-cpp-dev libsystemd-dev liboath-dev libcjose-dev libjansson-dev ca-certificates)
packages_tests=(catch2 chromium fonts-dejavu-core libfaketime openssl prometheus python3-cryptography python3-icalendar
  python3-openpyxl python3-websockets strace)
# To pack, and to try the package on a bare machine.
packages_package=(dpkg-dev fakeroot)
packages_package_tests=(lintian mmdebstrap binutils systemd buildah util-linux)
# For tests/proxies alone: as packages of services they start themselves where systemd runs.
packages_proxies=(nginx haproxy caddy curl testssl.sh)
# For libFuzzer, the sanitizers and coverage; installed by the scripts that need them. Not an older one: before 16 a
# lambda may not have what a structured binding names.
packages_clang=(clang-19 libclang-rt-19-dev llvm-19)
# For tests/check.sh. Another version of clang-format would format otherwise.
packages_check=(git python3 clang-format-19 clang-tidy-19 shellcheck)

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a command as root: by itself where we are root, else by sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else
    command -v sudo >/dev/null \
      || stop "Packages are missing and this user may not install them. Run as root, or install sudo."
    sudo "$@"
  fi
}

need_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ "${#missing[@]}" = 0 ] && return
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  local log="/tmp/etakahvila-packages.$$" apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  as_root "${apt[@]}" update >/dev/null || stop "The package lists could not be read."
  local status=0
  start_no_services
  as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 || status=$?
  start_services_again
  [ "$status" = 0 ] || { tail -n 20 "$log" >&2; stop "The packages could not be installed."; }
  rm -f "$log"
}

# Some packages bring up a server of their own, on all addresses: only their tools are wanted here.
no_services=/usr/sbin/policy-rc.d
start_no_services() {
  # shellcheck disable=SC2016  # $f is of the other shell
  as_root env f="$no_services" sh -c \
    '[ -e "$f" ] || { printf "#!/bin/sh\nexit 101\n" >"$f"; chmod 755 "$f"; touch "$f.of-etakahvila"; }'
}
start_services_again() {
  # shellcheck disable=SC2016
  as_root env f="$no_services" sh -c '[ ! -e "$f.of-etakahvila" ] || rm -f "$f" "$f.of-etakahvila"'
}

node_is_new() {
  command -v node >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);'
}

# Node 20.19 or newer, as Vite asks. Debian 12's own is 18: then a newer one comes as an npm package, for this build
# only.
need_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then need_packages nodejs npm; fi
  local own="$build/node/node_modules"
  [ -d "$own/.bin" ] && PATH="$own/.bin:$PATH"
  # A Node from npm trusts its own list of authorities only; the machine's own count as well.
  export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}"
  node_is_new && return
  say "Node is older than 20.19: taking a newer one from npm, into build/node."
  mkdir -p "$build/node"
  npm install --silent --no-fund --no-audit --prefix "$build/node" node@22 npm@11 >/dev/null \
    || stop "A newer Node could not be installed."
  PATH="$own/.bin:$PATH"
  hash -r
  node_is_new || stop "The newer Node does not run."
}

# build_in FOLDER [CMake's options … --] [target …]
build_in() {
  local folder=$1 options=()
  shift
  if [[ " $* " == *" -- "* ]]; then
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
  fi
  mkdir -p "$folder"
  local log="$folder/configure.log"
  cmake -S "$project" -B "$folder" -G Ninja "${options[@]}" >"$log" 2>&1 \
    || { tail -n 30 "$log" >&2; stop "The build could not be set up."; }
  log="$folder/build.log"
  ninja -C "$folder" "$@" >"$log" 2>&1 \
    || { grep -A20 -E 'FAILED|error' "$log" | head -n 60 >&2; stop "The build failed; all of it is in $log."; }
}

# build_server [target …]
# In batches of files: from nothing that takes half the work.
build_server() {
  build_in "$build" -DCMAKE_BUILD_TYPE="${BUILD_TYPE:-Release}" -DETAKAHVILA_TESTS="${WITH_TESTS:-OFF}" \
    -DETAKAHVILA_UNITY=ON -- "$@"
}

# The fuzz targets, and everything else with AddressSanitizer, UndefinedBehaviorSanitizer and counted lines.
build_address="$project/build-address"
build_with_address() {
  build_in "$build_address" -DCMAKE_CXX_COMPILER=clang++-19 -DETAKAHVILA_UNITY=ON \
    -DETAKAHVILA_SANITIZE=address,undefined -DETAKAHVILA_FUZZ=ON -DETAKAHVILA_COVERAGE=ON -- "$@"
}

# Everything with ThreadSanitizer.
build_thread="$project/build-thread"
build_with_thread() { build_in "$build_thread" -DCMAKE_CXX_COMPILER=clang++-19 -DETAKAHVILA_SANITIZE=thread -- "$@"; }

# The web client's packages from npm.
need_web_packages() {
  need_node
  # npm writes this file last: it is older than the lock file when something has changed.
  local mark="$project/web-client/node_modules/.package-lock.json"
  if [ -e "$mark" ] && [ ! "$project/web-client/package-lock.json" -nt "$mark" ]; then return; fi
  # Not `npm ci`: npm 11 does not take a lock file without download addresses there. The versions are the lock's.
  (cd "$project/web-client" && npm install --no-save --silent --no-fund --no-audit >&2) \
    || stop "The web client's packages could not be installed."
}

build_web_client() {
  need_web_packages
  local log="$build/web-client.log"
  npm run --silent --prefix "$project/web-client" build >"$log" 2>&1 \
    || { tail -n 40 "$log" >&2; stop "The web client could not be built."; }
}
