#include "people/sessions.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <set>

#include "people/form_words.hpp"
#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

using protocol::AgendaItem;
using protocol::AgendaItemId;
using protocol::AgendaKind;

struct UsualItem {
    AgendaKind kind;
    std::string_view title;
    /// Of the usual 240.
    std::int64_t minutes;
};

constexpr std::array<UsualItem, 6> usual_items{{
    {AgendaKind::talk, "Päivän aihe", 30},
    {AgendaKind::discussion, "Keskustelu", 60},
    {AgendaKind::break_, "Tauko", 15},
    {AgendaKind::round, "Kierros", 60},
    {AgendaKind::assignment, "Oma tehtävä", 60},
    {AgendaKind::closing, "Lopetus", 15},
}};
constexpr std::int64_t usual_minutes = 240;

class FormReader : private FormWords {
public:
    explicit FormReader(SessionForm&& form) : form_{std::move(form)} {}

    std::variant<SessionDraft, std::vector<Fault>> read() {
        SessionDraft draft;
        draft.series = needed(form_.series, "series", series_code_points_max, FaultReason::series_missing);
        draft.theme = needed(form_.theme, "theme", theme_code_points_max, FaultReason::theme_missing);
        draft.question = given(form_.question, "question", question_code_points_max);
        draft.help_phone = given(form_.help_phone, "help_phone", phone_code_points_max);
        draft.settings = settings();
        draft.agenda = agenda();
        read_times(draft);
        if (!faults().empty()) return std::move(*this).take();
        return draft;
    }

private:
    SessionSettings settings() {
        SessionSettings result = form_.settings;
        if (result.present_percent < 1 || result.present_percent > 100)
            fault(FaultReason::not_allowed, "present_percent");
        if (result.present_minutes && (*result.present_minutes < 1 || *result.present_minutes > session_minutes_max))
            fault(FaultReason::not_allowed, "present_minutes");
        if (result.grace_seconds < 0 || result.grace_seconds > 3600) fault(FaultReason::not_allowed, "grace_seconds");
        if (result.doors_minutes < 0 || result.doors_minutes > doors_minutes_max)
            fault(FaultReason::not_allowed, "doors_minutes");
        if (result.words.size() > words_max) fault(FaultReason::too_long, "words");
        for (auto& word : result.words) word = clean(word, "words", name_code_points_max);
        std::sort(result.words.begin(), result.words.end());
        result.words.erase(std::unique(result.words.begin(), result.words.end()), result.words.end());
        std::erase(result.words, "");
        return result;
    }

    /// Items as they stand, each with a number of its own.
    std::optional<std::vector<AgendaItem>> agenda() {
        auto items = std::move(form_.agenda);
        if (!items || items->empty()) return std::nullopt;
        if (items->size() > agenda_items_max) fault(FaultReason::too_long, "agenda");
        std::int64_t last = 0;
        for (const auto& item : *items) last = std::max(last, item.id.value);
        std::set<std::int64_t> taken;
        for (auto& item : *items) {
            item.title = clean(item.title, "title", title_code_points_max);
            if (item.title.empty()) fault(FaultReason::title_missing, {});
            item.question = given(item.question, "question", question_code_points_max);
            if (item.minutes < 1 || item.minutes > session_minutes_max) fault(FaultReason::minutes_unclear, item.title);
            if (item.id.value < 1 || !taken.insert(item.id.value).second)
                taken.insert((item.id = AgendaItemId{++last}).value);
        }
        return items;
    }

    void read_times(SessionDraft& draft) {
        const auto date = day(form_.date);
        auto start = clock_in(form_.start);
        auto end = clock_in(form_.end);
        // Both may stand in one cell; what else is told must not say otherwise.
        const auto span = clock_span_in(form_.start);
        if (span) start = span->first;
        const auto other = clock_span_in(form_.end);
        if (other && start == other->first) end = other->second;
        if (span && (form_.end.empty() || end == span->second))
            end = span->second;
        else if (span)
            end.reset();
        const auto starts_at = moment(date, start, form_.start, FaultReason::start_unclear);
        const auto ends_at = moment(date, end, form_.end, FaultReason::end_unclear);
        if (!starts_at || !ends_at) return;
        if (*ends_at <= *starts_at) {
            fault(FaultReason::end_before_start, form_.end);
        } else if (ends_at->ms - starts_at->ms >
                   std::chrono::milliseconds{std::chrono::minutes{session_minutes_max}}.count()) {
            fault(FaultReason::session_too_long, form_.end);
        }
        draft.starts_at = *starts_at;
        draft.ends_at = *ends_at;
    }

