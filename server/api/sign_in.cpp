// The staff's own door: a name and a password, and out again.

#include "base/secret.hpp"
#include "people/known_device.hpp"
#include "people/password.hpp"
#include "people/words.hpp"
#include "protocol/api/sign_in.hpp"
#include "api/forms.hpp"

namespace etakahvila::api {
namespace {

using people::AccountId;
using protocol::RefusalWord;

protocol::MeAnswer me_of(const people::Account& account, const people::Secret& cookie) {
    return {.account = account.id,
        .person = account.person,
        .name = account.name,
        .roles = account.roles,
        .csrf_token = people::csrf_token(cookie)};
}

}  // namespace

void Api::sign_in(Call& call) {
    if (!is_from_our_page(call.request)) return refuse(call.answer, RefusalWord::not_permitted);
    auto body = body_of<protocol::SignInBody>(call);
    if (!body) return;
    // The same for a name that is known and for one that is not.
    const auto key = people::name_key(people::tidy(body->name).value_or(std::string{}));
    const auto named = people::account_named(call.reader, body->name);
    const auto named_id = named ? std::optional{named->id} : std::nullopt;
    auto device = named ? device_of(call, named->id) : std::nullopt;
    const bool is_fresh = is_fresh_network(call.request);
    if (const auto refused = held_back(
            people::GuessKind::password, named_id, call, take_password_guess(key, device, call.request)))
        return refuse(call.answer, *refused);
    // Passwords are slow on purpose: who comes from where they have signed in before, or from where
    // nobody has guessed wrong lately, does not wait for those who guess; and each network has its turn.
    const auto whose = device.value_or(people::address_key(call.request.peer));
    const auto request = std::make_shared<net::Request>(std::move(call.request));
    const auto job = [this, key, device, request, body = *std::move(body), answer = call.answer](
                         SQLite::Database& reader) {
        try {
            const auto account = people::account_named(reader, body.name);
            const auto stored = account ? people::stored_password(reader, account->id) : std::nullopt;
            const bool is_right = people::is_password(body.password, stored ? *stored : people::hash_of_nobody());
            if (!is_right || !stored) {
                if (account)
                    parts_.log.info("sign_in_refused", {{"account", account->id}});
                else
                    parts_.log.info("sign_in_refused");
                return refuse(answer, RefusalWord::not_permitted);
            }
            {
                const std::lock_guard lock{guesses_mutex_};
                if (device)
                    device_guesses_.give_back(*device);
                else
                    password_guesses_.give_back(key, request->peer);
            }
            answer(signed_in(*request, account->id));
        } catch (const std::exception&) {
            parts_.log.error("sign_in_failed");
            answer(net::answer_of(503, "{}"));
        }
    };
    if (!parts_.password_pool.run(job, whose, device.has_value() || is_fresh)) refuse(call.answer, RefusalWord::busy);
}

std::optional<base::Milliseconds> Api::take_password_guess(
    const std::string& name_key, std::optional<std::string>& device, const net::Request& request) {
    const std::lock_guard lock{guesses_mutex_};
    const auto now = parts_.clock.monotonic();
    if (device && device_guesses_.wait(*device, now) == base::Milliseconds{0}) {
        device_guesses_.spend(*device, now);
        return std::nullopt;
    }
    // One that has used up its own is like any other.
    device.reset();
    return password_guesses_.take(name_key, request.peer, now);
}

bool Api::is_fresh_network(const net::Request& request) {
    const std::lock_guard lock{guesses_mutex_};
    return password_guesses_.is_fresh(request.peer, parts_.clock.monotonic());
}

std::string Api::device_cookie_name(AccountId account) const {
    return (is_tls() ? "__Secure-etakahvila-known-" : "etakahvila-known-") + std::to_string(account.value);
}

std::optional<std::string> Api::device_of(const Call& call, AccountId account) {
    const auto mark = call.request.cookie(device_cookie_name(account));
    const auto key = mark ? people::device_key(call.reader) : std::nullopt;
    return key ? people::device_in(*key, account, *mark, utc()) : std::nullopt;
}

net::Response Api::signed_in(const net::Request& request, AccountId account) {
    std::optional<people::Secret> cookie;
    std::optional<people::Account> known;
    std::string device;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        // What this browser was before, it is no longer.
        if (const auto before = people::find_sign_in(
                database, request.cookie(cookie_name()).value_or(std::string_view{}), utc()))
            people::sign_out(database, before->id);
        cookie = people::sign_in(database, account, utc(), base::fill_random);
        known = people::account(database, account);
        device = people::device_mark(
            people::make_device_key(database, base::fill_random), account, utc(), base::fill_random);
    });
    parts_.log.info("signed_in", {{"account", account}});
    auto response = net::answer_of(200, base::json::to_text(me_of(*known, *cookie)));
    response.fields.emplace_back("Set-Cookie", cookie_field(cookie->to_link(), people::sign_in_hours_max * 60 * 60));
    // Shown to nothing but the sign-in.
    response.fields.emplace_back(
        "Set-Cookie", device_cookie_name(account) + "=" + device +
                          "; Path=/api/sign-in; Max-Age=" + std::to_string(people::known_device_days * 24 * 60 * 60) +
                          "; HttpOnly; SameSite=Strict" + (is_tls() ? "; Secure" : ""));
    return response;
}

