#pragma once

// The ballots of the polls that are open, beside the steps: rows {session, person, poll, options}. Each is written in
// the commit of the step that says that its person has answered; with the step that ends their poll they go, in its
// own commit. Nothing tells when or in what order they came.
//
// What a row held is not to be found afterwards: rows are taken out of whole pages, which SQLite fills with zeros
// (secure_delete), and the store writes its log over. A backup leaves this table out: people are asked again then.

#include <vector>

#include "domain/room/ballot.hpp"
#include "records/database.hpp"

namespace etakahvila::journal {

void make_ballot_table(records::Database& database);

/// In place of what the person chose before.
void put_ballot(records::Database& database, protocol::SessionId session, const domain::Ballot& ballot);

/// False when it had none.
bool empty_box(records::Database& database, protocol::SessionId session, protocol::PollId poll);

std::vector<domain::Ballot> ballots_of(const records::Database& database, protocol::SessionId session);

}  // namespace etakahvila::journal
