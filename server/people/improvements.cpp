#include "people/improvements.hpp"

#include <algorithm>
#include <array>

#include "base/enum_names.hpp"
#include "text/text.hpp"

namespace etakahvila::people {
namespace {

using protocol::Improvement;
using protocol::ImprovementState;

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE improvements (
  id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL REFERENCES series, state TEXT NOT NULL,
  words TEXT NOT NULL, version INTEGER NOT NULL, saved_at INTEGER NOT NULL) STRICT;
CREATE INDEX improvements_by_series ON improvements (series);
CREATE TABLE improvement_days (
  improvement INTEGER NOT NULL REFERENCES improvements, session INTEGER NOT NULL REFERENCES sessions,
  PRIMARY KEY (improvement, session)) STRICT, WITHOUT ROWID;
)"};

std::optional<std::int64_t> series_of(const records::Database& database, SessionId session) {
    return database.one<std::int64_t>("SELECT series FROM sessions WHERE id = ?", session);
}

std::vector<SessionId> days_of(const records::Database& database, std::int64_t improvement) {
    std::vector<SessionId> days;
    auto rows = database.read(
        "SELECT d.session FROM improvement_days d JOIN sessions s ON s.id = d.session"
        " WHERE d.improvement = ? ORDER BY s.starts_at DESC",
        improvement);
    while (rows.next()) days.push_back(rows.get<SessionId>(0));
    return days;
}

std::optional<RefusalWord> change(records::Database& database, std::int64_t series,
    const protocol::ImprovementBody& body, const std::string& words, UtcTime now) {
    auto known = database.read("SELECT state, version FROM improvements WHERE id = ? AND series = ?", *body.id, series);
    if (!known.next()) return RefusalWord::not_found;
    const auto state = known.get<std::optional<ImprovementState>>(0).value_or(ImprovementState::archived);
    const auto version = known.number(1);
    if (state == ImprovementState::archived || body.state < state) return RefusalWord::already_handled;
    if (body.version.value_or(0) != version) return RefusalWord::version_conflict;
    database.write("UPDATE improvements SET state = ?, words = ?, version = version + 1, saved_at = ? WHERE id = ?",
        body.state, words, now, *body.id);
    database.write("DELETE FROM improvement_days WHERE improvement = ?", *body.id);
    return std::nullopt;
}

}  // namespace

void migrate_improvements(records::Database& database) { bring_forward(database, "improvements", steps); }

std::vector<Improvement> improvements_of(const records::Database& database, SessionId session) {
    std::vector<Improvement> all;
    {
        auto rows = database.read(
            "SELECT i.id, i.version, i.state, i.words, i.saved_at FROM improvements i"
            " JOIN sessions s ON s.series = i.series WHERE s.id = ? ORDER BY i.id DESC",
            session);
        while (rows.next())
            all.push_back({.id = rows.number(0),
                .version = rows.number(1),
                .state = rows.get<std::optional<ImprovementState>>(2).value_or(ImprovementState::archived),
                .text = rows.text(3),
                .days = {},
                .saved_at = rows.get<UtcTime>(4)});
    }
    for (auto& each : all) each.days = days_of(database, each.id);
    return all;
}

std::variant<std::int64_t, RefusalWord> save_improvement(
    records::Database& database, SessionId session, const protocol::ImprovementBody& body, UtcTime now) {
    const auto series = series_of(database, session);
    if (!series) return RefusalWord::not_found;
    const auto words = text::clean_text(body.text, improvement_code_points_max);
    if (words.fault) return *words.fault;
    auto days = body.days;
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    const bool are_of_series = std::all_of(
        days.begin(), days.end(), [&](SessionId day) { return series_of(database, day) == series; });
    if (!are_of_series) return RefusalWord::invalid;

    records::Unit unit{database};
    auto id = body.id.value_or(0);
    if (body.id) {
        if (const auto word = change(database, *series, body, words.value, now)) return *word;
    } else {
        const auto count = database.one<std::int64_t>("SELECT count(*) FROM improvements WHERE series = ?", *series);
        if (count.value_or(0) >= improvements_max) return RefusalWord::limit_reached;
        id = database.add<std::int64_t>(
            "INSERT INTO improvements (series, state, words, version, saved_at)"
            " VALUES (?, ?, ?, 1, ?) RETURNING id",
            *series, body.state, words.value, now);
    }
    for (const auto day : days) database.write("INSERT INTO improvement_days VALUES (?, ?)", id, day);
    unit.keep();
    return id;
}

std::vector<protocol::ShownImprovement> shown_improvements(const records::Database& database, SessionId session) {
    std::vector<protocol::ShownImprovement> shown;
    for (const auto& each : improvements_of(database, session)) {
        if (each.state != ImprovementState::shown) continue;
        if (shown.size() == improvements_shown_max) break;
        protocol::ShownImprovement one{.text = each.text, .days = {}};
        for (const auto day : each.days) {
            const auto starts_at = database.one<std::int64_t>("SELECT starts_at FROM sessions WHERE id = ?", day);
            if (starts_at) one.days.push_back(UtcTime{*starts_at});
        }
        shown.push_back(std::move(one));
    }
    return shown;
}

}  // namespace etakahvila::people
