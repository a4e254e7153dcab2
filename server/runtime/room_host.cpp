#include "runtime/room_host.hpp"

#include <algorithm>
#include <set>

#include "base/json.hpp"
#include "domain/room/permission.hpp"

namespace etakahvila::runtime {
namespace {

using protocol::RefusalWord;

Frame frame_of(const protocol::ServerFrame& frame) {
    return std::make_shared<const std::string>(base::json::to_text(frame));
}

/// Refusals that are about the moment, not about the command: nothing is kept, and the same id
/// may be sent again.
protocol::ServerFrame try_again(
    const std::string& command_id, domain::Seq seq, RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
    return protocol::Outcome{.id = command_id, .seq = seq, .refusal = domain::refused(word, {}, {}, wait_seconds)};
}

journal::Need need_of(const domain::Input& input) {
    if (const auto* asks = std::get_if<domain::MemberAsks>(&input))
        return domain::is_vital(asks->command) ? journal::Need::vital : journal::Need::ordinary;
    return std::holds_alternative<domain::PlanSession>(input) ? journal::Need::ordinary : journal::Need::vital;
}

/// What the reports of a day are made of anew.
bool is_of_the_day(const domain::Event& event) {
    return std::holds_alternative<domain::AttendanceProposed>(event.any()) ||
           std::holds_alternative<domain::AttendanceSealed>(event.any()) ||
           std::holds_alternative<domain::AttendanceCorrected>(event.any()) ||
           std::holds_alternative<domain::CameLate>(event.any());
}

std::int64_t last_connection_of(const domain::Room& room) {
    std::int64_t last = 0;
    for (const auto& [person, member] : room.presence.members) {
        for (const auto& stay : member.stays) last = std::max(last, stay.connection.value);
    }
    return last;
}

}  // namespace

std::shared_ptr<RoomHost> RoomHost::open(Parts parts, const journal::StoredRoom& stored) {
    std::shared_ptr<RoomHost> opened{new RoomHost{parts, stored}};
    host->loop_.post([host] {
        // Should the server have gone down between the journal and the report.
        if (host->keep_day_ && host->room_.attendance.version != 0) host->keep_day_(host->room_);
        if (host->saves(journal::Need::vital)) host->step(domain::Restart{});
        host->set_timer();
    });
    parts.journal.watch([weak = host->weak_from_this()] {
        const auto self = weak.lock();
        if (self) self->loop_.post([self] { self->saves_changed(); });
        return self != nullptr;
    });
    return opened;
}

RoomHost::RoomHost(Parts parts, const journal::StoredRoom& stored)
    : session_{parts.session},
      loop_{parts.loop},
      clock_{parts.clock},
      journal_{parts.journal},
      tickets_{parts.tickets},
      voice_tickets_{parts.voice_tickets},
      keep_day_{std::move(parts.keep_day)},
      epoch_{stored.epoch},
      voice_{parts.session, parts.clock, parts.voice_figures} {
    for (const auto& step : stored.steps) apply(room_, step);
    last_connection_ = last_connection_of(room_);
    told_ = room_.seq;
    last_batch_.fill(room_.seq);
    last_batch_told_ = last_batch_;
    outbox_.durable_through(room_.seq);
    is_damaged_ = stored.damaged_at.has_value();
    saves_ = journal_.saves();
    // The room's clock goes on from its last step; how long the server was away only the wall knows.
    const auto away_ms = room_.seq == 0 ? 0 : std::max<std::int64_t>(0, clock_.utc().ms - room_.now.utc.ms);
    room_time_offset_ = base::Milliseconds{room_.now.at.ms + away_ms} - clock_.monotonic();
    watch_lines();
}

base::Stamp RoomHost::stamp() const {
    return {.at = {(clock_.monotonic() + room_time_offset_).count()}, .utc = clock_.utc()};
}

protocol::Clock RoomHost::clock() const {
    const auto now = stamp();
    return {.room = now.at, .utc = now.utc};
}

// ------------------------------------------------------------------------------ what visitors ask

void RoomHost::plan(domain::SessionPlan plan) {
    loop_.post([self = shared_from_this(), plan = std::move(plan)] {
        self->plan_ = plan;
        self->catch_up();
    });
}

void RoomHost::admit(domain::Admit admit, OutsideAnswer answer) {
    loop_.post([self = shared_from_this(), admit = std::move(admit), answer = std::move(answer)] {
        self->take_from_outside(admit, answer);
    });
}

void RoomHost::ask_at_door(domain::AskAtDoor asks, OutsideAnswer answer) {
    loop_.post([self = shared_from_this(), asks = std::move(asks), answer = std::move(answer)] {
        self->take_from_outside(asks, answer);
    });
}

void RoomHost::take_from_outside(const domain::Input& input, const OutsideAnswer& answer) {
    if (is_shut_ || is_reading_back_) return answer(domain::refused(RefusalWord::not_saving));
    if (!saves(journal::Need::vital)) {
        // Who is known here changes nothing by coming in again, and may look on.
        const auto decided = decide(room_, input, stamp());
        if (decided.refusal) return answer(decided.refusal);
        return answer(is_empty(decided) ? std::nullopt : std::optional{domain::refused(RefusalWord::not_saving)});
    }
    const auto taken = step(input);
    when_told_.push_back({.saved = [answer, refusal = taken.refusal] { answer(refusal); },
        .dropped = [answer] { answer(domain::refused(RefusalWord::not_saving)); }});
    schedule_flush();
}

void RoomHost::arrive(Arrival arrival, std::function<void(ConnectionId)> taken) {
    loop_.post([self = shared_from_this(), arrival = std::move(arrival), taken = std::move(taken)]() mutable {
        const ConnectionId connection{++self->last_connection_};
        taken(connection);
        const auto hang_up = [&](CloseCode code) {
            arrival.hub->loop().post([line = arrival.line, code] { line->close(code, 0); });
        };
        if (self->is_shut_) return hang_up(CloseCode::restart);
        // Who is shut out from now on is found among those present.
        if (!self->tickets_.is_good(arrival.pass)) return hang_up(CloseCode::bad_ticket);
        const auto person = arrival.pass.person;
        if (std::count_if(self->present_.begin(), self->present_.end(),
                [&](const auto& each) { return each.second.person == person; }) >= connections_per_person_max)
            return hang_up(CloseCode::too_many_lines);
        if (!self->is_reading_back_) {
            const domain::OpenConnection open{.person = person, .connection = connection, .device = arrival.device};
            const auto step = self->saves(journal::Need::vital) ? self->step(open)
                                                                : decide(self->room_, open, self->stamp());
            if (step.refusal)
                return hang_up(step.refusal->word == RefusalWord::removed ? CloseCode::removed : CloseCode::bad_ticket);
        }
        self->present_[connection] = {.person = arrival.pass.person, .role = arrival.pass.role, .hub = arrival.hub};
        const auto hub = self->find_hub(arrival.hub);
        if (hub == self->hubs_.end())
            self->hubs_.emplace_back(arrival.hub, 1);
        else
            ++hub->second;
        self->arriving_.push_back({.connection = connection, .arrival = std::move(arrival)});
        self->schedule_flush();
    });
}

void RoomHost::command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command) {
    loop_.post([self = shared_from_this(), connection, command_id = std::move(command_id),
                   command = std::move(command)]() mutable {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        // What the room holds now may never have happened: no answer is given out of it.
        if (self->is_reading_back_) {
            if (self->postponed_.size() >= undurable_steps_max) return;
            self->postponed_.push_back(
                [host = self.get(), connection, command_id = std::move(command_id), command = std::move(command)] {
                    host->command(connection, command_id, command);
                });
            return;
        }
        const auto [person, role, hub] = present->second;
        if (const auto* earlier = earlier_outcome(self->room_, person, command_id))
            return self->answer(connection, command_id, *earlier);

        const auto refuse_now = [&](RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
            self->directs_.emplace_back(
                connection, frame_of(try_again(command_id, self->room_.seq, word, wait_seconds)));
            self->schedule_flush();
        };
        if (!command)
            return refuse_now(
                self->bucket_of(person).take(self->clock_.monotonic()) ? RefusalWord::invalid : RefusalWord::too_fast);
        if (!self->saves(domain::is_vital(*command) ? journal::Need::vital : journal::Need::ordinary))
            return refuse_now(RefusalWord::not_saving);
        if (!self->bucket_of(person).take(self->clock_.monotonic())) return refuse_now(RefusalWord::too_fast, 1);
        if (self->unwritten_.size() >= undurable_steps_max) return refuse_now(RefusalWord::busy, 1);

        const auto step = self->step(
            domain::MemberAsks{.actor = {.person = person, .role = role, .connection = connection},
                .command_id = command_id,
                .command = std::move(*command)});
        self->answer(connection, command_id, {.seq = step.seq, .refusal = step.refusal});
    });
}

