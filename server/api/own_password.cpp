#include "api/own_password.hpp"

#include "people/password.hpp"
#include "people/words.hpp"

namespace etakahvila::api {

using protocol::RefusalWord;

std::string OwnPassword::allowance_of(people::SignInId sign_in) { return "sign-in/" + std::to_string(sign_in.value); }

void OwnPassword::when_right(
    const AnyCall& call, std::string password, const Reply& reply, std::function<void()> then) const {
    const auto account = call.caller.account->id;
    const auto key = people::name_key(call.caller.account->name);
    auto own = std::optional{allowance_of(*call.caller.sign_in)};
    if (const auto refused = parts_.guesses.password(key, account, own, call.request)) return reply.refuse(*refused);
    const auto request = std::make_shared<const net::Request>(call.request);
    const auto job = [this, account, key, own, request, password = std::move(password), reply, then = std::move(then)](
                         const records::Database& reader) {
        try {
            const auto stored = people::stored_password(reader, account);
            if (!stored || !people::is_password(password, *stored)) {
                parts_.log.info("password_refused", {{"account", account}});
                parts_.guesses.note_refused_sign_in();
                return reply.refuse(RefusalWord::not_permitted);
            }
            parts_.guesses.give_back_password(key, own, *request);
            then();
        } catch (const std::exception&) {
            parts_.log.error("password_not_compared");
            reply.fail();
        }
    };
    if (!parts_.password_pool.run(job, people::address_key(request->peer), true)) reply.refuse(RefusalWord::busy);
}

}  // namespace etakahvila::api
