#pragma once

// What is measured, and of what.

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace etakahvila::bench {

/// CPU time of all threads of the processes so far. Of the kernel's own count where it has one to
/// the nanosecond (`schedstat`), which their time in system calls belongs to.
std::chrono::nanoseconds cpu_time(const std::vector<pid_t>& processes);

/// Resident memory of the processes.
std::int64_t resident_kib(const std::vector<pid_t>& processes);

/// Times of one kind, in milliseconds.
class Times {
public:
    void add(std::chrono::nanoseconds time) { all_.push_back(static_cast<float>(time.count()) / 1e6F); }
    void clear() { all_.clear(); }
    std::size_t count() const { return all_.size(); }
    /// {"count":…, "p50":…, "p99":…, "p999":…, "most":…}
    std::string json();

private:
    std::vector<float> all_;
};

/// A flat object of numbers, in the order in which they were told.
class Report {
public:
    void tell(const std::string& name, double number);
    void tell_json(const std::string& name, const std::string& json);
    std::string json() const { return "{" + text_ + "}"; }

private:
    std::string text_;
};

}  // namespace etakahvila::bench
