// A day that is compacted is seen as it was, but for the texts; what was decided and counted is the same, and nothing
// of what anybody wrote is left in it.

#include <algorithm>
#include <set>

#include "base/json.hpp"
#include "support/catch.hpp"
#include "support/random_command.hpp"
#include "support/sealed_day.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr std::uint64_t compacted_days = 40;
constexpr int inputs_of_compacted = 1'200;

Room made_from(const Room& room) { return replayed({compacted_step(room)}); }

/// Takes the texts out of a thing as it is seen. False: the thing itself goes with them.
struct WithoutTexts {
    const Room& before;

    bool operator()(RoomInfo& seen) const {
        seen.where_we_are.clear();
        return true;
    }
    bool operator()(Person& seen) const {
        const auto* member = before.member(seen.id);
        if (!is_staff(member->role)) seen.name.clear();
        seen.second_name.reset();
        seen.device.reset();
        seen.removal_reason.reset();
        seen.silence_reason.reset();
        seen.silenced_until.reset();
        seen.on_phone.reset();
        // Whoever was on the phone when the day closed has hung up by now.
        if (seen.presence == PresenceState::present) seen.presence = PresenceState::gone;
        return true;
    }
    bool operator()(FloorInfo& seen) const {
        seen.line_up.clear();
        seen.line_up_reason.reset();
        return true;
    }
    bool operator()(ChatInfo& seen) const {
        seen.announcement.reset();
        return true;
    }
    bool operator()(HelpRequest& seen) const {
        seen.words.reset();
        seen.call_back.reset();
        seen.handed_to.reset();
        seen.has_call_back = false;
        return true;
    }
    bool operator()(const Message&) const { return false; }
    bool operator()(const ReviewItem&) const { return false; }
    bool operator()(const HelpMessage&) const { return false; }
    bool operator()(const FloorRequest&) const { return false; }
    bool operator()(const TurnText&) const { return false; }
    bool operator()(const ParkedQuestion&) const { return false; }
    bool operator()(const Poll&) const { return false; }
    bool operator()(const PollAnswer&) const { return false; }
    /// All else is as it was.
    template <class Other>
    bool operator()(const Other&) const {
        return true;
    }
};

std::vector<Change> without_texts(const Room& room, const std::vector<Change>& seen) {
    std::vector<Change> left;
    for (auto change : seen) {
        if (std::visit(WithoutTexts{room}, change)) left.push_back(std::move(change));
    }
    return left;
}

/// Every text in an event, but for those that stay by law or are no words of anybody's.
class Texts {
public:
    template <class T>
    void take(const T& value, std::string_view name = {}) {
        if constexpr (std::is_same_v<T, std::string>) {
            // Shorter ones are found by chance in anything.
            if (value.size() >= 4 && name != "decision_type") all.insert(value);
        } else if constexpr (base::json::is_optional<T>) {
            if (value) take(*value, name);
        } else if constexpr (base::json::is_vector<T>) {
            for (const auto& each : value) take(each, name);
        } else if constexpr (base::json::Described<T>) {
            boost::mp11::mp_for_each<base::json::Members<T>>(
                [&](auto member) { take(value.*member.pointer, member.name); });
        }
    }
    /// What was planned is the records', and so are the reasons of decisions; staff's names stay.
    void take_event(const SessionPlanned&) {}
    void take_event(const AttendanceMarked&) {}
    void take_event(const AttendanceCorrected&) {}
    void take_event(const PersonAdmitted& event) {
        if (!is_staff(event.role)) take(event);
    }
    void take_event(const NameChanged& event) {
        if (event.person.value < 8) take(event);
    }
    template <class Happened>
    void take_event(const Happened& event) {
        take(event);
    }

    std::set<std::string> all;
};

