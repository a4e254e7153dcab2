#include "api/api.hpp"

#include "api/absences.hpp"
#include "api/access.hpp"
#include "api/accounts.hpp"
#include "api/appointments.hpp"
#include "api/attendance.hpp"
#include "api/audit.hpp"
#include "api/cancelling.hpp"
#include "api/entry.hpp"
#include "api/expected.hpp"
#include "api/feedback.hpp"
#include "api/groups.hpp"
#include "api/health.hpp"
#include "api/help.hpp"
#include "api/invitations.hpp"
#include "api/keeping.hpp"
#include "api/kinds.hpp"
#include "api/messages.hpp"
#include "api/needs.hpp"
#include "api/own_account.hpp"
#include "api/own_page.hpp"
#include "api/own_password.hpp"
#include "api/periods.hpp"
#include "api/phone_days.hpp"
#include "api/registrations.hpp"
#include "api/router.hpp"
#include "api/same_people.hpp"
#include "api/season.hpp"
#include "api/season_links.hpp"
#include "api/series.hpp"
#include "api/sessions.hpp"
#include "api/sign_in.hpp"
#include "api/work.hpp"

namespace etakahvila::api {

using protocol::RefusalWord;

/// Made in this order: what is shared, then the subjects, then the table.
struct Api::Inside {
    explicit Inside(const Parts& parts);

    Cookies cookies;
    Guesses guesses;
    OwnPassword own_password;
    Links links;
    Access access;
    AccessNotes notes;
    AfterRoom after_room;
    TicketDesk tickets;

    Kinds kinds;
    Entry entry;
    Messages messages;
    SignIn sign_in;
    Expected expected;
    Needs needs;
    Accounts accounts;
    Sessions sessions;
    Series series;
    Registrations registrations;
    SamePeople same_people;
    Invitations invitations;
    Help help;
    Attendance attendance;
    Audit audit;
    Work work;
    Feedback feedback;
    Periods periods;
    Absences absences;
    Season season;
    SeasonLinks season_links;
    OwnPage own_page;
    Cancelling cancelling;
    PhoneDays phone_days;
    Appointments appointments;
    Groups groups;
    Health health;
    OwnAccount own_account;
    Keeping keeping;
    ProviderDoor provider_door;

    Router router;
};

namespace {

/// When somebody gave feedback is told to nobody (decision 49), so it is counted among others.
std::string_view counted_as(std::string_view route) { return route.find("feedback") == route.npos ? route : "other"; }

}  // namespace

Api::Inside::Inside(const Parts& parts)
    : cookies{parts.site},
      guesses{parts.clock, parts.log},
      own_password{{parts.log, parts.password_pool, guesses}},
      links{parts.clock, guesses},
      access{{parts.clock, parts.store, parts.origins, cookies, links}},
      notes{parts.clock, parts.log, parts.store},
      after_room{parts.pool, parts.log},
      tickets{{parts.clock, parts.log, parts.pool, parts.tickets}},
      kinds{{parts.store, parts.directory}},
      entry{{parts.clock, parts.store, parts.directory, links, tickets, parts.help_phone, parts.city.name}},
      messages{parts.directory},
      sign_in{{parts.clock, parts.log, parts.store, parts.password_pool, parts.directory, guesses, own_password,
          cookies, tickets, parts.site}},
      expected{{parts.clock, parts.directory, notes}},
      needs{notes},
      accounts{{parts.clock, parts.log, parts.store, parts.directory, guesses, parts.site, parts.city.name}},
      sessions{{parts.clock, parts.log, parts.store, parts.directory, after_room}},
      series{{parts.clock, parts.log, parts.store, parts.directory}},
      registrations{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room}},
      same_people{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room}},
      invitations{{parts.clock, parts.log, parts.store, parts.directory, notes, parts.mailer,
          {.site = parts.site, .help_phone = parts.help_phone}}},
      help{parts.directory},
      attendance{{parts.clock, parts.directory, notes, after_room}},
      audit{notes},
      work{{parts.clock, parts.store, parts.directory, notes, after_room, parts.pictures, parts.picture_pool}},
      feedback{{parts.clock, parts.store, parts.directory, parts.feedback, after_room}},
      periods{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room}},
      absences{{parts.clock, notes}},
      season{{parts.clock, parts.log, parts.store, parts.directory, notes}},
      season_links{{parts.clock, parts.log, parts.store, parts.directory, notes, parts.mailer,
          {.site = parts.site, .help_phone = parts.help_phone}}},
      own_page{{parts.clock, parts.store, parts.directory, {.site = parts.site, .help_phone = parts.help_phone}}},
      cancelling{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room, parts.step_rows,
          parts.mailer, {.site = parts.site, .help_phone = parts.help_phone}}},
      phone_days{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room, parts.step_rows}},
      appointments{{parts.clock, parts.log, parts.store, parts.directory, notes, after_room, parts.step_rows}},
      groups{{parts.clock, parts.log, parts.store, parts.directory, parts.site}},
      health{parts.health},
      own_account{{parts.clock, parts.log, parts.store, own_password, parts.site}},
      keeping{{parts.clock, parts.log, parts.store, parts.directory, notes, parts.keeper, parts.kept_rooms}},
      provider_door{{parts.clock, parts.log, parts.store, guesses, cookies, sign_in, parts.city}},
      router{Router::of(kinds, entry, messages, sign_in, expected, needs, accounts, sessions, series, registrations,
          same_people, invitations, help, attendance, audit, work, feedback, periods, absences, season, season_links,
          own_page, cancelling, phone_days, appointments, groups, health, own_account, keeping, provider_door)} {}

