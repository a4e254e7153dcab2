#include "runtime/room_host.hpp"

#include <algorithm>
#include <set>

#include "base/json.hpp"

namespace etakahvila::runtime {
namespace {

using protocol::RefusalWord;

Frame frame_of(const protocol::ServerFrame& frame) { return std::make_shared<const std::string>(base::json::to_text(frame)); }

/// Refusals that are about the moment, not about the command: nothing is kept, and the same id
/// may be sent again.
protocol::ServerFrame try_again(const std::string& command_id, domain::Seq seq, RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
    return protocol::Outcome{.id = command_id, .seq = seq, .refusal = domain::refused(word, {}, {}, wait_seconds)};
}

/// What the reports of a day are made of anew.
bool is_of_the_day(const domain::Event& event) {
    return std::holds_alternative<domain::AttendanceProposed>(event.any()) || std::holds_alternative<domain::AttendanceSealed>(event.any()) ||
           std::holds_alternative<domain::AttendanceCorrected>(event.any()) || std::holds_alternative<domain::CameLate>(event.any());
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
    std::shared_ptr<RoomHost> host{new RoomHost{parts, stored}};
    host->loop_.post([host] {
        // Should the server have gone down between the journal and the report.
        if (host->keep_day_ && host->room_.attendance.version != 0) host->keep_day_(host->room_);
        host->step(domain::Restart{});
        host->set_timer();
    });
    return host;
}

RoomHost::RoomHost(Parts parts, const journal::StoredRoom& stored)
    : session_{parts.session}, loop_{parts.loop}, clock_{parts.clock}, journal_{parts.journal}, tickets_{parts.tickets}, keep_day_{std::move(parts.keep_day)} {
    restore(stored);
    // The room's clock goes on from its last step; how long the server was away only the wall knows.
    const auto away_ms = room_.seq == 0 ? 0 : std::max<std::int64_t>(0, clock_.utc().ms - room_.now.utc.ms);
    room_time_offset_ = base::Milliseconds{room_.now.at.ms + away_ms} - clock_.monotonic();
}

void RoomHost::restore(const journal::StoredRoom& stored) {
    room_ = {};
    epoch_ = stored.epoch;
    for (const auto& step : stored.steps) apply(room_, step);
    last_connection_ = std::max(last_connection_, last_connection_of(room_));
    told_ = room_.seq;
    last_batch_.fill(room_.seq);
    outbox_.durable_through(room_.seq);
}

base::Stamp RoomHost::stamp() const { return {.at = {(clock_.monotonic() + room_time_offset_).count()}, .utc = clock_.utc()}; }

protocol::Clock RoomHost::clock() const {
    const auto now = stamp();
    return {.room = now.at, .utc = now.utc};
}

// ------------------------------------------------------------------------------ what visitors ask

void RoomHost::plan(domain::SessionPlan plan) {
    loop_.post([self = shared_from_this(), plan = std::move(plan)] {
        if (plan != self->room_.session.plan) self->step(domain::PlanSession{plan});
    });
}

void RoomHost::admit(domain::Admit admit, std::function<void(std::optional<protocol::Refusal>)> answer) {
    loop_.post([self = shared_from_this(), admit = std::move(admit), answer = std::move(answer)] {
        if (self->is_shut_ || !self->is_saving_) return answer(domain::refused(RefusalWord::not_saving));
        const auto step = self->step(admit);
        self->when_told_.push_back([answer, refusal = step.refusal] { answer(refusal); });
        self->schedule_flush();
    });
}

void RoomHost::arrive(Arrival arrival, std::function<void(ConnectionId)> taken) {
    loop_.post([self = shared_from_this(), arrival = std::move(arrival), taken = std::move(taken)]() mutable {
        const ConnectionId connection{++self->last_connection_};
        taken(connection);
        const auto hang_up = [&](CloseCode code) {
            arrival.hub->loop().post([line = arrival.line, code] { line->close(code, 0); });
        };
        if (self->is_shut_) return hang_up(CloseCode::restart);
        if (self->is_saving_) {
            const auto step = self->step(domain::OpenConnection{.person = arrival.pass.person, .connection = connection, .device = arrival.device});
            if (step.refusal) return hang_up(step.refusal->word == RefusalWord::removed ? CloseCode::removed : CloseCode::bad_ticket);
        } else if (self->room_.member(arrival.pass.person) == nullptr) {
            return hang_up(CloseCode::bad_ticket);
        }
        self->present_[connection] = {.person = arrival.pass.person, .role = arrival.pass.role, .hub = arrival.hub};
        ++self->hubs_[arrival.hub];
        self->arriving_.push_back({.connection = connection, .arrival = std::move(arrival)});
        self->schedule_flush();
    });
}

void RoomHost::command(ConnectionId connection, std::string command_id, protocol::Command command) {
    loop_.post([self = shared_from_this(), connection, command_id = std::move(command_id), command = std::move(command)]() mutable {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        const auto [person, role, hub] = present->second;
        if (const auto* earlier = earlier_outcome(self->room_, person, command_id)) return self->answer(connection, command_id, *earlier);

        const auto refuse_now = [&](RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
            self->directs_.emplace_back(connection, frame_of(try_again(command_id, self->room_.seq, word, wait_seconds)));
            self->schedule_flush();
        };
        if (!self->is_saving_) return refuse_now(RefusalWord::not_saving);
        auto& bucket = self->buckets_.try_emplace(person, commands_per_second, commands_burst).first->second;
        if (!bucket.take(self->clock_.monotonic())) return refuse_now(RefusalWord::too_fast, 1);
        if (self->unwritten_.size() >= undurable_steps_max) return refuse_now(RefusalWord::busy, 1);

        const auto step = self->step(domain::MemberAsks{.actor = {.person = person, .role = role, .connection = connection}, .command_id = command_id, .command = std::move(command)});
        self->answer(connection, command_id, {.seq = step.seq, .refusal = step.refusal});
    });
}

void RoomHost::lost(ConnectionId connection, std::optional<base::Milliseconds> silence) {
    loop_.post([self = shared_from_this(), connection, silence] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        domain::LoseConnection lose{.person = present->second.person, .connection = connection, .silent_since = {}};
        if (silence) lose.silent_since = self->stamp().at - *silence;
        self->hang_up(connection, CloseCode::silent);
        if (self->is_saving_) self->step(lose);
    });
}

void RoomHost::left(ConnectionId connection) {
    loop_.post([self = shared_from_this(), connection] {
        const auto present = self->present_.find(connection);
        if (present == self->present_.end()) return;
        const domain::LeaveConnection leave{.person = present->second.person, .connection = connection};
        self->hang_up(connection, CloseCode::left);
        if (self->is_saving_) self->step(leave);
    });
}

void RoomHost::look(std::function<void(const domain::Room&)> look) {
    loop_.post([self = shared_from_this(), look = std::move(look)] { look(self->room_); });
}

void RoomHost::shut_down(std::int64_t retry_after_ms, base::Task done) {
    loop_.post([self = shared_from_this(), retry_after_ms, done = std::move(done)] {
        // The journal gets its last sign of life: the outage begins now.
        if (self->is_saving_) self->step(domain::Stop{});
        self->is_shut_ = true;
        while (!self->present_.empty()) self->hang_up(self->present_.begin()->first, CloseCode::restart, retry_after_ms);
        self->when_told_.push_back(done);
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
    unwritten_.push_back(decided);
    schedule_flush();
    set_timer();
    return decided;
}

/// What a step means for connections, beyond what is shown.
void RoomHost::after(const domain::Step& step) {
    for (const auto& event : step.events) {
        if (is_of_the_day(event)) day_has_changed_ = true;
        if (const auto* removed = std::get_if<domain::PersonRemoved>(&event.any())) {
            std::vector<ConnectionId> theirs;
            for (const auto& [connection, present] : present_) {
                if (present.person == removed->person) theirs.push_back(connection);
            }
            for (const auto connection : theirs) hang_up(connection, CloseCode::removed);
        }
    }
}

void RoomHost::answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome) {
    directs_.emplace_back(connection, frame_of(protocol::Outcome{.id = command_id, .seq = outcome.seq, .refusal = outcome.refusal}));
    schedule_flush();
}

void RoomHost::hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms) {
    const auto present = present_.find(connection);
    if (present == present_.end()) return;
    const auto unseated = std::find_if(arriving_.begin(), arriving_.end(), [&](const Greeting& greeting) { return greeting.connection == connection; });
    if (unseated != arriving_.end()) {
        // Its hub does not know it yet.
        unseated->arrival.hub->loop().post([line = unseated->arrival.line, code, retry_after_ms] { line->close(code, retry_after_ms); });
        arriving_.erase(unseated);
        forget(present);
        return;
    }
    gone_.emplace(connection, present->second.hub);
    closing_.push_back({.connection = connection, .code = code, .retry_after_ms = retry_after_ms});
    forget(present);
    schedule_flush();
}

void RoomHost::forget(std::map<ConnectionId, Present>::const_iterator present) {
    const auto hub = hubs_.find(present->second.hub);
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
    if (is_writing_) return;
    flush_is_due_ = false;
    auto deliveries = gather();
    outbox_.hold(room_.seq, [session = session_, deliveries = std::move(deliveries)] {
        for (const auto& [hub, delivery] : deliveries) hub->deliver(session, delivery);
    });
    for (auto& task : std::exchange(when_told_, {})) outbox_.hold(room_.seq, std::move(task));
    if (unwritten_.empty()) return;
    is_writing_ = true;
    const auto through = room_.seq;
    journal_.append(session_, std::exchange(unwritten_, {}), [self = shared_from_this(), through](bool durable) {
        self->loop_.post([self, through, durable] { self->written(through, durable); });
    });
    if (std::exchange(day_has_changed_, false) && keep_day_) keep_day_(room_);
}

void RoomHost::written(domain::Seq through, bool durable) {
    is_writing_ = false;
    if (!durable) return stop_saving();
    outbox_.durable_through(through);
    if (flush_is_due_) flush_when_calm(turns_gathered_max);
}

/// What could not be saved never happened: the room goes back to what is on stable storage, says
/// so, and takes no more commands. Reading goes on.
void RoomHost::stop_saving() {
    is_saving_ = false;
    outbox_.drop_all();
    unwritten_.clear();
    directs_.clear();
    restore(journal_.load(session_));
    const auto saving = frame_of(protocol::Saving{protocol::SavingState::stopped});
    for (const auto& [connection, present] : present_) directs_.emplace_back(connection, saving);
    flush();
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
        if (self->is_shut_ || !self->is_saving_) return;
        self->step(domain::TimePasses{});
        self->set_timer();
    });
}