void RoomHost::ask_voice_ticket(ConnectionId connection) {
    loop_.post([self = shared_from_this(), connection] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end() || !self->bucket_of(present->second.person).take(self->clock_.monotonic()))
            return;
        protocol::ServerFrame answer = protocol::VoiceOff{};
        if (self->has_voice()) {
            const Pass pass{.session = self->session_,
                .person = present->second.person,
                .role = present->second.role,
                .connection = connection};
            answer = protocol::VoiceTicket{
                self->voice_tickets_.issue(pass, self->clock_.monotonic(), TicketOffice::voice_ticket_life)};
        }
        self->directs_.emplace_back(connection, frame_of(answer));
        self->schedule_flush();
    });
}

bool RoomHost::has_voice() const {
    const auto& session = room_.session;
    return session.plan.voice.value_or(true) && session.phase != protocol::Phase::closed &&
           session.phase != protocol::Phase::sealed;
}

void RoomHost::arrive_voice(VoiceArrival arrival) {
    loop_.post([self = shared_from_this(), arrival = std::move(arrival)]() mutable {
        const auto hang_up = [&](CloseCode code) {
            arrival.hub->loop().post([line = arrival.line, code] { line->close(code); });
        };
        if (self->is_shut_) return hang_up(CloseCode::restart);
        if (!self->has_voice()) return hang_up(CloseCode::voice_off);
        const auto present = self->present_.find(arrival.pass.connection);
        if (present == self->present_.end()) return hang_up(CloseCode::room_line_gone);
        if (self->voice_.count_beside(arrival.pass.connection) >= voices_per_connection_max)
            return hang_up(CloseCode::flood);
        // While nobody hears or speaks the floor is not followed.
        if (self->voice_.is_empty()) self->set_voice_floor();
        const bool has_many = self->room_.session.plan.many_listeners.value_or(false);
        self->voice_.arrive(std::move(arrival), has_many ? voice::many_listeners_ms : voice::usual_ms);
    });
}

