#include "api/router.hpp"

#include <algorithm>

namespace etakahvila::api {
namespace {

using protocol::Route;

std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

std::optional<std::int64_t> number_in(std::string_view segment) {
    const auto number = query_value(segment, std::type_identity<std::int64_t>{});
    return number && *number > 0 && *number <= base::json::integer_most ? number : std::nullopt;
}

/// Whether the path has the form of the match's row; then its numbers are in the match.
bool fits(Router::Match& match, std::string_view path) {
    auto form = match.row.route.path;
    while (!form.empty() && !path.empty()) {
        const auto expected = next_segment(form);
        const auto segment = next_segment(path);
        const bool is_word = expected.empty() || expected.front() < 'A' || expected.front() > 'Z';
        if (is_word) {
            if (expected != segment) return false;
            continue;
        }
        if (expected == "TOKEN") {
            match.numbers.token = segment;
            continue;
        }
        const auto number = number_in(segment);
        if (!number) return false;
        if (expected == "ID") match.numbers.session = protocol::SessionId{*number};
        if (expected == "PERSON") match.numbers.person = protocol::PersonId{*number};
        if (expected == "ACCOUNT") match.numbers.account = protocol::AccountId{*number};
        if (expected == "SERIES") match.numbers.series = protocol::SeriesId{*number};
        if (expected == "PERIOD") match.numbers.period = protocol::PeriodId{*number};
    }
    return form.empty() && path.empty();
}

}  // namespace

std::optional<Router::Match> Router::find(const net::Request& request) const {
    using enum net::Request::Method;
    if (request.method == other) return std::nullopt;
    const auto method = request.method == post ? Route::Method::post : Route::Method::get;
    for (const auto& row : rows_) {
        Match match{.row = row};
        if (row.route.method == method && fits(match, request.path)) return match;
    }
    return std::nullopt;
}

std::string Router::methods(std::string_view path) const {
    std::string found;
    for (const auto& row : rows_) {
        Match match{.row = row};
        if (!fits(match, path)) continue;
        found += (found.empty() ? "" : ", ") +
                 std::string{row.route.method == Route::Method::post ? "POST" : "GET, HEAD"};
    }
    return found;
}

}  // namespace etakahvila::api
