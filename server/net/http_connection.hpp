#pragma once

// A client that speaks HTTP: asks for pages, uses the API, or asks for a WebSocket and is handed on.

#include <optional>

#include "net/beast.hpp"
#include "net/services.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

namespace etakahvila::net {

inline constexpr std::size_t head_bytes_max = std::size_t{8} * 1024;
inline constexpr std::size_t body_bytes_most = std::size_t{1024} * 1024;
inline constexpr std::size_t target_bytes_max = 2048;
inline constexpr milliseconds handshake_within{5'000};
inline constexpr milliseconds head_within{5'000};
inline constexpr milliseconds body_within{30'000};
inline constexpr milliseconds answer_within{60'000};
inline constexpr milliseconds idle_max{30'000};
inline constexpr milliseconds linger_within{3'000};

class HttpConnection final : public Visited, public std::enable_shared_from_this<HttpConnection> {
public:
    /// Takes a fresh connection, and goes on by itself.
    static void serve(Worker& worker, const Services& services, Socket socket, asio::ip::address address,
        std::shared_ptr<const TlsContext> tls);

    HttpConnection(Worker& worker, const Services& services, Socket socket, asio::ip::address address,
        std::shared_ptr<const TlsContext> tls);
    ~HttpConnection() override;

    // ---- Visited
    milliseconds visit(milliseconds now) override;
    void stop() override;

private:
    using Head = http::request<http::string_body>;

    void begin();
    void await_request(milliseconds within);
    void read_head();
    void take_head();
    void head_was_read(error_code error);
    void read_body();
    void respond();
    void upgrade();
    /// `methods`: those that there are, for 405.
    void refuse(unsigned status, std::string_view methods = {});
    void write(Response answer);
    void was_written(error_code error);
    /// Lets the client read the answer: a socket closed with unread bytes would take it back.
    void linger();
    void drain();
    void end();
    void deadline(milliseconds at);
    std::string_view field(http::field name) const;
    bool is_https() const;

    Worker& worker_;
    const Services& services_;
    Stream stream_;
    asio::ip::address address_;
    Newcomers::Place place_;
    bool is_handed_on_ = false;
    bool is_ended_ = false;
    /// Nothing of a request is here: may be closed at any time.
    bool is_idle_ = true;
    bool is_stopping_ = false;
    milliseconds deadline_{};
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    Request request_;
    std::optional<http::response<http::span_body<const char>>> response_;
    std::shared_ptr<const std::string> response_body_;
    bool keeps_alive_ = false;
    /// Of the request: the head has a folded line; only the head of an answer is asked for.
    bool is_folded_ = false;
    bool is_head_ = false;
};

}  // namespace etakahvila::net
