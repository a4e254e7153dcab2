#include "line.hpp"

#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etakahvila::bench {
namespace {

constexpr std::size_t read_bytes = 256 * 1024;
/// Lines come from so many addresses of this machine: no server counts them all as one client.
constexpr unsigned addresses = 64;
/// Any will do here: it makes the server unmask.
constexpr std::array<char, 4> mask{'\x37', '\x5a', '\x21', '\x3d'};

std::string_view field_of(std::string_view head, std::string_view name) {
    for (std::size_t at = head.find("\r\n"); at != head.npos; at = head.find("\r\n", at + 2)) {
        const auto line = head.substr(at + 2);
        if (line.size() <= name.size() || line[name.size()] != ':' ||
            ::strncasecmp(line.data(), name.data(), name.size()) != 0)
            continue;
        const auto value = line.substr(name.size() + 1, line.find("\r\n") - name.size() - 1);
        return value.substr(std::min(value.find_first_not_of(' '), value.size()));
    }
    return {};
}

std::string_view host_of(std::string_view origin) { return origin.substr(origin.find("://") + 3); }

}  // namespace

// ------------------------------------------------------------------------------------ the loop

Loop::Loop() : epoll_{::epoll_create1(EPOLL_CLOEXEC)} {}
Loop::~Loop() { ::close(epoll_); }

bool Loop::run_until(const std::function<bool()>& condition, std::chrono::milliseconds at_most) {
    const auto until = Clock::now() + at_most;
    while (!condition()) {
        if (Clock::now() >= until) return false;
        turn(until);
    }
    return true;
}

void Loop::turn(Instant until) {
    if (!later_.empty()) until = std::min(until, later_.begin()->first);
    const auto wait = std::chrono::ceil<std::chrono::microseconds>(std::max(until - Clock::now(), Clock::duration{}));
    std::array<epoll_event, 512> events;
    const timespec timeout{.tv_sec = wait.count() / 1'000'000, .tv_nsec = wait.count() % 1'000'000 * 1000};
    const int count = ::epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
    for (int index = 0; index < count; ++index)
        static_cast<Line*>(events[static_cast<std::size_t>(index)].data.ptr)
            ->ready(events[static_cast<std::size_t>(index)].events);
    while (!later_.empty() && later_.begin()->first <= Clock::now()) {
        const auto task = std::move(later_.begin()->second);
        later_.erase(later_.begin());
        task();
    }
}

// ------------------------------------------------------------------------------------ the line

SSL_CTX* Line::make_tls() {
    auto* context = SSL_CTX_new(TLS_client_method());
    if (context == nullptr) throw std::bad_alloc{};
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &Line::keep_session);
    return context;
}

int Line::keep_session(SSL* tls, SSL_SESSION* session) {
    auto& line = *static_cast<Line*>(SSL_get_app_data(tls));
    if (line.session_ != nullptr) SSL_SESSION_free(line.session_);
    line.session_ = session;
    return 1;
}

void Line::connect(bool resumes_tls) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) throw std::runtime_error{"No socket can be made: raise `ulimit -n`."};
    constexpr int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + static_cast<unsigned>(number_) % addresses);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own);
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(way_.port);
    ::inet_pton(AF_INET, way_.host.c_str(), &server.sin_addr);
    phase_ = Phase::connecting;
    epoll_event event{.events = EPOLLIN | EPOLLOUT, .data = {.ptr = this}};
    watches_writable_ = true;
    ::epoll_ctl(way_.loop.epoll_, EPOLL_CTL_ADD, socket_, &event);
    if (way_.tls != nullptr) {
        tls_ = SSL_new(way_.tls);
        SSL_set_app_data(tls_, this);
        SSL_set_fd(tls_, socket_);
        SSL_set_connect_state(tls_);
        if (resumes_tls && session_ != nullptr) SSL_set_session(tls_, session_);
    }
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&server), sizeof server) != 0 && errno != EINPROGRESS)
        fail("cannot connect");
}

