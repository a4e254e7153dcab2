#include "program/stage.hpp"

#include <algorithm>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "base/json.hpp"
#include "program/pace.hpp"

namespace etakahvila::faults {
namespace {

/// Longer than any pause that a scenario makes.
constexpr int stuck_after_seconds = 90;

}  // namespace

Stage::Stage(const StageSettings& settings)
    : server{std::filesystem::read_symlink("/proc/self/exe").parent_path() / "etakahvila", settings.data_parent},
      dice{static_cast<std::minstd_rand::result_type>(settings.seed)},
      settings_{settings} {
    session_ = protocol::SessionId{server.plan_session("Koe")};
    key_ = server.make_key();
    server.options = settings.server_options;
    server.log_level = settings.log_level;
    const auto address = client::ServerAddress::parse(server.start(settings.under));
    client_.emplace(loop, *address, false);
    coordinator_.emplace(*client_, key_);
    crowd_.emplace(Crowd::Parts{.loop = loop,
        .client = *client_,
        .coordinator = *coordinator_,
        .seed = settings.seed,
        .waits_at_random = settings.waits_at_random});
    loop.on_end_asked([this] { loop.stop(); });
}

void Stage::run(std::function<void()> begin) {
    crowd_->gather(session_, settings_.participants, settings_.spare, [this, begin = std::move(begin)] {
        crowd_->work();
        begin();
    });
    watch_over(0, 0);
    loop.run();
}

/// Something that is waited for and never comes is a finding too, and is said rather than waited out.
void Stage::watch_over(std::size_t seen, int seconds_still) {
    if (seconds_still == stuck_after_seconds) {
        is_stuck_ = true;
        std::cerr << "Nothing moves any more: " << crowd_->standing() << '\n' << server.log();
        return loop.stop();
    }
    loop.after(std::chrono::seconds{1}, [this, seen, seconds_still] {
        const auto now = crowd_->progress();
        watch_over(now, now == seen ? seconds_still + 1 : 0);
    });
}

void Stage::end() {
    crowd_->rest([this] {
        crowd_->ask_attendance([this](std::int64_t missing) {
            seconds_missing_most_ = missing;
            loop.stop();
        });
    });
}

void Stage::strike(const std::function<void()>& how) {
    crowd_->note_lines();
    how();
}

bool Stage::start(const std::vector<std::string>& under) {
    const auto from = player::now();
    try {
        server.start(under);
    } catch (const std::runtime_error&) {
        return false;
    }
    start_ms.push_back(ms_since(from));
    return true;
}

void Stage::when_all_back(std::function<void()> then) {
    crowd_->when_all_in([this, from = player::now(), then = std::move(then)] {
        back_ms.push_back(ms_since(from));
        then();
    });
}

Stage::Verdict Stage::verdict(const std::string& name, const std::string& more) {
    const auto code = server.is_running() ? server.end() : 0;
    const auto findings = crowd_->ledger().hold_against(server.data_file(), crowd_->session());
    const auto stream = crowd_->stream_faults();
    // Whatever is done to it, and however much it says.
    const auto log = server.log();
    auto canaries = crowd_->canaries();
    canaries.push_back(key_);
    for (const auto& canary : canaries) {
        if (log.find(canary) != log.npos) found("a name, a text or a secret is in the log");
    }
    std::ostringstream out;
    const auto longest_back = back_ms.empty() ? 0.0 : *std::max_element(back_ms.begin(), back_ms.end());
    const bool is_all_counted = seconds_missing_most_ <=
                                settings_.seconds_missing_max + static_cast<std::int64_t>(longest_back / 1000);
    out << "{\"scenario\":\"" << name << "\",\"is_stuck\":" << (is_stuck_ ? "true" : "false") << "," << more
        << "\"people\":" << crowd_->size() << ",\"acknowledged\":" << findings.acknowledged
        << ",\"lost\":" << findings.lost + stream.lost << ",\"doubled\":" << findings.doubled + stream.doubled
        << ",\"reordered\":" << findings.reordered + stream.reordered
        << ",\"attendance_seconds_missing_most\":" << seconds_missing_most_ << ",\"gaps\":" << stream.gaps
        << ",\"fresh_snapshots\":" << stream.fresh_snapshots
        << ",\"damaged\":" << (findings.damaged_at ? "true" : "false") << ",\"server_ended_with\":" << code << ","
        << json_of("start_ms", player::spread_of(start_ms)) << "," << json_of("all_back_ms", player::spread_of(back_ms))
        << ",\"surprises\":{";
    const char* comma = "";
    for (const auto& [what, count] : crowd_->surprises()) findings_[what] += count;
    for (const auto& [what, count] : findings_) {
        std::string text;
        base::json::write_text(text, what);
        out << comma << text << ":" << count;
        comma = ",";
    }
    out << "}}";
    return {.json = out.str(),
        .is_good = findings.is_good() && stream.is_good() && !is_stuck_ && is_all_counted && findings_.empty() &&
                   code == 0};
}

std::string count_of(const char* name, std::size_t count) {
    return "\"" + std::string{name} + "\":" + std::to_string(count) + ",";
}

std::string json_of(const char* name, const player::Spread& spread) {
    std::ostringstream out;
    out.precision(1);
    out << std::fixed << '"' << name << "\":{\"count\":" << spread.count << ",\"p50\":" << spread.p50
        << ",\"p99\":" << spread.p99 << ",\"most\":" << spread.most << "}";
    return out.str();
}

}  // namespace etakahvila::faults
