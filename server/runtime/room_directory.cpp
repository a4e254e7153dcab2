#include "runtime/room_directory.hpp"

#include <atomic>
#include <exception>
#include <utility>

namespace etakahvila::runtime {

std::shared_ptr<RoomHost> RoomDirectory::room(SessionId session) {
    std::promise<std::shared_ptr<RoomHost>> opened;
    {
        std::unique_lock lock{mutex_};
        if (const auto open = rooms_.find(session); open != rooms_.end()) return open->second;
        if (const auto found = opening_.find(session); found != opening_.end()) {
            const auto opening = found->second;
            lock.unlock();
            return opening.get();
        }
        opening_.emplace(session, opened.get_future().share());
    }
    std::shared_ptr<RoomHost> host;
    std::exception_ptr thrown;
    try {
        host = open(session);
    } catch (...) {
        thrown = std::current_exception();
    }
    {
        const std::lock_guard lock{mutex_};
        if (host) rooms_.emplace(session, host);
        opening_.erase(session);
    }
    if (thrown) {
        opened.set_exception(thrown);
        std::rethrow_exception(thrown);
    }
    opened.set_value(host);
    return host;
}

std::shared_ptr<RoomHost> RoomDirectory::open(SessionId session) {
    auto plan = parts_.plan_of(session);
    if (!plan) return nullptr;
    const auto stored = parts_.journal.load(session);
    if (stored.damaged_at && parts_.damaged) parts_.damaged(session, *stored.damaged_at);
    auto& loop = *parts_.loops[static_cast<std::size_t>(session.value) % parts_.loops.size()];
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
    return host;
}

std::shared_ptr<RoomHost> RoomDirectory::open_room(SessionId session) {
    const std::lock_guard lock{mutex_};
    const auto open = rooms_.find(session);
    return open == rooms_.end() ? nullptr : open->second;
}

void RoomDirectory::plan_changed(SessionId session) {
    {
        // Who opens it may have read the plan before it changed.
        std::unique_lock lock{mutex_};
        if (const auto found = opening_.find(session); found != opening_.end()) {
            const auto opening = found->second;
            lock.unlock();
            opening.wait();
        }
    }
    const auto host = open_room(session);
    if (!host) return;
    if (auto plan = parts_.plan_of(session)) host->plan(std::move(*plan));
}

std::size_t RoomDirectory::size() {
    const std::lock_guard lock{mutex_};
    return rooms_.size();
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
