#include "api/invitations.hpp"

#include <map>

#include "base/secret.hpp"
#include "api/given_links.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;

}  // namespace

void Invitations::handle(Call<routes::MakeInvitations>& call) {
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    // A day without a room has no door that a link would open.
    if (record->way != protocol::SessionWay::room) return call.reply.refuse(RefusalWord::not_now);
    const bool renews = call.body.renew.value_or(false);
    const auto people = people::people_of(call.reader, call.session, parts_.clock.utc());
    if (!are_all_known(call.body.people, people)) return call.reply.refuse(RefusalWord::not_found);
    auto times = people::usual_times(record->starts_at, record->ends_at);
    times.not_before = call.body.not_before.value_or(times.not_before);
    times.expires = call.body.expires.value_or(times.expires);
    if (times.not_before >= times.expires || times.expires <= parts_.clock.utc())
        return call.reply.refuse(RefusalWord::invalid);

    protocol::InvitationsAnswer answer;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](records::Database& database) {
        for (const auto& one : people) {
            // A link that works is shown once only, and is not taken from anyone unasked.
            const bool is_meant = (!call.body.people || is_named(call.body.people, one.person)) &&
                                  (renews || !one.is_invited);
            if (!is_meant) continue;
            const auto made = people::invite(
                database, call.session, one.person, times, parts_.clock.utc(), base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) continue;
            answer.invitations.push_back(shown(*invitation, one.person, one.details.name, parts_.letter_head.site));
            whose.push_back(one.person);
        }
    });
    parts_.notes.note(call, AccessAct::invitations_made, std::move(whose));
    parts_.log.info("invitations_made", {{"session", call.session}, {"count", answer.invitations.size()}});
    call.reply.give(answer);
}

void Invitations::handle(Call<routes::RevokeInvitation>& call) {
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::revoke(database, call.session, call.person, parts_.clock.utc());
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.directory.shut_out(call.person, call.session);
    parts_.notes.note(call, AccessAct::invitation_revoked, {call.person});
    call.reply.give({});
}

void Invitations::handle(Call<routes::MakeInvitationSheet>& call) {
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    // A calendar entry names nobody; a sheet is a list of people.
    if (record->settings.anonymous_among_participants && call.body.format != reports::SheetFormat::ics)
        return call.reply.refuse(RefusalWord::anonymous_day);
    std::map<PersonId, people::SessionPerson> people;
    for (auto& one : people::people_of(call.reader, call.session, parts_.clock.utc()))
        people.emplace(one.person, std::move(one));

    std::vector<reports::InvitationRow> rows;
    std::vector<PersonId> whose;
    for (const auto& given : call.body.invitations) {
        const auto person = people.find(given.person);
        // Only links that are theirs: nothing else gets onto paper of the house.
        const auto invitation = people::invitation_of_secret(
            call.reader, secret_of(given.link, parts_.letter_head.site), parts_.clock.utc());
        const bool is_theirs = person != people.end() && invitation && invitation->session == call.session &&
                               !invitation->period && invitation->person == given.person;
        if (!is_theirs) return call.reply.refuse(RefusalWord::not_found);
        rows.push_back({.letter = reports::letter_to(
                            call.reader, *record, given.person, parts_.letter_head, {given.link, given.code}),
            .name = person->second.details.name,
            .phone = person->second.details.phone.value_or(""),
            .email = person->second.details.email.value_or("")});
        whose.push_back(given.person);
    }
    if (call.body.format == reports::SheetFormat::ics && rows.size() != 1)
        return call.reply.refuse(RefusalWord::invalid);
    parts_.notes.note(call, AccessAct::invitation_sheet_made, std::move(whose));
    const auto name = (call.body.format == reports::SheetFormat::ics ? "kutsu-" : "kutsut-") +
                      std::to_string(call.session.value);
    call.reply.send(
        sheet_of(reports::invitation_sheet(rows, call.body.format, parts_.clock.utc()), call.body.format, name));
}

void Invitations::handle(Call<routes::OwnCalendar>& call) {
    // Whoever is signed in has no link of their own.
    if (!call.caller.invitation) return call.reply.refuse(RefusalWord::invalid);
    const auto& invitation = *call.caller.invitation;
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    // Others may see a calendar: the link stays where it is.
    const auto letter = reports::letter_to(call.reader, *record, *invitation.person, parts_.letter_head, {});
    const auto entries = reports::calendar_entries(letter, parts_.clock.utc());
    call.reply.send(sheet_of(reports::calendar_of(entries), reports::SheetFormat::ics, "tapaaminen"));
}

void Invitations::handle(Call<routes::SendMail>& call) {
    if (!parts_.mailer.is_open()) return call.reply.refuse(RefusalWord::not_now);
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    if (record->way != protocol::SessionWay::room) return call.reply.refuse(RefusalWord::not_now);
    const auto people = people::people_of(call.reader, call.session, parts_.clock.utc());
    if (!are_all_known(call.body.people, people)) return call.reply.refuse(RefusalWord::not_found);
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    if (times.expires <= parts_.clock.utc()) return call.reply.refuse(RefusalWord::not_now);

    protocol::MailQueuedAnswer done;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](records::Database& database) {
        for (const auto& one : people) {
            const bool is_meant = call.body.people ? is_named(call.body.people, one.person) : !one.is_invited;
            if (!is_meant) continue;
            if (!one.details.email) {
                if (one.role == protocol::Role::participant) done.without_address.push_back(one.person);
                continue;
            }
            auto made = people::invite(
                database, call.session, one.person, times, parts_.clock.utc(), base::fill_random);
            auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) continue;
            // Before it can be seen in the queue, so that it is never made anew.
            parts_.mailer.hold(people::queue_mail(database, call.session, one.person, parts_.clock.utc()), *invitation);
            whose.push_back(one.person);
        }
    });
    parts_.mailer.wake();
    done.queued = static_cast<std::int64_t>(whose.size());
    parts_.notes.note(call, AccessAct::mail_queued, std::move(whose));
    parts_.log.info("mail_queued", {{"session", call.session}, {"count", done.queued}});
    call.reply.give(done);
}

void Invitations::handle(Call<routes::ShowMail>& call) {
    protocol::MailsAnswer answer{.configured = parts_.mailer.is_open(), .mails = {}};
    std::vector<PersonId> whose;
    for (const auto& mail : people::mails_of(call.reader, call.session)) {
        answer.mails.push_back(listed(mail));
        whose.push_back(mail.person);
    }
    parts_.notes.note(call, AccessAct::mail_viewed, std::move(whose));
    call.reply.give(answer);
}

}  // namespace etakahvila::api
