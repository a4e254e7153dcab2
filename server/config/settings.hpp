#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/log.hpp"

namespace etakahvila::config {

struct ListenAddress {
    std::string host;
    std::uint16_t port{};
};

/// What an operator may choose. What each means stands in the option table (options.cpp).
struct Settings {
    std::vector<std::string> listen;
    std::uint16_t port{};
    std::string site;
    /// Whom people call who cannot get in; empty: nobody.
    std::string help_phone{};
    /// Whom coordinators call when the server is in trouble; empty: nobody is named.
    std::string operator_phone{};
    std::vector<std::string> origins;
    std::filesystem::path data;
    std::filesystem::path web;
    /// Empty: beside this program.
    std::filesystem::path picture_program{};
    /// Empty: this program starts the one that makes pictures itself.
    std::filesystem::path picture_socket{};
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies;
    /// Where whoever comes without TLS is shown the way to the site; empty: nowhere.
    std::vector<ListenAddress> redirect_listen{};
    /// certbot's webroot; empty: there is none.
    std::filesystem::path acme_folder{};
    /// A URI; empty: nobody is named.
    std::string security_contact{};
    /// The site's own words for the pages that anyone may read; empty: there are none.
    std::filesystem::path pages{};
    std::filesystem::path word_list;
    std::size_t workers{};
    std::size_t api_threads{};
    std::size_t newcomers_max{};
    std::size_t newcomers_per_address_max{};
    base::LogLevel log_level{};
    /// Empty: there are no figures.
    std::vector<ListenAddress> metrics_listen{};
    /// smtp:// or smtps://; empty: no mail.
    std::string mail_server{};
    std::string mail_from{};
    std::string mail_user{};
    std::filesystem::path mail_password_file{};
    std::filesystem::path mail_authorities{};
    /// Where the staff can sign in by the city's own provider; empty: there is none.
    std::string oidc_issuer{};
    std::string oidc_client_id{};
    std::filesystem::path oidc_client_secret_file{};
    std::string oidc_name{};
    std::filesystem::path oidc_authorities{};
    std::filesystem::path backup_folder{};
    /// The newest so many stay; 0: however many there are.
    std::size_t backup_keep{};
    int backup_days{};

    bool has_tls() const { return !tls_certificate.empty(); }
};

}  // namespace etakahvila::config
