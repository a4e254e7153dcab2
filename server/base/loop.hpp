#pragma once

#include <chrono>
#include <functional>

namespace etakahvila::base {

using Task = std::function<void()>;

/// A thread's loop, as the parts of the room see it. Transport makes it of a socket loop, the
/// tests of a simulated clock.
class Loop {
public:
    virtual ~Loop() = default;

    /// Runs the task on the loop's thread, after what it is doing now. From any thread.
    virtual void post(Task task) = 0;

    /// Runs the task on the loop's thread not before the time has passed. From the loop's own
    /// thread. A task that may outlive its owner holds a weak_ptr to it.
    virtual void after(std::chrono::milliseconds delay, Task task) = 0;
};

}  // namespace etakahvila::base
