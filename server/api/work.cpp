#include "api/work.hpp"

#include <algorithm>
#include <span>

#include "api/save.hpp"
#include "people/guess_limiter.hpp"
#include "people/photos.hpp"
#include "people/sessions.hpp"
#include "text/call_back.hpp"
#include "text/text.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::AssignmentId;
using protocol::DeskRow;
using protocol::PersonId;
using protocol::RefusalWord;
using protocol::SessionId;
using protocol::SubmissionId;

constexpr CallerRoles of_the_session{CallerRole::facilitator, CallerRole::moderator};
/// A name that tells nothing: whoever saves it has it in a folder of theirs.
constexpr const char* photo_file_name = "kuva.jpg";

/// Participants' routes are theirs alone, so there is somebody.
PersonId self(const AnyCall& call) { return call.caller.person().value_or(PersonId{}); }

/// Other sessions in which the caller answers too.
std::vector<SessionId> also_theirs(const AnyCall& call) {
    std::vector<SessionId> sessions;
    for (const auto& each : people::sessions(call.reader)) {
        if (each.way != protocol::SessionWay::room) continue;
        if (call.caller.roles_in_session(call.reader, each.id).has_any(of_the_session)) sessions.push_back(each.id);
    }
    return sessions;
}

/// The session's facilitators and moderators, among whom work is dealt.
std::vector<protocol::DeskStaff> staff_of(const records::Database& reader, SessionId session) {
    std::vector<protocol::DeskStaff> staff;
    const auto record = people::session_record(reader, session);
    if (!record) return staff;
    for (const auto& entry : record->roster) {
        if (entry.role == protocol::Role::facilitator || entry.role == protocol::Role::moderator)
            staff.push_back({.person = entry.person, .name = entry.registered_name});
    }
    return staff;
}

/// How it stands, and nothing of who answers it.
DeskRow state_alone(const DeskRow& row) {
    DeskRow seen;
    seen.person = row.person;
    seen.assignment = row.assignment;
    seen.state = row.state;
    seen.source = row.source;
    seen.returned_at = row.returned_at;
    seen.late = row.late;
    return seen;
}

/// What whoever sees how it stands has to know of the assignment.
protocol::AssignmentShown title_alone(protocol::AssignmentShown assignment) {
    assignment.text.clear();
    assignment.questions.clear();
    assignment.hint.reset();
    return assignment;
}

}  // namespace

// ---- what they share

void Work::act(const AnyCall& call, const Reply& reply, const Whose& whose, domain::WorkAct act, Then then) {
    const auto room = room_of(parts_.directory, call.session, reply);
    if (!room) return;
    room->act_on_work({.by = self(call),
                          .work = whose.work,
                          .assignment = whose.assignment,
                          .person = whose.person,
                          .act = std::move(act)},
        [&after_room = parts_.after_room, reply, then = std::move(then)](
            const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return reply.refuse(*refusal);
            after_room.read_on(reply, then);
        });
}

Work::Then Work::give_own(const AnyCall& call, const ReplyWith<protocol::OwnWorkAnswer>& reply) const {
    return [this, reply, session = call.session, person = self(call)](const records::Database& reader) {
        auto own = people::own_work(reader, session, person, parts_.clock.utc());
        if (!parts_.pictures.why_off()) own.takes_photos = true;
        reply.give(own);
    };
}

Work::Then Work::give_row(
    const AnyCall& call, const Whose& whose, const ReplyWith<protocol::DeskRowAnswer>& reply) const {
    return [&clock = parts_.clock, reply, session = call.session, whose](const records::Database& reader) {
        const auto row = people::desk_row(reader, session, whose.assignment, whose.person, clock.utc());
        if (!row) return reply.refuse(RefusalWord::not_found);
        reply.give({.row = *row});
    };
}

