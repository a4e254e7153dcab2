#pragma once

// Threads that may wait for the disk, so that the workers never do. Each reads through a
// connection of its own.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "journal/sqlite_store.hpp"

namespace etakahvila::transport {

class Pool {
public:
    using Job = std::function<void(SQLite::Database& reader)>;
    Pool(const journal::SqliteStore& store, std::size_t threads, std::size_t jobs_max = 1024) : jobs_max_{jobs_max} {
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

    /// False, and never run, when as many as jobs_max wait already. A job does not throw. From any thread.
    bool run(Job job) {
        {
            const std::lock_guard lock{mutex_};
            if (is_closing_ || jobs_.size() >= jobs_max_) return false;
            jobs_.push_back(std::move(job));
        }
        wake_.notify_one();
        return true;
    }

    std::size_t waiting() const {
        const std::lock_guard lock{mutex_};
        return jobs_.size();
    }

private:
    void serve(SQLite::Database& reader) {
        while (true) {
            Job job;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [&] { return is_closing_ || !jobs_.empty(); });
                if (is_closing_) return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            job(reader);
        }
    }

    const std::size_t jobs_max_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool is_closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace etakahvila::transport
