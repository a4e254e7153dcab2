#pragma once

// Catch2, and how our things are printed when a test fails: described structs as their JSON,
// enums by name, times in ms. Include this in place of Catch2's own header.

#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#define CATCH_CONFIG_ENABLE_VARIANT_STRINGMAKER
#include <catch2/catch.hpp>

#include "base/json.hpp"
#include "protocol/messages.hpp"

namespace Catch {

template <class Tag>
struct StringMaker<etakahvila::base::Id<Tag>> {
    static std::string convert(etakahvila::base::Id<Tag> id) { return "#" + std::to_string(id.value); }
};

template <>
struct StringMaker<etakahvila::base::RoomTime> {
    static std::string convert(etakahvila::base::RoomTime at) { return "at " + std::to_string(at.ms) + " ms"; }
};

template <>
struct StringMaker<etakahvila::base::UtcTime> {
    static std::string convert(etakahvila::base::UtcTime at) { return "utc " + std::to_string(at.ms) + " ms"; }
};

template <>
struct StringMaker<etakahvila::base::Milliseconds> {
    static std::string convert(etakahvila::base::Milliseconds span) { return std::to_string(span.count()) + " ms"; }
};

template <class Enum>
struct StringMaker<Enum, std::enable_if_t<etakahvila::base::NamedEnum<Enum>>> {
    static std::string convert(Enum value) { return std::string{etakahvila::base::name_of(value)}; }
};

/// Structs that are described all the way down.
template <class Struct>
struct StringMaker<Struct, std::enable_if_t<etakahvila::base::json::Described<Struct>>> {
    static std::string convert(const Struct& value) { return etakahvila::base::json::to_text(value); }
};

}  // namespace Catch
