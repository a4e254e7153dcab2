#pragma once

// "Who has seen my data": what the coordinator answers when a person asks.

#include "api/access_notes.hpp"
#include "protocol/api/audit.hpp"

namespace etakahvila::api {

class Audit {
public:
    using Routes = protocol::AuditRoutes;
    explicit Audit(const AccessNotes& notes) : notes_{notes} {}

    void handle(Call<routes::Accesses>& call);

private:
    const AccessNotes& notes_;
};

}  // namespace etakahvila::api
