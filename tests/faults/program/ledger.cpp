#include "program/ledger.hpp"

#include "journal/sqlite_store.hpp"

namespace etakahvila::faults {

using protocol::RefusalWord;

bool Ledger::note(protocol::PersonId person, const protocol::Outcome& outcome) {
    if (outcome.refusal) {
        const auto word = outcome.refusal->word;
        if (word == RefusalWord::too_fast || word == RefusalWord::busy || word == RefusalWord::not_saving) return false;
    }
    const auto [known, is_new] = acknowledged_.try_emplace({person, outcome.id}, outcome.seq);
    // A repeat gets the same answer.
    if (!is_new && known->second != outcome.seq) ++contradicted_;
    auto& last = last_of_[person];
    if (is_new && outcome.seq <= last) ++reordered_;
    last = std::max(last, outcome.seq);
    newest_ = std::max(newest_, outcome.seq);
    return true;
}

Findings Ledger::hold_against(const std::filesystem::path& data_file, protocol::SessionId session) const {
    journal::SqliteStore store{data_file};
    const auto room = store.load(session);
    Findings findings{.acknowledged = acknowledged_.size(),
        .lost = 0,
        .doubled = contradicted_,
        .reordered = reordered_,
        .damaged_at = room.damaged_at};
    std::map<Key, std::int64_t> kept;
    for (const auto& step : room.steps) {
        if (!step.member || step.command.empty()) continue;
        if (!kept.try_emplace({*step.member, step.command}, step.seq).second) ++findings.doubled;
    }
    for (const auto& [key, seq] : acknowledged_) {
        const auto found = kept.find(key);
        if (found == kept.end() || found->second != seq) ++findings.lost;
    }
    return findings;
}

}  // namespace etakahvila::faults
