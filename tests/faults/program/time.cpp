// Clocks that are set, servers that come back later, and rooms that have lasted long.

#include <array>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>

#include <simdjson.h>

#include "domain/room/room.hpp"
#include "journal/sqlite_store.hpp"
#include "program/scenarios.hpp"

namespace etakahvila::faults {
namespace {

using namespace std::chrono_literals;

constexpr std::array wall_clocks{"+1h", "+0", "-1h", "+26h", "+0"};
/// Seconds since the machine was started, as the server sees them.
constexpr std::array monotonic_clocks{"1000000", "0", "500000"};
/// One that the server noted last before it was killed, and one that it took to start.
constexpr std::int64_t outage_error_seconds_max = 12;

/// The wall clock of a process: what the file says, from its first reading on.
class WallClock {
public:
    WallClock() { set("+0"); }
    void set(const std::string& offset) const {
        std::ofstream{file() + ".new"} << offset << '\n';
        std::filesystem::rename(file() + ".new", file());
    }
    std::vector<std::string> under() const {
        return {"env", "LD_PRELOAD=" + library(), "FAKETIME_TIMESTAMP_FILE=" + file(), "FAKETIME_NO_CACHE=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1"};
    }
    static bool is_there() { return std::filesystem::exists(library()); }

private:
    static std::string library() { return "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"; }
    std::string file() const { return (folder_.path() / "clock").string(); }
    testing::TemporaryFolder folder_;
};

Stage::Verdict not_tried(const std::string& scenario, const std::string& why) {
    std::cerr << scenario << " is not tried: " << why << ".\n";
    return {.json = "{\"scenario\":\"" + scenario + "\",\"not_tried\":\"" + why + "\"}", .is_good = true};
}

/// Four hours go on in the room's journal from where they are, with someone writing every two
/// seconds, and somebody's line lost every twenty.
class LongDay {
public:
    LongDay(const std::filesystem::path& file, protocol::SessionId session) : store_{file}, session_{session} {
        for (const auto& step : store_.load(session).steps) apply(room_, step);
        now_ = room_.now;
        for (const auto& [person, member] : room_.presence.members) {
            people_.push_back(person);
            for (const auto& stay : member.stays) last_connection_ = std::max(last_connection_, stay.connection.value);
        }
    }

    void pass() {
        for (std::size_t moment = 0; moment < 4 * 60 * 60 / 2; ++moment) {
            const auto person = people_[moment * 7 % people_.size()];
            go_on(2s);
            ask(person,
                protocol::SendMessage{.channel = protocol::Channel::room,
                    .text = "Minua auttaa kirja, pari sivua, ja kahvia vasta aamulla kun olen herännyt kunnolla " +
                            std::to_string(moment),
                    .reply_to = {}});
            if (moment % 5 == 0)
                ask(person, protocol::RequestFloor{
                                .kind = protocol::FloorRequestKind::speak, .beneficiary = {}, .note = {}, .text = {}});
            if (moment % 5 == 3) ask(people_[(moment - 3) * 7 % people_.size()], protocol::SayImBack{});
            if (moment % 10 == 0) {
                take(domain::LoseConnection{
                    .person = person, .connection = room_.member(person)->stays.back().connection, .silent_since = {}});
                take(domain::OpenConnection{
                    .person = person, .connection = protocol::ConnectionId{++last_connection_}, .device = {}});
            }
            if (steps_.size() > 1000) write();
        }
        write();
    }
    std::size_t steps() const { return static_cast<std::size_t>(room_.seq); }

private:
    void go_on(std::chrono::milliseconds span) {
        const auto until = now_.at + span;
        for (auto due = next_due(room_); due && *due <= until; due = next_due(room_)) {
            move_to(std::max(now_.at, *due));
            take(domain::TimePasses{});
        }
        move_to(until);
    }
    void move_to(protocol::RoomTime at) {
        now_.utc.ms += (at - now_.at).count();
        now_.at = at;
    }
    void ask(protocol::PersonId person, protocol::Command command) {
        const auto& member = *room_.member(person);
        take(domain::MemberCommand{
            .actor = {.person = person, .role = member.role, .connection = member.stays.back().connection},
            .command_id = "day-" + std::to_string(++commands_),
            .command = std::move(command)});
    }
    void take(const domain::Input& input) {
        auto step = decide(room_, input, now_);
        if (is_empty(step) || (step.refusal && !step.member)) return;
        apply(room_, step);
        steps_.push_back(std::move(step));
    }
    void write() {
        std::promise<bool> durable;
        store_.append(session_, std::exchange(steps_, {}), [&](bool is_durable) { durable.set_value(is_durable); });
        if (!durable.get_future().get()) throw std::runtime_error{"the long day could not be written"};
    }

