#include "people/appointments.hpp"

#include <array>

#include "people/cancelling.hpp"
#include "people/form_words.hpp"
#include "people/matching.hpp"
#include "people/names.hpp"
#include "people/outside_days.hpp"

namespace etakahvila::people {
namespace {

using protocol::Phase;

constexpr std::int64_t one_minute_ms = 60'000;
/// By AppointmentKind: what the day is called in lists and files.
constexpr std::array<std::string_view, 4> themes{
    "Yksilötapaaminen", "Tapaaminen kasvokkain", "Tapaaminen puhelimessa", "Kotikäynti"};
static_assert(themes.size() == names_of(AppointmentKind{}).size());
constexpr std::string_view taken_off_words = "Tapaaminen on peruttu.";

void put_theme(records::Database& database, SessionId session, AppointmentKind kind) {
    database.write("UPDATE sessions SET theme = ? WHERE id = ?", themes[static_cast<std::size_t>(kind)], session);
}

UtcTime after(UtcTime at, std::int64_t minutes) { return {at.ms + minutes * one_minute_ms}; }

class AppointmentReader : private FormWords {
public:
    explicit AppointmentReader(UtcTime now) : now_{now}, today_{local_day(now)} {}

    std::variant<AppointmentDraft, std::vector<Fault>> agreed(const protocol::PlanAppointmentBody& told) && {
        const auto asked = day(told.date);
        if (asked && *asked < today_) fault(FaultReason::day_over, told.date);
        if (asked && days_between(today_, *asked) > appointment_days_ahead) fault(FaultReason::not_allowed, "date");
        auto draft = shared(told);
        const auto starts_at = moment(asked, clock_in(told.start), told.start, FaultReason::start_unclear);
        if (!faults().empty()) return std::move(*this).take();
        return at(std::move(draft), *starts_at, told.minutes);
    }

    std::variant<AppointmentDraft, std::vector<Fault>, RefusalWord> held(
        const protocol::HoldAppointmentBody& told, const std::optional<Appointment>& agreed) && {
        auto draft = shared(told);
        draft.note = given(told.note, "note", appointment_note_code_points_max);
        if (told.mark_minutes && (*told.mark_minutes < 1 || *told.mark_minutes > told.minutes))
            fault(FaultReason::minutes_unclear, "mark_minutes");
        const auto starts_at = begin_of(told, agreed);
        if (!faults().empty()) return std::move(*this).take();
        if (*starts_at > now_) return RefusalWord::too_early;
        return at(std::move(draft), *starts_at, told.minutes);
    }

private:
    AppointmentDraft shared(const auto& told) {
        AppointmentDraft draft{.person = told.person,
            .kind = told.kind,
            .starts_at = {},
            .ends_at = {},
            .place = given(told.place, "place", appointment_place_code_points_max)};
        if (told.once && !told.once->empty()) draft.once = told.once;
        if (told.minutes < appointment_minutes_min || told.minutes > appointment_minutes_max)
            fault(FaultReason::minutes_unclear, std::to_string(told.minutes));
        return draft;
    }

    static AppointmentDraft at(AppointmentDraft draft, UtcTime starts_at, std::int64_t minutes) {
        draft.starts_at = starts_at;
        draft.ends_at = after(starts_at, minutes);
        return draft;
    }

    /// Nothing, and a fault, where it cannot be told.
    std::optional<UtcTime> begin_of(
        const protocol::HoldAppointmentBody& told, const std::optional<Appointment>& agreed) {
        const auto written = given(told.date, "date", 40);
        const auto start = given(told.start, "start", 20);
        const bool has_begun = agreed && agreed->starts_at <= now_;
        const auto usual_day = has_begun ? local_day(agreed->starts_at) : today_;
        const auto of_day = written ? day(*written) : usual_day;
        if (!of_day) return std::nullopt;
        if (days_between(*of_day, today_) > appointment_days_back) {
            fault(FaultReason::day_over, day_text(*of_day));
            return std::nullopt;
        }
        if (start) return moment(of_day, clock_in(*start), *start, FaultReason::start_unclear);
        if (has_begun && *of_day == usual_day) return agreed->starts_at;
        if (*of_day == today_) return UtcTime{(now_.ms / one_minute_ms - told.minutes) * one_minute_ms};
        fault(FaultReason::start_unclear);
        return std::nullopt;
    }

