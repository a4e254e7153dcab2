#include "net/port_owner.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace etakahvila::net {
namespace {

constexpr std::string_view listening = "0A";

struct Listening {
    std::string inode;
    std::uint32_t uid{};
};

/// In /proc/net/tcp: `sl local rem st tx:rx tr:when retrnsmt uid timeout inode …`, addresses and ports in hexadecimal.
std::optional<Listening> listening_on(std::uint16_t port, const std::filesystem::path& table) {
    std::ifstream lines{table};
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream words{line};
        std::array<std::string, 10> word;
        for (auto& each : word) words >> each;
        const auto colon = word[1].rfind(':');
        if (!words || word[3] != listening || colon == std::string::npos) continue;
        if (std::strtoul(word[1].c_str() + colon + 1, nullptr, 16) != port) continue;
        return Listening{
            .inode = word[9], .uid = static_cast<std::uint32_t>(std::strtoul(word[7].c_str(), nullptr, 10))};
    }
    return std::nullopt;
}

bool is_process(const std::string& name) {
    return !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
}

bool holds(const std::filesystem::path& process, const std::string& socket) {
    std::error_code error;
    for (std::filesystem::directory_iterator files{process / "fd", error}, end; !error && files != end;
        files.increment(error)) {
        std::error_code gone;
        if (std::filesystem::read_symlink(files->path(), gone) == socket) return true;
    }
    return false;
}

}  // namespace

std::optional<PortOwner> port_owner(std::uint16_t port, const std::filesystem::path& proc) {
    auto found = listening_on(port, proc / "net/tcp");
    if (!found) found = listening_on(port, proc / "net/tcp6");
    if (!found) return std::nullopt;
    PortOwner owner{.uid = found->uid};
    const auto socket = "socket:[" + found->inode + "]";
    std::error_code error;
    for (std::filesystem::directory_iterator entries{proc, error}, end; !error && entries != end;
        entries.increment(error)) {
        const auto name = entries->path().filename().string();
        if (!is_process(name) || !holds(entries->path(), socket)) continue;
        owner.pid = std::strtoll(name.c_str(), nullptr, 10);
        std::ifstream program{entries->path() / "comm"};
        std::getline(program, owner.program);
        break;
    }
    return owner;
}

std::string to_text(const PortOwner& owner) {
    if (owner.pid == 0) return "a program of user " + std::to_string(owner.uid);
    return owner.program + " (pid " + std::to_string(owner.pid) + ")";
}

}  // namespace etakahvila::net
