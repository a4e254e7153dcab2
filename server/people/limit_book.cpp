#include "people/limit_book.hpp"

#include <algorithm>

namespace etakahvila::people {
namespace {

constexpr std::size_t networks_of_entry_max = 1'000;

bool doubles_at(std::int64_t times) { return (times & (times - 1)) == 0; }

}  // namespace

std::optional<std::int64_t> LimitBook::note(
    GuessKind kind, std::optional<AccountId> account, const std::string& network, UtcTime now) {
    const auto is_over = [&](UtcTime last_at) { return now.ms - last_at.ms > pause_ms; };
    auto entry = std::find_if(entries_.begin(), entries_.end(),
        [&](const Entry& one) { return one.kind == kind && one.account == account && !is_over(one.last_at); });
    if (entry == entries_.end()) {
        if (entries_.size() >= entries_max)
            entries_.erase(std::min_element(entries_.begin(), entries_.end(),
                [](const Entry& a, const Entry& b) { return a.last_at.ms < b.last_at.ms; }));
        entry = entries_.insert(entries_.end(),
            Entry{.kind = kind, .account = account, .began_at = now, .last_at = now, .times = 0, .networks = {}});
    }
    entry->last_at = now;
    ++entry->times;
    if (entry->networks.size() < networks_of_entry_max) entry->networks.insert(network);

    const auto known = networks_.find({kind, network});
    if (known == networks_.end() && networks_.size() >= networks_max)
        std::erase_if(networks_, [&](const auto& one) { return is_over(one.second.last_at); });
    // Of more networks than can be told apart the entry's own count speaks.
    if (known == networks_.end() && networks_.size() >= networks_max)
        return doubles_at(entry->times) ? std::optional{entry->times} : std::nullopt;
    auto& count = networks_[{kind, network}];
    if (is_over(count.last_at)) count.times = 0;
    count.last_at = now;
    ++count.times;
    return doubles_at(count.times) ? std::optional{count.times} : std::nullopt;
}

std::vector<LimitBook::Entry> LimitBook::entries() const {
    auto sorted = entries_;
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const Entry& a, const Entry& b) { return a.last_at.ms > b.last_at.ms; });
    return sorted;
}

}  // namespace etakahvila::people
