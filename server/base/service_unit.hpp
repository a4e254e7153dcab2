#pragma once

// The units of systemd by which the package runs this program, and what root has added to them on this machine.

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace etakahvila::base {

inline constexpr std::string_view server_unit = "etakahvila.service";
inline constexpr std::string_view backup_unit = "etakahvila-backup.service";

/// Below it only root may listen, and whoever was given the right to.
inline constexpr std::uint16_t open_ports_begin = 1024;
/// How the right to them stands in a unit.
inline constexpr std::string_view right_to_low_ports = "CAP_NET_BIND_SERVICE";
/// Why the service may not listen there, and what root does about it.
inline constexpr std::string_view low_ports_need_a_right =
    "only root may listen on ports below 1024. Give the service the right: install -D -m 0644 "
    "/usr/share/etakahvila/low-port.conf /etc/systemd/system/etakahvila.service.d/low-port.conf; systemctl "
    "daemon-reload; systemctl restart etakahvila.";

/// Where they lie.
struct ServiceUnits {
    std::filesystem::path packaged = "/usr/lib/systemd/system";
    std::filesystem::path added = "/etc/systemd/system";

    /// The package's own is there, and root has put no other in its place.
    bool has(std::string_view unit) const;
    /// The folder of what is added to it.
    std::filesystem::path drop_ins(std::string_view unit) const;
    /// Whether one of its drop-ins has this text.
    bool is_added(std::string_view unit, std::string_view text) const;
};

/// The package's units see homes empty and have a /tmp of their own.
bool is_hidden_from_service(const std::filesystem::path& path);

}  // namespace etakahvila::base
