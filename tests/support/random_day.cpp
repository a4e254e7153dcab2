#include "support/random_day.hpp"

#include <algorithm>
#include <array>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/json.hpp"

namespace etakahvila::testing {
namespace {

constexpr std::array roles{Role::participant, Role::participant, Role::participant, Role::participant, Role::participant, Role::participant,
                           Role::guest, Role::facilitator, Role::facilitator, Role::moderator, Role::moderator, Role::coordinator};
constexpr std::int64_t people = roles.size();
constexpr std::int64_t stranger = 99;

Role role_of(std::int64_t person) { return person <= people ? roles[static_cast<std::size_t>(person - 1)] : Role::participant; }

const std::array<std::string, 11> texts{"Hyvää huomenta", "Kiitos", "hölmö juttu", "https://esimerkki.fi", "", "   ", "a\u200bb", "Rivi\ntoinen rivi", "040 123 4567", "Mustikka", std::string(1200, 'x')};
const std::array<std::string, 6> names{"Mustikka", "Kanerva", "Halla", "Ohjaaja", "", "Pihla"};

/// Fills the fields of a command: with what is in the room, as a rule, and now and then with what is not.
class Filler {
public:
    Filler(Chance& chance, const Room& room) : chance_{chance}, room_{room} {}

    template <base::json::Described T>
    void fill(T& command) {
        boost::mp11::mp_for_each<base::json::Members<T>>([&](auto member) {
            auto& field = command.*member.pointer;
            fill_field(field, limit_of<T>(member.name));
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, MessageId>) message_ = field;
            if constexpr (std::is_convertible_v<std::int64_t, std::remove_cvref_t<decltype(field)>>) {
                if (std::string_view{member.name} == "version" && !chance_.once_in(4)) field = version_seen();
            }
        });
    }

private:
    template <class T>
    static base::FieldLimit limit_of(std::string_view field) {
        if constexpr (requires { T::limits; }) {
            for (const auto& limit : T::limits) {
                if (limit.field == field) return limit;
            }
        }
        return {};
    }

    template <class T>
    void fill_field(T& field, const base::FieldLimit& limit) {
        if constexpr (base::json::is_optional<T>) {
            if (chance_.once_in(2)) fill_field(field.emplace(), limit);
        } else if constexpr (base::json::is_vector<T>) {
            fill_list(field, limit);
        } else if constexpr (std::is_same_v<T, bool>) {
            field = chance_.once_in(2);
        } else if constexpr (base::NamedEnum<T>) {
            field = static_cast<T>(chance_.number(0, static_cast<std::int64_t>(names_of(T{}).size()) - 1));
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            const auto least = limit.least == base::no_least ? 0 : limit.least;
            field = chance_.number(least, chance_.once_in(2) ? least + 3 : std::min(limit.most, least + 300));
        } else if constexpr (std::is_same_v<T, std::string>) {
            field = chance_.one_of(texts);
        } else if constexpr (std::is_same_v<T, PersonId>) {
            field = PersonId{chance_.once_in(30) ? stranger : chance_.number(1, people)};
        } else {
            field = T{chance_.once_in(20) ? chance_.number(0, room_.seq + 2) : known_id(T{})};
        }
    }

    void fill_list(std::vector<std::string>& list, const base::FieldLimit& limit) {
        for (auto count = chance_.number(0, std::min<std::int64_t>(limit.most, 3)); count > 0; --count) list.push_back(chance_.one_of(texts));
    }
    void fill_list(std::vector<RequestId>& list, const base::FieldLimit&) {
        list = waiting_line(room_);
        for (auto left = list.size(); left > 1; --left) std::swap(list[left - 1], list[static_cast<std::size_t>(chance_.number(0, static_cast<std::int64_t>(left) - 1))]);
        if (chance_.once_in(4) && !list.empty()) list.pop_back();
    }

    template <class Map>
    std::int64_t key_of(const Map& map) { return map.empty() ? 1 : chance_.one_of(map).first.value; }
    std::int64_t known_id(RequestId) {
        std::vector<RequestId> pending;
        for (const auto& [id, request] : room_.floor.requests) {
            if (std::holds_alternative<Request::Pending>(request.state)) pending.push_back(id);
        }
        if (pending.empty()) pending = waiting_line(room_);
        return pending.empty() || chance_.once_in(3) ? key_of(room_.floor.requests) : chance_.one_of(pending).value;
    }
    std::int64_t known_id(TurnId) { return room_.floor.turn ? room_.floor.turn->id.value : 1; }
    std::int64_t known_id(MessageId) {
        if (!room_.chat.under_review.empty() && chance_.once_in(2)) return chance_.one_of(room_.chat.under_review).value;
        return key_of(room_.chat.messages);
    }
    std::int64_t known_id(HelpId) { return key_of(room_.help.cases); }
    std::int64_t known_id(ParkedId) { return key_of(room_.agenda.parked); }
    std::int64_t known_id(AgendaItemId) { return chance_.number(1, 4); }
    std::int64_t known_id(CheckpointId) { return room_.attendance.checkpoints.empty() ? 1 : room_.attendance.checkpoints.back().id.value; }
    template <class Other>
    std::int64_t known_id(Other) { return chance_.number(0, room_.seq + 1); }

