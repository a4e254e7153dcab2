#include "player/performance.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/json.hpp"
#include "player/bot_queue.hpp"
#include "player/member.hpp"
#include "player/made_up_text.hpp"

namespace etakahvila::player {

using namespace protocol;
using Milliseconds = std::chrono::milliseconds;

namespace {

using base::name_of;

/// How long before their time connections are made ready, and how many at once.
constexpr Milliseconds prepared_before{2000};
constexpr std::size_t preparing_max = 32;
/// At these the play waits for the room.
constexpr std::size_t commands_waiting_max = 2000;
constexpr std::size_t commands_waiting_per_person_max = 60;
/// A delay under this is not worth stopping the play's clock for.
constexpr Milliseconds stall_noticed{100};
/// For a message that is refused because too many of its author wait for a moderator.
constexpr Milliseconds again_after{250};
/// Nothing at all has moved for so long: something is lost, and the play ends with what there is.
constexpr std::chrono::seconds stuck_after{60};
constexpr std::size_t message_length_max = 1000;
/// How long the room lets a moderator keep a message (protocol: claim_review).
constexpr Milliseconds review_lease{60'000};

double milliseconds_between(Instant from, Instant to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

}  // namespace

Spread spread_of(std::vector<double> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[std::min(
            values.size() - 1, static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1)];
    };
    return {.count = values.size(), .p50 = at(0.5), .p99 = at(0.99), .most = values.back()};
}

bool PlayReport::is_good() const {
    return lost == 0 && doubled == 0 && reordered == 0 && gaps == 0 && fresh_snapshots == 0 && queue_unmatched == 0 &&
           messages_published == messages_sent && attendance_error_max_seconds <= 1 && attendance_people == people &&
           claims_run_out == 0 && faults.empty();
}

class Performance::Play final : public Watcher, public std::enable_shared_from_this<Performance::Play> {
public:
    Play(Parts parts, Script script, PlaySettings settings)
        : parts_{std::move(parts)}, script_{std::move(script)}, settings_{settings}, words_{settings.seed} {
        report_.name = script_.name;
        report_.copies = settings.copies;
        report_.rate = settings.rate;
        report_.people = script_.people.size() * settings.copies;
        judges_.resize(settings.copies);
    }

    void begin(std::function<void(PlayReport)> done) {
        done_ = std::move(done);
        SessionWish wish{.planned = settings_.session,
            .theme = "Uni",
            .series = "Toisto " + script_.name,
            .question = "Mikä auttaa sinua nukahtamaan?",
            .help_phone = {},
            .hours = session_today(),
            .registrations = made_up_registrations(report_.people),
            .facilitators = {"Ohjaaja"},
            .moderators = {"Moderaattori yksi", "Moderaattori kaksi"}};
        parts_.coordinator.make_session(
            std::move(wish), [self = shared_from_this()](std::variant<MadeSession, ApiFault> made) {
                if (const auto* fault = std::get_if<ApiFault>(&made)) return self->give_up(fault->what);
                self->cast(std::get<MadeSession>(made));
            });
    }

    // ---------------------------------------------------------------------------------- Watcher

    void told(Device& device, Instant at) override {
        for (const auto place : device.view().told_now()) {
            auto& last = last_told_[place];
            last = std::max(last, at);
        }
        if (&device == chair_.get()) {
            note_messages();
            settle_lane();
        }
        if (device.role() == Role::moderator) review(device);
        if (is_closing_) settle_close();
    }

    void answered(Member&, const Command& command, const Outcome& outcome, Instant sent, Instant at) override {
        last_progress_ = at;
        acks_.push_back(milliseconds_between(sent, at));
        if (outcome.refusal) return;
        if (std::holds_alternative<SendMessage>(command) || std::holds_alternative<PublishMessage>(command))
            sent_at_[outcome.seq] = sent;
    }

    void went_wrong(std::string what) override { ++report_.faults[std::move(what)]; }

