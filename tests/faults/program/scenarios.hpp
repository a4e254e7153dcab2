#pragma once

// What is done to the server while a crowd is at work in one of its rooms. Each plays to its end
// and says what was lost.

#include "program/stage.hpp"

namespace etakahvila::faults {

/// kill -9 of the whole process, at random moments.
Stage::Verdict kills(const StageSettings& settings, std::size_t times);

/// kill -9 at the Nth call of each kind of system call, for every N that a stretch of work reaches
/// and at most `each_max`.
Stage::Verdict syscall_kills(const StageSettings& settings, std::size_t each_max);

/// SIGTERM and a new start, at random moments.
Stage::Verdict restarts(const StageSettings& settings, std::size_t times);

/// The process stands still for so long, as a machine that is suspended.
Stage::Verdict pause(const StageSettings& settings, std::chrono::seconds span);

/// All lines are cut at once.
Stage::Verdict cuts(const StageSettings& settings, std::size_t times);

}  // namespace etakahvila::faults
