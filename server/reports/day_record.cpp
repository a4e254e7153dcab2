#include "reports/day_record.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace etakahvila::reports {

std::string to_text(const DayRecord& record) { return base::json::to_text(record); }

std::optional<DayRecord> day_record_in(std::string_view text) {
    thread_local simdjson::dom::parser parser;
    auto read = base::json::from_text<DayRecord>(parser, text);
    if (auto* record = std::get_if<DayRecord>(&read)) return std::move(*record);
    return std::nullopt;
}

Crowd crowd_of(const std::vector<RecordedRow>& rows, const std::vector<RecordedSpan>& windows) {
    std::vector<std::pair<std::int64_t, std::int64_t>> edges;
    std::int64_t together = 0;
    for (const auto& row : rows) {
        for (const auto& interval : row.intervals) {
            edges.emplace_back(interval.from.ms, 1);
            edges.emplace_back(interval.to.ms, -1);
            together += interval.to.ms - interval.from.ms;
        }
    }
    // At one moment those who leave are gone before those who come are counted.
    std::sort(edges.begin(), edges.end());
    Crowd crowd;
    std::int64_t there = 0;
    for (const auto& [at, step] : edges) crowd.peak = std::max(crowd.peak, there += step);
    std::int64_t window = 0;
    for (const auto& each : windows) window += each.to.ms - each.from.ms;
    if (window > 0) crowd.average_tenths = (together * 10 + window / 2) / window;
    return crowd;
}

}  // namespace etakahvila::reports
