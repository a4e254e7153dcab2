#pragma once

// A room to look at: a server with simulated people in a folder that is gone afterwards.

#include <cstdint>
#include <filesystem>

namespace CLI {
class App;
}

namespace etakahvila::demo {

struct DemoOptions {
    /// The next free one when it is taken.
    std::uint16_t port = 8080;
    /// A certificate of its own, on all addresses, for phones. Otherwise this machine only.
    bool has_tls = false;
    /// The built web client; found as `serve` finds it when empty.
    std::filesystem::path web{};
};

/// Prints four links and runs until SIGINT or SIGTERM; a second one ends it at once. Its exit code.
/// Throws std::runtime_error with a sentence for the operator.
int run_demo(const DemoOptions& options);

}  // namespace etakahvila::demo

namespace etakahvila::cli {

void add_demo(CLI::App& program, int& exit_code);

}  // namespace etakahvila::cli