void Line::cut() {
    if (tls_ != nullptr) {
        // Without goodbye, but its ticket stays good.
        SSL_set_shutdown(tls_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        SSL_free(std::exchange(tls_, nullptr));
    }
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    phase_ = Phase::away;
    unread_.clear();
    unsent_.clear();
    fragments_.clear();
}

void Line::fail(std::string_view why) {
    cut();
    talk_.lost(*this, why);
}

void Line::watch(bool writable) {
    if (watches_writable_ == writable) return;
    watches_writable_ = writable;
    epoll_event event{
        .events = EPOLLIN | (writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U), .data = {.ptr = this}};
    ::epoll_ctl(way_.loop.epoll_, EPOLL_CTL_MOD, socket_, &event);
}

void Line::ready(std::uint32_t events) {
    if (phase_ == Phase::away) return;
    if (phase_ == Phase::connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) return fail("cannot connect");
        if ((events & EPOLLOUT) == 0) return;
        phase_ = Phase::shaking_hands;
    }
    if (phase_ == Phase::shaking_hands) return shake_hands();
    if ((events & EPOLLOUT) != 0 && !unsent_.empty()) write(std::exchange(unsent_, {}));
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) read();
}

void Line::shake_hands() {
    if (tls_ != nullptr) {
        const int result = SSL_do_handshake(tls_);
        if (result != 1) {
            const int error = SSL_get_error(tls_, result);
            if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return fail("TLS did not shake hands");
            return watch(error == SSL_ERROR_WANT_WRITE);
        }
    }
    watch(false);
    phase_ = Phase::http;
    talk_.connected(*this);
}

void Line::read() {
    static std::array<char, read_bytes> bytes;
    do {
        std::size_t count = 0;
        if (tls_ != nullptr) {
            ERR_clear_error();
            const int result = SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()));
            if (result <= 0) return SSL_get_error(tls_, result) == SSL_ERROR_WANT_READ ? void() : fail("closed");
            count = static_cast<std::size_t>(result);
        } else {
            const auto result = ::recv(socket_, bytes.data(), bytes.size(), 0);
            if (result < 0 && errno == EAGAIN) return;
            if (result <= 0) return fail("closed");
            count = static_cast<std::size_t>(result);
        }
        bytes_received_ += count;
        std::string_view left{bytes.data(), count};
        if (!unread_.empty()) left = unread_.append(left);
        std::string kept;
        if (left.data() == unread_.data()) {
            kept = std::exchange(unread_, {});
            left = kept;
        }
        while (!left.empty() && phase_ != Phase::away) {
            const auto used = take(left);
            if (used == 0) break;
            left.remove_prefix(used);
        }
        if (phase_ == Phase::away) return;
        unread_.assign(left);
    } while (tls_ != nullptr && SSL_has_pending(tls_) == 1);
}

std::size_t Line::take(std::string_view bytes) {
    return phase_ == Phase::websocket ? take_frame(bytes) : take_http(bytes);
}

std::size_t Line::take_http(std::string_view bytes) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == bytes.npos || bytes.size() < 12) return 0;
    const auto head = bytes.substr(0, head_end + 2);
    const auto status = static_cast<unsigned>(std::strtoul(bytes.data() + 9, nullptr, 10));
    if (phase_ == Phase::upgrading) {
        if (status != 101) {
            fail("upgrade refused: " + std::to_string(status));
            return 0;
        }
        phase_ = Phase::websocket;
        talk_.upgraded(*this);
        return head_end + 4;
    }
    const auto length = std::strtoul(std::string{field_of(head, "content-length")}.c_str(), nullptr, 10);
    if (bytes.size() < head_end + 4 + length) return 0;
    talk_.answered(*this, status, bytes.substr(head_end + 4, length));
    return head_end + 4 + length;
}

