#include "programme/period_file.hpp"

#include <algorithm>
#include <map>

#include "people/registrations.hpp"
#include "people/words.hpp"

namespace etakahvila::programme {
namespace {

using people::RowFault;
using protocol::PersonId;
using protocol::Role;

struct Guest {
    PersonId person;
    std::string name;
    bool has_link{};
};

struct PlannedDay {
    SessionId session;
    std::string series;
    std::string theme;
    std::optional<std::string> question;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    /// In the order in which they were added.
    std::vector<Guest> guests;
    /// An experience-story day: no file names its guests.
    bool is_anonymous{};
};

std::map<SessionId, std::vector<Guest>> guests_of(const records::Database& database, PeriodId period) {
    std::map<SessionId, std::vector<Guest>> guests;
    auto rows = database.read(
        "SELECT r.session, p.id, p.name, EXISTS (SELECT 1 FROM invitations i WHERE i.session = r.session AND i.person "
        "= r.person) FROM registrations r JOIN sessions s ON s.id = r.session JOIN people p ON p.id = r.person WHERE "
        "s.period = ? AND r.role = 'guest' ORDER BY p.id",
        period);
    while (rows.next())
        guests[rows.get<SessionId>(0)].push_back(
            {.person = rows.get<PersonId>(1), .name = rows.text(2), .has_link = rows.get<bool>(3)});
    return guests;
}

/// A cancelled day is not there: another may have come in its place.
std::vector<PlannedDay> planned_days(const records::Database& database, PeriodId period) {
    auto guests = guests_of(database, period);
    std::vector<PlannedDay> days;
    auto rows = database.read(
        "SELECT s.id, g.name, s.theme, s.question, s.starts_at, s.ends_at, s.help_phone, "
        "s.anonymous_among_participants FROM sessions s JOIN series g ON g.id = s.series WHERE s.period = ? AND NOT "
        "EXISTS (SELECT 1 FROM cancelled_sessions c WHERE c.session = s.id) ORDER BY s.starts_at, s.id",
        period);
    while (rows.next()) {
        const auto id = rows.get<SessionId>(0);
        days.push_back({.session = id,
            .series = rows.text(1),
            .theme = rows.text(2),
            .question = rows.text_or_none(3),
            .starts_at = rows.get<UtcTime>(4),
            .ends_at = rows.get<UtcTime>(5),
            .help_phone = rows.text_or_none(6),
            .guests = std::move(guests[id]),
            .is_anonymous = rows.get<bool>(7)});
    }
    return days;
}

std::string clocks_of(UtcTime starts_at, UtcTime ends_at) {
    return people::local_clock_text(starts_at) + "–" + people::local_clock_text(ends_at);
}

/// The day of its date and series; of several the one at its time.
const PlannedDay* day_of(const std::vector<PlannedDay>& days, const people::SessionDraft& told) {
    const PlannedDay* found = nullptr;
    for (const auto& day : days) {
        const bool is_its = people::is_one_name(day.series, told.series) &&
                            people::local_day(day.starts_at) == people::local_day(told.starts_at);
        if (is_its && (found == nullptr || day.starts_at == told.starts_at)) found = &day;
    }
    return found;
}

bool is_named(const std::vector<std::string>& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(), [&](const auto& each) { return people::is_one_name(each, name); });
}

std::vector<std::string> new_guests(const std::vector<Guest>& known, const std::vector<std::string>& told) {
    std::vector<std::string> names;
    for (const auto& name : told) {
        const bool is_known = std::any_of(
            known.begin(), known.end(), [&](const Guest& guest) { return people::is_one_name(guest.name, name); });
        if (!is_known && !is_named(names, name)) names.push_back(name);
    }
    return names;
}

std::vector<PersonId> guests_to_go(const std::vector<Guest>& known, const std::vector<std::string>& told) {
    std::vector<PersonId> gone;
    for (const auto& guest : known) {
        if (!told.empty() && !guest.has_link && !is_named(told, guest.name)) gone.push_back(guest.person);
    }
    return gone;
}

bool tells_another(const std::optional<std::string>& told, const std::optional<std::string>& planned) {
    return told && told != planned;
}

FileDay file_day(const PlannedDay& day, people::ProgrammeRow row) {
    FileDay found{
        .row = std::move(row), .session = day.session, .changes = false, .new_guests = {}, .guests_to_go = {}};
    const auto& told = found.row.session;
    found.new_guests = new_guests(day.guests, found.row.guests);
    found.guests_to_go = guests_to_go(day.guests, found.row.guests);
    found.changes = told.theme != day.theme || tells_another(told.question, day.question) ||
                    tells_another(told.help_phone, day.help_phone) || !found.new_guests.empty() ||
                    !found.guests_to_go.empty();
    return found;
}

void store_words(records::Database& database, const FileDay& day) {
    const auto planned = people::session_record(database, day.session).value();
    const auto& told = day.row.session;
    people::change_session(database, day.session,
        {.series = planned.series,
            .theme = told.theme,
            .question = told.question ? told.question : planned.question,
            .starts_at = planned.starts_at,
            .ends_at = planned.ends_at,
            .help_phone = told.help_phone ? told.help_phone : planned.help_phone,
            .settings = planned.settings});
}

}  // namespace

