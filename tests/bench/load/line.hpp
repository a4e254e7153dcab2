#pragma once

// A client's line to a server: TCP, TLS when asked, HTTP/1.1, then WebSocket. Made to cost little
// for each message that comes in, since thousands of them share one thread and one core with
// nothing else. Everything is called on that thread; nothing blocks.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

namespace etakahvila::bench {

using Clock = std::chrono::steady_clock;
using Instant = Clock::time_point;

class Line;

/// The thread's loop: sockets and appointments.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void at(Instant when, std::function<void()> task) { later_.emplace(when, std::move(task)); }
    void after(std::chrono::microseconds delay, std::function<void()> task) {
        at(Clock::now() + delay, std::move(task));
    }

    /// Runs until the condition holds; false when the time has passed first.
    bool run_until(const std::function<bool()>& condition, std::chrono::milliseconds at_most);
    void run_for(std::chrono::milliseconds time) {
        run_until([] { return false; }, time);
    }

private:
    friend class Line;
    void turn(Instant until);

    int epoll_;
    std::multimap<Instant, std::function<void()>> later_;
};

/// Where the server is, and how lines to it are made.
struct Way {
    Loop& loop;
    std::string host = "127.0.0.1";
    std::uint16_t port{};
    std::string origin{};
    /// Null: plain.
    SSL_CTX* tls = nullptr;
};

/// Who is told what comes.
class Talk {
public:
    virtual ~Talk() = default;
    /// The line is up: TLS has shaken hands.
    virtual void connected(Line& line) = 0;
    /// The answer to a request.
    virtual void answered(Line&, unsigned /*status*/, std::string_view /*body*/) {}
    virtual void upgraded(Line& line) = 0;
    virtual void received(Line& line, std::string_view message) = 0;
    /// The server has closed, or the line broke.
    virtual void lost(Line& line, std::string_view why) = 0;
};

class Line {
public:
    Line(const Way& way, Talk& talk, std::size_t number) : way_{way}, talk_{talk}, number_{number} {}
    ~Line() { cut(); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    std::size_t number() const { return number_; }
    bool is_up() const { return phase_ == Phase::websocket; }

    /// `resumes_tls`: with the session ticket of an earlier time, if there is one.
    void connect(bool resumes_tls = false);
    /// Without a word.
    void cut();

    void request(std::string_view method, std::string_view target, std::string_view body);
    void upgrade(std::string_view target, std::string_view subprotocol = {});
    void send(std::string_view message) { send_all({&message, 1}); }
    void send_binary(std::string_view message);
    /// Back to back, in one write.
    void send_all(std::span<const std::string_view> messages);

    /// What comes from now on is left where it is.
    void freeze();

    std::uint64_t bytes_received() const { return bytes_received_; }
    bool tls_was_resumed() const { return tls_ != nullptr && SSL_session_reused(tls_) == 1; }

private:
    friend class Loop;
    enum class Phase : std::uint8_t { away, connecting, shaking_hands, http, upgrading, websocket };

    void ready(std::uint32_t events);
    void shake_hands();
    void read();
    std::size_t take(std::string_view bytes);
    std::size_t take_http(std::string_view bytes);
    std::size_t take_frame(std::string_view bytes);
    void write(std::string_view bytes);
    static void add_frame(std::string& to, std::uint8_t opcode, std::string_view payload);
    void watch(bool writable);
    void fail(std::string_view why);
    static int keep_session(SSL* tls, SSL_SESSION* session);

    const Way& way_;
    Talk& talk_;
    std::size_t number_;
    Phase phase_ = Phase::away;
    int socket_ = -1;
    SSL* tls_ = nullptr;
    SSL_SESSION* session_ = nullptr;
    bool watches_writable_ = false;
    std::string unread_;
    std::string unsent_;
    std::string fragments_;
    std::uint64_t bytes_received_{};

public:
    /// A context that takes any certificate, and keeps the sessions' tickets.
    static SSL_CTX* make_tls();
};

}  // namespace etakahvila::bench
