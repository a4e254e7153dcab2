#include "api/cancelling.hpp"

#include "api/forms.hpp"
#include "api/save.hpp"
#include "domain/room/room.hpp"
#include "people/cancelling.hpp"
#include "programme/enrolments.hpp"
#include "reports/cancelled_letter.hpp"

namespace etakahvila::api {
namespace {

using people::Way;
using protocol::RefusalWord;

std::vector<protocol::PersonId> people_in(const protocol::CancellingShown& shown) {
    std::vector<protocol::PersonId> people;
    people.reserve(shown.calls.size() + shown.texts.size());
    for (const auto& one : shown.calls) people.push_back(one.person);
    for (const auto& one : shown.texts) people.push_back(one.person);
    return people;
}

/// The day in its place: all of it as it was planned, at another time.
std::variant<people::SessionDraft, std::vector<people::Fault>> moved_draft(
    const people::SessionRecord& session, const protocol::MoveBody& body) {
    return people::draft_of({.series = session.series,
        .theme = session.theme,
        .date = body.date,
        .start = body.start,
        .end = body.end,
        .question = session.question,
        .help_phone = session.help_phone,
        .settings = session.settings});
}

}  // namespace

protocol::CancellingShown Cancelling::shown(const records::Database& reader, protocol::SessionId session) const {
    const auto people = people::to_be_told(reader, session, parts_.mailer.is_open());
    const auto cancelled = people::cancelled_session(reader, session);
    const auto letter = reports::cancelled_letter(reader, session, parts_.head);
    protocol::CancellingShown shown;
    shown.people = static_cast<std::int64_t>(people.size());
    shown.supervisors = people::supervisors_of(people);
    shown.next_starts_at = people::next_day(reader, session);
    if (letter) shown.texts_wait_until = people::texts_wait_until(parts_.clock.utc());
    for (const auto& one : people) {
        shown.by_mail += one.way == Way::mail ? 1 : 0;
        shown.by_text += one.way == Way::text ? 1 : 0;
        shown.by_call += one.way == Way::call ? 1 : 0;
        shown.opened += one.seen_at ? 1 : 0;
        // Before it is cancelled nobody is to be told anything, and nobody's number is needed.
        if (!letter) continue;
        if (one.way == Way::call)
            shown.calls.push_back({.person = one.person,
                .name = one.name,
                .phone = one.phone,
                .supervisor = one.supervisor,
                .told_at = one.told_at,
                .told_by = one.told_by,
                .tries = one.tries,
                .tried_at = one.tried_at});
        if (one.way == Way::text && !shown.texts_wait_until)
            shown.texts.push_back({.person = one.person,
                .name = one.name,
                .phone = people::dialled(*one.phone).value_or(*one.phone),
                .text = reports::cancelled_message(*letter)});
    }
    if (cancelled)
        shown.cancelled = protocol::CancelledShown{.why = cancelled->why,
            .words = cancelled->words,
            .by = cancelled->by_name,
            .at = cancelled->at,
            .moved_to = cancelled->moved_to};
    return shown;
}

void Cancelling::handle(Call<routes::ShowCancelling>& call) {
    const auto answer = shown(call.reader, call.session);
    if (auto whose = people_in(answer); !whose.empty())
        parts_.notes.note(call, people::AccessAct::people_listed, std::move(whose));
    call.reply.give(answer);
}

void Cancelling::handle(Call<routes::CancelSession>& call) {
    const auto session = people::session_record(call.reader, call.session);
    if (!session) return call.reply.refuse(RefusalWord::not_found);
    // A day without a room is not moved: a day by phone goes by its period's.
    if (call.body.moves_to && session->way != protocol::SessionWay::room)
        return call.reply.refuse(RefusalWord::not_now);
    auto words = text::clean_text(call.body.words, people::cancel_words_code_points_max);
    if (words.fault) return call.reply.refuse(*words.fault);
    people::Cancelling cancelling{.why = call.body.why,
        .words = std::move(words.value),
        .by_name = call.caller.name(call.reader),
        .moves_to = {},
        .has_mail = parts_.mailer.is_open()};
    if (call.body.moves_to) {
        auto draft = moved_draft(*session, *call.body.moves_to);
        if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft))
            return refuse_form(call.reply, *faults);
        cancelling.moves_to = std::get<people::SessionDraft>(std::move(draft));
    }
    if (parts_.store.saves() != journal::Saves::everything) return call.reply.refuse(RefusalWord::not_saving);
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    std::vector<protocol::PersonId> whose;
    for (const auto& one : people::to_be_told(call.reader, call.session, cancelling.has_mail))
        whose.push_back(one.person);
    parts_.notes.note(call, people::AccessAct::people_listed, std::move(whose));
    room->look([this, room, cancelling = std::move(cancelling), now = parts_.clock.utc(), reply = call.reply](
                   const domain::Room& state) mutable {
        // What was planned in the room goes with the day, and with nothing else.
        if (cancelling.moves_to) cancelling.polls = domain::planned_polls(state);
        cancel(
            room,
            [session = room->session(), cancelling = std::move(cancelling), now](
                records::Database& database) { people::cancel_session(database, session, cancelling, now); },
            reply);
    });
}

void Cancelling::cancel(const std::shared_ptr<runtime::RoomHost>& room, journal::Records::Write rows,
    const ReplyWith<protocol::CancellingShown>& reply) {
    const auto session = room->session();
    if (!parts_.rows.put(session, std::move(rows))) return reply.refuse(RefusalWord::not_now);
    room->cancel([this, session, reply](const std::optional<protocol::Refusal>& refusal) {
        parts_.rows.drop(session);
        if (refusal) return reply.refuse(*refusal);
        parts_.log.info("session_cancelled", {{"session", session}});
        parts_.mailer.wake();
        parts_.after_room.read_on(reply, [this, session, reply](const records::Database& reader) {
            // A day by phone goes with the day that is moved.
            std::vector<protocol::SessionId> changed;
            parts_.store.write_and_wait([&](records::Database& database) {
                changed = programme::bring_in_line_around(database, session, parts_.clock.utc());
            });
            for (const auto other : changed) parts_.directory.plan_changed(other);
            reply.give(shown(reader, session));
        });
    });
}

void Cancelling::handle(Call<routes::NoteCall>& call) {
    const auto by = call.caller.name(call.reader);
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::note_call(database, call.session, call.body.person, call.body.answered, by, parts_.clock.utc());
    });
    if (!is_saved) return;
    const auto answer = shown(call.reader, call.session);
    parts_.notes.note(call, people::AccessAct::people_listed, people_in(answer));
    call.reply.give(answer);
}

}  // namespace etakahvila::api
