// The seeds of a target as libFuzzer wants them, each in a file of its own, and the words in them
// as its dictionary.
//
//     fuzz_seeds FOLDER DICTIONARY SEEDS…

#include <exception>
#include <fstream>
#include <iostream>
#include <set>

#include "fuzz/seeds.hpp"

using namespace etakahvila::fuzz;

namespace {

constexpr std::size_t word_bytes_max = 40;

/// What stands in quotes, the quotes with it.
void add_words(const std::string& seed, std::set<std::string>& words) {
    for (auto begin = seed.find('"'); begin != seed.npos; begin = seed.find('"', begin)) {
        const auto end = seed.find('"', begin + 1);
        if (end == seed.npos) return;
        const auto word = seed.substr(begin + 1, end - begin - 1);
        const bool is_word = !word.empty() && word.size() <= word_bytes_max &&
                             word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == word.npos;
        if (is_word) words.insert(word);
        begin = is_word ? end + 1 : begin + 1;
    }
}

}  // namespace

int main(int count, char** words) try {
    const std::vector<std::filesystem::path> given{words + 1, words + count};
    if (given.size() < 3) return std::cerr << "fuzz_seeds FOLDER DICTIONARY SEEDS…\n", 2;
    const auto seeds = read_seeds(std::span{given}.subspan(2));
    std::filesystem::create_directories(given[0]);
    std::set<std::string> known;
    for (std::size_t index = 0; index < seeds.size(); ++index) {
        std::ofstream{given[0] / ("seed-" + std::to_string(index)), std::ios::binary} << seeds[index];
        add_words(seeds[index], known);
    }
    std::ofstream dictionary{given[1]};
    for (const auto& word : known) dictionary << R"("\")" << word << R"(\"")" << '\n';
} catch (const std::exception& thrown) {
    std::cerr << thrown.what() << '\n';
    return 1;
}
