#pragma once

// Series and sessions as planned: what the coordinator fills in, and what the room needs of it.

#include <string>
#include <variant>
#include <vector>

#include "people/local_time.hpp"
#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/agenda.hpp"
#include "protocol/api/appointments.hpp"
#include "protocol/session.hpp"

namespace etakahvila::people {

using protocol::SessionWay;

inline constexpr std::size_t series_code_points_max = 80;
inline constexpr std::size_t theme_code_points_max = 120;
inline constexpr std::size_t question_code_points_max = 200;
inline constexpr std::size_t title_code_points_max = 120;
inline constexpr std::int64_t session_minutes_max = 480;
inline constexpr std::int64_t doors_minutes_max = 240;
inline constexpr std::size_t agenda_items_max = 40;
inline constexpr std::size_t words_max = 500;

struct SessionSettings {
    /// From this share of the counted window on, a day is proposed as present.
    std::int64_t present_percent = 80;
    /// From so many minutes on it is, whatever the share.
    std::optional<std::int64_t> present_minutes{};
    std::int64_t grace_seconds = 120;
    /// Words that hold a message.
    std::vector<std::string> words;
    /// Whether people hear each other through this server.
    bool voice = true;
    /// Voice in longer frames, for a room with many listeners.
    bool many_listeners = false;
    /// So long before the start the doors open by themselves; 0: a person opens them.
    std::int64_t doors_minutes = 0;
    /// An experience-story day: participants and guests go by nicknames, files carry counts only.
    bool anonymous_among_participants = false;
    bool operator==(const SessionSettings&) const = default;
};

/// A session as a person writes it down; date and times are Helsinki's.
struct SessionForm {
    std::string series;
    std::string theme;
    std::string date;
    std::string start;
    std::string end;
    std::optional<std::string> question;
    std::optional<std::string> help_phone;
    SessionSettings settings;
    /// An item without a number (0) is a new one. Not there: the usual agenda, or the one that stands.
    std::optional<std::vector<protocol::AgendaItem>> agenda{};
};

/// A session that can be planned.
struct SessionDraft {
    std::string series;
    std::string theme;
    std::optional<std::string> question;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    SessionSettings settings;
    std::optional<std::vector<protocol::AgendaItem>> agenda{};
    bool operator==(const SessionDraft&) const = default;
};

/// Tidied and with its times found, or all that is wrong with it. Start and end are on the same
/// day; a time that the change of clocks skips or repeats is refused by name.
std::variant<SessionDraft, std::vector<Fault>> draft_of(SessionForm form);

/// A day of talk, discussion, break, round, assignment and closing, scaled to the length.
std::vector<protocol::AgendaItem> usual_agenda(std::int64_t minutes, const std::optional<std::string>& question);

/// What is usual in a series; empty: what is usual in all.
std::vector<protocol::AgendaItem> series_agenda(const records::Database& database, std::int64_t series);

/// Stores the session with its agenda, or its series', or the usual one; a series of that name is found or made.
SessionId plan_session(records::Database& database, const SessionDraft& draft);

/// The session as the draft says. Without an agenda in it, the usual one is made anew for the
/// length and the question, and one that somebody made stays. Invitations move along with its times. False when there
/// is no such session.
bool change_session(records::Database& database, SessionId session, const SessionDraft& draft);

/// A new session as the draft says, with the agenda that somebody made for this one, and with its
/// facilitators and moderators. Nothing when there is no such session.
std::optional<SessionId> copy_session(records::Database& database, SessionId session, const SessionDraft& draft);

/// All series of rooms, by name.
std::vector<std::string> series_names(const records::Database& database);

struct SessionSummary {
    SessionId id;
    std::string theme;
    std::string series;
    UtcTime starts_at;
    UtcTime ends_at;
    /// Participants only.
    std::int64_t registered{};
    SessionWay way = SessionWay::room;
};

/// All sessions, by their start: those of days without a room too.
std::vector<SessionSummary> sessions(const records::Database& database);

/// Sessions whose doors open by themselves until `until`, and whose day is not over `now`. Whether they are open only
/// the rooms know. Cancelled days are passed over.
std::vector<SessionId> doors_due(const records::Database& database, UtcTime now, UtcTime until);

/// The session of this series that starts at this moment.
std::optional<SessionSummary> session_at(const records::Database& database, std::string_view series, UtcTime starts_at);

/// One person of a session, as the room may know them: participants without a name.
struct RosterEntry {
    PersonId person;
    Role role = Role::participant;
    /// The kind of the enrolment that brings them here, else their own; and what it makes of taking part.
    std::optional<std::string> decision_type;
    std::optional<protocol::Duty> duty{};
    /// Staff and guests only.
    std::optional<std::string> display_name;
    /// Absence was told beforehand.
    bool is_excused{};
    /// As the coordinator wrote it, of everybody. For the door alone: the room is not told it.
    std::string registered_name{};
    bool operator==(const RosterEntry&) const = default;
};

/// All of a planned session that its room needs.
struct SessionRecord {
    SessionId id;
    std::string series;
    std::string theme;
    std::optional<std::string> question;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    SessionSettings settings;
    std::vector<protocol::AgendaItem> agenda;
    std::vector<RosterEntry> roster;
    /// Grows when it is moved (RFC 5545, SEQUENCE).
    std::int64_t revision{};
    SessionWay way = SessionWay::room;
    /// Of a worker's meeting with one person: how it is held.
    std::optional<protocol::AppointmentKind> appointment{};
    /// The display names of facilitators, moderators and guests: nobody else may look like them. On an experience-story
    /// day a guest's is told to nobody.
    std::vector<std::string> staff_names() const;
};

/// Whether it is an experience-story day.
bool is_anonymous(const records::Database& database, SessionId session);

std::optional<SessionRecord> session_record(const records::Database& database, SessionId session);

}  // namespace etakahvila::people
