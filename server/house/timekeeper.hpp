#pragma once

// Looks at the clock for what no room does by itself, since it may not be loaded: feedback that closes, doors that
// open. On a thread of its own.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "journal/records.hpp"

namespace etakahvila::house {

/// So often at least: the clock that says what is due may have been set.
inline constexpr std::chrono::seconds look_every{30};

class Timekeeper {
public:
    struct Look {
        /// What the log says when it fails; it is tried again with the next look.
        base::Word failed;
        std::function<void(const records::Database& reader)> look;
    };

    Timekeeper(journal::Records& store, base::Log& log, std::vector<Look> looks)
        : store_{store}, log_{log}, looks_{std::move(looks)} {}
    ~Timekeeper() { close(); }
    Timekeeper(const Timekeeper&) = delete;
    Timekeeper& operator=(const Timekeeper&) = delete;

    /// From now on it looks.
    void open();
    /// The look that is under way is the last.
    void close();

    /// The clock may have been moved.
    void wake();

private:
    void run();

    journal::Records& store_;
    base::Log& log_;
    const std::vector<Look> looks_;

    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_woken_ = false;
    bool is_closing_ = false;
    std::thread thread_;
};

}  // namespace etakahvila::house