    UtcTime now_;
    LocalDate today_;
};

constexpr const char* appointment_sql =
    "SELECT a.session, r.person, p.name, p.supervisor, a.kind, s.starts_at, s.ends_at, a.place, a.note, a.held_by, "
    "a.phase FROM appointments a JOIN sessions s ON s.id = a.session JOIN registrations r ON r.session = a.session AND "
    "r.role = 'participant' JOIN people p ON p.id = r.person ";

Appointment appointment_in(const records::Rows& row) {
    return {.session = row.get<SessionId>(0),
        .person = row.get<PersonId>(1),
        .name = row.text(2),
        .supervisor = row.text_or_none(3),
        .kind = row.get<std::optional<AppointmentKind>>(4).value_or(AppointmentKind::individual),
        .starts_at = row.get<UtcTime>(5),
        .ends_at = row.get<UtcTime>(6),
        .place = row.text_or_none(7),
        .note = row.text_or_none(8),
        .held_by = row.get<PersonId>(9),
        .phase = row.get<std::optional<Phase>>(10).value_or(Phase::planned)};
}

/// Those with the person, under whichever id, that are not taken off and share time with the draft.
std::vector<Appointment> at_that_time(const records::Database& database, const AppointmentDraft& draft) {
    std::vector<Appointment> found;
    auto rows = database.read(std::string{they_sql} + appointment_sql +
                                  "WHERE r.person IN (SELECT id FROM they) AND a.phase <> 'cancelled' AND s.starts_at "
                                  "< ? AND s.ends_at > ? ORDER BY s.starts_at, a.session",
        as_known_now(database, draft.person), draft.ends_at, draft.starts_at);
    while (rows.next()) found.push_back(appointment_in(rows));
    return found;
}

std::optional<SessionId> told_before(
    const records::Database& database, const AppointmentDraft& draft, PersonId held_by) {
    if (!draft.once) return std::nullopt;
    return database.one<SessionId>(
        "SELECT session FROM appointments WHERE held_by = ? AND once = ?", held_by, *draft.once);
}

bool is_same_told_again(const Appointment& known, const AppointmentDraft& draft, PersonId held_by) {
    return known.held_by == held_by && known.kind == draft.kind &&
           known.ends_at.ms - known.starts_at.ms == draft.ends_at.ms - draft.starts_at.ms;
}

Fault another_then(const Appointment& other) {
    return {.reason = FaultReason::another_session_then, .value = local_clock_text(other.starts_at)};
}

bool is_saved(Phase phase) { return phase == Phase::closed || phase == Phase::sealed; }

/// The kind of decision of that day is that of the enrolment that holds then.
void put_enrolment(records::Database& database, SessionId session, PersonId person, UtcTime starts_at) {
    const auto day = local_date_text(starts_at);
    database.write(
        "UPDATE registrations SET enrolment = (SELECT e.id FROM enrolments e WHERE e.person = ? AND e.state IN "
        "('accepted', 'ended') AND e.first_day <= ? AND e.last_day >= ? ORDER BY e.first_day DESC, e.id DESC LIMIT 1) "
        "WHERE session = ? AND person = ?",
        person, day, day, session, person);
}

/// `agreed`: the person knows of it beforehand.
SessionId make(records::Database& database, const AppointmentDraft& draft, PersonId held_by, bool agreed, UtcTime now) {
    const auto session = make_outside_day(
        database, {.way = SessionWay::appointment, .starts_at = draft.starts_at, .ends_at = draft.ends_at});
    put_theme(database, session, draft.kind);
    const auto person = as_known_now(database, draft.person);
    database.write("INSERT INTO registrations (session, person, role) VALUES (?, ?, ?), (?, ?, ?)", session, person,
        Role::participant, session, held_by, Role::moderator);
    put_enrolment(database, session, person, draft.starts_at);
    database.write(
        "INSERT INTO appointments (session, kind, place, note, held_by, phase, agreed_starts_at, agreed_ends_at, once, "
        "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        session, draft.kind, draft.place, draft.note, held_by, Phase::planned,
        agreed ? std::optional{draft.starts_at} : std::nullopt, agreed ? std::optional{draft.ends_at} : std::nullopt,
        draft.once, now);
    return session;
}

}  // namespace

std::variant<AppointmentDraft, std::vector<Fault>> agreed_in(const protocol::PlanAppointmentBody& told, UtcTime now) {
    return AppointmentReader{now}.agreed(told);
}

std::variant<AppointmentDraft, std::vector<Fault>, RefusalWord> held_in(
    const protocol::HoldAppointmentBody& told, const std::optional<Appointment>& agreed, UtcTime now) {
    return AppointmentReader{now}.held(told, agreed);
}

std::optional<Appointment> appointment(const records::Database& database, SessionId session) {
    auto row = database.read(std::string{appointment_sql} + "WHERE a.session = ?", session);
    if (!row.next()) return std::nullopt;
    return appointment_in(row);
}

std::vector<Appointment> appointments_of(const records::Database& database, PersonId held_by) {
    std::vector<Appointment> found;
    auto rows = database.read(
        std::string{appointment_sql} + "WHERE a.held_by = ? AND a.phase <> 'cancelled' ORDER BY s.starts_at, a.session",
        held_by);
    while (rows.next()) found.push_back(appointment_in(rows));
    return found;
}

std::variant<SessionId, Fault> agree_appointment(
    records::Database& database, const AppointmentDraft& draft, PersonId held_by, UtcTime now) {
    if (const auto known = told_before(database, draft, held_by)) return *known;
    for (const auto& other : at_that_time(database, draft)) {
        if (is_same_told_again(other, draft, held_by) && other.starts_at == draft.starts_at) return other.session;
        return another_then(other);
    }
    records::Unit unit{database};
    const auto session = make(database, draft, held_by, true, now);
    unit.keep();
    return session;
}

std::variant<Holding, Fault, RefusalWord> begin_holding(records::Database& database, const AppointmentDraft& draft,
    std::optional<SessionId> agreed, PersonId held_by, UtcTime now) {
    const auto told = told_before(database, draft, held_by);
    auto meant = told ? told : agreed;
    if (meant) {
        const auto known = appointment(database, *meant);
        // The form of one that was taken off since.
        if (!known && holds_appointment(database, *meant, held_by)) return RefusalWord::not_now;
        const bool is_theirs = known && known->held_by == held_by &&
                               as_known_now(database, known->person) == as_known_now(database, draft.person);
        if (!is_theirs) return RefusalWord::not_found;
        if (is_saved(known->phase) && told && !is_same_told_again(*known, draft, held_by)) return another_then(*known);
        if (is_saved(known->phase) && (told || is_same_told_again(*known, draft, held_by)))
            return Holding{.session = *meant, .is_known = true};
        if (known->phase != Phase::planned) return RefusalWord::not_now;
    }
    for (const auto& other : at_that_time(database, draft)) {
        if (other.session == meant) continue;
        if (is_saved(other.phase) && is_same_told_again(other, draft, held_by))
            return Holding{.session = other.session, .is_known = true};
        if (is_saved(other.phase)) return another_then(other);
        if (!meant && other.held_by == held_by) meant = other.session;
    }
    records::Unit unit{database};
    if (meant) {
        put_enrolment(database, *meant, appointment(database, *meant)->person, draft.starts_at);
        database.write("UPDATE appointments SET once = coalesce(?, once) WHERE session = ?", draft.once, *meant);
    } else {
        meant = make(database, draft, held_by, false, now);
    }
    unit.keep();
    return Holding{.session = *meant};
}

void keep_held(records::Database& database, SessionId session, const AppointmentDraft& draft) {
    records::Unit unit{database};
    move_outside_day(database, session, draft.starts_at, draft.ends_at);
    put_theme(database, session, draft.kind);
    // What was agreed on before, and is not told anew, stays.
    database.write("UPDATE appointments SET kind = ?, place = coalesce(?, place), note = ? WHERE session = ?",
        draft.kind, draft.place, draft.note, session);
    unit.keep();
}

void take_off(records::Database& database, SessionId session, std::string_view by_name, UtcTime now) {
    const auto known = appointment(database, session);
    if (!known) return;
    std::optional<UtcTime> starts_at, ends_at;
    {
        auto row = database.read(
            "SELECT agreed_starts_at, agreed_ends_at FROM appointments WHERE session = ?", session);
        if (row.next()) {
            starts_at = row.get<std::optional<UtcTime>>(0);
            ends_at = row.get<std::optional<UtcTime>>(1);
        }
    }
    records::Unit unit{database};
    const bool is_agreed = starts_at && ends_at;
    if (is_agreed && known->phase == Phase::planned) {
        // They read it on their page, and their calendar takes it back: nobody writes or calls by itself.
        cancel_session(database, session,
            {.why = CancelReason::other,
                .words = std::string{taken_off_words},
                .by_name = std::string{by_name},
                .has_mail = false},
            now);
        return unit.keep();
    }
    // It has not been: it is nobody's day.
    database.write(
        "DELETE FROM registrations WHERE session = ? AND person = ? AND role = 'participant'", session, known->person);
    if (is_agreed)
        make(database,
            {.person = known->person,
                .kind = known->kind,
                .starts_at = *starts_at,
                .ends_at = *ends_at,
                .place = known->place},
            known->held_by, true, now);
    unit.keep();
}

void note_appointment_phase(records::Database& database, SessionId session, Phase phase) {
    database.write("UPDATE appointments SET phase = ? WHERE session = ?", phase, session);
}

bool holds_appointment(const records::Database& database, SessionId session, PersonId person) {
    return database.has("SELECT 1 FROM appointments WHERE session = ? AND held_by = ?", session, person);
}

std::vector<protocol::MyPerson> clients(
    const records::Database& database, const std::function<bool(const PersonDetails&)>& sees) {
    std::vector<protocol::MyPerson> found;
    auto rows = database.read("SELECT id, name, supervisor FROM people WHERE is_client = 1 AND same_as IS NULL");
    while (rows.next()) {
        PersonDetails details;
        details.name = rows.text(1);
        details.supervisor = rows.text_or_none(2);
        if (sees(details)) found.push_back({.person = rows.get<PersonId>(0), .name = std::move(details.name)});
    }
    sort_in_finnish_order(found, [](const auto& one) -> const std::string& { return one.name; });
    return found;
}

}  // namespace etakahvila::people
