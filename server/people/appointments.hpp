#pragma once

// Meetings of a worker with one person that are in no room: agreed for a time, held, taken off. Each is a session with
// one participant, whose day is decided, sealed and corrected as any day's is; here is what the records alone know of
// it. Its place and note are for the worker, the place for the person too; neither reaches the room.
//
// The same meeting is kept once. A form that is sent again (its answer was lost) is known by `once`, which its page
// made; without one, by what it tells: the same worker, person, kind and length at a time that overlaps. Any other
// meeting that overlaps is refused.

#include <functional>
#include <variant>
#include <vector>

#include "people/registrations.hpp"
#include "people/season_days.hpp"
#include "protocol/api/appointments.hpp"

namespace etakahvila::people {

using protocol::AppointmentKind;

inline constexpr std::int64_t appointment_minutes_min = 5;
inline constexpr std::int64_t appointment_minutes_max = 480;
/// So long ago one may have been held that is told now.
inline constexpr int appointment_days_back = 31;
inline constexpr int appointment_days_ahead = 366;
inline constexpr std::size_t appointment_note_code_points_max = 200;
inline constexpr std::size_t appointment_place_code_points_max = 120;

/// Not to be printed: it has no stream operator.
struct Appointment {
    SessionId session;
    PersonId person;
    std::string name;
    std::optional<std::string> supervisor;
    AppointmentKind kind{};
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> place;
    std::optional<std::string> note;
    PersonId held_by;
    /// planned, closed (it was saved), sealed or cancelled.
    protocol::Phase phase{};

    std::int64_t minutes() const { return (ends_at.ms - starts_at.ms) / 60'000; }
};
std::optional<Appointment> appointment(const records::Database& database, SessionId session);
/// Those that this worker holds and has not taken off, by their start.
std::vector<Appointment> appointments_of(const records::Database& database, PersonId held_by);

/// As it was written down, and can be kept.
struct AppointmentDraft {
    PersonId person;
    AppointmentKind kind{};
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> place;
    std::optional<std::string> note{};
    std::optional<std::string> once{};
};
/// For today or later; all that is wrong with it, otherwise.
std::variant<AppointmentDraft, std::vector<Fault>> agreed_in(const protocol::PlanAppointmentBody& told, UtcTime now);
/// Of one that has begun. `agreed`: the one that was planned. Without a time it began as planned, or ends now. Refused:
/// too_early.
std::variant<AppointmentDraft, std::vector<Fault>, RefusalWord> held_in(
    const protocol::HoldAppointmentBody& told, const std::optional<Appointment>& agreed, UtcTime now);

/// The session of one that is agreed, or why there is none: another one is held then. Told again, it is the one that
/// there is.
std::variant<SessionId, Fault> agree_appointment(
    records::Database& database, const AppointmentDraft& draft, PersonId held_by, UtcTime now);

/// The session in which it is to be saved that one was held: the one that was agreed, one that this worker has agreed
/// on with the person at that time, or a new one. What is told of it is kept with the room's step (keep_held).
struct Holding {
    SessionId session;
    /// It was told before: nothing is left to be done.
    bool is_known{};
};
/// Refused: not_found (it is not the worker's, or is another person's), not_now (it is not to be held any more).
std::variant<Holding, Fault, RefusalWord> begin_holding(records::Database& database, const AppointmentDraft& draft,
    std::optional<SessionId> agreed, PersonId held_by, UtcTime now);

/// In the commit of the room's step: when and how it was held.
void keep_held(records::Database& database, SessionId session, const AppointmentDraft& draft);
/// In the commit of the room's step: it is not held. Of one that was agreed the person reads so; one that was saved by
/// mistake is nobody's day, and planned again where it was agreed.
void take_off(records::Database& database, SessionId session, std::string_view by_name, UtcTime now);
/// In the commit of the room's step; of a session that is no appointment it does nothing.
void note_appointment_phase(records::Database& database, SessionId session, protocol::Phase phase);

/// Whether this worker holds it: nobody else of a room's staff has a part in it.
bool holds_appointment(const records::Database& database, SessionId session, PersonId person);

/// All clients whom `sees` takes, in Finnish order.
std::vector<protocol::MyPerson> clients(
    const records::Database& database, const std::function<bool(const PersonDetails&)>& sees);

}  // namespace etakahvila::people
