// The unit twin of a fuzz target: its seeds, each as it is, cut short and with bits turned, and then
// bytes from a generator that is the same every time. In the build of every compiler, in every run
// of the tests.
//
//     fuzz_voice_frame RUNS SEEDS…

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>

#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"
#include "support/chance.hpp"

using namespace etakahvila;

namespace {

constexpr std::int64_t bytes_max = 1500;

std::string running;

/// What the target stopped at, so that it can be made a test.
void tell_input(int signal) {
    std::cerr << "hex: ";
    for (const char byte : running)
        std::cerr << "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4]
                  << "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    std::cerr << std::endl;
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const std::string& input) {
    running = input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string any_bytes(testing::Chance& chance) {
    std::string bytes(static_cast<std::size_t>(chance.number(0, bytes_max)), '\0');
    for (auto& byte : bytes) byte = static_cast<char>(chance.number(0, 255));
    return bytes;
}

std::string changed(testing::Chance& chance, std::string seed) {
    const auto size = static_cast<std::int64_t>(seed.size());
    switch (chance.number(0, 3)) {
        case 0: return seed.substr(0, static_cast<std::size_t>(chance.number(0, size)));
        case 1:
        case 2:
            for (auto turned = size == 0 ? 0 : chance.number(1, 4); turned > 0; --turned)
                seed[static_cast<std::size_t>(chance.number(0, size - 1))] ^= static_cast<char>(
                    1 << chance.number(0, 7));
            return seed;
        default: {
            auto bytes = any_bytes(chance);
            // Half of them begin as something that is known does.
            if (chance.once_in(2)) bytes.replace(0, std::min<std::size_t>(4, bytes.size()), seed.substr(0, 4));
            return bytes;
        }
    }
}

}  // namespace

int main(int count, char** words) try {
    for (const int signal : {SIGILL, SIGSEGV, SIGABRT, SIGFPE}) std::signal(signal, tell_input);
    if (count < 3) return std::cerr << words[0] << " RUNS SEEDS…\n", 2;
    const std::vector<std::filesystem::path> paths{words + 2, words + count};
    const auto seeds = fuzz::read_seeds(paths);
    for (const auto& seed : seeds) run(seed);
    testing::Chance chance{1};
    const auto runs = std::stoul(words[1]);
    for (std::size_t index = 0; index < runs; ++index) run(changed(chance, seeds[index % seeds.size()]));
    std::cout << seeds.size() + runs << " inputs\n";
} catch (const std::exception& thrown) {
    std::cerr << thrown.what() << '\n';
    return 1;
}
