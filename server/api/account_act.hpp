#pragma once

// An account act of whoever calls: the caller's account, or the key by which they came.

#include "api/call.hpp"
#include "people/account_acts.hpp"

namespace etakahvila::api {

inline people::AccountAct account_act(
    const AnyCall& call, base::UtcTime now, people::AccountActKind kind, std::optional<people::AccountId> account) {
    people::AccountAct act{.at = now, .act = kind, .account = account};
    if (call.caller.account) act.by_account = call.caller.account->id;
    if (call.caller.invitation) act.by_invitation = call.caller.invitation->id;
    return act;
}

}  // namespace etakahvila::api
