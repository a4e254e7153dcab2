#include "scenarios/play.hpp"

#include <algorithm>

namespace etakahvila::testing {

// ---- what somebody sees

const Turn& Sight::turn() const {
    const auto* turn = view.turn();
    expect(turn != nullptr, "nobody speaks");
    return *turn;
}

const FloorRequest& Sight::request(PersonId beneficiary) const {
    const auto* request = view.request(play.request(beneficiary));
    expect(request != nullptr, "the request is not seen");
    return *request;
}

const Person& Sight::of(PersonId someone) const {
    const auto* seen = view.person(someone);
    expect(seen != nullptr, "the person is not seen");
    return *seen;
}

const Message& Sight::message(const std::string& text) const {
    const auto* message = view.message(play.message(text));
    expect(message != nullptr, "the message is not seen");
    return *message;
}

const HelpRequest& Sight::help(PersonId someone) const {
    const HelpRequest* last = nullptr;
    for (const auto* each : view.all<HelpRequest>()) {
        if (each->person == someone) last = each;
    }
    expect(last != nullptr, "no help request is seen");
    return *last;
}

const AttendanceRow& Sight::attendance(PersonId someone) const {
    const auto* line = view.attendance(someone);
    expect(line != nullptr, "no attendance line is seen");
    return *line;
}

// ---- the play

SessionPlan& Play::plan() {
    expect(!room_, "the plan can be changed only before anything happens");
    return plan_;
}

RoomDriver& Play::room() {
    if (!room_) room_.emplace(plan_);
    return *room_;
}

PersonId Play::person(std::string name) const {
    if (name.starts_with("The ")) name.front() = 't';
    if (name.starts_with("the ")) {
        const auto role = base::value_named<Role>(name.substr(4));
        expect(role.has_value(), "\"" + name + "\" is nobody");
        return someone(*role);
    }
    const auto found = people_.find(name);
    expect(found != people_.end(), "nobody is called \"" + name + "\"");
    return found->second;
}

std::string Play::name(PersonId person) const {
    for (const auto& [name, id] : people_) {
        if (id == person) return name;
    }
    return "somebody";
}

PersonId Play::newcomer(const std::string& name) {
    const PersonId person{static_cast<std::int64_t>(people_.size()) + 1};
    return people_.try_emplace(name, person).first->second;
}

PersonId Play::someone(Role role) const {
    for (const auto& [person, member] : room().room().presence.members) {
        if (member.role == role) return person;
    }
    fail_play("there is no " + std::string{base::name_of(role)});
}

PersonId Play::staff() const {
    for (const auto& [person, member] : room().room().presence.members) {
        if (is_staff(member.role)) return person;
    }
    fail_play("there is nobody of the staff");
}

void Play::happen(const std::function<void()>& what) {
    end();
    what();
    refusal_pending_ = !last_.is_done();
    refusal_told_ = false;
    check_streams();
}

void Play::end() {
    if (refusal_pending_ && !refusal_told_)
        fail_play("what stands before this was refused: " + std::string{base::name_of(*last_.refusal)});
    refusal_pending_ = false;
}

void Play::ask(PersonId person, Command command) { keep(room().ask(person, std::move(command))); }

/// The law of the stream, after each thing that happens: what a client holds that was told every
/// change is what a newcomer in its place is shown.
void Play::check_streams() {
    if (!room_) return;
    for (const auto& [person, member] : room_->room().presence.members) {
        const auto now = room_->view(person);
        auto [stream, is_new] = streams_.try_emplace(person, room_->seq(), now);
        if (is_new) continue;
        auto& [seq, held] = stream->second;
        // A room that was compacted is another one: its clients start over.
        if (seq > room_->seq()) {
            seq = room_->seq();
            held = now;
        }
        held.take(changes_since(room_->room(), seq, room_->viewer(person)));
        seq = room_->seq();
        expect(held == now,
            name(person) + "'s client holds something else than a newcomer is shown:\n" + held.difference(now));
    }
}

MessageId Play::message(const std::string& text) const {
    const auto found = messages.find(text);
    expect(found != messages.end(), "nobody wrote \"" + text + "\"");
    return found->second;
}

RequestId Play::request(PersonId beneficiary) const {
    const auto found = requests.find(beneficiary);
    expect(found != requests.end(), "they have not asked for the floor");
    return found->second;
}

HelpId Play::help(PersonId person) const {
    for (const auto& each : sight_of_staff().view.all<HelpRequest>()) {
        if (each.person == person && each.state != HelpState::solved && each.state != HelpState::handed_over &&
            each.state != HelpState::cancelled)
            return each.id;
    }
    const auto found = helps.find(person);
    expect(found != helps.end(), "they have not asked for help");
    return found->second;
}

TurnId Play::turn() const { return sight_of_staff().turn().id; }

std::int64_t Play::review_version(const std::string& text) const {
    const auto seen = sight_of_staff();
    const auto* item = seen.view.review_item(message(text));
    return item == nullptr ? 1 : item->version;
}

Sight Play::sight_of_staff() const {
    return Sight{.play = *this, .name = "The staff", .person = {}, .view = room().view(Audience::staff)};
}

std::vector<Sight> Play::sights_of(std::string viewers) const {
    std::vector<Sight> sights;
    if (viewers == "The staff") return {sight_of_staff()};
    if (viewers == "The others" || viewers == "Everyone") {
        sights.push_back(
            {.play = *this, .name = "The others", .person = {}, .view = room().view(Audience::participants)});
        if (viewers == "Everyone") sights.push_back(sight_of_staff());
        for (const auto& [someone, member] : room().room().presence.members) {
            if (viewers == "Everyone" || !is_staff(member.role))
                sights.push_back(
                    {.play = *this, .name = name(someone), .person = someone, .view = room().view(someone)});
        }
        return sights;
    }
    const auto one = person(std::move(viewers));
    sights.push_back({.play = *this, .name = name(one), .person = one, .view = room().view(one)});
    return sights;
}

}  // namespace etakahvila::testing