    /// The version of the review of the message that the command names.
    std::int64_t version_seen() const {
        const auto* message = find_message(room_, message_);
        return message == nullptr ? 1 : std::max<std::int64_t>(1, message->review_version);
    }

    Chance& chance_;
    const Room& room_;
    MessageId message_;
};

using Commands = boost::mp11::mp_rename<Command, boost::mp11::mp_list>;

/// Of the commands that turn the whole room over there are few in a day.
bool is_rare(const Command& command) {
    return std::holds_alternative<StartRehearsal>(command) || std::holds_alternative<EndRehearsal>(command) || std::holds_alternative<CloseSession>(command) ||
           std::holds_alternative<StartDebrief>(command) || std::holds_alternative<RemovePerson>(command) || std::holds_alternative<ReopenSession>(command);
}

bool is_over(Phase phase) { return phase == Phase::closed || phase == Phase::sealed; }

}  // namespace

std::int64_t Chance::number(std::int64_t least, std::int64_t most) {
    auto mixed = state_ += 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    mixed ^= mixed >> 31;
    return least + static_cast<std::int64_t>(mixed % static_cast<std::uint64_t>(most - least + 1));
}

RandomDay::RandomDay(std::uint64_t seed) : chance_{seed} {
    for (std::int64_t person = 1; person <= people; ++person) {
        if (chance_.once_in(4)) continue;
        room.knock(PersonId{person}, "Nimi " + std::to_string(person), role_of(person), DecisionType::work_activity);
        room.connect(PersonId{person});
    }
}

