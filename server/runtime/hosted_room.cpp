#include "runtime/hosted_room.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/room/beyond.hpp"
#include "domain/room/permission.hpp"

namespace etakahvila::runtime {
namespace {

using journal::Need;
using protocol::RefusalWord;

domain::Room room_of(const journal::StoredRoom& stored) {
    domain::Room room;
    for (const auto& step : stored.steps) apply(room, step);
    for (const auto& ballot : stored.ballots) put_in_box(room, ballot);
    return room;
}

Need need_of(const domain::Input& input) {
    if (const auto* sent = std::get_if<domain::MemberCommand>(&input))
        return domain::is_vital(sent->command) ? Need::vital : Need::ordinary;
    const bool is_ordinary = std::holds_alternative<domain::PlanSession>(input) ||
                             std::holds_alternative<domain::KnowWork>(input) ||
                             std::holds_alternative<domain::TakePoll>(input) ||
                             std::holds_alternative<domain::KnowCarried>(input) ||
                             std::holds_alternative<domain::ActOnWork>(input) ||
                             std::holds_alternative<domain::DealWork>(input) ||
                             std::holds_alternative<domain::EndFeedback>(input) ||
                             std::holds_alternative<domain::CancelSession>(input);
    const bool is_without_room = std::holds_alternative<domain::NoteContact>(input) ||
                                 std::holds_alternative<domain::CloseOutside>(input) ||
                                 std::holds_alternative<domain::HoldAppointment>(input) ||
                                 std::holds_alternative<domain::TakeBackAppointment>(input) ||
                                 std::holds_alternative<domain::SealOutside>(input);
    return is_ordinary || is_without_room ? Need::ordinary : Need::vital;
}

}  // namespace

HostedRoom::HostedRoom(RoomLoop& loop, RoomParts parts, const journal::StoredRoom& stored)
    : loop_{loop},
      parts_{std::move(parts)},
      room_{room_of(stored)},
      clock_{parts_.clock, room_},
      saving_{stored.damaged_at.has_value(), parts_.journal.saves()},
      writer_{{.session = parts_.session,
          .loop = loop_,
          .journal = parts_.journal,
          .room = room_,
          .keep_day = parts_.keep_day,
          .tell = [this] { tell(); },
          .refused = [this] { start_over(); }}},
      connections_{{.clock = clock_,
          .room = room_,
          .tickets = parts_.tickets,
          .saving = saving_,
          .writer = writer_,
          .telling = telling_,
          .ephemeral = ephemeral_,
          .voice = voice_,
          .step = [this](const domain::Input& input) { return step(input); }}},
      ephemeral_{{.loop = loop_,
          .clock = clock_,
          .room = room_,
          .present = connections_.present(),
          .telling = telling_,
          .writer = writer_}},
      telling_{{.session = parts_.session,
                   .epoch = stored.epoch,
                   .clock = clock_,
                   .tickets = parts_.tickets,
                   .present = connections_.present(),
                   .saving = saving_,
                   .speech = ephemeral_.speech(),
                   .figures = parts_.figures},
          room_.seq},
      voice_{{.session = parts_.session,
          .clock = parts_.clock,
          .figures = parts_.voice_figures,
          .room = room_,
          .present = connections_.present(),
          .tickets = parts_.voice_tickets,
          .telling = telling_,
          .writer = writer_}},
      timer_{{.loop = loop_, .clock = clock_, .room = room_, .time_passes = [this] { return time_passes(); }}} {}

void HostedRoom::begin(std::optional<domain::SessionPlan> plan) {
    if (plan) take_plan(std::move(*plan));
    // Should the server have gone down between the journal and the report.
    writer_.keep_day();
    if (saving_.saves(Need::vital)) step(domain::Restart{});
    catch_up();
    timer_.set();
}

// ------------------------------------------------------------------- ask, decide, apply, append

void HostedRoom::plan(domain::SessionPlan plan) {
    take_plan(std::move(plan));
    catch_up();
}

void HostedRoom::take_plan(domain::SessionPlan plan) {
    // Of a day that was compacted what was planned stays as it was.
    if (is_compacted(room_)) return;
    domain::keep_duties_of_day(room_, plan);
    plan_ = std::move(plan);
}

void HostedRoom::know_work(domain::KnowWork work) {
    work_ = std::move(work);
    catch_up();
}

void HostedRoom::know_carried(domain::KnowCarried carried) {
    carried_ = std::move(carried);
    catch_up();
}

void HostedRoom::take_from_outside(const domain::Input& input, const OutsideAnswer& answer) {
    if (connections_.is_shut() || saving_.is_reading_back()) return answer(domain::refused(RefusalWord::not_saving));
    if (!saving_.saves(need_of(input))) {
        // Who is known here changes nothing by coming in again, and may look on.
        const auto decided = decide(room_, input, clock_.stamp());
        if (decided.refusal) return answer(decided.refusal);
        return answer(is_empty(decided) ? std::nullopt : std::optional{domain::refused(RefusalWord::not_saving)});
    }
    const auto refusal = step(input).refusal;
    telling_.when_told(
        [answer, refusal] { answer(refusal); }, [answer] { answer(domain::refused(RefusalWord::not_saving)); });
    writer_.flush_soon();
}

void HostedRoom::command(
    ConnectionId connection, std::string command_id, std::optional<protocol::Command> command, base::Instant asked_at) {
    const auto* here = connections_.present().find(connection);
    if (here == nullptr) return;
    // What the room holds now may never have happened: no answer is given out of it.
    if (saving_.is_reading_back()) {
        if (saving_.postponed() >= undurable_steps_max) return;
        return saving_.postpone([this, connection, command_id = std::move(command_id), command = std::move(command),
                                    asked_at] { this->command(connection, command_id, command, asked_at); });
    }
    const domain::Actor actor{.person = here->person, .role = here->role, .connection = connection};
    if (const auto* earlier = earlier_outcome(room_, actor.person, command_id))
        return answer(connection, command_id, *earlier, asked_at);

    // About the moment, not about the command: nothing is kept, and the same id may be sent again.
    const auto refuse_now = [&](RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
        answer(connection, command_id, {.seq = room_.seq, .refusal = domain::refused(word, {}, {}, wait_seconds)},
            asked_at);
    };
    auto& pace = connections_.present().pace_of(actor.person);
    if (!command) return refuse_now(pace.take(clock_.monotonic()) ? RefusalWord::invalid : RefusalWord::too_fast);
    if (!saving_.saves(domain::is_vital(*command) ? Need::vital : Need::ordinary))
        return refuse_now(RefusalWord::not_saving);
    if (!pace.take(clock_.monotonic())) return refuse_now(RefusalWord::too_fast, 1);
    if (writer_.unwritten() >= undurable_steps_max) return refuse_now(RefusalWord::busy, 1);

    answer(connection, command_id,
        step(domain::MemberCommand{.actor = actor, .command_id = command_id, .command = std::move(*command)}),
        asked_at);
}

void HostedRoom::answer(
    ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome, base::Instant asked_at) {
    telling_.tell(connection,
        frame_of(protocol::Outcome{.id = command_id, .seq = outcome.seq, .refusal = outcome.refusal}), asked_at);
    writer_.flush_soon();
}

domain::Outcome HostedRoom::step(const domain::Input& input) {
    auto decided = decide(room_, input, clock_.stamp());
    domain::Outcome outcome{.seq = decided.seq, .refusal = decided.refusal};
    // A refusal to the server's own visitors is told, not kept.
    if (is_empty(decided) || (decided.refusal && !decided.member)) return outcome;
    apply(room_, decided);
    // Voice and what is being written follow a step at once, lines that end with it too; the rest goes with the batch.
    const auto beyond = domain::beyond(room_, decided);
    voice_.follow(beyond);
    ephemeral_.follow(beyond);
    for (const auto person : beyond.removed) {
        for (const auto connection : connections_.present().of(person))
            connections_.hang_up(connection, CloseCode::removed);
    }
    writer_.add(std::move(decided), need_of(input), beyond.makes_report);
    timer_.set_soon();
    return outcome;
}

void HostedRoom::tell() {
    ephemeral_.before_telling();
    auto parcel = telling_.gather(room_);
    writer_.hold(std::move(parcel.leave), std::move(parcel.undo));
}

bool HostedRoom::time_passes() {
    if (connections_.is_shut() || !saving_.saves(Need::vital)) return false;
    step(domain::TimePasses{});
    return true;
}

void HostedRoom::show(const Look& look) {
    const auto again = [this, look] { show(look); };
    if (saving_.is_reading_back()) return saving_.postpone(again);
    // What could not be saved never happened: then it is looked at anew.
    writer_.hold(look(room_), [this, again] { loop_.post(again); });
}

void HostedRoom::arrive_voice(VoiceArrival arrival) {
    if (!connections_.is_shut()) return voice_.arrive(std::move(arrival));
    arrival.hub->loop().post([line = arrival.line] { line->close(CloseCode::restart); });
}

RoomFigures HostedRoom::figures() const {
    RoomFigures figures{.rooms = 1, .damaged = saving_.is_damaged() ? 1 : 0};
    std::set<PersonId> counted;
    for (const auto& [connection, here] : connections_.present().all()) {
        if (counted.insert(here.person).second) ++figures.people[static_cast<std::size_t>(here.role)];
    }
    const auto now = clock_.stamp().at;
    for (const auto& [id, asked] : room_.help.cases) {
        if (!std::holds_alternative<domain::HelpOpen>(asked.standing)) continue;
        ++figures.help_waiting;
        figures.help_oldest_wait = std::max(figures.help_oldest_wait, now - asked.since);
    }
    for (const auto id : room_.chat.under_review) {
        const auto* message = find_message(room_, id);
        const auto* review = message == nullptr ? nullptr : review_of(*message);
        if (review == nullptr) continue;
        ++figures.review_held;
        figures.review_oldest_wait = std::max(figures.review_oldest_wait, now - review->since);
    }
    return figures;
}

// ------------------------------------------------------------------------------ when saving fails

void HostedRoom::journal_changed() {
    if (saving_.follow(parts_.journal.saves())) saves_anew();
}

void HostedRoom::start_over() {
    auto undo = writer_.drop();
    if (auto dropped = telling_.drop()) undo.push_back(std::move(dropped));
    const auto wait = saving_.begin_reading_back(parts_.journal.saves(), clock_.monotonic(), std::move(undo));
    if (wait.count() == 0) return read_back();
    loop_.after(wait, [this] { read_back(); });
}

void HostedRoom::read_back() {
    read_back_later(loop_, parts_.journal, session(), writer_.durable(), [this](ReadBack& back) { go_on(back); });
}

void HostedRoom::go_on(ReadBack& back) {
    room_ = std::move(back.room);
    writer_.go_back();
    const auto waiting = saving_.go_on(back.is_whole, parts_.journal.saves());
    telling_.go_back(room_.seq, back.is_whole);
    ephemeral_.go_back();
    // Some may have been told more than there is: they are to forget it, and be shown what there is.
    if (!back.is_whole) connections_.hang_up_all(CloseCode::gap);
    for (const auto& undo : waiting.undo) undo();
    voice_.go_back();
    saves_anew();
    writer_.flush();
    for (const auto& asked : waiting.postponed) loop_.post(asked);
}

void HostedRoom::saves_anew() {
    telling_.tell_saving();
    writer_.flush_soon();
    catch_up();
    // The day's record may not have been saved when the step was.
    if (!connections_.is_shut() && saving_.saves_everything()) writer_.keep_day();
    timer_.set();
}

void HostedRoom::catch_up() {
    if (connections_.is_shut()) return;
    connections_.catch_up();
    if (saving_.saves(Need::ordinary) && plan_ && *plan_ != room_.session.plan) step(domain::PlanSession{*plan_});
    if (saving_.saves(Need::ordinary) && carried_) {
        // Each question takes a step; those that are not needed do nothing.
        for (auto steps = carried_->questions.size() + 1; steps > 0; --steps) step(*carried_);
        writer_.flush_soon();
    }
    if (saving_.saves(Need::ordinary) && work_) {
        step(*work_);
        // It is wanted until it is on stable storage, and not after that: a rehearsal that ends takes its work along.
        telling_.when_told([this] { work_.reset(); }, [] {});
        writer_.flush_soon();
    }
}

// ---------------------------------------------------------------------------------- to be put away

void HostedRoom::shut_down(std::int64_t retry_after_ms, const base::Task& done) {
    // The journal gets its last sign of life: the outage begins now.
    if (saving_.saves(Need::vital)) step(domain::Stop{});
    connections_.shut();
    connections_.hang_up_all(CloseCode::restart, retry_after_ms);
    telling_.when_told(done, done);
    writer_.flush_soon();
}

bool HostedRoom::may_rest() const {
    return connections_.present().is_empty() && voice_.is_empty() && saving_.saves_everything() && writer_.is_idle() &&
           (!plan_ || *plan_ == room_.session.plan) && parts_.journal.saves() == journal::Saves::everything &&
           domain::may_rest(room_, clock_.stamp());
}

}  // namespace etakahvila::runtime
