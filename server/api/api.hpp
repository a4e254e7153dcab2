#pragma once

// The other door (protocol/http.md): what is asked over HTTP. Each request is answered on a thread of the pool, which
// may wait for the disk, or later by the room that it concerns. Each subject of protocol/schema/api has a class here.

#include <memory>
#include <span>
#include <string>

#include "api/step_rows.hpp"
#include "api/feedback_keeper.hpp"
#include "api/health_board.hpp"
#include "api/mailer.hpp"
#include "api/provider_door.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "journal/reader_pool.hpp"
#include "keeping/keeper.hpp"
#include "media/pictures.hpp"
#include "net/http_exchange.hpp"
#include "net/http_rules.hpp"
#include "net/metrics.hpp"
#include "people/limit_book.hpp"
#include "protocol/api/access.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::api {

class Api final : public net::HttpService {
public:
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        net::Metrics& metrics;
        journal::Records& store;
        journal::Pool& pool;
        /// For passwords, which keep a thread busy for long.
        journal::Pool& password_pool;
        media::PictureMaker& pictures;
        /// For pictures, each of which takes a core for a second at most.
        journal::Pool& picture_pool;
        const net::Origins& origins;
        runtime::RoomDirectory& directory;
        runtime::TicketOffice& tickets;
        Mailer& mailer;
        FeedbackKeeper& feedback;
        HealthBoard& health;
        StepRows& step_rows;
        keeping::Keeper& keeper;
        /// The rooms as the keeper knows them.
        keeping::Rooms& kept_rooms;
        /// Where links lead to: "https://cafe.example.fi", without a slash at the end.
        std::string site;
        /// Whom people call who cannot get in; empty: nobody.
        std::string help_phone{};
        CitySignIn city{};
    };

    explicit Api(Parts parts);
    ~Api() override;

    std::string methods(std::string_view path) const override;
    std::size_t body_bytes_max(const net::Request& request) const override;
    void answer(net::Request request, net::Answer answer) override;

    /// From any thread.
    people::GuessCounts guess_counts() const;

    /// The whole table of who may ask what, for tests and for people to read.
    static std::span<const protocol::Route> routes();

private:
    /// The subjects, and what they share.
    struct Inside;

    Parts parts_;
    std::unique_ptr<Inside> inside_;
};

}  // namespace etakahvila::api
