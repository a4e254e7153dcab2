// A round: everyone present in turn. Each speaks, passes, or says "later" (once). Nobody is added
// to the queue by themselves meanwhile; who has no microphone may write their turn of the round.

#include <algorithm>
#include <limits>

#include "domain/floor/parts.hpp"

namespace etakahvila::domain {
namespace {

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// Written out, so that a seed that is on record gives the same order for ever, on any machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    /// 0 … sides - 1, each as likely.
    std::uint64_t roll(std::uint64_t sides) {
        const auto fair = std::numeric_limits<std::uint64_t>::max() / sides * sides;
        auto number = next();
        while (number >= fair) number = next();
        return number % sides;
    }

private:
    std::uint64_t next() {
        auto mixed = state_ += 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31);
    }

    std::uint64_t state_;
};

/// Fisher and Yates, from the end.
void shuffle(std::vector<PersonId>& people, std::int64_t seed) {
    Dice dice{static_cast<std::uint64_t>(seed)};
    for (auto left = people.size(); left > 1; --left) std::swap(people[left - 1], people[dice.roll(left)]);
}

/// Staff run the round, they do not sit in it.
bool takes_part(const Member& member) { return !is_staff(member.role); }

std::vector<PersonId> people_present(const Room& room) {
    std::vector<const Member*> present;
    for (const auto& [id, member] : room.presence.members) {
        if (member.is_there() && takes_part(member)) present.push_back(&member);
    }
    std::stable_sort(present.begin(), present.end(), [](const auto* a, const auto* b) { return a->came < b->came; });
    std::vector<PersonId> people;
    people.reserve(present.size());
    for (const auto* member : present) people.push_back(member->id);
    return people;
}

void mark(RoundOn& round, const RoundMarked& event) {
    auto seat = std::find_if(
        round.seats.begin(), round.seats.end(), [&](const auto& each) { return each.person == event.person; });
    if (seat == round.seats.end()) seat = round.seats.insert(seat, RoundSeat{.person = event.person});
    seat->mark = event.mark;
    if (event.mark == RoundMark::later) seat->later_used = true;
    if (event.to_end) std::rotate(seat, seat + 1, round.seats.end());
}

/// Takes what the person says of their own place: while they hold the turn of it, the turn ends too.
Decision give_up_place(const Room& room, const Context& context, const RoundSeat& seat, const RoundMarked& marked) {
    std::vector<Event> events;
    if (seat.mark == RoundMark::speaking && room.floor.turn && room.floor.turn->speaker == seat.person &&
        room.floor.turn->in_round) {
        add_turn_end(room, TurnEnd::handed_back, context.actor.person, events);
    }
    events.emplace_back(marked);
    return events;
}

}  // namespace

const RoundSeat* seat_of(const Room& room, PersonId person) {
    if (!room.floor.round) return nullptr;
    const auto& seats = room.floor.round->seats;
    const auto found = std::find_if(
        seats.begin(), seats.end(), [&](const auto& seat) { return seat.person == person; });
    return found == seats.end() ? nullptr : &*found;
}

bool is_open(const RoundSeat& seat) { return seat.mark == RoundMark::waiting || seat.mark == RoundMark::later; }

void add_round_end(const Room& room, std::vector<Event>& events) {
    if (!room.floor.round) return;
    auto round = *room.floor.round;
    bool is_marked = false;
    for (const auto& event : events) {
        if (std::holds_alternative<RoundEnded>(event.any()) || std::holds_alternative<FloorEnded>(event.any())) return;
        if (const auto* marked = std::get_if<RoundMarked>(&event.any())) {
            mark(round, *marked);
            is_marked = true;
        }
    }
    const bool goes_on = std::any_of(round.seats.begin(), round.seats.end(),
        [](const auto& seat) { return is_open(seat) || seat.mark == RoundMark::speaking; });
    if (is_marked && !goes_on) events.emplace_back(RoundEnded{});
}

