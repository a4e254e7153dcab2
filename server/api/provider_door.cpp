#include "api/provider_door.hpp"

#include "api/account_act.hpp"
#include "base/secret.hpp"
#include "people/provider_sign_in.hpp"

namespace etakahvila::api {
namespace {

using people::AccountActKind;
using protocol::AccountAnswer;
using protocol::ProviderOutcome;
using protocol::RefusalWord;

/// Never anywhere but to addresses of ours and of the provider.
net::Response redirect(std::string address) {
    auto response = net::answer_of(302, "", "text/plain");
    response.fields.emplace_back("Location", std::move(address));
    return response;
}

constexpr std::string_view page = "/staff";

/// By the words of RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
ProviderOutcome outcome_of_error(std::string_view error) {
    if (error == "server_error" || error == "temporarily_unavailable") return ProviderOutcome::down;
    const bool is_no = error == "access_denied" || error == "login_required" || error == "interaction_required" ||
                       error == "consent_required" || error == "account_selection_required";
    return is_no ? ProviderOutcome::cancelled : ProviderOutcome::wrong;
}

}  // namespace

ProviderDoor::ProviderDoor(Parts parts) : parts_{std::move(parts)}, begun_{base::fill_random} {}

ProviderOutcome ProviderDoor::trouble(oidc::Wrong wrong) {
    parts_.guesses.note_refused_sign_in();
    parts_.log.warning("provider_not_taken", {{"why", wrong}});
    // A code that is used up or too old.
    return wrong == oidc::Wrong::refused ? Outcome::again : Outcome::wrong;
}

ProviderOutcome ProviderDoor::trouble(const oidc::Down& down) {
    parts_.log.warning("provider_down", {{"why", base::OperatorText{down.words}}});
    return Outcome::down;
}

net::Response ProviderDoor::sent_on(Outcome outcome) const {
    return redirect(std::string{page} + "#provider=" + std::string{base::name_of(outcome)});
}

void ProviderDoor::handle(Call<routes::GoToProvider>& call) {
    if (parts_.city.provider == nullptr) return call.reply.refuse(RefusalWord::not_found);
    if (!parts_.guesses.may_ask_provider(call.request)) return call.reply.send(sent_on(Outcome::busy));
    // Whoever is signed in, and goes there again, goes to show who they are.
    const auto cookie = call.request.cookie(parts_.cookies.sign_in()).value_or(std::string_view{});
    const bool is_proof = people::find_sign_in(call.reader, cookie, parts_.clock.utc()).has_value();
    const auto job = [this, is_proof, reply = call.reply](records::Database&) {
        try {
            const auto begun = begun_.begin(parts_.clock.utc(), is_proof);
            const auto found = parts_.city.provider->address_for(begun);
            if (const auto* wrong = std::get_if<oidc::Wrong>(&found)) return reply.send(sent_on(trouble(*wrong)));
            if (const auto* down = std::get_if<oidc::Down>(&found)) return reply.send(sent_on(trouble(*down)));
            auto response = redirect(std::get<std::string>(found));
            response.fields.emplace_back("Set-Cookie", parts_.cookies.set_gone(begun.cookie, oidc::begun_minutes * 60));
            reply.send(std::move(response));
        } catch (const std::exception&) {
            parts_.log.error("sign_in_failed");
            reply.fail();
        }
    };
    if (!parts_.city.pool->run(job, people::address_key(call.request.peer))) call.reply.send(sent_on(Outcome::busy));
}

void ProviderDoor::handle(Call<routes::ComeBack>& call) {
    if (parts_.city.provider == nullptr) return call.reply.refuse(RefusalWord::not_found);
    const auto read = [](const std::optional<std::string>& written) {
        return written ? oidc::field_text(*written) : std::nullopt;
    };
    const auto answer = [this, reply = call.reply](net::Response response) {
        // Whatever came of it, this one is over.
        response.fields.emplace_back("Set-Cookie", parts_.cookies.set_gone("", 0));
        reply.send(std::move(response));
    };
    const auto cookie = call.request.cookie(parts_.cookies.gone()).value_or(std::string_view{});
    const auto again = [this, answer](oidc::BegunSignIns::Not why) {
        parts_.log.info("provider_came_back_wrong", {{"not", why}});
        answer(sent_on(Outcome::again));
    };
    const auto looked = begun_.look(cookie, read(call.query.state).value_or(""), parts_.clock.utc());
    if (const auto* why = std::get_if<oidc::BegunSignIns::Not>(&looked)) return again(*why);
    if (call.query.iss && read(call.query.iss) != parts_.city.provider->issuer())
        return answer(sent_on(trouble(oidc::Wrong::other_issuer)));
    if (call.query.error) return answer(sent_on(outcome_of_error(*call.query.error)));
    const auto code = read(call.query.code);
    if (!code || code->empty()) return answer(sent_on(trouble(oidc::Wrong::unreadable)));
    if (!parts_.guesses.may_ask_provider(call.request)) return answer(sent_on(Outcome::busy));
    const auto& back = std::get<oidc::BegunSignIns::Back>(looked);
    if (!begun_.use(back, parts_.clock.utc())) return again(oidc::BegunSignIns::Not::once);
    const auto whose = people::address_key(call.request.peer);
    const auto request = std::make_shared<net::Request>(std::move(call.request));
    const auto job = [this, answer, request, code = *code, back](records::Database& reader) {
        try {
            const auto found = parts_.city.provider->who_comes(code, back);
            if (const auto* wrong = std::get_if<oidc::Wrong>(&found)) return answer(sent_on(trouble(*wrong)));
            if (const auto* down = std::get_if<oidc::Down>(&found)) return answer(sent_on(trouble(*down)));
            answer(let_in(reader, *request, std::get<oidc::Identity>(found)));
        } catch (const std::exception&) {
            parts_.log.error("sign_in_failed");
            answer(net::answer_of(503, "{}"));
        }
    };
    if (!parts_.city.pool->run(job, whose)) answer(sent_on(Outcome::busy));
}

net::Response ProviderDoor::let_in(
    const records::Database& reader, const net::Request& request, const oidc::Identity& identity) {
    const people::ProviderPerson person{.issuer = identity.issuer, .subject = identity.subject};
    const auto account = people::account_bound_to(reader, person);
    if (!account) {
        std::optional<people::Secret> cookie;
        parts_.store.write_and_wait([&](records::Database& database) {
            cookie = people::wait_for_binding(database, person, parts_.clock.utc(), base::fill_random);
        });
        parts_.log.info("provider_unbound");
        auto response = sent_on(Outcome::unbound);
        response.fields.emplace_back(
            "Set-Cookie", parts_.cookies.set_waiting(cookie->to_link(), people::binding_code_minutes * 60));
        return response;
    }
    const auto known = people::account(reader, *account);
    if (!known || known->is_locked) {
        parts_.log.info("sign_in_refused", {{"account", *account}});
        parts_.guesses.note_refused_sign_in();
        return sent_on(Outcome::locked);
    }
    // One that the provider goes on with by itself shows nothing of who sits there.
    auto made = parts_.sign_in.sign_in(request, *account, identity.shown_at.value_or(base::UtcTime{}));
    auto response = redirect(std::string{page});
    for (auto& field : made.fields) response.fields.push_back(std::move(field));
    return response;
}

void ProviderDoor::handle(Call<routes::ShowBindingCode>& call) {
    const auto cookie = call.request.cookie(parts_.cookies.waiting());
    const auto code = cookie ? people::binding_code(call.reader, *cookie, parts_.clock.utc()) : std::nullopt;
    if (!code) return call.reply.refuse(RefusalWord::not_found);
    call.reply.give({.code = code->code.to_text(), .until = code->until});
}

void ProviderDoor::handle(Call<routes::BindAccount>& call) {
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::bind_account(database, call.account, call.body.code, parts_.clock.utc());
        if (refused) return;
        people::note_account_act(database, account_act(call, parts_.clock.utc(), AccountActKind::bound, call.account));
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.log.info("account_bound", {{"account", call.account}});
    call.reply.give(AccountAnswer{call.account});
}

void ProviderDoor::handle(Call<routes::UnbindAccount>& call) {
    bool was_bound = false;
    parts_.store.write_and_wait([&](records::Database& database) {
        was_bound = people::unbind_account(database, call.account);
        if (!was_bound) return;
        people::note_account_act(
            database, account_act(call, parts_.clock.utc(), AccountActKind::unbound, call.account));
    });
    if (!was_bound) return call.reply.refuse(RefusalWord::not_found);
    parts_.log.info("account_unbound", {{"account", call.account}});
    call.reply.give(AccountAnswer{call.account});
}

}  // namespace etakahvila::api
