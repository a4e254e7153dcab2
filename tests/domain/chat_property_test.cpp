// The laws of the chat and of help, under people and staff who do anything at any time.

#include <random>
#include <set>

#include "chat_room.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// One client that stays, and hears of changes now and then.
struct Listener {
    Viewer viewer;
    ClientView client;
    Seq heard_until{};
};

class Crowd {
public:
    explicit Crowd(std::uint32_t seed) : dice_{seed} {
        for (const auto* name : {"Käpy", "Sammal", "Poro"}) people_.push_back(room_.admit(name));
        people_.insert(people_.end(), {room_.mustikka, room_.hauki});
        staff_ = {room_.ohjaaja, room_.moderaattori, room_.toinen};
        for (const auto& viewer : all_viewers(room_.room()))
            listeners_.push_back({viewer, ClientView{snapshot(room_.room(), viewer)}, room_.seq()});
    }

    void act() {
        const auto steps_before = room_.steps().size();
        do_something();
        for (auto step = steps_before; step < room_.steps().size(); ++step) follow(room_.steps()[step]);
    }

    void end() {
        const auto steps_before = room_.steps().size();
        room_.ask(room_.ohjaaja, CloseSession{});
        for (auto step = steps_before; step < room_.steps().size(); ++step) follow(room_.steps()[step]);
        for (const auto& [id, state] : states_) {
            INFO("message " << id.value);
            CHECK(state.is_final);
            CHECK(state.state != MessageState::held);
        }
        CHECK(room_.view(room_.moderaattori).all<ReviewItem>().empty());
        for (const auto& help : room_.view(room_.moderaattori).all<HelpRequest>()) CHECK(help.ended_at);
        for (auto& listener : listeners_) listen(listener);
        check_replay();
    }

    /// How many messages all may read.
    std::size_t messages_for_all() const {
        return messages_before(
            room_.room(), Viewer{.audience = Audience::participants, .person = {}}, room_.seq() + 1, 100'000)
            .size();
    }

    /// The kinds of events that have happened.
    const std::set<std::size_t>& happened() const { return happened_; }

    void listen_sometimes() {
        for (auto& listener : listeners_) {
            if (pick(5) == 0) listen(listener);
        }
    }

    /// Staff see each message as it is, its author sees the same, and others see nothing that waits.
    void check_what_is_shown() {
        check_staff_view();
        check_views_of_people();
    }

    void check_replay() {
        const auto again = replayed(room_.steps());
        for (const auto& listener : listeners_)
            CHECK(snapshot(again, listener.viewer) == snapshot(room_.room(), listener.viewer));
    }

private:
    struct Known {
        MessageState state = MessageState::held;
        bool is_final{};
        std::string text;
        PersonId author;
    };

    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(dice_); }
    template <class T>
    T one_of(const std::vector<T>& all) {
        return all[pick(all.size())];
    }
    PersonId anyone() { return pick(3) == 0 ? one_of(staff_) : one_of(people_); }