    void moved() override {
        last_progress_ = now();
        advance_soon();
    }

private:
    struct Visit {
        std::shared_ptr<Device> device;
        Milliseconds from{};
        std::optional<Milliseconds> to;
    };
    struct Person {
        std::unique_ptr<Member> member;
        std::map<std::string, Visit> up;
        /// Of visits that are over, in the play's own time.
        std::vector<Interval> visits;
        bool is_going = false;
        std::size_t messages_to_send{};
    };

    // ----------------------------------------------------------------------------------- people

    void cast(const MadeSession& made) {
        session_ = made.id;
        std::vector<const Invited*> participants;
        for (const auto& invited : made.invited) {
            if (invited.role == Role::participant) participants.push_back(&invited);
            if (invited.role == Role::facilitator && !facilitator_) facilitator_ = make_member(invited, {});
            if (invited.role == Role::moderator) moderators_.push_back(make_member(invited, {}));
        }
        if (participants.size() != report_.people || !facilitator_ || moderators_.size() < 2)
            return give_up("the invitations are not those that were asked for");
        for (std::size_t number = 0; number < participants.size(); ++number) {
            people_.push_back({.member = make_member(*participants[number], nickname(number)), .up = {}, .visits = {}});
            number_of_.emplace(participants[number]->person, number);
        }
        chair_ = facilitator_->device("ohjaaja");
        all_devices_.push_back(chair_);
        chair_->come_in([this] {
            connections_changed(1);
            facilitator_->ask(OpenDoors{}, expect_done("open_doors", [this] { bring_moderators(0); }));
        });
        watch_for_stillness();
    }

    std::unique_ptr<Member> make_member(const Invited& invited, std::string name) {
        return std::make_unique<Member>(Member::Parts{.loop = parts_.loop,
            .client = parts_.client,
            .watcher = *this,
            .parser = parser_,
            .secret = invited.secret,
            .nickname = std::move(name),
            .person = invited.person,
            .tab = static_cast<std::uint32_t>(words_.pick(1u << 24))});
    }

    void bring_moderators(std::size_t number) {
        if (number == moderators_.size()) {
            facilitator_->ask(SetChatMode{settings_.mode}, expect_done("set_chat_mode", [this] { prepare_first(); }));
            return;
        }
        auto device = moderators_[number]->device("moderaattori");
        all_devices_.push_back(device);
        device->come_in([this, number] {
            connections_changed(1);
            bring_moderators(number + 1);
        });
    }

    /// Those who come in the first moments stand at the door when the session goes live.
    void prepare_first() {
        is_preparing_first_ = true;
        prepare_until(prepared_before);
        advance();
    }

    Member::Answered expect_done(std::string what, std::function<void()> then = {}) {
        return [this, what = std::move(what), then = std::move(then)](const Outcome& outcome) {
            if (outcome.refusal) went_wrong(what + " was refused as " + std::string{name_of(outcome.refusal->word)});
            if (then) then();
        };
    }

    std::size_t copies() const { return settings_.copies; }
    Person& person(PersonNumber number, std::size_t copy) { return people_[number * copies() + copy]; }

    void connections_changed(std::ptrdiff_t difference) {
        up_ += difference;
        report_.most_at_once = std::max(
            report_.most_at_once, static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, up_ - 3)));
        if (parts_.connections_changed) parts_.connections_changed(difference);
    }

    // ------------------------------------------------------------------------------- the play's clock

    Milliseconds due(Milliseconds t) const {
        return Milliseconds{static_cast<std::int64_t>(static_cast<double>(t.count()) / settings_.rate)} + stalled_;
    }
    Milliseconds played() const { return std::chrono::duration_cast<Milliseconds>(now() - began_); }

    void prepare_until(Milliseconds until) {
        std::erase_if(preparing_, [](const auto& device) { return !device->is_preparing(); });
        for (; next_prepared_ < script_.steps.size() && preparing_.size() < preparing_max; ++next_prepared_) {
            const auto& step = script_.steps[next_prepared_];
            if (due(step.t) > until) return;
            const auto* arrive = std::get_if<Arrive>(&step.what);
            if (arrive == nullptr) continue;
            for (std::size_t copy = 0; copy < copies(); ++copy) {
                auto device = person(arrive->person, copy).member->device(arrive->conn);
                prepared_[next_prepared_].push_back(device);
                preparing_.push_back(device);
                all_devices_.push_back(device);
                device->prepare();
            }
        }
    }

