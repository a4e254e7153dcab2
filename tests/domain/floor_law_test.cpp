// What holds whatever people, lines and staff do, in any order: rooms driven by dice, from seeds
// that are printed when a law is broken.

#include <algorithm>
#include <map>
#include <random>

#include "domain/floor/parts.hpp"
#include "support/floor_scene.hpp"
#include "support/room_promises.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// Plays one room. The generator's numbers are the standard's own; their use is ours, so that a
/// seed plays the same everywhere.
class Play {
public:
    explicit Play(std::uint64_t seed) : dice_{seed} {
        for (int number = 0; number < 6; ++number)
            people_.push_back(room.admit("Osallistuja " + std::string(1, static_cast<char>('A' + number))));
        people_.insert(people_.end(), {room.mustikka, room.kanerva, room.siili, room.vieras});
        for (const auto viewer : all_viewers(room.room()))
            clients_.push_back({viewer, room.seq(), ClientView{snapshot(room.room(), viewer)}, roll(7) + 1});
    }

    void run(int steps) {
        for (int step = 0; step < steps; ++step) {
            before_ = places();
            staff_acts_ = false;
            own_acts_.clear();
            act();
            watch_the_clock();
            check(step);
        }
    }

    /// What happened, by the event's name: a law that nothing has tried says little.
    void count(std::map<std::string_view, int>& happened) const {
        for (const auto& step : room.steps()) {
            for (const auto& event : step.events)
                std::visit([&](const auto& is) { ++happened[is.wire_name]; }, event.any());
        }
    }

    FloorScene room;

private:
    using Places = std::map<RequestId, std::size_t>;
    struct Onlooker {
        Viewer viewer;
        Seq seq;
        ClientView view;
        std::uint64_t every;
    };

    std::uint64_t roll(std::uint64_t sides) { return dice_() % sides; }
    bool chance(std::uint64_t percent) { return roll(100) < percent; }
    PersonId anyone() { return people_[roll(people_.size())]; }
    std::optional<TurnId> seen_turn() {
        return chance(90)
                   ? room.turn_on()
                   : std::optional{TurnId{static_cast<std::int64_t>(roll(static_cast<std::uint64_t>(room.seq())))}};
    }
    RequestId any_request() {
        const auto& requests = room.room().floor.requests;
        if (requests.empty() || chance(3)) return RequestId{static_cast<std::int64_t>(roll(5000))};
        return std::next(requests.begin(), static_cast<std::ptrdiff_t>(roll(requests.size())))->first;
    }

    /// The place of each among its kind: replies among replies, the rest among the rest.
    Places places() const {
        Places found;
        std::size_t replies = 0;
        std::size_t others = 0;
        for (const auto id : room.waiting())
            found[id] = room.room().floor.requests.at(id).kind == FloorRequestKind::reply ? replies++ : others++;
        return found;
    }

    void own(PersonId person, Command command) {
        own_acts_.push_back(person);
        room.ask(person, std::move(command));
    }
    void staff(Command command) {
        staff_acts_ = true;
        room.ask(chance(50) ? room.ohjaaja : room.toinen_ohjaaja, std::move(command));
    }

