#pragma once

// Notes of who saw or changed what is known of people.

#include <vector>

#include "api/call.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "journal/records.hpp"
#include "people/access_log.hpp"

namespace etakahvila::api {

class AccessNotes {
public:
    AccessNotes(const base::Clock& clock, base::Log& log, journal::Records& store)
        : clock_{clock}, log_{log}, store_{store} {}

    /// The caller did this with what is known of these people. On stable storage when it returns; then it is told in
    /// the log too, without a name of anybody: where the log is kept elsewhere, its digests show whether the notes here
    /// are those that were made.
    void note(const AnyCall& call, people::AccessAct act, std::vector<protocol::PersonId> whose) const;

private:
    const base::Clock& clock_;
    base::Log& log_;
    journal::Records& store_;
};

}  // namespace etakahvila::api
