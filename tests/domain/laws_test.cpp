// What holds whatever happens: on days as chance has them, from seeds that are named when a law
// is broken.

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/json.hpp"
#include "domain/room/beyond.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/random_day.hpp"

namespace etakahvila::domain {
inline bool operator==(const Outcome& a, const Outcome& b) { return a.seq == b.seq && a.refusal == b.refusal; }
}  // namespace etakahvila::domain

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr std::uint64_t days = 60;
constexpr int inputs_of_a_day = 1500;

std::string text_of(const Step& step) {
    std::string text = std::to_string(step.seq) + " at " + std::to_string(step.stamp.at.ms) + " utc " +
                       std::to_string(step.stamp.utc.ms);
    if (step.member) text += " by " + std::to_string(step.member->value) + " as " + step.command;
    if (step.refusal) text += " refused " + base::json::to_text(*step.refusal);
    for (const auto& event : step.events) text += "\n  " + base::json::to_text(event.any());
    return text;
}

/// What tells two rooms apart: all that anyone sees, all that is due, all that was answered.
void check_equal(const Room& a, const Room& b) {
    CHECK(a.seq == b.seq);
    CHECK(a.now == b.now);
    CHECK(next_due(a) == next_due(b));
    CHECK(a.outcomes == b.outcomes);
    CHECK(attendance_of(a, a.now.at) == attendance_of(b, b.now.at));
    const auto viewers = all_viewers(a);
    CHECK(viewers.size() == all_viewers(b).size());
    for (const auto& viewer : viewers)
        CHECK(ClientView{snapshot(a, viewer)}.difference(ClientView{snapshot(b, viewer)}) == "");
}

/// A client that is told of the room now and then.
struct Onlooker {
    Viewer viewer;
    Seq seq{};
    ClientView view;

    void catch_up(const Room& room) {
        view.take(changes_since(room, seq, viewer));
        seq = room.seq;
    }
};

}  // namespace

TEST_CASE("law: replaying the steps gives the live room") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        check_equal(day.room.room(), replayed(day.room.steps()));
    }
}

TEST_CASE("law: the box is what the store has kept beside the steps, and empty when no poll is open") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) {
            day.go_on();
            const auto& room = day.room.room();
            REQUIRE((open_poll(room) != nullptr || room.polls.box.empty()));
        }
        const auto& box = day.room.room().polls.box;
        CHECK(box == replayed(day.room.steps()).polls.box);
        CHECK(box.size() == ballots_after(day.room.steps()).size());
    }
}

TEST_CASE("law: the same inputs and stamps give the same steps") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        Room room;
        std::vector<Step> steps;
        for (const auto& [input, stamp, is_from_backup] : day.room.given()) {
            if (is_from_backup) room.polls.box.clear();
            auto step = decide(room, input, stamp);
            if (is_empty(step)) continue;
            apply(room, step);
            steps.push_back(std::move(step));
        }
        REQUIRE(steps.size() == day.room.steps().size());
        for (std::size_t index = 0; index < steps.size(); ++index) {
            if (text_of(steps[index]) != text_of(day.room.steps()[index]))
                FAIL(text_of(steps[index]) << "\nwas\n" << text_of(day.room.steps()[index]));
        }
    }
}

TEST_CASE("law: a decision changes nothing") {
    RandomDay day{7};
    for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
    const auto before = day.room.room();
    for (const auto& given : day.room.given()) (void)decide(day.room.room(), given.input, day.room.now());
    check_equal(before, day.room.room());
}

