#include "program/crowd.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/enum_names.hpp"
#include "domain/room/permission.hpp"
#include "player/made_up_text.hpp"

namespace etakahvila::faults {

using namespace protocol;
using namespace std::chrono_literals;

namespace {

/// Between an answer and the next wish.
constexpr int think_ms_max = 60;
/// Of a participant's wishes so many are a message: under what the room takes for a flood.
constexpr int message_in = 12;

}  // namespace

Crowd::Crowd(Parts parts) : parts_{parts}, dice_{static_cast<std::minstd_rand::result_type>(parts.seed)} {}

void Crowd::gather(SessionId session, std::size_t participants, std::size_t spare, Task done) {
    when_all_in_ = std::move(done);
    player::SessionWish wish{.planned = session,
        .theme = "Uni",
        .series = "Koe",
        .question = {},
        .help_phone = {},
        .hours = {},
        .registrations = player::made_up_registrations(participants + spare),
        .facilitators = {},
        .moderators = {}};
    parts_.coordinator.make_session(
        std::move(wish), [this, participants](std::variant<player::MadeSession, player::ApiFault> made) {
            if (const auto* fault = std::get_if<player::ApiFault>(&made)) throw std::runtime_error{fault->what};
            const auto& planned = std::get<player::MadeSession>(made);
            session_ = planned.id;
            std::size_t participants_invited = 0;
            for (std::size_t number = 0; number < planned.invited.size(); ++number) {
                const auto& invited = planned.invited[number];
                canaries_.insert(canaries_.end(), {invited.secret, invited.name, player::nickname(number)});
                if (invited.role == Role::participant && ++participants_invited > participants) {
                    spares_.push_back(invited);
                    continue;
                }
                auto person = std::make_unique<Person>();
                person->role = invited.role;
                person->member = std::make_unique<player::Member>(player::Member::Parts{.loop = parts_.loop,
                    .client = parts_.client,
                    .watcher = *this,
                    .parser = parser_,
                    .secret = invited.secret,
                    .nickname = invited.role == Role::participant ? player::nickname(number) : std::string{},
                    .person = invited.person,
                    .tab = static_cast<std::uint32_t>(number + 1),
                    .waits_at_random = parts_.waits_at_random});
                person->device = person->member->device("one");
                people_.push_back(std::move(person));
            }
            come_in();
        });
}

/// The staff first, and the doors opened; then everyone else.
void Crowd::come_in() {
    auto& chair = first(Role::facilitator);
    chair.device->come_in([this, &chair] {
        const auto must = [](const Outcome& outcome) {
            if (outcome.refusal)
                throw std::runtime_error{
                    "the session cannot begin: " + std::string{base::name_of(outcome.refusal->word)}};
        };
        chair.member->ask(OpenDoors{}, must);
        chair.member->ask(GoLive{}, [this, must](const Outcome& outcome) {
            must(outcome);
            for (const auto& person : people_) {
                if (!person->device->is_up()) person->device->come_in([] {});
            }
        });
    });
}

void Crowd::work() {
    is_working_ = true;
    for (const auto& person : people_) ask(*person);
}

void Crowd::rest(Task done) {
    is_working_ = false;
    when_at_rest_ = std::move(done);
    look();
}

void Crowd::note_lines() {
    for (const auto& person : people_) {
        if (person->device->is_up()) person->losses_before = person->device->losses();
    }
}

void Crowd::when_lines_gone(Task done) {
    when_lines_gone_ = std::move(done);
    look();
}

std::string Crowd::standing() const {
    std::size_t in = 0, over = 0, waiting = 0;
    for (const auto& person : people_) {
        in += person->device->is_up();
        over += person->device->is_over();
        waiting += person->member->waiting();
    }
    std::string text = std::to_string(people_.size()) + " people, " + std::to_string(in) + " in, " +
                       std::to_string(over) + " out for good, " + std::to_string(waiting) +
                       " commands without an answer";
    for (const auto& [what, count] : surprises_) text += "; " + what + " (" + std::to_string(count) + ")";
    return text;
}

void Crowd::ask_attendance(std::function<void(std::int64_t)> told) {
    parts_.coordinator.attendance(session_,
        [this, told = std::move(told)](const std::variant<std::vector<protocol::PersonDay>, player::ApiFault>& answer) {
            std::int64_t most = 0;
            if (const auto* fault = std::get_if<player::ApiFault>(&answer)) {
                went_wrong(fault->what);
            } else {
                for (const auto& day : std::get<0>(answer))
                    most = std::max(most, day.window_seconds - day.connected_seconds);
            }
            told(most);
        });
}

void Crowd::when_all_in(Task done) {
    when_all_in_ = std::move(done);
    look();
}

void Crowd::when_first_in(Task done) {
    when_first_in_ = std::move(done);
    look();
}

void Crowd::expect_stops(Taken taken) { taken_when_stopped_ = taken; }

void Crowd::when_saving_stopped(Task done) {
    when_saving_stopped_ = std::move(done);
    look();
}

void Crowd::when_saving_again(Task done) {
    when_saving_again_ = std::move(done);
    look();
}

void Crowd::ask_everyone(const Command& command, std::function<void(Answers)> answered) {
    const auto answers = std::make_shared<Answers>();
    const auto left = std::make_shared<std::size_t>(people_.size());
    for (const auto& person : people_) {
        person->member->ask(command, [answers, left, answered](const Outcome& outcome) {
            ++(outcome.refusal && outcome.refusal->word == RefusalWord::not_saving ? answers->not_saving
                                                                                   : answers->others);
            if (--*left == 0) answered(*answers);
        });
    }
}

void Crowd::look_in(std::function<void(bool)> done) {
    auto& person = *people_[dice_() % people_.size()];
    const auto device = person.member->device("another");
    device->come_in([this, device, &person, done = std::move(done)] {
        const auto& first = person.device->view();
        const auto& second = device->view();
        const auto messages = first.all<Message>();
        const bool sees_all = second.have() >= first.have() && second.room() != nullptr &&
                              second.all<protocol::Person>().size() == people_.size() &&
                              second.queue().size() == first.queue().size() &&
                              std::all_of(messages.begin(), messages.end(),
                                  [&](const Message* message) { return second.message(message->id) != nullptr; });
        device->leave([done, sees_all] { done(sees_all); });
    });
}

void Crowd::cut_all(Task done) {
    for (const auto& person : people_) person->device->redial([] {});
    when_all_in(std::move(done));
}

void Crowd::ask(Person& person) {
    if (person.is_asking || !is_working_) return;
    auto wish = wish_of(person);
    if (!wish) return ask_later(person);
    person.is_asking = true;
    ++person.asked;
    person.member->ask(std::move(*wish), [this, &person](const Outcome&) {
        person.is_asking = false;
        ask_later(person);
    });
}

void Crowd::ask_later(Person& person) {
    if (!is_working_) return look();
    parts_.loop.after(std::chrono::milliseconds{dice_() % think_ms_max}, [this, &person] { ask(person); });
}

std::string Crowd::words(const Person& person) const {
    return "viesti " + std::to_string(person.member->person().value) + " " + std::to_string(person.asked);
}

/// Something that this person can sensibly ask for, as they see the room.
std::optional<Command> Crowd::wish_of(Person& person) {
    const auto& view = person.device->view();
    const auto me = person.member->person();
    const auto* turn = view.turn();
    if (person.role == Role::facilitator) {
        if (turn != nullptr && dice_() % 3 == 0) return RevokeTurn{turn->id};
        if (!view.queue().empty())
            return GrantFloor{.request = view.queue().front()->id,
                .expected_turn = turn == nullptr ? std::nullopt : std::optional{turn->id}};
        return SendMessage{.channel = Channel::staff, .text = words(person), .reply_to = {}};
    }
    if (person.role == Role::moderator) {
        const auto requests = view.all<HelpRequest>();
        const auto open = std::find_if(requests.begin(), requests.end(),
            [](const HelpRequest* request) { return request->state == HelpState::open; });
        if (open != requests.end()) return ClaimHelp{(*open)->id};
        const auto claimed = std::find_if(requests.begin(), requests.end(), [&](const HelpRequest* request) {
            return request->state == HelpState::claimed && request->claimed_by == me;
        });
        if (claimed != requests.end()) return SolveHelp{(*claimed)->id};
        return SendMessage{.channel = Channel::staff, .text = words(person), .reply_to = {}};
    }
    if (turn != nullptr && turn->speaker == me) return ReleaseTurn{.turn = turn->id, .later = {}};
    switch (dice_() % message_in) {
        case 0: return SendMessage{.channel = Channel::room, .text = words(person), .reply_to = {}};
        case 1: return AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}};
        case 2:
        case 3:
            if (const auto* waiting = view.waiting(me)) return CancelFloorRequest{waiting->id};
            return SayImBack{};
        case 4: return SayImBack{};
        default: return RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = {}, .note = {}, .text = {}};
    }
}

