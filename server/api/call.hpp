#pragma once

// One request on its way through: who asks what, and how it is answered.

#include "api/caller.hpp"
#include "api/reply.hpp"
#include "protocol/api/accounts.hpp"

namespace etakahvila::api {

namespace routes = protocol::routes;

/// What calls of all routes have.
struct AnyCall {
    net::Request request;
    /// Lent until the handler returns.
    records::Database& reader;
    /// Of the path, where it names one.
    protocol::SessionId session{};
    protocol::PersonId person{};
    protocol::AccountId account{};
    /// Where the route is not for anyone: who asks. They may.
    Caller caller{};
};

/// A call of this route, let in and read. Its handler may move from it.
template <class Route>
struct Call : AnyCall {
    ReplyWith<typename Route::Answer> reply;
    typename Route::Query query{};
    typename Route::Body body{};
};

}  // namespace etakahvila::api
