#pragma once

// What waits, by whom it is of, each in turn: however many jobs one brings, the next of another
// waits for one of theirs and not for all.

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace etakahvila::journal {

template <class Job>
class FairQueue {
public:
    explicit FairQueue(std::size_t jobs_max) : jobs_max_{jobs_max} {}

    /// False when whose it is have as many waiting as there are places left: one alone takes half of
    /// all, ten take a tenth each, and there is a place for whoever has none yet.
    bool push(const std::string& whose, Job job) {
        const auto found = waiting_.find(whose);
        const auto theirs = found == waiting_.end() ? 0 : found->second.size();
        if (theirs >= jobs_max_ - size_) return false;
        if (theirs == 0) turns_.push_back(whose);
        waiting_[whose].push_back(std::move(job));
        ++size_;
        return true;
    }

    std::optional<Job> pop() {
        if (turns_.empty()) return std::nullopt;
        auto whose = std::move(turns_.front());
        turns_.pop_front();
        const auto found = waiting_.find(whose);
        auto job = std::move(found->second.front());
        found->second.pop_front();
        --size_;
        if (found->second.empty())
            waiting_.erase(found);
        else
            turns_.push_back(std::move(whose));
        return job;
    }

    std::size_t size() const { return size_; }

private:
    const std::size_t jobs_max_;
    std::size_t size_ = 0;
    std::map<std::string, std::deque<Job>> waiting_;
    std::deque<std::string> turns_;
};

}  // namespace etakahvila::journal
