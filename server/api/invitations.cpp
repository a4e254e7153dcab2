// Invitations: links and codes, the sheet and the calendar that carry them, and the mail.

#include <map>

#include "base/secret.hpp"
#include "protocol/api/invitations.hpp"
#include "reports/invitation_sheet.hpp"
#include "api/forms.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;

bool is_named(const std::optional<std::vector<PersonId>>& named, PersonId person) {
    return named && std::find(named->begin(), named->end(), person) != named->end();
}

/// Whether all that are named are of the session.
bool are_all_known(
    const std::optional<std::vector<PersonId>>& named, const std::vector<people::SessionPerson>& people) {
    return !named || std::all_of(named->begin(), named->end(), [&](PersonId wanted) {
        return std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.person == wanted; });
    });
}

std::string_view type_of(reports::SheetFormat format) {
    switch (format) {
        case reports::SheetFormat::xlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        case reports::SheetFormat::csv: return "text/csv; charset=utf-8";
        case reports::SheetFormat::ics: return "text/calendar; charset=utf-8";
    }
    return "application/octet-stream";
}

net::Response file_of(std::string bytes, reports::SheetFormat format, const std::string& name) {
    auto response = net::answer_of(200, std::move(bytes), type_of(format));
    response.fields.emplace_back(
        "Content-Disposition", "attachment; filename=\"" + name + "." + std::string{base::name_of(format)} + "\"");
    return response;
}

}  // namespace

void Api::make_invitations(Call& call) {
    const auto body = body_of<protocol::InvitationsBody>(call);
    if (!body) return;
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const bool renews = body->renew.value_or(false);
    const auto people = people::people_of(call.reader, call.session, utc());
    if (!are_all_known(body->people, people)) return refuse(call.answer, RefusalWord::not_found);
    auto times = people::usual_times(record->starts_at, record->ends_at);
    times.not_before = body->not_before.value_or(times.not_before);
    times.expires = body->expires.value_or(times.expires);
    if (times.not_before >= times.expires || times.expires <= utc()) return refuse(call.answer, RefusalWord::invalid);

    protocol::InvitationsAnswer answer;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        for (const auto& one : people) {
            // A link that works is shown once only, and is not taken from anyone unasked.
            const bool is_meant = (!body->people || is_named(body->people, one.person)) && (renews || !one.is_invited);
            if (!is_meant) continue;
            const auto made = people::invite(database, call.session, one.person, times, utc(), base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) continue;
            answer.invitations.push_back({.person = one.person,
                .name = one.details.name,
                .role = one.role,
                .link = parts_.site + std::string{reports::page_of(one.role)} + invitation->secret.to_link(),
                .code = invitation->code ? invitation->code->to_text() : std::string{}});
            whose.push_back(one.person);
        }
    });
    note_access(call, AccessAct::invitations_made, std::move(whose));
    parts_.log.info("invitations_made", {{"session", call.session}, {"count", answer.invitations.size()}});
    give(call.answer, answer);
}

void Api::revoke_invitation(Call& call) {
    if (!body_of<protocol::EmptyBody>(call)) return;
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait(
        [&](SQLite::Database& database) { refused = people::revoke(database, call.session, call.person, utc()); });
    if (refused) return refuse(call.answer, *refused);
    parts_.directory.shut_out(call.person, call.session);
    note_access(call, AccessAct::invitation_revoked, {call.person});
    give(call.answer, protocol::EmptyBody{});
}

