#include "api/feedback.hpp"

#include <algorithm>

#include "api/save.hpp"
#include "domain/room/room.hpp"
#include "people/improvements.hpp"

namespace etakahvila::api {
namespace {

using protocol::OwnFeedback;
using protocol::PersonId;
using protocol::RefusalWord;

bool is_coordinator(const AnyCall& call) { return call.caller.has(CallerRole::coordinator); }

OwnFeedback state_of(const std::optional<RefusalWord>& word) {
    if (!word) return OwnFeedback::open;
    if (*word == RefusalWord::not_now) return OwnFeedback::not_open;
    if (*word == RefusalWord::over) return OwnFeedback::closed;
    return OwnFeedback::not_there;
}

}  // namespace

// ---- what they share

void Feedback::ask_room(const AnyCall& call, const Reply& reply, PersonId person, WhyNot why_not, May then) {
    const auto room = room_of(parts_.directory, call.session, reply);
    if (!room) return;
    room->show([this, reply, person, why_not, then = std::move(then)](const domain::Room& state) -> base::Task {
        const auto word = why_not(state, person, parts_.clock.utc());
        return [this, reply, word, then] {
            parts_.after_room.read_on(reply, [word, then](const records::Database& reader) { then(reader, word); });
        };
    });
}

// ---- those who answer

void Feedback::give_own(const AnyCall& call, const ReplyWith<protocol::OwnFeedbackAnswer>& reply, PersonId person) {
    ask_room(call, reply, person, domain::why_no_feedback,
        [this, reply, session = call.session, person](
            const records::Database& reader, std::optional<RefusalWord> word) {
            protocol::OwnFeedbackAnswer own{.state = state_of(word), .closes_at = {}};
            const bool has_taken = parts_.keeper.has_taken(reader, session, person);
            const auto standing = people::feedback_of(reader, session);
            if (standing) own.closes_at = standing->closes_at;
            // Who has answered is forgotten with the close, and the room is told of it later. Asked in this order
            // nobody is forgotten before it is known to be closed.
            if (own.state == OwnFeedback::open && has_taken) own.state = OwnFeedback::answered;
            if (own.state == OwnFeedback::open && standing && standing->is_closed) own.state = OwnFeedback::closed;
            reply.give(own);
        });
}

void Feedback::handle(Call<routes::OwnFeedback>& call) {
    give_own(call, call.reply, call.caller.person().value_or(PersonId{}));
}

void Feedback::handle(Call<routes::GiveFeedback>& call) {
    const auto person = call.caller.person().value_or(PersonId{});
    auto given = people::feedback_answer_of(call.body);
    if (const auto* word = std::get_if<RefusalWord>(&given)) return call.reply.refuse(*word);
    ask_room(call, call.reply, person, domain::why_no_feedback,
        [this, reply = call.reply, session = call.session, person,
            answer = std::get<people::FeedbackAnswer>(std::move(given))](
            const records::Database& reader, std::optional<RefusalWord> word) {
            if (!word) word = parts_.keeper.take(reader, session, person, answer, false);
            if (word) return reply.refuse(*word);
            protocol::OwnFeedbackAnswer own{.state = OwnFeedback::answered, .closes_at = {}};
            if (const auto standing = people::feedback_of(reader, session)) own.closes_at = standing->closes_at;
            reply.give(own);
        });
}

void Feedback::handle(Call<routes::NoteFeedback>& call) {
    const auto person = call.body.person;
    auto given = people::feedback_answer_of(call.body.answer);
    if (const auto* word = std::get_if<RefusalWord>(&given)) return call.reply.refuse(*word);
    ask_room(call, call.reply, person, domain::why_no_feedback_noted,
        [this, reply = call.reply, session = call.session, person,
            answer = std::get<people::FeedbackAnswer>(std::move(given))](
            const records::Database& reader, std::optional<RefusalWord> word) {
            if (!word) word = parts_.keeper.take(reader, session, person, answer, true);
            if (word) return reply.refuse(*word);
            reply.give({.person = person});
        });
}

// ---- what came of it

void Feedback::give_results(const AnyCall& call, const ReplyWith<protocol::FeedbackResultsAnswer>& reply) {
    auto results = people::feedback_results(call.reader, call.session, is_coordinator(call), parts_.clock.utc());
    if (results.stage != protocol::FeedbackStage::closed) return reply.give(results);
    const auto room = room_of(parts_.directory, call.session, reply);
    if (!room) return;
    room->show([reply, results = std::move(results)](const domain::Room& state) -> base::Task {
        auto seen = results;
        seen.asked = domain::feedback_may_come_from(state);
        return [reply, seen = std::move(seen)] { reply.give(seen); };
    });
}

void Feedback::handle(Call<routes::FeedbackResults>& call) { give_results(call, call.reply); }

void Feedback::handle(Call<routes::StrikeName>& call) {
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        const auto word = people::strike_feedback(
            database, call.session, call.body.words, call.body.piece, is_coordinator(call));
        if (!word) parts_.store.note_erased();
        return word;
    });
    if (is_saved) give_results(call, call.reply);
}

void Feedback::handle(Call<routes::FeedbackDays>& call) {
    protocol::FeedbackDaysAnswer answer;
    for (const bool is_for_coordinator : {false, true}) {
        for (auto& day : people::feedback_days(call.reader, is_for_coordinator, parts_.clock.utc())) {
            const auto roles = call.caller.roles_in_session(call.reader, day.session);
            if (roles.has(CallerRole::coordinator) != is_for_coordinator || !roles.has_any(who_see_all)) continue;
            answer.days.push_back(std::move(day));
        }
    }
    std::stable_sort(answer.days.begin(), answer.days.end(),
        [](const auto& one, const auto& other) { return other.starts_at < one.starts_at; });
    call.reply.give(answer);
}

// ---- what changed by it

void Feedback::give_improvements(const AnyCall& call, const ReplyWith<protocol::ImprovementsAnswer>& reply,
    std::optional<std::int64_t> saved) const {
    reply.give({.improvements = people::improvements_of(call.reader, call.session), .saved = saved});
}

void Feedback::handle(Call<routes::ListImprovements>& call) {
    if (!call.caller.has_part_in_series(call.reader, call.session))
        return call.reply.give({.improvements = {}, .saved = {}});
    give_improvements(call, call.reply, {});
}

void Feedback::handle(Call<routes::SaveImprovement>& call) {
    if (!call.caller.has_part_in_series(call.reader, call.session))
        return call.reply.refuse(protocol::RefusalWord::not_permitted);
    std::int64_t saved = 0;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto outcome = people::save_improvement(database, call.session, call.body, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&outcome)) return *word;
            saved = std::get<std::int64_t>(outcome);
            return std::nullopt;
        });
    if (is_saved) give_improvements(call, call.reply, saved);
}

}  // namespace etakahvila::api
