#pragma once

// Our cookies: what they are called, and how a browser is told to keep them.

#include <string>
#include <string_view>

#include "protocol/api/accounts.hpp"

namespace etakahvila::api {

class Cookies {
public:
    explicit Cookies(std::string_view site) : is_tls_{site.starts_with("https://")} {}

    /// Of a sign-in.
    std::string_view sign_in() const { return is_tls_ ? "__Host-etakahvila" : "etakahvila"; }
    /// The field that sets it; with 0 seconds it is gone.
    std::string set_sign_in(std::string_view value, std::int64_t seconds) const {
        return std::string{sign_in()} + "=" + std::string{value} + "; Path=/; " + kept_for(seconds);
    }

    /// By which a browser shows that this account's owner has signed in there before.
    std::string device(protocol::AccountId account) const {
        return (is_tls_ ? "__Secure-etakahvila-known-" : "etakahvila-known-") + std::to_string(account.value);
    }
    /// Shown to nothing but the sign-in.
    std::string set_device(protocol::AccountId account, std::string_view value, std::int64_t seconds) const {
        return device(account) + "=" + std::string{value} + "; Path=/api/sign-in; " + kept_for(seconds);
    }

private:
    std::string kept_for(std::int64_t seconds) const {
        return "Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Strict" + (is_tls_ ? "; Secure" : "");
    }

    bool is_tls_;
};

}  // namespace etakahvila::api
