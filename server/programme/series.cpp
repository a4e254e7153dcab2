#include "programme/series.hpp"

#include <algorithm>
#include <map>

#include "people/form_words.hpp"
#include "people/names.hpp"
#include "people/sessions.hpp"
#include "people/words.hpp"

namespace etakahvila::programme {
namespace {

using people::FormWords;
using protocol::SeriesBody;
using protocol::SeriesShown;

/// A series by its form, and its own words of the letter.
struct SeriesDraft {
    people::SessionDraft usual_day;
    std::optional<std::string> short_name;
    std::optional<std::string> letter;
    std::optional<std::string> instructions;
    std::optional<std::string> netiquette;
    std::vector<std::string> kinds;
};

/// Its name, clocks and agenda keep the rules of a session's, on a day without a change of clocks.
people::SessionForm usual_day(const SeriesBody& form) {
    people::SessionForm day{.series = form.name,
        .theme = "-",
        .date = "2026-01-07",
        .start = form.start,
        .end = form.end,
        .question = {},
        .help_phone = {},
        .settings = {}};
    if (!form.agenda) return day;
    day.agenda.emplace();
    for (const auto& item : *form.agenda)
        day.agenda->push_back({.id = item.id.value_or(protocol::AgendaItemId{}),
            .kind = item.kind,
            .title = item.title,
            .minutes = item.minutes,
            .question = item.question});
    return day;
}

std::variant<SeriesDraft, std::vector<Fault>> draft_of(
    const records::Database& database, const SeriesBody& form, std::optional<SeriesId> known) {
    FormWords words;
    SeriesDraft draft;
    auto day = people::draft_of(usual_day(form));
    if (auto* faults = std::get_if<std::vector<Fault>>(&day)) {
        for (auto& fault : *faults) words.fault(fault.reason, std::move(fault.value));
    } else {
        draft.usual_day = std::get<people::SessionDraft>(std::move(day));
        const auto other = database.one<SeriesId>(
            "SELECT id FROM series WHERE name_key = ?", people::name_key(draft.usual_day.series));
        if (other && other != known) words.fault(FaultReason::name_taken, draft.usual_day.series);
    }
    draft.short_name = words.given(form.short_name, "short_name", short_name_code_points_max);
    draft.letter = words.given_lines(form.letter, "letter", letter_code_points_max);
    draft.instructions = words.given_lines(form.instructions, "instructions", letter_code_points_max);
    draft.netiquette = words.given_lines(form.netiquette, "netiquette", letter_code_points_max);
    draft.kinds = form.kinds;
    std::sort(draft.kinds.begin(), draft.kinds.end());
    draft.kinds.erase(std::unique(draft.kinds.begin(), draft.kinds.end()), draft.kinds.end());
    const bool are_known = std::all_of(draft.kinds.begin(), draft.kinds.end(),
        [&](const auto& kind) { return database.has("SELECT 1 FROM decision_kinds WHERE key = ?", kind); });
    // A series that nobody may attend is a slip.
    if (!are_known || (!form.is_for_all && draft.kinds.empty())) words.fault(FaultReason::not_allowed, "kinds");
    if (!words.faults().empty()) return std::move(words).take();
    return draft;
}

void store_kinds_and_agenda(
    records::Database& database, SeriesId series, const SeriesDraft& draft, bool has_told_agenda) {
    database.write("DELETE FROM series_kinds WHERE series = ?", series);
    for (const auto& kind : draft.kinds)
        database.write("INSERT INTO series_kinds (series, kind) VALUES (?, ?)", series, kind);
    if (!has_told_agenda) return;
    database.write("DELETE FROM series_agenda WHERE series = ?", series);
    std::int64_t item_number = 0;
    for (const auto& item : draft.usual_day.agenda.value_or(std::vector<protocol::AgendaItem>{}))
        database.write(
            "INSERT INTO series_agenda (series, item, kind, title, minutes, question) VALUES (?, ?, ?, ?, ?, ?)",
            series, ++item_number, item.kind, item.title, item.minutes, item.question);
}

}  // namespace

std::vector<SeriesShown> all_series(const records::Database& database) {
    std::map<SeriesId, std::vector<std::string>> kinds;
    auto kind_rows = database.read("SELECT series, kind FROM series_kinds ORDER BY series, kind");
    while (kind_rows.next()) kinds[kind_rows.get<SeriesId>(0)].push_back(kind_rows.text(1));
    std::vector<SeriesShown> all;
    auto rows = database.read(
        "SELECT id, name, short_name, is_for_all, starts, ends, letter, instructions, netiquette, (SELECT count(*) "
        "FROM sessions s WHERE s.series = g.id) FROM series g WHERE way IS NULL ORDER BY id");
    while (rows.next()) {
        const auto id = rows.get<SeriesId>(0);
        all.push_back({.id = id,
            .name = rows.text(1),
            .short_name = rows.text_or_none(2),
            .is_for_all = rows.get<bool>(3),
            .kinds = kinds[id],
            .start = rows.text(4),
            .end = rows.text(5),
            .agenda = {},
            .letter = rows.text_or_none(6),
            .instructions = rows.text_or_none(7),
            .netiquette = rows.text_or_none(8),
            .sessions = rows.number(9)});
    }
    for (auto& one : all) one.agenda = people::series_agenda(database, one.id.value);
    people::sort_in_finnish_order(all, [](const SeriesShown& one) -> const std::string& { return one.name; });
    return all;
}

Put<SeriesId> put_series(
    records::Database& database, const SeriesBody& form, std::optional<SeriesId> known, UtcTime now) {
    const auto name_before = known ? database.one<std::string>(
                                         "SELECT name FROM series WHERE id = ? AND way IS NULL", *known)
                                   : std::nullopt;
    if (known && !name_before) return RefusalWord::not_found;
    const auto drafted = draft_of(database, form, known);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&drafted)) return *faults;
    const auto& draft = std::get<SeriesDraft>(drafted);
    const auto& name = draft.usual_day.series;
    const auto starts = people::local_clock_text(draft.usual_day.starts_at);
    const auto ends = people::local_clock_text(draft.usual_day.ends_at);

    records::Unit unit{database};
    const auto id = known ? *known
                          : database.add<SeriesId>("INSERT INTO series (name, name_key) VALUES (?, ?) RETURNING id",
                                name, people::name_key(name));
    database.write(
        "UPDATE series SET name = ?, name_key = ?, short_name = ?, is_for_all = ?, starts = ?, ends = ?, letter = ?, "
        "instructions = ?, netiquette = ? WHERE id = ?",
        name, people::name_key(name), draft.short_name, form.is_for_all, starts, ends, draft.letter, draft.instructions,
        draft.netiquette, id);
    store_kinds_and_agenda(database, id, draft, form.agenda.has_value());
    if (name_before)
        database.write("UPDATE sessions SET theme = ? WHERE series = ? AND theme = ? AND starts_at > ?", name, id,
            *name_before, now);
    unit.keep();
    return id;
}

std::vector<protocol::SessionId> days_to_come(const records::Database& database, SeriesId series, UtcTime now) {
    std::vector<protocol::SessionId> days;
    auto rows = database.read("SELECT id FROM sessions WHERE series = ? AND ends_at > ? ORDER BY id", series, now);
    while (rows.next()) days.push_back(rows.get<protocol::SessionId>(0));
    return days;
}

std::vector<protocol::PeriodId> periods_to_come(const records::Database& database, SeriesId series, UtcTime now) {
    std::vector<protocol::PeriodId> periods;
    auto rows = database.read(
        "SELECT DISTINCT period FROM sessions WHERE series = ? AND period IS NOT NULL AND ends_at > ? ORDER BY period",
        series, now);
    while (rows.next()) periods.push_back(rows.get<protocol::PeriodId>(0));
    return periods;
}

}  // namespace etakahvila::programme
