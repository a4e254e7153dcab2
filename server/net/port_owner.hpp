#pragma once

// Who listens on a port of this machine, as far as the system tells (proc(5)): the program is told to root, and to the
// user whose program it is; the user is told to everybody.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace etakahvila::net {

struct PortOwner {
    /// 0: not told.
    std::int64_t pid{};
    /// The program's name; empty: not told.
    std::string program;
    std::uint32_t uid{};

    bool operator==(const PortOwner&) const = default;
};

/// Nothing when nobody listens there, or the system does not tell. `proc`: another place for tests.
std::optional<PortOwner> port_owner(std::uint16_t port, const std::filesystem::path& proc = "/proc");

/// "nginx (pid 812)", or "a program of user 33" where more is not told.
std::string to_text(const PortOwner& owner);

}  // namespace etakahvila::net
