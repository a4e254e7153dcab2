// The staff's own door: a name and a password, and out again.

#include "base/secret.hpp"
#include "people/password.hpp"
#include "people/words.hpp"
#include "transport/api_forms.hpp"

namespace etakahvila::transport {
namespace {

using people::AccountId;
using protocol::RefusalWord;

struct SignInBody {
    std::string name;
    std::string password;
    static constexpr std::array limits{base::FieldLimit{"name", 0, 200}, base::FieldLimit{"password", 0, people::password_bytes_max}};
};
BOOST_DESCRIBE_STRUCT(SignInBody, (), (name, password))

struct SignOutBody {
    std::optional<bool> everywhere;
};
BOOST_DESCRIBE_STRUCT(SignOutBody, (), (everywhere))

struct PasswordLinkBody {
    std::string secret;
    static constexpr std::array limits{base::FieldLimit{"secret", 1, 64}};
};
BOOST_DESCRIBE_STRUCT(PasswordLinkBody, (), (secret))

struct PasswordBody {
    std::string secret;
    std::string password;
    static constexpr std::array limits{base::FieldLimit{"secret", 1, 64}, base::FieldLimit{"password", 0, people::password_bytes_max}};
};
BOOST_DESCRIBE_STRUCT(PasswordBody, (), (secret, password))

struct RoleShown {
    people::StaffRole role{};
    /// All of them, without.
    std::optional<std::string> series;
};
BOOST_DESCRIBE_STRUCT(RoleShown, (), (role, series))

struct Me {
    AccountId account;
    protocol::PersonId person;
    std::string name;
    std::vector<RoleShown> roles;
    /// To be shown in `X-CSRF-Token` by every request that changes something.
    std::string csrf_token;
};
BOOST_DESCRIBE_STRUCT(Me, (), (account, person, name, roles, csrf_token))

struct NameOfLink {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NameOfLink, (), (name))

struct SignedOut {
    std::int64_t ended{};
};
BOOST_DESCRIBE_STRUCT(SignedOut, (), (ended))

struct TicketAnswer {
    std::string ticket;
};
BOOST_DESCRIBE_STRUCT(TicketAnswer, (), (ticket))

Me me_of(const people::Account& account, const people::Secret& cookie) {
    Me me{.account = account.id, .person = account.person, .name = account.name, .roles = {}, .csrf_token = people::csrf_token(cookie)};
    for (const auto& given : account.roles) me.roles.push_back({given.role, given.series});
    return me;
}

}  // namespace

void Api::sign_in(Call& call) {
    if (!is_from_our_page(call.request)) return refuse(call.answer, RefusalWord::not_permitted);
    auto body = body_of<SignInBody>(call);
    if (!body) return;
    // The same for a name that is known and for one that is not.
    const auto key = people::name_key(people::tidy(body->name).value_or(std::string{}));
    {
        const std::lock_guard lock{guesses_mutex_};
        if (const auto wait = password_guesses_.take(key, call.request.peer, parts_.clock.monotonic())) return refuse(call.answer, refusal_of(RefusalWord::too_fast, wait->count() / 1000 + 1));
    }
    const auto request = std::make_shared<Request>(std::move(call.request));
    const bool is_taken = parts_.password_pool.run([this, key, request, body = *std::move(body), answer = call.answer](SQLite::Database& reader) {
        try {
            const auto account = people::account_named(reader, body.name);
            const auto stored = account ? people::stored_password(reader, account->id) : std::nullopt;
            const bool is_right = people::is_password(body.password, stored ? *stored : people::hash_of_nobody());
            if (!is_right || !stored) {
                parts_.log.info("sign_in_refused");
                return refuse(answer, RefusalWord::not_permitted);
            }
            {
                const std::lock_guard lock{guesses_mutex_};
                password_guesses_.give_back(key, request->peer);
            }
            answer(signed_in(*request, account->id));
        } catch (const std::exception&) {
            parts_.log.error("sign_in_failed");
            answer(answer_of(503, "{}"));
        }
    });
    if (!is_taken) refuse(call.answer, RefusalWord::busy);
}

Response Api::signed_in(const Request& request, AccountId account) {
    std::optional<people::Secret> cookie;
    std::optional<people::Account> known;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        // What this browser was before, it is no longer.
        if (const auto before = people::find_sign_in(database, request.cookie(cookie_name()).value_or(std::string_view{}), utc())) people::sign_out(database, before->id);
        cookie = people::sign_in(database, account, utc(), base::fill_random);
        known = people::account(database, account);
    });
    parts_.log.info("signed_in", {{"account", account}});
    auto response = answer_of(200, base::json::to_text(me_of(*known, *cookie)));
    response.fields.emplace_back("Set-Cookie", cookie_field(cookie->to_link(), people::sign_in_hours_max * 60 * 60));
    return response;
}

