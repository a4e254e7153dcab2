#include "reports/attendance_csv.hpp"

#include "people/local_time.hpp"
#include "reports/csv_writer.hpp"

namespace etakahvila::reports {
namespace {

using protocol::DecisionType;
using protocol::Mark;
using protocol::Proposal;

/// The words of one language, in the order of the enums.
struct Dictionary {
    std::array<std::string_view, 12> headings;
    std::array<std::string_view, 3> decision_types;
    std::array<std::string_view, 4> proposals;
    std::array<std::string_view, 4> marks;
};

constexpr Dictionary finnish{
    .headings = {"Teemakerta", "Päivä", "Nimi", "Tunnus", "Päätöksen laji", "Saapui", "Lähti", "Minuutit", "Katkot", "Ehdotus", "Merkintä", "Huomautus"},
    .decision_types = {"Sosiaalinen kuntoutus", "Kuntouttava työtoiminta", "Vammaisten työtoiminta"},
    .proposals = {"Läsnä", "Tarkista", "Hyväksytty poissaolo", "Ei nähty"},
    .marks = {"Läsnä", "Osan aikaa", "Hyväksytty poissaolo", "Poissa"},
};
constexpr Dictionary english{
    .headings = {"Session", "Date", "Name", "Id", "Kind of decision", "Arrived", "Left", "Minutes", "Gaps", "Proposal", "Mark", "Remark"},
    .decision_types = {"Social rehabilitation", "Rehabilitative work activity", "Work activity for disabled persons"},
    .proposals = {"Present", "Check", "Excused", "Not seen"},
    .marks = {"Present", "Part of the time", "Excused", "Absent"},
};

template <class E, std::size_t count>
std::string_view word(const std::array<std::string_view, count>& words, const std::optional<E>& value) {
    static_assert(names_of(E{}).size() == count);
    return value ? words[static_cast<std::size_t>(*value)] : std::string_view{};
}

std::string clock(const std::optional<base::UtcTime>& at) { return at ? people::local_clock_text(*at) : std::string{}; }

}  // namespace

std::string attendance_csv(const AttendanceReport& report, Language language) {
    const Dictionary& words = language == Language::fi ? finnish : english;
    const auto date = people::local_date_text(report.starts_at);
    CsvWriter csv;
    for (const auto heading : words.headings) csv.text(heading);
    csv.end_row();
    for (const auto& row : report.rows) {
        csv.text(report.session).text(date).text(row.name).number(row.person.value).text(word(words.decision_types, row.decision_type));
        csv.text(clock(row.arrived)).text(clock(row.left)).number(row.connected_seconds / 60).number(row.gaps);
        csv.text(word(words.proposals, row.proposal)).text(word(words.marks, row.mark)).text(row.remark);
        csv.end_row();
    }
    return std::move(csv).take();
}

}  // namespace etakahvila::reports
