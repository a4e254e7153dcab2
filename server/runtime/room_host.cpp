#include "runtime/room_host.hpp"

#include <algorithm>
#include <utility>

#include "domain/room/permission.hpp"

namespace etakahvila::runtime {
namespace {

using journal::Need;
using protocol::RefusalWord;

Need need_of(const domain::Input& input) {
    if (const auto* sent = std::get_if<domain::MemberCommand>(&input))
        return domain::is_vital(sent->command) ? Need::vital : Need::ordinary;
    return std::holds_alternative<domain::PlanSession>(input) ? Need::ordinary : Need::vital;
}

}  // namespace

std::shared_ptr<RoomHost> RoomHost::open(Parts parts, const journal::StoredRoom& stored) {
    domain::Room room;
    for (const auto& step : stored.steps) apply(room, step);
    std::shared_ptr<RoomHost> opened{new RoomHost{std::move(parts), stored, std::move(room)}};
    opened->post([](RoomHost& host) {
        // Should the server have gone down between the journal and the report.
        if (host.parts_.keep_day && host.room_.attendance.version != 0) host.parts_.keep_day(host.room_);
        if (host.saving_.saves(Need::vital)) host.step(domain::Restart{});
        host.set_timer();
    });
    return opened;
}

RoomHost::RoomHost(Parts parts, const journal::StoredRoom& stored, domain::Room room)
    : parts_{std::move(parts)},
      room_{std::move(room)},
      clock_{parts_.clock, room_},
      present_{room_},
      voice_{{.session = parts_.session,
          .clock = parts_.clock,
          .figures = parts_.voice_figures,
          .room = room_,
          .present = present_,
          .gate = gate_}},
      saving_{stored.damaged_at.has_value(), parts_.journal.saves()},
      telling_{{.session = parts_.session,
                   .epoch = stored.epoch,
                   .clock = clock_,
                   .tickets = parts_.tickets,
                   .present = present_,
                   .saving = saving_,
                   .speech = speech_},
          room_.seq} {
    gate_.durable_through(room_.seq);
    watch_lines();
}

// ------------------------------------------------------------------- ask, decide, apply, append

void RoomHost::command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command) {
    post([connection, command_id = std::move(command_id), command = std::move(command)](
             RoomHost& host) mutable { host.take_command(connection, std::move(command_id), std::move(command)); });
}

void RoomHost::take_command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command) {
    const auto* here = present_.find(connection);
    if (here == nullptr) return;
    // What the room holds now may never have happened: no answer is given out of it.
    if (saving_.is_reading_back()) {
        if (saving_.postponed() >= undurable_steps_max) return;
        return saving_.postpone([this, connection, command_id = std::move(command_id), command = std::move(command)] {
            this->command(connection, command_id, command);
        });
    }
    const domain::Actor actor{.person = here->person, .role = here->role, .connection = connection};
    if (const auto* earlier = earlier_outcome(room_, actor.person, command_id))
        return answer(connection, command_id, *earlier);

    // About the moment, not about the command: nothing is kept, and the same id may be sent again.
    const auto refuse_now = [&](RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
        answer(connection, command_id, {.seq = room_.seq, .refusal = domain::refused(word, {}, {}, wait_seconds)});
    };
    auto& pace = present_.pace_of(actor.person);
    if (!command) return refuse_now(pace.take(clock_.monotonic()) ? RefusalWord::invalid : RefusalWord::too_fast);
    if (!saving_.saves(domain::is_vital(*command) ? Need::vital : Need::ordinary))
        return refuse_now(RefusalWord::not_saving);
    if (!pace.take(clock_.monotonic())) return refuse_now(RefusalWord::too_fast, 1);
    if (unwritten_.steps.size() >= undurable_steps_max) return refuse_now(RefusalWord::busy, 1);

    const auto taken = step(
        domain::MemberCommand{.actor = actor, .command_id = command_id, .command = std::move(*command)});
    answer(connection, command_id, {.seq = taken.seq, .refusal = taken.refusal});
}

