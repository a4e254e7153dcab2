#pragma once

// The staff's accounts, for who coordinates all: made, changed, locked, and let in by a one-time link.

#include "api/call.hpp"
#include "api/guesses.hpp"
#include "journal/records.hpp"
#include "people/account_acts.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Accounts {
public:
    using Routes = protocol::AccountsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const Guesses& guesses;
        /// Where links lead to.
        std::string site;
        /// What the city's own sign-in is called; empty: there is none.
        std::string provider;
    };
    explicit Accounts(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::ListAccounts>& call);
    void handle(Call<routes::AddAccount>& call);
    void handle(Call<routes::ChangeAccount>& call);
    void handle(Call<routes::MakePasswordLink>& call);
    void handle(Call<routes::LockAccount>& call);
    void handle(Call<routes::ResetSecondStep>& call);
    void handle(Call<routes::PutSecondStepRule>& call);
    void handle(Call<routes::ListAccountActs>& call);

private:
    /// What the account was let in as it may no longer be.
    void shut_out(const AnyCall& call);
    /// By whoever calls; of the site without an account.
    people::AccountAct act(
        const AnyCall& call, people::AccountActKind kind, std::optional<people::AccountId> account) const;

    Parts parts_;
};

}  // namespace etakahvila::api