Api::Api(Parts parts) : parts_{std::move(parts)}, inside_{std::make_unique<Inside>(parts_)} {}

Api::~Api() = default;

std::span<const protocol::Route> Api::routes() {
    static const auto table = [] {
        std::vector<protocol::Route> rows;
        boost::mp11::mp_for_each<protocol::Routes>([&]<class Route>(Route) { rows.push_back(Route::route); });
        return rows;
    }();
    return table;
}

people::GuessCounts Api::guess_counts() const { return inside_->guesses.counts(); }

std::string Api::methods(std::string_view path) const { return inside_->router.methods(path); }

std::size_t Api::body_bytes_max(const net::Request& request) const {
    const auto match = inside_->router.find(request);
    return match ? match->row.route.body_bytes_max : 0;
}

void Api::answer(net::Request request, net::Answer answer) {
    const auto match = inside_->router.find(request);
    if (!match) {
        const auto others = methods(request.path);
        const auto word = others.empty() ? RefusalWord::not_found : RefusalWord::not_permitted;
        auto refused = net::answer_of(
            others.empty() ? 404 : 405, base::json::to_text(protocol::RefusalAnswer{refusal_of(word)}));
        if (!others.empty()) refused.fields.emplace_back("Allow", others);
        return answer(std::move(refused));
    }
    const auto timed = [&metrics = parts_.metrics, &route = match->row.route, begun = base::instant_now(),
                           answer = std::move(answer)](net::Response response) {
        metrics.count_answer(route.method == protocol::Route::Method::post ? "POST" : "GET", counted_as(route.path),
            response.status, base::seconds_since(begun));
        answer(std::move(response));
    };
    const Reply reply{timed, parts_.metrics};
    const auto whose = people::address_key(request.peer);
    const auto shared = std::make_shared<net::Request>(std::move(request));
    const bool is_taken = parts_.pool.run(
        [this, match = *match, shared, reply](records::Database& reader) {
            AnyCall call{match.numbers, std::move(*shared), reader, {}};
            try {
                if (const auto denial = inside_->access.why_not(match.row.route, call)) return reply.refuse(*denial);
                match.row.serve(std::move(call), reply);
            } catch (const std::exception&) {
                // The disk, or what is on it. What was thrown may name what may not be logged.
                parts_.log.error("request_failed", {{"route", base::OperatorText{match.row.route.path}}});
                reply.fail();
            }
        },
        whose);
    if (!is_taken) reply.fail();
}

}  // namespace etakahvila::api
