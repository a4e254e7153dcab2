#include "api/own_account.hpp"

#include "base/secret.hpp"
#include "people/password.hpp"
#include "people/second_step.hpp"

namespace etakahvila::api {
namespace {

using people::AccountActKind;
using protocol::RefusalWord;

std::vector<std::string> texts_of(const std::vector<people::SpokenCode>& codes) {
    std::vector<std::string> texts;
    texts.reserve(codes.size());
    for (const auto& code : codes) texts.push_back(code.to_text());
    return texts;
}

}  // namespace

protocol::OwnAccountAnswer OwnAccount::shown(
    const records::Database& reader, const people::Account& account, people::SignInId here) const {
    const auto rule = people::second_step_rule(reader);
    const auto step = people::second_step(reader, account.id);
    const bool is_asked = people::is_step_asked_of(rule.asked_of, account.roles);
    protocol::OwnAccountAnswer answer{.name = account.name,
        .second_step = {.made_at = step ? std::optional{step->made_at} : std::nullopt,
            .spare_codes = step ? step->spare_codes : 0,
            .is_asked = is_asked,
            .asked_from = is_asked ? std::optional{rule.asked_from} : std::nullopt},
        .sign_ins = {}};
    for (const auto& one : people::sign_ins_of(reader, account.id, parts_.clock.utc())) {
        answer.sign_ins.push_back({.id = one.id,
            .made_at = one.made_at,
            .used_at = one.used_at,
            .network = one.place.network,
            .browser = one.place.browser,
            .device = one.place.device,
            .is_this = one.id == here});
    }
    return answer;
}

people::AccountAct OwnAccount::act(const AnyCall& call, AccountActKind kind) const {
    const auto account = call.caller.account->id;
    return {.at = parts_.clock.utc(), .act = kind, .account = account, .by_account = account};
}

void OwnAccount::handle(Call<routes::ShowOwnAccount>& call) {
    call.reply.give(shown(call.reader, *call.caller.account, *call.caller.sign_in));
}

void OwnAccount::handle(Call<routes::ChangePassword>& call) {
    if (!people::is_good_password(call.body.new_password)) return call.reply.refuse(RefusalWord::invalid);
    auto then = [this, note = act(call, AccountActKind::password_changed), account = *call.caller.account,
                    here = *call.caller.sign_in, wanted = std::move(call.body.new_password), reply = call.reply] {
        const auto hash = people::password_hash(wanted);
        std::optional<protocol::OwnAccountAnswer> answer;
        parts_.store.write_and_wait([&](records::Database& database) {
            people::change_password(database, account.id, hash, here);
            people::note_proof(database, here, parts_.clock.utc());
            people::note_account_act(database, note);
            answer = shown(database, account, here);
        });
        parts_.log.info("password_changed", {{"account", account.id}});
        reply.give(*answer);
    };
    parts_.own_password.when_right(call, std::move(call.body.old_password), call.reply, std::move(then));
}

void OwnAccount::handle(Call<routes::BeginSecondStep>& call) {
    people::OneTimeKey key{};
    parts_.store.write_and_wait([&](records::Database& database) {
        key = people::begin_second_step(database, call.caller.account->id, parts_.clock.utc(), base::fill_random);
    });
    call.reply.give(
        {people::one_time_key_text(key), people::one_time_key_address(key, parts_.site, call.caller.account->name)});
}

void OwnAccount::handle(Call<routes::ConfirmSecondStep>& call) {
    const auto account = call.caller.account->id;
    std::variant<std::vector<people::SpokenCode>, RefusalWord> confirmed = RefusalWord::not_now;
    parts_.store.write_and_wait([&](records::Database& database) {
        confirmed = people::confirm_second_step(
            database, account, call.body.code, parts_.clock.utc(), base::fill_random);
        if (std::holds_alternative<RefusalWord>(confirmed)) return;
        people::note_account_act(database, act(call, AccountActKind::step_set_up));
    });
    if (const auto* refused = std::get_if<RefusalWord>(&confirmed)) return call.reply.refuse(*refused);
    parts_.log.info("second_step_set_up", {{"account", account}});
    call.reply.give({texts_of(std::get<std::vector<people::SpokenCode>>(confirmed))});
}

void OwnAccount::handle(Call<routes::RenewSpareCodes>& call) {
    std::optional<std::vector<people::SpokenCode>> codes;
    parts_.store.write_and_wait([&](records::Database& database) {
        codes = people::renew_spare_codes(database, call.caller.account->id, base::fill_random);
        if (codes) people::note_account_act(database, act(call, AccountActKind::spare_codes_made));
    });
    if (!codes) return call.reply.refuse(RefusalWord::not_now);
    call.reply.give({texts_of(*codes)});
}

void OwnAccount::handle(Call<routes::DropSecondStep>& call) {
    const auto& account = *call.caller.account;
    std::optional<protocol::OwnAccountAnswer> answer;
    parts_.store.write_and_wait([&](records::Database& database) {
        if (people::is_step_asked_of(people::second_step_rule(database).asked_of, account.roles)) return;
        if (!people::reset_second_step(database, account.id)) return;
        people::note_account_act(database, act(call, AccountActKind::step_dropped));
        answer = shown(database, account, *call.caller.sign_in);
    });
    if (!answer) return call.reply.refuse(RefusalWord::not_now);
    parts_.log.info("second_step_dropped", {{"account", account.id}});
    call.reply.give(*answer);
}

void OwnAccount::handle(Call<routes::EndSignIns>& call) {
    const auto& account = *call.caller.account;
    const auto here = *call.caller.sign_in;
    std::optional<protocol::OwnAccountAnswer> answer;
    parts_.store.write_and_wait([&](records::Database& database) {
        if (call.body.sign_in && !people::end_sign_in(database, account.id, *call.body.sign_in)) return;
        if (!call.body.sign_in) people::sign_out_others(database, account.id, here);
        people::note_account_act(database, act(call, AccountActKind::sign_ins_ended));
        answer = shown(database, account, here);
    });
    if (!answer) return call.reply.refuse(RefusalWord::not_found);
    parts_.log.info("sign_ins_ended", {{"account", account.id}});
    call.reply.give(*answer);
}

}  // namespace etakahvila::api
