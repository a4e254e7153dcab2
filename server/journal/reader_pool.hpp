#pragma once

// Threads that may wait for the disk, so that the workers never do. Each reads through a
// connection of its own. What waits is taken in turn by whom it is of.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "journal/fair_queue.hpp"
#include "journal/records.hpp"

namespace etakahvila::journal {

class Pool {
public:
    using Job = std::function<void(records::Database& reader)>;
    /// Without threads what waits is done when run_waiting is called: for tests.
    Pool(const Records& store, std::size_t threads, std::size_t jobs_max = 1024) : first_{jobs_max}, jobs_{jobs_max} {
        for (std::size_t count = 0; count < threads; ++count) {
            threads_.emplace_back([this, reader = std::shared_ptr{store.open_reader()}] { serve(*reader); });
        }
    }
    ~Pool() { stop(); }
    /// Ends what has begun; what waits is dropped, and nothing more is taken. Not from a job.
    void stop() {
        {
            const std::lock_guard lock{mutex_};
            is_closing_ = true;
        }
        wake_.notify_all();
        for (auto& thread : std::exchange(threads_, {})) thread.join();
    }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// False, and never run, when too many of theirs wait already (fair_queue.hpp). A job does not
    /// throw. `is_first`: before all that are not. From any thread.
    bool run(Job job, const std::string& whose = {}, bool is_first = false) {
        {
            const std::lock_guard lock{mutex_};
            if (is_closing_ || !(is_first ? first_ : jobs_).push(whose, std::move(job))) return false;
        }
        wake_.notify_one();
        return true;
    }

    std::size_t waiting() const {
        const std::lock_guard lock{mutex_};
        return first_.size() + jobs_.size();
    }

    /// Without threads of its own: does the next of what waits. False when nothing does.
    bool run_waiting(records::Database& reader) {
        std::optional<Job> job;
        {
            const std::lock_guard lock{mutex_};
            job = next();
        }
        if (job) (*job)(reader);
        return job.has_value();
    }

private:
    /// Locked.
    std::optional<Job> next() {
        auto job = first_.pop();
        return job ? std::move(job) : jobs_.pop();
    }

    void serve(records::Database& reader) {
        while (true) {
            std::optional<Job> job;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return is_closing_ || first_.size() + jobs_.size() != 0; });
                if (is_closing_) return;
                job = next();
            }
            (*job)(reader);
        }
    }

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    FairQueue<Job> first_;
    FairQueue<Job> jobs_;
    bool is_closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace etakahvila::journal
