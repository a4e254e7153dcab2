#include "runtime/ticket_office.hpp"

#include <algorithm>

#include <sodium.h>

#include "base/secret.hpp"

namespace etakahvila::runtime {
namespace {

std::string hash_of(std::string_view ticket) {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
        reinterpret_cast<const unsigned char*>(ticket.data()), ticket.size(), nullptr, 0);
    return hash;
}

}  // namespace

std::string TicketOffice::issue(const Pass& given, std::chrono::milliseconds now, std::chrono::milliseconds life) {
    auto ticket = base::random_text(16);
    auto hash = hash_of(ticket);
    const std::lock_guard lock{mutex_};
    auto pass = given;
    if (pass.given == 0) pass.given = ++count_;
    if (!stands(pass)) return ticket;
    auto& theirs = comer(pass.person, now);
    if (theirs.tickets.size() >= tickets_per_person_max) make_void(theirs, 0);
    if (issued_.size() >= tickets_max) make_room(now);
    theirs.tickets.push_back(hash);
    issued_.insert_or_assign(std::move(hash), Issued{pass, now + life});
    return ticket;
}

TicketOffice::Redeemed TicketOffice::redeem(std::string_view ticket, std::chrono::milliseconds now) {
    const std::lock_guard lock{mutex_};
    const auto found = issued_.find(hash_of(ticket));
    if (found == issued_.end()) return {};
    auto& theirs = comer(found->second.pass.person, now);
    if (!theirs.comings.take(now)) return {.pass = {}, .wait = theirs.comings.wait(now)};
    const auto issued = found->second;
    make_void(theirs, static_cast<std::size_t>(std::find(theirs.tickets.begin(), theirs.tickets.end(), found->first) -
                                               theirs.tickets.begin()));
    if (issued.until < now) return {};
    return {.pass = issued.pass, .wait = {}};
}

std::chrono::milliseconds TicketOffice::ask_entry(protocol::PersonId person, std::chrono::milliseconds now) {
    const std::lock_guard lock{mutex_};
    auto& entries = comer(person, now).entries;
    return entries.take(now) ? std::chrono::milliseconds{} : entries.wait(now);
}

bool TicketOffice::is_good(const Pass& pass) const {
    const std::lock_guard lock{mutex_};
    return stands(pass);
}

bool TicketOffice::stands(const Pass& pass) const {
    const auto is_before = [&](protocol::SessionId session) {
        const auto taken = taken_away_.find({pass.person, session});
        return taken != taken_away_.end() && pass.given < taken->second;
    };
    return !is_before({}) && !is_before(pass.session);
}

void TicketOffice::forget(protocol::PersonId person, std::optional<protocol::SessionId> session) {
    const std::lock_guard lock{mutex_};
    taken_away_[{person, session.value_or(protocol::SessionId{})}] = ++count_;
    const auto found = comers_.find(person);
    if (found == comers_.end()) return;
    std::erase_if(found->second.tickets, [&](const std::string& hash) {
        const auto issued = issued_.find(hash);
        const bool is_void = !session || issued->second.pass.session == *session;
        if (is_void) issued_.erase(issued);
        return is_void;
    });
}

/// Those who have no ticket and have long been quiet are not remembered: they begin anew with all
/// that they may.
TicketOffice::Comer& TicketOffice::comer(protocol::PersonId person, std::chrono::milliseconds now) {
    if (comers_.size() >= comers_swept_at_ && !comers_.contains(person)) {
        std::erase_if(comers_, [&](auto& entry) {
            return entry.second.tickets.empty() && entry.second.comings.is_full(now) &&
                   entry.second.entries.is_full(now);
        });
        comers_swept_at_ = std::max<std::size_t>(1024, 2 * comers_.size());
    }
    return comers_[person];
}

void TicketOffice::make_void(Comer& comer, std::size_t ticket) {
    const auto at = comer.tickets.begin() + static_cast<std::ptrdiff_t>(ticket);
    issued_.erase(*at);
    comer.tickets.erase(at);
}

/// What has run out goes first; then the oldest of whoever holds most.
void TicketOffice::make_room(std::chrono::milliseconds now) {
    for (auto& [person, theirs] : comers_) {
        std::erase_if(theirs.tickets, [&](const std::string& hash) {
            const auto issued = issued_.find(hash);
            const bool is_old = issued->second.until < now;
            if (is_old) issued_.erase(issued);
            return is_old;
        });
    }
    if (issued_.size() < tickets_max) return;
    const auto most = std::max_element(comers_.begin(), comers_.end(),
        [](const auto& a, const auto& b) { return a.second.tickets.size() < b.second.tickets.size(); });
    make_void(most->second, 0);
}

}  // namespace etakahvila::runtime