void RoomHost::voice_lost(voice::VoiceId voice) {
    loop_.post([self = shared_from_this(), voice] { self->voice_.lost(voice); });
}

void RoomHost::speak(voice::VoiceId voice, SpokenFrame frame) {
    loop_.post([self = shared_from_this(), voice, frame = std::move(frame)]() mutable {
        self->voice_.speak(voice, std::move(frame));
    });
}

/// Closed to at once, opened to when it is durable.
void RoomHost::set_voice_floor() {
    const auto& turn = room_.floor.turn;
    voice::Floor floor{.heard = people_heard(room_), .holder = turn ? std::optional{turn->speaker} : std::nullopt};
    voice_.close_to(floor);
    outbox_.hold(room_.seq, [this, floor = std::move(floor)] { voice_.open_to(floor); });
}

void RoomHost::write_speech(ConnectionId connection, protocol::SpeechLine line) {
    loop_.post([self = shared_from_this(), connection, line = std::move(line)] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        const domain::Actor actor{
            .person = present->second.person, .role = present->second.role, .connection = connection};
        if (!may_write_speech(self->room_, actor, line.turn, self->stamp().at)) return;
        self->speech_ = protocol::Speech{.turn = line.turn, .text = domain::speech_of(line.text), .by = actor.person};
        if (std::exchange(self->is_speech_due_, true)) return;
        const auto wait = self->speech_told_at_ + speech_every - self->clock_.monotonic();
        self->loop_.after(std::max(wait, base::Milliseconds{0}), [weak = self->weak_from_this()] {
            if (const auto host = weak.lock()) host->tell_speech();
        });
    });
}

void RoomHost::tell_speech() {
    is_speech_due_ = false;
    speech_told_at_ = clock_.monotonic();
    if (!room_.floor.turn || room_.floor.turn->id != speech_->turn) return;
    spoken_.push_back(frame_of(*speech_));
    schedule_flush();
}

/// What somebody writes who may no longer, and what is taken away, stays on no screen.
void RoomHost::hush(const domain::Event& event) {
    if (!speech_ || speech_->text.empty()) return;
    const auto* silenced = std::get_if<domain::PersonSilenced>(&event.any());
    const auto* taken_away = std::get_if<domain::TurnTextTakenAway>(&event.any());
    const bool is_theirs = (silenced != nullptr && silenced->person == speech_->by) ||
                           (taken_away != nullptr && taken_away->turn == speech_->turn);
    if (!is_theirs) return;
    speech_->text.clear();
    spoken_.push_back(frame_of(*speech_));
}

std::optional<protocol::Speech> RoomHost::present_speech() const {
    const auto& turn = room_.floor.turn;
    return turn && speech_ && speech_->turn == turn->id && !speech_->text.empty() ? speech_ : std::nullopt;
}

