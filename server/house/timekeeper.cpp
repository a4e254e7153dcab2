#include "house/timekeeper.hpp"

#include <exception>

namespace etakahvila::house {

void Timekeeper::open() {
    thread_ = std::thread{[this] { run(); }};
}

void Timekeeper::wake() {
    {
        const std::lock_guard lock{mutex_};
        is_woken_ = true;
    }
    wake_.notify_one();
}

void Timekeeper::close() {
    {
        const std::lock_guard lock{mutex_};
        is_closing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Timekeeper::run() {
    const auto reader = store_.open_reader();
    while (true) {
        for (const auto& each : looks_) {
            try {
                each.look(*reader);
            } catch (const std::exception&) {
                log_.error(each.failed);
            }
        }
        std::unique_lock lock{mutex_};
        wake_.wait_for(lock, look_every, [&] { return is_woken_ || is_closing_; });
        if (is_closing_) return;
        is_woken_ = false;
    }
}

}  // namespace etakahvila::house
