#include "keeping/rules.hpp"

#include <array>

#include "base/check.hpp"

namespace etakahvila::keeping {
namespace {

using enum KeepingRule;
using From = KeepingFrom;
using Then = KeepingThen;
using Unit = KeepingUnit;

constexpr std::array table{
    Rule{room_words, 30, 14, 90, Unit::days, From::seal, Then::compacted},
    Rule{carried_words, 30, 14, 90, Unit::days, From::end_of_period, Then::words_erased},
    Rule{work_words, 30, 14, 90, Unit::days, From::read, Then::words_erased},
    Rule{call_words, 30, 14, 90, Unit::days, From::end_of_period, Then::words_erased},
    Rule{absence_words, 30, 14, 90, Unit::days, From::end_of_period, Then::words_erased},
    Rule{day_records, 10, 1, 50, Unit::years, From::case_closed, Then::deleted},
    Rule{feedback_words, 365, 30, 1095, Unit::days, From::feedback_closed, Then::words_erased},
    Rule{pictures, 0, 0, 90, Unit::days, From::end_of_period, Then::deleted},
    Rule{contacts, 30, 14, 90, Unit::days, From::end_of_period, Then::deleted},
    Rule{links, 30, 14, 90, Unit::days, From::end_of_period, Then::deleted},
    Rule{access_log, 12, 12, 50, Unit::years, From::noted, Then::deleted, false},
    Rule{holds, 365, 365, 1095, Unit::days, From::hold_ended, Then::deleted, false},
};
static_assert(table.size() == protocol::names_of(KeepingRule{}).size());
static_assert([] {
    for (std::size_t place = 0; place < table.size(); ++place) {
        if (static_cast<std::size_t>(table[place].rule) != place) return false;
    }
    return true;
}());

std::optional<std::int64_t> own_time(const records::Database& database, KeepingRule rule, std::string_view kind) {
    return database.one<std::int64_t>("SELECT time FROM keeping_times WHERE rule = ? AND kind = ?", rule, kind);
}

}  // namespace

std::span<const Rule> rules() { return table; }

const Rule& rule_of(KeepingRule rule) { return table.at(static_cast<std::size_t>(rule)); }

std::int64_t time_of(const records::Database& database, KeepingRule rule, std::string_view kind) {
    if (!kind.empty()) {
        if (const auto time = own_time(database, rule, kind)) return *time;
    }
    return own_time(database, rule, {}).value_or(rule_of(rule).usual);
}

std::optional<RefusalWord> put_time(records::Database& database, KeepingRule rule, std::string_view kind,
    std::int64_t time, std::string_view by, UtcTime now) {
    const auto& known = rule_of(rule);
    if (time < known.least || time > known.most) return RefusalWord::invalid;
    if (!kind.empty()) {
        if (rule != day_records) return RefusalWord::invalid;
        if (!database.has("SELECT 1 FROM decision_kinds WHERE key = ?", kind)) return RefusalWord::not_found;
    }
    database.write(
        "INSERT INTO keeping_times (rule, kind, time, changed_at, by_name) VALUES (?, ?, ?, ?, ?) ON CONFLICT (rule, "
        "kind) DO UPDATE SET time = excluded.time, changed_at = excluded.changed_at, by_name = excluded.by_name",
        rule, kind, time, now, by);
    return std::nullopt;
}

Cutoff cutoff_of(LocalDate today, std::int64_t time, KeepingUnit unit) {
    const auto count = static_cast<int>(time);
    // The 29th of February of a year that has none is the first of March.
    const auto day = unit == Unit::days
                         ? people::days_after(today, -count)
                         : people::days_after({.year = today.year - count, .month = today.month, .day = 1},
                               static_cast<int>(today.day) - 1);
    const auto midnight = people::utc_of(day, people::ClockTime{});
    // No change of clocks is at midnight in Helsinki.
    ETAKAHVILA_CHECK(std::holds_alternative<UtcTime>(midnight));
    return {.day = people::day_text(day), .at = std::get<UtcTime>(midnight)};
}

}  // namespace etakahvila::keeping