/// As it stands in a record.
std::string written(const std::string& text) {
    const auto quoted = base::json::to_text(text);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

TEST_CASE("keeping: everyone sees the day as before, but for its texts; facts, marks and figures are the same") {
    int tried = 0;
    for (std::uint64_t seed = 1; seed <= compacted_days; ++seed) {
        INFO("seed " << seed);
        const auto day = sealed_day(seed, inputs_of_compacted);
        if (!day) continue;
        ++tried;
        const auto& before = day->room.room();
        REQUIRE(may_compact(before));
        const auto after = made_from(before);
        CHECK(is_compacted(after));
        CHECK(after.seq == 1);
        for (const auto& viewer : all_viewers(before)) {
            const ClientView expected{without_texts(before, snapshot(before, viewer))};
            CHECK(expected.difference(ClientView{snapshot(after, viewer)}) == "");
        }
        CHECK(attendance_of(after, after.now.at) == attendance_of(before, before.now.at));
        CHECK(help_figures(after, after.now.at) == help_figures(before, before.now.at));
        CHECK(figures_of(after) == figures_of(before));
        CHECK(after.attendance.acts == before.attendance.acts);
        CHECK_FALSE(next_due(after));
    }
    CHECK(tried > 20);
}

TEST_CASE("keeping: a day that is compacted twice is the same, and so is one that was written and read back") {
    simdjson::dom::parser parser;
    for (std::uint64_t seed = 1; seed <= compacted_days; ++seed) {
        INFO("seed " << seed);
        const auto day = sealed_day(seed, inputs_of_compacted);
        if (!day) continue;
        const auto event = compacted(day->room.room());
        CHECK(compacted(made_from(day->room.room())) == event);
        // As deep as it lies in the record of a step.
        using Lists = std::vector<std::vector<Event>>;
        const auto text = base::json::to_text(Lists{std::vector<Event>{Event{event}}});
        const auto read = base::json::from_text<Lists>(parser, text);
        REQUIRE(std::holds_alternative<Lists>(read));
        CHECK(std::get<RoomCompacted>(std::get<Lists>(read).front().front().any()) == event);
    }
}

TEST_CASE("keeping: no text of the day is in what is kept of it") {
    std::size_t looked_for = 0;
    for (std::uint64_t seed = 1; seed <= compacted_days; ++seed) {
        INFO("seed " << seed);
        const auto day = sealed_day(seed, inputs_of_compacted);
        if (!day) continue;
        Texts texts;
        for (const auto& step : day->room.steps()) {
            for (const auto& event : step.events)
                std::visit([&](const auto& happened) { texts.take_event(happened); }, event.any());
        }
        // What is kept for another reason may say the same by chance.
        Texts kept;
        kept.take(day->room.room().session.plan);
        for (const auto& act : day->room.room().attendance.acts) kept.take(act.reason);
        for (const auto& [person, member] : day->room.room().presence.members) {
            if (is_staff(member.role)) kept.take(member.name);
        }
        const auto record = base::json::to_text(Event{compacted(day->room.room())});
        for (const auto& text : texts.all) {
            const bool is_said_elsewhere = std::any_of(
                kept.all.begin(), kept.all.end(), [&](const auto& each) { return each.find(text) != each.npos; });
            if (is_said_elsewhere) continue;
            ++looked_for;
            if (record.find(written(text)) != record.npos) FAIL("it is still there: " << text);
        }
    }
    CHECK(looked_for > 100);
}

TEST_CASE(
    "keeping: what a sealed room does, a compacted one does; what it refuses as not now, that one refuses as over") {
    int done = 0;
    for (std::uint64_t seed = 1; seed <= compacted_days / 2; ++seed) {
        INFO("seed " << seed);
        const auto day = sealed_day(seed, inputs_of_compacted);
        if (!day) continue;
        const auto& before = day->room.room();
        const auto after = made_from(before);
        Chance chance{seed};
        for (int asked = 0; asked < 400; ++asked) {
            const auto command = any_command(chance, before, 12);
            const PersonId person{chance.number(1, 12)};
            const auto* member = before.member(person);
            if (member == nullptr) continue;
            const MemberCommand sent{.actor = {.person = person, .role = member->role, .connection = {}},
                .command_id = "k",
                .command = command};
            const auto one = decide(before, sent, before.now);
            const auto other = decide(after, sent, after.now);
            INFO(base::json::to_text(command));
            CHECK(one.events.size() == other.events.size());
            CHECK(one.refusal.has_value() == other.refusal.has_value());
            if (one.refusal && one.refusal->word == RefusalWord::not_now)
                CHECK((other.refusal->word == RefusalWord::over || other.refusal->word == RefusalWord::not_now));
            else
                CHECK(one.refusal == other.refusal);
            done += one.refusal ? 0 : 1;
        }
    }
    CHECK(done > 0);
}

TEST_CASE("keeping: the day's version rises on, and a plan changes nothing any more") {
    auto day = sealed_day(3, inputs_of_compacted);
    for (std::uint64_t seed = 4; !day || day->room.room().attendance.rows.empty(); ++seed)
        day = sealed_day(seed, inputs_of_compacted);
    auto& room = day->room;
    const auto version = room.room().attendance.version;
    room.compact();
    CHECK(room.room().attendance.version == version);
    auto plan = room.room().session.plan;
    plan.roster.clear();
    plan.theme = "Toinen";
    CHECK(room.submit(PlanSession{plan}).events.empty());
    const PersonId moderator{10};
    CHECK(room.ask(moderator, ReopenSession{}).refusal == RefusalWord::over);
    std::vector<std::pair<PersonId, std::int64_t>> rows;
    for (const auto& [person, row] : room.room().attendance.rows) rows.emplace_back(person, row.version);
    int corrected = 0;
    for (const auto& [person, row_version] : rows) {
        const auto answer = room.ask(moderator, CorrectAttendance{.person = person,
                                                    .version = row_version,
                                                    .mark = Mark::partial,
                                                    .minutes = 1,
                                                    .reason = "Kuului puhelimesta",
                                                    .source = MarkSource::phone});
        if (!answer.is_done()) continue;
        ++corrected;
        CHECK(room.room().attendance.rows.at(person).marking()->marked.mark == Mark::partial);
        CHECK(room.room().attendance.rows.at(person).corrections.back().reason == "Kuului puhelimesta");
    }
    CHECK(corrected > 0);
    CHECK(room.room().attendance.version > version);
    room.compact();
    CHECK(room.room().attendance.acts.back().reason == "Kuului puhelimesta");
}

TEST_CASE("keeping: only a day that is sealed or cancelled is compacted") {
    RoomDriver room;
    const auto chair = room.admit("Ohjaaja", Role::facilitator);
    CHECK_FALSE(may_compact(room.room()));
    room.go_live(chair);
    CHECK_FALSE(may_compact(room.room()));
    room.ask(chair, CloseSession{});
    CHECK_FALSE(may_compact(room.room()));

    RoomDriver cancelled;
    const auto person = cancelled.admit("Mustikka");
    cancelled.submit(CancelSession{});
    REQUIRE(may_compact(cancelled.room()));
    const auto after = made_from(cancelled.room());
    CHECK(after.session.phase == Phase::cancelled);
    CHECK(after.member(person)->name.empty());
}
