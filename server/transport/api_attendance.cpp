// Who was there, for the coordinator.

#include <map>

#include "domain/room.hpp"
#include "reports/attendance_csv.hpp"
#include "transport/api.hpp"

namespace etakahvila::transport {
namespace {

struct AttendanceWindow {
    protocol::UtcTime starts_at;
    protocol::UtcTime ends_at;
};
BOOST_DESCRIBE_STRUCT(AttendanceWindow, (), (starts_at, ends_at))

struct AttendanceAnswerLine {
    protocol::PersonId person;
    std::string name;
    std::optional<protocol::DecisionType> decision_type;
    std::int64_t connected_seconds{};
    std::int64_t window_seconds{};
    std::optional<protocol::UtcTime> arrived;
    std::optional<protocol::UtcTime> left;
    std::int64_t gaps{};
    bool took_part{};
    std::optional<protocol::Proposal> proposal;
};
BOOST_DESCRIBE_STRUCT(AttendanceAnswerLine, (), (person, name, decision_type, connected_seconds, window_seconds, arrived, left, gaps, took_part, proposal))

struct AttendanceAnswer {
    /// Not there before the session has been live.
    std::optional<AttendanceWindow> window;
    std::vector<AttendanceAnswerLine> lines;
};
BOOST_DESCRIBE_STRUCT(AttendanceAnswer, (), (window, lines))

/// The person's own name of the registration, not the one shown in the room. Participants only:
/// nobody else is ever listed.
std::map<protocol::PersonId, std::string> names_of_participants(const SQLite::Database& reader, protocol::SessionId session, base::UtcTime now) {
    std::map<protocol::PersonId, std::string> names;
    for (auto& one : people::people_of(reader, session, now)) {
        if (one.role == protocol::Role::participant) names.emplace(one.person, std::move(one.details.name));
    }
    return names;
}

AttendanceAnswer attendance_answer(const domain::Room& state, protocol::Clock now, const std::map<protocol::PersonId, std::string>& names) {
    const auto utc_of = [&](protocol::RoomTime at) { return protocol::UtcTime{now.utc.ms - (now.room - at).count()}; };
    const auto utc_of_any = [&](std::optional<protocol::RoomTime> at) { return at ? std::optional{utc_of(*at)} : std::nullopt; };
    AttendanceAnswer answer;
    const auto& live = state.session.live;
    if (!live.empty()) answer.window = {.starts_at = utc_of(live.front().from), .ends_at = utc_of(live.back().to.value_or(now.room))};
    for (const auto& row : domain::attendance_of(state, now.room)) {
        const auto name = names.find(row.person);
        if (row.role != protocol::Role::participant) continue;
        answer.lines.push_back({
            .person = row.person,
            .name = name == names.end() ? std::string{} : name->second,
            .decision_type = row.decision_type,
            .connected_seconds = std::chrono::duration_cast<std::chrono::seconds>(row.connected).count(),
            .window_seconds = std::chrono::duration_cast<std::chrono::seconds>(row.window).count(),
            .arrived = utc_of_any(row.arrived),
            .left = utc_of_any(row.left),
            .gaps = row.gaps,
            .took_part = row.took_part,
            .proposal = row.proposal,
        });
    }
    return answer;
}

std::vector<protocol::PersonId> people_in(const std::map<protocol::PersonId, std::string>& names) {
    std::vector<protocol::PersonId> people;
    for (const auto& [person, name] : names) people.push_back(person);
    return people;
}

std::string csv_of(const AttendanceAnswer& answer, const domain::SessionPlan& plan, std::string_view query_language) {
    reports::AttendanceReport report{.session = plan.theme, .starts_at = answer.window ? answer.window->starts_at : plan.starts_at, .rows = {}};
    for (const auto& line : answer.lines) {
        report.rows.push_back({
            .person = line.person,
            .name = line.name,
            .decision_type = line.decision_type,
            .arrived = line.arrived,
            .left = line.left,
            .connected_seconds = line.connected_seconds,
            .gaps = line.gaps,
            .proposal = line.proposal,
            .mark = {},
            .remark = {},
        });
    }
    return reports::attendance_csv(report, base::value_named<reports::Language>(query_language).value_or(reports::Language::fi));
}

}  // namespace

void Api::attendance(Call& call) {
    const auto room = room_of(call, call.session);
    if (!room) return;
    const auto names = names_of_participants(call.reader, call.session, utc());
    note_access(call, people::AccessAct::attendance_viewed, people_in(names));
    room->look([room, names, answer = call.answer](const domain::Room& state) { give(answer, attendance_answer(state, room->clock(), names)); });
}

void Api::attendance_csv(Call& call) {
    const auto room = room_of(call, call.session);
    if (!room) return;
    const auto names = names_of_participants(call.reader, call.session, utc());
    note_access(call, people::AccessAct::attendance_downloaded, people_in(names));
    const std::string language{call.request.field("language").value_or(std::string_view{})};
    room->look([room, names, language, session = call.session, answer = call.answer](const domain::Room& state) {
        auto file = answer_of(200, csv_of(attendance_answer(state, room->clock(), names), state.session.plan, language), "text/csv; charset=utf-8");
        file.fields.emplace_back("Content-Disposition", "attachment; filename=\"lasnaolo-" + std::to_string(session.value) + ".csv\"");
        answer(std::move(file));
    });
}

}  // namespace etakahvila::transport
