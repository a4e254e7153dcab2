#include "runtime/step_writer.hpp"

#include <algorithm>
#include <utility>

namespace etakahvila::runtime {

StepWriter::StepWriter(Parts parts) : parts_{std::move(parts)}, durable_{parts_.room.seq} {}

// -------------------------------------------------------------------------------- what is decided

void StepWriter::add(domain::Step step, journal::Need need, bool makes_report) {
    if (need == journal::Need::ordinary) unwritten_.need = journal::Need::ordinary;
    unwritten_.makes_report = unwritten_.makes_report || makes_report;
    unwritten_.steps.push_back(std::move(step));
    flush_soon();
}

void StepWriter::flush_soon() {
    if (!std::exchange(is_flush_due_, true)) flush_when_calm(turns_gathered_max);
}

/// As long as the loop's next turns bring something more, the batch grows, and with it neither the commits nor the
/// writes to each connection.
void StepWriter::flush_when_calm(int turns_left, int calm_turns) {
    parts_.loop.post([this, turns_left, calm_turns, had = parts_.room.seq] {
        if (!is_flush_due_) return;
        const int calm = parts_.room.seq == had ? calm_turns + 1 : 0;
        if (turns_left > 0 && calm < turns_calm) return flush_when_calm(turns_left - 1, calm);
        flush();
    });
}

void StepWriter::flush() {
    if (state_ != State::ready) return;
    is_flush_due_ = false;
    parts_.tell();
    if (unwritten_.steps.empty()) return;
    state_ = State::writing;
    auto unwritten = std::exchange(unwritten_, {});
    parts_.journal.append(
        parts_.session, std::move(unwritten.steps),
        [this, room = parts_.loop.shared_from_this(), through = parts_.room.seq](
            bool is_durable) { room->post([this, through, is_durable] { written(through, is_durable); }); },
        unwritten.need);
    if (unwritten.makes_report && parts_.keep_day) parts_.keep_day(parts_.room);
}

void StepWriter::written(domain::Seq through, bool is_durable) {
    if (!is_durable) {
        state_ = State::refused;
        return parts_.refused();
    }
    state_ = State::ready;
    durable_ = std::max(durable_, through);
    let_go();
    if (is_flush_due_) flush_when_calm(turns_gathered_max);
}

void StepWriter::keep_day() const {
    const bool has_day = parts_.room.attendance.version != 0 || parts_.room.session.phase == protocol::Phase::cancelled;
    if (parts_.keep_day && has_day) parts_.keep_day(parts_.room);
}

// --------------------------------------------------------------------------------------- the gate

void StepWriter::hold(base::Task release, base::Task undo) {
    held_.push_back({parts_.room.seq, std::move(release), std::move(undo)});
    let_go();
}

void StepWriter::let_go() {
    while (!held_.empty() && held_.front().seq <= durable_) {
        const auto release = std::move(held_.front().release);
        held_.pop_front();
        release();
    }
}

bool StepWriter::is_idle() const {
    return unwritten_.steps.empty() && state_ == State::ready && !is_flush_due_ && held_.empty();
}

// ---------------------------------------------------------------------- when a commit has failed

std::vector<base::Task> StepWriter::drop() {
    unwritten_ = {};
    std::vector<base::Task> undo;
    for (auto& held : std::exchange(held_, {})) {
        if (held.undo) undo.push_back(std::move(held.undo));
    }
    return undo;
}

void StepWriter::go_back() {
    drop();
    durable_ = parts_.room.seq;
    state_ = State::ready;
}

}  // namespace etakahvila::runtime
