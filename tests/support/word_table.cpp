#include "support/word_table.hpp"

#include <sstream>
#include <stdexcept>

#include "support/files.hpp"

namespace etakahvila::testing {
namespace {

void append_utf8(std::string& out, unsigned long c) {
    const auto unit = [&](unsigned long bits) { out += static_cast<char>(bits); };
    if (c < 0x80) return unit(c);
    if (c < 0x800) {
        unit(0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            unit(0xe0 | c >> 12);
        } else {
            unit(0xf0 | c >> 18);
            unit(0x80 | (c >> 12 & 0x3f));
        }
        unit(0x80 | (c >> 6 & 0x3f));
    }
    unit(0x80 | (c & 0x3f));
}

std::string unescaped(const std::string& text) {
    std::string out;
    for (std::size_t index = 0; index < text.size();) {
        const auto end = text.find('}', index);
        if (text.compare(index, 3, "\\u{") == 0 && end != std::string::npos) {
            append_utf8(out, std::stoul(text.substr(index + 3, end - index - 3), nullptr, 16));
            index = end + 1;
        } else if (text.compare(index, 2, "\\n") == 0) {
            out += '\n';
            index += 2;
        } else {
            out += text[index++];
        }
    }
    return out;
}

}  // namespace

std::vector<WordRow> WordTable::all() const {
    auto rows = innocent;
    rows.insert(rows.end(), hostile.begin(), hostile.end());
    return rows;
}

WordTable word_table(const std::string& name) {
    constexpr std::string_view arrow = " => ";
    WordTable table;
    bool is_hostile = false;
    std::istringstream lines{test_file("data/" + name)};
    for (std::string line; std::getline(lines, line);) {
        is_hostile = is_hostile || line.starts_with("# -- hostile");
        if (line.empty() || line.starts_with("# ")) continue;
        const auto at = line.find(arrow);
        if (at == std::string::npos) throw std::runtime_error{name + ": no arrow in " + line};
        (is_hostile ? table.hostile : table.innocent)
            .push_back({.input = unescaped(line.substr(0, at)),
                .result = unescaped(line.substr(at + arrow.size())),
                .line = line});
    }
    return table;
}

}  // namespace etakahvila::testing
