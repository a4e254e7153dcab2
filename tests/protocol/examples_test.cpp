// The golden frames of protocol/examples, which the browser's tests read too.

#include <filesystem>
#include <set>

#include <boost/mp11/algorithm.hpp>

#include "protocol/connection.hpp"
#include "runtime/command_id.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::protocol;

namespace {

struct Example {
    std::string name;
    bool is_of_server{};
    std::string text;
    /// The frame stands in the file as an object: in the order of the schema, so that writing it gives the same.
    bool is_plain{};
    bool ok{};
    std::string why;
    std::string path;
    /// By which a frame that is refused is answered; else it closes the line.
    std::string id;
};

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t index = 0; index + 1 < hex.size(); index += 2)
        bytes += static_cast<char>(std::stoi(std::string{hex.substr(index, 2)}, nullptr, 16));
    return bytes;
}

/// Those of one folder of the examples.
std::vector<Example> all_examples(const std::string& folder = "examples") {
    std::vector<Example> examples;
    simdjson::dom::parser parser;
    for (const auto& entry : std::filesystem::directory_iterator{ETAKAHVILA_PROTOCOL "/" + folder}) {
        if (entry.path().extension() != ".json" || entry.path().filename() == "packets.json") continue;
        for (const auto each : simdjson::dom::array{
                 parser.parse(testing::protocol_file(folder + "/" + entry.path().filename().string()))}) {
            Example example{.name = std::string{std::string_view{each["name"]}},
                .is_of_server = std::string_view{each["frame"]} == "server",
                .text = {},
                .is_plain = false,
                .ok = bool{each["ok"]},
                .why = {},
                .path = {},
                .id = {}};
            std::string_view text;
            if (each["hex"].get(text) == simdjson::SUCCESS) {
                example.text = bytes_of(text);
            } else if (each["text"].get(text) == simdjson::SUCCESS) {
                example.text = text;
            } else {
                example.text = simdjson::minify(simdjson::dom::element{each["text"]});
                example.is_plain = true;
            }
            if (each["why"].get(text) == simdjson::SUCCESS) example.why = text;
            if (each["path"].get(text) == simdjson::SUCCESS) example.path = text;
            if (each["id"].get(text) == simdjson::SUCCESS) example.id = text;
            examples.push_back(std::move(example));
        }
    }
    return examples;
}

template <class Frame>
void check(const Example& example) {
    INFO(example.name << "\n" << example.text);
    simdjson::dom::parser parser;
    const auto result = base::json::from_text<Frame>(parser, example.text);
    if (const auto* fault = std::get_if<base::json::Fault>(&result)) {
        INFO(fault->path << " " << fault->why);
        CHECK_FALSE(example.ok);
        CHECK(fault->why == example.why);
        CHECK(fault->path == example.path);
        return;
    }
    CHECK(example.ok);
    const auto& frame = std::get<Frame>(result);
    const auto written = base::json::to_text(frame);
    if (example.is_plain) CHECK(written == example.text);
    CHECK(std::get<Frame>(base::json::from_text<Frame>(parser, written)) == frame);
}

template <class... Kinds>
void expect_all(const std::set<std::size_t>& found, boost::mp11::mp_list<Kinds...>) {
    std::vector<std::string> missing;
    std::size_t index = 0;
    const auto look = [&](std::string_view name) {
        if (!found.contains(index++)) missing.emplace_back(name);
    };
    (look(Kinds::wire_name), ...);
    CHECK(missing == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("each example is read, or refused for the reason that it names") {
    for (const auto& example : all_examples()) {
        if (example.is_of_server)
            check<ServerFrame>(example);
        else
            check<ClientFrame>(example);
    }
}

TEST_CASE("a command that is refused is answered by its id where it has one, whatever else is bad") {
    std::size_t answered = 0, odd = 0, bad = 0;
    for (const auto& example : all_examples()) {
        if (example.is_of_server) continue;
        INFO(example.name << "\n" << example.text);
        const auto id = runtime::command_id_of(example.text);
        if (example.ok) {
            simdjson::dom::parser parser;
            const auto frame = std::get<ClientFrame>(base::json::from_text<ClientFrame>(parser, example.text));
            const auto* command = std::get_if<CommandFrame>(&frame);
            CHECK(id == (command == nullptr ? std::nullopt : std::optional{command->id}));
            if (!example.is_plain) ++odd;
        } else {
            CHECK(id.value_or("") == example.id);
            ++bad;
            if (id) ++answered;
        }
    }
    CHECK(answered >= 20);
    CHECK(bad >= 40);
    CHECK(odd >= 40);
}

TEST_CASE("each example of what is said on /voice is read, or refused, and each kind has one") {
    std::set<std::size_t> client_frames, server_frames;
    simdjson::dom::parser parser;
    for (const auto& example : all_examples("examples/voice")) {
        if (example.is_of_server) {
            check<VoiceServerFrame>(example);
            if (example.ok)
                server_frames.insert(
                    std::get<VoiceServerFrame>(base::json::from_text<VoiceServerFrame>(parser, example.text)).index());
        } else {
            check<VoiceClientFrame>(example);
            if (example.ok)
                client_frames.insert(
                    std::get<VoiceClientFrame>(base::json::from_text<VoiceClientFrame>(parser, example.text)).index());
        }
    }
    expect_all(client_frames, boost::mp11::mp_rename<VoiceClientFrame, boost::mp11::mp_list>{});
    expect_all(server_frames, boost::mp11::mp_rename<VoiceServerFrame, boost::mp11::mp_list>{});
}

TEST_CASE("there is an example of every frame, every command and every change") {
    std::set<std::size_t> client_frames, server_frames, commands, changes;
    std::set<std::string> names;
    simdjson::dom::parser parser;
    for (const auto& example : all_examples()) {
        INFO(example.name);
        CHECK(names.insert(example.name).second);
        if (!example.ok) continue;
        if (example.is_of_server) {
            const auto frame = std::get<ServerFrame>(base::json::from_text<ServerFrame>(parser, example.text));
            server_frames.insert(frame.index());
            if (const auto* batch = std::get_if<Batch>(&frame)) {
                for (const auto& change : batch->changes) changes.insert(change.index());
            }
        } else {
            const auto frame = std::get<ClientFrame>(base::json::from_text<ClientFrame>(parser, example.text));
            client_frames.insert(frame.index());
            if (const auto* command = std::get_if<CommandFrame>(&frame)) commands.insert(command->command.index());
        }
    }
    using boost::mp11::mp_list;
    using boost::mp11::mp_rename;
    expect_all(client_frames, mp_rename<ClientFrame, mp_list>{});
    expect_all(server_frames, mp_rename<ServerFrame, mp_list>{});
    expect_all(commands, mp_rename<Command::variant, mp_list>{});
    expect_all(changes, mp_rename<Change::variant, mp_list>{});
}
