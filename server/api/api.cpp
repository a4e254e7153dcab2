#include "api/api.hpp"

#include <charconv>

#include "people/secret.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

constexpr std::size_t json_bytes_max = 64 * 1024;
constexpr std::size_t file_bytes_max = 1024 * 1024;

std::string text_of(const protocol::Refusal& refusal) { return base::json::to_text(protocol::RefusalAnswer{refusal}); }

std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

std::optional<std::int64_t> number_in(std::string_view segment) {
    std::int64_t number{};
    const auto [end, error] = std::from_chars(segment.data(), segment.data() + segment.size(), number);
    if (error != std::errc{} || end != segment.data() + segment.size() || number <= 0 ||
        number > base::json::integer_most)
        return std::nullopt;
    return number;
}

}  // namespace

const std::span<const Api::Route> Api::routes = [] {
    using enum net::Request::Method;
    using enum CallerRole;
    constexpr CallerRoles anyone{};
    constexpr CallerRoles in_the_room{participant, guest, facilitator, moderator};
    constexpr CallerRoles room_staff{facilitator, moderator};
    constexpr CallerRoles all_staff{facilitator, moderator, coordinator, supervisor};
    static const std::array table{
        Route{{get, "/api/site", anyone}, &Api::site_facts, 0},
        Route{{post, "/api/look", anyone}, &Api::look, json_bytes_max},
        Route{{post, "/api/enter", anyone}, &Api::enter, json_bytes_max},
        Route{{post, "/api/door/help", {participant, guest}}, &Api::ask_at_door, json_bytes_max},
        Route{{get, "/api/messages", in_the_room}, &Api::messages, 0},

        Route{{post, "/api/sign-in", anyone}, &Api::sign_in, json_bytes_max},
        Route{{post, "/api/password/look", anyone}, &Api::look_at_password_link, json_bytes_max},
        Route{{post, "/api/password", anyone}, &Api::set_password, json_bytes_max},
        Route{{get, "/api/me", {signed_in}}, &Api::show_me, 0},
        Route{{post, "/api/sign-out", {signed_in}}, &Api::sign_out, json_bytes_max},
        Route{{post, "/api/sessions/ID/enter", room_staff}, &Api::enter_session, json_bytes_max},
        Route{{get, "/api/sessions/ID/messages", in_the_room}, &Api::messages, 0},
        Route{{get, "/api/sessions/ID/expected", room_staff}, &Api::expected, 0},

        Route{{get, "/api/accounts", {coordinator_of_all}}, &Api::list_accounts, 0},
        Route{{post, "/api/accounts", {coordinator_of_all}}, &Api::add_account, json_bytes_max},
        Route{{post, "/api/accounts/ACCOUNT", {coordinator_of_all}}, &Api::change_account, json_bytes_max},
        Route{{post, "/api/accounts/ACCOUNT/link", {coordinator_of_all}}, &Api::make_password_link, json_bytes_max},
        Route{{post, "/api/accounts/ACCOUNT/lock", {coordinator_of_all}}, &Api::lock_account, json_bytes_max},

        Route{{get, "/api/sessions", all_staff}, &Api::list_sessions, 0},
        Route{{post, "/api/sessions", {coordinator}}, &Api::plan_session, json_bytes_max},
        Route{{post, "/api/programme", {coordinator}}, &Api::import_programme, file_bytes_max},
        Route{{post, "/api/sessions/ID", {coordinator}}, &Api::change_session, json_bytes_max},
        Route{{post, "/api/sessions/ID/copy", {coordinator}}, &Api::copy_session, json_bytes_max},
        Route{{post, "/api/sessions/ID/staff", {coordinator}}, &Api::add_staff, json_bytes_max},

        // Who arranges things with the people sees all of what is known of them; room staff find whom they look for in
        // `expected`.
        Route{{get, "/api/sessions/ID", {coordinator, supervisor}}, &Api::show_session, 0},
        Route{{post, "/api/sessions/ID/registrations", {coordinator}}, &Api::import_registrations, file_bytes_max},
        Route{{post, "/api/sessions/ID/people", {coordinator}}, &Api::add_person, json_bytes_max},
        Route{{post, "/api/sessions/ID/people/PERSON", {coordinator}}, &Api::change_person, json_bytes_max},
        Route{{post, "/api/sessions/ID/people/PERSON/remove", {coordinator}}, &Api::remove_person, json_bytes_max},
        Route{{post, "/api/sessions/ID/people/PERSON/absence", all_staff}, &Api::note_absence, json_bytes_max},

        Route{{post, "/api/sessions/ID/invitations", {coordinator}}, &Api::make_invitations, json_bytes_max},
        Route{{post, "/api/sessions/ID/people/PERSON/revoke", {coordinator}}, &Api::revoke_invitation, json_bytes_max},
        Route{{post, "/api/sessions/ID/invitations/sheet", {coordinator}}, &Api::make_invitation_sheet, file_bytes_max},
        Route{{get, "/api/sessions/ID/mail", {coordinator}}, &Api::show_mail, 0},
        Route{{post, "/api/sessions/ID/mail", {coordinator}}, &Api::send_mail, json_bytes_max},
        Route{{get, "/api/invitation.ics", in_the_room, true}, &Api::own_calendar, 0},

        Route{{get, "/api/sessions/ID/help", {coordinator}}, &Api::help, 0},
        Route{{get, "/api/sessions/ID/attendance", all_staff}, &Api::attendance, 0},
        Route{{get, "/api/sessions/ID/attendance.csv", all_staff}, &Api::attendance_csv, 0},
        Route{{get, "/api/sessions/ID/attendance.xlsx", all_staff}, &Api::attendance_xlsx, 0},
        Route{{get, "/api/reports", {coordinator, supervisor}}, &Api::reports, 0},
        Route{{get, "/api/reports.csv", {coordinator, supervisor}}, &Api::reports_csv, 0},
        Route{{get, "/api/reports.xlsx", {coordinator, supervisor}}, &Api::reports_xlsx, 0},
        Route{{get, "/api/people/PERSON/accesses", {coordinator}}, &Api::accesses, 0},
        Route{{get, "/api/people/same", {coordinator_of_all}}, &Api::list_same_people, 0},
        Route{{post, "/api/people/PERSON/same", {coordinator_of_all}}, &Api::answer_same_people, json_bytes_max},
    };
    return std::span{table};
}();

