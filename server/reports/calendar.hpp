#pragma once

// One session as an entry of a calendar (RFC 5545).

#include <string>

#include "base/time.hpp"

namespace etakahvila::reports {

struct CalendarEntry {
    /// The same for the same person and session, so that a later one takes the place of an earlier one.
    std::string uid;
    /// Grows with each that is made.
    std::int64_t sequence{};
    base::UtcTime made_at;
    base::UtcTime starts_at;
    base::UtcTime ends_at;
    std::string title;
    std::string description;
    /// Where one comes in.
    std::string link;
};

/// Times in UTC, which every calendar shows in its own zone; CRLF; lines of at most 75 octets,
/// folded between characters; texts escaped.
std::string calendar_of(const CalendarEntry& entry);

}  // namespace etakahvila::reports
