#pragma once

// Which subject answers a request. The table is the schema's (protocol/api/routes.hpp): a route there without a handler
// here does not compile, and no handler is of a route that is not there.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/call.hpp"
#include "api/query.hpp"
#include "protocol/api/routes.hpp"

namespace etakahvila::api {

template <class Subject, class Route>
concept Handles = requires(Subject& subject, Call<Route>& call) { subject.handle(call); };

/// Of all routes a subject handles its own, and no other.
template <class Subject, class Route>
inline constexpr bool is_rightly_handled = Handles<Subject, Route> ==
                                           boost::mp11::mp_contains<typename Subject::Routes, Route>::value;

class Router {
public:
    struct Row {
        protocol::Route route;
        /// Reads the query and the body, and hands them to the route's handler; refuses what cannot be read.
        std::function<void(AnyCall call, const Reply& reply)> serve;
    };
    /// A row, and the numbers that the path has where the row's path has words in capitals.
    struct Match {
        const Row& row;
        PathNumbers numbers{};
    };

    /// Of all subjects, in the schema's order. They outlive it.
    template <class... Subjects>
    static Router of(Subjects&... subjects) {
        using Handled = boost::mp11::mp_append<typename Subjects::Routes...>;
        static_assert(std::is_same_v<Handled, protocol::Routes>, "each subject of the schema has its class");
        Router router;
        (router.add(subjects), ...);
        return router;
    }

    /// Whoever asks for a head gets that of what GET would give.
    std::optional<Match> find(const net::Request& request) const;

    /// What may be asked for at this path, as `Allow` lists it; empty when nothing is there.
    std::string methods(std::string_view path) const;

private:
    template <class Route, class Subject>
    static void serve(Subject& subject, AnyCall any, const Reply& reply) {
        Call<Route> call{std::move(any), ReplyWith<typename Route::Answer>{reply}};
        if (!read_query(call.request, call.query) || !read_body(call.request, call.body))
            return reply.refuse(protocol::RefusalWord::invalid);
        subject.handle(call);
    }

    static bool read_body(const net::Request&, protocol::Nothing&) { return true; }
    /// Whoever takes a file looks into it.
    static bool read_body(const net::Request&, protocol::File&) { return true; }
    template <class Body>
    static bool read_body(const net::Request& request, Body& body) {
        simdjson::dom::parser parser;
        auto read = base::json::from_text<Body>(parser, request.body);
        if (auto* value = std::get_if<Body>(&read)) body = std::move(*value);
        return std::holds_alternative<Body>(read);
    }

    template <class Subject>
    void add(Subject& subject) {
        boost::mp11::mp_for_each<protocol::Routes>([]<class Route>(Route) {
            static_assert(is_rightly_handled<Subject, Route>, "a subject handles each of its routes, and no other");
        });
        boost::mp11::mp_for_each<typename Subject::Routes>([&]<class Route>(Route) {
            rows_.push_back({Route::route,
                [&subject](AnyCall call, const Reply& reply) { serve<Route>(subject, std::move(call), reply); }});
        });
    }

    std::vector<Row> rows_;
};

}  // namespace etakahvila::api
