#pragma once

// The fields behind the question mark, as the schema has them.

#include <charconv>

#include "base/json.hpp"
#include "net/http_exchange.hpp"
#include "protocol/api/access.hpp"

namespace etakahvila::api {

inline std::optional<bool> query_value(std::string_view written, std::type_identity<bool>) {
    return written == "1" ? std::optional{true} : std::nullopt;
}
inline std::optional<std::string> query_value(std::string_view written, std::type_identity<std::string>) {
    return std::string{written};
}
inline std::optional<std::int64_t> query_value(std::string_view written, std::type_identity<std::int64_t>) {
    std::int64_t number{};
    const auto* begin = written.begin();
    const auto* end = written.end();
    const auto read = std::from_chars(begin, end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{number} : std::nullopt;
}
template <base::NamedEnum E>
std::optional<E> query_value(std::string_view written, std::type_identity<E>) {
    return base::value_named<E>(written);
}

/// Whether a number is within the bounds that its struct names.
template <class T>
bool is_in_bounds(std::string_view field, std::int64_t number) {
    if constexpr (requires { T::limits; }) {
        for (const auto& limit : T::limits) {
            if (limit.field == field) return number >= limit.least && number <= limit.most;
        }
    }
    return true;
}

/// A field that may be left out, and cannot be read, is not there. False when one that is needed is not there.
template <class T>
bool read_query([[maybe_unused]] const net::Request& request, [[maybe_unused]] T& into) {
    bool is_good = true;
    if constexpr (base::json::Described<T>) {
        boost::mp11::mp_for_each<base::json::Members<T>>([&](auto member) {
            auto& field = into.*member.pointer;
            using Field = std::remove_cvref_t<decltype(field)>;
            const auto written = request.field(member.name);
            if constexpr (base::json::is_optional<Field>) {
                if (written) field = query_value(*written, std::type_identity<typename Field::value_type>{});
            } else {
                const auto value = written ? query_value(*written, std::type_identity<Field>{}) : std::nullopt;
                if (value) field = *value;
                if constexpr (std::is_same_v<Field, std::int64_t>)
                    is_good = is_good && value && is_in_bounds<T>(member.name, field);
                else
                    is_good = is_good && value;
            }
        });
    }
    return is_good;
}

}  // namespace etakahvila::api
