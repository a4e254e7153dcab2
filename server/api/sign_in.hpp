#pragma once

// The staff's own door: a name and a password, and out again.

#include "api/call.hpp"
#include "api/cookies.hpp"
#include "api/guesses.hpp"
#include "api/own_password.hpp"
#include "api/ticket_desk.hpp"
#include "journal/records.hpp"
#include "protocol/api/sign_in.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class SignIn {
public:
    using Routes = protocol::SignInRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        /// For passwords, which keep a thread busy for long.
        journal::Pool& password_pool;
        runtime::RoomDirectory& directory;
        Guesses& guesses;
        const OwnPassword& own_password;
        const Cookies& cookies;
        TicketDesk& tickets;
        /// What an app of codes calls us.
        std::string site;
    };
    explicit SignIn(Parts parts) : parts_{std::move(parts)} {}

    void handle(Call<routes::SignIn>& call);
    void handle(Call<routes::GiveStep>& call);
    void handle(Call<routes::BeginFirstStep>& call);
    void handle(Call<routes::ConfirmFirstStep>& call);
    void handle(Call<routes::LookAtPasswordLink>& call);
    void handle(Call<routes::SetPassword>& call);
    void handle(Call<routes::ShowMe>& call);
    void handle(Call<routes::SignOut>& call);
    void handle(Call<routes::Prove>& call);
    void handle(Call<routes::EnterSession>& call);

    /// A new sign-in, of whom nothing more is asked, in the place of the one that the request shows. `proved_at`: when
    /// they have shown who they are.
    struct NewSignIn {
        protocol::MeAnswer me;
        /// Names and values of header fields.
        std::vector<std::pair<std::string_view, std::string>> fields;
    };
    NewSignIn sign_in(const net::Request& request, protocol::AccountId account, base::UtcTime proved_at);

private:
    /// One that is right works whatever else comes from its network.
    void refuse_password_link(const AnyCall& call, const Reply& reply);
    /// The password was right: a sign-in, or a half one where the second step is owed.
    net::Response after_password(
        const records::Database& reader, const net::Request& request, protocol::AccountId account);
    /// Whose half sign-in the request shows.
    std::optional<protocol::AccountId> half_of(const AnyCall& call) const;
    net::Response signed_in(const net::Request& request, protocol::AccountId account);
    /// The word of a device in which the account's owner has signed in before, when the request comes from one.
    std::optional<std::string> device_of(const AnyCall& call, protocol::AccountId account);

    Parts parts_;
};

}  // namespace etakahvila::api