void RoomHost::lost(ConnectionId connection, std::optional<base::Milliseconds> silence) {
    loop_.post([self = shared_from_this(), connection, silence] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        domain::LoseConnection lose{.person = present->second.person, .connection = connection, .silent_since = {}};
        if (silence) lose.silent_since = self->stamp().at - *silence;
        self->hang_up(connection, CloseCode::silent);
        if (self->saves(journal::Need::vital))
            self->step(lose);
        else
            self->ended_[connection] = lose.silent_since.value_or(self->stamp().at);
    });
}

void RoomHost::left(ConnectionId connection) {
    loop_.post([self = shared_from_this(), connection] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        const domain::LeaveConnection leave{.person = present->second.person, .connection = connection};
        self->hang_up(connection, CloseCode::left);
        if (self->saves(journal::Need::vital))
            self->step(leave);
        else
            self->ended_[connection] = self->stamp().at;
    });
}

void RoomHost::shut_out(PersonId person) {
    loop_.post([self = shared_from_this(), person] {
        std::vector<ConnectionId> theirs;
        for (const auto& [connection, present] : self->present_) {
            if (present.person == person) theirs.push_back(connection);
        }
        for (const auto connection : theirs) {
            self->hang_up(connection, CloseCode::bad_ticket);
            if (self->saves(journal::Need::vital))
                self->step(domain::LoseConnection{.person = person, .connection = connection, .silent_since = {}});
            else
                self->ended_[connection] = self->stamp().at;
        }
    });
}

void RoomHost::line_times(ConnectionId connection, RoundTrips trips) {
    loop_.post([self = shared_from_this(), connection, trips] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        self->board_.note(connection, present->second.person, trips);
        self->tell_line_figures();
    });
}

void RoomHost::look(std::function<void(const domain::Room&)> look) {
    loop_.post([self = shared_from_this(), look = std::move(look)] { look(self->room_); });
}

void RoomHost::show(Look look) {
    loop_.post([self = shared_from_this(), look = std::move(look)] {
        if (self->is_reading_back_) return self->postponed_.push_back([host = self.get(), look] { host->show(look); });
        // What could not be saved never happened: then it is looked at anew.
        self->outbox_.hold(self->room_.seq, look(self->room_), [host = self.get(), look] { host->show(look); });
    });
}

void RoomHost::shut_down(std::int64_t retry_after_ms, base::Task done) {
    loop_.post([self = shared_from_this(), retry_after_ms, done = std::move(done)] {
        // The journal gets its last sign of life: the outage begins now.
        if (self->saves(journal::Need::vital)) self->step(domain::Stop{});
        self->is_shut_ = true;
        while (!self->present_.empty())
            self->hang_up(self->present_.begin()->first, CloseCode::restart, retry_after_ms);
        self->when_told_.push_back({.saved = done, .dropped = done});
        self->schedule_flush();
    });
}

// --------------------------------------------------------------------------------- the room's turn

domain::Step RoomHost::step(const domain::Input& input) {
    auto decided = decide(room_, input, stamp());
    if (is_empty(decided)) return decided;
    // A refusal to the server's own visitors is told, not kept.
    if (decided.refusal && !decided.member) return decided;
    apply(room_, decided);
    after(decided);
    if (need_of(input) == journal::Need::ordinary) unwritten_need_ = journal::Need::ordinary;
    unwritten_.push_back(decided);
    schedule_flush();
    set_timer_soon();
    return decided;
}

/// What a step means for connections, beyond what is shown.
void RoomHost::after(const domain::Step& step) {
    if (!voice_.is_empty()) {
        const auto touched = room_.changes.since(step.seq - 1);
        const bool is_of_floor = std::any_of(touched.begin(), touched.end(), [](const domain::ThingRef& thing) {
            return thing.kind == protocol::ChangeKind::floor || thing.kind == protocol::ChangeKind::turn ||
                   thing.kind == protocol::ChangeKind::person;
        });
        if (is_of_floor) set_voice_floor();
        if (!has_voice()) {
            const auto code = room_.session.plan.voice.value_or(true) ? CloseCode::session_over : CloseCode::voice_off;
            outbox_.hold(room_.seq, [this, code] { voice_.end_all(code); });
        }
    }
    for (const auto& event : step.events) {
        if (is_of_the_day(event)) day_has_changed_ = true;
        hush(event);
        if (const auto* removed = std::get_if<domain::PersonRemoved>(&event.any())) {
            std::vector<ConnectionId> theirs;
            for (const auto& [connection, present] : present_) {
                if (present.person == removed->person) theirs.push_back(connection);
            }
            for (const auto connection : theirs) hang_up(connection, CloseCode::removed);
        }
    }
}

