#pragma once

// What the links of one session and those of a season have in common: whom a request means, the files that carry them,
// and how their mail stands.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "api/reply.hpp"
#include "people/mail_queue.hpp"
#include "protocol/api/invitations.hpp"
#include "reports/invitation_sheet.hpp"

namespace etakahvila::api {

using Named = std::optional<std::vector<protocol::PersonId>>;

inline bool is_named(const Named& named, protocol::PersonId person) {
    return named && std::find(named->begin(), named->end(), person) != named->end();
}

/// Whether all that are named are among these, each of which has a `person`.
template <class Person>
bool are_all_known(const Named& named, const std::vector<Person>& people) {
    return !named || std::all_of(named->begin(), named->end(), [&](protocol::PersonId wanted) {
        return std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.person == wanted; });
    });
}

/// The part of a link behind its #, if it is a link to this site.
inline std::string_view secret_of(std::string_view link, const std::string& site) {
    const auto at = link.find('#');
    return at == std::string_view::npos || !link.starts_with(site + "/") ? std::string_view{} : link.substr(at + 1);
}

inline net::Response sheet_of(std::string bytes, reports::SheetFormat format, const std::string& name) {
    const auto type = [&]() -> std::string_view {
        switch (format) {
            case reports::SheetFormat::xlsx: return xlsx_type;
            case reports::SheetFormat::csv: return csv_type;
            case reports::SheetFormat::ics: return ics_type;
        }
        return "application/octet-stream";
    };
    return file_of(std::move(bytes), type(), name + "." + std::string{base::name_of(format)});
}

/// As it is shown once.
inline protocol::Invitation shown(
    const people::NewInvitation& made, protocol::PersonId person, std::string name, const std::string& site) {
    const auto role = made.invitation.role;
    return {.person = person,
        .name = std::move(name),
        .role = role,
        .link = site + std::string{reports::page_of(role)} + made.secret.to_link(),
        .code = made.code ? made.code->to_text() : std::string{}};
}

inline protocol::MailListed listed(const people::Mail& mail) {
    return {.person = mail.person,
        .state = mail.state,
        .tries = mail.tries,
        .next_try_at = mail.state == people::MailState::waiting ? std::optional{mail.next_try_at} : std::nullopt,
        .sent_at = mail.sent_at,
        .trouble = mail.trouble};
}

}  // namespace etakahvila::api
