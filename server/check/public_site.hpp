#pragma once

// The site as people reach it: by its name, through the proxy and the firewall, with the certificate that is shown
// there.

#include <filesystem>

#include "check/look.hpp"

namespace etakahvila::check {

struct PublicSite {
    /// https://cafe.example.fi
    std::string url;
    /// What browsers there would send as the Origin of their pages: --site.
    std::string origin;
    /// By whom its certificate is believed; empty: those of this machine.
    std::filesystem::path authorities{};
};

/// public_name, public_tls, public_page, public_ready, public_socket; further ones are left out where an earlier one
/// keeps them from being tried. Waits at most 15 seconds for each.
Answers public_site(const PublicSite& site);

}  // namespace etakahvila::check
