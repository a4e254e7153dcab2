// A message of a client, into what it means: the JSON codec, and all that the schema says of
// commands. What is taken is written as it was, nothing left out and nothing added; so a key that
// is not known, or is there twice, cannot have been passed over. What is not taken is answered by its
// id, where it has one.

#include <string_view>

#include "base/json.hpp"
#include "fuzz/target.hpp"
#include "protocol/connection.hpp"
#include "protocol/voice.hpp"
#include "runtime/command_id.hpp"

using namespace etakahvila;
namespace dom = simdjson::dom;

namespace {

std::size_t values_in(dom::element element) {
    std::size_t count = 1;
    if (dom::array items; element.get(items) == simdjson::SUCCESS) {
        for (const auto item : items) count += values_in(item);
    } else if (dom::object fields; element.get(fields) == simdjson::SUCCESS) {
        for (const auto field : fields) count += values_in(field.value);
    }
    return count;
}

/// The same keys with the same values, in any order; each key of `one` is found in `other`.
bool is_same(dom::element one, dom::element other) {
    if (dom::array items; one.get(items) == simdjson::SUCCESS) {
        dom::array others;
        if (other.get(others) != simdjson::SUCCESS || items.size() != others.size()) return false;
        auto at = others.begin();
        for (const auto item : items) {
            if (!is_same(item, *at)) return false;
            ++at;
        }
        return true;
    }
    if (dom::object fields; one.get(fields) == simdjson::SUCCESS) {
        for (const auto field : fields) {
            dom::element there;
            if (other.at_key(field.key).get(there) != simdjson::SUCCESS || !is_same(field.value, there)) return false;
        }
        return true;
    }
    if (std::string_view text; one.get(text) == simdjson::SUCCESS) {
        std::string_view there;
        return other.get(there) == simdjson::SUCCESS && text == there;
    }
    return simdjson::minify(one) == simdjson::minify(other);
}

template <class Frame>
void read_as(std::string_view text) {
    static dom::parser parser, given_parser, written_parser;
    const auto read = base::json::from_text<Frame>(parser, text);
    if (const auto* fault = std::get_if<base::json::Fault>(&read)) {
        HOLDS(!fault->why.empty());
        return;
    }
    const auto& frame = std::get<Frame>(read);
    const auto written = base::json::to_text(frame);
    const auto again = base::json::from_text<Frame>(parser, written);
    HOLDS(std::holds_alternative<Frame>(again) && std::get<Frame>(again) == frame);

    dom::element was, is;
    HOLDS(given_parser.parse(text.data(), text.size()).get(was) == simdjson::SUCCESS);
    HOLDS(written_parser.parse(written).get(is) == simdjson::SUCCESS);
    HOLDS(values_in(was) == values_in(is));
    HOLDS(is_same(was, is) && is_same(is, was));
}

/// A command has its own id, and what cannot be read has one that its sender may have meant.
void answered_by_id(std::string_view text) {
    static dom::parser parser;
    const auto id = runtime::command_id_of(text);
    const auto read = base::json::from_text<protocol::ClientFrame>(parser, text);
    if (const auto* frame = std::get_if<protocol::ClientFrame>(&read)) {
        const auto* command = std::get_if<protocol::CommandFrame>(frame);
        HOLDS(id == (command == nullptr ? std::nullopt : std::optional{command->id}));
        return;
    }
    if (id) HOLDS(!id->empty() && simdjson::validate_utf8(*id) && base::json::code_points(*id) <= 32);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    read_as<protocol::ClientFrame>(text);
    answered_by_id(text);
    read_as<protocol::VoiceClientFrame>(text);
    // The clients of the tests, and the recorded people, read these.
    read_as<protocol::ServerFrame>(text);
    return 0;
}
