#pragma once

// One request on its way through: who asks what, and how it is answered.

#include "api/caller.hpp"
#include "api/reply.hpp"
#include "protocol/api/accounts.hpp"
#include "protocol/api/periods.hpp"

namespace etakahvila::api {

namespace routes = protocol::routes;

/// Of the path, where it names one.
struct PathNumbers {
    protocol::SessionId session{};
    protocol::PersonId person{};
    protocol::AccountId account{};
    protocol::SeriesId series{};
    protocol::PeriodId period{};
    std::string token{};
};

/// What calls of all routes have.
struct AnyCall : PathNumbers {
    net::Request request;
    /// Lent until the handler returns.
    records::Database& reader;
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
