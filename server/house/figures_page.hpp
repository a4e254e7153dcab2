#pragma once

// What Prometheus reads: /metrics, and nothing else, on a listener of its own. Nobody's name is in it; how many are
// there, and when, is for the operator alone.

#include "api/api.hpp"
#include "house/health_look.hpp"
#include "house/post_office.hpp"
#include "journal/sqlite_store.hpp"
#include "net/metrics.hpp"

namespace etakahvila::house {

class FiguresPage final : public net::HttpService {
public:
    struct Parts {
        const net::Metrics& metrics;
        const journal::SqliteStore& store;
        const journal::Pool& pool;
        runtime::RoomDirectory& directory;
        Health& health;
        const HealthLook& look;
        const PostOffice& post;
        const api::Api& api;
        /// Of the certificate that is served; nothing where a proxy has it.
        std::function<std::optional<base::UtcTime>()> certificate_ends;
    };

    explicit FiguresPage(Parts parts) : parts_{std::move(parts)} {}

    std::string methods(std::string_view path) const override { return path == figures_path ? "GET, HEAD" : ""; }
    std::size_t body_bytes_max(const net::Request&) const override { return 0; }

    /// Answered when every open room has said how it is: of a worker that hangs there are no figures, and that is seen.
    void answer(net::Request request, net::Answer answer) override;

private:
    static constexpr std::string_view figures_path = "/metrics";

    std::string text_with(const runtime::RoomFigures& rooms) const;

    Parts parts_;
};

}  // namespace etakahvila::house
