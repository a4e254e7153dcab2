#include "player/meeting.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace etakahvila::player {
namespace {

using base::name_of;

constexpr std::int64_t seconds_most = 24 * 3600;
constexpr std::int64_t length_most = 10'000;
constexpr std::size_t name_bytes_most = 40;

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= name_bytes_most && std::all_of(text.begin(), text.end(), [](unsigned char c) { return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

/// What is wrong with the line though its JSON is right; empty when nothing is.
std::string fault_of(const Line& line) {
    const auto rule = [&](std::string_view field, bool is_there, bool is_needed, bool is_allowed) -> std::string {
        if (is_needed && !is_there) return "lacks " + std::string{field};
        if (is_there && !is_allowed) return "has " + std::string{field} + ", which " + std::string{name_of(line.op)} + " does not have";
        return {};
    };
    const bool is_line_of_connection = line.op == Op::join || line.op == Op::leave;
    const bool tells_queue = line.op == Op::request || line.op == Op::withdraw || line.op == Op::show;
    for (auto fault : {rule("who", line.who.has_value(), line.op != Op::show, line.op != Op::show),
                       rule("conn", line.conn.has_value(), is_line_of_connection, is_line_of_connection),
                       rule("by", line.by.has_value(), false, line.op == Op::request),
                       rule("len", line.len.has_value(), line.op == Op::chat, line.op == Op::chat),
                       rule("queue", line.queue.has_value(), tells_queue, tells_queue)}) {
        if (!fault.empty()) return fault;
    }
    if (line.t < 0 || line.t > seconds_most) return "t is out of bounds";
    if (line.len && (*line.len < 1 || *line.len > length_most)) return "len is out of bounds";
    for (const auto* name : {&line.who, &line.conn, &line.by}) {
        if (*name && !is_name(**name)) return "a name is not of small letters, digits and '-'";
    }
    if (line.queue && !std::all_of(line.queue->begin(), line.queue->end(), is_name)) return "a name is not of small letters, digits and '-'";
    return {};
}

}  // namespace

std::variant<Meeting, std::vector<BadLine>> read_meeting(std::string name, std::string_view text) {
    Meeting meeting{.name = std::move(name), .lines = {}};
    std::vector<BadLine> bad;
    simdjson::dom::parser parser;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const auto piece = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        auto read = base::json::from_text<Line>(parser, piece);
        if (const auto* fault = std::get_if<base::json::Fault>(&read)) {
            bad.push_back({number, fault->path.empty() ? std::string{fault->why} : fault->path + " " + std::string{fault->why}});
            continue;
        }
        auto& line = std::get<Line>(read);
        if (auto fault = fault_of(line); !fault.empty()) bad.push_back({number, std::move(fault)});
        else meeting.lines.push_back(std::move(line));
    }
    if (bad.empty() && meeting.lines.empty()) bad.push_back({1, "there is no line"});
    if (!bad.empty()) return bad;
    std::stable_sort(meeting.lines.begin(), meeting.lines.end(), [](const Line& a, const Line& b) { return a.t < b.t; });
    return meeting;
}

}  // namespace etakahvila::player
