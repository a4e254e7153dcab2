#pragma once

#include <array>
#include <ctime>
#include <functional>
#include <string>

#include "api/api.hpp"
#include "base/clock.hpp"
#include "house/public_files.hpp"
#include "house/health.hpp"
#include "house/public_pages.hpp"
#include "net/static_files.hpp"

namespace etakahvila::house {

/// All that is answered over HTTP: the web client, the API, and what an operator's tools ask.
class Site final : public net::HttpService {
public:
    struct Parts {
        const net::StaticFiles& files;
        const PublicPages& pages;
        net::HttpService& api;
        net::Metrics& metrics;
        Health& health;
        /// Whether clients are let in: not before it has opened, and not while it closes.
        std::function<bool()> is_open;
        const base::Clock& clock;
        /// What links begin with.
        const std::string& site;
        /// A URI; empty: there is no security.txt.
        const std::string& security_contact;
    };

    explicit Site(Parts parts) : parts_{std::move(parts)} {}

    std::size_t body_bytes_max(const net::Request& request) const override {
        return is_api(request.path) ? parts_.api.body_bytes_max(request) : 0;
    }

    std::string methods(std::string_view path) const override {
        return is_api(path) ? parts_.api.methods(path) : "GET, HEAD";
    }

    void answer(net::Request request, net::Answer answer) override {
        using enum net::Request::Method;
        if (is_api(request.path)) return parts_.api.answer(std::move(request), std::move(answer));
        if (request.method != get && request.method != head) {
            auto refused = net::answer_of(405, "Method Not Allowed\n", plain_text);
            refused.fields.emplace_back("Allow", methods(request.path));
            return answer(std::move(refused));
        }
        const auto begun = base::instant_now();
        auto found = probe(request);
        const std::string_view route = !found ? "page" : request.path == "/healthz" ? "/healthz" : "/readyz";
        if (!found) found = file_for_programs(request);
        if (!found) found = parts_.pages.find(request);
        if (!found) found = link_of_another_program(request);
        if (!found) found = parts_.files.find(request);
        if (!found) found = net::answer_of(404, "Not Found\n", plain_text);
        parts_.metrics.count_answer("GET", route, found->status, base::seconds_since(begun));
        answer(std::move(*found));
    }

private:
    static constexpr std::string_view plain_text = "text/plain; charset=utf-8";

    static constexpr std::string_view link_characters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=&;,:!*()%";

    static bool is_api(std::string_view path) { return path.starts_with("/api/") || path.starts_with("/calendar/"); }

    /// A link whose # another program wrote as %23: back to what it was. It has been sent to us by
    /// then, and goes no further: neither into a log nor into the address of a page.
    static std::optional<net::Response> link_of_another_program(const net::Request& request) {
        const std::string_view path = request.path;
        const auto at = path.find("%23");
        if (at == path.npos) return std::nullopt;
        const auto page = path.substr(0, at);
        const auto secret = path.substr(at + 3);
        const bool is_ours = (page == "/" || page == "/staff") && secret.size() >= people::Secret::link_length &&
                             secret.size() <= 200 && secret.find_first_not_of(link_characters) == secret.npos;
        if (!is_ours) return std::nullopt;
        auto moved = net::answer_of(302, "", plain_text);
        moved.fields.emplace_back("Location", std::string{page} + "#" + std::string{secret});
        return moved;
    }

    std::optional<net::Response> file_for_programs(const net::Request& request) const {
        std::optional<net::Response> found;
        if (request.path == "/robots.txt") found = net::answer_of(200, robots_txt(), plain_text);
        if (request.path == "/.well-known/security.txt" && !parts_.security_contact.empty())
            found = net::answer_of(
                200, security_txt(parts_.security_contact, parts_.site, parts_.clock.utc()), plain_text);
        if (found) {
            found->is_kept_from_caches = false;
            found->fields.emplace_back("Cache-Control", "public, max-age=3600");
        }
        return found;
    }

    std::optional<net::Response> probe(const net::Request& request) const {
        const std::string_view path = request.path;
        if (path == "/healthz") return net::answer_of(200, "ok\n", plain_text);
        if (path == "/readyz") return readiness(request.is_of_operator);
        return std::nullopt;
    }

    /// Whether clients should be sent here; then, for the operator alone, a line for each thing that is wrong, be it a
    /// reason or not.
    net::Response readiness(bool tells_why) const {
        const auto health = parts_.health.health();
        bool is_ready = parts_.is_open();
        std::string troubles = is_ready ? "" : "closing\n";
        for (const auto& one : health.troubles) {
            is_ready = is_ready && !Health::keeps_clients_away(one.what);
            troubles += std::string{base::name_of(one.what)} + " since " + utc_text(one.since) + "\n";
        }
        std::string said = is_ready ? "ready\n" : "not ready\n";
        if (tells_why) said += troubles;
        return net::answer_of(is_ready ? 200 : 503, std::move(said), plain_text);
    }

    static std::string utc_text(base::UtcTime at) {
        const auto seconds = static_cast<std::time_t>(at.ms / 1000);
        std::tm parts{};
        std::array<char, 32> text{};
        const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", ::gmtime_r(&seconds, &parts));
        return {text.data(), size};
    }

    Parts parts_;
};

}  // namespace etakahvila::house
