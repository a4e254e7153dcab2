#pragma once

// One byte stream of a client, plain or TLS: OpenSSL works straight on the socket. Everything is
// tried at once; only what would block waits for the socket. No operation has a timer: who owns
// the stream closes it when a deadline passes.
//
// Satisfies Asio's AsyncReadStream and AsyncWriteStream. At most one read and one write at a time.

#include <optional>
#include <span>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "net/tls.hpp"

namespace etakahvila::net {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

/// What became of a try: done when nothing is waited for.
struct Attempt {
    std::size_t bytes{};
    enum class Wait : std::uint8_t { nothing, readable, writable } wait{};
    error_code error{};

    bool is_done() const { return wait == Wait::nothing; }
};

/// The try again and again, with waits between, as an asynchronous operation: `attempt` is called
/// until it is done. The handler is never called from within the initiating function.
template <class Waitable, class TryOnce, class Token>
auto async_attempt(Waitable& waitable, TryOnce try_once, Token&& token) {
    return asio::async_compose<Token, void(error_code, std::size_t)>(
        [&waitable, try_once = std::move(try_once), result = std::optional<Attempt>{}, has_waited = false](
            auto& self, error_code error = {}) mutable {
            if (result) return self.complete(result->error, result->bytes);
            if (error) return self.complete(error, 0);
            const Attempt attempt = try_once();
            if (!attempt.is_done()) {
                has_waited = true;
                const auto side = attempt.wait == Attempt::Wait::readable ? asio::socket_base::wait_read
                                                                          : asio::socket_base::wait_write;
                return waitable.socket().async_wait(side, std::move(self));
            }
            if (has_waited) return self.complete(attempt.error, attempt.bytes);
            result = attempt;
            asio::post(std::move(self));
        },
        token, waitable.socket());
}

class Stream {
public:
    using executor_type = Socket::executor_type;

    /// Without a context: plain.
    Stream(Socket socket, std::shared_ptr<const TlsContext> tls);

    executor_type get_executor() { return socket_.get_executor(); }
    Socket& socket() { return socket_; }
    bool is_tls() const { return tls_ != nullptr; }

    Attempt try_handshake();
    Attempt try_read(asio::mutable_buffer into);

    /// Sends some of the buffers. After a try that has to wait the next one begins with the same
    /// bytes, and offers at least as many: a TLS record is under way (`bytes_under_way`).
    Attempt try_write(std::span<const asio::const_buffer> from);
    std::size_t bytes_under_way() const { return bytes_under_way_; }

    /// Says that nothing more will be sent.
    void end_sending();
    void close();

    template <class Token>
    auto async_handshake(Token&& token) {
        return async_attempt(*this, [this] { return try_handshake(); }, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& into, Token&& token) {
        return async_attempt(
            *this, [this, first = first_of(into)] { return try_read(first); }, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& from, Token&& token) {
        return async_attempt(*this, [this, from] { return try_write_all(from); }, std::forward<Token>(token));
    }

    /// The first buffer that is not empty.
    template <class Buffers>
    static asio::mutable_buffer first_of(const Buffers& buffers) {
        for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers); ++at) {
            if (asio::mutable_buffer{*at}.size() != 0) return *at;
        }
        return {};
    }

    static constexpr std::size_t buffers_max = 64;

private:
    template <class Buffers>
    Attempt try_write_all(const Buffers& from) {
        std::array<asio::const_buffer, buffers_max> pieces;
        std::size_t count = 0;
        for (auto at = asio::buffer_sequence_begin(from);
            at != asio::buffer_sequence_end(from) && count < pieces.size(); ++at) {
            if (asio::const_buffer{*at}.size() != 0) pieces[count++] = *at;
        }
        return try_write({pieces.data(), count});
    }

    Attempt outcome_of(int result);

    Socket socket_;
    std::shared_ptr<const TlsContext> tls_;
    SslSession session_;
    std::size_t bytes_under_way_{};
};

}  // namespace etakahvila::net