Work::Then Work::give_saved(
    const AnyCall& call, const Whose& whose, const ReplyWith<protocol::SavedAnswer>& reply) const {
    return [&clock = parts_.clock, reply, session = call.session, whose](const records::Database& reader) {
        const auto row = people::desk_row(reader, session, whose.assignment, whose.person, clock.utc());
        const auto words = people::answer_words(reader, whose.work);
        if (!row || !words) return reply.refuse(RefusalWord::not_found);
        reply.give({.row = *row, .answer = *words});
    };
}

std::optional<Work::Whose> Work::whose(
    const AnyCall& call, const Reply& reply, AssignmentId assignment, PersonId person) const {
    const auto work = people::work_of(call.reader, call.session, assignment, person);
    if (work) return Whose{.work = *work, .assignment = assignment, .person = person};
    reply.refuse(RefusalWord::not_found);
    return std::nullopt;
}

template <class Route>
void Work::act_on_row(Call<Route>& call, domain::WorkAct done) {
    const auto meant = whose(call, call.reply, call.body.assignment, call.body.person);
    if (meant) act(call, call.reply, *meant, std::move(done), give_row(call, *meant, call.reply));
}

// ---- the author

void Work::handle(Call<routes::OwnWork>& call) { give_own(call, call.reply)(call.reader); }

void Work::handle(Call<routes::SaveDraft>& call) {
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto saved = people::save_draft(database, call.session, self(call), call.body, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&saved)) return *word;
            return std::nullopt;
        });
    if (is_saved) give_own(call, call.reply)(call.reader);
}

void Work::handle(Call<routes::ReturnWork>& call) {
    Whose meant{.work = {}, .assignment = call.body.assignment, .person = self(call)};
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto saved = people::save_to_return(
                database, call.session, meant.person, call.body, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&saved)) return *word;
            meant.work = std::get<people::SavedWork>(saved).work;
            return std::nullopt;
        });
    if (!is_saved) return;
    act(call, call.reply, meant,
        domain::ReturnWork{.source = protocol::WorkSource::own, .wants_call = call.body.wants_call},
        give_own(call, call.reply));
}

void Work::handle(Call<routes::TakeBackWork>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, self(call));
    if (meant) act(call, call.reply, *meant, domain::TakeBackWork{}, give_own(call, call.reply));
}

void Work::handle(Call<routes::WishForCall>& call) {
    Whose meant{.work = {}, .assignment = call.body.assignment, .person = self(call)};
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto work = people::begin_work(
                database, call.session, meant.assignment, meant.person, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&work)) return *word;
            meant.work = std::get<SubmissionId>(work);
            // What cannot be read as a number never stops a call for help.
            if (call.body.call_back)
                people::set_call_back(database, meant.work, text::read_call_back(*call.body.call_back).number);
            return std::nullopt;
        });
    if (!is_saved) return;
    act(call, call.reply, meant,
        domain::WishForCall{.wants_call = call.body.wants_call, .answers_by_phone = call.body.answers_by_phone},
        give_own(call, call.reply));
}

void Work::handle(Call<routes::ShareWork>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, self(call));
    if (!meant) return;
    const bool is_saved = save(parts_.store, call.reply,
        [&](records::Database& database) { return people::set_sharing(database, meant->work, call.body.sharing); });
    if (is_saved) give_own(call, call.reply)(call.reader);
}

void Work::handle(Call<routes::ReadAnswer>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, self(call));
    if (meant) act(call, call.reply, *meant, domain::ReadAnswer{}, give_own(call, call.reply));
}

void Work::handle(Call<routes::ThankForAnswer>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, self(call));
    if (!meant) return;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::give_thanks(database, meant->work, call.body.text, parts_.clock.utc());
    });
    if (is_saved) give_own(call, call.reply)(call.reader);
}

// ---- the author's photos

