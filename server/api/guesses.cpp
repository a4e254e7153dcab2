#include "api/guesses.hpp"

#include <algorithm>

#include "api/reply.hpp"

namespace etakahvila::api {

using people::GuessKind;

namespace {

/// Of the account from this network, and of the account.
std::pair<std::string, std::string> step_keys(people::AccountId account, const net::Request& request) {
    auto everywhere = std::to_string(account.value);
    return {everywhere + '/' + people::address_key(request.peer), everywhere};
}

}  // namespace

std::optional<protocol::Refusal> Guesses::wrong_link(GuessKind kind, const net::Request& request) {
    Wait wait;
    {
        const std::lock_guard lock{mutex_};
        const auto key = people::address_key(request.peer);
        const auto now = clock_.monotonic();
        if (const auto left = wrong_links_.wait(key, now); left > base::Milliseconds{0})
            wait = left;
        else
            wrong_links_.spend(key, now);
    }
    return refusal_after(wait, kind, {}, request);
}

std::optional<protocol::Refusal> Guesses::code(const std::string& code, const net::Request& request) {
    Wait wait;
    {
        const std::lock_guard lock{mutex_};
        wait = codes_.take(code, request.peer, clock_.monotonic());
    }
    return refusal_after(wait, GuessKind::code, {}, request);
}

bool Guesses::may_ask_provider(const net::Request& request) {
    const std::lock_guard lock{mutex_};
    const auto key = people::address_key(request.peer);
    const auto now = clock_.monotonic();
    if (provider_.wait(key, now) > base::Milliseconds{0}) return false;
    provider_.spend(key, now);
    return true;
}

void Guesses::give_back_code(const std::string& code, const net::Request& request) {
    const std::lock_guard lock{mutex_};
    codes_.give_back(code, request.peer);
}

std::optional<protocol::Refusal> Guesses::password(const std::string& name_key,
    std::optional<people::AccountId> account, std::optional<std::string>& device, const net::Request& request) {
    Wait wait;
    {
        const std::lock_guard lock{mutex_};
        const auto now = clock_.monotonic();
        if (device && devices_.wait(*device, now) == base::Milliseconds{0}) {
            devices_.spend(*device, now);
            return std::nullopt;
        }
        // One that has used up its own is like any other.
        device.reset();
        wait = passwords_.take(name_key, request.peer, now);
    }
    return refusal_after(wait, GuessKind::password, account, request);
}

void Guesses::give_back_password(
    const std::string& name_key, const std::optional<std::string>& device, const net::Request& request) {
    const std::lock_guard lock{mutex_};
    if (device)
        devices_.give_back(*device);
    else
        passwords_.give_back(name_key, request.peer);
}

std::optional<protocol::Refusal> Guesses::step(
    people::AccountId account, bool is_spare, std::optional<std::string>& device, const net::Request& request) {
    Wait wait;
    {
        const std::lock_guard lock{mutex_};
        const auto now = clock_.monotonic();
        if (device && devices_.wait(*device, now) == base::Milliseconds{0}) {
            devices_.spend(*device, now);
            return std::nullopt;
        }
        device.reset();
        const auto [here, everywhere] = step_keys(account, request);
        auto left = steps_.wait(here, now);
        if (!is_spare) left = std::max(left, steps_of_account_.wait(everywhere, now));
        if (left > base::Milliseconds{0}) {
            wait = left;
        } else {
            steps_.spend(here, now);
            if (!is_spare) steps_of_account_.spend(everywhere, now);
        }
    }
    return refusal_after(wait, GuessKind::second_step, account, request);
}

void Guesses::give_back_step(
    people::AccountId account, bool is_spare, const std::optional<std::string>& device, const net::Request& request) {
    const std::lock_guard lock{mutex_};
    if (device) return devices_.give_back(*device);
    const auto [here, everywhere] = step_keys(account, request);
    steps_.give_back(here);
    if (!is_spare) steps_of_account_.give_back(everywhere);
}

void Guesses::note_refused_sign_in() {
    const std::lock_guard lock{mutex_};
    ++counts_.sign_ins_refused;
}

people::GuessCounts Guesses::counts() const {
    const std::lock_guard lock{mutex_};
    return counts_;
}

bool Guesses::is_fresh_network(const net::Request& request) {
    const std::lock_guard lock{mutex_};
    return passwords_.is_fresh(request.peer, clock_.monotonic());
}

std::vector<people::LimitBook::Entry> Guesses::held_back() const {
    const std::lock_guard lock{mutex_};
    return book_.entries();
}

std::optional<protocol::Refusal> Guesses::refusal_after(
    Wait wait, GuessKind kind, std::optional<people::AccountId> account, const net::Request& request) {
    if (!wait) return std::nullopt;
    const auto network = people::network_text(request.peer);
    std::optional<std::int64_t> times;
    {
        const std::lock_guard lock{mutex_};
        ++counts_.limited.at(static_cast<std::size_t>(kind));
        times = book_.note(kind, account, network, clock_.utc());
    }
    if (times && account)
        log_.warning("limit_reached",
            {{"kind", kind}, {"network", base::OperatorText{network}}, {"times", *times}, {"account", *account}});
    else if (times)
        log_.warning("limit_reached", {{"kind", kind}, {"network", base::OperatorText{network}}, {"times", *times}});
    return refusal_of(protocol::RefusalWord::too_fast, (wait->count() + 999) / 1000);
}

}  // namespace etakahvila::api
