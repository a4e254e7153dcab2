#include "api/sign_in.hpp"

#include "api/rooms.hpp"
#include "base/secret.hpp"
#include "domain/room/room.hpp"
#include "people/account_acts.hpp"
#include "people/browser_kind.hpp"
#include "people/known_device.hpp"
#include "people/password.hpp"
#include "people/second_step.hpp"
#include "people/words.hpp"

namespace etakahvila::api {
namespace {

using people::AccountActKind;
using people::AccountId;
using protocol::RefusalWord;

protocol::MeAnswer me_of(
    const records::Database& reader, const people::Account& account, const people::Secret& cookie) {
    return {.account = account.id,
        .person = account.person,
        .name = account.name,
        .roles = account.roles,
        .step_due_at = people::step_due_at(reader, account),
        .csrf_token = people::csrf_token(cookie)};
}

/// Done by whom it is about.
people::AccountAct own_act(base::UtcTime now, AccountActKind act, AccountId account) {
    return {.at = now, .act = act, .account = account, .by_account = account};
}

}  // namespace

void SignIn::handle(Call<routes::SignIn>& call) {
    // The same for a name that is known and for one that is not.
    const auto key = people::name_key(people::tidy(call.body.name).value_or(std::string{}));
    const auto named = people::account_named(call.reader, call.body.name);
    const auto named_id = named ? std::optional{named->id} : std::nullopt;
    auto device = named ? device_of(call, named->id) : std::nullopt;
    const bool is_fresh = parts_.guesses.is_fresh_network(call.request);
    if (const auto refused = parts_.guesses.password(key, named_id, device, call.request))
        return call.reply.refuse(*refused);
    // Passwords are slow on purpose: who comes from where they have signed in before, or from where
    // nobody has guessed wrong lately, does not wait for those who guess; and each network has its turn.
    const auto whose = device.value_or(people::address_key(call.request.peer));
    const auto request = std::make_shared<net::Request>(std::move(call.request));
    const auto job = [this, key, device, request, body = std::move(call.body), reply = call.reply](
                         records::Database& reader) {
        try {
            const auto account = people::account_named(reader, body.name);
            const auto stored = account ? people::stored_password(reader, account->id) : std::nullopt;
            const bool is_right = people::is_password(body.password, stored ? *stored : people::hash_of_nobody());
            if (!is_right || !stored) {
                if (account)
                    parts_.log.info("sign_in_refused", {{"account", account->id}});
                else
                    parts_.log.info("sign_in_refused");
                parts_.guesses.note_refused_sign_in();
                return reply.refuse(RefusalWord::not_permitted);
            }
            parts_.guesses.give_back_password(key, device, *request);
            reply.send(after_password(reader, *request, account->id));
        } catch (const std::exception&) {
            parts_.log.error("sign_in_failed");
            reply.fail();
        }
    };
    if (!parts_.password_pool.run(job, whose, device.has_value() || is_fresh)) call.reply.refuse(RefusalWord::busy);
}

std::optional<std::string> SignIn::device_of(const AnyCall& call, AccountId account) {
    const auto mark = call.request.cookie(parts_.cookies.device(account));
    const auto key = mark ? people::device_key(call.reader) : std::nullopt;
    return key ? people::device_in(*key, account, *mark, parts_.clock.utc()) : std::nullopt;
}

net::Response SignIn::after_password(const records::Database& reader, const net::Request& request, AccountId account) {
    const auto known = account_now(reader, account, parts_.clock.utc());
    const auto need = known ? people::step_needed(reader, *known, parts_.clock.utc()) : people::StepNeed::nothing;
    if (need == people::StepNeed::nothing) return signed_in(request, account);
    std::optional<people::Secret> half;
    parts_.store.write_and_wait([&](records::Database& database) {
        half = people::begin_half_sign_in(database, account, parts_.clock.utc(), base::fill_random);
    });
    const bool is_code = need == people::StepNeed::code;
    parts_.log.info("second_step_asked", {{"account", account}, {"is_set_up", is_code}});
    const auto word = is_code ? RefusalWord::step_asked : RefusalWord::step_to_set_up;
    auto response = net::answer_of(
        protocol::status_of(word), base::json::to_text(protocol::RefusalAnswer{refusal_of(word)}));
    response.fields.emplace_back(
        "Set-Cookie", parts_.cookies.set_half(half->to_link(), people::half_sign_in_minutes * 60));
    return response;
}

std::optional<AccountId> SignIn::half_of(const AnyCall& call) const {
    const auto cookie = call.request.cookie(parts_.cookies.half());
    return cookie ? people::find_half_sign_in(call.reader, *cookie, parts_.clock.utc()) : std::nullopt;
}

void SignIn::handle(Call<routes::GiveStep>& call) {
    const auto account = half_of(call);
    if (!account) return call.reply.refuse(RefusalWord::not_found);
    const bool is_spare = !people::is_one_time_form(call.body.code);
    auto device = device_of(call, *account);
    if (const auto refused = parts_.guesses.step(*account, is_spare, device, call.request))
        return call.reply.refuse(*refused);
    auto taken = people::StepTaken::no;
    parts_.store.write_and_wait([&](records::Database& database) {
        const auto now = parts_.clock.utc();
        taken = people::take_step_code(database, *account, call.body.code, now);
        if (taken == people::StepTaken::spare_code)
            people::note_account_act(database, own_act(now, AccountActKind::spare_code_used, *account));
    });
    if (taken == people::StepTaken::no) {
        parts_.log.info("second_step_refused", {{"account", *account}});
        parts_.guesses.note_refused_sign_in();
        return call.reply.refuse(RefusalWord::not_permitted);
    }
    parts_.guesses.give_back_step(*account, is_spare, device, call.request);
    if (taken == people::StepTaken::spare_code) parts_.log.info("spare_code_used", {{"account", *account}});
    call.reply.send(signed_in(call.request, *account));
}

void SignIn::handle(Call<routes::BeginFirstStep>& call) {
    const auto account = half_of(call);
    const auto known = account ? people::account(call.reader, *account) : std::nullopt;
    if (!known) return call.reply.refuse(RefusalWord::not_found);
    // Who has one does not put another in its place by the password alone.
    if (people::second_step(call.reader, *account)) return call.reply.refuse(RefusalWord::not_now);
    people::OneTimeKey key{};
    parts_.store.write_and_wait([&](records::Database& database) {
        key = people::begin_second_step(database, *account, parts_.clock.utc(), base::fill_random);
    });
    call.reply.give({people::one_time_key_text(key), people::one_time_key_address(key, parts_.site, known->name)});
}

void SignIn::handle(Call<routes::ConfirmFirstStep>& call) {
    const auto account = half_of(call);
    if (!account) return call.reply.refuse(RefusalWord::not_found);
    std::variant<std::vector<people::SpokenCode>, RefusalWord> confirmed = RefusalWord::not_now;
    parts_.store.write_and_wait([&](records::Database& database) {
        if (people::second_step(database, *account)) return;
        const auto now = parts_.clock.utc();
        confirmed = people::confirm_second_step(database, *account, call.body.code, now, base::fill_random);
        if (std::holds_alternative<RefusalWord>(confirmed)) return;
        people::note_account_act(database, own_act(now, AccountActKind::step_set_up, *account));
    });
    if (const auto* refused = std::get_if<RefusalWord>(&confirmed)) return call.reply.refuse(*refused);
    parts_.log.info("second_step_set_up", {{"account", *account}});
    auto made = sign_in(call.request, *account, parts_.clock.utc());
    protocol::FirstStepAnswer answer{.me = std::move(made.me), .spare_codes = {}};
    for (const auto& code : std::get<std::vector<people::SpokenCode>>(confirmed))
        answer.spare_codes.push_back(code.to_text());
    auto response = ReplyWith<protocol::FirstStepAnswer>::response(answer);
    for (auto& field : made.fields) response.fields.push_back(std::move(field));
    call.reply.send(std::move(response));
}

net::Response SignIn::signed_in(const net::Request& request, AccountId account) {
    auto made = sign_in(request, account, parts_.clock.utc());
    auto response = ReplyWith<protocol::MeAnswer>::response(made.me);
    for (auto& field : made.fields) response.fields.push_back(std::move(field));
    return response;
}

SignIn::NewSignIn SignIn::sign_in(const net::Request& request, AccountId account, base::UtcTime proved_at) {
    std::optional<people::Secret> cookie;
    NewSignIn made;
    const people::SignInPlace place{.network = people::network_text(request.peer),
        .browser = people::browser_kind(request.user_agent),
        .device = people::device_kind(request.user_agent)};
    std::string device;
    parts_.store.write_and_wait([&](records::Database& database) {
        // What this browser was before, it is no longer.
        if (const auto before = people::find_sign_in(
                database, request.cookie(parts_.cookies.sign_in()).value_or(std::string_view{}), parts_.clock.utc()))
            people::sign_out(database, before->id);
        people::end_half_sign_ins(database, account);
        cookie = people::sign_in(database, account, parts_.clock.utc(), base::fill_random, place, proved_at);
        made.me = me_of(database, *account_now(database, account, parts_.clock.utc()), *cookie);
        device = people::device_mark(
            people::make_device_key(database, base::fill_random), account, parts_.clock.utc(), base::fill_random);
    });
    parts_.log.info("signed_in", {{"account", account}});
    made.fields.emplace_back(
        "Set-Cookie", parts_.cookies.set_sign_in(cookie->to_link(), people::sign_in_hours_max * 60 * 60));
    made.fields.emplace_back(
        "Set-Cookie", parts_.cookies.set_device(account, device, people::known_device_days * 24 * 60 * 60));
    if (request.cookie(parts_.cookies.half())) made.fields.emplace_back("Set-Cookie", parts_.cookies.set_half("", 0));
    return made;
}

void SignIn::handle(Call<routes::SignOut>& call) {
    protocol::SignedOutAnswer done{.ended = 1};
    parts_.store.write_and_wait([&](records::Database& database) {
        if (call.body.everywhere.value_or(false)) {
            done.ended = people::sign_out_everywhere(database, call.caller.account->id);
            people::note_account_act(
                database, own_act(parts_.clock.utc(), AccountActKind::sign_ins_ended, call.caller.account->id));
        } else {
            people::sign_out(database, *call.caller.sign_in);
        }
    });
    parts_.log.info("signed_out", {{"account", call.caller.account->id}, {"sign_ins", done.ended}});
    auto response = ReplyWith<protocol::SignedOutAnswer>::response(done);
    response.fields.emplace_back("Set-Cookie", parts_.cookies.set_sign_in("", 0));
    call.reply.send(std::move(response));
}

void SignIn::handle(Call<routes::ShowMe>& call) {
    const auto cookie = people::Secret::from_link(
        call.request.cookie(parts_.cookies.sign_in()).value_or(std::string_view{}));
    if (!cookie) return call.reply.refuse(RefusalWord::not_permitted);
    call.reply.give(me_of(call.reader, *call.caller.account, *cookie));
}

void SignIn::handle(Call<routes::LookAtPasswordLink>& call) {
    const auto owner = people::account_of_password_link(call.reader, call.body.secret, parts_.clock.utc());
    const auto account = owner ? people::account(call.reader, *owner) : std::nullopt;
    if (!account) return refuse_password_link(call, call.reply);
    call.reply.give({account->name});
}

void SignIn::refuse_password_link(const AnyCall& call, const Reply& reply) {
    const auto refused = parts_.guesses.wrong_link(people::GuessKind::password_link, call.request);
    reply.refuse(refused.value_or(refusal_of(RefusalWord::not_found)));
}

void SignIn::handle(Call<routes::SetPassword>& call) {
    if (!people::is_good_password(call.body.password)) return call.reply.refuse(RefusalWord::invalid);
    // Who has no link that works does not keep the pool busy.
    if (!people::account_of_password_link(call.reader, call.body.secret, parts_.clock.utc()))
        return refuse_password_link(call, call.reply);
    const auto request = std::make_shared<net::Request>(std::move(call.request));
    const auto job = [this, request, body = std::move(call.body), reply = call.reply](records::Database& reader) {
        try {
            const auto hash = people::password_hash(body.password);
            std::optional<AccountId> account;
            parts_.store.write_and_wait([&](records::Database& database) {
                account = people::set_password(database, body.secret, hash, parts_.clock.utc());
                if (account)
                    people::note_account_act(
                        database, own_act(parts_.clock.utc(), AccountActKind::password_set, *account));
            });
            if (!account) return reply.refuse(RefusalWord::not_found);
            parts_.log.info("password_set", {{"account", *account}});
            reply.send(after_password(reader, *request, *account));
        } catch (const std::exception&) {
            parts_.log.error("password_not_set");
            reply.fail();
        }
    };
    // The link is right, and works once: nobody who guesses comes before it.
    if (!parts_.password_pool.run(job, people::address_key(request->peer), true)) call.reply.refuse(RefusalWord::busy);
}

void SignIn::handle(Call<routes::Prove>& call) {
    const auto account = call.caller.account->id;
    const auto proved = [this, sign_in = *call.caller.sign_in, reply = call.reply] {
        const auto now = parts_.clock.utc();
        parts_.store.write_and_wait([&](records::Database& database) { people::note_proof(database, sign_in, now); });
        reply.give({{now.ms + people::proof_minutes * 60'000}});
    };
    if (call.body.password)
        return parts_.own_password.when_right(call, *std::move(call.body.password), call.reply, proved);
    if (!call.body.code) return call.reply.refuse(RefusalWord::invalid);
    const bool is_spare = !people::is_one_time_form(*call.body.code);
    auto device = std::optional{OwnPassword::allowance_of(*call.caller.sign_in)};
    if (const auto refused = parts_.guesses.step(account, is_spare, device, call.request))
        return call.reply.refuse(*refused);
    auto taken = people::StepTaken::no;
    parts_.store.write_and_wait([&](records::Database& database) {
        const auto now = parts_.clock.utc();
        taken = people::take_step_code(database, account, *call.body.code, now);
        if (taken == people::StepTaken::spare_code)
            people::note_account_act(database, own_act(now, AccountActKind::spare_code_used, account));
    });
    if (taken == people::StepTaken::no) {
        parts_.guesses.note_refused_sign_in();
        return call.reply.refuse(RefusalWord::not_permitted);
    }
    parts_.guesses.give_back_step(account, is_spare, device, call.request);
    proved();
}

void SignIn::handle(Call<routes::EnterSession>& call) {
    const auto person = *call.caller.person();
    if (parts_.tickets.is_too_often(person, call.reply)) return;
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    auto role = people::role_in(call.reader, call.session, person);
    // Whoever came in as what they are no longer comes in as what they are now.
    const bool stands = role && call.caller.has(*role == protocol::Role::facilitator ? CallerRole::facilitator
                                                                                     : CallerRole::moderator);
    if (!stands) {
        const auto wanted = call.caller.has(CallerRole::facilitator) ? protocol::Role::facilitator
                                                                     : protocol::Role::moderator;
        parts_.store.write_and_wait([&](records::Database& database) {
            const auto taken = people::take_into_session(database, call.session, person, wanted);
            role = std::holds_alternative<protocol::Role>(taken) ? std::optional{wanted} : std::nullopt;
        });
        // The room learns a name that nobody else may look like.
        parts_.directory.plan_changed(call.session);
    }
    const auto details = people::person_details(call.reader, person);
    if (!role || !details) return call.reply.refuse(RefusalWord::not_found);
    const runtime::Pass pass{.session = call.session, .person = person, .role = *role};
    auto caller = call.caller;
    room->admit(
        {.person = person, .role = *role, .decision_type = {}, .name = details->name, .accepts_netiquette = true},
        [this, pass, caller = std::move(caller), reply = call.reply](const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return reply.refuse(*refusal);
            parts_.tickets.give(reply, pass, [this, pass, caller](const records::Database& reader) {
                if (!caller.account)
                    return people::still_opens(reader, caller.invitation->id, pass.session, parts_.clock.utc());
                Caller now;
                now.account = account_now(reader, caller.account->id, parts_.clock.utc());
                const auto needed = pass.role == protocol::Role::facilitator ? CallerRole::facilitator
                                                                             : CallerRole::moderator;
                return now.account && !now.account->is_locked && now.roles_in_session(reader, pass.session).has(needed);
            });
        });
}

}  // namespace etakahvila::api
