#pragma once

// What links and spoken codes are right for.

#include <optional>
#include <string>
#include <variant>

#include "api/call.hpp"
#include "api/guesses.hpp"
#include "people/invitations.hpp"

namespace etakahvila::api {

class Links {
public:
    Links(const base::Clock& clock, Guesses& guesses) : clock_{clock}, guesses_{guesses} {}

    /// What a secret or a code is right for, however it stands; or how the request is refused: both of them or none are
    /// invalid, a wrong one is not found, too many wrong ones are too fast.
    std::variant<people::KnownInvitation, protocol::Refusal> known(
        const AnyCall& call, const std::optional<std::string>& secret, const std::optional<std::string>& code);

    /// What a secret or a code opens now. One that is right is refused in its own word: too_early, over, revoked.
    std::variant<people::Invitation, protocol::Refusal> open(
        const AnyCall& call, const std::optional<std::string>& secret, const std::optional<std::string>& code);

private:
    std::variant<people::KnownInvitation, protocol::Refusal> by_secret(const AnyCall& call, const std::string& secret);
    std::variant<people::KnownInvitation, protocol::Refusal> by_code(const AnyCall& call, const std::string& code);

    const base::Clock& clock_;
    Guesses& guesses_;
};

}  // namespace etakahvila::api
