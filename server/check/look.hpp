#pragma once

// One look at one thing, and what it found. Names are stable: they stand in deploy/runbook/check.md and in the answer
// of `check --json`, by which others watch.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::check {

/// warning: it works, and somebody should see to it. problem: it does not work, or soon will not.
enum class Grade : std::uint8_t { ok, warning, problem };
constexpr std::array<std::string_view, 3> names_of(Grade) { return {"ok", "warning", "problem"}; }

struct Answer {
    std::string look;
    Grade grade = Grade::ok;
    /// For the operator: what is so, and what to do where something is to be done. One line.
    std::string sentence;

    bool operator==(const Answer&) const = default;
};
using Answers = std::vector<Answer>;

inline Answer ok(std::string_view look, std::string sentence) {
    return {std::string{look}, Grade::ok, std::move(sentence)};
}
inline Answer warning(std::string_view look, std::string sentence) {
    return {std::string{look}, Grade::warning, std::move(sentence)};
}
inline Answer problem(std::string_view look, std::string sentence) {
    return {std::string{look}, Grade::problem, std::move(sentence)};
}

/// "1 more day", "12 more days".
std::string days_text(std::int64_t days);

/// Answers as lines, "name TAB grade TAB sentence", by which a running server hands over its own.
std::string to_lines(const Answers& answers);
/// Lines that are none are passed over.
Answers from_lines(std::string_view lines);

}  // namespace etakahvila::check