    void act() {
        const auto person = anyone();
        switch (roll(35)) {
            case 0:
            case 1:
            case 2:
            case 3:
                own(person, RequestFloor{.kind = FloorRequestKind::speak,
                                .note = chance(20) ? std::optional<std::string>{"Kahvista."} : std::nullopt});
                break;
            case 4: own(person, RequestFloor{.kind = FloorRequestKind::reply}); break;
            case 5: own(person, RequestFloor{.kind = FloorRequestKind::written, .text = "Kävely auttaa."}); break;
            case 6: own(person, CancelFloorRequest{any_request()}); break;
            case 7:
            case 8:
            case 9: staff(GrantFloor{.request = {}, .expected_turn = seen_turn()}); break;
            case 10: staff(GrantFloor{.request = any_request(), .expected_turn = seen_turn()}); break;
            case 11: staff(GrantFloorTo{.person = person, .expected_turn = seen_turn()}); break;
            case 12:
            case 13:
                if (room.speaker()) own(*room.speaker(), ReleaseTurn{.turn = *room.turn_on(), .later = chance(20)});
                break;
            case 14: staff(RevokeTurn{seen_turn().value_or(TurnId{1})}); break;
            case 15: staff(PauseTurn{seen_turn().value_or(TurnId{1})}); break;
            case 16: staff(ContinueTurn{seen_turn().value_or(TurnId{1})}); break;
            case 17: staff(SetFloorPolicy{static_cast<FloorPolicy>(roll(3))}); break;
            case 18: staff(SetTurnLimit{.seconds = static_cast<std::int64_t>(roll(4)) * 30, .hard = chance(50)}); break;
            case 19: {
                auto order = room.waiting();
                if (order.size() > 1) std::swap(order.front(), order[roll(order.size())]);
                if (chance(10) && !order.empty()) order.pop_back();
                staff(ReorderLineUp{order});
                break;
            }
            case 20: staff(OrderLeastHeardFirst{}); break;
            case 21:
            case 22:
            case 23: toggle_line(person); break;
            case 24: staff(ApproveFloorRequest{any_request()}); break;
            case 25:
                chance(50) ? staff(DenyFloorRequest{.request = any_request(), .reason = "Ei nyt."})
                           : staff(RestoreFloorRequest{any_request()});
                break;
            case 26: round_act(person); break;
            case 27: rare_act(person); break;
            case 28: lose_the_speaker(); break;
            case 29:
            case 30: someone_comes_back(); break;
            case 31: put_someone_back(); break;
            case 32: staff(NudgeSpeaker{seen_turn().value_or(TurnId{1})}); break;
            default: room.pass(std::chrono::milliseconds{roll(60'000)});
        }
    }

    void toggle_line(PersonId person) {
        own_acts_.push_back(person);
        const auto up = room.member(person).up;
        if (up == 0 || (up == 1 && chance(15)))
            room.connect(person);
        else if (chance(20))
            room.leave(person);
        else
            room.lose(person);
    }

    void lose_the_speaker() {
        if (!room.speaker()) return;
        own_acts_.push_back(*room.speaker());
        while (room.member(*room.speaker()).is_up()) room.lose(*room.speaker());
    }
    void someone_comes_back() {
        std::vector<PersonId> away;
        for (const auto person : people_)
            if (!room.member(person).is_up()) away.push_back(person);
        if (away.empty()) return;
        own_acts_.push_back(away[roll(away.size())]);
        room.connect(own_acts_.back());
    }
    void put_someone_back() {
        for (const auto& [id, request] : room.room().floor.requests) {
            const auto* ended = std::get_if<Request::Ended>(&request.state);
            if (ended == nullptr || ended->how != FloorRequestState::expired) continue;
            if (!room.member(request.beneficiary).is_up()) room.connect(request.beneficiary);
            return staff(RestoreFloorRequest{id});
        }
    }

    void round_act(PersonId person) {
        if (!room.room().floor.round)
            return staff(chance(50) ? StartRound{.seed = static_cast<std::int64_t>(roll(10'000))} : StartRound{});
        switch (roll(6)) {
            case 0:
            case 1: own(person, PassRound{}); break;
            case 2:
            case 3: own(person, TakeRoundLater{}); break;
            case 4: staff(GrantFloor{.request = {}, .expected_turn = room.turn_on()}); break;
            default:
                if (chance(30)) staff(EndRound{});
        }
    }

    void rare_act(PersonId person) {
        staff_acts_ = true;
        switch (roll(10)) {
            case 8:
            case 9: room.ask(room.moderaattori, SetOnPhone{.person = person, .on = chance(60)}); break;
            case 0: room.ask(room.ohjaaja, StartBreak{.minutes = 5}); break;
            case 1:
            case 2: room.ask(room.ohjaaja, EndBreak{}); break;
            case 3: room.ask(room.ohjaaja, SetCurrentItem{AgendaItemId{static_cast<std::int64_t>(roll(3)) + 1}}); break;
            case 4: room.restart(std::chrono::seconds{roll(300)}); break;
            case 5:
                room.ask(room.moderaattori, RemovePerson{.person = person, .reason = "Levoton.", .ban = false});
                room.ask(room.moderaattori, ReadmitPerson{person});
                break;
            case 6:
                room.ask(room.moderaattori, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = person});
                break;
            default: room.ask(room.ohjaaja, SetOnStage{.person = person, .on = chance(50)});
        }
    }

    /// Reads the timeline off the journal's steps, by a rule of its own: what runs between a
    /// grant and its end, less what stood.
    void watch_the_clock() {
        for (; read_ < room.steps().size(); ++read_) {
            const auto& step = room.steps()[read_];
            for (const auto& event : step.events)
                std::visit([&](const auto& happened) { see_event(step.stamp.at, happened); }, event.any());
        }
    }
    void stop(RoomTime at) {
        if (running_since_ && holder_) timeline_[*holder_] += std::max(Milliseconds{0}, at - *running_since_);
        running_since_.reset();
    }
    void see_event(RoomTime at, const FloorGranted& event) {
        // Never two holders of one floor.
        CHECK_FALSE(is_held_);
        is_held_ = true;
        holder_ = event.kind == FloorRequestKind::written ? std::nullopt : std::optional{event.speaker};
        running_since_ = at;
        stood_paused_ = false;
    }
    void see_event(RoomTime at, const TurnEnded&) {
        CHECK(is_held_);
        stop(at);
        is_held_ = false;
    }
    void see_event(RoomTime at, const TurnPaused&) {
        stop(at);
        stood_paused_ = true;
    }
    void see_event(RoomTime at, const TurnContinued&) {
        running_since_ = at;
        stood_paused_ = false;
    }
    void see_event(RoomTime, const TurnSuspended& event) { stop(event.spoke_until); }
    void see_event(RoomTime at, const TurnResumed&) {
        if (!stood_paused_) running_since_ = at;
    }
    template <class Other>
    void see_event(RoomTime, const Other&) {}

    void check(int step) {
        INFO("step " << step << ", seq " << room.seq());
        const auto& floor = room.room().floor;
        CHECK(is_held_ == floor.turn.has_value());

        // Clock sums equal the timeline.
        for (const auto person : people_) {
            auto counted = Milliseconds{0};
            if (const auto voice = floor.voices.find(person); voice != floor.voices.end())
                counted += voice->second.spoken;
            if (floor.turn && floor.turn->speaker == person && floor.turn->kind != FloorRequestKind::written) {
                const auto* speaking = std::get_if<TurnOn::Speaking>(&floor.turn->state);
                counted += floor.turn->spoken +
                           (speaking != nullptr ? room.now().at - speaking->since : Milliseconds{0});
            }
            auto expected = timeline_[person];
            if (holder_ == person && running_since_) expected += room.now().at - *running_since_;
            CHECK(counted == expected);
        }

        // Nobody's place gets worse but by a staff act or their own.
        if (!staff_acts_) {
            for (const auto& [id, place] : places()) {
                const auto was = before_.find(id);
                if (was == before_.end()) continue;
                if (std::find(own_acts_.begin(), own_acts_.end(), floor.requests.at(id).beneficiary) != own_acts_.end())
                    continue;
                CHECK(place <= was->second);
            }
        }

        CHECK(broken_promise(room.room()).value_or("") == "");
        CHECK(floor.requests.size() <= 6 * people_.size() + 40);

        // Snapshot and changes show what a snapshot shows, from whenever; and the order that is
        // shown is the room's.
        for (auto& client : clients_) {
            if (static_cast<std::uint64_t>(step) % client.every != 0) continue;
            client.view.take(changes_since(room.room(), client.seq, client.viewer));
            client.seq = room.seq();
            const ClientView anew{snapshot(room.room(), client.viewer)};
            CHECK(client.view.difference(anew) == "");
            std::vector<RequestId> shown;
            for (const auto* request : anew.queue()) shown.push_back(request->id);
            CHECK(shown == room.waiting());
        }
    }

    std::mt19937_64 dice_;
    People people_;
    std::vector<Onlooker> clients_;
    Places before_;
    bool staff_acts_{};
    People own_acts_;
    std::size_t read_{};
    bool is_held_{};
    std::optional<PersonId> holder_;
    std::optional<RoomTime> running_since_;
    bool stood_paused_{};
    std::map<PersonId, Milliseconds> timeline_;
};

}  // namespace

TEST_CASE("laws of the floor: one holder, no lost place, true clocks, the same picture for all") {
    std::map<std::string_view, int> happened;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        Play play{seed};
        play.run(500);
        play.room.ask(play.room.ohjaaja, CloseSession{});
        CHECK(play.room.waiting().empty());
        CHECK(play.room.turn_on() == std::nullopt);
        play.count(happened);
    }
    boost::mp11::mp_for_each<FloorEvents>([&](const auto& event) {
        INFO(event.wire_name);
        CHECK(happened[event.wire_name] >= 4);
    });
}

TEST_CASE("laws of the floor: replaying the journal gives the same floor") {
    Play play{4127};
    play.run(1500);
    const auto again = replayed(play.room.steps());
    for (const auto& viewer : all_viewers(play.room.room())) {
        const ClientView live{snapshot(play.room.room(), viewer)};
        const ClientView replay{snapshot(again, viewer)};
        CHECK(live.difference(replay) == "");
        CHECK(waiting_requests(again) == play.room.waiting());
    }
    // The same commands at the same times are decided alike.
    Room second;
    std::size_t step = 0;
    for (const auto& given : play.room.given()) {
        const auto decided = decide(second, given.input, given.stamp);
        if (is_empty(decided)) continue;
        REQUIRE(step < play.room.steps().size());
        CHECK(base::json::to_text(decided.events.size()) == base::json::to_text(play.room.steps()[step].events.size()));
        CHECK(decided.refusal == play.room.steps()[step].refusal);
        apply(second, decided);
        ++step;
    }
    CHECK(waiting_requests(second) == play.room.waiting());
}