/// The person is there: to the end of the round, when they were skipped or are new. Who is not a
/// member yet is let in by this very step, which never lets staff in.
void add_round_arrival(const Room& room, PersonId person, std::vector<Event>& out) {
    const auto* member = room.member(person);
    if (!room.floor.round || (member != nullptr && !takes_part(*member))) return;
    const auto* seat = seat_of(room, person);
    if (seat != nullptr && seat->mark != RoundMark::absent) return;
    const bool has_used_later = seat != nullptr && seat->later_used;
    out.emplace_back(
        RoundMarked{.person = person, .mark = has_used_later ? RoundMark::later : RoundMark::waiting, .to_end = true});
}

void add_round_departure(const Room& room, PersonId person, std::vector<Event>& out) {
    const auto* seat = seat_of(room, person);
    if (seat != nullptr && is_open(*seat))
        out.emplace_back(RoundMarked{.person = person, .mark = RoundMark::absent, .to_end = false});
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const StartRound& command) {
    if (room.floor.round)
        return refused(RefusalWord::already_open, room.floor.round->id.value, room.floor.round->begun_by);
    auto people = people_present(room);
    if (people.empty()) return RefusalWord::nobody_waiting;
    if (command.seed) shuffle(people, *command.seed);
    return done(RoundBegun{.round = context.new_id<RoundId>(),
        .people = std::move(people),
        .seed = command.seed,
        .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const EndRound&) {
    if (!room.floor.round) return RefusalWord::not_in_round;
    return done(RoundEnded{context.actor.person});
}

Decision decide(const Room& room, const Context& context, const PassRound&) {
    const auto* seat = seat_of(room, context.actor.person);
    if (seat == nullptr || (!is_open(*seat) && seat->mark != RoundMark::speaking)) return RefusalWord::not_in_round;
    return give_up_place(room, context, *seat, {.person = seat->person, .mark = RoundMark::passed, .to_end = false});
}

Decision decide(const Room& room, const Context& context, const TakeRoundLater&) {
    const auto* seat = seat_of(room, context.actor.person);
    if (seat == nullptr || (!is_open(*seat) && seat->mark != RoundMark::speaking)) return RefusalWord::not_in_round;
    if (seat->later_used) return refused(RefusalWord::later_used, room.floor.round->id.value);
    return give_up_place(room, context, *seat, {.person = seat->person, .mark = RoundMark::later, .to_end = true});
}

// ---- events

void apply(Room& room, const Context& context, const RoundBegun& event) {
    auto& floor = room.floor;
    RoundOn round{
        .id = event.round, .seats = {}, .seed = event.seed, .begun_by = event.by, .policy_before = floor.policy};
    for (const auto person : event.people) {
        round.seats.push_back({.person = person});
        bring_into_view(room, context, person);
    }
    floor.round = std::move(round);
    floor.policy = FloorPolicy::round;
    room.touch(context, ChangeKind::round);
    room.touch(context, ChangeKind::floor);
}

void apply(Room& room, const Context& context, const RoundMarked& event) {
    if (!room.floor.round) return;
    mark(*room.floor.round, event);
    if (event.mark == RoundMark::passed || event.mark == RoundMark::later) note_sign(room, context, event.person);
    room.touch(context, ChangeKind::round);
}

void apply(Room& room, const Context& context, const RoundEnded&) {
    auto& floor = room.floor;
    if (!floor.round) return;
    floor.policy = floor.round->policy_before;
    floor.round.reset();
    room.touch(context, ChangeKind::round);
    room.touch(context, ChangeKind::floor);
}

// ---- how it looks

std::optional<Change> see_round(const Room& room) {
    if (!room.floor.round) return Dropped{.kind = ChangeKind::round, .id = 0};
    Round seen{.id = room.floor.round->id, .places = {}, .seed = room.floor.round->seed};
    for (const auto& seat : room.floor.round->seats) seen.places.push_back({.person = seat.person, .mark = seat.mark});
    return seen;
}

}  // namespace etakahvila::domain
