#pragma once

// The password of somebody who is signed in, asked for once more.

#include <functional>

#include "api/call.hpp"
#include "api/guesses.hpp"
#include "journal/reader_pool.hpp"

namespace etakahvila::api {

class OwnPassword {
public:
    struct Parts {
        base::Log& log;
        /// For passwords, which keep a thread busy for long.
        journal::Pool& password_pool;
        Guesses& guesses;
    };
    explicit OwnPassword(Parts parts) : parts_{parts} {}

    /// `then` is called on a thread of the pool when it is the caller's password. Else it is refused: not_permitted,
    /// too_fast, busy. The caller came by an account.
    void when_right(const AnyCall& call, std::string password, const Reply& reply, std::function<void()> then) const;

    /// Tries of a sign-in's own, which nobody else uses up.
    static std::string allowance_of(people::SignInId sign_in);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
