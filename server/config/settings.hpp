#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/log.hpp"

namespace etakahvila::config {

/// What an operator may choose. What each means stands in the option table (options.cpp).
struct Settings {
    std::vector<std::string> listen;
    std::uint16_t port{};
    std::string site;
    /// Whom people call who cannot get in; empty: nobody.
    std::string help_phone{};
    std::vector<std::string> origins;
    std::filesystem::path data;
    std::filesystem::path web;
    /// Empty: beside this program.
    std::filesystem::path picture_program{};
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies;
    std::filesystem::path word_list;
    std::size_t workers{};
    std::size_t api_threads{};
    std::size_t newcomers_max{};
    std::size_t newcomers_per_address_max{};
    base::LogLevel log_level{};
    /// smtp:// or smtps://; empty: no mail.
    std::string mail_server{};
    std::string mail_from{};
    std::string mail_user{};
    std::filesystem::path mail_password_file{};
    std::filesystem::path mail_authorities{};

    bool has_tls() const { return !tls_certificate.empty(); }
};

}  // namespace etakahvila::config