std::string Api::cookie_field(std::string_view value, std::int64_t seconds) const {
    return std::string{cookie_name()} + "=" + std::string{value} + "; Path=/; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Strict" + (is_tls() ? "; Secure" : "");
}

void Api::sign_out(Call& call) {
    const auto body = body_of<SignOutBody>(call);
    if (!body) return;
    SignedOut done{.ended = 1};
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        if (body->everywhere.value_or(false)) {
            done.ended = people::sign_out_everywhere(database, call.caller.account->id);
        } else {
            people::sign_out(database, *call.caller.sign_in);
        }
    });
    parts_.log.info("signed_out", {{"account", call.caller.account->id}, {"sign_ins", done.ended}});
    auto response = answer_of(200, base::json::to_text(done));
    response.fields.emplace_back("Set-Cookie", cookie_field("", 0));
    call.answer(std::move(response));
}

void Api::show_me(Call& call) {
    const auto cookie = people::Secret::from_link(call.request.cookie(cookie_name()).value_or(std::string_view{}));
    if (!cookie) return refuse(call.answer, RefusalWord::not_permitted);
    give(call.answer, me_of(*call.caller.account, *cookie));
}

void Api::look_at_password_link(Call& call) {
    const auto body = body_of<PasswordLinkBody>(call);
    if (!body) return;
    const auto owner = people::account_of_password_link(call.reader, body->secret, utc());
    const auto account = owner ? people::account(call.reader, *owner) : std::nullopt;
    if (!account) return refuse(call.answer, RefusalWord::not_found);
    give(call.answer, NameOfLink{account->name});
}

void Api::set_password(Call& call) {
    if (!is_from_our_page(call.request)) return refuse(call.answer, RefusalWord::not_permitted);
    auto body = body_of<PasswordBody>(call);
    if (!body) return;
    if (!people::is_good_password(body->password)) return refuse(call.answer, RefusalWord::invalid);
    // Who has no link that works does not keep the pool busy.
    if (!people::account_of_password_link(call.reader, body->secret, utc())) return refuse(call.answer, RefusalWord::not_found);
    const auto request = std::make_shared<Request>(std::move(call.request));
    const bool is_taken = parts_.password_pool.run([this, request, body = *std::move(body), answer = call.answer](SQLite::Database&) {
        try {
            const auto hash = people::password_hash(body.password);
            std::optional<AccountId> account;
            parts_.store.write_and_wait([&](SQLite::Database& database) { account = people::set_password(database, body.secret, hash, utc()); });
            if (!account) return refuse(answer, RefusalWord::not_found);
            parts_.log.info("password_set", {{"account", *account}});
            answer(signed_in(*request, *account));
        } catch (const std::exception&) {
            parts_.log.error("password_not_set");
            answer(answer_of(503, "{}"));
        }
    });
    if (!is_taken) refuse(call.answer, RefusalWord::busy);
}

void Api::enter_session(Call& call) {
    if (!body_of<EmptyBody>(call)) return;
    const auto room = room_of(call, call.session);
    if (!room) return;
    const auto person = *call.caller.person();
    const auto wanted = call.caller.has(CallerRole::facilitator) ? protocol::Role::facilitator : protocol::Role::moderator;
    auto role = people::role_in(call.reader, call.session, person);
    if (!role) {
        parts_.store.write_and_wait([&](SQLite::Database& database) {
            const auto taken = people::take_into_session(database, call.session, person, wanted);
            if (const auto* standing = std::get_if<protocol::Role>(&taken)) role = *standing;
        });
        // The room learns a name that nobody else may look like.
        parts_.directory.plan_changed(call.session);
    }
    const auto details = people::person_details(call.reader, person);
    if (!role || !details) return refuse(call.answer, RefusalWord::not_found);
    const runtime::Pass pass{.session = call.session, .person = person, .role = *role};
    room->admit({.person = person, .role = *role, .decision_type = {}, .name = details->name, .accepts_netiquette = true}, [this, pass, answer = call.answer](const std::optional<protocol::Refusal>& refusal) {
        if (refusal) return refuse(answer, *refusal);
        give(answer, TicketAnswer{parts_.tickets.issue(pass, parts_.clock.monotonic(), runtime::TicketOffice::first_ticket_life)});
    });
}

}  // namespace etakahvila::transport