    void advance_soon() {
        if (std::exchange(advance_is_due_, true)) return;
        parts_.loop.post([self = shared_from_this()] {
            self->advance_is_due_ = false;
            self->advance();
        });
    }

    void advance() {
        if (is_over_ || is_closing_) return;
        if (!is_live_) {
            if (!is_preparing_first_ || is_going_live_) return;
            prepare_until(prepared_before);
            std::erase_if(preparing_, [](const auto& device) { return !device->is_preparing(); });
            if (!preparing_.empty()) return;
            is_going_live_ = true;
            facilitator_->ask(GoLive{}, expect_done("go_live", [this] {
                began_ = now();
                is_live_ = true;
                advance_soon();
            }));
            return;
        }
        prepare_until(played() + prepared_before);
        while (next_ < script_.steps.size()) {
            const auto& step = script_.steps[next_];
            const auto wait = due(step.t) - played();
            if (wait > Milliseconds{0}) return wake_after(std::min(wait, Milliseconds{500}));
            if (!may_begin(step)) {
                waited_ = true;
                return;
            }
            if (std::exchange(waited_, false) && -wait > stall_noticed) stalled_ += -wait;
            begin_step(next_++);
        }
        const auto wait = due(script_.length) - played();
        if (wait > Milliseconds{0}) return wake_after(wait);
        if (is_quiet()) close();
    }

