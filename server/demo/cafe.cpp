#include "demo/cafe.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "demo/sentences.hpp"

namespace etakahvila::demo {

using namespace protocol;
using namespace player;
using namespace std::chrono_literals;

namespace {

/// Up to here the meeting goes by within the time below.
constexpr std::chrono::milliseconds beginning = 1290s;
constexpr std::chrono::milliseconds beginning_takes = 40s;
/// Of the messages in that time one in so many is said.
constexpr std::size_t said_in_beginning = 2;

constexpr auto tick_every = 500ms;
constexpr auto pause_between_meetings = 20s;
constexpr auto facilitator_steps_back = 60s;
/// So long the queue stands before the facilitator gives the floor without the meeting's word.
constexpr auto queue_stands = 30s;
constexpr auto real_persons_turn = 120s;
constexpr auto claim_held_after = 30s, decide_held_after = 40s;
constexpr auto claim_help_after = 45s, solve_help_after = 70s;
constexpr auto help_every = 150s, link_every = 100s;
/// Each answers a poll within about so many ticks.
constexpr std::size_t ticks_before_answer = 25;

}  // namespace

Cafe::Cafe(Parts parts, Script script)
    : parts_{std::move(parts)},
      script_{std::move(script)},
      work_{{.loop = parts_.loop,
          .client = parts_.client,
          .session = parts_.session,
          .assignment = parts_.assignment,
          .facilitator = parts_.facilitator,
          .participants = parts_.participants}},
      parser_{std::make_unique<simdjson::dom::parser>()} {
    facilitator_ = make_member(parts_.facilitator, {});
    moderator_ = make_member(parts_.moderator, {});
    for (std::size_t number = 0; number < script_.people.size(); ++number)
        guests_.push_back({.member = make_member(parts_.participants.at(number), nickname(number)), .up = {}});
}

Cafe::~Cafe() = default;

std::unique_ptr<Member> Cafe::make_member(const Invited& invited, std::string name) {
    ours_.insert(invited.person);
    return std::make_unique<Member>(Member::Parts{.loop = parts_.loop,
        .client = parts_.client,
        .watcher = *this,
        .parser = *parser_,
        .secret = invited.secret,
        .nickname = std::move(name),
        .person = invited.person,
        .tab = static_cast<std::uint32_t>(dice_.pick(1u << 24))});
}

void Cafe::open(std::function<void()> live) {
    chair_ = facilitator_->device("ohjaaja");
    chair_->come_in([this, live = std::move(live)] {
        facilitator_->ask(OpenDoors{}, [this, live](const Outcome&) {
            desk_ = moderator_->device("moderaattori");
            desk_->come_in([this, live] { prepare_room(live); });
        });
    });
}

void Cafe::prepare_room(std::function<void()> live) {
    facilitator_->ask(SetWhereWeAre{{"Puhumme siitä, mikä auttaa nukahtamaan.",
        "Voit pyytää puheenvuoron tai kirjoittaa.", "Pelkkä kuuntelukin on osallistumista."}});
    facilitator_->ask(GoLive{}, [this, live = std::move(live)](const Outcome&) {
        for (const auto* agenda : chair_->view().all<Agenda>()) {
            const auto item = std::find_if(agenda->items.begin(), agenda->items.end(),
                [](const AgendaItem& each) { return each.kind == AgendaKind::discussion; });
            if (item != agenda->items.end()) facilitator_->ask(SetCurrentItem{item->id});
        }
        make_polls();
        begin_meeting();
        tick();
        // By hand: its own item comes late in the day.
        facilitator_->ask(OpenAssignment{parts_.assignment}, [this, live](const Outcome&) { work_.begin(live); });
    });
}

bool Cafe::is_live() const {
    const auto* room = chair_->is_up() ? chair_->view().room() : nullptr;
    return room != nullptr && room->phase == Phase::live;
}

// ------------------------------------------------------------------------------------ the meeting

std::chrono::milliseconds Cafe::time_of(std::chrono::milliseconds t) {
    if (t < beginning) return t.count() * beginning_takes / beginning.count();
    return beginning_takes + (t - beginning);
}

void Cafe::begin_meeting() {
    began_ = now();
    next_ = 0;
    is_playing_ = true;
    // Those of the beginning have been let in; who writes for the first time later waits.
    facilitator_->ask(SetChatMode{ChatMode::open});
    is_beginning_ = true;
    next_help_ = began_ + beginning_takes;
    next_link_ = began_ + beginning_takes + 20s;
}

void Cafe::end_meeting() {
    is_playing_ = false;
    for (auto& guest : guests_) {
        for (auto& [conn, device] : std::exchange(guest.up, {})) {
            if (device->is_up()) device->leave([] {});
        }
    }
    parts_.loop.after(pause_between_meetings, [this, alive = std::weak_ptr{alive_}] {
        if (!alive.expired()) begin_meeting();
    });
}

void Cafe::tick() {
    parts_.loop.after(tick_every, [this, alive = std::weak_ptr{alive_}] {
        if (alive.expired()) return;
        tick();
    });
    work_.look_at(chair_->view());
    // In a break and after the end nobody plays on; when it is live again they do.
    if (!is_live()) return;
    if (is_playing_) play_due();
    lead();
    moderate();
    need_help();
    answer_poll();
}

void Cafe::play_due() {
    const auto played = now() - began_;
    if (is_beginning_ && played > beginning_takes) {
        is_beginning_ = false;
        facilitator_->ask(SetChatMode{ChatMode::first_held});
    }
    while (next_ < script_.steps.size() && time_of(script_.steps[next_].t) <= played) {
        std::visit([&](const auto& what) { play(what); }, script_.steps[next_].what);
        ++next_;
    }
    if (next_ == script_.steps.size()) end_meeting();
}

void Cafe::play(const Arrive& arrive) {
    auto& guest = guests_[arrive.person];
    auto device = guest.member->device(arrive.conn);
    guest.up[arrive.conn] = device;
    device->come_in([this, person = arrive.person] { work_.came(person); });
}

void Cafe::play(const Depart& depart) {
    auto& guest = guests_[depart.person];
    const auto found = guest.up.find(depart.conn);
    if (found == guest.up.end()) return;
    const auto device = found->second;
    guest.up.erase(found);
    if (device->is_up()) device->leave([] {});
}

void Cafe::play(const Redial& redial) {
    const auto found = guests_[redial.person].up.find(redial.conn);
    if (found != guests_[redial.person].up.end() && found->second->is_up()) found->second->redial([] {});
}

void Cafe::play(const Say&) {
    if (is_beginning_ && dice_.pick(said_in_beginning) != 0) return;
    // Minutes were taken by one person; here everyone writes.
    auto* guest = somebody();
    if (guest == nullptr || guest->member->waiting() > 0) return;
    if (!is_beginning_ && now() >= next_link_) {
        next_link_ = now() + link_every;
        const auto links = sentences_with_links();
        guest->member->ask(SendMessage{
            .channel = Channel::room, .text = std::string{links[dice_.pick(links.size())]}, .reply_to = {}});
        return;
    }
    guest->member->ask(SendMessage{.channel = Channel::room, .text = next_sentence(), .reply_to = {}});
}

void Cafe::play(const Ask& ask) {
    auto& guest = guests_[ask.person];
    if (guest.member->is_in() && chair_->view().waiting(guest.member->person()) == nullptr)
        guest.member->ask(RequestFloor{.kind = FloorRequestKind::speak});
}

void Cafe::play(const Withdraw& withdraw) {
    auto& guest = guests_[withdraw.person];
    const auto* waiting = chair_->view().waiting(guest.member->person());
    if (waiting != nullptr && guest.member->is_in()) guest.member->ask(CancelFloorRequest{waiting->id});
}

void Cafe::play(const Grant&) { give_floor(); }

std::string Cafe::next_sentence() {
    const auto all = sentences();
    if (deck_.empty()) {
        for (std::size_t number = 0; number < all.size(); ++number) deck_.push_back(number);
        for (std::size_t number = deck_.size(); number > 1; --number)
            std::swap(deck_[number - 1], deck_[dice_.pick(number)]);
    }
    const auto chosen = deck_.back();
    deck_.pop_back();
    return std::string{all[chosen]};
}

Cafe::Guest* Cafe::somebody() {
    std::vector<Guest*> there;
    for (auto& guest : guests_) {
        if (guest.member->is_in()) there.push_back(&guest);
    }
    return there.empty() ? nullptr : there[dice_.pick(there.size())];
}

// ---------------------------------------------------------------------------------- the facilitator

void Cafe::told(Device& device, Instant) {
    if (&device == chair_.get()) notice_other_hands(device.view());
}

void Cafe::answered(Member& member, const Command& command, const Outcome& outcome, Instant, Instant) {
    const bool is_about_turns = std::holds_alternative<GrantFloor>(command) ||
                                std::holds_alternative<ReleaseTurn>(command);
    if (!is_about_turns) return;
    if (&member == facilitator_.get()) is_granting_ = false;
    if (!outcome.refusal) own_steps_.insert(outcome.seq);
}

void Cafe::went_wrong(std::string) {
    // A demo goes on: what is lost is taken up again, and what is refused was only a play.
}

/// A turn that begins by nobody of ours was given by a person; so was one taken from our speaker.
void Cafe::notice_other_hands(const View& view) {
    const auto* turn = view.turn();
    const auto id = turn == nullptr ? std::nullopt : std::optional{turn->id};
    if (id != turn_) {
        // What takes the turn's number took a step of that number.
        const bool is_by_us = !id || own_steps_.contains(id->value) || is_granting_;
        if (!is_by_us) other_hands_at_ = now();
        turn_ = id;
        speaker_ = turn == nullptr ? std::nullopt : std::optional{turn->speaker};
        turn_since_ = now();
        turn_wish_ = std::chrono::seconds{40 + dice_.pick(50)};
        queue_idle_since_ = now();
    }
    const auto* floor = view.floor();
    if (floor != nullptr) {
        const bool is_changed = floor_ && (floor_->policy != floor->policy || floor_->line_up != floor->line_up ||
                                              floor_->stage != floor->stage);
        if (is_changed) other_hands_at_ = now();
        floor_ = *floor;
    }
    if (own_steps_.size() > 1000) own_steps_.erase(own_steps_.begin());
}

void Cafe::lead() {
    const auto& view = chair_->view();
    // A simulated speaker has said it all.
    if (turn_ && speaker_ && now() - turn_since_ > turn_wish_) {
        for (auto& guest : guests_) {
            if (guest.member->person() == *speaker_ && guest.member->is_in() && guest.member->waiting() == 0)
                guest.member->ask(ReleaseTurn{.turn = *turn_});
        }
    }
    if (view.queue().empty() || turn_) queue_idle_since_ = now();
    if (now() - queue_idle_since_ > queue_stands) give_floor();
}

void Cafe::give_floor() {
    const auto& view = chair_->view();
    if (is_granting_ || view.queue().empty()) return;
    if (other_hands_at_ && now() - *other_hands_at_ < facilitator_steps_back) return;
    const bool is_real_person = speaker_ && !is_ours(*speaker_);
    if (turn_ && is_real_person && now() - turn_since_ < real_persons_turn) return;
    is_granting_ = true;
    facilitator_->ask(GrantFloor{.request = {}, .expected_turn = turn_});
}

// ------------------------------------------------------------------------------------ the moderator

void Cafe::moderate() {
    if (!desk_->is_up()) return;
    const auto& view = desk_->view();
    const auto once = [&](std::int64_t id, int what) { return tried_.emplace(id, what).second; };

    std::map<std::int64_t, Instant> held;
    for (const auto* item : view.all<ReviewItem>()) {
        const auto id = item->message.value;
        const auto known = held_since_.find(id);
        const auto since = known == held_since_.end() ? now() : known->second;
        held.emplace(id, since);
        const bool is_mine = item->claimed_by == moderator_->person();
        if (item->claimed_by && !is_mine) continue;
        if (!is_mine && now() - since > claim_held_after && once(id, static_cast<int>(item->version)))
            moderator_->ask(ClaimReview{item->message});
        if (!is_mine || now() - since < decide_held_after || !once(id, -static_cast<int>(item->version))) continue;
        const bool has_link = std::find(item->reasons.begin(), item->reasons.end(), HoldReason::link) !=
                              item->reasons.end();
        if (has_link)
            moderator_->ask(RejectMessage{.message = item->message,
                .version = item->version,
                .reason = "Katsotaan linkit yhdessä lopuksi. Kiitos!"});
        else
            moderator_->ask(PublishMessage{.message = item->message, .version = item->version});
    }
    held_since_ = std::move(held);

    std::map<std::int64_t, Instant> help;
    for (const auto* request : view.all<HelpRequest>()) {
        const auto id = request->id.value;
        if (request->state != HelpState::open && request->state != HelpState::claimed) continue;
        const auto known = help_since_.find(id);
        const auto since = known == help_since_.end() ? now() : known->second;
        help.emplace(id, since);
        if (request->state == HelpState::open && now() - since > claim_help_after && once(id, 1 << 20))
            moderator_->ask(ClaimHelp{request->id});
        if (request->state == HelpState::claimed && request->claimed_by == moderator_->person() &&
            now() - since > solve_help_after && once(id, 1 << 21))
            moderator_->ask(SolveHelp{request->id});
    }
    help_since_ = std::move(help);
}

void Cafe::need_help() {
    if (now() < next_help_) return;
    next_help_ = now() + help_every;
    auto* guest = somebody();
    if (guest == nullptr) return;
    static constexpr std::array kinds{
        HelpKind::cannot_hear, HelpKind::not_heard, HelpKind::cannot_find, HelpKind::something_else};
    static constexpr std::array<std::string_view, 4> words{
        "Ääni pätkii.", "Kukaan ei taida kuulla minua.", "En löydä keskustelua.", "Kuva jäi paikalleen."};
    const auto chosen = dice_.pick(kinds.size());
    guest->member->ask(AskForHelp{.kind = kinds[chosen], .words = std::string{words[chosen]}, .call_back = {}});
}

// ---------------------------------------------------------------------------------------- the polls

void Cafe::make_polls() {
    facilitator_->ask(MakePoll{.question = "Mihin aikaan menet yleensä nukkumaan?",
        .options = {"Ennen kymmentä", "Kymmenen ja puolenyön välillä", "Puolenyön jälkeen", "Se vaihtelee"},
        .choices_max = 1,
        .right = {},
        .why = {},
        .open = {}});
    facilitator_->ask(MakePoll{.question = "Kuinka monta tuntia aikuinen tarvitsee unta?",
        .options = {"5–6 tuntia", "7–9 tuntia", "10–12 tuntia"},
        .choices_max = 1,
        .right = {{1}},
        .why = "Useimmille riittää 7–9 tuntia. Jokainen on silti erilainen.",
        .open = {}});
}

void Cafe::answer_poll() {
    const auto polls = chair_->view().all<Poll>();
    const auto open = std::find_if(
        polls.begin(), polls.end(), [](const auto* each) { return each->state == PollState::open; });
    if (open == polls.end()) return;
    const auto& poll = **open;
    for (auto& guest : guests_) {
        auto& last = polled_[guest.member->person()];
        if (!guest.member->is_in() || last == poll.id || dice_.pick(ticks_before_answer) != 0) continue;
        last = poll.id;
        const auto option = static_cast<std::int64_t>(dice_.pick(poll.options.size()));
        guest.member->ask(AnswerPoll{.poll = poll.id, .options = {option}});
    }
}

}  // namespace etakahvila::demo
