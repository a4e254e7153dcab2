#include "api/access.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

constexpr CallerRoles of_rooms{CallerRole::participant, CallerRole::guest};
constexpr CallerRoles of_staff{
    CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator, CallerRole::supervisor};

Denial denial_of(unsigned status, RefusalWord word) { return {status, refusal_of(word)}; }

}  // namespace

std::optional<Denial> Access::why_not(const protocol::Route& route, AnyCall& call) {
    const auto& request = call.request;
    // Of pages of others nothing is taken, whatever they show.
    const bool is_of_others = request.method == net::Request::Method::post && !request.origin.empty();
    if ((is_of_others || route.is_from_our_page) && !is_from_our_page(request))
        return denial_of(403, RefusalWord::not_permitted);
    const CallerRoles who{route.who};
    if (who.is_empty()) return std::nullopt;
    auto found = who_asks(route, call);
    if (const auto* denial = std::get_if<Denial>(&found)) return *denial;
    call.caller = std::move(std::get<Caller>(found));
    auto& caller = call.caller;
    // A link without a session in the path is for its own.
    if (!call.session && caller.invitation && caller.invitation->session && who.has_any(of_rooms))
        call.session = *caller.invitation->session;
    caller.roles = call.session ? caller.roles_in_session(call.reader, call.session) : caller.roles_anywhere();
    if (who.has_any(caller.roles)) {
        const bool is_asked = route.asks_proof && caller.sign_in &&
                              !people::is_proved(caller.proved_at, parts_.clock.utc());
        if (!is_asked) return std::nullopt;
        return denial_of(protocol::status_of(RefusalWord::password_asked), RefusalWord::password_asked);
    }
    const bool may_know_of_it = !call.session || caller.roles.has_any(of_staff);
    return may_know_of_it ? denial_of(403, RefusalWord::not_permitted) : denial_of(404, RefusalWord::not_found);
}

std::variant<Caller, Denial> Access::who_asks(const protocol::Route& route, const AnyCall& call) {
    const auto nobody = denial_of(401, RefusalWord::not_permitted);
    const auto& bearer = call.request.bearer;
    if (bearer.empty()) {
        auto caller = signed_in(call);
        if (!caller) return nobody;
        if (call.request.method != net::Request::Method::post) return *std::move(caller);
        // A cookie goes along with whatever a browser sends: what changes something shows that it comes from our page.
        const auto cookie = people::Secret::from_link(
            call.request.cookie(parts_.cookies.sign_in()).value_or(std::string_view{}));
        const bool is_ours = is_from_our_page(call.request) && cookie &&
                             people::is_csrf_token(*cookie, call.request.csrf_token);
        if (!is_ours) return denial_of(403, RefusalWord::not_permitted);
        return *std::move(caller);
    }
    // Whoever came into a room by a code shows it here; the staff's doors do not take codes.
    const bool is_code = CallerRoles{route.who}.has_any(of_rooms) && !people::secret_in(bearer).key;
    const auto found = parts_.links.known(
        call, is_code ? std::optional<std::string>{} : bearer, is_code ? std::optional{bearer} : std::nullopt);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) {
        if (refusal->word == RefusalWord::not_found) return nobody;
        return Denial{429, *refusal};
    }
    const auto& known = std::get<people::KnownInvitation>(found);
    const auto word = people::why_closed(known.standing);
    // A coordinator's key has no page of its own, and is judged by its role.
    if (route.is_of_own_page && known.invitation.person) {
        // Who has heard a code comes into the room by it, and reads nothing.
        if (is_code) return denial_of(403, RefusalWord::not_permitted);
        if (!people::opens_own_page(known, parts_.clock.utc())) return denial_of(409, word.value_or(RefusalWord::over));
    } else if (word && !(route.is_open_early && word == RefusalWord::too_early) &&
               !(route.is_open_late && !is_code && *word != RefusalWord::too_early &&
                   people::opens_own_page(known, parts_.clock.utc()))) {
        return denial_of(409, *word);
    }
    Caller caller;
    caller.invitation = known.invitation;
    return caller;
}

std::optional<Caller> Access::signed_in(const AnyCall& call) {
    const auto cookie = call.request.cookie(parts_.cookies.sign_in());
    if (!cookie) return std::nullopt;
    const auto now = parts_.clock.utc();
    const auto found = people::find_sign_in(call.reader, *cookie, now);
    if (!found) return std::nullopt;
    Caller caller;
    caller.account = account_now(call.reader, found->account, now);
    caller.sign_in = found->id;
    caller.proved_at = found->proved_at;
    if (!caller.account) return std::nullopt;
    if (people::is_use_worth_noting(*found, now)) {
        parts_.store.write(
            [id = found->id, now](records::Database& database) { people::note_use(database, id, now); }, {});
    }
    return caller;
}

}  // namespace etakahvila::api