Crowd::Person& Crowd::first(Role role) {
    const auto found = std::find_if(
        people_.begin(), people_.end(), [&](const auto& person) { return person->role == role; });
    if (found == people_.end()) throw std::runtime_error{"the session has nobody of a role that is needed"};
    return **found;
}

bool Crowd::are_lines_gone() const {
    return std::all_of(people_.begin(), people_.end(),
        [](const auto& person) { return !person->losses_before || person->device->losses() > *person->losses_before; });
}

bool Crowd::all_in() const {
    return !people_.empty() && are_lines_gone() &&
           std::all_of(people_.begin(), people_.end(), [](const auto& person) { return person->device->is_up(); });
}

bool Crowd::is_anyone_waiting() const {
    return std::any_of(
        people_.begin(), people_.end(), [](const auto& person) { return person->member->waiting() != 0; });
}

bool Crowd::have_all_heard_last_message() const {
    return last_message_ && std::all_of(people_.begin(), people_.end(), [&](const auto& person) {
        return person->device->view().message(last_message_) != nullptr;
    });
}

void Crowd::look() {
    if (when_lines_gone_ && are_lines_gone()) parts_.loop.post(std::exchange(when_lines_gone_, {}));
    const auto is_everyone_told = [&](bool is_stopped) {
        return all_in() && std::all_of(people_.begin(), people_.end(),
                               [&](const auto& person) { return person->device->is_saving_stopped() == is_stopped; });
    };
    if (when_saving_stopped_ && is_everyone_told(true)) parts_.loop.post(std::exchange(when_saving_stopped_, {}));
    if (when_saving_again_ && is_everyone_told(false)) parts_.loop.post(std::exchange(when_saving_again_, {}));
    if (when_first_in_ && are_lines_gone() &&
        std::any_of(people_.begin(), people_.end(), [](const auto& person) { return person->device->is_up(); }))
        parts_.loop.post(std::exchange(when_first_in_, {}));
    if (when_all_in_ && all_in()) parts_.loop.post(std::exchange(when_all_in_, {}));
    if (!when_at_rest_ || !all_in() || is_anyone_waiting()) return;
    if (!std::exchange(is_last_message_sent_, true)) {
        first(Role::facilitator)
            .member->ask(SendMessage{.channel = Channel::room, .text = "Kiitos kaikille!", .reply_to = {}},
                [this](const Outcome& outcome) { last_message_ = MessageId{outcome.seq}; });
        return;
    }
    if (!have_all_heard_last_message()) return;
    is_last_message_sent_ = false;
    last_message_ = {};
    parts_.loop.post(std::exchange(when_at_rest_, {}));
}

