#include "api/season_links.hpp"

#include <map>

#include "api/given_links.hpp"
#include "base/secret.hpp"
#include "people/names.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::RefusalWord;

struct Enrolled {
    PersonId person;
    people::PersonDetails details;
};

/// By name.
std::vector<Enrolled> enrolled(const records::Database& reader, protocol::PeriodId period) {
    std::vector<Enrolled> people;
    for (const auto person : people::enrolled_in(reader, period)) {
        if (auto details = people::person_details(reader, person)) people.push_back({person, *std::move(details)});
    }
    people::sort_in_finnish_order(people, [](const Enrolled& one) -> const std::string& { return one.details.name; });
    return people;
}

}  // namespace

void SeasonLinks::handle(Call<routes::MakeLinks>& call) {
    const auto now = parts_.clock.utc();
    const auto period = people::period_facts(call.reader, call.period);
    if (!period) return call.reply.refuse(RefusalWord::not_found);
    if (now >= period->links_end) return call.reply.refuse(RefusalWord::not_now);
    const auto people = enrolled(call.reader, call.period);
    if (!are_all_known(call.body.people, people)) return call.reply.refuse(RefusalWord::not_found);

    protocol::InvitationsAnswer answer;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](records::Database& database) {
        for (const auto& one : people) {
            // A link that works is shown once only, and is not taken from anyone unasked.
            const bool is_meant = (!call.body.people || is_named(call.body.people, one.person)) &&
                                  (call.body.renew.value_or(false) ||
                                      !people::has_season_link(database, call.period, one.person));
            if (!is_meant) continue;
            const auto made = people::invite_for_period(database, call.period, one.person, now, base::fill_random);
            const auto* link = std::get_if<people::NewInvitation>(&made);
            if (link == nullptr) continue;
            answer.invitations.push_back(shown(*link, one.person, one.details.name, parts_.letter_head.site));
            whose.push_back(one.person);
        }
    });
    parts_.notes.note(call, AccessAct::invitations_made, std::move(whose));
    parts_.log.info("season_links_made", {{"period", call.period}, {"count", answer.invitations.size()}});
    call.reply.give(answer);
}

void SeasonLinks::handle(Call<routes::MakeLinksSheet>& call) {
    const auto now = parts_.clock.utc();
    if (!people::period_facts(call.reader, call.period)) return call.reply.refuse(RefusalWord::not_found);
    // A calendar is one person's, and has no link in it.
    if (call.body.format == reports::SheetFormat::ics) return call.reply.refuse(RefusalWord::invalid);
    std::map<PersonId, people::PersonDetails> people;
    for (auto& one : enrolled(call.reader, call.period)) people.emplace(one.person, std::move(one.details));

    std::vector<reports::InvitationRow> rows;
    std::vector<PersonId> whose;
    for (const auto& given : call.body.invitations) {
        const auto person = people.find(given.person);
        // Only links that are theirs, and of the whole season: nothing else gets onto paper of the house.
        const auto secret = secret_of(given.link, parts_.letter_head.site);
        const auto known = people::known_by_secret(call.reader, secret, now);
        const bool is_theirs = person != people.end() && people::Secret::from_link(secret) && known &&
                               known->invitation.period == call.period && people::opens_own_page(*known, now) &&
                               people::as_known_now(call.reader, *known->invitation.person) == given.person;
        if (!is_theirs) return call.reply.refuse(RefusalWord::not_found);
        const auto& details = person->second;
        rows.push_back({.letter = reports::season_letter_to(
                            call.reader, call.period, given.person, parts_.letter_head, {given.link, given.code}, now),
            .name = details.name,
            .phone = details.phone.value_or(""),
            .email = details.email.value_or("")});
        whose.push_back(given.person);
    }
    parts_.notes.note(call, AccessAct::invitation_sheet_made, std::move(whose));
    call.reply.send(sheet_of(reports::invitation_sheet(rows, call.body.format, now), call.body.format,
        "kausikutsut-" + std::to_string(call.period.value)));
}

void SeasonLinks::handle(Call<routes::ShowLinksMail>& call) {
    if (!people::period_facts(call.reader, call.period)) return call.reply.refuse(RefusalWord::not_found);
    protocol::MailsAnswer answer{.configured = parts_.mailer.is_open(), .mails = {}};
    std::vector<PersonId> whose;
    for (const auto& mail : people::mails_of(call.reader, call.period)) {
        answer.mails.push_back(listed(mail));
        whose.push_back(mail.person);
    }
    parts_.notes.note(call, AccessAct::mail_viewed, std::move(whose));
    call.reply.give(answer);
}

void SeasonLinks::handle(Call<routes::MailLinks>& call) {
    if (!parts_.mailer.is_open()) return call.reply.refuse(RefusalWord::not_now);
    const auto now = parts_.clock.utc();
    const auto period = people::period_facts(call.reader, call.period);
    if (!period) return call.reply.refuse(RefusalWord::not_found);
    if (now >= period->links_end) return call.reply.refuse(RefusalWord::not_now);
    const auto people = enrolled(call.reader, call.period);
    if (!are_all_known(call.body.people, people)) return call.reply.refuse(RefusalWord::not_found);

    protocol::MailQueuedAnswer done;
    std::vector<PersonId> whose;
    parts_.store.write_and_wait([&](records::Database& database) {
        for (const auto& one : people) {
            const bool is_meant = call.body.people ? is_named(call.body.people, one.person)
                                                   : !people::has_season_link(database, call.period, one.person);
            if (!is_meant) continue;
            if (!one.details.email) {
                done.without_address.push_back(one.person);
                continue;
            }
            const auto made = people::invite_for_period(database, call.period, one.person, now, base::fill_random);
            const auto* link = std::get_if<people::NewInvitation>(&made);
            if (link == nullptr) continue;
            // Before it can be seen in the queue, so that it is never made anew.
            parts_.mailer.hold(people::queue_mail(database, call.period, one.person, now), *link);
            whose.push_back(one.person);
        }
    });
    parts_.mailer.wake();
    done.queued = static_cast<std::int64_t>(whose.size());
    parts_.notes.note(call, AccessAct::mail_queued, std::move(whose));
    parts_.log.info("season_mail_queued", {{"period", call.period}, {"count", done.queued}});
    call.reply.give(done);
}

void SeasonLinks::handle(Call<routes::RevokeLink>& call) {
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::revoke(database, call.period, call.person, parts_.clock.utc());
    });
    if (refused) return call.reply.refuse(*refused);
    for (const auto& day : people::days_of(call.reader, call.period, call.person))
        parts_.directory.shut_out(day.person, day.session);
    parts_.notes.note(call, AccessAct::invitation_revoked, {call.person});
    call.reply.give({});
}

void SeasonLinks::handle(Call<routes::NoteLinkTold>& call) {
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::note_told(database, call.period, call.person, parts_.clock.utc());
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.notes.note(call, AccessAct::invitation_told, {call.person});
    call.reply.give({});
}

}  // namespace etakahvila::api
