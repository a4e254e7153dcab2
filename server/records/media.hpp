#pragma once

// The port of what is no row: pictures and files, as bytes under a name. Nothing uses it yet. What every store must do
// is in tests/records/media_test.cpp.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/error.hpp"
#include "records/value.hpp"

namespace etakahvila::records {

inline constexpr std::size_t media_name_bytes_max = 64;

/// a-z, 0-9, - and _, and dots within: such a name leads nowhere else, whatever keeps it.
constexpr bool is_media_name(std::string_view name) {
    const auto is_taken = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
    };
    if (name.empty() || name.size() > media_name_bytes_max || !is_taken(name.front()) || !is_taken(name.back()))
        return false;
    for (const char byte : name) {
        if (!is_taken(byte) && byte != '.') return false;
    }
    return true;
}

/// From any thread. A name that is none is an Error (Fault::other) to put, and nothing to all others.
class Media {
public:
    Media() = default;
    virtual ~Media() = default;
    Media(const Media&) = delete;
    Media& operator=(const Media&) = delete;

    /// In the place of what has this name. Whole, or as it was before.
    virtual void put(std::string_view name, Bytes bytes) = 0;
    virtual std::optional<std::string> get(std::string_view name) const = 0;
    /// False when there was nothing of this name.
    virtual bool drop(std::string_view name) = 0;
    /// All names, in order.
    virtual std::vector<std::string> list() const = 0;
};

}  // namespace etakahvila::records
