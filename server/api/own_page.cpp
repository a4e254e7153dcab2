#include "api/own_page.hpp"

#include "api/save.hpp"
#include "base/secret.hpp"
#include "people/calendar_feed.hpp"
#include "people/cancelling.hpp"
#include "people/own_page.hpp"

namespace etakahvila::api {

protocol::OwnPageAnswer OwnPage::page_of(const AnyCall& call) const {
    const auto& invitation = *call.caller.invitation;
    const auto now = parts_.clock.utc();
    auto page = people::own_page(call.reader, invitation, now);
    // The coordinator sees of how many it is known that they have read it.
    const auto unseen = people::cancelled_unseen(call.reader, invitation, now);
    if (!unseen.empty())
        parts_.store.write(
            [unseen, now](records::Database& database) {
                for (const auto& day : unseen) people::note_cancelling_seen(database, day.session, day.person, now);
            },
            {});
    const auto& site_phone = parts_.letter_head.help_phone;
    if (!page.help_phone && !site_phone.empty()) page.help_phone = site_phone;
    return page;
}

void OwnPage::handle(Call<routes::OwnPage>& call) { call.reply.give(page_of(call)); }

void OwnPage::handle(Call<routes::TellAbsence>& call) {
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        return people::tell_absence(database, *call.caller.invitation, call.body, parts_.clock.utc());
    });
    if (!is_saved) return;
    // The room learns that they do not come, and nothing of the reason.
    parts_.directory.plan_changed(call.body.session);
    call.reply.give(page_of(call));
}

void OwnPage::handle(Call<routes::MakeCalendar>& call) {
    const auto& invitation = *call.caller.invitation;
    // A link of one day has one entry (own_calendar), and nothing that would change in it.
    if (!invitation.period) return call.reply.refuse(protocol::RefusalWord::invalid);
    std::string address = parts_.letter_head.site + "/calendar/";
    const bool is_saved = save(parts_.store, call.reply, [&](records::Database& database) {
        const auto token = people::make_calendar_feed(
            database, *invitation.period, *invitation.person, parts_.clock.utc(), base::fill_random);
        address += token.to_link() + ".ics";
        return std::optional<protocol::RefusalWord>{};
    });
    if (is_saved) call.reply.give({.address = std::move(address)});
}

void OwnPage::handle(Call<routes::CalendarFeed>& call) {
    std::string_view token = call.token;
    constexpr std::string_view ending = ".ics";
    if (token.ends_with(ending)) token.remove_suffix(ending.size());
    const auto feed = people::calendar_feed(call.reader, token, parts_.clock.utc());
    if (!feed) return call.reply.refuse(protocol::RefusalWord::not_found);
    reports::InvitationLetter letter{.person = feed->person, .site = parts_.letter_head.site};
    if (!parts_.letter_head.help_phone.empty()) letter.help_phone = parts_.letter_head.help_phone;
    for (const auto& day : feed->days)
        letter.days.push_back({.session = day.session,
            .theme = {},
            .series = {},
            .starts_at = day.starts_at,
            .ends_at = day.ends_at,
            .revision = day.revision,
            .way = day.way});
    auto entries = reports::calendar_entries(letter, parts_.clock.utc());
    for (std::size_t index = 0; index < entries.size(); ++index)
        entries[index].is_cancelled = feed->days[index].cancelled.has_value();
    call.reply.send(file_of(reports::calendar_of(entries), ics_type, "tapaamiset.ics"));
}

}  // namespace etakahvila::api
