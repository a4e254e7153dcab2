#include <fmt/format.h>

#include "base/json.hpp"
#include "player/performance.hpp"

namespace etakahvila::player {
namespace {

class Object {
public:
    template <class T>
    Object& add(std::string_view key, const T& value) {
        begin(key);
        if constexpr (std::is_same_v<T, bool>)
            out_ += value ? "true" : "false";
        else if constexpr (std::is_floating_point_v<T>)
            out_ += fmt::format("{:.3f}", value);
        else if constexpr (std::is_integral_v<T>)
            out_ += fmt::format("{}", value);
        else
            base::json::write_text(out_, value);
        return *this;
    }
    Object& add(std::string_view key, const Object& value) {
        begin(key);
        out_ += value.text();
        return *this;
    }
    Object& add(std::string_view key, const std::map<std::string, std::size_t>& counts) {
        Object inner;
        for (const auto& [name, count] : counts) inner.add(name, count);
        return add(key, inner);
    }
    Object& add(std::string_view key, const Spread& spread) {
        return add(key,
            Object{}.add("count", spread.count).add("p50", spread.p50).add("p99", spread.p99).add("most", spread.most));
    }
    std::string text() const { return out_.empty() ? std::string{"{}"} : out_ + "}"; }

private:
    void begin(std::string_view key) {
        out_ += out_.empty() ? '{' : ',';
        base::json::write_text(out_, key);
        out_ += ':';
    }
    std::string out_;
};

}  // namespace

std::string to_json(const PlayReport& report) {
    return Object{}
        .add("meeting", report.name)
        .add("is_good", report.is_good())
        .add("rate", report.rate)
        .add("copies", report.copies)
        .add("people", report.people)
        .add("connections", report.connections)
        .add("connections_at_once_most", report.most_at_once)
        .add("redials", report.redials)
        .add("messages_sent", report.messages_sent)
        .add("messages_published", report.messages_published)
        .add("messages_held", report.messages_held)
        .add("claims_met", report.claims_met)
        .add("claims_run_out", report.claims_run_out)
        .add("deliveries_expected", report.deliveries_expected)
        .add("messages_delivered", report.messages_delivered)
        .add("lost", report.lost)
        .add("doubled", report.doubled)
        .add("reordered", report.reordered)
        .add("gaps", report.gaps)
        .add("fresh_snapshots", report.fresh_snapshots)
        .add("commands_resent", report.resent)
        .add("commands_held_back", report.held_back)
        .add("queue_answers", report.queue_answers)
        .add("queue_matched", report.queue_matched)
        .add("queue_explained", report.queue_explained)
        .add("queue_unmatched", report.queue_unmatched)
        .add("queue_explained_by", report.explained_by)
        .add("attendance_people", report.attendance_people)
        .add("attendance_error_max_seconds", report.attendance_error_max_seconds)
        .add("window_seconds", report.window_seconds)
        .add("stalled_seconds", report.stalled_seconds)
        .add("took_seconds", report.took_seconds)
        .add("ack_ms", report.ack_ms)
        .add("last_receiver_ms", report.last_receiver_ms)
        .add("held_ms", report.held_ms)
        .add("claimed_ms", report.claimed_ms)
        .add("faults", report.faults)
        .text();
}

std::string to_line(const PlayReport& report) {
    auto line = fmt::format(
        "{} {:<12} {:>3} people {:>3} connections ({} at once) | {} messages ({} held), {} delivered, {} lost, {} "
        "doubled, {} reordered | queue {}: {} matched, {} explained, {} not | attendance within {:.2f} s | ack "
        "{:.1f}/{:.1f} ms, last receiver {:.1f}/{:.1f} ms | {:.0f} s, stalled {:.1f} s",
        report.is_good() ? "ok  " : "FAIL", report.name, report.people, report.connections, report.most_at_once,
        report.messages_sent, report.messages_held, report.messages_delivered, report.lost, report.doubled,
        report.reordered, report.queue_answers, report.queue_matched, report.queue_explained, report.queue_unmatched,
        report.attendance_error_max_seconds, report.ack_ms.p50, report.ack_ms.p99, report.last_receiver_ms.p50,
        report.last_receiver_ms.p99, report.took_seconds, report.stalled_seconds);
    if (report.held_ms.count > 0) {
        line += fmt::format(
            "\n       held until published {:.1f}/{:.1f} ms (longest {:.0f}), claimed until published {:.1f}/{:.1f} "
            "ms; {} claims met another's, {} ran out",
            report.held_ms.p50, report.held_ms.p99, report.held_ms.most, report.claimed_ms.p50, report.claimed_ms.p99,
            report.claims_met, report.claims_run_out);
    }
    for (const auto& [rule, count] : report.explained_by)
        line += fmt::format("\n       explained by {}: {}", rule, count);
    for (const auto& [what, count] : report.faults)
        line += fmt::format("\n       {}{}", what, count == 1 ? std::string{} : fmt::format(" ({} times)", count));
    return line;
}

}  // namespace etakahvila::player
