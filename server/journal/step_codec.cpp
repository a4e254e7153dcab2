#include "journal/step_codec.hpp"

#include <boost/describe/class.hpp>

#include "base/json.hpp"

namespace etakahvila::journal {
namespace {

constexpr std::int64_t record_version = 1;

struct StoredStep {
    std::int64_t v{};
    base::RoomTime at;
    base::UtcTime utc;
    std::optional<protocol::PersonId> by;
    std::optional<std::string> command;
    std::optional<protocol::Refusal> refused;
    std::vector<domain::Event> events;
};
BOOST_DESCRIBE_STRUCT(StoredStep, (), (v, at, utc, by, command, refused, events))

}  // namespace

std::string encode_step(const domain::Step& step) {
    StoredStep record{.v = record_version,
        .at = step.stamp.at,
        .utc = step.stamp.utc,
        .by = step.member,
        .command = {},
        .refused = step.refusal,
        .events = step.events};
    if (!step.command.empty()) record.command = step.command;
    return base::json::to_text(record);
}

std::optional<domain::Step> decode_step(domain::Seq seq, std::string_view text) {
    thread_local simdjson::dom::parser parser;
    auto read = base::json::from_text<StoredStep>(parser, text);
    auto* record = std::get_if<StoredStep>(&read);
    if (record == nullptr || record->v != record_version) return std::nullopt;
    return domain::Step{.seq = seq,
        .stamp = {.at = record->at, .utc = record->utc},
        .member = record->by,
        .command = std::move(record->command).value_or(""),
        .refusal = record->refused,
        .events = std::move(record->events)};
}

}  // namespace etakahvila::journal
