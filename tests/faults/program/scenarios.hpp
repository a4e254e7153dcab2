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

/// An fsync fails, at the Nth after the server listens for every N of `times`, and at every one of
/// its start. Nothing is acknowledged after it, everyone is told, reading goes on, and a new start
/// (by SIGTERM or by SIGKILL, in turn) has all that was acknowledged.
Stage::Verdict failing_fsyncs(const StageSettings& settings, std::size_t times);

/// The disk is full, and has space again, so many times: on a small file system of its own. Help and
/// signs of being there are taken from the reserve, nothing else is; with space all is again, by
/// itself. Every third time the reserve is used up too; every other time the server is killed and
/// started while the disk is full.
Stage::Verdict full_disks(const StageSettings& settings, std::size_t times);

/// The Nth write finds no space, once, for every N of `times`: it passes by itself.
Stage::Verdict lacking_space(const StageSettings& settings, std::size_t times);

/// All kinds of things go wrong while the server says all it can: nothing of it is a name, a text, a
/// secret, a ticket or a code.
Stage::Verdict canaries(const StageSettings& settings);

/// So many lines, of people who sit in other rooms, are cut at once, while this room is at work.
Stage::Verdict resumes(const StageSettings& settings, std::size_t lines);

/// So many lines of this room that nobody reads for so long, and then all are read again.
Stage::Verdict frozen_readers(const StageSettings& settings, std::size_t lines, std::chrono::seconds span);

/// The certificate is changed so many times under so many lines, and then for pairs that cannot be served.
Stage::Verdict certificates(const StageSettings& settings, std::size_t lines, std::size_t times);

/// The room has had four full hours with ninety people when the server is killed.
Stage::Verdict long_day(const StageSettings& settings);

/// The wall clock is set an hour forward and back, so many times, with a cut of all lines after each (libfaketime).
Stage::Verdict wall_clock(const StageSettings& settings, std::size_t times);

/// The server is killed, and started again so many minutes later, by the wall's clock (libfaketime).
Stage::Verdict outage(const StageSettings& settings, int minutes);

/// kill -9, and a start under another monotonic clock, as after a restart of the machine, so many
/// times (time namespaces).
Stage::Verdict reboots(const StageSettings& settings, std::size_t times);

}  // namespace etakahvila::faults
