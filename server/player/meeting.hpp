#pragma once

// A recorded meeting, as tests/data/meetings holds it: one JSON object a line.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/enum_names.hpp"

namespace etakahvila::player {

enum class Op : std::uint8_t { join, leave, chat, request, withdraw, grant, show };
constexpr std::array<std::string_view, 7> names_of(Op) { return {"join", "leave", "chat", "request", "withdraw", "grant", "show"}; }

/// One line. Which fields a line has goes by its op, and is checked when it is read.
struct Line {
    /// Seconds since the meeting began.
    std::int64_t t{};
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
    bool operator==(const Line&) const = default;
};
BOOST_DESCRIBE_STRUCT(Line, (), (t, op, who, conn, by, len, queue))

struct Meeting {
    std::string name;
    /// By time; lines of the same second in the order of the file.
    std::vector<Line> lines;
};

/// A line that is not used, counted from 1, and why.
struct BadLine {
    std::size_t line{};
    std::string why;
    bool operator==(const BadLine&) const = default;
};

/// Reads all or names every bad line. Strict: no unknown or repeated key, no field that the op
/// does not have, none missing.
std::variant<Meeting, std::vector<BadLine>> read_meeting(std::string name, std::string_view text);

}  // namespace etakahvila::player