std::vector<Api::Access> Api::access_table() {
    std::vector<Access> table;
    for (const auto& route : routes) table.push_back(route.access);
    return table;
}

bool Api::matches(std::string_view form, std::string_view path, PathIds& ids) {
    while (!form.empty() && !path.empty()) {
        const auto expected = next_segment(form);
        const auto segment = next_segment(path);
        if (expected != "ID" && expected != "PERSON" && expected != "ACCOUNT") {
            if (expected != segment) return false;
            continue;
        }
        const auto number = number_in(segment);
        if (!number) return false;
        if (expected == "ID") ids.session = protocol::SessionId{*number};
        if (expected == "PERSON") ids.person = protocol::PersonId{*number};
        if (expected == "ACCOUNT") ids.account = people::AccountId{*number};
    }
    return form.empty() && path.empty();
}

const Api::Route* Api::route_of(const net::Request& request, PathIds& ids) {
    using enum net::Request::Method;
    // Whoever asks for a head gets that of what GET would give.
    const auto method = request.method == head ? get : request.method;
    for (const auto& route : routes) {
        if (route.access.method == method && matches(route.access.path, request.path, ids)) return &route;
    }
    return nullptr;
}

std::string Api::methods(std::string_view path) const {
    std::string found;
    PathIds ids;
    for (const auto& route : routes) {
        if (!matches(route.access.path, path, ids)) continue;
        found += (found.empty() ? "" : ", ") +
                 std::string{route.access.method == net::Request::Method::post ? "POST" : "GET, HEAD"};
    }
    return found;
}

std::size_t Api::body_bytes_max(const net::Request& request) const {
    PathIds ids;
    const auto* route = route_of(request, ids);
    return route == nullptr ? 0 : route->body_bytes_max;
}

void Api::answer(net::Request request, net::Answer answer) {
    PathIds ids;
    const auto* route = route_of(request, ids);
    if (route == nullptr) {
        const auto others = methods(request.path);
        if (others.empty()) return answer(net::answer_of(404, text_of({.word = RefusalWord::not_found})));
        auto refused = net::answer_of(405, text_of({.word = RefusalWord::not_permitted}));
        refused.fields.emplace_back("Allow", others);
        return answer(std::move(refused));
    }
    const auto shared = std::make_shared<net::Request>(std::move(request));
    const auto whose = people::address_key(shared->peer);
    const bool is_taken = parts_.pool.run(
        [this, route, ids, shared, answer](SQLite::Database& reader) {
            Call call{.request = std::move(*shared),
                .answer = answer,
                .reader = reader,
                .session = ids.session,
                .person = ids.person,
                .account = ids.account};
            try {
                run(*route, call);
            } catch (const std::exception&) {
                // The disk, or what is on it. What was thrown may name what may not be logged.
                parts_.log.error("request_failed", {{"route", base::OperatorText{route->access.path}}});
                answer(net::answer_of(503, "{}"));
            }
        },
        whose);
    if (!is_taken) answer(net::answer_of(503, "{}"));
}

std::optional<protocol::Refusal> Api::held_back(people::GuessKind kind, std::optional<people::AccountId> account,
    const Call& call, std::optional<base::Milliseconds> wait) {
    if (!wait) return std::nullopt;
    const auto network = people::network_text(call.request.peer);
    std::optional<std::int64_t> times;
    {
        const std::lock_guard lock{guesses_mutex_};
        times = limit_book_.note(kind, account, network, utc());
    }
    // Who guesses is no name, and whose name it was is a number.
    if (times && account)
        parts_.log.warning("limit_reached",
            {{"kind", kind}, {"network", base::OperatorText{network}}, {"times", *times}, {"account", *account}});
    else if (times)
        parts_.log.warning(
            "limit_reached", {{"kind", kind}, {"network", base::OperatorText{network}}, {"times", *times}});
    return refusal_of(RefusalWord::too_fast, (wait->count() + 999) / 1000);
}

