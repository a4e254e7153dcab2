#pragma once

// What a server has for its clients within this process: one worker whose loop turns when it is told to, one
// room with a journal in memory, and clients at the other end of socket pairs. What reads, answers
// and decides is the server's own; only the sockets' other side is not a network.

#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include "fuzz/target.hpp"
#include "journal/memory_journal.hpp"
#include "journal/sqlite_store.hpp"
#include "support/chance.hpp"
#include "support/temporary_folder.hpp"
#include "net/http_connection.hpp"

namespace etakahvila::fuzz {

/// Stands still: what becomes of silence is asked elsewhere.
class StillClock final : public base::Clock {
public:
    std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds{1'000'000}; }
    base::UtcTime utc() const override { return {1'796'281'200'000}; }
};

/// One client's end.
class Client {
public:
    Client() = default;
    explicit Client(int socket) : socket_{socket} {}
    ~Client() {
        if (socket_ >= 0) ::close(socket_);
    }
    Client(Client&& other) noexcept : socket_{std::exchange(other.socket_, -1)} {}
    Client& operator=(Client&& other) noexcept {
        std::swap(socket_, other.socket_);
        return *this;
    }

    /// What does not fit, or comes when the server has hung up, is lost.
    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Nothing more will be sent.
    void end() { ::shutdown(socket_, SHUT_WR); }
    /// All that has come since.
    std::string hear() {
        std::string heard;
        std::array<char, 4096> piece;
        while (true) {
            const auto count = ::recv(socket_, piece.data(), piece.size(), MSG_DONTWAIT);
            if (count <= 0) return heard;
            heard.append(piece.data(), static_cast<std::size_t>(count));
        }
    }

private:
    int socket_ = -1;
};

/// What is made once: a store, which only the pool asks for, and the pool.
struct Ground {
    testing::TemporaryFolder folder;
    journal::SqliteStore store{folder.path() / "records.sqlite"};
    journal::Pool pool{store, 1};
};

class HttpInput {
public:
    static constexpr protocol::SessionId session{5};
    static constexpr std::string_view origin = "https://kahvila.example";
    /// The client's own address, that of a proxy which is believed.
    static constexpr auto address = "192.0.2.7";

    explicit HttpInput(net::HttpService& http)
        : services_{.origins = origins_,
              .http = http,
              .rooms = rooms_,
              .tickets = tickets,
              .voice_tickets = voice_tickets,
              .trusted_proxies = {boost::asio::ip::make_address(address)},
              .hosts = hosts_} {
        open();
    }

    Client connect() {
        std::array<int, 2> pair{};
        HOLDS(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) == 0);
        net::Socket socket{worker_.context()};
        socket.assign(boost::asio::ip::tcp::v4(), pair[1]);
        net::HttpConnection::serve(
            worker_, services_, std::move(socket), boost::asio::ip::make_address(address), nullptr);
        return Client{pair[0]};
    }

    /// Until there is nothing more to do.
    void turn() {
        while (worker_.context().poll() != 0) {}
    }

    runtime::RoomHost& room() { return *room_; }
    const StillClock& clock() const { return clock_; }

    runtime::TicketOffice tickets;
    runtime::TicketOffice voice_tickets;

private:
    static Ground& ground() {
        static Ground ground;
        return ground;
    }

    /// So that the worker finds the room without waiting.
    void open() {
        std::promise<std::shared_ptr<runtime::RoomHost>> found;
        rooms_.find(session, [&](auto room) { found.set_value(std::move(room)); });
        room_ = found.get_future().get();
        HOLDS(room_);
        turn();
    }

    StillClock clock_;
    base::Log log_{base::LogLevel::debug, [](std::string_view) {}};
    net::Metrics metrics_;
    // Its own timers would keep real time: they never come due.
    net::Worker worker_{{.clock = clock_, .log = log_, .metrics = metrics_, .sweep_every = std::chrono::hours{24}}};
    journal::MemoryJournal journal_;
    voice::Figures voice_figures_;
    runtime::RoomDirectory directory_{{.loops = {&worker_},
        .clock = clock_,
        .journal = journal_,
        .tickets = tickets,
        .voice_tickets = voice_tickets,
        .voice_figures = voice_figures_,
        .plan_of =
            [](protocol::SessionId id) {
                return std::optional{domain::SessionPlan{.session = id, .theme = "Uni", .series = "Etäkahvila"}};
            },
        .damaged = {}}};
    net::RoomFinder rooms_{directory_, ground().pool};
    net::Origins origins_{{std::string{origin}}};
    net::Hosts hosts_{{"kahvila.example", "a"}};
    net::Services services_;
    std::shared_ptr<runtime::RoomHost> room_;
};

}  // namespace etakahvila::fuzz
