#pragma once

// What is to be played of a meeting: who comes in by which connection and when, what they do, and
// for how long each was there.
//
// The record names connections only where they begin and end. The rest is read from it so:
// - Writing, asking and withdrawing go over the connection `chat`. Where it has not begun, it begins with
//   the first of these. Someone for whom others asked, or to whom the floor was given, is there by `chat`
//   too, unless they have another connection.

#include <map>

#include "player/meeting.hpp"

namespace etakahvila::player {

/// A person of the meeting, in the order of their first mention.
using PersonNumber = std::size_t;

struct Arrive {
    PersonNumber person;
    std::string conn;
};
struct Depart {
    PersonNumber person;
    std::string conn;
};
/// The line is lost without a word, and taken up again.
struct Redial {
    PersonNumber person;
    std::string conn;
};
struct Say {
    PersonNumber person;
    std::size_t length;
};
struct Ask {
    PersonNumber person;
    std::optional<PersonNumber> by;
};
struct Withdraw {
    PersonNumber person;
};
struct Grant {
    PersonNumber person;
};
/// Somebody wants to see the queue.
struct Look {};

struct Step {
    base::Milliseconds t{};
    std::variant<Arrive, Depart, Redial, Say, Ask, Withdraw, Grant, Look> what;
    /// The queue as the bot answered after this.
    std::optional<std::vector<PersonNumber>> answer{};
};

struct Script {
    std::string name;
    std::vector<std::string> people;
    std::vector<Step> steps;
    /// Until the last record.
    base::Milliseconds length{};
    /// How many connections begin, and how many of them are lost once and taken up again.
    std::size_t connections{};
    std::size_t redials{};
};

Script script_of(const Meeting& meeting);

/// Times on one clock, in milliseconds.
struct Interval {
    std::int64_t from{};
    std::int64_t to{};
};
/// How long at least one of them ran.
std::int64_t length_of_union(std::vector<Interval> intervals);

}  // namespace etakahvila::player
