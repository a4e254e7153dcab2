#include "people/programme_file.hpp"

#include <algorithm>
#include <map>

#include "people/words.hpp"

namespace etakahvila::people {
namespace {

using Field = ProgrammeField;
using Heading = std::string_view;

constexpr std::size_t number(Field field) { return static_cast<std::size_t>(field); }

constexpr std::array date_words = std::to_array<Heading>(
    {"päivä", "päivämäärä", "pvm", "ajankohta", "datum", "dag", "date", "day"});
constexpr std::array start_words = std::to_array<Heading>(
    {"alkaa", "alku", "alkuaika", "alkamisaika", "kello", "klo", "aika", "ajat", "kellonaika", "kellonajat", "klockan",
        "tid", "time", "times", "börjar", "början", "starttid", "start", "starts", "starttime", "begins"});
constexpr std::array end_words = std::to_array<Heading>({"päättyy", "loppuu", "loppu", "loppuaika", "päättymisaika",
    "slutar", "slut", "sluttid", "end", "ends", "endtime"});
constexpr std::array series_words = std::to_array<Heading>({"sarja", "ryhmä", "serie", "grupp", "series", "group"});
constexpr std::array theme_words = std::to_array<Heading>(
    {"teema", "aihe", "otsikko", "tema", "ämne", "rubrik", "theme", "topic", "title"});
constexpr std::array guests_words = std::to_array<Heading>(
    {"vieras", "vieraat", "vierailija", "vierailijat", "gäst", "gäster", "guest", "guests", "visitor", "visitors"});
constexpr std::array question_words = std::to_array<Heading>(
    {"kysymys", "keskustelukysymys", "fråga", "diskussionsfråga", "question"});
constexpr std::array help_phone_words = std::to_array<Heading>(
    {"apupuhelin", "apunumero", "tukipuhelin", "hjälptelefon", "stödtelefon", "helpphone", "helpline"});

const std::array<KnownHeadings, 8> known_headings{{
    {number(Field::date), date_words},
    {number(Field::start), start_words},
    {number(Field::end), end_words},
    {number(Field::series), series_words},
    {number(Field::theme), theme_words},
    {number(Field::guests), guests_words},
    {number(Field::question), question_words},
    {number(Field::help_phone), help_phone_words},
}};
constexpr std::array needed_fields{Field::date, Field::start, Field::end, Field::series, Field::theme};

std::vector<std::string> guests_in(std::string_view cell) {
    std::vector<std::string> guests;
    while (!cell.empty()) {
        const auto comma = std::min(cell.find(','), cell.size());
        auto guest = tidy(cell.substr(0, comma)).value_or("");
        if (!guest.empty() && !says_none(guest)) guests.push_back(std::move(guest));
        cell.remove_prefix(std::min(comma + 1, cell.size()));
    }
    return guests;
}

void read_row(const Sheet& sheet, const CsvRow& row, ProgrammePreview& preview) {
    const auto text = [&](Field field) { return std::string{sheet.cell(row, number(field))}; };
    auto drafted = draft_of({.series = text(Field::series),
        .theme = text(Field::theme),
        .date = text(Field::date),
        .start = text(Field::start),
        .end = text(Field::end),
        .question = text(Field::question),
        .help_phone = text(Field::help_phone),
        .settings = {}});
    auto guests = guests_in(text(Field::guests));
    const bool is_long = std::any_of(
        guests.begin(), guests.end(), [](const auto& guest) { return code_points(guest) > name_code_points_max; });
    if (is_long) preview.faults.push_back({.line = row.line, .reason = FaultReason::too_long, .value = "guests"});
    if (auto* faults = std::get_if<std::vector<Fault>>(&drafted)) {
        for (auto& fault : *faults)
            preview.faults.push_back({.line = row.line, .reason = fault.reason, .value = std::move(fault.value)});
    } else if (!is_long) {
        preview.rows.push_back(
            {.line = row.line, .session = std::get<SessionDraft>(std::move(drafted)), .guests = std::move(guests)});
    }
}

void find_duplicates(ProgrammePreview& preview) {
    std::map<std::pair<std::string, UtcTime>, std::int64_t> lines;
    for (const auto& row : preview.rows) {
        const auto [other, is_first] = lines.emplace(
            std::pair{name_key(row.session.series), row.session.starts_at}, row.line);
        if (!is_first)
            preview.faults.push_back(
                {.line = row.line, .reason = FaultReason::duplicate_of_line, .value = std::to_string(other->second)});
    }
}

bool is_as_planned(const SessionSummary& planned, const SessionDraft& draft) {
    return name_key(planned.theme) == name_key(draft.theme) && planned.ends_at == draft.ends_at;
}

}  // namespace

ProgrammePreview preview_programme(std::string_view bytes) {
    auto sheet = read_sheet(bytes, known_headings);
    ProgrammePreview preview{.encoding = sheet.encoding,
        .columns = columns_of<Field>(sheet),
        .rows_read = sheet.rows_read,
        .rows = {},
        .faults = std::move(sheet.faults)};
    if (sheet.columns.empty()) return preview;
    bool is_whole = true;
    // Start and end may stand in one column.
    const bool has_spans = std::any_of(sheet.rows.begin(), sheet.rows.end(),
        [&](const auto& row) { return clock_span_in(sheet.cell(row, number(Field::start))).has_value(); });
    // Where no row could be read, nobody can tell; what is wrong with the rows is told.
    const bool is_unread = sheet.has(number(Field::start)) && sheet.rows.empty() && sheet.rows_read > 0;
    const bool can_have_spans = has_spans || is_unread;
    for (const auto field : needed_fields) {
        if (sheet.has(number(field)) || (field == Field::end && can_have_spans)) continue;
        is_whole = false;
        preview.faults.push_back({.line = sheet.heading_line,
            .reason = FaultReason::heading_missing,
            .value = std::string{base::name_of(field)}});
    }
    if (!is_whole) {
        keep_good_rows(preview.rows, preview.faults);
        return preview;
    }
    if (sheet.rows_read == 0 && preview.faults.empty())
        preview.faults.push_back({.line = sheet.heading_line, .reason = FaultReason::file_empty, .value = {}});
    for (const auto& row : sheet.rows) read_row(sheet, row, preview);
    find_duplicates(preview);
    keep_good_rows(preview.rows, preview.faults);
    return preview;
}

std::vector<RowFault> faults_against_records(const records::Database& database, const ProgrammePreview& preview) {
    std::vector<RowFault> faults;
    for (const auto& row : preview.rows) {
        const auto planned = session_at(database, row.session.series, row.session.starts_at);
        if (planned && !is_as_planned(*planned, row.session))
            faults.push_back({.line = row.line, .reason = FaultReason::another_session_then, .value = planned->theme});
    }
    return faults;
}

ProgrammeImport import_programme(records::Database& database, const ProgrammePreview& preview) {
    ProgrammeImport result;
    result.faults = preview.faults;
    if (result.faults.empty()) result.faults = faults_against_records(database, preview);
    if (!result.faults.empty()) return result;

    records::Unit unit{database};
    for (const auto& row : preview.rows) {
        if (session_at(database, row.session.series, row.session.starts_at)) {
            ++result.unchanged;
            continue;
        }
        const auto session = plan_session(database, row.session);
        add_usual_staff(database, session);
        for (const auto& guest : row.guests) add_staff(database, session, Role::guest, guest);
        result.created.push_back(session);
    }
    unit.keep();
    return result;
}

}  // namespace etakahvila::people