std::optional<PeriodFile> look_at_period_file(
    const records::Database& database, PeriodId period, std::string_view bytes) {
    if (!database.has("SELECT 1 FROM periods WHERE id = ?", period)) return std::nullopt;
    auto preview = people::preview_programme(bytes);
    PeriodFile file{.columns = std::move(preview.columns),
        .rows_read = preview.rows_read,
        .faults = std::move(preview.faults),
        .days = {}};
    const auto planned = planned_days(database, period);
    for (auto& row : preview.rows) {
        const auto* day = day_of(planned, row.session);
        if (day == nullptr) {
            file.faults.push_back({.line = row.line,
                .reason = FaultReason::no_such_day,
                .value = people::local_date_text(row.session.starts_at) + " " + row.session.series});
        } else if (day->starts_at != row.session.starts_at || day->ends_at != row.session.ends_at) {
            file.faults.push_back({.line = row.line,
                .reason = FaultReason::times_differ,
                .value = clocks_of(day->starts_at, day->ends_at)});
        } else {
            file.days.push_back(file_day(*day, std::move(row)));
        }
    }
    std::stable_sort(file.faults.begin(), file.faults.end(),
        [](const RowFault& one, const RowFault& other) { return one.line < other.line; });
    return file;
}

void store_period_file(records::Database& database, const PeriodFile& file) {
    records::Unit unit{database};
    for (const auto& day : file.days) {
        if (!day.changes) continue;
        store_words(database, day);
        for (const auto guest : day.guests_to_go) people::unregister(database, day.session, guest);
        for (const auto& name : day.new_guests) people::add_staff(database, day.session, Role::guest, name);
    }
    unit.keep();
}

std::string period_file(const records::Database& database, PeriodId period) {
    std::string text = "date;start;end;series;theme;guests\n";
    const auto cell = [&](std::string_view words, char end) {
        text += people::csv_cell(people::neutralised(words), ";");
        text += end;
    };
    for (const auto& day : planned_days(database, period)) {
        std::string guests;
        for (const auto& guest : day.guests) {
            if (!day.is_anonymous) guests += (guests.empty() ? "" : ", ") + guest.name;
        }
        cell(people::local_date_text(day.starts_at), ';');
        cell(people::local_clock_text(day.starts_at), ';');
        cell(people::local_clock_text(day.ends_at), ';');
        cell(day.series, ';');
        cell(day.theme, ';');
        cell(guests, '\n');
    }
    return text;
}

}  // namespace etakahvila::programme
