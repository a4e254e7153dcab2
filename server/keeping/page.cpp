#include "keeping/page.hpp"

#include <algorithm>

#include "people/decision_kinds.hpp"

namespace etakahvila::keeping {
namespace {

std::vector<protocol::ErasureRun> runs_of(const records::Database& reader) {
    std::vector<protocol::ErasureRun> runs;
    {
        auto rows = reader.read(
            "SELECT id, at, made_by, is_whole FROM erasure_runs ORDER BY id DESC LIMIT ?", runs_shown_max);
        while (rows.next())
            runs.push_back({.id = rows.number(0),
                .at = rows.get<UtcTime>(1),
                .by = rows.get<std::optional<ErasureBy>>(2).value_or(ErasureBy::night),
                .is_whole = rows.get<bool>(3)});
    }
    for (auto& run : runs) {
        auto rows = reader.read("SELECT rule, count FROM erasure_counts WHERE run = ?", run.id);
        while (rows.next()) {
            const auto rule = rows.get<std::optional<KeepingRule>>(0);
            if (rule && rows.number(1) > 0) run.counts.push_back({*rule, rows.number(1)});
        }
        std::sort(run.counts.begin(), run.counts.end(),
            [](const auto& one, const auto& other) { return one.rule < other.rule; });
    }
    return runs;
}

}  // namespace

protocol::KeepingAnswer page_of(const records::Database& reader, UtcTime now) {
    const Moment moment{reader, now};
    const auto standing = standing_of(reader);
    protocol::KeepingAnswer page{.last_run_at = standing.ran_at,
        .is_time_doubted = standing.is_time_doubted || is_time_doubted(reader, now),
        .failed_at = standing.failed_at,
        .log = runs_of(reader),
        .holds = holds_shown(reader, moment.today),
        .unsealed = unsealed_days(reader, moment)};
    const auto last_night = std::find_if(
        page.log.begin(), page.log.end(), [](const auto& run) { return run.by == ErasureBy::night; });
    for (const auto& rule : rules()) {
        protocol::KeepingRuleShown shown{.rule = rule.rule,
            .time = time_of(reader, rule.rule),
            .usual = rule.usual,
            .least = rule.least,
            .most = rule.most,
            .unit = rule.unit,
            .from = rule.from,
            .afterwards = rule.then};
        if (last_night != page.log.end()) {
            for (const auto& [counted, count] : last_night->counts) {
                if (counted == rule.rule) shown.last_night = count;
            }
        }
        page.rules.push_back(shown);
    }
    for (const auto& kind : people::decision_kinds(reader))
        page.kinds.push_back(
            {.kind = kind.key, .name = kind.fi, .years = time_of(reader, KeepingRule::day_records, kind.key)});
    return page;
}

}  // namespace etakahvila::keeping
