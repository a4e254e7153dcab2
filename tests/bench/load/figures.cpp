#include "figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace etakahvila::bench {
namespace {

std::string number_text(double number) {
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), std::abs(number) < 1e6 ? "%.4g" : "%.0f", number);
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::chrono::nanoseconds cpu_time(const std::vector<pid_t>& processes) {
    std::int64_t sum = 0;
    for (const auto process : processes) {
        std::error_code gone;
        for (const auto& thread :
            std::filesystem::directory_iterator{"/proc/" + std::to_string(process) + "/task", gone}) {
            std::ifstream file{thread.path() / "schedstat"};
            std::int64_t running = 0;
            if (file >> running) sum += running;
        }
    }
    return std::chrono::nanoseconds{sum};
}

std::int64_t resident_kib(const std::vector<pid_t>& processes) {
    std::int64_t sum = 0;
    for (const auto process : processes) {
        std::ifstream file{"/proc/" + std::to_string(process) + "/statm"};
        std::int64_t pages = 0, resident = 0;
        if (file >> pages >> resident) sum += resident * ::sysconf(_SC_PAGESIZE) / 1024;
    }
    return sum;
}

std::string Times::json() {
    if (all_.empty()) return "null";
    std::sort(all_.begin(), all_.end());
    const auto at = [&](double share) {
        return number_text(
            all_[std::min(all_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all_.size())))]);
    };
    return "{\"count\":" + std::to_string(all_.size()) + ",\"p50\":" + at(0.5) + ",\"p99\":" + at(0.99) +
           ",\"p999\":" + at(0.999) + ",\"most\":" + at(1) + "}";
}

void Report::tell(const std::string& name, double number) { tell_json(name, number_text(number)); }

void Report::tell_json(const std::string& name, const std::string& json) {
    if (!text_.empty()) text_ += ',';
    text_ += '"' + name + "\":" + json;
}

}  // namespace etakahvila::bench
