#pragma once

// A thread's loop for clients, without the socket library in its header.

#include <memory>

#include "base/loop.hpp"

namespace etakahvila::client {

class ClientLoop final : public base::Loop {
public:
    ClientLoop();
    ~ClientLoop() override;

    void post(base::Task task) override;
    void after(std::chrono::milliseconds delay, base::Task task) override;

    /// Runs on this thread until stop.
    void run();
    /// From any thread.
    void stop();

    /// Called once, when the process is asked to end (SIGINT, SIGTERM). A second signal ends it at once.
    void on_end_asked(base::Task task);

    struct Core;
    Core& core() { return *core_; }

private:
    std::unique_ptr<Core> core_;
};

}  // namespace etakahvila::client