std::string Api::cookie_field(std::string_view value, std::int64_t seconds) const {
    return std::string{cookie_name()} + "=" + std::string{value} + "; Path=/; Max-Age=" + std::to_string(seconds) +
           "; HttpOnly; SameSite=Strict" + (is_tls() ? "; Secure" : "");
}

void Api::sign_out(Call& call) {
    const auto body = body_of<protocol::SignOutBody>(call);
    if (!body) return;
    protocol::SignedOutAnswer done{.ended = 1};
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        if (body->everywhere.value_or(false)) {
            done.ended = people::sign_out_everywhere(database, call.caller.account->id);
        } else {
            people::sign_out(database, *call.caller.sign_in);
        }
    });
    parts_.log.info("signed_out", {{"account", call.caller.account->id}, {"sign_ins", done.ended}});
    auto response = net::answer_of(200, base::json::to_text(done));
    response.fields.emplace_back("Set-Cookie", cookie_field("", 0));
    call.answer(std::move(response));
}

void Api::show_me(Call& call) {
    const auto cookie = people::Secret::from_link(call.request.cookie(cookie_name()).value_or(std::string_view{}));
    if (!cookie) return refuse(call.answer, RefusalWord::not_permitted);
    give(call.answer, me_of(*call.caller.account, *cookie));
}

void Api::look_at_password_link(Call& call) {
    const auto body = body_of<protocol::PasswordLinkBody>(call);
    if (!body) return;
    const auto owner = people::account_of_password_link(call.reader, body->secret, utc());
    const auto account = owner ? people::account(call.reader, *owner) : std::nullopt;
    if (!account) return refuse_password_link(call);
    give(call.answer, protocol::PasswordOwnerAnswer{account->name});
}

/// One that is right works whatever else comes from its network.
void Api::refuse_password_link(const Call& call) {
    const auto refused = held_back(people::GuessKind::password_link, {}, call, take_wrong_link(call));
    refuse(call.answer, refused.value_or(refusal_of(RefusalWord::not_found)));
}

void Api::set_password(Call& call) {
    if (!is_from_our_page(call.request)) return refuse(call.answer, RefusalWord::not_permitted);
    auto body = body_of<protocol::PasswordBody>(call);
    if (!body) return;
    if (!people::is_good_password(body->password)) return refuse(call.answer, RefusalWord::invalid);
    // Who has no link that works does not keep the pool busy.
    if (!people::account_of_password_link(call.reader, body->secret, utc())) return refuse_password_link(call);
    const auto request = std::make_shared<net::Request>(std::move(call.request));
    const auto job = [this, request, body = *std::move(body), answer = call.answer](SQLite::Database&) {
        try {
            const auto hash = people::password_hash(body.password);
            std::optional<AccountId> account;
            parts_.store.write_and_wait([&](SQLite::Database& database) {
                account = people::set_password(database, body.secret, hash, utc());
            });
            if (!account) return refuse(answer, RefusalWord::not_found);
            parts_.log.info("password_set", {{"account", *account}});
            answer(signed_in(*request, *account));
        } catch (const std::exception&) {
            parts_.log.error("password_not_set");
            answer(net::answer_of(503, "{}"));
        }
    };
    // The link is right, and works once: nobody who guesses comes before it.
    if (!parts_.password_pool.run(job, people::address_key(request->peer), true))
        refuse(call.answer, RefusalWord::busy);
}

void Api::enter_session(Call& call) {
    if (!body_of<protocol::EmptyBody>(call)) return;
    const auto person = *call.caller.person();
    if (is_too_often(call, person)) return;
    const auto room = room_of(call, call.session);
    if (!room) return;
    auto role = people::role_in(call.reader, call.session, person);
    // Whoever came in as what they are no longer comes in as what they are now.
    const bool stands = role && call.caller.has(*role == protocol::Role::facilitator ? CallerRole::facilitator
                                                                                     : CallerRole::moderator);
    if (!stands) {
        const auto wanted = call.caller.has(CallerRole::facilitator) ? protocol::Role::facilitator
                                                                     : protocol::Role::moderator;
        parts_.store.write_and_wait([&](SQLite::Database& database) {
            const auto taken = people::take_into_session(database, call.session, person, wanted);
            role = std::holds_alternative<protocol::Role>(taken) ? std::optional{wanted} : std::nullopt;
        });
        // The room learns a name that nobody else may look like.
        parts_.directory.plan_changed(call.session);
    }
    const auto details = people::person_details(call.reader, person);
    if (!role || !details) return refuse(call.answer, RefusalWord::not_found);
    const runtime::Pass pass{.session = call.session, .person = person, .role = *role};
    auto caller = call.caller;
    room->admit(
        {.person = person, .role = *role, .decision_type = {}, .name = details->name, .accepts_netiquette = true},
        [this, pass, caller = std::move(caller), answer = call.answer](
            const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return refuse(answer, *refusal);
            give_ticket(answer, pass, [this, pass, caller](const SQLite::Database& reader) {
                if (!caller.account) {
                    const auto link = people::invitation_of(reader, pass.session, pass.person, utc());
                    return link && link->id == caller.invitation->id;
                }
                Caller now;
                now.account = people::account(reader, caller.account->id);
                const auto needed = pass.role == protocol::Role::facilitator ? CallerRole::facilitator
                                                                             : CallerRole::moderator;
                return now.account && !now.account->is_locked && now.roles_in_session(reader, pass.session).has(needed);
            });
        });
}

}  // namespace etakahvila::api
