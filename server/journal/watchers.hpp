#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace etakahvila::journal {

/// Those who want to know, until they answer that they do not. From any thread.
class Watchers {
public:
    void add(std::function<bool()> watcher) {
        const std::lock_guard lock{mutex_};
        watchers_.push_back(std::move(watcher));
    }

    void tell() {
        std::vector<std::function<bool()>> told;
        {
            const std::lock_guard lock{mutex_};
            told.swap(watchers_);
        }
        std::erase_if(told, [](const auto& watcher) { return !watcher(); });
        const std::lock_guard lock{mutex_};
        watchers_.insert(watchers_.end(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
    }

private:
    std::mutex mutex_;
    std::vector<std::function<bool()>> watchers_;
};

}  // namespace etakahvila::journal