void RoomHost::answer(ConnectionId connection, const std::string& command_id, const domain::Outcome& outcome) {
    telling_.tell(
        connection, frame_of(protocol::Outcome{.id = command_id, .seq = outcome.seq, .refusal = outcome.refusal}));
    schedule_flush();
}

domain::Step RoomHost::step(const domain::Input& input) {
    auto decided = decide(room_, input, clock_.stamp());
    if (is_empty(decided)) return decided;
    // A refusal to the server's own visitors is told, not kept.
    if (decided.refusal && !decided.member) return decided;
    apply(room_, decided);
    act_beyond(domain::beyond(room_, decided));
    if (need_of(input) == Need::ordinary) unwritten_.need = Need::ordinary;
    unwritten_.steps.push_back(decided);
    schedule_flush();
    set_timer_soon();
    return decided;
}

/// Voice and what is being written follow a step at once, lines that end with it too; the rest goes with the batch.
void RoomHost::act_beyond(const domain::Beyond& beyond) {
    voice_.follow(beyond);
    unwritten_.makes_report = unwritten_.makes_report || beyond.makes_report;
    unwritten_.changes_help = unwritten_.changes_help || beyond.changes_help;
    const auto speak = [this](std::optional<protocol::Speech> speech) {
        if (speech) telling_.speak(frame_of(std::move(*speech)));
    };
    for (const auto person : beyond.silenced) speak(speech_.silence(person));
    for (const auto turn : beyond.texts_taken_away) speak(speech_.take_away(turn));
    for (const auto person : beyond.removed) {
        for (const auto connection : present_.of(person)) hang_up(connection, CloseCode::removed);
    }
}

void RoomHost::schedule_flush() {
    if (flush_is_due_) return;
    flush_is_due_ = true;
    flush_when_calm(turns_gathered_max);
}

/// What comes in together goes out together: as long as the loop's next turns bring something
/// more, the batch grows, and with it neither the commits nor the writes to each connection.
void RoomHost::flush_when_calm(int turns_left, int calm_turns) {
    post([turns_left, calm_turns, had = room_.seq](RoomHost& host) {
        if (!host.flush_is_due_) return;
        const int calm = host.room_.seq == had ? calm_turns + 1 : 0;
        if (turns_left > 0 && calm < turns_calm) return host.flush_when_calm(turns_left - 1, calm);
        host.flush();
    });
}

/// One batch for all that was decided since the last one, and one commit for it. While a commit
/// is under way the next one gathers: under load the batches grow, not the number of commits.
void RoomHost::flush() {
    if (is_writing_ || saving_.is_reading_back()) return;
    flush_is_due_ = false;
    if (unwritten_.changes_help) {
        watch_lines();
        tell_line_figures();
    }
    auto parcel = telling_.gather(room_);
    gate_.hold(room_.seq, std::move(parcel.leave), std::move(parcel.undo));
    auto unwritten = std::exchange(unwritten_, {});
    if (unwritten.steps.empty()) return;
    is_writing_ = true;
    parts_.journal.append(
        parts_.session, std::move(unwritten.steps),
        [self = shared_from_this(), through = room_.seq](
            bool durable) { self->post([through, durable](RoomHost& host) { host.written(through, durable); }); },
        unwritten.need);
    if (unwritten.makes_report && parts_.keep_day) parts_.keep_day(room_);
}

void RoomHost::written(domain::Seq through, bool durable) {
    is_writing_ = false;
    if (!durable) return start_over();
    gate_.durable_through(through);
    if (flush_is_due_) flush_when_calm(turns_gathered_max);
}

/// Once for all steps of a turn of the loop: what is due next is asked of everyone in the room.
void RoomHost::set_timer_soon() {
    if (std::exchange(timer_is_old_, true)) return;
    post([](RoomHost& host) {
        host.timer_is_old_ = false;
        host.set_timer();
    });
}

void RoomHost::set_timer() {
    const auto due = next_due(room_);
    if (!due || (timer_at_ && *timer_at_ <= *due)) return;
    timer_at_ = due;
    after(std::max(*due - clock_.stamp().at, base::Milliseconds{0}), [due = *due](RoomHost& host) {
        if (host.timer_at_ != due) return;
        host.timer_at_.reset();
        if (host.is_shut_ || !host.saving_.saves(Need::vital)) return;
        host.step(domain::TimePasses{});
        host.set_timer();
    });
}

