#pragma once

// The staff's own door: a name and a password, and out again.

#include "api/call.hpp"
#include "api/cookies.hpp"
#include "api/guesses.hpp"
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
        const Cookies& cookies;
        TicketDesk& tickets;
    };
    explicit SignIn(Parts parts) : parts_{parts} {}

    void handle(Call<routes::SignIn>& call);
    void handle(Call<routes::LookAtPasswordLink>& call);
    void handle(Call<routes::SetPassword>& call);
    void handle(Call<routes::ShowMe>& call);
    void handle(Call<routes::SignOut>& call);
    void handle(Call<routes::EnterSession>& call);

private:
    /// One that is right works whatever else comes from its network.
    void refuse_password_link(const AnyCall& call, const Reply& reply);
    /// A new sign-in in the place of the one that the request shows.
    net::Response signed_in(const net::Request& request, protocol::AccountId account);
    /// The word of a device in which the account's owner has signed in before, when the request comes from one.
    std::optional<std::string> device_of(const AnyCall& call, protocol::AccountId account);

    Parts parts_;
};

}  // namespace etakahvila::api