TEST_CASE("law: a snapshot and the changes since it show what a snapshot now shows") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        Chance chance{seed + 1'000};
        std::vector<Onlooker> clients;
        std::set<PersonId> known;
        for (int input = 0; input < inputs_of_a_day; ++input) {
            day.go_on();
            const auto& room = day.room.room();
            for (const auto& viewer : all_viewers(room)) {
                const bool is_new = viewer.person && known.insert(*viewer.person).second;
                if (is_new || chance.once_in(2'000))
                    clients.push_back({viewer, room.seq, ClientView{snapshot(room, viewer)}});
            }
            for (auto& client : clients) {
                if (!chance.once_in(15)) continue;
                client.catch_up(room);
                const ClientView now{snapshot(room, client.viewer)};
                if (client.view != now) {
                    const auto person = client.viewer.person ? client.viewer.person->value : 0;
                    FAIL("after step " << room.seq << ", person " << person << ", held and shown differ:\n"
                                       << client.view.difference(now) << text_of(day.room.steps().back()));
                }
            }
        }
        for (auto& client : clients) {
            client.catch_up(day.room.room());
            CHECK(client.view.difference(ClientView{snapshot(day.room.room(), client.viewer)}) == "");
        }
    }
}

TEST_CASE("who was away for long is shown the newest messages and no more, and what became of those they had") {
    RoomDriver room;
    const auto chair = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(chair);
    const auto say = [&](int number) {
        room.pass(2s);
        return room
            .ask(chair,
                SendMessage{.channel = Channel::room, .text = "viesti " + std::to_string(number), .reply_to = {}})
            .id<MessageId>();
    };
    const auto early = say(0);
    const auto since = room.seq();
    Onlooker client{room.viewer(chair), since, ClientView{snapshot(room.room(), room.viewer(chair))}};
    for (int number = 1; number <= 1000; ++number) say(number);
    REQUIRE(room.ask(chair, RetractMessage{.message = early, .reason = {}, .version = {}}).is_done());
    const auto missed = changes_since(room.room(), since, client.viewer);
    const auto messages = std::count_if(
        missed.begin(), missed.end(), [](const Change& change) { return std::holds_alternative<Message>(change); });
    CHECK(messages == static_cast<std::ptrdiff_t>(messages_shown_max) + 1);
    client.catch_up(room.room());
    CHECK(client.view.difference(ClientView{snapshot(room.room(), client.viewer)}) == "");
}

TEST_CASE("law: who is not named as a personal viewer sees what all of their audience see") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) {
            const auto before = day.room.seq();
            day.go_on();
            const auto& room = day.room.room();
            for (const auto thing : room.changes.since(before)) {
                std::vector<PersonId> personal;
                add_personal_viewers(room, thing, personal);
                for (const auto& [person, member] : room.presence.members) {
                    if (std::find(personal.begin(), personal.end(), person) != personal.end()) continue;
                    const auto audience = audience_of(member.role);
                    const auto theirs = see(room, thing, Viewer{.audience = audience, .person = person});
                    const auto all = see(room, thing, Viewer{.audience = audience, .person = {}});
                    if (theirs != all)
                        FAIL("person " << person.value << " sees something of their own in "
                                       << base::name_of(thing.kind) << " " << thing.id << "\n"
                                       << text_of(day.room.steps().back()));
                }
            }
        }
    }
}

TEST_CASE("law: a repeat of a command finds its first outcome") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        const auto again = replayed(day.room.steps());
        std::set<std::pair<PersonId, std::string>> seen;
        for (const auto& step : day.room.steps()) {
            if (!step.member) continue;
            REQUIRE(seen.emplace(*step.member, step.command).second);
            for (const auto* room : {&day.room.room(), &again}) {
                const auto* outcome = earlier_outcome(*room, *step.member, step.command);
                REQUIRE(outcome != nullptr);
                CHECK(outcome->seq == step.seq);
                CHECK(outcome->refusal == step.refusal);
            }
        }
    }
}

TEST_CASE("law: steps are counted without gaps and their time never goes back") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        Seq seq = 0;
        RoomTime at;
        for (const auto& step : day.room.steps()) {
            CHECK(step.seq == ++seq);
            CHECK(step.stamp.at >= at);
            CHECK((!step.refusal || step.events.empty()));
            at = step.stamp.at;
        }
    }
}

