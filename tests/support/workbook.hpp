#pragma once

// A workbook, read back by a program that is not ours: Debian's python3-openpyxl.

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::testing {

/// Each cell of each sheet, one a line: sheet, cell, type, number format, value.
inline std::string read_by_another(const std::string& workbook) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "book.xlsx";
    std::ofstream{file, std::ios::binary} << workbook;
    std::string command{"/usr/bin/python3 " ETAKAHVILA_TESTS "/reports/read_workbook.py "};
    command.append(file.string());
    auto* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string said;
    std::array<char, 4096> bytes{};
    for (auto got = std::fread(bytes.data(), 1, bytes.size(), pipe); got > 0;
        got = std::fread(bytes.data(), 1, bytes.size(), pipe))
        said.append(bytes.data(), got);
    REQUIRE(::pclose(pipe) == 0);
    return said;
}

}  // namespace etakahvila::testing
