#pragma once

// Two records of one person made one, with their seasons. Nobody is in a period twice on one day: where both have an
// enrolment, that of the one who stays holds, and the other's on the days that it leaves. An enrolment that waits to be
// accepted gives way to one that holds.

#include <span>

#include "programme/enrolments.hpp"

namespace etakahvila::programme {

/// people::make_one, and then their enrolments, and the registrations of these. The sessions of seasons whose people
/// have changed; nothing when they cannot be made one.
std::optional<std::vector<SessionId>> make_one(
    records::Database& database, PersonId person, PersonId other, std::span<const SessionId> sessions, UtcTime now);

}  // namespace etakahvila::programme
