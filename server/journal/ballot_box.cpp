#include "journal/ballot_box.hpp"

#include <string>

#include "domain/poll/poll.hpp"

namespace etakahvila::journal {
namespace {

/// As many as may be asked for, and some.
constexpr std::size_t options_max = 8;
static_assert(options_max >= domain::poll_options_max);
constexpr char chosen = 'x';

/// A mark in the place of each: every choice is as long as every other, so that it moves nothing else about.
std::string marks_of(const std::vector<std::int64_t>& options) {
    std::string marks(options_max, '.');
    for (const auto option : options) marks.at(static_cast<std::size_t>(option)) = chosen;
    return marks;
}

std::vector<std::int64_t> options_in(std::string_view marks) {
    std::vector<std::int64_t> options;
    for (std::size_t place = 0; place < marks.size(); ++place) {
        if (marks[place] == chosen) options.push_back(static_cast<std::int64_t>(place));
    }
    return options;
}

struct Row {
    protocol::SessionId session;
    domain::Ballot ballot;
};

domain::Ballot ballot_in(const records::Rows& row) {
    return {.poll = protocol::PollId{row.number(1)},
        .person = protocol::PersonId{row.number(0)},
        .options = options_in(row.view(2))};
}

}  // namespace

void make_ballot_table(records::Database& database) {
    database.script(
        "CREATE TABLE ballots (session INTEGER NOT NULL, person INTEGER NOT NULL, poll INTEGER NOT NULL,"
        " options TEXT NOT NULL, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID");
}

void put_ballot(records::Database& database, protocol::SessionId session, const domain::Ballot& ballot) {
    database.write(
        "INSERT INTO ballots VALUES (?, ?, ?, ?)"
        " ON CONFLICT (session, person) DO UPDATE SET poll = excluded.poll, options = excluded.options",
        session, ballot.person, ballot.poll, marks_of(ballot.options));
}

/// All rows go, those of other polls come again: pages that several rooms shared would keep what was moved about in
/// them, in the room between their rows.
bool empty_box(records::Database& database, protocol::SessionId session, protocol::PollId poll) {
    if (!database.has("SELECT 1 FROM ballots WHERE session = ? AND poll = ?", session, poll)) return false;
    std::vector<Row> others;
    {
        auto rows = database.read(
            "SELECT person, poll, options, session FROM ballots WHERE session <> ? OR poll <> ?", session, poll);
        while (rows.next())
            others.push_back({.session = protocol::SessionId{rows.number(3)}, .ballot = ballot_in(rows)});
    }
    database.write("DELETE FROM ballots");
    for (const auto& [other, ballot] : others) put_ballot(database, other, ballot);
    return true;
}

std::vector<domain::Ballot> ballots_of(const records::Database& database, protocol::SessionId session) {
    std::vector<domain::Ballot> ballots;
    auto rows = database.read("SELECT person, poll, options FROM ballots WHERE session = ? ORDER BY person", session);
    while (rows.next()) ballots.push_back(ballot_in(rows));
    return ballots;
}

}  // namespace etakahvila::journal