base::TokenBucket& RoomHost::bucket_of(PersonId person) {
    return buckets_.try_emplace(person, commands_per_second, commands_burst).first->second;
}

void RoomHost::answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome) {
    directs_.emplace_back(
        connection, frame_of(protocol::Outcome{.id = command_id, .seq = outcome.seq, .refusal = outcome.refusal}));
    schedule_flush();
}

void RoomHost::hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms) {
    const auto present = present_.find(connection);
    if (present == present_.end()) return;
    outbox_.hold(
        room_.seq, [this, connection, voice_code = code == CloseCode::silent ? CloseCode::room_line_gone : code] {
            voice_.end_of(connection, voice_code);
        });
    const auto unseated = std::find_if(arriving_.begin(), arriving_.end(),
        [&](const Greeting& greeting) { return greeting.connection == connection; });
    if (unseated != arriving_.end()) {
        // Its hub does not know it yet.
        unseated->arrival.hub->loop().post(
            [line = unseated->arrival.line, code, retry_after_ms] { line->close(code, retry_after_ms); });
        arriving_.erase(unseated);
        forget(present);
        return;
    }
    board_.forget(connection);
    tell_line_figures();
    gone_.emplace(connection, present->second.hub);
    closing_.push_back({.connection = connection, .code = code, .retry_after_ms = retry_after_ms});
    forget(present);
    schedule_flush();
}

RoomHost::Hubs::iterator RoomHost::find_hub(const std::shared_ptr<Hub>& hub) {
    return std::find_if(hubs_.begin(), hubs_.end(), [&](const auto& each) { return each.first == hub; });
}

void RoomHost::forget(std::map<ConnectionId, Present>::const_iterator present) {
    const auto hub = find_hub(present->second.hub);
    if (--hub->second == 0) hubs_.erase(hub);
    present_.erase(present);
}

void RoomHost::schedule_flush() {
    if (flush_is_due_) return;
    flush_is_due_ = true;
    flush_when_calm(turns_gathered_max);
}

/// What comes in together goes out together: as long as the loop's next turns bring something
/// more, the batch grows, and with it neither the commits nor the writes to each connection.
void RoomHost::flush_when_calm(int turns_left, int calm_turns) {
    loop_.post([self = shared_from_this(), turns_left, calm_turns, had = room_.seq] {
        if (!self->flush_is_due_) return;
        const int calm = self->room_.seq == had ? calm_turns + 1 : 0;
        if (turns_left > 0 && calm < turns_calm) return self->flush_when_calm(turns_left - 1, calm);
        self->flush();
    });
}

/// One batch for all that was decided since the last one, and one commit for it. While a commit
/// is under way the next one gathers: under load the batches grow, not the number of commits.
void RoomHost::flush() {
    if (is_writing_ || is_reading_back_) return;
    flush_is_due_ = false;
    auto undo = undo_of(arriving_, closing_);
    auto deliveries = gather();
    outbox_.hold(
        room_.seq,
        [this, ends = last_batch_, deliveries = std::move(deliveries)] {
            last_batch_told_ = ends;
            for (const auto& [hub, delivery] : deliveries) hub->deliver(session_, delivery);
        },
        std::move(undo));
    for (auto& told : std::exchange(when_told_, {}))
        outbox_.hold(room_.seq, std::move(told.saved), std::move(told.dropped));
    if (unwritten_.empty()) return;
    is_writing_ = true;
    const auto through = room_.seq;
    journal_.append(
        session_, std::exchange(unwritten_, {}),
        [self = shared_from_this(), through](
            bool durable) { self->loop_.post([self, through, durable] { self->written(through, durable); }); },
        std::exchange(unwritten_need_, journal::Need::vital));
    if (std::exchange(day_has_changed_, false) && keep_day_) keep_day_(room_);
}

/// What is to be done with those who come and those who go, when this was not saved: who came is
/// greeted again; whose line ended is hung up, and who was removed has not been.
base::Task RoomHost::undo_of(const std::vector<Greeting>& arriving, const std::vector<Delivery::Closing>& closing) {
    if (arriving.empty() && closing.empty()) return {};
    std::vector<std::pair<std::shared_ptr<Hub>, Delivery::Closing>> gone;
    for (const auto& each : closing) gone.emplace_back(gone_.at(each.connection), each);
    return [this, arriving, gone = std::move(gone)] {
        for (const auto& greeting : arriving) {
            if (present_.contains(greeting.connection))
                arriving_.push_back(greeting);
            else
                greeting.arrival.hub->loop().post([line = greeting.arrival.line] { line->close(CloseCode::gap, 0); });
        }
        for (auto [hub, each] : gone) {
            if (each.code == CloseCode::removed) each.code = CloseCode::gap;
            const auto delivery = std::make_shared<Delivery>();
            delivery->closing.push_back(each);
            hub->deliver(session_, delivery);
        }
    };
}

