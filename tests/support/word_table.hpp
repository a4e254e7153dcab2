#pragma once

// The tables of tests/data that say what becomes of what people write: INPUT => RESULT, one on a line.

#include <string>
#include <vector>

namespace etakahvila::testing {

struct WordRow {
    std::string input;
    std::string result;
    /// As it stands in the file, to be shown.
    std::string line;
};

/// Rows of the file, with \u{X} and \n as what they stand for. Rows above the line "# -- hostile…" are
/// innocent, those under it are not.
struct WordTable {
    std::vector<WordRow> innocent;
    std::vector<WordRow> hostile;
    std::vector<WordRow> all() const;
};
WordTable word_table(const std::string& name);

}  // namespace etakahvila::testing