void Api::run(const Route& route, Call& call) {
    // Of pages of others nothing is taken, whatever they show.
    if (call.request.method == net::Request::Method::post && !call.request.origin.empty() &&
        !is_from_our_page(call.request))
        return refuse(call.answer, RefusalWord::not_permitted);
    if (const auto denial = why_not(route.access, call)) return refuse(call.answer, *denial);
    (this->*route.handler)(call);
}

bool Api::is_too_often(const Call& call, protocol::PersonId person) {
    const auto wait = parts_.tickets.ask_entry(person, parts_.clock.monotonic());
    if (wait.count() == 0) return false;
    refuse(call.answer, refusal_of(RefusalWord::too_fast, std::chrono::ceil<std::chrono::seconds>(wait).count()));
    return true;
}

std::variant<people::KnownInvitation, protocol::Refusal> Api::known_invitation_of(
    const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code) {
    if (secret.has_value() == code.has_value()) return refusal_of(RefusalWord::invalid);

    if (secret) {
        // A secret cannot be guessed, so one that is right opens whatever else comes from its network.
        if (const auto found = people::known_by_secret(call.reader, *secret, utc())) return *found;
        if (const auto refused = held_back(people::GuessKind::link, {}, call, take_wrong_link(call))) return *refused;
        return refusal_of(RefusalWord::not_found);
    }
    const auto normalized = people::SpokenCode::normalize_code(*code);
    // By the code as it is understood, however it was typed.
    const auto guessed = normalized ? normalized->to_text() : std::string{};
    std::optional<base::Milliseconds> wait;
    {
        const std::lock_guard lock{guesses_mutex_};
        wait = code_guesses_.take(guessed, call.request.peer, parts_.clock.monotonic());
    }
    if (const auto refused = held_back(people::GuessKind::code, {}, call, wait)) return *refused;
    const auto found = people::known_by_code(call.reader, *code, utc());
    if (!found) return refusal_of(RefusalWord::not_found);
    // What opens nothing any more costs as a guess does.
    if (found->standing == people::Standing::open || found->standing == people::Standing::early) {
        const std::lock_guard lock{guesses_mutex_};
        code_guesses_.give_back(guessed, call.request.peer);
    }
    return *found;
}

std::variant<people::Invitation, protocol::Refusal> Api::invitation_of(
    const Call& call, const std::optional<std::string>& secret, const std::optional<std::string>& code) {
    const auto found = known_invitation_of(call, secret, code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return *refusal;
    const auto& known = std::get<people::KnownInvitation>(found);
    if (const auto word = people::why_closed(known.standing)) return refusal_of(*word);
    return known.invitation;
}

std::optional<base::Milliseconds> Api::take_wrong_link(const Call& call) {
    const std::lock_guard lock{guesses_mutex_};
    const auto key = people::address_key(call.request.peer);
    const auto now = parts_.clock.monotonic();
    if (const auto wait = wrong_links_.wait(key, now); wait > base::Milliseconds{0}) return wait;
    wrong_links_.spend(key, now);
    return std::nullopt;
}

void Api::refuse(const net::Answer& answer, const protocol::Refusal& refusal) {
    refuse(answer, Denial{protocol::status_of(refusal.word), refusal});
}

void Api::refuse(const net::Answer& answer, const Denial& denial) {
    parts_.metrics.count_refusal(denial.refusal.word);
    auto refused = net::answer_of(denial.status, text_of(denial.refusal));
    // For programs that know HTTP and not us: proxies, and a browser's own tools.
    if (denial.status == 429 && denial.refusal.wait_seconds)
        refused.fields.emplace_back("Retry-After", std::to_string(*denial.refusal.wait_seconds));
    answer(std::move(refused));
}

void Api::go_on(const net::Answer& answer, std::function<void()> work) {
    const bool is_taken = parts_.pool.run([this, answer, work = std::move(work)](SQLite::Database&) {
        try {
            work();
        } catch (const std::exception&) {
            parts_.log.error("request_failed", {{"route", base::OperatorText{"after the room"}}});
            answer(net::answer_of(503, "{}"));
        }
    });
    if (!is_taken) answer(net::answer_of(503, "{}"));
}

std::shared_ptr<runtime::RoomHost> Api::room_of(const Call& call, protocol::SessionId session) {
    auto room = parts_.directory.room(session);
    if (!room) refuse(call.answer, RefusalWord::not_found);
    return room;
}

void Api::note_access(const Call& call, people::AccessAct act, std::vector<protocol::PersonId> whose) {
    people::AccessNote note{.at = utc(),
        .act = act,
        .by_invitation = {},
        .by_person = call.caller.person(),
        .by_account = {},
        .session = {}};
    if (call.caller.invitation) note.by_invitation = call.caller.invitation->id;
    if (call.caller.account) note.by_account = call.caller.account->id;
    if (call.session) note.session = call.session;
    parts_.store.write_and_wait([&](SQLite::Database& database) { people::note_access(database, note, whose); });
}

}  // namespace etakahvila::api
