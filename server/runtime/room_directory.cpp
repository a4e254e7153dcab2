#include "runtime/room_directory.hpp"

#include <atomic>
#include <exception>
#include <utility>

namespace etakahvila::runtime {

RoomDirectory::RoomDirectory(Parts parts) : parts_{std::move(parts)} {
    parts_.journal.watch([weak = std::weak_ptr{shared_}] {
        const auto shared = weak.lock();
        if (shared) {
            for (const auto& host : shared->all_open()) host->journal_changed();
        }
        return shared != nullptr;
    });
    for (auto* loop : parts_.loops) {
        loop->post(
            [weak = std::weak_ptr{shared_}, loop, &clock = parts_.clock] { put_away_later(weak, *loop, clock); });
    }
}

std::shared_ptr<RoomHost> RoomDirectory::room(SessionId session) {
    std::promise<std::shared_ptr<RoomHost>> opened;
    {
        std::unique_lock lock{shared_->mutex};
        while (true) {
            const auto compacting = shared_->compacting.find(session);
            if (compacting == shared_->compacting.end()) break;
            const auto over = compacting->second;
            lock.unlock();
            over.wait();
            lock.lock();
        }
        if (auto open = shared_->find(session, parts_.clock.monotonic())) return open;
        if (const auto found = shared_->opening.find(session); found != shared_->opening.end()) {
            const auto opening = found->second;
            lock.unlock();
            return opening.get();
        }
        shared_->opening.emplace(session, opened.get_future().share());
    }
    std::shared_ptr<RoomHost> host;
    std::exception_ptr thrown;
    try {
        host = open(session);
    } catch (...) {
        thrown = std::current_exception();
    }
    {
        const std::lock_guard lock{shared_->mutex};
        if (host) shared_->rooms[session] = {.host = host, .asked_at = parts_.clock.monotonic()};
        shared_->opening.erase(session);
    }
    // What the journal told meanwhile was told to the others.
    if (host) host->journal_changed();
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
    if (const auto& tell = stored.is_newer ? parts_.newer : parts_.damaged; stored.damaged_at && tell)
        tell(session, *stored.damaged_at);
    auto& loop = *parts_.loops[static_cast<std::size_t>(session.value) % parts_.loops.size()];
    auto host = RoomHost::open({.session = session,
                                   .loop = loop,
                                   .clock = parts_.clock,
                                   .journal = parts_.journal,
                                   .tickets = parts_.tickets,
                                   .voice_tickets = parts_.voice_tickets,
                                   .voice_figures = parts_.voice_figures,
                                   .keep_day = parts_.keep_day,
                                   .figures = parts_.figures},
        stored, std::move(plan));
    if (parts_.work_of) {
        if (auto work = parts_.work_of(session); !work.rows.empty()) host->know_work(std::move(work));
    }
    if (parts_.polls_of) {
        for (auto& poll : parts_.polls_of(session)) host->take_poll(std::move(poll));
    }
    if (parts_.carried_to) host->know_carried(parts_.carried_to(session));
    return host;
}

std::shared_ptr<RoomHost> RoomDirectory::open_room(SessionId session) {
    const std::lock_guard lock{shared_->mutex};
    return shared_->find(session, parts_.clock.monotonic());
}

std::shared_ptr<RoomHost> RoomDirectory::Shared::find(SessionId session, base::Milliseconds now) {
    const auto open = rooms.find(session);
    if (open == rooms.end()) return nullptr;
    open->second.asked_at = now;
    return open->second.host;
}

void RoomDirectory::Shared::wait_until_quiet(std::unique_lock<std::mutex>& lock, SessionId session) {
    while (true) {
        if (const auto found = compacting.find(session); found != compacting.end()) {
            const auto over = found->second;
            lock.unlock();
            over.wait();
        } else if (const auto opened = opening.find(session); opened != opening.end()) {
            const auto over = opened->second;
            lock.unlock();
            over.wait();
        } else {
            return;
        }
        lock.lock();
    }
}

Compaction RoomDirectory::compact(SessionId session) {
    std::promise<void> over;
    {
        std::unique_lock lock{shared_->mutex};
        shared_->wait_until_quiet(lock, session);
        shared_->compacting.emplace(session, over.get_future().share());
    }
    auto outcome = Compaction::not_sealed;
    std::exception_ptr thrown;
    try {
        if (close_to_compact(session)) outcome = compact_stored(parts_.journal, session);
    } catch (...) {
        thrown = std::current_exception();
    }
    {
        const std::lock_guard lock{shared_->mutex};
        shared_->compacting.erase(session);
    }
    over.set_value();
    if (thrown) std::rethrow_exception(thrown);
    return outcome;
}

/// Whoever still has the host finds it shut, as at the end of the server: nothing is written by it any more. It ends on
/// its own thread, where all of it has been.
bool RoomDirectory::close_to_compact(SessionId session) {
    auto host = open_room(session);
    if (!host) return true;
    std::promise<bool> may;
    host->look([&may](const domain::Room& room) { may.set_value(domain::may_compact(room)); });
    if (!may.get_future().get()) return false;
    {
        const std::lock_guard lock{shared_->mutex};
        shared_->rooms.erase(session);
    }
    std::promise<void> is_shut;
    host->shut_down(0, [&is_shut] { is_shut.set_value(); });
    is_shut.get_future().wait();
    auto* last = host.get();
    last->post([host = std::move(host)] {});
    return true;
}

void RoomDirectory::plan_changed(SessionId session) {
    {
        // Who opens it may have read the plan before it changed.
        std::unique_lock lock{shared_->mutex};
        if (const auto found = shared_->opening.find(session); found != shared_->opening.end()) {
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
    const std::lock_guard lock{shared_->mutex};
    return shared_->rooms.size();
}

std::vector<std::shared_ptr<RoomHost>> RoomDirectory::open_rooms() { return shared_->all_open(); }

std::vector<std::shared_ptr<RoomHost>> RoomDirectory::Shared::all_open() {
    const std::lock_guard lock{mutex};
    std::vector<std::shared_ptr<RoomHost>> open;
    open.reserve(rooms.size());
    for (const auto& [session, room] : rooms) open.push_back(room.host);
    return open;
}

void RoomDirectory::shut_out(PersonId person, std::optional<SessionId> session) {
    parts_.tickets.forget(person, session);
    parts_.voice_tickets.forget(person, session);
    for (const auto& host : open_rooms()) {
        if (!session || host->session() == *session) host->shut_out(person);
    }
}

void RoomDirectory::shut_down(std::int64_t retry_after_ms, const base::Task& done) {
    const auto open = open_rooms();
    if (open.empty()) return done();
    const auto left = std::make_shared<std::atomic<std::size_t>>(open.size());
    for (const auto& host : open) {
        host->shut_down(retry_after_ms, [left, done] {
            if (--*left == 0) done();
        });
    }
}

void RoomDirectory::put_away_later(const std::weak_ptr<Shared>& weak, base::Loop& loop, const base::Clock& clock) {
    loop.after(put_away_every, [weak, &loop, &clock] {
        const auto shared = weak.lock();
        if (!shared) return;
        shared->put_away(loop, clock.monotonic());
        put_away_later(weak, loop, clock);
    });
}

/// Whoever has a host got it from the directory, or from another who had it. So when the directory alone has it, nobody
/// comes to have it while the directory is locked.
void RoomDirectory::Shared::put_away(const base::Loop& loop, base::Milliseconds now) {
    std::vector<std::shared_ptr<RoomHost>> resting;
    const std::lock_guard lock{mutex};
    for (auto room = rooms.begin(); room != rooms.end();) {
        auto& [host, asked_at] = room->second;
        const bool is_ours = &host->loop() == &loop;
        if (!is_ours || now - asked_at < put_away_after || host.use_count() != 1 || !host->may_rest()) {
            ++room;
            continue;
        }
        host->rest();
        resting.push_back(std::move(host));
        room = rooms.erase(room);
    }
}

}  // namespace etakahvila::runtime
