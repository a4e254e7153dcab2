#pragma once

// Sessions as entries of a calendar (RFC 5545). Others may see it, so it holds no secret and no theme: whatever an
// entry says is said by whoever makes it.

#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace etakahvila::reports {

struct CalendarEntry {
    /// The same for the same person and session, so that a later one takes the place of an earlier one.
    std::string uid;
    /// Grows when the session is moved.
    std::int64_t sequence{};
    base::UtcTime made_at;
    base::UtcTime starts_at;
    base::UtcTime ends_at;
    std::string title;
    std::string description;
    /// Where one comes in.
    std::string address;
    /// The day is not held: what stands in the calendar is taken back.
    bool is_cancelled{};
};

/// What the calendar is to do with the entries: have them, or take them back.
enum class CalendarMethod : std::uint8_t { publish, cancel };

/// Times are Helsinki's, with the rules of its clock beside them; CRLF; lines of at most 75 octets, folded between
/// characters; texts escaped. `organizer`: whose letter brings them along, by its address (RFC 5546 asks for it).
std::string calendar_of(std::span<const CalendarEntry> entries, CalendarMethod method = CalendarMethod::publish,
    std::string_view organizer = {});

}  // namespace etakahvila::reports
