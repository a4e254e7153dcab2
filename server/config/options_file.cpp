// The file of options, as it is written.

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include <toml++/toml.h>

#include "config/options.hpp"

namespace etakahvila::config {
namespace {

constexpr std::size_t columns = 100;

/// A basic string of TOML.
std::string quoted(std::string_view text) {
    std::string written{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            written += {'\\', c};
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04X", static_cast<unsigned>(static_cast<unsigned char>(c)));
            written += code.data();
        } else {
            written += c;
        }
    }
    return written + '"';
}

std::string list_of(std::string_view text) {
    std::string list;
    while (!text.empty()) {
        const auto end = text.find(',');
        auto item = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
        if (!item.empty()) list += (list.empty() ? "" : ", ") + quoted(item);
    }
    return "[" + list + "]";
}

std::string value_of(const Option& option, std::string_view text) {
    const bool is_digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    // TOML has no number with a nought before it.
    if (option.kind == "number" && is_digits && text.size() < 18 && (text.size() == 1 || text.front() != '0'))
        return std::string{text};
    if (option.kind == "addresses") return list_of(text);
    return quoted(text);
}

std::string remark_of(std::string_view help) {
    std::string remark;
    std::string line{"#"};
    while (!help.empty()) {
        const auto end = std::min(help.find(' '), help.size());
        const auto word = help.substr(0, end);
        help.remove_prefix(std::min(end + 1, help.size()));
        if (line.size() > 1 && line.size() + 1 + word.size() > columns) {
            remark += line + '\n';
            line = "#";
        }
        line += " " + std::string{word};
    }
    return remark + line + '\n';
}

std::string table_of(const Option& option) {
    const auto dot = option.toml_key.find('.');
    return std::string{option.toml_key.substr(0, dot == option.toml_key.npos ? 0 : dot)};
}

}  // namespace

std::string file_of(const Values& values) {
    // Those of no table come first: TOML has no other place for them.
    std::vector<std::string> tables{""};
    for (const auto& option : options()) {
        if (std::find(tables.begin(), tables.end(), table_of(option)) == tables.end())
            tables.push_back(table_of(option));
    }
    std::string file =
        "# Options of etakahvila. The command line is stronger, and so is the environment: etakahvila config "
        "reference.\n";
    for (const auto& table : tables) {
        if (!table.empty()) file += "\n[" + table + "]\n";
        for (const auto& option : options()) {
            if (table_of(option) != table) continue;
            const auto key = option.toml_key.substr(table.empty() ? 0 : table.size() + 1);
            const auto set = values.find(option.toml_key);
            const bool is_set = set != values.end();
            const auto value = value_of(option, is_set ? std::string_view{set->second} : option.default_text);
            file += "\n" + remark_of(option.help) + (is_set ? "" : "#") + std::string{key} + " = " + value + "\n";
        }
    }
    try {
        (void)toml::parse(file);
    } catch (const toml::parse_error&) {
        throw Fault{"A value has bytes that are no text in UTF-8. It cannot be written into the file."};
    }
    return file;
}

}  // namespace etakahvila::config