    journal::SqliteStore store_;
    protocol::SessionId session_;
    domain::Room room_;
    base::Stamp now_;
    std::vector<protocol::PersonId> people_;
    std::vector<domain::Step> steps_;
    std::int64_t last_connection_{};
    std::size_t commands_{};
};

}  // namespace

Stage::Verdict long_day(const StageSettings& settings) {
    auto full = settings;
    full.participants = 90;
    full.waits_at_random = false;
    Stage stage{full};
    std::size_t steps = 0;
    double first_ms = 0;
    stage.run([&] {
        stage.loop.after(500ms, [&] {
            stage.strike([&] { stage.server.kill(); });
            {
                LongDay day{stage.server.data_file(), stage.session()};
                day.pass();
                steps = day.steps();
            }
            const auto from = player::now();
            stage.start();
            stage.crowd().when_first_in(
                [&, from] { first_ms = std::chrono::duration<double, std::milli>(player::now() - from).count(); });
            stage.when_all_back([&] { stage.end(); });
        });
    });
    return stage.verdict(
        "long_day", count_of("steps", steps) + count_of("first_back_ms", static_cast<std::size_t>(first_ms)));
}

Stage::Verdict wall_clock(const StageSettings& settings, std::size_t times) {
    if (!WallClock::is_there()) return not_tried("wall_clock", "libfaketime is not installed");
    const WallClock clock;
    auto faked = settings;
    faked.under = clock.under();
    Stage stage{faked};
    std::size_t done = 0, cut = 0;
    std::function<void()> next = [&] {
        if (done == times) {
            // An hour earlier the coordinator's key does not work yet.
            clock.set("+0");
            return stage.end();
        }
        clock.set(wall_clocks[done++ % wall_clocks.size()]);
        stage.loop.after(1s, [&] {
            if (stage.crowd().lines_lost() != 0) stage.found("a line was lost by a step of the wall clock");
            ++cut;
            stage.crowd().cut_all(next);
        });
    };
    stage.run(next);
    return stage.verdict("wall_clock", count_of("steps_of_the_clock", done) + count_of("cuts", cut));
}

Stage::Verdict outage(const StageSettings& settings, int minutes) {
    if (!WallClock::is_there()) return not_tried("outage", "libfaketime is not installed");
    const WallClock clock;
    auto faked = settings;
    faked.under = clock.under();
    Stage stage{faked};
    std::int64_t noted_seconds = 0;
    stage.run([&] {
        stage.loop.after(1s, [&] {
            stage.strike([&] { stage.server.kill(); });
            clock.set("+" + std::to_string(minutes) + "m");
            stage.start();
            stage.when_all_back([&] {
                stage.client().request(
                    {.method = "GET",
                        .target = "/api/sessions/" + std::to_string(stage.session().value) + "/attendance",
                        .bearer = stage.key()},
                    [&](const client::HttpAnswer& answer) {
                        simdjson::dom::parser parser;
                        simdjson::dom::element root;
                        simdjson::dom::array outages;
                        if (parser.parse(answer.body).get(root) != simdjson::SUCCESS ||
                            root["outages"].get(outages) != simdjson::SUCCESS || outages.size() != 1) {
                            stage.found("the outage is not marked, or not as one");
                            return stage.end();
                        }
                        std::int64_t from = 0, to = 0;
                        if (outages.at(0)["from"].get(from) == simdjson::SUCCESS &&
                            outages.at(0)["to"].get(to) == simdjson::SUCCESS)
                            noted_seconds = (to - from) / 1000;
                        if (std::abs(noted_seconds - minutes * 60) > outage_error_seconds_max)
                            stage.found("the outage is marked with another length");
                        stage.end();
                    });
            });
        });
    });
    return stage.verdict("outage", count_of("minutes", static_cast<std::size_t>(minutes)) +
                                       count_of("marked_seconds", static_cast<std::size_t>(noted_seconds)));
}

Stage::Verdict reboots(const StageSettings& settings, std::size_t times) {
    if (std::system("unshare -T --boottime 1 --fork true 2>/dev/null") != 0)
        return not_tried("reboots", "this user may not have clocks of its own");
    Stage stage{settings};
    std::size_t done = 0;
    std::function<void()> strike = [&] {
        if (done == times) return stage.end();
        stage.loop.after(200ms, [&] {
            stage.strike([&] { stage.server.kill(); });
            const std::string clock = monotonic_clocks[done++ % monotonic_clocks.size()];
            stage.start({"unshare", "-T", "--monotonic", clock, "--boottime", clock, "--fork"});
            stage.when_all_back(strike);
        });
    };
    stage.run(strike);
    return stage.verdict("reboots", count_of("reboots", done));
}

}  // namespace etakahvila::faults