void Work::handle(Call<routes::AddPhoto>& call) {
    const protocol::AssignmentId assignment{call.query.assignment};
    // What is not allowed anyway is not looked into.
    const auto word = people::why_no_photo(call.reader, call.session, assignment, self(call), parts_.clock.utc());
    if (word) return call.reply.refuse(*word);
    if (parts_.store.saves() != journal::Saves::everything) return call.reply.refuse(RefusalWord::not_saving);
    const auto whose = people::address_key(call.request.peer);
    const auto asked = std::make_shared<Call<routes::AddPhoto>>(std::move(call));
    const bool is_taken = parts_.picture_pool.run(
        [this, asked, assignment](records::Database& reader) {
            try {
                const auto made = parts_.pictures.make(asked->request.body);
                if (const auto* refused = std::get_if<RefusalWord>(&made)) return asked->reply.refuse(*refused);
                const std::span picture{std::get<std::string>(made)};
                const bool is_saved = save(
                    parts_.store, asked->reply, [&](records::Database& database) -> std::optional<RefusalWord> {
                        const auto added = people::add_photo(database, asked->session, assignment, self(*asked),
                            std::as_bytes(picture), parts_.clock.utc());
                        if (const auto* refused = std::get_if<RefusalWord>(&added)) return *refused;
                        return std::nullopt;
                    });
                if (is_saved) give_own(*asked, asked->reply)(reader);
            } catch (const std::exception&) {
                asked->reply.fail();
            }
        },
        whose);
    if (!is_taken) asked->reply.refuse(RefusalWord::busy);
}

void Work::handle(Call<routes::DescribePhoto>& call) {
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::describe_photo(
            database, call.session, self(call), call.body.photo, call.body.description, parts_.clock.utc());
    });
    if (is_saved) give_own(call, call.reply)(call.reader);
}

void Work::handle(Call<routes::RemovePhoto>& call) {
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::remove_photo(database, call.session, self(call), call.body.photo, parts_.clock.utc());
    });
    if (is_saved) give_own(call, call.reply)(call.reader);
}

void Work::handle(Call<routes::OwnPhoto>& call) {
    auto bytes = people::own_photo(call.reader, call.session, self(call), protocol::PhotoId{call.query.photo});
    if (!bytes) return call.reply.refuse(RefusalWord::not_found);
    call.reply.send(file_of(std::move(*bytes), jpeg_type, photo_file_name));
}

// ---- the desk

void Work::handle(Call<routes::Desk>& call) {
    const auto now = parts_.clock.utc();
    protocol::DeskAnswer desk{.now = now, .assignments = {}, .rows = {}, .staff = {}};
    const bool is_of_session = call.caller.roles.has_any(of_the_session);
    const bool sees_all = call.caller.roles.has_any(who_see_all);
    for (const auto& each : people::assignments_of(call.reader, call.session)) {
        if (!each.opened_at) continue;
        auto shown = people::shown(each, now, is_of_session);
        desk.assignments.push_back(is_of_session ? std::move(shown) : title_alone(std::move(shown)));
    }
    for (const auto& row : people::desk_rows(call.reader, call.session, now)) {
        if (!sees_all) {
            const auto details = people::person_details(call.reader, row.person);
            if (!details || !call.caller.sees(*details)) continue;
        }
        desk.rows.push_back(is_of_session ? row : state_alone(row));
    }
    if (is_of_session) desk.staff = staff_of(call.reader, call.session);
    call.reply.give(desk);
}

void Work::handle(Call<routes::OpenWork>& call) {
    const AssignmentId assignment{call.query.assignment};
    const auto opened = people::opened_work(
        call.reader, call.session, assignment, call.person, also_theirs(call), parts_.clock.utc());
    if (!opened) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::work_opened, {call.person});
    call.reply.give(*opened);
}

void Work::handle(Call<routes::WorkPhoto>& call) {
    auto bytes = people::returned_photo(call.reader, call.session, call.person, protocol::PhotoId{call.query.photo});
    if (!bytes) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::photo_opened, {call.person});
    call.reply.send(file_of(std::move(*bytes), jpeg_type, photo_file_name));
}

