#pragma once

// Who asks, and whether they may: the one place in which the table of routes is asked.

#include <optional>
#include <variant>

#include "api/call.hpp"
#include "api/cookies.hpp"
#include "api/links.hpp"
#include "journal/records.hpp"
#include "net/http_rules.hpp"

namespace etakahvila::api {

class Access {
public:
    struct Parts {
        const base::Clock& clock;
        journal::Records& store;
        const net::Origins& origins;
        const Cookies& cookies;
        Links& links;
    };
    explicit Access(Parts parts) : parts_{parts} {}

    /// Finds who asks, and whether they may; nothing when they may. Nobody that is known: 401. Whoever has no right to
    /// the session learns nothing of it: not_found.
    std::optional<Denial> why_not(const protocol::Route& route, AnyCall& call);

private:
    std::variant<Caller, Denial> who_asks(const protocol::Route& route, const AnyCall& call);
    /// By the cookie; nothing when nobody is signed in there.
    std::optional<Caller> signed_in(const AnyCall& call);
    bool is_from_our_page(const net::Request& request) const { return parts_.origins.allow(request.origin); }

    Parts parts_;
};

}  // namespace etakahvila::api