// ------------------------------------------------------------------------------------ what is said

protocol::Batch RoomHost::batch_for(const domain::Viewer& viewer, const std::vector<domain::ThingRef>& things, domain::Seq from) const {
    protocol::Batch batch{.from = from, .to = room_.seq, .changes = {}};
    for (const auto thing : things) {
        if (auto change = see(room_, thing, viewer)) batch.changes.push_back(std::move(*change));
    }
    return batch;
}

std::vector<Frame> RoomHost::greeting_of(const Greeting& greeting) const {
    const auto& [connection, arrival] = greeting;
    const auto& resume = arrival.resume;
    const bool resumes = resume && resume->epoch == epoch_ && resume->seq <= room_.seq;
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
    if (!is_saving_) frames.push_back(frame_of(protocol::Saving{protocol::SavingState::stopped}));
    return frames;
}

RoomHost::Deliveries RoomHost::gather() {
    std::array<Frame, domain::all_audiences.size()> shared;
    std::map<PersonId, Frame> personal;
    std::set<PersonId> seen_otherwise;
    const auto before = last_batch_;
    const auto things = room_.changes.since(told_);
    if (!things.empty()) {
        std::vector<PersonId> viewers;
        for (const auto thing : things) add_personal_viewers(room_, thing, viewers);
        seen_otherwise.insert(viewers.begin(), viewers.end());
        for (const auto audience : domain::all_audiences) {
            const auto index = static_cast<std::size_t>(audience);
            auto batch = batch_for({.audience = audience, .person = {}}, things, before[index]);
            if (batch.changes.empty()) continue;
            shared[index] = frame_of(std::move(batch));
            last_batch_[index] = room_.seq;
        }
    }

    Deliveries deliveries;
    const auto delivery_to = [&](const std::shared_ptr<Hub>& hub) -> Delivery& {
        auto& delivery = deliveries[hub];
        if (!delivery) delivery = std::make_shared<Delivery>();
        return *delivery;
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
            auto own = batch_for({.audience = audience, .person = present.person}, things, before[index]);
            // Where the others get a batch this person gets one too, be it empty: it ends where theirs does.
            if (own.changes.empty() && !shared[index]) continue;
            auto& frame = personal[present.person];
            if (!frame) frame = frame_of(std::move(own));
            delivery_to(present.hub).personal[present.person] = frame;
        }
    }
    told_ = room_.seq;
    for (const auto& greeting : arriving_) {
        if (!present_.contains(greeting.connection)) continue;
        const auto& pass = greeting.arrival.pass;
        delivery_to(greeting.arrival.hub).seated.push_back({.connection = greeting.connection, .person = pass.person, .audience = domain::audience_of(pass.role), .line = greeting.arrival.line, .greeting = greeting_of(greeting)});
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