void Work::handle(Call<routes::ClaimWork>& call) { act_on_row(call, domain::ClaimWork{}); }
void Work::handle(Call<routes::ReleaseWork>& call) { act_on_row(call, domain::ReleaseWork{}); }
void Work::handle(Call<routes::TakeOverWork>& call) { act_on_row(call, domain::TakeOverWork{call.body.reason}); }
void Work::handle(Call<routes::TakeAnswerBack>& call) { act_on_row(call, domain::TakeBackAnswer{}); }
void Work::handle(Call<routes::TellAnswerRead>& call) { act_on_row(call, domain::ReadAnswer{}); }

void Work::handle(Call<routes::DealWork>& call) {
    std::vector<PersonId> among;
    const auto staff = staff_of(call.reader, call.session);
    for (const auto& each : staff) {
        const bool is_chosen = !call.body.among || std::find(call.body.among->begin(), call.body.among->end(),
                                                       each.person) != call.body.among->end();
        if (is_chosen) among.push_back(each.person);
    }
    if (among.empty() || (call.body.among && among.size() != call.body.among->size()))
        return call.reply.refuse(RefusalWord::invalid);
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    domain::DealWork deal{.by = self(call), .assignment = call.body.assignment, .among = among, .answered_before = {}};
    for (const auto& [person, by] : people::answered_before(call.reader, call.session))
        deal.answered_before.push_back({.person = person, .by = by});
    room->deal_work(std::move(deal), [this, reply = call.reply, among, session = call.session](
                                         const std::optional<protocol::Refusal>& refusal) {
        if (refusal) return reply.refuse(*refusal);
        parts_.after_room.read_on(reply, [this, reply, among, session](const records::Database& reader) {
            protocol::DealtAnswer dealt;
            const auto rows = people::desk_rows(reader, session, parts_.clock.utc());
            for (const auto person : among) {
                const auto count = std::count_if(rows.begin(), rows.end(),
                    [&](const DeskRow& row) { return row.claimed_by == person && !row.claimed_until && !row.sent_at; });
                dealt.dealt.push_back({.person = person, .count = count});
            }
            reply.give(dealt);
        });
    });
}

void Work::handle(Call<routes::SaveAnswer>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, call.body.person);
    if (!meant) return;
    // First whether they have it: what another has is not written over.
    act(call, call.reply, *meant, domain::BeginAnswer{}, [this, call, meant = *meant](const records::Database& reader) {
        const bool is_saved = save(
            parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
                const auto saved = people::save_answer(database, meant.work, self(call), call.body.version,
                    call.body.text, call.body.settles.value_or(false), parts_.clock.utc());
                if (const auto* word = std::get_if<RefusalWord>(&saved)) return *word;
                return std::nullopt;
            });
        if (is_saved) give_saved(call, meant, call.reply)(reader);
    });
}

void Work::handle(Call<routes::LookAtAnswer>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, call.body.person);
    if (!meant) return;
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::note_looked_at(database, meant->work, self(call), call.body.version);
    });
    if (is_saved) give_saved(call, *meant, call.reply)(call.reader);
}

void Work::handle(Call<routes::SendAnswer>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, call.body.person);
    if (!meant) return;
    if (text::clean_text(call.body.text, people::answer_code_points_max).fault == RefusalWord::text_empty)
        return call.reply.refuse(RefusalWord::text_empty);
    act(call, call.reply, *meant, domain::BeginAnswer{}, [this, call, meant = *meant](const records::Database& reader) {
        const bool is_saved = save(
            parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
                const auto saved = people::save_answer(
                    database, meant.work, self(call), call.body.version, call.body.text, false, parts_.clock.utc());
                if (const auto* word = std::get_if<RefusalWord>(&saved)) return *word;
                return people::why_not_send(database, meant.work);
            });
        if (!is_saved) return;
        // The same once more, as after an answer that was lost, is no correction.
        if (people::is_sent_as_it_stands(reader, meant.work)) return give_row(call, meant, call.reply)(reader);
        act(call, call.reply, meant, domain::SendAnswer{}, give_row(call, meant, call.reply));
    });
}

