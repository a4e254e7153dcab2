#pragma once

// A recorded meeting, as tests/data/meetings holds it: one JSON object a line.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/enum_names.hpp"
#include "base/time.hpp"

namespace etakahvila::player {

enum class Op : std::uint8_t { join, leave, chat, request, withdraw, grant, show };
constexpr std::array<std::string_view, 7> names_of(Op) {
    return {"join", "leave", "chat", "request", "withdraw", "grant", "show"};
}

/// Which fields a record has goes by its op, and is checked when it is read.
struct Record {
    /// Since the meeting began. The file has seconds, whole or not.
    base::Milliseconds t{};
    Op op{};
    std::optional<std::string> who;
    /// Which of the person's connections.
    std::optional<std::string> conn;
    /// Who asked for someone else.
    std::optional<std::string> by;
    /// Of a message, in characters.
    std::optional<std::int64_t> len;
    /// The queue after this, as the meeting's own bot told it; a person may stand in it twice.
    std::optional<std::vector<std::string>> queue;
    bool operator==(const Record&) const = default;
};

struct Meeting {
    std::string name;
    /// By time; records of the same moment in the order of the file.
    std::vector<Record> records;
};

/// A line of the file that is not used, counted from 1, and why.
struct BadRecord {
    std::size_t line{};
    std::string why;
    bool operator==(const BadRecord&) const = default;
};

/// Reads all or names every bad record. It is strict about what is said: no key is unknown or repeated, and
/// each op has its fields and no others. It is not strict about how other programs write: empty lines, a
/// byte order mark, the line ends of any system, `null` for what is not there, 40.0 for 40.
std::variant<Meeting, std::vector<BadRecord>> read_meeting(std::string name, std::string_view text);

/// For a person, in one sentence however many there are: "698 lines could not be read; first: line 1: …".
std::string to_words(const std::vector<BadRecord>& bad);

}  // namespace etakahvila::player