void RoomHost::written(domain::Seq through, bool durable) {
    is_writing_ = false;
    if (!durable) return start_over();
    outbox_.durable_through(through);
    if (flush_is_due_) flush_when_calm(turns_gathered_max);
}

// ------------------------------------------------------------------------------ when saving fails

bool RoomHost::saves(journal::Need need) const {
    if (is_damaged_ || is_reading_back_) return false;
    return saves_ == journal::Saves::everything ||
           (saves_ == journal::Saves::vital_only && need == journal::Need::vital);
}

void RoomHost::start_over() {
    if (journal_.saves() == journal::Saves::everything) {
        const auto now = clock_.monotonic();
        if (troubled_at_ && now - *troubled_at_ < troubled_within) is_damaged_ = true;
        troubled_at_ = now;
    }
    is_reading_back_ = true;
    unwritten_.clear();
    unwritten_need_ = journal::Need::vital;
    // Their outcomes are not known, or they are to be asked for again.
    directs_.clear();
    undo_ = outbox_.drop_all();
    if (auto undo = undo_of({}, closing_)) undo_.push_back(std::move(undo));
    closing_.clear();
    gone_.clear();
    for (auto& told : std::exchange(when_told_, {})) undo_.push_back(std::move(told.dropped));
    read_back();
}

/// Reads and replays on the journal's thread: other rooms of this worker go on meanwhile.
void RoomHost::read_back() {
    journal_.load_later(
        session_, [self = shared_from_this(), through = outbox_.durable()](std::optional<journal::StoredRoom> stored) {
            std::shared_ptr<ReadBack> back;
            if (stored) {
                back = std::make_shared<ReadBack>();
                for (const auto& step : stored->steps) {
                    // After a failed fsync the journal may show more than is on the disk.
                    if (step.seq <= through) apply(back->room, step);
                }
                back->is_whole = back->room.seq == through;
            }
            self->loop_.post([self, back] { self->go_on(back); });
        });
}

void RoomHost::go_on(std::shared_ptr<ReadBack> back) {
    if (!back) return loop_.after(read_back_again, [self = shared_from_this()] { self->read_back(); });
    // What was held meanwhile waits for steps that never were.
    outbox_.drop_all();
    room_ = std::move(back->room);
    is_reading_back_ = false;
    saves_ = journal_.saves();
    told_ = room_.seq;
    last_batch_ = last_batch_told_;
    watch_lines();
    if (!back->is_whole) {
        // Some have been told more than there is: they are to forget it, and be shown what there is.
        is_damaged_ = true;
        outbox_.start_over(room_.seq);
        last_batch_.fill(room_.seq);
        while (!present_.empty()) hang_up(present_.begin()->first, CloseCode::gap);
    }
    for (const auto& undo : std::exchange(undo_, {})) undo();
    for (const auto connection : voice_.connections()) {
        if (!present_.contains(connection)) voice_.end_of(connection, CloseCode::room_line_gone);
    }
    set_voice_floor();
    tell_saving();
    catch_up();
    keep_day_again();
    set_timer();
    flush_is_due_ = true;
    flush();
    for (const auto& command : std::exchange(postponed_, {})) command();
}

void RoomHost::saves_changed() {
    if (is_reading_back_ || is_damaged_ || saves_ == journal_.saves()) return;
    saves_ = journal_.saves();
    tell_saving();
    catch_up();
    keep_day_again();
    set_timer();
}

/// The day's record may not have been saved when the step was.
void RoomHost::keep_day_again() {
    if (keep_day_ && saves(journal::Need::ordinary) && room_.attendance.version != 0) keep_day_(room_);
}

/// Does what had to wait until it could be saved.
void RoomHost::catch_up() {
    if (is_shut_) return;
    if (saves(journal::Need::vital)) agree_with_connections();
    if (saves(journal::Need::ordinary) && plan_ && *plan_ != room_.session.plan) step(domain::PlanSession{*plan_});
}