    void wake_after(Milliseconds delay) {
        const auto at = now() + delay;
        if (wakes_at_ && *wakes_at_ <= at && *wakes_at_ > now()) return;
        wakes_at_ = at;
        parts_.loop.after(delay, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self) return;
            self->wakes_at_.reset();
            self->advance();
        });
    }

    bool is_lane_step(const Step& step) const {
        return !std::holds_alternative<Arrive>(step.what) && !std::holds_alternative<Say>(step.what) &&
               !std::holds_alternative<Redial>(step.what);
    }

    bool all_in(PersonNumber number) {
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            if (!person(number, copy).member->is_in()) return false;
        }
        return true;
    }

    /// All their connections are up, so that it is known which is the last. Nothing that they asked for is
    /// open.
    bool all_idle(PersonNumber number) {
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            const auto& one = person(number, copy);
            if (one.member->waiting() > 0 || one.messages_to_send > 0) return false;
            for (const auto& [conn, visit] : one.up) {
                if (!visit.device->is_up()) return false;
            }
        }
        return true;
    }

    bool may_begin(const Step& step) {
        if (is_lane_step(step) && !lane_.empty()) return false;
        if (const auto* arrive = std::get_if<Arrive>(&step.what)) {
            const auto prepared = prepared_.find(static_cast<std::size_t>(&step - script_.steps.data()));
            if (prepared == prepared_.end()) return false;
            for (std::size_t copy = 0; copy < copies(); ++copy) {
                if (person(arrive->person, copy).is_going) return false;
            }
            return true;
        }
        if (const auto* depart = std::get_if<Depart>(&step.what)) return all_idle(depart->person);
        if (const auto* redial = std::get_if<Redial>(&step.what)) {
            for (std::size_t copy = 0; copy < copies(); ++copy) {
                if (!person(redial->person, copy).up.at(redial->conn).device->is_up()) return false;
            }
            return true;
        }
        if (const auto* say = std::get_if<Say>(&step.what)) {
            if (commands_waiting() > commands_waiting_max) return false;
            return person(say->person, 0).member->waiting() <= commands_waiting_per_person_max;
        }
        if (const auto* ask = std::get_if<Ask>(&step.what)) return all_in(ask->person);
        if (const auto* withdraw = std::get_if<Withdraw>(&step.what)) return all_in(withdraw->person);
        if (const auto* grant = std::get_if<Grant>(&step.what)) return all_in(grant->person);
        return true;
    }

    std::size_t commands_waiting() const {
        std::size_t waiting = 0;
        for (const auto& one : people_) waiting += one.member->waiting();
        return waiting;
    }

    void begin_step(std::size_t number) {
        const auto& step = script_.steps[number];
        const auto at = due(step.t);
        std::visit([&](const auto& what) { begin(number, step, what, at); }, step.what);
    }

    // -------------------------------------------------------------------------------- coming and going

    void begin(std::size_t number, const Step&, const Arrive& arrive, Milliseconds at) {
        auto devices = std::move(prepared_.extract(number).mapped());
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            auto& one = person(arrive.person, copy);
            auto& device = devices[copy];
            ++report_.connections;
            one.up[arrive.conn] = {.device = device, .from = at, .to = {}};
            device->come_in([this] { connections_changed(1); });
        }
    }

    void begin(std::size_t, const Step&, const Depart& depart, Milliseconds at) {
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            auto& one = person(depart.person, copy);
            const auto visit = std::move(one.up.extract(depart.conn).mapped());
            one.visits.push_back({visit.from.count(), at.count()});
            one.is_going = true;
            const bool is_last = one.member->devices_up() == 1;
            visit.device->owed = chair_->view().have();
            auto& lane = add_lane();
            visit.device->leave([this, &one, &lane, depart, copy, is_last] {
                connections_changed(-1);
                // Whoever goes altogether gives up a place: over when the chair has seen them go.
                lane.is_settled = [this, &one, is_last] {
                    const auto* seen = chair_->view().person(one.member->person());
                    return !is_last || (seen != nullptr && seen->presence == PresenceState::gone);
                };
                lane.settled = [this, &one, depart, copy, is_last] {
                    one.is_going = false;
                    if (is_last && chair_->view().waiting(one.member->person()) == nullptr)
                        judges_[copy].left(depart.person);
                };
                settle_lane();
            });
        }
    }

    void begin(std::size_t, const Step&, const Redial& redial, Milliseconds) {
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            ++report_.redials;
            person(redial.person, copy).up.at(redial.conn).device->redial([] {});
        }
    }

    // ------------------------------------------------------------------------------------------- chat

    void begin(std::size_t, const Step&, const Say& say, Milliseconds) {
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            for (const auto length : pieces_of(say.length, message_length_max)) {
                auto& one = person(say.person, copy);
                ++report_.messages_sent;
                ++one.messages_to_send;
                send(one, words_.text(length));
            }
        }
    }

    void send(Person& one, const std::string& text) {
        if (is_over_) return;
        one.member->ask(SendMessage{.channel = Channel::room, .text = text, .reply_to = {}},
            [this, &one, text](const Outcome& outcome) {
                if (outcome.refusal && outcome.refusal->word == RefusalWord::limit_reached) {
                    parts_.loop.after(again_after, [self = shared_from_this(), &one, text] { self->send(one, text); });
                    return;
                }
                --one.messages_to_send;
                if (outcome.refusal)
                    return went_wrong("a message was refused as " + std::string{name_of(outcome.refusal->word)});
                ++said_[{one.member->person().value, text}];
            });
    }

    /// The chair is there all the time: what it is told is what there is to be told.
    void note_messages() {
        const auto& view = chair_->view();
        for (const auto place : view.told_now()) told_to_chair_.insert(place);
        for (; !view.told_now().empty() && noted_batch_ != view.have(); noted_batch_ = view.have()) {
            for (const auto* message : view.all<Message>()) {
                if (message->state != MessageState::published || message->channel != Channel::room ||
                    !heard_ids_.insert(message->id).second)
                    continue;
                --said_[{message->author.value, message->text.value_or("")}];
            }
        }
    }

    /// Each moderator claims and then publishes every second message, and every tenth both go for:
    /// one is told who has it.
    void review(Device& device) {
        if (is_closing_) return;
        const auto mine = &device.member() == moderators_.front().get() ? 0 : 1;
        for (const auto* item : device.view().all<ReviewItem>()) {
            const auto number = item->message.value;
            if (number % 10 != 0 && number % 2 != mine) continue;
            if (!tried_[static_cast<std::size_t>(mine)].insert(number).second) continue;
            held_.try_emplace(number, now());
            device.member().ask(
                ClaimReview{item->message}, [this, &device, message = item->message](const Outcome& outcome) {
                    if (!outcome.refusal) return publish(device, message, now());
                    const auto word = outcome.refusal->word;
                    if (word == RefusalWord::already_claimed || word == RefusalWord::already_handled)
                        ++report_.claims_met;
                    else
                        went_wrong("a claim was refused as " + std::string{name_of(word)});
                });
        }
    }

    void publish(Device& device, MessageId message, Instant claimed) {
        const auto* item = device.view().review_item(message);
        if (item == nullptr) return went_wrong("a message that was claimed is not there to be published");
        device.member().ask(PublishMessage{.message = message, .version = item->version},
            [this, message, claimed](const Outcome& outcome) {
                if (outcome.refusal)
                    return went_wrong("publishing was refused as " + std::string{name_of(outcome.refusal->word)});
                claimed_.push_back(milliseconds_between(claimed, now()));
                waited_for_moderator_.push_back(milliseconds_between(held_.at(message.value), now()));
                if (claimed_.back() >= static_cast<double>(review_lease.count())) ++report_.claims_run_out;
            });
    }

    // -------------------------------------------------------------------------------------- the queue

    /// Something that must be over before the next step of the queue begins.
    struct Lane {
        /// Empty while it is under way.
        std::function<bool()> is_settled;
        std::function<void()> settled;
        bool is_done = false;
    };

    Lane& add_lane() { return *lane_.emplace_back(std::make_unique<Lane>()); }

    void settle_lane() {
        for (auto& lane : lane_) {
            if (lane->is_done || !lane->is_settled || !lane->is_settled()) continue;
            lane->is_done = true;
            if (lane->settled) lane->settled();
        }
        const auto before = lane_.size();
        std::erase_if(lane_, [](const auto& lane) { return lane->is_done; });
        if (before == 0 || !lane_.empty()) return;
        if (const auto compare = std::exchange(when_lane_is_empty_, {})) compare();
        moved();
    }

    /// A command whose effect the chair must have seen before the step is over. `refused` says
    /// whether a refusal is right.
    void ask_in_lane(
        Member& member, std::string what, Command command, std::function<bool(const Refusal&)> refused = {}) {
        auto& lane = add_lane();
        member.ask(std::move(command),
            [this, &lane, what = std::move(what), refused = std::move(refused)](const Outcome& outcome) {
                if (outcome.refusal && !(refused && refused(*outcome.refusal)))
                    went_wrong(what + " was refused as " + std::string{name_of(outcome.refusal->word)});
                const auto until = outcome.refusal ? 0 : outcome.seq;
                lane.is_settled = [this, until] { return chair_->view().have() >= until; };
                settle_lane();
            });
    }

    void begin(std::size_t, const Step& step, const Ask& ask, Milliseconds) {
        when_lane_is_empty_ = [this, &step] { compare(*step.answer); };
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            auto& one = person(ask.person, copy);
            auto& judge = judges_[copy];
            const bool must_be_refused = judge.waits_in_room(ask.person);
            judge.asked(ask.person);
            RequestFloor request{.kind = FloorRequestKind::speak};
            if (ask.by) request.beneficiary = one.member->person();
            auto& lane = add_lane();
            (ask.by ? *facilitator_ : *one.member)
                .ask(std::move(request), [this, &lane, &one, must_be_refused](const Outcome& outcome) {
                    const auto* standing = chair_->view().waiting(one.member->person());
                    const bool is_standing = outcome.refusal &&
                                             outcome.refusal->word == RefusalWord::already_requested &&
                                             standing != nullptr && outcome.refusal->standing == standing->id.value;
                    if (is_standing != must_be_refused || (outcome.refusal && !is_standing))
                        went_wrong("a request was answered otherwise than by the rules");
                    const auto until = outcome.refusal ? 0 : outcome.seq;
                    lane.is_settled = [this, until] { return chair_->view().have() >= until; };
                    settle_lane();
                });
        }
    }

    void begin(std::size_t, const Step& step, const Withdraw& withdraw, Milliseconds) {
        when_lane_is_empty_ = [this, &step] { compare(*step.answer); };
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            auto& one = person(withdraw.person, copy);
            const auto* waiting = chair_->view().waiting(one.member->person());
            if ((waiting != nullptr) != judges_[copy].waits_in_room(withdraw.person))
                went_wrong("the room has another queue than the rules give");
            judges_[copy].took_back(withdraw.person);
            if (waiting != nullptr) ask_in_lane(*one.member, "taking a request back", CancelFloorRequest{waiting->id});
        }
        if (lane_.empty()) std::exchange(when_lane_is_empty_, {})();
    }

    void begin(std::size_t, const Step&, const Grant& grant, Milliseconds) { grant_to(grant.person, 0); }

    /// One copy after the other: each grant names the turn that it ends.
    void grant_to(PersonNumber number, std::size_t copy) {
        if (copy == copies()) return moved();
        auto& one = person(number, copy);
        const auto& view = chair_->view();
        const auto* waiting = view.waiting(one.member->person());
        const auto turn = view.turn() == nullptr ? std::nullopt : std::optional{view.turn()->id};
        const bool speaks_already = view.turn() != nullptr && view.turn()->speaker == one.member->person();
        if ((waiting != nullptr) != judges_[copy].waits_in_room(number))
            went_wrong("the room has another queue than the rules give");
        judges_[copy].granted(number);
        if (waiting == nullptr && speaks_already) return grant_to(number, copy + 1);
        when_lane_is_empty_ = [this, number, copy] { grant_to(number, copy + 1); };
        if (waiting != nullptr)
            ask_in_lane(*facilitator_, "giving the floor", GrantFloor{.request = waiting->id, .expected_turn = turn});
        else
            ask_in_lane(*facilitator_, "giving the floor to someone who does not wait",
                GrantFloorTo{.person = one.member->person(), .expected_turn = turn});
    }

    void begin(std::size_t, const Step& step, const Look&, Milliseconds) { compare(*step.answer); }

    void compare(const std::vector<PersonNumber>& answer) {
        std::vector<std::vector<PersonNumber>> rooms(copies());
        for (const auto* request : chair_->view().queue()) {
            const auto number = number_of_.find(request->beneficiary);
            if (number == number_of_.end()) {
                went_wrong("somebody waits whom the meeting does not know");
                continue;
            }
            rooms[number->second % copies()].push_back(number->second / copies());
        }
        for (std::size_t copy = 0; copy < copies(); ++copy) {
            ++report_.queue_answers;
            const auto verdict = judges_[copy].judge(answer, rooms[copy]);
            switch (verdict.kind) {
                case BotQueue::Verdict::Kind::matched: ++report_.queue_matched; break;
                case BotQueue::Verdict::Kind::explained: ++report_.queue_explained; break;
                case BotQueue::Verdict::Kind::unmatched: ++report_.queue_unmatched; break;
            }
            for (const auto rule : verdict.rules) ++report_.explained_by[std::string{name_of(rule)}];
        }
    }

    // -------------------------------------------------------------------------------------- the end

    bool is_quiet() {
        if (!lane_.empty() || commands_waiting() > 0 || facilitator_->waiting() > 0) return false;
        for (const auto& moderator : moderators_) {
            if (moderator->waiting() > 0) return false;
        }
        for (const auto& one : people_) {
            if (one.messages_to_send > 0) return false;
            for (const auto& [conn, visit] : one.up) {
                if (!visit.device->is_up()) return false;
            }
        }
        return chair_->view().all<ReviewItem>().empty() && told_to_chair_.size() >= report_.messages_sent;
    }

    void close() {
        is_closing_ = true;
        stalled_ += std::max(Milliseconds{0}, played() - due(script_.length) - stall_noticed);
        const auto end = std::max(played(), due(script_.length));
        for (auto& one : people_) {
            for (const auto& [conn, visit] : one.up) one.visits.push_back({visit.from.count(), end.count()});
        }
        facilitator_->ask(CloseSession{}, [this](const Outcome& outcome) {
            if (outcome.refusal)
                went_wrong("close_session was refused as " + std::string{name_of(outcome.refusal->word)});
            closed_at_ = outcome.seq;
            settle_close();
        });
    }

    /// Over when everyone who was there to the end has all of it.
    void settle_close() {
        if (!closed_at_ || is_over_) return;
        for (const auto& device : all_devices_) {
            if (device->is_up() && device->view().have() < *closed_at_) return;
        }
        is_over_ = true;
        parts_.coordinator.attendance(
            session_, [self = shared_from_this()](std::variant<std::vector<PersonDay>, ApiFault> told) {
                if (const auto* fault = std::get_if<ApiFault>(&told))
                    self->went_wrong(fault->what);
                else
                    self->check_attendance(std::get<std::vector<PersonDay>>(told));
                self->finish();
            });
    }

    void check_attendance(const std::vector<PersonDay>& days) {
        for (const auto& one : people_) {
            const auto day = std::find_if(
                days.begin(), days.end(), [&](const PersonDay& each) { return each.person == one.member->person(); });
            if (day == days.end()) {
                went_wrong("a person is missing from the attendance");
                continue;
            }
            ++report_.attendance_people;
            // The server tells whole seconds that have passed: anything up to the next one is what it says.
            const auto expected = static_cast<double>(length_of_union(one.visits)) / 1000;
            const auto told = static_cast<double>(day->connected_seconds);
            const auto error = expected < told ? told - expected : std::max(0.0, expected - (told + 1));
            report_.attendance_error_max_seconds = std::max(report_.attendance_error_max_seconds, error);
            report_.window_seconds = static_cast<double>(day->window_seconds);
        }
    }

    void count_deliveries() {
        for (const auto& device : all_devices_) {
            const auto& view = device->view();
            report_.doubled += static_cast<std::size_t>(view.faults().doubled);
            report_.reordered += static_cast<std::size_t>(view.faults().reordered);
            report_.gaps += static_cast<std::size_t>(view.faults().gaps);
            report_.fresh_snapshots += static_cast<std::size_t>(device->fresh_snapshots());
            if (view.began_at() == 0) continue;
            // Live: all that was published after the snapshot, to the end of their visit.
            const auto until = device->owed > 0 ? std::max(view.have(), device->owed) : *closed_at_;
            for (auto place = told_to_chair_.upper_bound(view.began_at());
                place != told_to_chair_.end() && *place <= until; ++place) {
                ++report_.deliveries_expected;
                if (view.told_later().contains(*place))
                    ++report_.messages_delivered;
                else
                    ++report_.lost;
            }
            for (const auto place : view.told_later()) {
                if (!told_to_chair_.contains(place)) went_wrong("somebody was told a message that the chair was not");
            }
            // The snapshot: the newest that were there.
            auto place = told_to_chair_.upper_bound(view.began_at());
            std::size_t shown = 0;
            while (place != told_to_chair_.begin() && shown + view.others_at_first() < messages_kept) {
                --place;
                ++shown;
                ++report_.deliveries_expected;
                if (view.told_at_first().contains(*place))
                    ++report_.messages_delivered;
                else
                    ++report_.lost;
            }
        }
    }

    void watch_for_stillness() {
        parts_.loop.after(std::chrono::seconds{5}, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self || self->is_over_) return;
            const bool is_waiting_for_time = self->is_live_ && !self->is_closing_ && self->wakes_at_ &&
                                             *self->wakes_at_ > now();
            if (!is_waiting_for_time && now() - self->last_progress_ > stuck_after)
                return self->give_up("nothing moves any more: " + self->whereabouts());
            if (self->is_closing_)
                self->settle_close();
            else
                self->advance_soon();
            self->watch_for_stillness();
        });
    }

    /// Where the play stands, for whoever looks for what is missing.
    std::string whereabouts() {
        std::string text = "step " + std::to_string(next_) + " of " + std::to_string(script_.steps.size()) + ", " +
                           std::to_string(lane_.size()) + " of the queue open, " + std::to_string(commands_waiting()) +
                           " commands without an answer, " + std::to_string(told_to_chair_.size()) + " of " +
                           std::to_string(report_.messages_sent) + " messages told";
        if (chair_) text += ", " + std::to_string(chair_->view().all<ReviewItem>().size()) + " held";
        return text;
    }

    void give_up(std::string why) {
        went_wrong(std::move(why));
        is_over_ = true;
        finish();
    }

    void finish() {
        is_over_ = true;
        if (closed_at_)
            count_deliveries();
        else
            closed_at_ = 0;
        report_.messages_published = heard_ids_.size();
        for (const auto& [what, count] : said_) {
            if (count != 0) ++report_.lost;
        }
        report_.messages_held = held_.size();
        for (const auto& one : people_) {
            report_.resent += static_cast<std::size_t>(one.member->resent());
            report_.held_back += static_cast<std::size_t>(one.member->held_back());
        }
        report_.stalled_seconds = static_cast<double>(stalled_.count()) / 1000;
        report_.took_seconds = is_live_ ? milliseconds_between(began_, now()) / 1000 : 0;
        report_.ack_ms = spread_of(std::move(acks_));
        std::vector<double> spreads;
        for (const auto& [place, last] : last_told_) {
            if (const auto sent = sent_at_.find(place); sent != sent_at_.end())
                spreads.push_back(milliseconds_between(sent->second, last));
        }
        report_.last_receiver_ms = spread_of(std::move(spreads));
        report_.held_ms = spread_of(std::move(waited_for_moderator_));
        report_.claimed_ms = spread_of(std::move(claimed_));
        connections_changed(-up_);
        parts_.loop.post([self = shared_from_this()] {
            self->let_everyone_go();
            std::exchange(self->done_, {})(std::move(self->report_));
        });
    }

    void let_everyone_go() {
        lane_.clear();
        all_devices_.clear();
        prepared_.clear();
        preparing_.clear();
        chair_.reset();
        people_.clear();
        moderators_.clear();
        facilitator_.reset();
    }

    Parts parts_;
    Script script_;
    PlaySettings settings_;
    MadeUpText words_;
    simdjson::dom::parser parser_;
    std::function<void(PlayReport)> done_;
    PlayReport report_;

    SessionId session_;
    std::unique_ptr<Member> facilitator_;
    std::vector<std::unique_ptr<Member>> moderators_;
    std::vector<Person> people_;
    std::map<PersonId, std::size_t> number_of_;
    std::shared_ptr<Device> chair_;
    std::vector<std::shared_ptr<Device>> all_devices_;
    std::ptrdiff_t up_{};

    bool is_preparing_first_ = false;
    bool is_going_live_ = false;
    bool is_live_ = false;
    bool is_closing_ = false;
    bool is_over_ = false;
    bool advance_is_due_ = false;
    bool waited_ = false;
    Instant began_{};
    Instant last_progress_ = now();
    std::optional<Instant> wakes_at_;
    Milliseconds stalled_{};
    std::size_t next_{};
    std::size_t next_prepared_{};
    std::map<std::size_t, std::vector<std::shared_ptr<Device>>> prepared_;
    std::vector<std::shared_ptr<Device>> preparing_;

    std::vector<std::unique_ptr<Lane>> lane_;
    std::function<void()> when_lane_is_empty_;
    std::vector<BotQueue> judges_;

    /// By author and text: how often it was said and durable, less how often it was published.
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> said_;
    std::set<MessageId> heard_ids_;
    std::int64_t noted_batch_{-1};
    std::set<std::int64_t> told_to_chair_;
    /// Messages that wait or waited for a moderator, and since when one knew of each.
    std::map<std::int64_t, Instant> held_;
    std::array<std::set<std::int64_t>, 2> tried_;
    std::optional<std::int64_t> closed_at_;

    std::vector<double> acks_;
    std::vector<double> waited_for_moderator_;
    std::vector<double> claimed_;
    std::map<std::int64_t, Instant> sent_at_;
    std::map<std::int64_t, Instant> last_told_;
};

Performance::Performance(Parts parts, Script script, PlaySettings settings)
    : play_{std::make_shared<Play>(std::move(parts), std::move(script), settings)} {}
Performance::~Performance() = default;

void Performance::play(std::function<void(PlayReport)> done) { play_->begin(std::move(done)); }

}  // namespace etakahvila::player