std::size_t Line::take_frame(std::string_view bytes) {
    if (bytes.size() < 2) return 0;
    const auto byte = [&](std::size_t at) { return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at])); };
    std::size_t head = 2;
    std::uint64_t length = byte(1) & 0x7f;
    if (length >= 126) {
        const std::size_t length_bytes = length == 126 ? 2 : 8;
        if (bytes.size() < 2 + length_bytes) return 0;
        length = 0;
        for (std::size_t at = 2; at < 2 + length_bytes; ++at) length = length << 8 | byte(at);
        head += length_bytes;
    }
    if (bytes.size() - head < length) return 0;
    const auto payload = bytes.substr(head, length);
    const auto opcode = byte(0) & 0x0f;
    const bool is_final = (byte(0) & 0x80) != 0;
    if (opcode == 8) {
        fail("closed by the server: " +
             std::to_string(payload.size() >= 2
                                ? static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1])
                                : 0));
        return 0;
    }
    if (opcode == 9) {
        std::string pong;
        add_frame(pong, 10, payload);
        write(pong);
    } else if (opcode <= 2) {
        if (is_final && fragments_.empty()) {
            talk_.received(*this, payload);
        } else {
            fragments_.append(payload);
            if (is_final) talk_.received(*this, std::exchange(fragments_, {}));
        }
    }
    return head + length;
}

void Line::request(std::string_view method, std::string_view target, std::string_view body) {
    std::string text;
    text.append(method)
        .append(" ")
        .append(target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(host_of(way_.origin))
        .append("\r\nOrigin: ")
        .append(way_.origin);
    text.append("\r\nContent-Type: application/json\r\nContent-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n\r\n")
        .append(body);
    write(text);
}

void Line::upgrade(std::string_view target, std::string_view subprotocol) {
    std::string text;
    text.append("GET ")
        .append(target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(host_of(way_.origin))
        .append("\r\nOrigin: ")
        .append(way_.origin);
    text.append(
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "ZXTDpGthaHZpbGFiZW5jaA==\r\n");
    if (!subprotocol.empty()) text.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    phase_ = Phase::upgrading;
    write(text.append("\r\n"));
}

void Line::send_all(std::span<const std::string_view> messages) {
    std::string frames;
    for (const auto message : messages) add_frame(frames, 1, message);
    write(frames);
}

void Line::send_binary(std::string_view message) {
    std::string frame;
    add_frame(frame, 2, message);
    write(frame);
}

void Line::freeze() {
    epoll_event event{.events = 0, .data = {.ptr = this}};
    ::epoll_ctl(way_.loop.epoll_, EPOLL_CTL_MOD, socket_, &event);
}

void Line::add_frame(std::string& to, std::uint8_t opcode, std::string_view payload) {
    to += static_cast<char>(0x80 | opcode);
    if (payload.size() < 126) {
        to += static_cast<char>(0x80 | payload.size());
    } else {
        to += static_cast<char>(0x80 | 126);
        to += static_cast<char>(payload.size() >> 8);
        to += static_cast<char>(payload.size() & 0xff);
    }
    to.append(mask.data(), mask.size());
    for (std::size_t at = 0; at < payload.size(); ++at) to += static_cast<char>(payload[at] ^ mask[at % mask.size()]);
}

void Line::write(std::string_view bytes) {
    if (phase_ == Phase::away) return;
    if (!unsent_.empty()) {
        unsent_.append(bytes);
        return;
    }
    while (!bytes.empty()) {
        std::size_t sent = 0;
        if (tls_ != nullptr) {
            ERR_clear_error();
            const int result = SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
            if (result <= 0) {
                const int error = SSL_get_error(tls_, result);
                if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ) return fail("closed");
                break;
            }
            sent = static_cast<std::size_t>(result);
        } else {
            const auto result = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (result < 0 && errno != EAGAIN) return fail("closed");
            if (result < 0) break;
            sent = static_cast<std::size_t>(result);
        }
        bytes.remove_prefix(sent);
    }
    unsent_.assign(bytes);
    watch(!unsent_.empty());
}

}  // namespace etakahvila::bench
