#include "player/meeting.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <simdjson.h>

namespace etakahvila::player {
namespace {

using base::Milliseconds;
using base::name_of;

constexpr std::chrono::hours longest{24};
constexpr std::int64_t length_most = 10'000;
constexpr std::size_t name_bytes_most = 40;

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= name_bytes_most &&
           std::all_of(text.begin(), text.end(),
               [](unsigned char c) { return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

/// What is wrong with the record though its JSON is right; empty when nothing is.
std::string fault_of(const Record& record) {
    const auto rule = [&](std::string_view field, bool is_there, bool is_needed, bool is_allowed) -> std::string {
        if (is_needed && !is_there) return "lacks " + std::string{field};
        if (is_there && !is_allowed)
            return "has " + std::string{field} + ", which " + std::string{name_of(record.op)} + " does not have";
        return {};
    };
    const bool is_of_connection = record.op == Op::join || record.op == Op::leave;
    const bool tells_queue = record.op == Op::request || record.op == Op::withdraw || record.op == Op::show;
    for (auto fault : {rule("who", record.who.has_value(), record.op != Op::show, record.op != Op::show),
             rule("conn", record.conn.has_value(), is_of_connection, is_of_connection),
             rule("by", record.by.has_value(), false, record.op == Op::request),
             rule("len", record.len.has_value(), record.op == Op::chat, record.op == Op::chat),
             rule("queue", record.queue.has_value(), tells_queue, tells_queue)}) {
        if (!fault.empty()) return fault;
    }
    if (record.t < Milliseconds{0} || record.t > longest) return "t is out of bounds";
    if (record.len && (*record.len < 1 || *record.len > length_most)) return "len is out of bounds";
    for (const auto* name : {&record.who, &record.conn, &record.by}) {
        if (*name && !is_name(**name)) return "a name is not of small letters, digits and '-'";
    }
    if (record.queue && !std::all_of(record.queue->begin(), record.queue->end(), is_name))
        return "a name is not of small letters, digits and '-'";
    return {};
}

/// Reads the fields of one record, each at most once.
class RecordReader {
public:
    /// What is wrong; empty when nothing is.
    std::string read(simdjson::dom::element from) {
        simdjson::dom::object object;
        if (from.get(object) != simdjson::SUCCESS) return "is not an object";
        std::set<std::string_view> seen;
        for (const auto [key, value] : object) {
            if (!seen.insert(key).second) return "has a key twice";
            if (auto fault = read_field(key, value); !fault.empty()) return fault;
        }
        for (const auto needed : {"t", "op"}) {
            if (!seen.contains(needed)) return "lacks " + std::string{needed};
        }
        return fault_of(record_);
    }

    Record take() { return std::move(record_); }

private:
    std::string read_field(std::string_view key, simdjson::dom::element value) {
        const auto fault = [&](std::string_view why) { return std::string{key} + " " + std::string{why}; };
        if (key == "t") return read_time(value) ? std::string{} : fault("is not a time in seconds");
        if (key == "op") {
            std::string_view word;
            const auto op = value.get(word) == simdjson::SUCCESS ? base::value_named<Op>(word) : std::nullopt;
            if (op) record_.op = *op;
            return op ? std::string{} : fault("is not a word that is known");
        }
        if (key == "len") return read_length(value) ? std::string{} : fault("is not a whole number");
        if (key == "queue") return read_queue(value) ? std::string{} : fault("is not a list of names");
        auto* const name = key == "who"    ? &record_.who
                           : key == "conn" ? &record_.conn
                           : key == "by"   ? &record_.by
                                           : nullptr;
        if (name == nullptr) return "has a key that is not known";
        return value.is_null() || read_text(value, name->emplace()) ? std::string{} : fault("is not a text");
    }

    static bool read_text(simdjson::dom::element value, std::string& into) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS) return false;
        into = text;
        return true;
    }

    bool read_time(simdjson::dom::element value) {
        double seconds{};
        if (value.get(seconds) != simdjson::SUCCESS) return false;
        // Far out of bounds is out of bounds, and fits a count of milliseconds.
        const auto near = std::clamp(seconds, -1.0, std::chrono::duration<double>{longest}.count() + 1);
        record_.t = Milliseconds{std::llround(near * 1000)};
        if (seconds < 0 && record_.t == Milliseconds{0}) record_.t = Milliseconds{-1};
        return true;
    }

    bool read_length(simdjson::dom::element value) {
        if (value.is_null()) return true;
        double length{};
        if (value.get(length) != simdjson::SUCCESS || length != std::floor(length)) return false;
        record_.len = static_cast<std::int64_t>(std::clamp(length, -1.0, static_cast<double>(length_most) + 1));
        return true;
    }

    bool read_queue(simdjson::dom::element value) {
        if (value.is_null()) return true;
        simdjson::dom::array written;
        if (value.get(written) != simdjson::SUCCESS) return false;
        auto& queue = record_.queue.emplace();
        for (const auto name : written) {
            if (!read_text(name, queue.emplace_back())) return false;
        }
        return true;
    }

    Record record_;
};

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view blank = " \t\r\n";

/// The next line of the text without its end, which is LF, CR LF, or CR alone.
std::string_view take_text_line(std::string_view& text) {
    const auto end = text.find_first_of("\r\n");
    const auto text_line = text.substr(0, end);
    if (end == std::string_view::npos)
        text = {};
    else
        text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    return text_line;
}

}  // namespace

std::variant<Meeting, std::vector<BadRecord>> read_meeting(std::string name, std::string_view text) {
    Meeting meeting{.name = std::move(name), .records = {}};
    std::vector<BadRecord> bad;
    simdjson::dom::parser parser;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        auto piece = take_text_line(text);
        // Also in the middle: where files were put together.
        if (piece.starts_with(byte_order_mark)) piece.remove_prefix(byte_order_mark.size());
        if (piece.find_first_not_of(blank) == std::string_view::npos) continue;
        simdjson::dom::element element;
        if (parser.parse(piece.data(), piece.size()).get(element) != simdjson::SUCCESS) {
            bad.push_back({number, "is not JSON in UTF-8"});
            continue;
        }
        RecordReader reader;
        if (auto fault = reader.read(element); !fault.empty())
            bad.push_back({number, std::move(fault)});
        else
            meeting.records.push_back(reader.take());
    }
    if (bad.empty() && meeting.records.empty()) bad.push_back({1, "there is none"});
    if (!bad.empty()) return bad;
    std::stable_sort(
        meeting.records.begin(), meeting.records.end(), [](const Record& a, const Record& b) { return a.t < b.t; });
    return meeting;
}

std::string to_words(const std::vector<BadRecord>& bad) {
    const auto count = std::to_string(bad.size()) + (bad.size() == 1 ? " line" : " lines");
    return count + " could not be read; first: line " + std::to_string(bad.front().line) + ": " + bad.front().why;
}

}  // namespace etakahvila::player
