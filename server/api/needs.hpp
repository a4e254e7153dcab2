#pragma once

// What help people of a session need, for its moderators.

#include "api/access_notes.hpp"
#include "protocol/api/needs.hpp"

namespace etakahvila::api {

class Needs {
public:
    using Routes = protocol::NeedsRoutes;
    explicit Needs(const AccessNotes& notes) : notes_{notes} {}

    void handle(Call<routes::ShowNeeds>& call);

private:
    const AccessNotes& notes_;
};

}  // namespace etakahvila::api
