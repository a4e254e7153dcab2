#include "reports/attendance_report.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "people/names.hpp"

namespace etakahvila::reports {
namespace {

using protocol::Mark;
using protocol::MarkSource;
using protocol::Proposal;

/// The words of one language, in the order of the enums.
struct Dictionary {
    std::array<std::string_view, 3> sheets;
    std::array<std::string_view, 17> attendance;
    std::array<std::string_view, 7> intervals;
    std::array<std::string_view, 11> totals;
    std::array<std::string_view, 4> proposals;
    std::array<std::string_view, 4> marks;
    std::array<std::string_view, 4> sources;
    std::string_view corrected_from;
    std::string_view corrected;
    std::string_view absence_told;
    std::string_view came_late;
    std::string_view assignment;
    std::string_view assignment_late;
    std::string_view erased;
    std::string_view cancelled;
    std::string_view counts_only;
    std::string_view no_mark;
};

constexpr Dictionary finnish{
    .sheets = {"Läsnäolo", "Yhteysajat", "Yhteensä"},
    .attendance = {"Teemakerta", "Päivä", "Nimi", "Tunnus", "Päätöksen laji", "Työnjohtaja tai omatyöntekijä", "Saapui",
        "Lähti", "Minuutit", "Katkot", "Ehdotus", "Merkintä", "Merkityt minuutit", "Tapa", "Merkitsi", "Huomautus",
        "Vahvistettu"},
    .intervals = {"Teemakerta", "Päivä", "Nimi", "Tunnus", "Alkoi", "Päättyi", "Minuutit"},
    .totals = {"Nimi", "Tunnus", "Päätöksen laji", "Työnjohtaja tai omatyöntekijä", "Päiviä", "Läsnä", "Osan aikaa",
        "Hyväksytty poissaolo", "Poissa", "Ei merkintää", "Aika yhteensä"},
    .proposals = {"Läsnä", "Tarkista", "Hyväksytty poissaolo", "Ei nähty"},
    .marks = {"Läsnä", "Osan aikaa", "Hyväksytty poissaolo", "Poissa"},
    .sources = {"", "Puhelimessa", "Toisen laitteella", "Kasvokkain"},
    .corrected_from = "Korjattu, oli: ",
    .corrected = "Korjattu",
    .absence_told = "Poissaolo ilmoitettu",
    .came_late = "Tuli ajan päätyttyä",
    .assignment = "tehtävä",
    .assignment_late = "Tehtävä palautettu myöhässä",
    .erased = "(poistettu)",
    .cancelled = "Peruttu",
    .counts_only = "Kokemustarinapäivä, vain määrä: ",
    .no_mark = "Ei merkintää",
};
constexpr Dictionary english{
    .sheets = {"Attendance", "Connected times", "Totals"},
    .attendance = {"Session", "Date", "Name", "Id", "Kind of decision", "Supervisor", "Arrived", "Left", "Minutes",
        "Gaps", "Proposal", "Mark", "Marked minutes", "How", "Marked by", "Remark", "Sealed"},
    .intervals = {"Session", "Date", "Name", "Id", "From", "To", "Minutes"},
    .totals = {"Name", "Id", "Kind of decision", "Supervisor", "Days", "Present", "Part of the time", "Excused",
        "Absent", "No mark", "Time in all"},
    .proposals = {"Present", "Check", "Excused", "Not seen"},
    .marks = {"Present", "Part of the time", "Excused", "Absent"},
    .sources = {"", "By phone", "At another's device", "Face to face"},
    .corrected_from = "Corrected, was: ",
    .corrected = "Corrected",
    .absence_told = "Absence was told",
    .came_late = "Came after the end",
    .assignment = "assignment",
    .assignment_late = "Assignment returned late",
    .erased = "(erased)",
    .cancelled = "Cancelled",
    .counts_only = "Experience-story day, count only: ",
    .no_mark = "No mark",
};

const Dictionary& words_of(Language language) { return language == Language::fi ? finnish : english; }

template <class E, std::size_t count>
Cell word(const std::array<std::string_view, count>& words, const std::optional<E>& value) {
    static_assert(names_of(E{}).size() == count);
    if (!value || words[static_cast<std::size_t>(*value)].empty()) return {};
    return std::string{words[static_cast<std::size_t>(*value)]};
}

Cell clock(const std::optional<UtcTime>& at) { return at ? Cell{ClockCell{*at}} : Cell{}; }
Cell date(const std::optional<UtcTime>& at) { return at ? Cell{DateCell{*at}} : Cell{}; }
Cell number(const std::optional<std::int64_t>& value) { return value ? Cell{*value} : Cell{}; }

template <std::size_t count>
std::vector<std::string> headings(const std::array<std::string_view, count>& words) {
    return {words.begin(), words.end()};
}

std::string name_of(const ReportedPeople& people, PersonId person, const Dictionary& words) {
    const auto found = people.find(person);
    return found == people.end() ? std::string{words.erased} : found->second.name;
}

Cell supervisor_of(const ReportedPeople& people, PersonId person) {
    const auto found = people.find(person);
    return found == people.end() || !found->second.supervisor ? Cell{} : Cell{*found->second.supervisor};
}

void add_sentence(std::string& text, std::string_view sentence) {
    if (sentence.empty()) return;
    if (!text.empty()) text += text.back() == '.' ? " " : ". ";
    text += sentence;
}

std::string remark_of(const RecordedRow& row, const Dictionary& words) {
    std::string remark;
    for (const auto& correction : row.corrections) {
        if (!correction.was)
            add_sentence(remark, words.corrected);
        else
            add_sentence(remark,
                std::string{words.corrected_from}.append(words.marks[static_cast<std::size_t>(*correction.was)]));
        add_sentence(remark, correction.reason);
    }
    if (row.corrections.empty()) add_sentence(remark, row.reason.value_or(std::string{}));
    if (row.absence_told && row.proposal != Proposal::excused) add_sentence(remark, words.absence_told);
    if (row.came_late_at) add_sentence(remark, words.came_late);
    // Shown apart: "180 min + tehtävä 60 min". A line that was lost for a moment is none of it.
    if (row.work_seconds.value_or(0) >= 60)
        add_sentence(remark, std::to_string(row.connected_seconds / 60) + " min + " + std::string{words.assignment} +
                                 " " + std::to_string(*row.work_seconds / 60) + " min");
    if (row.returned_late.value_or(false)) add_sentence(remark, words.assignment_late);
    return remark;
}

/// Of a row or of a total. A kind of which nothing is known shows its key.
Cell kind_name(const auto& of, const people::DecisionKinds& kinds, Language language) {
    if (!of.decision_type) return {};
    const auto* kind = people::kind_of(kinds, *of.decision_type);
    if (kind != nullptr && language == Language::en) return kind->en;
    if (of.decision_name) return *of.decision_name;
    return kind != nullptr ? kind->fi : *of.decision_type;
}

/// In the order of their names, as every list has its people.
std::vector<RecordedRow> in_order_of_names(std::vector<RecordedRow> rows, const ReportedPeople& people) {
    people::sort_in_finnish_order(rows, [&](const RecordedRow& row) {
        const auto found = people.find(row.person);
        return found == people.end() ? std::string{} : found->second.name;
    });
    return rows;
}

/// A day that was not held says so, and names nobody. Its word stands where remarks do.
std::vector<Cell> cancelled_row(const ReportedDay& day, const Dictionary& words) {
    std::vector<Cell> row(words.attendance.size());
    row[0] = day.theme;
    row[1] = DateCell{day.starts_at};
    row[row.size() - 2] = std::string{words.cancelled};
    return row;
}

/// In the room, or as a worker has checked it; empty where nobody took part.
Cell minutes_of(const RecordedRow& row) {
    if (row.arrived) return row.connected_seconds / 60;
    return row.contact_seconds ? Cell{*row.contact_seconds / 60} : Cell{};
}

/// How many have each mark, and how many none. A day in which nobody has a row says so.
void add_counts(std::vector<std::vector<Cell>>& rows, const ReportedDay& day, const Dictionary& words) {
    constexpr auto none = names_of(Mark{}).size();
    std::array<std::int64_t, none + 1> counts{};
    for (const auto& row : day.record.lines) ++counts[row.mark ? static_cast<std::size_t>(*row.mark) : none];
    for (std::size_t mark = 0; mark <= none; ++mark) {
        if (counts[mark] == 0 && (mark != none || !day.record.lines.empty())) continue;
        std::vector<Cell> row(words.attendance.size());
        row[0] = day.theme;
        row[1] = DateCell{day.starts_at};
        row[11] = std::string{mark == none ? words.no_mark : words.marks[mark]};
        row[row.size() - 2] = std::string{words.counts_only} + std::to_string(counts[mark]);
        row[row.size() - 1] = date(day.record.sealed_at);
        rows.push_back(std::move(row));
    }
}

Cell words_or_nothing(std::string words) { return words.empty() ? Cell{} : Cell{std::move(words)}; }

}  // namespace

Table attendance_table(const std::vector<ReportedDay>& days, const ReportedPeople& people,
    const people::DecisionKinds& kinds, Language language) {
    const auto& words = words_of(language);
    Table table{.name = std::string{words.sheets[0]}, .headings = headings(words.attendance), .rows = {}};
    for (const auto& day : days) {
        if (day.record.phase == protocol::Phase::cancelled) {
            table.rows.push_back(cancelled_row(day, words));
        } else if (day.has_counts_only) {
            add_counts(table.rows, day, words);
            continue;
        }
        for (const auto& row : in_order_of_names(day.record.lines, people)) {
            const bool was_connected = row.arrived.has_value();
            table.rows.push_back({day.theme, DateCell{day.starts_at}, name_of(people, row.person, words),
                row.person.value, kind_name(row, kinds, language), supervisor_of(people, row.person),
                clock(row.arrived), clock(row.left), minutes_of(row), was_connected ? Cell{row.gaps} : Cell{},
                word(words.proposals, row.proposal), word(words.marks, row.mark), number(row.minutes),
                word(words.sources, row.source), row.marked_by ? Cell{name_of(people, *row.marked_by, words)} : Cell{},
                words_or_nothing(remark_of(row, words)), date(day.record.sealed_at)});
        }
    }
    return table;
}

Table interval_table(const std::vector<ReportedDay>& days, const ReportedPeople& people, Language language) {
    const auto& words = words_of(language);
    Table table{.name = std::string{words.sheets[1]}, .headings = headings(words.intervals), .rows = {}};
    for (const auto& day : days_with_names(days)) {
        for (const auto& row : in_order_of_names(day.record.lines, people)) {
            for (const auto& interval : row.intervals) {
                table.rows.push_back({day.theme, DateCell{day.starts_at}, name_of(people, row.person, words),
                    row.person.value, ClockCell{interval.from}, ClockCell{interval.to},
                    (interval.to.ms - interval.from.ms) / 60'000});
            }
        }
    }
    return table;
}

std::vector<ReportedDay> days_with_names(std::vector<ReportedDay> days) {
    std::erase_if(days, [](const ReportedDay& day) { return day.has_counts_only; });
    return days;
}

std::vector<PersonTotal> totals_of(const std::vector<ReportedDay>& days, const ReportedPeople& people) {
    std::map<PersonId, PersonTotal> by_person;
    std::map<PersonId, std::int64_t> seconds;
    for (const auto& day : days) {
        for (const auto& row : day.record.lines) {
            auto& total = by_person[row.person];
            total.person = row.person;
            total.decision_type = row.decision_type;
            total.decision_name = row.decision_name;
            ++total.days;
            if (row.mark)
                ++total.marks[static_cast<std::size_t>(*row.mark)];
            else
                ++total.unmarked;
            seconds[row.person] += row.minutes ? *row.minutes * 60
                                               : row.connected_seconds + row.work_seconds.value_or(0) +
                                                     row.contact_seconds.value_or(0);
        }
    }
    std::vector<std::pair<std::string, PersonTotal>> by_name;
    for (auto& [person, total] : by_person) {
        total.minutes = seconds[person] / 60;
        const auto found = people.find(person);
        by_name.emplace_back(
            found == people.end() ? std::string{} : people::finnish_order_key(found->second.name), total);
    }
    std::stable_sort(
        by_name.begin(), by_name.end(), [](const auto& one, const auto& other) { return one.first < other.first; });
    std::vector<PersonTotal> totals;
    totals.reserve(by_name.size());
    for (auto& [name, total] : by_name) totals.push_back(total);
    return totals;
}

Table totals_table(const std::vector<ReportedDay>& days, const ReportedPeople& people,
    const people::DecisionKinds& kinds, Language language) {
    const auto& words = words_of(language);
    Table table{.name = std::string{words.sheets[2]}, .headings = headings(words.totals), .rows = {}};
    for (const auto& total : totals_of(days_with_names(days), people)) {
        table.rows.push_back({name_of(people, total.person, words), total.person.value,
            kind_name(total, kinds, language), supervisor_of(people, total.person), total.days, total.marks[0],
            total.marks[1], total.marks[2], total.marks[3], total.unmarked, Duration{total.minutes}});
    }
    return table;
}

}  // namespace etakahvila::reports
