#include "runtime/room_directory.hpp"

#include <atomic>

namespace etakahvila::runtime {

std::shared_ptr<RoomHost> RoomDirectory::room(SessionId session) {
    const std::lock_guard lock{mutex_};
    if (const auto open = rooms_.find(session); open != rooms_.end()) return open->second;
    auto plan = parts_.plan_of(session);
    if (!plan) return nullptr;
    auto& loop = *parts_.loops[static_cast<std::size_t>(session.value) % parts_.loops.size()];
    const auto stored = parts_.journal.load(session);
    if (stored.damaged_at && parts_.damaged) parts_.damaged(session, *stored.damaged_at);
    auto host = RoomHost::open({.session = session,
                                   .loop = loop,
                                   .clock = parts_.clock,
                                   .journal = parts_.journal,
                                   .tickets = parts_.tickets,
                                   .voice_tickets = parts_.voice_tickets,
                                   .voice_figures = parts_.voice_figures,
                                   .keep_day = parts_.keep_day},
        stored);
    host->plan(std::move(*plan));
    rooms_.emplace(session, host);
    return host;
}

void RoomDirectory::plan_changed(SessionId session) {
    const std::lock_guard lock{mutex_};
    const auto open = rooms_.find(session);
    if (open == rooms_.end()) return;
    if (auto plan = parts_.plan_of(session)) open->second->plan(std::move(*plan));
}

std::vector<std::shared_ptr<RoomHost>> RoomDirectory::open_rooms() {
    const std::lock_guard lock{mutex_};
    std::vector<std::shared_ptr<RoomHost>> open;
    for (const auto& [session, host] : rooms_) open.push_back(host);
    return open;
}

void RoomDirectory::shut_out(PersonId person, std::optional<SessionId> session) {
    parts_.tickets.forget(person, session);
    parts_.voice_tickets.forget(person, session);
    for (const auto& host : open_rooms()) {
        if (!session || host->session() == *session) host->shut_out(person);
    }
}

void RoomDirectory::shut_down(std::int64_t retry_after_ms, base::Task done) {
    const auto open = open_rooms();
    if (open.empty()) return done();
    const auto left = std::make_shared<std::atomic<std::size_t>>(open.size());
    for (const auto& host : open) {
        host->shut_down(retry_after_ms, [left, done] {
            if (--*left == 0) done();
        });
    }
}

}  // namespace etakahvila::runtime