void Work::handle(Call<routes::SetWorry>& call) {
    Whose meant{.work = {}, .assignment = call.body.assignment, .person = call.body.person};
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto work = people::begin_work(
                database, call.session, meant.assignment, meant.person, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&work)) return *word;
            meant.work = std::get<SubmissionId>(work);
            // It is over when somebody says what was done.
            if (call.body.wants_call) return std::nullopt;
            return people::note_worry_done(database, meant.work, call.body.done.value_or(""));
        });
    if (!is_saved) return;
    act(call, call.reply, meant, domain::WishForCall{.wants_call = call.body.wants_call, .answers_by_phone = {}},
        give_row(call, meant, call.reply));
}

void Work::handle(Call<routes::WriteWorkDown>& call) {
    Whose meant{.work = {}, .assignment = call.body.assignment, .person = call.body.person};
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto saved = people::write_down(database, call.session, call.body, parts_.clock.utc());
            if (const auto* word = std::get_if<RefusalWord>(&saved)) return *word;
            meant.work = std::get<people::SavedWork>(saved).work;
            return std::nullopt;
        });
    if (!is_saved) return;
    parts_.notes.note(call, AccessAct::work_written_down, {meant.person});
    act(call, call.reply, meant, domain::ReturnWork{.source = call.body.source, .wants_call = {}},
        give_row(call, meant, call.reply));
}

void Work::handle(Call<routes::TellShared>& call) {
    const auto meant = whose(call, call.reply, call.body.assignment, call.body.person);
    if (!meant) return;
    const bool is_saved = save(parts_.store, call.reply,
        [&](records::Database& database) { return people::note_shared(database, meant->work, parts_.clock.utc()); });
    if (is_saved) give_row(call, *meant, call.reply)(call.reader);
}

// ---- what the staff make

void Work::handle(Call<routes::ListOpenings>& call) {
    const bool has_part = call.caller.has_part_in_series(call.reader, call.session);
    call.reply.give(
        {.openings = has_part ? people::openings_of(call.reader, call.session) : std::vector<std::string>{}});
}

void Work::handle(Call<routes::SetOpenings>& call) {
    if (!call.caller.has_part_in_series(call.reader, call.session))
        return call.reply.refuse(RefusalWord::not_permitted);
    const bool is_saved = save(parts_.store, call.reply,
        [&](records::Database& database) { return people::set_openings(database, call.session, call.body.openings); });
    if (is_saved) call.reply.give({.openings = people::openings_of(call.reader, call.session)});
}

void Work::give_assignments(const AnyCall& call, const ReplyWith<protocol::AssignmentsAnswer>& reply,
    std::optional<AssignmentId> changed) const {
    protocol::AssignmentsAnswer answer{.assignments = {}, .changed = changed, .takes_photos = {}};
    if (!parts_.pictures.why_off()) answer.takes_photos = true;
    for (const auto& each : people::assignments_of(call.reader, call.session))
        answer.assignments.push_back(people::shown(each, parts_.clock.utc(), true));
    reply.give(answer);
}

void Work::handle(Call<routes::ListAssignments>& call) { give_assignments(call, call.reply, {}); }

void Work::handle(Call<routes::PlanAssignment>& call) {
    AssignmentId changed;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            const auto put = people::put_assignment(database, call.session, call.body);
            if (const auto* word = std::get_if<RefusalWord>(&put)) return *word;
            changed = std::get<AssignmentId>(put);
            return std::nullopt;
        });
    if (!is_saved) return;
    parts_.directory.plan_changed(call.session);
    give_assignments(call, call.reply, changed);
}

void Work::handle(Call<routes::DropAssignment>& call) {
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::drop_assignment(database, call.session, call.body.assignment);
    });
    if (!is_saved) return;
    parts_.directory.plan_changed(call.session);
    give_assignments(call, call.reply, {});
}

}  // namespace etakahvila::api
