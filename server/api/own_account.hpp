#pragma once

// One's own account, for anyone of the staff.

#include "api/own_password.hpp"
#include "journal/records.hpp"
#include "people/account_acts.hpp"
#include "protocol/api/own_account.hpp"

namespace etakahvila::api {

class OwnAccount {
public:
    using Routes = protocol::OwnAccountRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        const OwnPassword& own_password;
        /// What an app of codes calls us.
        std::string site;
    };
    explicit OwnAccount(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::ShowOwnAccount>& call);
    void handle(Call<routes::ChangePassword>& call);
    void handle(Call<routes::BeginSecondStep>& call);
    void handle(Call<routes::ConfirmSecondStep>& call);
    void handle(Call<routes::RenewSpareCodes>& call);
    void handle(Call<routes::DropSecondStep>& call);
    void handle(Call<routes::EndSignIns>& call);

private:
    protocol::OwnAccountAnswer shown(
        const records::Database& reader, const people::Account& account, people::SignInId here) const;
    /// Done by whom it is about.
    people::AccountAct act(const AnyCall& call, people::AccountActKind kind) const;

    Parts parts_;
};

}  // namespace etakahvila::api
