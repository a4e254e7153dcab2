#include "support/random_command.hpp"

#include <algorithm>
#include <array>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/json.hpp"

namespace etakahvila::testing {

using namespace domain;

namespace {

const std::array<std::string, 24> texts{"Hyvää huomenta", "Kiitos", "hölmö juttu", "https://esimerkki.fi", "", "", "",
    "   ", "\n", "a\u200bb", "Rivi\ntoinen rivi", "040 123 4567", "Mustikka", std::string(1200, 'x'),
    // What telephones, keyboards and other programs make of a text.
    "من می\u200cخواهم صحبت کنم", "ශ්\u200dරී", "\u202a+358 40 1234567\u202c", "\u202draha\u202c \u202eksam",
    "rivi\u2028rivi", "\U0001fae9", "\u200b\u00ad", "\U000e0041", "040–123 4567 (äiti)",
    "Tie\u0302\u0301ng Vie\u0323\u0302t"};

/// Fills the fields of a command: with what is in the room, as a rule, and now and then with what is not.
class Filler {
public:
    Filler(Chance& chance, const Room& room, std::int64_t people) : chance_{chance}, room_{room}, people_{people} {}

    /// Words that make a poll, as a rule: two options by chance are seldom what may be asked.
    template <class T>
    void make_sense(T&) {}
    void make_sense(MakePoll& command) { make_sense_of_poll(command); }
    void make_sense(ChangePoll& command) {
        make_sense_of_poll(command);
        const auto item = room_.polls.all.find(command.poll);
        if (item != room_.polls.all.end() && !chance_.once_in(4)) command.version = item->second.version;
    }

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
        make_sense(command);
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
            field = PersonId{chance_.once_in(30) ? stranger : chance_.number(1, people_)};
        } else {
            field = T{chance_.once_in(20) ? chance_.number(0, room_.seq + 2) : known_id(T{})};
        }
    }

    void fill_list(std::vector<std::string>& list, const base::FieldLimit& limit) {
        for (auto count = chance_.number(0, std::min<std::int64_t>(limit.most, 3)); count > 0; --count)
            list.push_back(chance_.one_of(texts));
    }
    void fill_list(std::vector<std::int64_t>& list, const base::FieldLimit& limit) {
        for (auto count = chance_.number(0, std::min<std::int64_t>(limit.most, 3)); count > 0; --count)
            list.push_back(chance_.number(0, 3));
    }
    template <class T>
    void make_sense_of_poll(T& command) {
        if (chance_.once_in(3)) return;
        command.question = "Pidetäänkö tauko?";
        command.options = {"Kyllä", "Ei", "En osaa sanoa"};
    }
    void fill_list(std::vector<RequestId>& list, const base::FieldLimit&) {
        list = waiting_requests(room_);
        for (auto left = list.size(); left > 1; --left)
            std::swap(
                list[left - 1], list[static_cast<std::size_t>(chance_.number(0, static_cast<std::int64_t>(left) - 1))]);
        if (chance_.once_in(4) && !list.empty()) list.pop_back();
    }

    template <class Map>
    std::int64_t key_of(const Map& map) {
        return map.empty() ? 1 : chance_.one_of(map).first.value;
    }
    std::int64_t known_id(RequestId) {
        std::vector<RequestId> pending;
        for (const auto& [id, request] : room_.floor.requests) {
            if (std::holds_alternative<Request::Pending>(request.state)) pending.push_back(id);
        }
        if (pending.empty()) pending = waiting_requests(room_);
        return pending.empty() || chance_.once_in(3) ? key_of(room_.floor.requests) : chance_.one_of(pending).value;
    }
    std::int64_t known_id(TurnId) { return room_.floor.turn ? room_.floor.turn->id.value : 1; }
    std::int64_t known_id(MessageId) {
        if (!room_.chat.under_review.empty() && chance_.once_in(2))
            return chance_.one_of(room_.chat.under_review).value;
        return key_of(room_.chat.messages);
    }
    std::int64_t known_id(PollId) {
        const auto* open = open_poll(room_);
        return open != nullptr && !chance_.once_in(4) ? open->id.value : key_of(room_.polls.all);
    }
    std::int64_t known_id(HelpId) { return key_of(room_.help.cases); }
    std::int64_t known_id(ParkedId) { return key_of(room_.agenda.parked); }
    std::int64_t known_id(AgendaItemId) { return chance_.number(1, 4); }
    std::int64_t known_id(CheckpointId) {
        return room_.attendance.checkpoints.empty() ? 1 : room_.attendance.checkpoints.back().id.value;
    }
    template <class Other>
    std::int64_t known_id(Other) {
        return chance_.number(0, room_.seq + 1);
    }

    /// The version of the review of the message that the command names.
    std::int64_t version_seen() const {
        const auto* message = find_message(room_, message_);
        return message == nullptr ? 1 : std::max<std::int64_t>(1, message->review_version);
    }

    Chance& chance_;
    const Room& room_;
    std::int64_t people_;
    MessageId message_;
};

using Commands = boost::mp11::mp_rename<Command::variant, boost::mp11::mp_list>;

}  // namespace

bool is_rare(const Command& command) {
    return std::holds_alternative<StartRehearsal>(command) || std::holds_alternative<EndRehearsal>(command) ||
           std::holds_alternative<CloseSession>(command) || std::holds_alternative<StartDebrief>(command) ||
           std::holds_alternative<RemovePerson>(command) || std::holds_alternative<ReopenSession>(command);
}

void go_back_on(const Room& room, Command& command, PersonId& person) {
    const auto& chat = room.chat;
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

Command any_command(Chance& chance, const Room& room, std::int64_t people) {
    const auto index = static_cast<std::size_t>(chance.number(0, boost::mp11::mp_size<Commands>::value - 1));
    return boost::mp11::mp_with_index<boost::mp11::mp_size<Commands>::value>(index, [&](auto chosen) -> Command {
        boost::mp11::mp_at<Commands, decltype(chosen)> command;
        Filler{chance, room, people}.fill(command);
        return command;
    });
}

Command next_phase(Chance& chance, const Room& room) {
    switch (room.session.phase) {
        case Phase::planned: return chance.once_in(4) ? Command{StartRehearsal{}} : Command{OpenDoors{}};
        case Phase::rehearsal: return EndRehearsal{};
        case Phase::doors_open:
            return chance.once_in(3) ? Command{SetFloorPolicy{FloorPolicy::approval}} : Command{GoLive{}};
        case Phase::paused: return EndBreak{};
        case Phase::debrief: return CloseSession{};
        default: return ReopenSession{};
    }
}

bool is_refused(const Room& room, Actor actor, const Command& command, Stamp now) {
    return decide(room, MemberCommand{.actor = actor, .command_id = "?", .command = command}, now).refusal.has_value();
}

}  // namespace etakahvila::testing