    /// Of the latest, mostly; sometimes none at all.
    MessageId some_message() {
        if (states_.empty() || pick(40) == 0) return MessageId{777'777};
        auto last = states_.rbegin();
        std::advance(
            last, static_cast<std::ptrdiff_t>(pick(std::min<std::size_t>(states_.size(), pick(10) == 0 ? 400 : 15))));
        return last->first;
    }
    HelpId some_help() {
        const auto& cases = room_.room().help.cases;
        if (cases.empty()) return HelpId{777'777};
        auto last = cases.rbegin();
        std::advance(last, static_cast<std::ptrdiff_t>(pick(std::min<std::size_t>(cases.size(), 6))));
        return last->first;
    }
    std::int64_t some_version(MessageId id) {
        const auto* message = find_message(room_.room(), id);
        const auto version = message == nullptr ? 1 : message->review_version;
        return pick(5) == 0 ? std::max<std::int64_t>(1, version - 1) : std::max<std::int64_t>(1, version);
    }

    void do_something() {
        const auto id = some_message();
        const auto staff = one_of(staff_);
        const auto person = anyone();
        switch (pick(26)) {
            case 0:
            case 1:
            case 2:
            case 3:
            case 4:
            case 5:
            case 6:
            case 7: {
                // A text that stands nowhere else: where it is shown can be searched for.
                auto text = "sana" + std::to_string(room_.seq() * 1009 + 17) + "x";
                if (pick(6) == 0) text += " hölmöt";
                if (pick(6) == 0) text += " katso yle.fi";
                const auto channel = pick(8) == 0 ? Channel::staff : Channel::room;
                room_.write(person, text, pick(4) == 0 ? std::optional{id} : std::nullopt, channel);
                return;
            }
            case 8: room_.ask(staff, SetChatMode{static_cast<ChatMode>(pick(3))}); return;
            case 9: room_.ask(staff, SetSlowMode{pick(2) == 0 ? 0 : 5}); return;
            case 10: room_.ask(staff, ClaimReview{id}); return;
            case 11: room_.ask(staff, ReleaseReview{id}); return;
            case 12:
            case 13:
            case 14: room_.ask(staff, PublishMessage{.message = id, .version = some_version(id)}); return;
            case 15:
                room_.ask(staff, RejectMessage{.message = id, .version = some_version(id), .reason = "Kiltti syy"});
                return;
            case 16: undo(staff); return;
            case 17: room_.retract(person, id, pick(2) == 0 ? std::optional<std::string>{"Syy"} : std::nullopt); return;
            case 18: room_.flag(person, id); return;
            case 19:
                room_.ask(person,
                    ReactToMessage{.message = id, .reaction = static_cast<Reaction>(pick(4)), .on = pick(3) != 0});
                return;
            case 20: room_.ask(staff, AskHelpFromMessage{.message = id, .version = some_version(id)}); return;
            case 21: room_.ask(staff, RequestFloorFromMessage{.message = id, .version = some_version(id)}); return;
            case 22: help(person, staff); return;
            case 23: drop(person); return;
            case 24:
                if (pick(2) == 0)
                    room_.ask(staff, PinAnnouncement{"Tauko " + std::to_string(pick(5))});
                else
                    room_.ask(staff, SilencePerson{.person = one_of(people_), .minutes = 1, .reason = "Tauko"});
                return;
            default: room_.pass(std::chrono::milliseconds{pick(2) == 0 ? pick(3'000) : pick(70'000)}); return;
        }
    }

    void help(PersonId person, PersonId staff) {
        const auto id = some_help();
        switch (pick(9)) {
            case 0:
                room_.ask(
                    person, AskForHelp{.kind = HelpKind::cannot_hear, .words = "Ääni", .call_back = "040 1234567"});
                return;
            case 1: room_.ask(staff, RaiseHelpFor{.person = person, .kind = HelpKind::not_heard, .words = {}}); return;
            case 2:
            case 3: room_.ask(staff, ClaimHelp{id}); return;
            case 4:
                for (const auto& [claimed, help] : room_.room().help.cases) {
                    if (help.claim() == nullptr) continue;
                    room_.ask(help.claim()->by, ReleaseHelp{claimed});
                    return;
                }
                return;
            case 5: room_.ask(staff, SolveHelp{id}); return;
            case 6: room_.ask(staff, HandOverHelp{.help = id, .to = "Omatyöntekijä"}); return;
            case 7: room_.ask(person, AddHelpMessage{.help = id, .text = "Vielä yksi asia"}); return;
            default: room_.ask(person, CancelHelp{id}); return;
        }
    }

    /// The last rejection, mostly by who made it.
    void undo(PersonId staff) {
        for (auto state = states_.rbegin(); state != states_.rend(); ++state) {
            if (state->second.state != MessageState::rejected) continue;
            const auto by = decided_by(*find_message(room_.room(), state->first));
            room_.ask(pick(3) != 0 ? by.value_or(staff) : staff, UndoRejection{state->first});
            return;
        }
    }

    void drop(PersonId person) {
        if (pick(4) == 0) {
            // A line that stutters.
            for (int times = 0; times < 3; ++times) {
                if (!room_.member(person).is_up()) room_.connect(person);
                room_.lose(person);
            }
            return;
        }
        if (room_.member(person).is_up() && pick(3) != 0)
            room_.lose(person);
        else
            room_.connect(person);
    }

    /// Only the transitions of the rules, each from the state that it leaves.
    void follow(const Step& step) {
        for (const auto& event : step.events) {
            happened_.insert(event.any().index());
            if (const auto* sent = std::get_if<MessageSent>(&event.any())) {
                auto& known = states_[sent->message];
                known = {.state = sent->reasons.empty() ? MessageState::published : MessageState::held,
                    .is_final = sent->reasons.empty(),
                    .text = sent->text,
                    .author = sent->author};
            } else if (const auto* published = std::get_if<MessagePublished>(&event.any()))
                move(published->message, MessageState::held, MessageState::published, true);
            else if (const auto* kept = std::get_if<MessageKept>(&event.any()))
                CHECK(states_.at(kept->message).state == MessageState::published);
            else if (const auto* rejected = std::get_if<MessageRejected>(&event.any()))
                move(rejected->message, MessageState::held, MessageState::rejected, true);
            else if (const auto* undone = std::get_if<RejectionUndone>(&event.any()))
                move(undone->message, MessageState::rejected, MessageState::held, false);
            else if (const auto* retracted = std::get_if<MessageRetracted>(&event.any())) {
                const auto from = states_.at(retracted->message).state;
                CHECK((from == MessageState::published ||
                       (from == MessageState::held && retracted->by == states_.at(retracted->message).author)));
                move(retracted->message, from, MessageState::retracted, true);
            }
        }
        // Each thing that a step touched looks to each person as to their audience, unless they are named.
        for (const auto thing : room_.room().changes.since(step.seq - 1)) {
            std::vector<PersonId> personal;
            add_personal_viewers(room_.room(), thing, personal);
            for (const auto& listener : listeners_) {
                if (!listener.viewer.person ||
                    std::find(personal.begin(), personal.end(), *listener.viewer.person) != personal.end())
                    continue;
                const auto as_all = see(
                    room_.room(), thing, Viewer{.audience = listener.viewer.audience, .person = {}});
                if (see(room_.room(), thing, listener.viewer) != as_all)
                    FAIL_CHECK("person " << listener.viewer.person->value << " is not named for "
                                         << base::name_of(thing.kind) << " " << thing.id);
            }
        }
    }

    void move(MessageId id, MessageState from, MessageState to, bool is_final) {
        auto& known = states_.at(id);
        if (known.state != from)
            FAIL_CHECK(
                "message " << id.value << " went to " << base::name_of(to) << " from " << base::name_of(known.state));
        known.state = to;
        known.is_final = is_final;
    }

    void check_staff_view() {
        const auto staff_view = room_.view(room_.moderaattori);
        for (const auto* message : staff_view.messages()) {
            if (message->state != states_.at(message->id).state)
                FAIL_CHECK("staff see message " << message->id.value << " as " << base::name_of(message->state));
            const bool is_open = message->state == MessageState::held;
            if (is_open && staff_view.review_item(message->id) == nullptr)
                FAIL_CHECK("message " << message->id.value << " waits and is not in the queue");
        }
    }

    void check_views_of_people() {
        const auto staff_view = room_.view(room_.moderaattori);
        for (const auto person : people_) {
            const auto view = room_.view(person);
            std::string others;
            for (const auto* message : view.messages()) {
                const auto* to_staff = staff_view.message(message->id);
                if (to_staff != nullptr && (to_staff->state != message->state || to_staff->text != message->text ||
                                               to_staff->place != message->place))
                    FAIL_CHECK("author and staff differ on message " << message->id.value);
                if (message->author != person) others += base::json::to_text(*message);
            }
            for (const auto* request : view.all<FloorRequest>()) others += base::json::to_text(*request);
            for (const auto* request : view.all<HelpRequest>()) {
                if (request->person != person) FAIL_CHECK("person " << person.value << " sees another's help");
            }
            for (const auto& [id, known] : states_) {
                if (known.state == MessageState::published || known.author == person) continue;
                if (others.find(known.text) != std::string::npos)
                    FAIL_CHECK("person " << person.value << " reads message " << id.value << ", which is "
                                         << base::name_of(known.state));
            }
        }
    }

    void listen(Listener& listener) {
        listener.client.take(changes_since(room_.room(), listener.heard_until, listener.viewer));
        listener.heard_until = room_.seq();
        const auto difference = listener.client.difference(ClientView{snapshot(room_.room(), listener.viewer)});
        if (!difference.empty()) FAIL_CHECK("a client and a newcomer differ: " << difference);
    }

    ChatRoom room_;
    std::mt19937 dice_;
    std::vector<PersonId> people_;
    std::vector<PersonId> staff_;
    std::vector<Listener> listeners_;
    std::map<MessageId, Known> states_;
    std::set<std::size_t> happened_;
};

/// All that can happen in the chat and in help while the session is on.
std::set<std::size_t> all_that_can_happen() {
    std::set<std::size_t> kinds;
    using Expected = boost::mp11::mp_remove<boost::mp11::mp_append<ChatEvents, HelpEvents>, RehearsalChatCleared>;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Expected>>(
        [&](auto kind) { kinds.insert(boost::mp11::mp_find<EventList, typename decltype(kind)::type>::value); });
    return kinds;
}

}  // namespace

TEST_CASE("whatever people and staff do, the laws of the chat and of help hold") {
    auto never = all_that_can_happen();
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        Crowd crowd{seed};
        for (int round = 0; round < 250; ++round) {
            crowd.act();
            crowd.check_what_is_shown();
            crowd.listen_sometimes();
        }
        crowd.end();
        for (const auto kind : crowd.happened()) never.erase(kind);
    }
    // The dice are fair enough to be a test.
    INFO("never happened: " << Catch::Detail::stringify(never));
    CHECK(never.empty());
}