    SessionForm form_;
};

std::int64_t series_named(records::Database& database, const std::string& name) {
    database.write(
        "INSERT INTO series (name, name_key) VALUES (?, ?) ON CONFLICT (name_key) DO NOTHING", name, name_key(name));
    return database.one<std::int64_t>("SELECT id FROM series WHERE name_key = ?", name_key(name)).value();
}

std::int64_t minutes_of(UtcTime starts_at, UtcTime ends_at) {
    return (ends_at.ms - starts_at.ms) / std::chrono::milliseconds{std::chrono::minutes{1}}.count();
}

void store_words(records::Database& database, SessionId session, const std::vector<std::string>& words) {
    database.write("DELETE FROM session_words WHERE session = ?", session);
    for (const auto& word : words)
        database.write("INSERT INTO session_words (session, word) VALUES (?, ?)", session, word);
}

void store_agenda(records::Database& database, SessionId session, const std::vector<AgendaItem>& items) {
    database.write("DELETE FROM agenda_items WHERE session = ?", session);
    std::int64_t place = 0;
    for (const auto& item : items) {
        database.write(
            "INSERT INTO agenda_items (session, item, kind, title, minutes, question, place)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            session, item.id, item.kind, item.title, item.minutes, item.question, place++);
    }
}

/// The usual agenda for its length, as nobody has touched it.
bool has_usual_agenda(const SessionRecord& session) {
    return session.agenda == usual_agenda(minutes_of(session.starts_at, session.ends_at), session.question);
}

constexpr const char* summary_sql =
    "SELECT s.id, s.theme, g.name, s.starts_at, s.ends_at, (SELECT count(*) FROM registrations r WHERE r.session = "
    "s.id AND r.role = 'participant'), o.way"
    " FROM sessions s JOIN series g ON g.id = s.series LEFT JOIN outside_days o ON o.session = s.id ";

SessionSummary summary(records::Rows& row) {
    return {.id = row.get<SessionId>(0),
        .theme = row.text(1),
        .series = row.text(2),
        .starts_at = row.get<UtcTime>(3),
        .ends_at = row.get<UtcTime>(4),
        .registered = row.number(5),
        .way = row.get<std::optional<SessionWay>>(6).value_or(SessionWay::room)};
}

std::vector<std::string> words_of(const records::Database& database, SessionId session) {
    std::vector<std::string> words;
    auto rows = database.read("SELECT word FROM session_words WHERE session = ? ORDER BY word", session);
    while (rows.next()) words.push_back(rows.text(0));
    return words;
}

std::vector<AgendaItem> items_in(records::Rows rows) {
    std::vector<AgendaItem> items;
    while (rows.next()) {
        items.push_back({.id = rows.get<AgendaItemId>(0),
            .kind = rows.get<std::optional<AgendaKind>>(1).value_or(AgendaKind::talk),
            .title = rows.text(2),
            .minutes = rows.number(3),
            .question = rows.text_or_none(4)});
    }
    return items;
}

std::vector<AgendaItem> agenda_of(const records::Database& database, SessionId session) {
    return items_in(database.read(
        "SELECT item, kind, title, minutes, question FROM agenda_items WHERE session = ? ORDER BY place, item",
        session));
}

/// With what a day begins where nobody has made it an agenda: its series', or the usual one.
std::vector<AgendaItem> first_agenda(const records::Database& database, std::int64_t series, std::int64_t minutes,
    const std::optional<std::string>& question) {
    auto items = series_agenda(database, series);
    if (items.empty()) return usual_agenda(minutes, question);
    const auto asks = std::find_if(items.begin(), items.end(),
        [](const AgendaItem& item) { return item.kind == AgendaKind::discussion && !item.question; });
    if (asks != items.end()) asks->question = question;
    return items;
}

std::vector<RosterEntry> roster_of(const records::Database& database, SessionId session) {
    std::vector<RosterEntry> roster;
    auto rows = database.read(
        "SELECT p.id, r.role, coalesce(e.kind, p.decision_type), k.duty,"
        " CASE WHEN p.is_client THEN NULL ELSE p.name END, r.absence_told_at IS NOT NULL, p.name"
        " FROM registrations r JOIN people p ON p.id = r.person LEFT JOIN enrolments e ON e.id = r.enrolment"
        " LEFT JOIN decision_kinds k ON k.key = coalesce(e.kind, p.decision_type) WHERE r.session = ? ORDER BY p.id",
        session);
    while (rows.next()) {
        roster.push_back({.person = rows.get<PersonId>(0),
            .role = rows.get<std::optional<Role>>(1).value_or(Role::participant),
            .decision_type = rows.get<std::optional<std::string>>(2),
            .duty = rows.get<std::optional<protocol::Duty>>(3),
            .display_name = rows.text_or_none(4),
            .is_excused = rows.get<bool>(5),
            .registered_name = rows.text(6)});
    }
    return roster;
}

}  // namespace