TEST_CASE("law: a day that is cancelled stays so; nobody is called for, asked or absent in it") {
    int cancelled = 0;
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) {
            const bool was_cancelled = day.room.room().session.phase == Phase::cancelled;
            day.go_on();
            const auto& room = day.room.room();
            if (was_cancelled) REQUIRE(room.session.phase == Phase::cancelled);
        }
        const auto& room = day.room.room();
        if (room.session.phase != Phase::cancelled) continue;
        ++cancelled;
        CHECK(room.session.live.empty());
        CHECK(room.attendance.rows.empty());
        CHECK(open_poll(room) == nullptr);
        CHECK_FALSE(room.feedback);
        CHECK(people_to_help(room).empty());
        CHECK_FALSE(doors_due(room));
    }
    CHECK(cancelled > 0);
}

TEST_CASE("law: time in the room is within the counted window, in order and without overlap") {
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        for (const auto& row : attendance_of(day.room.room(), day.room.now().at)) {
            Milliseconds sum{};
            std::optional<RoomTime> last;
            for (const auto& interval : row.intervals) {
                CHECK(interval.from < interval.to);
                CHECK((!last || *last <= interval.from));
                last = interval.to;
                sum += interval.to - interval.from;
            }
            CHECK(sum == row.connected);
            CHECK(row.connected <= row.window);
            CHECK(row.over_outages <= row.connected);
            CHECK(row.over_outages >= Milliseconds{});
        }
    }
}

namespace {

/// Of all files of stored events: a rule that comes later may bring its own.
std::vector<std::string> every_line_ever() {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator{ETAKAHVILA_TESTS "/data"}) {
        if (const auto name = entry.path().filename().string(); name.starts_with("events-")) files.insert(name);
    }
    std::vector<std::string> lines;
    for (const auto& file : files) {
        const auto more = lines_of(test_file("data/" + file));
        lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
}

std::vector<Event> events_in(const std::vector<std::string>& lines) {
    simdjson::dom::parser parser;
    std::vector<Event> events;
    for (const auto& line : lines) {
        auto read = base::json::from_text<Event>(parser, line);
        if (const auto* fault = std::get_if<base::json::Fault>(&read))
            FAIL(line << "\n" << fault->path << " " << fault->why);
        events.push_back(std::get<Event>(std::move(read)));
    }
    return events;
}

std::vector<Event> every_event_ever() { return events_in(every_line_ever()); }

Step step_of(const Room& room, Event event) {
    Step step{.seq = room.seq + 1,
        .stamp = {.at = room.now.at + 1s, .utc = {}},
        .member = {},
        .command = {},
        .refusal = {},
        .events = {}};
    step.events.push_back(std::move(event));
    return step;
}

void look_at(const Room& room) {
    for (const auto& viewer : all_viewers(room)) {
        (void)snapshot(room, viewer);
        (void)changes_since(room, 0, viewer);
    }
    (void)next_due(room);
    (void)attendance_of(room, room.now.at);
}

}  // namespace

TEST_CASE("law: nobody who comes of their own will is ever absent, whatever their kind of decision is called") {
    std::int64_t seen = 0;
    for (std::uint64_t seed = 1; seed <= days; ++seed) {
        INFO("seed " << seed);
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) {
            day.go_on();
            for (const auto& [person, row] : day.room.room().attendance.rows) {
                if (!is_of_own_will(row.proposed)) continue;
                CHECK(row.proposed.proposal != Proposal::not_seen);
                CHECK(row.proposed.proposal != Proposal::excused);
                if (row.marking() == nullptr) continue;
                ++seen;
                const auto mark = row.marking()->marked.mark;
                REQUIRE((mark == Mark::present || mark == Mark::partial));
            }
        }
    }
    CHECK(seen > 0);
}

