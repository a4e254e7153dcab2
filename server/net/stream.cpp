#include "net/stream.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <boost/asio/error.hpp>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace etakahvila::net {
namespace {

/// As much as one TLS record holds.
constexpr std::size_t record_bytes_max = std::size_t{16} * 1024;

error_code system_error(int number) { return {number, boost::system::system_category()}; }

/// A wait that was already over when the stream was closed: its number may be another's by now.
const Attempt closed{.error = asio::error::operation_aborted};

bool would_block(int number) { return number == EAGAIN || number == EWOULDBLOCK; }

}  // namespace

Stream::Stream(Socket socket, std::shared_ptr<const TlsContext> tls)
    : socket_{std::move(socket)}, tls_{std::move(tls)} {
    socket_.non_blocking(true);
    if (tls_) session_ = tls_->session_over(socket_.native_handle());
}

Attempt Stream::outcome_of(int result) {
    if (result > 0) return {.bytes = static_cast<std::size_t>(result)};
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ: return {.wait = Attempt::Wait::readable};
        case SSL_ERROR_WANT_WRITE: return {.wait = Attempt::Wait::writable};
        case SSL_ERROR_ZERO_RETURN: return {.error = asio::error::eof};
        case SSL_ERROR_SYSCALL: return {.error = errno == 0 ? error_code{asio::error::eof} : system_error(errno)};
        default: return {.error = system_error(EPROTO)};
    }
}

Attempt Stream::try_handshake() {
    if (!socket_.is_open()) return closed;
    if (!session_) return {};
    ERR_clear_error();
    errno = 0;
    auto attempt = outcome_of(SSL_do_handshake(session_.get()));
    attempt.bytes = 0;
    return attempt;
}

Attempt Stream::try_read(asio::mutable_buffer into) {
    if (!socket_.is_open()) return closed;
    if (into.size() == 0) return {};
    if (session_) {
        ERR_clear_error();
        errno = 0;
        return outcome_of(
            SSL_read(session_.get(), into.data(), static_cast<int>(std::min(into.size(), record_bytes_max))));
    }
    while (true) {
        const auto received = ::recv(socket_.native_handle(), into.data(), into.size(), 0);
        if (received > 0) return {.bytes = static_cast<std::size_t>(received)};
        if (received == 0) return {.error = asio::error::eof};
        if (would_block(errno)) return {.wait = Attempt::Wait::readable};
        if (errno != EINTR) return {.error = system_error(errno)};
    }
}

Attempt Stream::try_write(std::span<const asio::const_buffer> from) {
    if (!socket_.is_open()) return closed;
    if (from.empty()) return {};
    if (session_) {
        // One record holds what waits: gathered, unless it is one piece.
        static thread_local std::array<char, record_bytes_max> record;
        const void* bytes = from.front().data();
        auto size = std::min(from.front().size(), record.size());
        if (from.size() > 1 && size < record.size()) {
            size = asio::buffer_copy(asio::buffer(record), from);
            bytes = record.data();
        }
        ERR_clear_error();
        errno = 0;
        const auto attempt = outcome_of(SSL_write(session_.get(), bytes, static_cast<int>(size)));
        bytes_under_way_ = attempt.is_done() ? 0 : size;
        return attempt;
    }
    std::array<iovec, buffers_max> pieces;
    const auto count = std::min(from.size(), pieces.size());
    for (std::size_t index = 0; index < count; ++index)
        pieces[index] = {const_cast<void*>(from[index].data()), from[index].size()};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    while (true) {
        const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
        if (sent >= 0) return {.bytes = static_cast<std::size_t>(sent)};
        if (would_block(errno)) return {.wait = Attempt::Wait::writable};
        if (errno != EINTR) return {.error = system_error(errno)};
    }
}

void Stream::end_sending() {
    if (session_ && bytes_under_way_ == 0 && SSL_is_init_finished(session_.get())) {
        ERR_clear_error();
        SSL_shutdown(session_.get());
    }
    error_code ignored;
    (void)socket_.shutdown(Socket::shutdown_send, ignored);
}

void Stream::close() {
    error_code ignored;
    (void)socket_.close(ignored);
}

}  // namespace etakahvila::net
