#pragma once

// A whole server on 127.0.0.1 with a clock of the test's own, and clients who may send anything.

#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <openssl/ssl.h>

#include "base/json.hpp"
#include "people/invitations.hpp"
#include "people/sessions.hpp"
#include "people/staff.hpp"
#include "protocol/connection.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "config/settings.hpp"
#include "support/temporary_folder.hpp"

// Whoever looks into the house includes what they look at: house/house.hpp alone costs ten seconds of each file.
namespace etakahvila::house {
class House;
}
namespace etakahvila::journal {
class SqliteStore;
}
namespace etakahvila::net {
class Metrics;
}

namespace etakahvila::testing {

/// Stands still until the test moves it.
class HandClock final : public base::Clock {
public:
    std::chrono::milliseconds monotonic() const override {
        return std::chrono::milliseconds{1'000'000 + passed_.load()};
    }
    /// 2026-12-03 09:00 in Helsinki, and on.
    base::UtcTime utc() const override { return {1'796'281'200'000 + passed_.load()}; }
    void pass(std::chrono::milliseconds span) { passed_ += span.count(); }

private:
    std::atomic<std::int64_t> passed_{};
};

/// A self-signed certificate for localhost and its key, as cert.pem and key.pem in the folder. It ends in 30 days of
/// the machine's clock, or then.
void make_certificate(const std::filesystem::path& folder, std::optional<base::UtcTime> ends = {});

/// Looks until it is so; fails the test when it is not within 10 s.
void wait_until(const std::function<bool()>& is_so);

struct Invited {
    protocol::PersonId person;
    std::string secret;
    std::string code;
};

struct HouseOptions {
    bool has_tls = false;
    std::size_t workers = 1;
    std::vector<std::string> origins{};
    std::vector<std::string> trusted_proxies{};
    std::size_t newcomers_max = 512;
    std::string mail_server{};
    /// The text of the site's word list; empty: none.
    std::string word_list{};
    std::string site{};
    /// In place of the one beside the test.
    std::filesystem::path picture_program{};
    /// The figures have a listener (TestHouse::figures).
    bool has_figures = false;
    /// What the data file holds before the house opens it: the site of an earlier version, as SQL. Empty: nothing.
    std::string site_before{};
};

class TestHouse {
    // The house logs to its very end.
    mutable std::mutex mutex_;
    std::string lines_;

public:
    explicit TestHouse(HouseOptions options = {});
    ~TestHouse();

    std::uint16_t port() const;
    std::string origin() const;
    journal::SqliteStore& store() const;
    const net::Metrics& metrics() const;

    /// A session from 09:00 to 13:00 on the clock's day.
    protocol::SessionId plan_session(const people::SessionSettings& wished = {});
    Invited invite(protocol::SessionId session, protocol::Role role, const std::string& name);
    std::string coordinator_key();

    /// An account with the password below, as its roles say.
    people::AccountId add_account(
        const std::string& name, std::vector<people::GivenRole> roles, std::vector<std::string> supervises = {});
    static constexpr std::string_view password = "kahvi ja pulla";

    /// Lets the time pass in steps that no worker takes for a pause, each of them seen by all.
    void pass(std::chrono::milliseconds span);

    std::string log() const;

    /// What Prometheus reads. Of a house that has_figures.
    std::string figures() const;
    std::uint16_t figures_port() const;

    /// The house is closed and made anew on the same data, as after a restart.
    void open_anew();

    TemporaryFolder folder;
    HandClock clock;
    std::unique_ptr<base::Log> log_;
    config::Settings settings;
    std::unique_ptr<house::House> house;
    bool has_tls;
    std::size_t workers;
};

/// A blocking connection.
class RawClient {
public:
    struct Ways {
        bool has_tls = false;
        int receive_buffer_bytes = 0;
        int tls_version_max = 0;
        /// Of TLS 1.2 and before, in OpenSSL's words; null: the usual ones.
        const char* ciphers = nullptr;
        SSL_SESSION* session = nullptr;
    };
    explicit RawClient(const TestHouse& house) : RawClient{house.port(), Ways{.has_tls = house.has_tls}} {}
    RawClient(std::uint16_t port, Ways ways);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;

