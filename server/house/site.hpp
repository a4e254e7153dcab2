#pragma once

#include <functional>
#include <map>
#include <string>

#include "api/api.hpp"
#include "net/static_files.hpp"

namespace etakahvila::house {

/// All that is answered over HTTP: the web client, the API, and what an operator's tools ask.
class Site final : public net::HttpService {
public:
    struct Parts {
        const net::StaticFiles& files;
        net::HttpService& api;
        const net::Metrics& metrics;
        /// Values of the moment for /metrics, by name. From any thread.
        std::function<std::map<std::string, double>()> gauges;
        /// Whether clients should be sent here.
        std::function<bool()> is_ready;
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
        auto found = probe(request);
        if (!found) found = link_of_another_program(request);
        if (!found) found = parts_.files.find(request);
        if (!found) found = net::answer_of(404, "Not Found\n", plain_text);
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

    std::optional<net::Response> probe(const net::Request& request) const {
        const std::string_view path = request.path;
        if (path == "/healthz") return net::answer_of(200, "ok\n", plain_text);
        if (path == "/readyz")
            return parts_.is_ready() ? net::answer_of(200, "ready\n", plain_text)
                                     : net::answer_of(503, "not ready\n", plain_text);
        // The figures are this machine's own: from elsewhere there is no such page.
        if (path == "/metrics" && request.is_of_this_machine)
            return net::answer_of(200, parts_.metrics.to_text(parts_.gauges()), "text/plain; version=0.0.4");
        return std::nullopt;
    }

    Parts parts_;
};

}  // namespace etakahvila::house
