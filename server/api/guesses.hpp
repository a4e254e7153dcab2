#pragma once

// How often anyone may guess at links, codes and passwords. What was held back is noted for the coordinator and in the
// log: who guesses is no name, and whose name it was is a number.

#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/http_exchange.hpp"
#include "people/guess_limiter.hpp"
#include "people/limit_book.hpp"

namespace etakahvila::api {

/// From any thread.
class Guesses {
public:
    Guesses(const base::Clock& clock, base::Log& log) : clock_{clock}, log_{log} {}

    // One guess more; refused as too_fast when it comes too soon.

    /// Secrets cannot be guessed: one that is wrong counts, so that who tries it is told, and seen.
    std::optional<protocol::Refusal> wrong_link(people::GuessKind kind, const net::Request& request);
    std::optional<protocol::Refusal> code(const std::string& code, const net::Request& request);
    /// Takes from the device's allowance. When that is used up the device is taken for unknown, and `device` is
    /// emptied: the network's allowance is asked.
    std::optional<protocol::Refusal> password(const std::string& name_key, std::optional<people::AccountId> account,
        std::optional<std::string>& device, const net::Request& request);

    /// A code of the second step, by who has the password right: by the device's own allowance, or by the network's for
    /// this account and, for the six digits, by the account's. So many networks guess no faster than one, and the owner
    /// comes in by a device where they have been, or by a spare code.
    std::optional<protocol::Refusal> step(
        people::AccountId account, bool is_spare, std::optional<std::string>& device, const net::Request& request);

    /// Whether somebody there may be sent to the city's own sign-in, or come back from it, once more: what waits for
    /// the provider is there for all networks.
    bool may_ask_provider(const net::Request& request);

    // It was right, and counts no more.

    void give_back_code(const std::string& code, const net::Request& request);
    void give_back_password(
        const std::string& name_key, const std::optional<std::string>& device, const net::Request& request);

    void give_back_step(people::AccountId account, bool is_spare, const std::optional<std::string>& device,
        const net::Request& request);

    /// A password or a code of the second step was wrong.
    void note_refused_sign_in();

    /// Nobody has guessed wrong from there lately.
    bool is_fresh_network(const net::Request& request);

    /// The newest first.
    std::vector<people::LimitBook::Entry> held_back() const;
    people::GuessCounts counts() const;

private:
    using Wait = std::optional<base::Milliseconds>;
    std::optional<protocol::Refusal> refusal_after(
        Wait wait, people::GuessKind kind, std::optional<people::AccountId> account, const net::Request& request);

    const base::Clock& clock_;
    base::Log& log_;
    mutable std::mutex mutex_;
    people::GuessLimiter codes_;
    /// Each by network.
    people::Allowances wrong_links_{{.burst = 60, .interval = base::Milliseconds{1'000}}};
    people::Allowances provider_{{.burst = 60, .interval = base::Milliseconds{1'000}}};
    /// Of a name, known or not, from one network; of all names from it; and of what all networks share.
    people::GuessLimiter passwords_{{
        .same = {.burst = 8, .interval = base::Milliseconds{60'000}},
        .own = {.burst = 10, .interval = base::Milliseconds{60'000}},
        .drawn = {.burst = 20, .interval = base::Milliseconds{10'000}},
        .shared = {.burst = 200, .interval = base::Milliseconds{1'000}},
    }};
    /// By the word of a device in which the account's owner has signed in before.
    people::Allowances devices_{{.burst = 8, .interval = base::Milliseconds{60'000}}};
    /// Of an account from one network; of its six digits from all. An app's codes of three half minutes are good at a
    /// time: a year of guessing by whoever has the password, from everywhere, finds one with a chance of 8 %, and the
    /// coordinator sees it from the first hour.
    people::Allowances steps_{{.burst = 5, .interval = base::Milliseconds{60'000}}};
    people::Allowances steps_of_account_{{.burst = 20, .interval = base::Milliseconds{1'200'000}}};
    people::LimitBook book_;
    people::GuessCounts counts_;
};

}  // namespace etakahvila::api
