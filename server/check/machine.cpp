#include "check/machine.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include <sys/timex.h>

namespace etakahvila::check {
namespace {

/// Simulated: nothing is taken from anywhere, and nothing is put in. `timeout` is of the same package as `ls`.
constexpr auto ask_apt =
    "command -v apt-get >/dev/null && LC_ALL=C timeout -k 1 30 apt-get -s -o Debug::NoLocking=true install "
    "--only-upgrade libssl3 openssl </dev/null 2>/dev/null";

struct ClosePipe {
    void operator()(std::FILE* pipe) const { (void)::pclose(pipe); }
};

/// Nothing when it did not end well.
std::optional<std::string> output_of(const char* command) {
    std::unique_ptr<std::FILE, ClosePipe> pipe{::popen(command, "re")};
    if (!pipe) return std::nullopt;
    std::string output;
    std::array<char, 4096> piece{};
    while (const auto count = std::fread(piece.data(), 1, piece.size(), pipe.get())) output.append(piece.data(), count);
    return ::pclose(pipe.release()) == 0 ? std::optional{output} : std::nullopt;
}

}  // namespace

Answer clock() {
    constexpr auto look = "clock";
    timex state{};
    if (::adjtimex(&state) == -1) return ok(look, "Who keeps the clock is not told here.");
    if ((state.status & STA_UNSYNC) != 0)
        return warning(look,
            "Nobody keeps the clock of this machine right, and attendance is measured by it. Install "
            "systemd-timesyncd or chrony; in a container look at the machine around it.");
    return ok(look, "The clock is kept right.");
}

std::vector<std::string> packages_in(std::string_view apt_output) {
    std::vector<std::string> packages;
    while (!apt_output.empty()) {
        const auto end = std::min(apt_output.find('\n'), apt_output.size());
        const auto line = apt_output.substr(0, end);
        apt_output.remove_prefix(std::min(end + 1, apt_output.size()));
        constexpr std::string_view begin = "Inst ";
        if (!line.starts_with(begin)) continue;
        const auto name = line.substr(begin.size(), line.find(' ', begin.size()) - begin.size());
        const auto open = line.find('(');
        const auto version = open == line.npos ? std::string_view{}
                                               : line.substr(open + 1, line.find_first_of(" )", open) - open - 1);
        packages.push_back(std::string{name} + (version.empty() ? "" : " " + std::string{version}));
    }
    return packages;
}

Answer updates() {
    constexpr auto look = "updates";
    const auto output = output_of(ask_apt);
    if (!output) return ok(look, "Whether there are updates is not told here: there is no apt, or it did not answer.");
    const auto packages = packages_in(*output);
    if (packages.empty()) return ok(look, "There is no newer OpenSSL, as far as the package lists here know.");
    std::string list;
    for (const auto& package : packages) list += (list.empty() ? "" : ", ") + package;
    return warning(look, "There are updates for OpenSSL: " + list +
                             ". Install them (apt-get install --only-upgrade libssl3 openssl), then: systemctl restart "
                             "etakahvila.");
}

}  // namespace etakahvila::check
