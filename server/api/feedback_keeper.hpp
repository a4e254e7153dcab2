#pragma once

// Who keeps answers until they may be written (house/feedback_house.hpp).

#include "people/feedback.hpp"

namespace etakahvila::api {

class FeedbackKeeper {
public:
    virtual ~FeedbackKeeper() = default;

    /// Takes an answer of somebody who may give one. Refused: not_now, over, already_handled, not_saving. May wait for
    /// the disk.
    virtual std::optional<protocol::RefusalWord> take(const records::Database& reader, protocol::SessionId session,
        protocol::PersonId person, people::FeedbackAnswer answer, bool is_noted) = 0;

    /// Whether the person has answered, as far as it will be kept.
    virtual bool has_taken(
        const records::Database& reader, protocol::SessionId session, protocol::PersonId person) const = 0;
};

}  // namespace etakahvila::api
