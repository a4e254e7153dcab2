// Who asks, and whether they may: the one place in which the route table is asked.

#include "api/api.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

constexpr CallerRoles of_rooms{CallerRole::participant, CallerRole::guest};
constexpr CallerRoles of_staff{
    CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator, CallerRole::supervisor};

}  // namespace

std::optional<Api::Denial> Api::why_not(const Access& access, Call& call) {
    if (access.who.is_empty()) return std::nullopt;
    auto found = who_asks(access, call);
    if (const auto* denial = std::get_if<Denial>(&found)) return *denial;
    call.caller = std::move(std::get<Caller>(found));
    auto& caller = call.caller;
    // A link without a session in the path is for its own.
    if (!call.session && caller.invitation && caller.invitation->session && access.who.has_any(of_rooms))
        call.session = *caller.invitation->session;
    caller.roles = call.session ? caller.roles_in_session(call.reader, call.session) : caller.roles_anywhere();
    if (access.who.has_any(caller.roles)) return std::nullopt;
    const bool may_know_of_it = !call.session || caller.roles.has_any(of_staff);
    return may_know_of_it ? Denial{403, refusal_of(RefusalWord::not_permitted)}
                          : Denial{404, refusal_of(RefusalWord::not_found)};
}

std::variant<Caller, Api::Denial> Api::who_asks(const Access& access, const Call& call) {
    const Denial nobody{401, refusal_of(RefusalWord::not_permitted)};
    const auto& bearer = call.request.bearer;
    if (bearer.empty()) {
        auto caller = signed_in_caller(call);
        if (!caller) return nobody;
        if (call.request.method != net::Request::Method::post) return *std::move(caller);
        // A cookie goes along with whatever a browser sends: what changes something shows that it comes from our page.
        const auto cookie = people::Secret::from_link(call.request.cookie(cookie_name()).value_or(std::string_view{}));
        const bool is_ours = is_from_our_page(call.request) && cookie &&
                             people::is_csrf_token(*cookie, call.request.csrf_token);
        if (!is_ours) return Denial{403, refusal_of(RefusalWord::not_permitted)};
        return *std::move(caller);
    }
    // Whoever came into a room by a code shows it here; the staff's doors do not take codes.
    const bool is_code = access.who.has_any(of_rooms) && !people::Secret::from_link(bearer);
    const auto found = known_invitation_of(
        call, is_code ? std::optional<std::string>{} : bearer, is_code ? std::optional{bearer} : std::nullopt);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) {
        if (refusal->word == RefusalWord::not_found) return nobody;
        return Denial{429, *refusal};
    }
    const auto& known = std::get<people::KnownInvitation>(found);
    const auto word = people::why_closed(known.standing);
    if (word && !(access.is_open_early && word == RefusalWord::too_early)) return Denial{409, refusal_of(*word)};
    Caller caller;
    caller.invitation = known.invitation;
    return caller;
}

std::optional<Caller> Api::signed_in_caller(const Call& call) {
    const auto cookie = call.request.cookie(cookie_name());
    if (!cookie) return std::nullopt;
    const auto found = people::find_sign_in(call.reader, *cookie, utc());
    if (!found) return std::nullopt;
    Caller caller;
    caller.account = people::account(call.reader, found->account);
    caller.sign_in = found->id;
    if (!caller.account) return std::nullopt;
    if (people::is_use_worth_noting(*found, utc())) {
        parts_.store.write(
            [id = found->id, now = utc()](SQLite::Database& database) { people::note_use(database, id, now); }, {});
    }
    return caller;
}

bool Api::is_from_our_page(const net::Request& request) const { return parts_.origins.allow(request.origin); }

std::string_view Api::cookie_name() const { return is_tls() ? "__Host-etakahvila" : "etakahvila"; }

}  // namespace etakahvila::api
