#include "runtime/ticket_office.hpp"

#include <sodium.h>

#include "base/secret.hpp"

namespace etakahvila::runtime {
namespace {

std::string hash_of(std::string_view ticket) {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), reinterpret_cast<const unsigned char*>(ticket.data()), ticket.size(), nullptr, 0);
    return hash;
}

}  // namespace

std::string TicketOffice::issue(const Pass& pass, std::chrono::milliseconds now, std::chrono::milliseconds life) {
    auto ticket = base::random_text(16);
    const std::lock_guard lock{mutex_};
    if (issued_.size() >= tickets_max) forget_old(now);
    issued_.insert_or_assign(hash_of(ticket), Issued{pass, now + life});
    return ticket;
}

std::optional<Pass> TicketOffice::redeem(std::string_view ticket, std::chrono::milliseconds now) {
    const std::lock_guard lock{mutex_};
    const auto found = issued_.find(hash_of(ticket));
    if (found == issued_.end()) return std::nullopt;
    const auto issued = found->second;
    issued_.erase(found);
    if (issued.until < now) return std::nullopt;
    return issued.pass;
}

void TicketOffice::forget(protocol::PersonId person, std::optional<protocol::SessionId> session) {
    const std::lock_guard lock{mutex_};
    std::erase_if(issued_, [&](const auto& entry) { return entry.second.pass.person == person && (!session || entry.second.pass.session == *session); });
}

void TicketOffice::forget_old(std::chrono::milliseconds now) {
    std::erase_if(issued_, [&](const auto& entry) { return entry.second.until < now; });
    if (issued_.size() >= tickets_max) issued_.clear();
}

}  // namespace etakahvila::runtime