std::vector<std::string> Crowd::canaries() const {
    auto all = canaries_;
    for (const auto& person : people_) all.push_back(person->device->next_ticket());
    std::erase_if(all, [](const std::string& text) { return text.empty(); });
    return all;
}

StreamFaults Crowd::stream_faults() const {
    StreamFaults faults;
    std::set<std::int64_t> published;
    for (const auto& person : people_) {
        published.insert(person->device->view().told_at_first().begin(), person->device->view().told_at_first().end());
        published.insert(person->device->view().told_later().begin(), person->device->view().told_later().end());
    }
    for (const auto& person : people_) {
        const auto& view = person->device->view();
        faults.doubled += static_cast<std::size_t>(view.faults().doubled);
        faults.reordered += static_cast<std::size_t>(view.faults().reordered);
        faults.gaps += static_cast<std::size_t>(view.faults().gaps);
        faults.fresh_snapshots += static_cast<std::size_t>(person->device->fresh_snapshots());
        for (const auto place : published) {
            if (!view.told_at_first().contains(place) && !view.told_later().contains(place) && !view.is_left_out(place))
                ++faults.lost;
        }
    }
    return faults;
}

void Crowd::told(player::Device&, player::Instant) {
    ++progress_;
    look();
}

void Crowd::moved() {
    ++progress_;
    look();
}

void Crowd::answered(
    player::Member& member, const Command& command, const Outcome& outcome, player::Instant sent, player::Instant at) {
    answer_ms_.push_back(std::chrono::duration<double, std::milli>(at - sent).count());
    const bool is_kept = ledger_.note(member.person(), outcome);
    if (!is_kept || !taken_when_stopped_ || (*taken_when_stopped_ == Taken::vital && domain::is_vital(command))) return;
    const auto person = std::find_if(
        people_.begin(), people_.end(), [&](const auto& each) { return each->member.get() == &member; });
    if ((*person)->device->is_saving_stopped()) ++acknowledged_when_stopped_;
}

void Crowd::went_wrong(std::string what) {
    if (what.starts_with("a line was lost by itself")) {
        ++lines_lost_;
        return moved();
    }
    if (taken_when_stopped_ && what == "the server cannot save") {
        ++stops_told_;
        return moved();
    }
    ++surprises_[std::move(what)];
}

}  // namespace etakahvila::faults