TEST_CASE("law: on these days everything happens that can") {
    std::set<std::size_t> happened;
    // What is rare comes on one day in some hundred.
    const auto all = boost::mp11::mp_size<EventList>::value;
    for (std::uint64_t seed = 1; seed <= 4 * days && happened.size() + 1 < all; ++seed) {
        RandomDay day{seed};
        for (int input = 0; input < inputs_of_a_day; ++input) day.go_on();
        for (const auto& step : day.room.steps()) {
            for (const auto& event : step.events) happened.insert(event.any().index());
        }
    }
    std::vector<std::string> never;
    // A day is compacted when it is over for long: keeping_test.cpp.
    happened.insert(Event{RoomCompacted{}}.any().index());
    std::size_t index = 0;
    boost::mp11::mp_for_each<EventList>([&](auto event) {
        if (!happened.contains(index++)) never.emplace_back(decltype(event)::wire_name);
    });
    CHECK(never == std::vector<std::string>{});
}

TEST_CASE("law: the golden files have every event that there is") {
    std::set<std::size_t> found;
    for (const auto& event : every_event_ever()) found.insert(event.any().index());
    std::vector<std::string> missing;
    std::size_t index = 0;
    boost::mp11::mp_for_each<EventList>([&](auto event) {
        if (!found.contains(index++)) missing.emplace_back(decltype(event)::wire_name);
    });
    CHECK(missing == std::vector<std::string>{});
}

TEST_CASE("law: an event from before kinds were data is read as it is, and proposed by as it was") {
    const auto events = events_in(lines_of(test_file("data/events-1.jsonl")));
    Room room;
    std::map<std::string, Duty> duties;
    for (const auto& event : events) {
        apply(room, step_of(room, event));
        if (const auto* admitted = std::get_if<PersonAdmitted>(&event.any()); admitted && admitted->decision_type) {
            CHECK_FALSE(admitted->duty);
            duties.emplace(*admitted->decision_type, *duty_of(admitted->decision_type, admitted->duty));
        }
        const auto* planned = std::get_if<SessionPlanned>(&event.any());
        if (planned == nullptr) continue;
        for (const auto& person : planned->plan.roster) {
            if (person.decision_type)
                duties.emplace(*person.decision_type, *duty_of(person.decision_type, person.duty));
        }
    }
    CHECK(duties == std::map<std::string, Duty>{{"work_activity", Duty::obligatory},
                        {"disability_work_activity", Duty::obligatory}, {"social_rehabilitation", Duty::own_will}});
    // The plan of that time: one is bound by a decision, one comes of their own will, and neither was seen.
    const auto expected = [](const Room& of, std::int64_t person) {
        const auto all = attendance_of(of, of.now.at);
        return std::find_if(all.begin(), all.end(), [&](const auto& each) {
            return each.person.value == person;
        })->proposal;
    };
    Room of_then;
    apply(of_then, step_of(of_then, events.front()));
    CHECK(expected(of_then, 3) == Proposal::not_seen);
    CHECK_FALSE(expected(of_then, 5));
}

TEST_CASE("law: apply takes every event ever stored, in a room that knows all and in one that knows nothing") {
    const auto events = every_event_ever();
    Room whole;
    for (const auto& event : events) {
        apply(whole, step_of(whole, event));
        look_at(whole);
    }
    Room strangers;
    for (const auto& event : events) {
        if (std::holds_alternative<PersonAdmitted>(event.any())) continue;
        apply(strangers, step_of(strangers, event));
        look_at(strangers);
    }
    for (const auto& event : events) {
        Room empty;
        INFO(base::json::to_text(event.any()));
        CHECK_NOTHROW(apply(empty, step_of(empty, event)));
        look_at(empty);
    }
}

TEST_CASE("law: what was written is read as it was") {
    simdjson::dom::parser parser;
    for (const auto& event : every_event_ever()) {
        const auto text = base::json::to_text(event);
        const auto read = base::json::from_text<Event>(parser, text);
        REQUIRE(std::holds_alternative<Event>(read));
        CHECK(base::json::to_text(std::get<Event>(read)) == text);
    }
}
