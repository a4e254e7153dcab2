#include "house/process_figures.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace etakahvila::house {
namespace {

/// The numbers of /proc/self/stat from its third field on (proc(5)), which is state; the name before it may hold
/// anything.
std::vector<std::string> stat_fields() {
    std::ifstream file{"/proc/self/stat"};
    std::string line;
    std::getline(file, line);
    const auto name_end = line.rfind(')');
    if (name_end == line.npos) return {};
    std::istringstream rest{line.substr(name_end + 1)};
    return {std::istream_iterator<std::string>{rest}, {}};
}

/// When the machine started, in seconds of 1970, the same each time. /proc/stat has it too, but not in a unit that sees
/// no more of /proc than its own process.
double started_at_of_machine() {
    static const auto at = [] {
        timespec now{};
        timespec up{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        ::clock_gettime(CLOCK_BOOTTIME, &up);
        return static_cast<double>(now.tv_sec - up.tv_sec);
    }();
    return at;
}

void add_open_files(std::vector<net::Figure>& figures) {
    std::error_code error;
    const std::filesystem::directory_iterator open{"/proc/self/fd", error};
    // The look itself has one open.
    if (!error)
        figures.push_back(net::gauge("process_open_fds", "Open files and sockets",
            static_cast<double>(std::distance(begin(open), end(open)) - 1)));
    rlimit most{};
    if (::getrlimit(RLIMIT_NOFILE, &most) == 0)
        figures.push_back(
            net::gauge("process_max_fds", "Files and sockets that may be open", static_cast<double>(most.rlim_cur)));
}

}  // namespace

std::vector<net::Figure> process_figures() {
    // Fields of proc(5) by their number there, less the three that begin at state.
    constexpr std::size_t utime = 14 - 3;
    constexpr std::size_t stime = 15 - 3;
    constexpr std::size_t num_threads = 20 - 3;
    constexpr std::size_t starttime = 22 - 3;
    constexpr std::size_t vsize = 23 - 3;
    constexpr std::size_t rss = 24 - 3;
    std::vector<net::Figure> figures;
    if (const auto fields = stat_fields(); fields.size() > rss) {
        const auto at = [&](std::size_t field) { return std::strtod(fields[field].c_str(), nullptr); };
        const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
        figures = {
            net::counter("process_cpu_seconds_total", "Time of the processors that the process has taken, in seconds",
                (at(utime) + at(stime)) / ticks),
            net::gauge("process_resident_memory_bytes", "Memory that the process has in the machine, in bytes",
                at(rss) * page),
            net::gauge("process_virtual_memory_bytes", "Addresses that the process has taken, in bytes", at(vsize)),
            net::gauge("process_threads", "Threads of the process", at(num_threads)),
            net::gauge("process_start_time_seconds", "When the process started, in seconds since 1970",
                started_at_of_machine() + at(starttime) / ticks),
        };
    }
    add_open_files(figures);
    return figures;
}

}  // namespace etakahvila::house
