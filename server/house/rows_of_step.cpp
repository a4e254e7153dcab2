#include "house/rows_of_step.hpp"

#include <vector>

#include "house/feedback_house.hpp"
#include "house/link_of_banned.hpp"
#include "house/work_rows.hpp"

namespace etakahvila::house {

journal::Records::Write rows_of_step(protocol::SessionId session, const domain::Step& step) {
    std::vector<journal::Records::Write> writes;
    for (auto& write : {link_of_banned(session, step), work_rows(session, step), feedback_rows(session, step)}) {
        if (write) writes.push_back(write);
    }
    if (writes.empty()) return {};
    return [writes = std::move(writes)](records::Database& database) {
        for (const auto& write : writes) write(database);
    };
}

}  // namespace etakahvila::house
