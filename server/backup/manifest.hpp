#pragma once

// What lies in a backup, in words that a later program reads: manifest.json, and the digests of the files in
// SHA256SUMS, as `sha256sum -c SHA256SUMS` takes them.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/field_limit.hpp"
#include "base/time.hpp"
#include "domain/room/context.hpp"

namespace etakahvila::backup {

inline constexpr std::string_view database_name = "etakahvila.sqlite";
inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view sums_name = "SHA256SUMS";

inline constexpr std::size_t manifest_bytes_max = std::size_t{16} << 20;
inline constexpr std::size_t sums_bytes_max = 4096;

/// A room, and how far it goes.
struct RoomEnd {
    protocol::SessionId session;
    domain::Seq steps{};
    /// Of the last step, in hexadecimal digits.
    std::string digest;
    /// The first step that was not as it had been written when the backup was made.
    std::optional<domain::Seq> damaged_from{};
    bool operator==(const RoomEnd&) const = default;
    static constexpr std::array limits{base::FieldLimit{"steps", 0}, base::FieldLimit{"digest", 32, 32}};
};
BOOST_DESCRIBE_STRUCT(RoomEnd, (), (session, steps, digest, damaged_from))

/// The tables of one part of the program.
struct PartVersion {
    std::string part;
    std::int64_t version{};
    bool operator==(const PartVersion&) const = default;
    static constexpr std::array limits{base::FieldLimit{"part", 1, 100}};
};
BOOST_DESCRIBE_STRUCT(PartVersion, (), (part, version))

struct Manifest {
    /// Of this file's own shape.
    std::int64_t manifest = 1;
    /// Who made the backup.
    std::string program;
    /// journal::format_level of the data.
    std::int64_t level{};
    /// When it was begun.
    base::UtcTime made_at;
    std::vector<PartVersion> parts;
    std::vector<RoomEnd> rooms;
    bool operator==(const Manifest&) const = default;
    static constexpr std::array limits{base::FieldLimit{"program", 1, 200}, base::FieldLimit{"level", 1, 1'000'000}};
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (manifest, program, level, made_at, parts, rooms))

std::string to_text(const Manifest& manifest);
/// Nothing when it is not one of this shape.
std::optional<Manifest> read_manifest(std::string_view text);

/// File names and their SHA-256.
using Sums = std::map<std::string, std::string, std::less<>>;

std::string to_text(const Sums& sums);
/// Nothing when a line is not as `sha256sum` writes it, or a name is there twice or is more than a name.
std::optional<Sums> read_sums(std::string_view text);

}  // namespace etakahvila::backup
