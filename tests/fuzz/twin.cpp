// The unit twin of a fuzz target: the seeds, each as it is, cut short everywhere and with single
// bits turned, and then bytes from a generator that is the same every time. In the build of every
// compiler, in every run of the tests.
//
//     fuzz_voice_frame SEEDS…      files, or folders of them: raw bytes; of a .json file, each "hex"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

namespace {

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t index = 0; index + 1 < hex.size(); index += 2) bytes += static_cast<char>(std::stoi(std::string{hex.substr(index, 2)}, nullptr, 16));
    return bytes;
}

void read_seed(const std::filesystem::path& path, std::vector<std::string>& seeds) {
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (path.extension() != ".json") {
        seeds.push_back(text);
        return;
    }
    constexpr std::string_view key = "\"hex\": \"";
    for (auto at = text.find(key); at != text.npos; at = text.find(key, at)) {
        at += key.size();
        seeds.push_back(bytes_of(std::string_view{text}.substr(at, text.find('"', at) - at)));
    }
}

void run(const std::string& input) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()); }

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> seeds;
    for (int index = 1; index < count; ++index) {
        const std::filesystem::path path{words[index]};
        if (!std::filesystem::is_directory(path)) {
            read_seed(path, seeds);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator{path}) read_seed(entry.path(), seeds);
    }
    if (seeds.empty()) {
        std::cerr << "no seeds were found\n";
        return 1;
    }
    std::size_t runs = 0;
    std::mt19937_64 dice{1};
    for (const auto& seed : seeds) {
        for (std::size_t length = 0; length <= seed.size(); ++length, ++runs) run(seed.substr(0, length));
        for (int turned = 0; turned < 200 && !seed.empty(); ++turned, ++runs) {
            auto changed = seed;
            changed[dice() % seed.size()] ^= static_cast<char>(1 << dice() % 8);
            run(changed);
        }
    }
    for (int index = 0; index < 20'000; ++index, ++runs) {
        std::string some(dice() % 1500, '\0');
        for (auto& byte : some) byte = static_cast<char>(dice());
        // Half of them begin as something that is known does.
        if (index % 2 == 0) some.replace(0, std::min<std::size_t>(4, some.size()), seeds[dice() % seeds.size()].substr(0, 4));
        run(some);
    }
    std::cout << runs << " inputs\n";
}
