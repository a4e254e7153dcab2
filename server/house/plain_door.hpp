#pragma once

// What is answered to whoever comes without TLS, on a port of its own: the way to the site, and what an authority
// asks for before it gives a certificate.

#include <filesystem>
#include <string>

#include "net/http_exchange.hpp"

namespace etakahvila::house {

class PlainDoor final : public net::HttpService {
public:
    /// `site` is https, as links begin with it. `acme_folder`: what lies in its .well-known/acme-challenge is given to
    /// whoever asks (RFC 8555 §8.3), as certbot's webroot has it; empty: there is none.
    PlainDoor(std::string site, std::filesystem::path acme_folder)
        : site_{std::move(site)}, acme_folder_{std::move(acme_folder)} {}

    std::string methods(std::string_view) const override { return "GET, HEAD"; }
    std::size_t body_bytes_max(const net::Request&) const override { return 0; }
    void answer(net::Request request, net::Answer answer) override;

private:
    std::string site_;
    std::filesystem::path acme_folder_;
};

/// Where the site has what is asked for by this path. A page keeps its name, which is one word. Anything else may hold
/// a secret (a calendar's address, a link that another program has written wrong), and is not said back where
/// everybody on the way can read it: it goes to the front page.
std::string place_of_page(const std::string& site, std::string_view path);

}  // namespace etakahvila::house
