#pragma once

// Notes of who saw or changed what is known of people.

#include <vector>

#include "api/call.hpp"
#include "base/clock.hpp"
#include "journal/records.hpp"
#include "people/access_log.hpp"

namespace etakahvila::api {

class AccessNotes {
public:
    AccessNotes(const base::Clock& clock, journal::Records& store) : clock_{clock}, store_{store} {}

    /// The caller did this with what is known of these people. On stable storage when it returns.
    void note(const AnyCall& call, people::AccessAct act, std::vector<protocol::PersonId> whose) const;

private:
    const base::Clock& clock_;
    journal::Records& store_;
};

}  // namespace etakahvila::api
