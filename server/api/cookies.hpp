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

    /// Of a right password that owes the second step. Shown to nothing but the sign-in.
    std::string_view half() const { return is_tls_ ? "__Secure-etakahvila-step" : "etakahvila-step"; }
    std::string set_half(std::string_view value, std::int64_t seconds) const {
        return std::string{half()} + "=" + std::string{value} + "; Path=/api/sign-in; " + kept_for(seconds);
    }

    /// By which a browser shows that this account's owner has signed in there before.
    std::string device(protocol::AccountId account) const {
        return (is_tls_ ? "__Secure-etakahvila-known-" : "etakahvila-known-") + std::to_string(account.value);
    }
    /// Shown to nothing but the sign-in.
    std::string set_device(protocol::AccountId account, std::string_view value, std::int64_t seconds) const {
        return device(account) + "=" + std::string{value} + "; Path=/api/sign-in; " + kept_for(seconds);
    }

    /// Of a sign-in that has gone to the provider. Lax, as the one cookie here: the provider's page leads back here,
    /// and what is Strict does not come along from the page of another.
    std::string_view gone() const { return is_tls_ ? "__Secure-etakahvila-gone" : "etakahvila-gone"; }
    std::string set_gone(std::string_view value, std::int64_t seconds) const {
        return std::string{gone()} + "=" + std::string{value} + "; Path=/api/sign-in/provider; " +
               kept_for(seconds, "Lax");
    }

    /// Of whoever is known there and bound to nobody here. Shown to nothing but what tells the code.
    std::string_view waiting() const { return is_tls_ ? "__Secure-etakahvila-waiting" : "etakahvila-waiting"; }
    std::string set_waiting(std::string_view value, std::int64_t seconds) const {
        return std::string{waiting()} + "=" + std::string{value} + "; Path=/api/sign-in/provider; " + kept_for(seconds);
    }

private:
    std::string kept_for(std::int64_t seconds, std::string_view same_site = "Strict") const {
        return "Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=" + std::string{same_site} +
               (is_tls_ ? "; Secure" : "");
    }

    bool is_tls_;
};

}  // namespace etakahvila::api