std::variant<SessionDraft, std::vector<Fault>> draft_of(SessionForm form) { return FormReader{std::move(form)}.read(); }

std::vector<AgendaItem> usual_agenda(std::int64_t minutes, const std::optional<std::string>& question) {
    std::vector<AgendaItem> items;
    std::int64_t left = minutes;
    for (std::size_t index = 0; index < usual_items.size(); ++index) {
        const auto& usual = usual_items[index];
        const auto scaled = std::max<std::int64_t>(1, usual.minutes * minutes / usual_minutes);
        items.push_back({.id = AgendaItemId{static_cast<std::int64_t>(index) + 1},
            .kind = usual.kind,
            .title = std::string{usual.title},
            .minutes = scaled < 10 ? scaled : scaled / 5 * 5,
            .question = {}});
        left -= items.back().minutes;
    }
    // What rounding takes or leaves is the discussion's.
    auto& discussion = items[1];
    discussion.minutes += left;
    discussion.question = question;
    if (discussion.minutes < 1)
        return {{.id = AgendaItemId{1},
            .kind = discussion.kind,
            .title = discussion.title,
            .minutes = std::max<std::int64_t>(1, minutes),
            .question = question}};
    return items;
}

std::vector<AgendaItem> series_agenda(const records::Database& database, std::int64_t series) {
    return items_in(database.read(
        "SELECT item, kind, title, minutes, question FROM series_agenda WHERE series = ? ORDER BY item", series));
}

SessionId plan_session(records::Database& database, const SessionDraft& draft) {
    records::Unit unit{database};
    const auto series = series_named(database, draft.series);
    const auto session = database.add<SessionId>(
        "INSERT INTO sessions (series, theme, question, starts_at, ends_at, help_phone, present_percent, "
        "present_minutes, grace_seconds, voice, many_listeners, doors_minutes, anonymous_among_participants) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        series, draft.theme, draft.question, draft.starts_at, draft.ends_at, draft.help_phone,
        draft.settings.present_percent, draft.settings.present_minutes, draft.settings.grace_seconds,
        draft.settings.voice, draft.settings.many_listeners, draft.settings.doors_minutes,
        draft.settings.anonymous_among_participants);
    store_words(database, session, draft.settings.words);
    store_agenda(database, session,
        draft.agenda ? *draft.agenda
                     : first_agenda(database, series, minutes_of(draft.starts_at, draft.ends_at), draft.question));
    unit.keep();
    return session;
}

bool change_session(records::Database& database, SessionId session, const SessionDraft& draft) {
    const auto before = session_record(database, session);
    if (!before) return false;
    const auto series_before = database.one<std::int64_t>("SELECT series FROM sessions WHERE id = ?", session);
    const auto began_with = first_agenda(
        database, series_before.value(), minutes_of(before->starts_at, before->ends_at), before->question);
    records::Unit unit{database};
    const auto series = series_named(database, draft.series);
    database.write(
        "UPDATE sessions SET series = ?, theme = ?, question = ?, starts_at = ?, ends_at = ?, help_phone = ?, "
        "present_percent = ?, present_minutes = ?, grace_seconds = ?, voice = ?, many_listeners = ?, doors_minutes = "
        "?, anonymous_among_participants = ? WHERE id = ?",
        series, draft.theme, draft.question, draft.starts_at, draft.ends_at, draft.help_phone,
        draft.settings.present_percent, draft.settings.present_minutes, draft.settings.grace_seconds,
        draft.settings.voice, draft.settings.many_listeners, draft.settings.doors_minutes,
        draft.settings.anonymous_among_participants, session);
    store_words(database, session, draft.settings.words);
    if (draft.agenda)
        store_agenda(database, session, *draft.agenda);
    else if (before->agenda == began_with)
        store_agenda(database, session,
            first_agenda(database, series, minutes_of(draft.starts_at, draft.ends_at), draft.question));
    else if (has_usual_agenda(*before))
        store_agenda(database, session, usual_agenda(minutes_of(draft.starts_at, draft.ends_at), draft.question));
    database.write(
        "UPDATE invitations SET not_before = not_before + ?, expires = expires + ? WHERE session = ? AND revoked_at IS "
        "NULL",
        draft.starts_at.ms - before->starts_at.ms, draft.ends_at.ms - before->ends_at.ms, session);
    if (draft.starts_at != before->starts_at || draft.ends_at != before->ends_at)
        database.write("UPDATE sessions SET revision = revision + 1 WHERE id = ?", session);
    unit.keep();
    return true;
}