void RoomHost::agree_with_connections() {
    std::vector<domain::LoseConnection> lost;
    std::set<ConnectionId> up;
    for (const auto& [person, member] : room_.presence.members) {
        for (const auto open : member.open_stays) {
            const auto& stay = member.stays[open];
            if (present_.contains(stay.connection)) {
                up.insert(stay.connection);
                continue;
            }
            const auto ended = ended_.find(stay.connection);
            lost.push_back({.person = person,
                .connection = stay.connection,
                .silent_since = ended == ended_.end() ? std::nullopt : std::optional{ended->second}});
        }
    }
    ended_.clear();
    for (const auto& each : lost) step(each);
    const auto present = present_;
    for (const auto& [connection, each] : present) {
        if (up.contains(connection)) continue;
        const auto opened = step(domain::OpenConnection{.person = each.person, .connection = connection, .device = {}});
        if (opened.refusal)
            hang_up(
                connection, opened.refusal->word == RefusalWord::removed ? CloseCode::removed : CloseCode::bad_ticket);
    }
}

Frame RoomHost::saving_for(protocol::Role role) const {
    protocol::Saving saving{.state = protocol::SavingState::ok, .trouble = {}};
    if (is_damaged_ || saves_ != journal::Saves::everything) {
        saving.state = protocol::SavingState::stopped;
        const auto trouble = is_damaged_                         ? protocol::SavingTrouble::damaged
                             : saves_ == journal::Saves::nothing ? protocol::SavingTrouble::disk_failed
                                                                 : protocol::SavingTrouble::disk_full;
        if (domain::is_staff(role)) saving.trouble = trouble;
    }
    return frame_of(saving);
}

void RoomHost::tell_saving() {
    for (const auto& [connection, present] : present_) directs_.emplace_back(connection, saving_for(present.role));
    schedule_flush();
}

/// Once for all steps of a turn of the loop: what is due next is asked of everyone in the room.
void RoomHost::set_timer_soon() {
    if (std::exchange(timer_is_old_, true)) return;
    loop_.post([self = shared_from_this()] {
        self->timer_is_old_ = false;
        self->set_timer();
    });
}

void RoomHost::set_timer() {
    const auto due = next_due(room_);
    if (!due || (timer_at_ && *timer_at_ <= *due)) return;
    timer_at_ = due;
    const auto delay = std::max(*due - stamp().at, base::Milliseconds{0});
    loop_.after(delay, [weak = weak_from_this(), due = *due] {
        const auto self = weak.lock();
        if (!self || self->timer_at_ != due) return;
        self->timer_at_.reset();
        if (self->is_shut_ || !self->saves(journal::Need::vital)) return;
        self->step(domain::TimePasses{});
        self->set_timer();
    });
}

// ----------------------------------------------------------------------------- how the lines are

void RoomHost::watch_lines() {
    std::set<PersonId> people;
    for (const auto& [id, help] : room_.help.cases) {
        if (help.is_waiting() || help.is_suggested()) people.insert(help.person);
    }
    board_.watch(std::move(people));
    wants_line_times_ = board_.is_watching();
}

/// At once, and then no more often than every line_figures_every.
void RoomHost::tell_line_figures() {
    if (is_telling_lines_ || !board_.has_news()) return;
    is_telling_lines_ = true;
    const auto figures = frame_of(board_.tell());
    for (const auto& [connection, present] : present_) {
        if (domain::is_staff(present.role)) directs_.emplace_back(connection, figures);
    }
    schedule_flush();
    loop_.after(line_figures_every, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->is_telling_lines_ = false;
        self->tell_line_figures();
    });
}

// ------------------------------------------------------------------------------------ what is said

protocol::Batch RoomHost::batch_for(
    const domain::Viewer& viewer, const std::vector<domain::ThingRef>& things, domain::Seq from) const {
    protocol::Batch batch{.from = from, .to = room_.seq, .changes = {}};
    for (const auto thing : things) {
        if (auto change = see(room_, thing, viewer)) batch.changes.push_back(std::move(*change));
    }
    return batch;
}

std::vector<Frame> RoomHost::greeting_of(const Greeting& greeting) const {
    const auto& [connection, arrival] = greeting;
    const auto& resume = arrival.resume;
    // Before its first step there is nothing to go on from: whoever has seen none is shown all.
    const bool resumes = resume && resume->epoch == epoch_ && resume->seq > 0 && resume->seq <= room_.seq;
    const domain::Viewer viewer{.audience = domain::audience_of(arrival.pass.role), .person = arrival.pass.person};
    protocol::Batch missed{.from = resumes ? resume->seq : 0, .to = room_.seq, .changes = {}};
    missed.changes = resumes ? changes_since(room_, resume->seq, viewer) : snapshot(room_, viewer);
    protocol::Welcome welcome{.version = 1,
        .epoch = epoch_,
        .seq = room_.seq,
        .resumed = resumes,
        .me = arrival.pass.person,
        .role = arrival.pass.role,
        .connection = connection,
        .clock = clock(),
        .next_ticket = tickets_.issue(arrival.pass, clock_.monotonic(), TicketOffice::next_ticket_life)};
    std::vector<Frame> frames{frame_of(std::move(welcome)), frame_of(std::move(missed))};
    if (is_damaged_ || saves_ != journal::Saves::everything) frames.push_back(saving_for(arrival.pass.role));
    if (auto speech = present_speech()) frames.push_back(frame_of(std::move(*speech)));
    return frames;
}

