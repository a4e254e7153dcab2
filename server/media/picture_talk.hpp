#pragma once

// How a picture goes to the second process and how its answer comes back, over a socket between them, whoever has
// started it.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/common.hpp"

namespace etakahvila::media {

using SteadyTime = std::chrono::steady_clock::time_point;

/// For poll.
int ms_until(SteadyTime deadline);

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    void close();

private:
    int number_;
};

/// Sends all of it, and takes what comes until the other side has closed. Nothing when that says more than an answer
/// can have, or is not done in time.
std::optional<std::string> talk(int socket, std::string_view given, SteadyTime deadline);

/// What the second process said: a picture, or a word why there is none. It is not believed further than it must be.
std::variant<std::string, protocol::RefusalWord> picture_in(std::string said);

}  // namespace etakahvila::media
