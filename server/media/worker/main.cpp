// The second process: one picture in by its input, one answer out by its output (media/answers.hpp). It knows no
// server.

#include <array>
#include <cerrno>
#include <new>
#include <string>
#include <string_view>

#include <unistd.h>

#include "media/answers.hpp"
#include "media/worker/remake.hpp"
#include "media/worker/sandbox.hpp"

namespace {

using namespace etakahvila::media;

/// More than the server ever sends.
constexpr std::size_t bytes_max = std::size_t{16} * 1024 * 1024;

std::string read_all() {
    std::string all;
    std::array<char, 65'536> piece{};
    while (all.size() <= bytes_max) {
        const auto came = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (came < 0 && errno == EINTR) continue;
        if (came <= 0) break;
        all.append(piece.data(), static_cast<std::size_t>(came));
    }
    return all;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto went = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (went < 0 && errno == EINTR) continue;
        if (went <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(went));
    }
    return true;
}

Remade answer_to(const std::string& given) {
    if (given.size() > bytes_max) return {Verdict::too_large, {}};
    try {
        return remake(given);
    } catch (const std::bad_alloc&) {
        return {Verdict::too_large, {}};
    }
}

}  // namespace

int main(int argc, char** argv) {
    const bool looks_only = argc == 2 && std::string_view{argv[1]} == look_option;
    if (!shut_in()) ::_exit(exit_no_sandbox);
    if (looks_only) ::_exit(is_shut_in() ? exit_shut_in : exit_no_sandbox);
    const auto remade = answer_to(read_all());
    const bool is_said = write_all(std::string(1, static_cast<char>(remade.verdict)) + remade.jpeg);
    // Nothing that ends a program by way of files is left to be done.
    ::_exit(is_said ? exit_said : 1);
}