RoomHost::Deliveries RoomHost::gather() {
    std::array<Frame, domain::all_audiences.size()> shared;
    std::map<PersonId, Frame> personal;
    std::set<PersonId> seen_otherwise;
    const auto before = last_batch_;
    const auto things = room_.changes.since(told_);
    // The staff see all that changes; what only they see wakes no other.
    std::array<std::vector<domain::ThingRef>, domain::all_audiences.size()> of_audience;
    const auto things_of = [&](domain::Audience audience) -> const auto& {
        return audience == domain::Audience::staff ? things : of_audience[static_cast<std::size_t>(audience)];
    };
    if (!things.empty()) {
        if (std::any_of(things.begin(), things.end(),
                [](const auto& thing) { return thing.kind == protocol::ChangeKind::help_request; })) {
            watch_lines();
            tell_line_figures();
        }
        std::vector<PersonId> viewers;
        for (const auto thing : things) add_personal_viewers(room_, thing, viewers);
        seen_otherwise.insert(viewers.begin(), viewers.end());
        for (const auto audience : domain::all_audiences) {
            const auto index = static_cast<std::size_t>(audience);
            if (audience != domain::Audience::staff) of_audience[index] = room_.changes.since(told_, audience);
            auto batch = batch_for({.audience = audience, .person = {}}, things_of(audience), before[index]);
            if (batch.changes.empty()) continue;
            shared[index] = frame_of(std::move(batch));
            last_batch_[index] = room_.seq;
        }
    }

    Deliveries deliveries;
    const auto delivery_to = [&](const std::shared_ptr<Hub>& hub) -> Delivery& {
        auto found = std::find_if(
            deliveries.begin(), deliveries.end(), [&](const auto& each) { return each.first == hub; });
        if (found == deliveries.end()) found = deliveries.insert(found, {hub, std::make_shared<Delivery>()});
        return *found->second;
    };
    const auto hub_of = [&](ConnectionId connection) -> std::shared_ptr<Hub> {
        if (const auto present = present_.find(connection); present != present_.end()) return present->second.hub;
        const auto gone = gone_.find(connection);
        return gone == gone_.end() ? nullptr : gone->second;
    };

    if (shared[0] || shared[1]) {
        for (const auto& [hub, count] : hubs_) delivery_to(hub).shared = shared;
    }
    if (!seen_otherwise.empty()) {
        for (const auto& [connection, present] : present_) {
            if (!seen_otherwise.contains(present.person)) continue;
            const auto audience = domain::audience_of(present.role);
            const auto index = static_cast<std::size_t>(audience);
            auto own = batch_for({.audience = audience, .person = present.person}, things_of(audience), before[index]);
            // Where the others get a batch this person gets one too, be it empty: it ends where theirs does.
            if (own.changes.empty() && !shared[index]) continue;
            auto& frame = personal[present.person];
            if (!frame) frame = frame_of(std::move(own));
            delivery_to(present.hub).personal[present.person] = frame;
        }
    }
    told_ = room_.seq;
    if (!spoken_.empty()) {
        for (const auto& [hub, count] : hubs_) delivery_to(hub).spoken = spoken_;
        spoken_.clear();
    }
    for (const auto& greeting : arriving_) {
        if (!present_.contains(greeting.connection)) continue;
        const auto& pass = greeting.arrival.pass;
        delivery_to(greeting.arrival.hub)
            .seated.push_back({.connection = greeting.connection,
                .person = pass.person,
                .audience = domain::audience_of(pass.role),
                .line = greeting.arrival.line,
                .greeting = greeting_of(greeting)});
    }
    for (auto& [connection, frame] : directs_) {
        if (const auto hub = hub_of(connection)) delivery_to(hub).direct.emplace_back(connection, std::move(frame));
    }
    for (const auto& closing : closing_) {
        if (const auto hub = hub_of(closing.connection)) delivery_to(hub).closing.push_back(closing);
    }
    arriving_.clear();
    directs_.clear();
    closing_.clear();
    gone_.clear();
    return deliveries;
}

}  // namespace etakahvila::runtime
