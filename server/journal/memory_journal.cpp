#include "journal/memory_journal.hpp"

#include "base/secret.hpp"
#include "journal/compacting.hpp"
#include "journal/step_codec.hpp"

namespace etakahvila::journal {

void MemoryJournal::append(protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need) {
    bool is_kept = false;
    {
        const std::lock_guard lock{mutex_};
        auto& kept = rooms_[session];
        const bool follows = steps.empty() || steps.front().seq == static_cast<domain::Seq>(kept.records.size()) + 1;
        const bool saves = saves_ == Saves::everything || (saves_ == Saves::vital_only && need == Need::vital);
        is_kept = follows && saves;
        if (is_kept) {
            for (auto& step : steps) {
                kept.records.push_back(encode_step(step));
                for (const auto poll : emptied_by(step))
                    std::erase_if(kept.ballots, [&](const auto& each) { return each.second.poll == poll; });
                if (step.ballot) kept.ballots[step.ballot->person] = std::move(*step.ballot);
            }
        }
    }
    done(is_kept);
}

void MemoryJournal::compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) {
    bool is_kept = false;
    {
        const std::lock_guard lock{mutex_};
        auto& kept = rooms_[session];
        is_kept = static_cast<domain::Seq>(kept.records.size()) == through && saves_ == Saves::everything;
        // There are no digests here: nothing is ever damaged.
        if (is_kept)
            kept = {.epoch = base::random_text(9),
                .records = {encode_step(with_earlier(std::move(step), {.steps = through, .digest = {}}))},
                .ballots = {}};
    }
    done(is_kept);
}

Saves MemoryJournal::saves() const {
    const std::lock_guard lock{mutex_};
    return saves_;
}

void MemoryJournal::set_saves(Saves saves) {
    {
        const std::lock_guard lock{mutex_};
        saves_ = saves;
    }
    watchers_.tell();
}

StoredRoom MemoryJournal::load(protocol::SessionId session) {
    const std::lock_guard lock{mutex_};
    auto& kept = rooms_[session];
    if (kept.epoch.empty()) kept.epoch = base::random_text(9);
    StoredRoom room{.epoch = kept.epoch, .steps = {}, .damaged_at = {}};
    for (const auto& record : kept.records) {
        auto step = decode_step(static_cast<domain::Seq>(room.steps.size()) + 1, record);
        if (!step) {
            room.damaged_at = static_cast<domain::Seq>(room.steps.size()) + 1;
            break;
        }
        room.steps.push_back(std::move(*step));
    }
    for (const auto& [person, ballot] : kept.ballots) room.ballots.push_back(ballot);
    return room;
}

}  // namespace etakahvila::journal
