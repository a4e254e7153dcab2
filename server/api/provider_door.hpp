#pragma once

// The staff's other door: the city's own sign-in. What a provider says is waited for on threads of its own.

#include "api/call.hpp"
#include "api/cookies.hpp"
#include "api/guesses.hpp"
#include "api/sign_in.hpp"
#include "journal/reader_pool.hpp"
#include "journal/records.hpp"
#include "oidc/provider.hpp"
#include "protocol/api/provider.hpp"

namespace etakahvila::api {

/// The city's own sign-in: all of it, or none.
struct CitySignIn {
    oidc::Provider* provider = nullptr;
    /// For whatever waits for the provider.
    journal::Pool* pool = nullptr;
    /// What the button says.
    std::string name{};
};

class ProviderDoor {
public:
    using Routes = protocol::ProviderRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        Guesses& guesses;
        const Cookies& cookies;
        SignIn& sign_in;
        CitySignIn city;
    };
    explicit ProviderDoor(Parts parts);

    void handle(Call<routes::GoToProvider>& call);
    void handle(Call<routes::ComeBack>& call);
    void handle(Call<routes::ShowBindingCode>& call);
    void handle(Call<routes::BindAccount>& call);
    void handle(Call<routes::UnbindAccount>& call);

private:
    using Outcome = protocol::ProviderOutcome;
    /// What the provider says of itself is not taken, or it does not answer: logged, and in a word for whoever waits.
    Outcome trouble(oidc::Wrong wrong);
    Outcome trouble(const oidc::Down& down);
    /// To the page of the sign-in, which says what is in the way.
    net::Response sent_on(Outcome outcome) const;
    /// On a thread of the pool.
    net::Response let_in(const records::Database& reader, const net::Request& request, const oidc::Identity& identity);

    Parts parts_;
    oidc::BegunSignIns begun_;
};

}  // namespace etakahvila::api
