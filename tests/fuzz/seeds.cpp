#include "fuzz/seeds.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <simdjson.h>

#include "support/chance.hpp"
#include "support/files.hpp"

namespace etakahvila::fuzz {
namespace {

std::string dice(std::uint64_t seed, std::int64_t bytes) {
    testing::Chance chance{seed};
    std::string thrown;
    for (; bytes > 0; --bytes) thrown += static_cast<char>(chance.number(0, 255));
    return thrown;
}

std::string seed_of(simdjson::dom::element example) {
    std::string seed;
    std::string_view text;
    simdjson::dom::element frame;
    if (example["text"].get(frame) == simdjson::SUCCESS) {
        if (frame.get(text) == simdjson::SUCCESS)
            seed = text;
        else
            seed = simdjson::minify(frame);
    }
    if (example["hex"].get(text) == simdjson::SUCCESS) seed += bytes_of(text);
    std::int64_t thrown{}, bytes{};
    if (example["dice"].get(thrown) == simdjson::SUCCESS && example["bytes"].get(bytes) == simdjson::SUCCESS)
        seed += dice(static_cast<std::uint64_t>(thrown), bytes);
    return seed;
}

void add_file(const std::filesystem::path& path, std::vector<std::string>& seeds) {
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (path.extension() == ".json") {
        simdjson::dom::parser parser;
        for (const auto example : simdjson::dom::array{parser.parse(text)}) seeds.push_back(seed_of(example));
    } else if (path.extension() == ".jsonl") {
        for (auto& line : testing::lines_of(text)) seeds.push_back(std::move(line));
    } else {
        seeds.push_back(text);
    }
}

}  // namespace

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t index = 0; index + 1 < hex.size(); index += 2)
        bytes += static_cast<char>(std::stoi(std::string{hex.substr(index, 2)}, nullptr, 16));
    return bytes;
}

std::vector<std::string> read_seeds(std::span<const std::filesystem::path> paths) {
    std::vector<std::string> seeds;
    for (const auto& path : paths) {
        if (!std::filesystem::is_directory(path)) {
            add_file(path, seeds);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator{path}) {
            if (entry.is_regular_file()) add_file(entry.path(), seeds);
        }
    }
    if (seeds.empty()) throw std::runtime_error{"no seeds were found"};
    return seeds;
}

}  // namespace etakahvila::fuzz
