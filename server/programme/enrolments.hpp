#pragma once

// Who is in which package of a period, from which day to which, and where that takes them: into the room, to a day by
// phone in its place, or nowhere. A registration by an enrolment is made and taken out here; one by hand is nobody's
// but the coordinator's. Days are Helsinki's, as 2026-12-03, and compared as texts.

#include <functional>
#include <map>
#include <set>

#include "people/registrations.hpp"
#include "protocol/api/season.hpp"

namespace etakahvila::programme {

using base::UtcTime;
using protocol::EligibilityChoice;
using protocol::EnrolmentId;
using protocol::EnrolmentState;
using protocol::PackageId;
using protocol::PackageWay;
using protocol::PeriodId;
using protocol::PersonId;
using protocol::SeriesId;
using protocol::SeriesPlace;
using protocol::SessionId;

/// By its key; none: no decision.
using Kind = std::optional<std::string>;

/// What decides where somebody of a period is taken.
struct PeriodRules {
    struct Series {
        bool is_for_all = true;
        /// Who may attend, unless it is for all.
        std::set<std::string> kinds{};
    };
    struct Part {
        PackageWay way = PackageWay::room;
        /// Who may not attend has a day by phone in its place.
        bool instead = false;
    };
    struct Package {
        std::string name;
        std::map<SeriesId, Part> parts{};
    };
    /// Of a kind of decision; none: without an end.
    struct Days {
        std::optional<std::string> first;
        std::optional<std::string> last;
    };

    std::string first_day;
    std::string last_day;
    /// A group's: so many may be in it, and no more (groups.hpp).
    bool is_closed = false;
    /// Those that take turns, in their order.
    std::vector<SeriesId> rotation{};
    std::map<SeriesId, Series> series{};
    std::map<PackageId, Package> packages{};
    std::map<std::string, Days> kinds{};

    /// The day itself, or the nearest one of the period.
    const std::string& day_within(const std::string& day) const;
};

/// Nothing when there is no such period.
std::optional<PeriodRules> rules_of(const records::Database& database, PeriodId period);

/// Whether who has a decision of this kind may attend the series on this day. Who has none may what is for all; a kind
/// that has ended, or has not begun, may nothing.
bool may_attend(const PeriodRules& rules, SeriesId series, const Kind& kind, std::string_view day);

/// Where a day of the series takes who is in the package.
SeriesPlace place_of(const PeriodRules& rules, PackageId package, SeriesId series, const Kind& kind,
    std::string_view day, std::optional<EligibilityChoice> choice = {});

/// What was chosen for somebody in a series that is not for them.
struct KeptChoice {
    EligibilityChoice choice{};
    /// Of what was allowed.
    std::optional<std::string> reason;
    /// A name.
    std::string by;
    UtcTime at;
};

/// One that goes on as another (of another kind, or in another package) has ended, and holds to its last day.
struct Enrolment {
    EnrolmentId id{};
    PersonId person{};
    PackageId package{};
    std::string first_day{};
    std::string last_day{};
    Kind kind{};
    std::optional<std::string> supervisor{};
    EnrolmentState state = EnrolmentState::accepted;
    std::map<SeriesId, KeptChoice> choices{};

    /// Whether it takes them anywhere on this day.
    bool holds_on(std::string_view day) const;
    /// Whether it holds, or waits to be accepted, on this day or later.
    bool is_left_on(std::string_view day) const;
    std::optional<EligibilityChoice> choice_in(SeriesId series) const;
};

/// By their first day. `person`: of one alone.
std::vector<Enrolment> enrolments_of(
    const records::Database& database, PeriodId period, std::optional<PersonId> person = {});

EnrolmentId add_enrolment(records::Database& database, PeriodId period, const Enrolment& enrolment, UtcTime now);

/// What is left after this day ends with it; what has not begun by then, or was never accepted, is withdrawn. Whoever
/// is there until a day that is to come is accepted until then.
void end_enrolments(records::Database& database, PeriodId period, PersonId person, const std::string& last_day,
    const std::string& today);

/// What is left on this day is withdrawn: it takes them nowhere any more.
void withdraw_enrolments(records::Database& database, PeriodId period, PersonId person, const std::string& day);

/// From this day on another package, until the day on which the one before would have ended; the past stays as it was.
/// What was chosen for them in a series holds in the new one too.
void move_to_package(records::Database& database, PeriodId period, PersonId person, PackageId package,
    const std::string& first_day, UtcTime now);

/// From this day on another kind of decision, in all periods; the past stays as it was.
void change_kind(
    records::Database& database, PersonId person, const Kind& kind, const std::string& first_day, UtcTime now);

/// For what is left on this day; in place of what was chosen before.
void keep_choice(records::Database& database, PeriodId period, PersonId person, SeriesId series, const std::string& day,
    const KeptChoice& choice);

/// What was allowed for what is left on this day is so no more; other choices stay.
void take_back_allowed(
    records::Database& database, PeriodId period, PersonId person, SeriesId series, const std::string& day);

/// Registers whom their enrolments take to days of the period that have not ended, and takes out of days that have not
/// begun whom no enrolment takes there any more. A day by phone is made when the first person is taken to it, with the
/// clock of the period's day; it follows when that one is moved, is emptied when that one is skipped, and is held when
/// that one is cancelled alone. What was registered by hand stays, and so does a day that is cancelled; who was taken
/// out of a day by hand (people::take_out) stays out. The sessions whose people have changed come back: their open
/// rooms are to be told (RoomDirectory::plan_changed). `person`: of one alone.
std::vector<SessionId> bring_registrations_in_line(
    records::Database& database, PeriodId period, UtcTime now, std::optional<PersonId> person = {});

/// The same of the period of this session, which was moved, changed or cancelled; nothing where it is of none.
std::vector<SessionId> bring_in_line_around(records::Database& database, SessionId session, UtcTime now);

/// The same in all periods that a person is in.
std::vector<SessionId> bring_in_line_everywhere(records::Database& database, PersonId person, UtcTime now);

/// Does work that may change what is known of people. Whose kind of decision it changes, has the new one in their
/// enrolments too, from today on. The sessions whose people have changed come back.
std::vector<SessionId> follow_kinds(records::Database& database, UtcTime now, const std::function<void()>& work);

/// The day before a day, and the day after it; as days are kept.
std::string day_before(const std::string& day);
std::string day_after(const std::string& day);

}  // namespace etakahvila::programme
