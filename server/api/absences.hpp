#pragma once

// Who has told that they do not come, and why: for supervisors and coordinators.

#include "api/access_notes.hpp"
#include "protocol/api/absences.hpp"

namespace etakahvila::api {

class Absences {
public:
    using Routes = protocol::AbsencesRoutes;
    struct Parts {
        const base::Clock& clock;
        const AccessNotes& notes;
    };
    explicit Absences(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListAbsences>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
