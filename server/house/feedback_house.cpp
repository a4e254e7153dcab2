#include "house/feedback_house.hpp"

#include <algorithm>

namespace etakahvila::house {
namespace {

using protocol::PersonId;
using protocol::RefusalWord;
using protocol::SessionId;

static_assert(people::feedback_together_min == static_cast<std::size_t>(domain::feedback_answers_min),
    "the room and the records count from as many on");

}  // namespace

journal::Records::Write feedback_rows(SessionId session, const domain::Step& step) {
    for (const auto& event : step.events) {
        if (const auto* opened = std::get_if<domain::FeedbackOpened>(&event.any())) {
            return [session, closes_at = opened->closes_at](
                       records::Database& database) { people::note_feedback_opened(database, session, closes_at); };
        }
        if (std::holds_alternative<domain::FeedbackClosed>(event.any()))
            return [session](records::Database& database) { people::note_feedback_told(database, session); };
    }
    return {};
}

FeedbackHouse::~FeedbackHouse() { close(); }

void FeedbackHouse::close() {
    const std::lock_guard lock{mutex_};
    if (std::exchange(is_over_, true)) return;
    for (auto& [session, pool] : pools_) write(session, pool.last());
}

void FeedbackHouse::look_at_clock(const records::Database& reader) {
    if (parts_.store.saves() != journal::Saves::everything) return;
    for (const auto session : people::feedbacks_to_close(reader, parts_.clock.utc())) close(session);
    for (const auto session : people::feedbacks_to_tell(reader))
        tell(session, people::feedback_answers(reader, session));
}

void FeedbackHouse::close(SessionId session) {
    const std::lock_guard lock{mutex_};
    const auto found = pools_.find(session);
    const auto batch = found == pools_.end() ? std::nullopt : found->second.last();
    // One transaction: what is written last is written with the close, or neither is.
    parts_.store.write_and_wait([&](records::Database& database) {
        if (batch) people::write_feedback(database, session, *batch, parts_.random);
        people::close_feedback(database, session);
        // Who has answered is in the log of the store still, beside what was said with them.
        parts_.store.note_erased();
    });
    pools_.erase(session);
}

void FeedbackHouse::tell(SessionId session, std::int64_t count) {
    // Where it cannot be saved it is told again.
    if (const auto room = parts_.directory.room(session))
        room->end_feedback({.count = count}, [](const std::optional<protocol::Refusal>&) {});
}

bool FeedbackHouse::write(SessionId session, const std::optional<people::FeedbackBatch>& batch) {
    if (!batch) return true;
    try {
        parts_.store.write_and_wait(
            [&](records::Database& database) { people::write_feedback(database, session, *batch, parts_.random); });
    } catch (const std::exception&) {
        parts_.log.error("feedback_not_written", {{"session", session.value}});
        return false;
    }
    return true;
}

std::optional<RefusalWord> FeedbackHouse::take(
    const records::Database& reader, SessionId session, PersonId person, people::FeedbackAnswer answer, bool is_noted) {
    if (parts_.store.saves() != journal::Saves::everything) return RefusalWord::not_saving;
    const std::lock_guard lock{mutex_};
    if (is_over_) return RefusalWord::not_saving;
    const auto standing = people::feedback_of(reader, session);
    if (!standing) return RefusalWord::not_now;
    if (standing->is_closed || parts_.clock.utc() >= standing->closes_at) return RefusalWord::over;
    auto& pool = pools_[session];
    if (pool.has(person) || people::has_given_feedback(reader, session, person)) return RefusalWord::already_handled;
    pool.add(person, std::move(answer), is_noted);
    // What could not be written stays, and is tried again with the next.
    const auto batch = pool.next(parts_.random);
    if (batch && write(session, batch)) pool.forget_written();
    return std::nullopt;
}

bool FeedbackHouse::has_taken(const records::Database& reader, SessionId session, PersonId person) const {
    const std::lock_guard lock{mutex_};
    const auto found = pools_.find(session);
    const bool waits = found != pools_.end() && found->second.has(person);
    return waits || people::has_given_feedback(reader, session, person);
}

}  // namespace etakahvila::house
