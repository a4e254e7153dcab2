#pragma once

// Subcommands that work on the records are defined once. Who defines them hands each leaf and its act to an Acts: that
// of the command line runs it by itself or sends it to the running server, whose own Acts runs it there.

#include <functional>

#include <CLI/CLI.hpp>

#include "admin/desk.hpp"

namespace etakahvila::admin {

/// What a subcommand does: its exit code. Throws std::runtime_error with a sentence for the operator.
using Act = std::function<int(Desk& desk)>;

struct Ways {
    /// The caller's standard input goes along: desk.in has it.
    bool takes_input = false;
    /// It only looks at how the records are kept, and at nothing that they say: it is not noted.
    bool is_noted = true;
    /// It may take minutes: within the server nothing else waits for it.
    bool is_long = false;
};

class Acts {
public:
    virtual ~Acts() = default;

    /// Adds the options of the table to the leaf, and does `act` when the leaf is what was asked for.
    virtual void add(CLI::App& leaf, Act act, Ways ways = {}) = 0;
};

using Define = void (*)(CLI::App& program, Acts& acts);

}  // namespace etakahvila::admin
