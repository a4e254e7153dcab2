#pragma once

// What is wrong with the house now, for those who coordinate all.

#include "api/call.hpp"
#include "api/health_board.hpp"

namespace etakahvila::api {

class Health {
public:
    using Routes = protocol::HealthRoutes;
    explicit Health(HealthBoard& board) : board_{board} {}

    void handle(Call<routes::ShowHealth>& call) { call.reply.give(board_.health()); }

private:
    HealthBoard& board_;
};

}  // namespace etakahvila::api