TEST_CASE("the laws hold over a long chat, of which clients keep the newest 200") {
    const std::uint32_t seed = 20'201'203;
    INFO("seed " << seed);
    Crowd crowd{seed};
    for (int round = 0; round < 3'000; ++round) {
        crowd.act();
        if (round % 20 == 0) crowd.check_what_is_shown();
        if (round % 7 == 0) crowd.listen_sometimes();
    }
    CHECK(crowd.messages_for_all() > messages_shown_max);
    crowd.end();
}

TEST_CASE("older messages come a page at a time, without a hole and as the person may see them") {
    ChatRoom room;
    room.ask(room.moderaattori, SetSlowMode{0});
    std::vector<MessageId> shown;
    for (int number = 0; number < 450; ++number) {
        room.sent(room.ohjaaja, "Keskenämme", Channel::staff);
        shown.push_back(room.sent(room.ohjaaja, "Viesti " + std::to_string(number)));
    }
    const auto waiting = room.held(room.hauki, "Odottaa");
    const auto view = room.view(room.mustikka);
    const auto newest = view.messages();
    CHECK(newest.size() == messages_shown_max);
    CHECK(newest.back()->id == shown.back());
    std::vector<MessageId> read;
    auto before = newest.front()->place;
    for (;;) {
        const auto page = messages_before(room.room(), room.viewer(room.mustikka), before, 100);
        if (page.empty()) break;
        CHECK(page.size() <= 100);
        std::vector<MessageId> ids;
        for (const auto& change : page) ids.push_back(std::get<Message>(change).id);
        before = std::get<Message>(page.front()).place;
        read.insert(read.begin(), ids.begin(), ids.end());
    }
    CHECK(read == std::vector<MessageId>(shown.begin(), shown.begin() + 250));
    CHECK(std::get<Message>(messages_before(room.room(), room.viewer(room.hauki), 1'000'000, 1).front()).id == waiting);
    CHECK(std::get<Message>(messages_before(room.room(), room.viewer(room.mustikka), 1'000'000, 1).front()).id ==
          shown.back());
}