void RandomDay::go_on() {
    const auto what = chance_.number(1, 100);
    if (what <= 8) pass_time();
    else if (what <= 28) connect_or_lose();
    else if (what == 29) room.restart(Milliseconds{chance_.number(0, 200'000)});
    else if (what == 30) room.submit(Stop{});
    else if (what == 31 && chance_.once_in(is_over(room.room().session.phase) ? 1 : 4)) room.submit(PlanSession{another_plan()});
    else if (what == 32 && chance_.once_in(3)) flap();
    else command();
}

/// Someone's line breaks again and again.
void RandomDay::flap() {
    const PersonId person{chance_.number(1, people)};
    const auto* member = room.room().member(person);
    if (member == nullptr || member->presence == PresenceState::removed) return;
    for (int times = 0; times < 3; ++times) {
        room.connect(person);
        room.lose(person);
    }
}

void RandomDay::pass_time() {
    switch (chance_.number(1, 3)) {
        case 1: room.pass(Milliseconds{chance_.number(0, 30'000)}); return;
        case 2: room.pass(Milliseconds{chance_.number(0, 400'000)}); return;
        default:
            // A late server: what is due is done when the room is asked the next time.
            room.skip(Milliseconds{chance_.number(0, 5'000)});
            room.submit(TimePasses{});
    }
}

void RandomDay::connect_or_lose() {
    const PersonId person{chance_.number(1, people)};
    const auto* member = room.room().member(person);
    if (member == nullptr || chance_.once_in(8)) {
        room.knock(person, chance_.once_in(2) ? "Nimi " + std::to_string(person.value) : chance_.one_of(names), role_of(person.value), DecisionType::work_activity, !chance_.once_in(4));
        return;
    }
    if (!member->is_up() || chance_.once_in(6)) {
        room.connect(person, chance_.once_in(2) ? std::optional<std::string>{"Android"} : std::nullopt);
        return;
    }
    const auto& stay = chance_.one_of(member->stays);
    if (chance_.once_in(3)) room.leave(person, stay.connection);
    else room.lose(person, stay.connection, chance_.once_in(2) ? std::optional{Milliseconds{chance_.number(0, 15'000)}} : std::nullopt);
}

void RandomDay::command() {
    PersonId person;
    auto command = someones_command(person);
    // Most of what people do makes sense; one in four things is whatever comes.
    for (int tries = chance_.once_in(4) ? 0 : 6; tries > 0 && is_refused(person, command); --tries) command = someones_command(person);
    // Now and then an id that has been used before.
    const auto id = chance_.once_in(12) ? chance_.number(1, room.seq() + 1) : room.seq() + 1;
    room.ask_as(person, "k" + std::to_string(id), std::move(command));
}

bool RandomDay::is_refused(PersonId person, const Command& command) const {
    const auto* member = room.room().member(person);
    const Actor actor{.person = person, .role = member == nullptr ? Role::participant : member->role, .connection = {}};
    return decide(room.room(), MemberAsks{.actor = actor, .command_id = "?", .command = command}, room.now()).refusal.has_value();
}

Command RandomDay::someones_command(PersonId& person) {
    const bool is_running = room.room().session.phase == Phase::live;
    if (is_over(room.room().session.phase) && chance_.once_in(2)) {
        person = PersonId{chance_.number(10, 11)};
        return attendance_command();
    }
    auto command = !is_running && chance_.once_in(5) ? next_phase() : any_command();
    if (is_running && is_rare(command) && !chance_.once_in(6)) command = any_command();
    person = PersonId{chance_.once_in(50) ? stranger : chance_.number(1, people)};
    if (chance_.once_in(2)) go_back_on(command, person);
    return command;
}

/// What only the one can take back who did it.
void RandomDay::go_back_on(Command& command, PersonId& person) const {
    const auto& chat = room.room().chat;
    if (auto* undo = std::get_if<UndoRejection>(&command)) {
        for (const auto& [id, message] : chat.messages) {
            const auto* rejected = std::get_if<RejectedMessage>(&message.state);
            if (rejected == nullptr || !rejected->by) continue;
            undo->message = id;
            person = *rejected->by;
        }
    }
    if (auto* release = std::get_if<ReleaseReview>(&command)) {
        for (const auto id : chat.under_review) {
            const auto* review = review_of(chat.messages.at(id));
            if (!review->claim) continue;
            release->message = id;
            person = review->claim->by;
        }
    }
}

/// What moderators do when the day is over: most of it makes sense.
Command RandomDay::attendance_command() {
    const auto& attendance = room.room().attendance;
    if (attendance.lines.empty()) return any_command();
    const auto& [someone, line] = chance_.one_of(attendance.lines);
    const auto mark = static_cast<Mark>(chance_.number(0, 3));
    const auto minutes = mark == Mark::partial ? std::optional<std::int64_t>{1} : std::nullopt;
    if (room.room().session.phase == Phase::sealed) {
        for (const auto& [late, each] : attendance.lines) {
            if (each.is_correction_proposed && chance_.once_in(2)) return DismissLateJoin{.person = late, .version = each.version};
        }
        return CorrectAttendance{.person = someone, .version = line.version, .mark = mark, .minutes = minutes, .reason = chance_.one_of(texts), .source = MarkSource::phone};
    }
    if (chance_.once_in(12)) return MarkAllClear{};
    if (chance_.once_in(12) && line.marking() != nullptr) return TakeBackMarks{line.marking()->step};
    if (chance_.once_in(20)) return CorrectWindow{.from = RoomTime{chance_.number(0, room.now().at.ms)}, .to = room.now().at};
    for (const auto& [undecided, each] : attendance.lines) {
        if (each.needs_decision()) return MarkAttendance{.person = undecided, .version = each.version, .mark = mark, .minutes = minutes, .reason = {}, .source = MarkSource::shared_device};
    }
    // The seal is for good: few days get that far.
    return chance_.once_in(8) ? Command{SealAttendance{.version = attendance.version}} : next_phase();
}

/// Another roster: some are no longer on it, some have told of their absence, some never come.
SessionPlan RandomDay::another_plan() {
    auto plan = usual_plan();
    for (std::int64_t person = 1; person <= people + 2; ++person) {
        if (role_of(person) == Role::participant && !chance_.once_in(3)) plan.roster.push_back({PersonId{person}, Role::participant, static_cast<DecisionType>(chance_.number(0, 2)), chance_.once_in(4)});
    }
    return plan;
}

Command RandomDay::any_command() {
    const auto index = static_cast<std::size_t>(chance_.number(0, boost::mp11::mp_size<Commands>::value - 1));
    return boost::mp11::mp_with_index<boost::mp11::mp_size<Commands>::value>(index, [&](auto chosen) -> Command {
        boost::mp11::mp_at<Commands, decltype(chosen)> command;
        Filler{chance_, room.room()}.fill(command);
        return command;
    });
}

Command RandomDay::next_phase() {
    switch (room.room().session.phase) {
        case Phase::planned: return chance_.once_in(4) ? Command{StartRehearsal{}} : Command{OpenDoors{}};
        case Phase::rehearsal: return EndRehearsal{};
        case Phase::doors_open: return chance_.once_in(3) ? Command{SetFloorPolicy{FloorPolicy::approval}} : Command{GoLive{}};
        case Phase::paused: return EndBreak{};
        case Phase::debrief: return CloseSession{};
        default: return ReopenSession{};
    }
}

}  // namespace etakahvila::testing
