#include "player/coordinator.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "player/made_up_text.hpp"
#include "protocol/api/sessions.hpp"

namespace etakahvila::player {
namespace {

std::optional<std::string> if_any(const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; }

/// What was asked, and what came instead of an answer.
ApiFault fault_of(const std::string& what, const client::HttpAnswer& answer) {
    if (answer.status == 0) return {what + ": no answer (" + answer.failure + ")"};
    return {what + ": " + std::to_string(answer.status) + " " + answer.body};
}

/// The session on its way through the API.
struct Making {
    client::Client& client;
    std::string key;
    SessionWish wish;
    std::function<void(std::variant<MadeSession, ApiFault>)> made;
    MadeSession session;
    std::vector<protocol::StaffBody> staff_to_name;

    std::string path() const { return "/api/sessions/" + std::to_string(session.id.value); }
};
using MakingPtr = std::shared_ptr<Making>;

void ask(const MakingPtr& making, std::string what, client::HttpRequest request,
    std::function<bool(simdjson::dom::element)> next) {
    request.bearer = making->key;
    making->client.request(
        std::move(request), [making, what = std::move(what), next = std::move(next)](const client::HttpAnswer& answer) {
            simdjson::dom::parser parser;
            simdjson::dom::element root;
            if (!answer.is_good() || parser.parse(answer.body).get(root) != simdjson::SUCCESS || !next(root))
                making->made(fault_of(what, answer));
        });
}

bool read_invited(simdjson::dom::element item, Invited& invited) {
    std::string_view name, role, link;
    if (item["person"].get(invited.person.value) != simdjson::SUCCESS || item["role"].get(role) != simdjson::SUCCESS ||
        item["link"].get(link) != simdjson::SUCCESS)
        return false;
    if (item["name"].get(name) == simdjson::SUCCESS) invited.name = name;
    const auto known = base::value_named<protocol::Role>(role);
    const auto fragment = link.find('#');
    if (!known || fragment == std::string_view::npos) return false;
    invited.role = *known;
    invited.link = link;
    invited.secret = link.substr(fragment + 1);
    return true;
}

void invite(const MakingPtr& making) {
    ask(making, "inviting", {.method = "POST", .target = making->path() + "/invitations", .body = "{}"},
        [making](simdjson::dom::element root) {
            simdjson::dom::array items;
            if (root["invitations"].get(items) != simdjson::SUCCESS) return false;
            for (const auto item : items) {
                if (!read_invited(item, making->session.invited.emplace_back())) return false;
            }
            making->made(std::move(making->session));
            return true;
        });
}

void name_staff(const MakingPtr& making) {
    if (making->staff_to_name.empty()) return invite(making);
    const auto staff = making->staff_to_name.back();
    making->staff_to_name.pop_back();
    ask(making, "naming the staff of a session",
        {.method = "POST", .target = making->path() + "/staff", .body = base::json::to_text(staff)},
        [making](simdjson::dom::element) {
            name_staff(making);
            return true;
        });
}

void register_people(const MakingPtr& making) {
    ask(making, "registering",
        {.method = "POST",
            .target = making->path() + "/registrations",
            .body = making->wish.registrations,
            .content_type = "text/csv"},
        [making](simdjson::dom::element root) {
            simdjson::dom::array errors;
            if (root["errors"].get(errors) == simdjson::SUCCESS && errors.size() > 0) return false;
            name_staff(making);
            return true;
        });
}

}  // namespace

void Coordinator::make_session(SessionWish wish, std::function<void(std::variant<MadeSession, ApiFault>)> made) {
    const auto making = std::make_shared<Making>(Making{.client = client_,
        .key = key_,
        .wish = std::move(wish),
        .made = std::move(made),
        .session = {},
        .staff_to_name = {}});
    const auto& wished = making->wish;
    making->session.id = wished.planned;
    if (wished.planned) return register_people(making);
    for (const auto& name : wished.facilitators) making->staff_to_name.push_back({protocol::Role::facilitator, name});
    for (const auto& name : wished.moderators) making->staff_to_name.push_back({protocol::Role::moderator, name});
    const protocol::SessionBody form{.theme = wished.theme,
        .series = wished.series,
        .date = wished.hours.date,
        .start = wished.hours.start,
        .end = wished.hours.end,
        .question = if_any(wished.question),
        .help_phone = if_any(wished.help_phone)};
    ask(making, "planning a session", {.method = "POST", .target = "/api/sessions", .body = base::json::to_text(form)},
        [making](simdjson::dom::element root) {
            if (root["id"].get(making->session.id.value) != simdjson::SUCCESS) return false;
            register_people(making);
            return true;
        });
}

void Coordinator::attendance(
    protocol::SessionId session, std::function<void(std::variant<std::vector<protocol::PersonDay>, ApiFault>)> told) {
    client_.request(
        {.method = "GET", .target = "/api/sessions/" + std::to_string(session.value) + "/attendance", .bearer = key_},
        [told = std::move(told)](const client::HttpAnswer& answer) {
            simdjson::dom::parser parser;
            auto read = base::json::from_text<protocol::DayAnswer>(parser, answer.body);
            auto* day = std::get_if<protocol::DayAnswer>(&read);
            if (!answer.is_good() || day == nullptr) return told(fault_of("reading the attendance", answer));
            told(std::move(day->lines));
        });
}

std::string made_up_registrations(std::size_t people) {
    static constexpr std::array kinds{"sosiaalinen kuntoutus", "kuntouttava työtoiminta", "vammaisten työtoiminta"};
    std::string file = "nimi;päätöksen laji;työnjohtaja\n";
    for (std::size_t number = 0; number < people; ++number) {
        file += "Esimerkki " + nickname(number) + ";" + kinds[number % kinds.size()] + ";Ohjaaja " +
                nickname(number % 4) + "\n";
    }
    return file;
}

}  // namespace etakahvila::player