    /// False when TLS could not be agreed upon.
    bool is_connected() const { return is_connected_; }
    SSL* tls() const { return tls_; }

    /// False when the other side has gone.
    bool send(std::string_view bytes);
    /// What has come, at least one byte; empty when the other side has closed. Fails the test after 10 s of nothing.
    std::string receive();
    /// Until the other side closes.
    std::string receive_all();

private:
    int socket_ = -1;
    SSL_CTX* context_ = nullptr;
    SSL* tls_ = nullptr;
    bool is_connected_ = true;
};

struct Reply {
    int status{};
    std::string head;
    std::string body;

    /// The value of a header field, or an empty text.
    std::string field(std::string_view name) const;
};

/// How a link stands, by the answer of a look: "open", "early", "over", "revoked"; empty when it does not say.
std::string standing_of(const Reply& looked);
/// Whether the body has this in it; where it is checked and is not so, the answer is told.
bool has(const Reply& reply, std::string_view part);

/// A header field, and the body of a look or an enter.
std::string bearer(const std::string& secret);
std::string secret_body(const std::string& secret);

/// One request on a connection of its own, or on the given one.
Reply ask(const TestHouse& house, std::string_view method, std::string_view path, std::string_view body = {},
    const std::vector<std::string>& fields = {}, std::string_view host = "localhost");
Reply ask(RawClient& client, std::string_view method, std::string_view path, std::string_view body = {},
    const std::vector<std::string>& fields = {}, std::string_view host = "localhost");
Reply read_reply(RawClient& client, bool has_body = true);

/// A browser in which someone is signed in, as it asks: with its cookie, and from a page of ours.
struct SignedIn {
    std::string cookie;
    std::string csrf_token;

    std::vector<std::string> fields(const TestHouse& house) const {
        return {"Origin: " + house.origin(), "Cookie: " + cookie, "X-CSRF-Token: " + csrf_token};
    }
};

/// `POST /api/sign-in`, whatever comes of it.
Reply try_to_sign_in(const TestHouse& house, std::string_view name, std::string_view password,
    const std::vector<std::string>& more_fields = {});
SignedIn signed_in(const Reply& reply);
SignedIn sign_in(const TestHouse& house, std::string_view name);

/// `POST /api/enter`: the ticket.
std::string enter(const TestHouse& house, const Invited& invited, std::string_view name = {});

/// A client in the room, or on the way there.
class RoomClient {
public:
    explicit RoomClient(const TestHouse& house) : RoomClient{RawClient{house}, house.origin()} {}
    RoomClient(RawClient raw, const std::string& origin, const std::string& path = "/room");

    void send_text(std::string_view text) { send_frame(0x81, text); }
    /// `first`: FIN, reserved bits and opcode.
    void send_frame(unsigned first, std::string_view payload, bool is_masked = true);
    void send(const protocol::ClientFrame& frame);
    void send_bytes(std::string_view bytes) { raw_.send(bytes); }
    void hello(const std::string& ticket, std::optional<protocol::ResumePoint> resume = {});
    void command(const std::string& id, protocol::Command command);

    struct Frame {
        unsigned opcode{};
        std::string payload;
    };
    /// The next frame; nothing when the connection has ended. Pings are answered when `answers`.
    std::optional<Frame> next();
    /// The next message of this type; other messages are passed over. Fails the test when it does not come.
    template <class T>
    T expect() {
        while (true) {
            const auto message = next_message();
            if (const auto* wanted = std::get_if<T>(&message)) return *wanted;
        }
    }
    /// Hello, and what the server says to it.
    protocol::Welcome come_in(const std::string& ticket, std::optional<protocol::ResumePoint> resume = {});
    protocol::Outcome outcome_of(const std::string& id, protocol::Command command);
    /// Of a command that has been sent.
    protocol::Outcome outcome_of(const std::string& id);
    /// Reads on until the server's close frame: its code. 0 when there was none.
    unsigned close_code();

    bool answers = true;
    /// What goodbye said before the close.
    std::optional<protocol::Goodbye> goodbye;
    std::string handshake;

private:
    protocol::ServerFrame next_message();

    RawClient raw_;
    std::string buffer_;
    simdjson::dom::parser parser_;
};

}  // namespace etakahvila::testing
