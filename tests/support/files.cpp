#include "support/files.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace etakahvila::testing {
namespace {

std::string whole(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error{"no file " + path};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

}  // namespace

std::string test_file(std::string_view path) { return whole(ETAKAHVILA_TESTS "/" + std::string{path}); }

std::string protocol_file(std::string_view path) { return whole(ETAKAHVILA_PROTOCOL "/" + std::string{path}); }

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace etakahvila::testing