std::optional<SessionId> copy_session(records::Database& database, SessionId session, const SessionDraft& draft) {
    const auto source = session_record(database, session);
    if (!source) return std::nullopt;
    records::Unit unit{database};
    const auto made = plan_session(database, draft);
    if (!draft.agenda && !has_usual_agenda(*source)) store_agenda(database, made, source->agenda);
    database.write(
        "INSERT INTO registrations (session, person, role) SELECT ?, person, role FROM registrations WHERE session = ? "
        "AND role IN ('facilitator', 'moderator')",
        made, session);
    unit.keep();
    return made;
}

std::vector<std::string> series_names(const records::Database& database) {
    std::vector<std::string> names;
    auto rows = database.read("SELECT name FROM series WHERE way IS NULL");
    while (rows.next()) names.push_back(rows.text(0));
    sort_in_finnish_order(names, std::identity{});
    return names;
}

std::vector<SessionSummary> sessions(const records::Database& database) {
    std::vector<SessionSummary> found;
    auto rows = database.read(std::string{summary_sql} + "ORDER BY s.starts_at, s.id");
    while (rows.next()) found.push_back(summary(rows));
    return found;
}

std::vector<SessionId> doors_due(const records::Database& database, UtcTime now, UtcTime until) {
    constexpr std::int64_t minute_ms = 60'000;
    std::vector<SessionId> due;
    auto rows = database.read(
        "SELECT id FROM sessions WHERE doors_minutes > 0 AND starts_at - doors_minutes * ? <= ? AND ends_at > ? AND id "
        "NOT IN (SELECT session FROM cancelled_sessions) AND id NOT IN (SELECT session FROM outside_days) ORDER BY "
        "starts_at, id",
        minute_ms, until, now);
    while (rows.next()) due.push_back(rows.get<SessionId>(0));
    return due;
}

std::optional<SessionSummary> session_at(
    const records::Database& database, std::string_view series, UtcTime starts_at) {
    auto row = database.read(
        std::string{summary_sql} + "WHERE g.name_key = ? AND s.starts_at = ? ORDER BY s.id LIMIT 1", name_key(series),
        starts_at);
    if (!row.next()) return std::nullopt;
    return summary(row);
}

std::vector<std::string> SessionRecord::staff_names() const {
    std::vector<std::string> names;
    for (const auto& entry : roster) {
        const bool is_hidden = settings.anonymous_among_participants && entry.role == Role::guest;
        if (entry.display_name && !is_hidden) names.push_back(*entry.display_name);
    }
    return names;
}

bool is_anonymous(const records::Database& database, SessionId session) {
    return database.has("SELECT 1 FROM sessions WHERE id = ? AND anonymous_among_participants = 1", session);
}

std::optional<SessionRecord> session_record(const records::Database& database, SessionId session) {
    auto row = database.read(
        "SELECT g.name, s.theme, s.question, s.starts_at, s.ends_at, s.help_phone, s.present_percent, "
        "s.present_minutes, s.grace_seconds, s.voice, s.many_listeners, s.doors_minutes, s.revision, o.way, a.kind, "
        "s.anonymous_among_participants"
        " FROM sessions s JOIN series g ON g.id = s.series LEFT JOIN outside_days o ON o.session = s.id"
        " LEFT JOIN appointments a ON a.session = s.id WHERE s.id = ?",
        session);
    if (!row.next()) return std::nullopt;
    return SessionRecord{.id = session,
        .series = row.text(0),
        .theme = row.text(1),
        .question = row.text_or_none(2),
        .starts_at = row.get<UtcTime>(3),
        .ends_at = row.get<UtcTime>(4),
        .help_phone = row.text_or_none(5),
        .settings = {.present_percent = row.number(6),
            .present_minutes = row.get<std::optional<std::int64_t>>(7),
            .grace_seconds = row.number(8),
            .words = words_of(database, session),
            .voice = row.get<bool>(9),
            .many_listeners = row.get<bool>(10),
            .doors_minutes = row.number(11),
            .anonymous_among_participants = row.get<bool>(15)},
        .agenda = agenda_of(database, session),
        .roster = roster_of(database, session),
        .revision = row.number(12),
        .way = row.get<std::optional<SessionWay>>(13).value_or(SessionWay::room),
        .appointment = row.get<std::optional<protocol::AppointmentKind>>(14)};
}

}  // namespace etakahvila::people