void Api::make_invitation_sheet(Call& call) {
    const auto body = body_of<protocol::SheetBody>(call);
    if (!body) return;
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    std::map<PersonId, people::SessionPerson> people;
    for (auto& one : people::people_of(call.reader, call.session, utc())) people.emplace(one.person, std::move(one));

    std::vector<reports::InvitationRow> rows;
    std::vector<PersonId> whose;
    for (const auto& given : body->invitations) {
        const auto person = people.find(given.person);
        // Only links that are theirs: nothing else gets onto paper of the house.
        const auto secret_at = given.link.find('#');
        const auto invitation = secret_at == std::string::npos
                                    ? std::nullopt
                                    : people::invitation_of_secret(
                                          call.reader, std::string_view{given.link}.substr(secret_at + 1), utc());
        const bool is_theirs = person != people.end() && invitation && invitation->session == call.session &&
                               invitation->person == given.person && given.link.starts_with(parts_.site + "/");
        if (!is_theirs) return refuse(call.answer, RefusalWord::not_found);
        rows.push_back({.letter = reports::letter_to(*record, given.person, letter_head(), given.link, given.code),
            .name = person->second.details.name,
            .phone = person->second.details.phone.value_or(""),
            .email = person->second.details.email.value_or(""),
            .sequence = invitation->id.value});
        whose.push_back(given.person);
    }
    if (body->format == reports::SheetFormat::ics && rows.size() != 1) return refuse(call.answer, RefusalWord::invalid);
    note_access(call, AccessAct::invitation_sheet_made, std::move(whose));
    const auto name = (body->format == reports::SheetFormat::ics ? "kutsu-" : "kutsut-") +
                      std::to_string(call.session.value);
    call.answer(file_of(reports::invitation_sheet(rows, body->format, utc()), body->format, name));
}

void Api::own_calendar(Call& call) {
    // Whoever is signed in has no link of their own.
    if (!call.caller.invitation) return refuse(call.answer, RefusalWord::invalid);
    const auto& invitation = *call.caller.invitation;
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    // Whoever came by a code has no link to keep: the site, and the code, which they know.
    const bool has_link = people::Secret::from_link(call.request.bearer).has_value();
    const auto link = parts_.site +
                      (has_link ? std::string{reports::page_of(invitation.role)} + call.request.bearer : "/");
    const auto letter = reports::letter_to(*record, *invitation.person, letter_head(), link, {});
    call.answer(file_of(reports::calendar_of(reports::calendar_entry(letter, invitation.id.value, utc())),
        reports::SheetFormat::ics, "etakahvila"));
}

reports::LetterHead Api::letter_head() const { return {.site = parts_.site, .help_phone = parts_.help_phone}; }

void Api::send_mail(Call& call) {
    const auto body = body_of<protocol::MailBody>(call);
    if (!body) return;
    if (!parts_.mailer.is_open()) return refuse(call.answer, RefusalWord::not_now);
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const auto people = people::people_of(call.reader, call.session, utc());
    if (!are_all_known(body->people, people)) return refuse(call.answer, RefusalWord::not_found);
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    if (times.expires <= utc()) return refuse(call.answer, RefusalWord::not_now);

    protocol::MailQueuedAnswer done;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        for (const auto& one : people) {
            const bool is_meant = body->people ? is_named(body->people, one.person) : !one.is_invited;
            if (!is_meant) continue;
            if (!one.details.email) {
                if (one.role == protocol::Role::participant) done.without_address.push_back(one.person);
                continue;
            }
            auto made = people::invite(database, call.session, one.person, times, utc(), base::fill_random);
            auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) continue;
            // Before it can be seen in the queue, so that it is never made anew.
            parts_.mailer.hold(people::queue_mail(database, call.session, one.person, utc()), *invitation);
            whose.push_back(one.person);
        }
    });
    parts_.mailer.wake();
    done.queued = static_cast<std::int64_t>(whose.size());
    note_access(call, AccessAct::mail_queued, std::move(whose));
    parts_.log.info("mail_queued", {{"session", call.session}, {"count", done.queued}});
    give(call.answer, done);
}

void Api::show_mail(Call& call) {
    protocol::MailsAnswer answer{.configured = parts_.mailer.is_open(), .mails = {}};
    std::vector<PersonId> whose;
    for (const auto& mail : people::mails_of(call.reader, call.session)) {
        answer.mails.push_back({.person = mail.person,
            .state = mail.state,
            .tries = mail.tries,
            .next_try_at = mail.state == people::MailState::waiting ? std::optional{mail.next_try_at} : std::nullopt,
            .sent_at = mail.sent_at,
            .trouble = mail.trouble});
        whose.push_back(mail.person);
    }
    note_access(call, AccessAct::mail_viewed, std::move(whose));
    give(call.answer, answer);
}

}  // namespace etakahvila::api
