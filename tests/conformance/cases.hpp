#pragma once

#include <string>
#include <vector>

namespace etakahvila::conformance {

/// What a client sends after the handshake, frame by frame, and what the server is to say to it.
struct Case {
    /// Of RFC 6455.
    std::string clause;
    std::string name;
    std::vector<std::string> frames;
    /// As Ear says it. `close 4501` stands for "taken as a message, whole and right": it is the
    /// answer to a hello with an unknown ticket.
    std::string answer;
};

/// All of them, in the order of the clauses.
std::vector<Case> all_cases();

}  // namespace etakahvila::conformance