// ------------------------------------------------------------------------ what goes with a step

void RoomHost::hang_up_and_tell(
    ConnectionId connection, CloseCode code, const domain::Input& ended, base::RoomTime at) {
    hang_up(connection, code);
    if (saving_.saves(Need::vital))
        step(ended);
    else
        present_.note_end(connection, at);
}

void RoomHost::hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms) {
    if (!present_.has(connection)) return;
    voice_.hang_up(connection, code);
    if (telling_.say_goodbye(connection, code, retry_after_ms)) {
        lines_.forget(connection);
        tell_line_figures();
        schedule_flush();
    }
    present_.remove(connection);
}

void RoomHost::watch_lines() { lines_.watch(domain::people_to_help(room_)); }

/// At once, and then no more often than every line_figures_every.
void RoomHost::tell_line_figures() {
    const auto figures = lines_.take_news();
    if (!figures) return;
    telling_.tell_staff(frame_of(*figures));
    schedule_flush();
    after(line_figures_every, [](RoomHost& host) {
        host.lines_.rested();
        host.tell_line_figures();
    });
}

// ------------------------------------------------------------------------------ when saving fails

void RoomHost::start_over() {
    unwritten_ = {};
    auto undo = gate_.drop_all();
    if (auto dropped = telling_.drop()) undo.push_back(std::move(dropped));
    const auto wait = saving_.begin_reading_back(parts_.journal.saves(), clock_.monotonic(), std::move(undo));
    if (wait.count() == 0) return read_back();
    after(wait, [](RoomHost& host) { host.read_back(); });
}

/// Reads and replays on the journal's thread: other rooms of this worker go on meanwhile.
void RoomHost::read_back() {
    parts_.journal.load_later(parts_.session,
        [self = shared_from_this(), through = gate_.durable()](const std::optional<journal::StoredRoom>& stored) {
            std::shared_ptr<ReadBack> back;
            if (stored)
                back = std::make_shared<ReadBack>(runtime::read_back(*stored, through, self->parts_.journal.saves()));
            self->post([back](RoomHost& host) {
                if (back)
                    host.go_on(*back);
                else
                    host.after(read_back_again, [](RoomHost& later) { later.read_back(); });
            });
        });
}

void RoomHost::go_on(ReadBack& back) {
    // What was held meanwhile waits for steps that never were.
    gate_.drop_all();
    room_ = std::move(back.room);
    const auto waiting = saving_.go_on(back.is_whole, parts_.journal.saves());
    telling_.go_back(room_.seq, back.is_whole);
    watch_lines();
    if (!back.is_whole) {
        // Some may have been told more than there is: they are to forget it, and be shown what there is.
        gate_.start_over(room_.seq);
        while (!present_.is_empty()) hang_up(present_.all().begin()->first, CloseCode::gap);
    }
    for (const auto& undo : waiting.undo) undo();
    voice_.go_back();
    saves_anew();
    flush_is_due_ = true;
    flush();
    for (const auto& asked : waiting.postponed) asked();
}

void RoomHost::saves_anew() {
    telling_.tell_saving();
    schedule_flush();
    catch_up();
    // The day's record may not have been saved when the step was.
    if (parts_.keep_day && !is_shut_ && saving_.saves_everything() && room_.attendance.version != 0)
        parts_.keep_day(room_);
    set_timer();
}

/// Those who are here and those of whom the room knows become the same again; what was planned is known.
void RoomHost::catch_up() {
    if (is_shut_) return;
    if (saving_.saves(Need::vital)) {
        const auto differences = present_.differences_from(room_);
        for (const auto& gone : differences.gone) step(gone);
        for (const auto& unknown : differences.unknown) {
            if (const auto refusal = step(unknown).refusal) hang_up(unknown.connection, close_code_of(*refusal));
        }
    }
    if (saving_.saves(Need::ordinary) && plan_ && *plan_ != room_.session.plan) step(domain::PlanSession{*plan_});
}

}  // namespace etakahvila::runtime
