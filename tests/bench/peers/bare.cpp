// The bare loop that others are measured against: one thread, epoll, one `send` or `SSL_write`
// for each receiver of one prepared frame, and nothing else. It knows no rules, keeps nothing,
// and has no queue: what cannot be sent at once is lost.
//   etakahvila-bench-bare PORT [CERTIFICATE KEY]
// Whoever upgrades at /N is in room N, and gets what anyone in it says.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Connection {
    int socket{};
    SSL* tls = nullptr;
    bool is_websocket = false;
    std::string unread;
    std::string room;
};

int loop = -1;
SSL_CTX* context = nullptr;
std::map<std::string, std::unordered_set<Connection*>, std::less<>> rooms;

void end(Connection* connection) {
    rooms[connection->room].erase(connection);
    if (connection->tls != nullptr) SSL_free(connection->tls);
    ::close(connection->socket);
    delete connection;
}

bool write(Connection* connection, std::string_view bytes) {
    if (connection->tls != nullptr)
        return SSL_write(connection->tls, bytes.data(), static_cast<int>(bytes.size())) ==
               static_cast<int>(bytes.size());
    return ::send(connection->socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

void broadcast(std::string_view room, std::string_view text) {
    std::string frame{'\x81'};
    if (text.size() < 126) {
        frame += static_cast<char>(text.size());
    } else {
        frame += {'\x7e', static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xff)};
    }
    frame += text;
    for (auto* each : rooms.find(room)->second) write(each, frame);
}

/// Whether the connection lives on.
bool upgrade(Connection* connection) {
    const auto end = connection->unread.find("\r\n\r\n");
    if (end == std::string::npos) return true;
    const auto& head = connection->unread;
    connection->room = head.substr(5, head.find(' ', 5) - 5);
    constexpr std::string_view field = "Sec-WebSocket-Key: ";
    const auto key_at = head.find(field);
    if (key_at == std::string::npos) return false;
    const auto key = head.substr(key_at + field.size(), 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest.data());
    std::array<unsigned char, 32> accept{};
    EVP_EncodeBlock(accept.data(), digest.data(), digest.size());
    connection->is_websocket = true;
    rooms[connection->room].insert(connection);
    connection->unread.erase(0, end + 4);
    return write(connection,
        std::string{
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "} +
            reinterpret_cast<char*>(accept.data()) + "\r\n\r\n");
}

bool take(Connection* connection) {
    if (!connection->is_websocket && !upgrade(connection)) return false;
    auto& bytes = connection->unread;
    std::size_t used = 0;
    while (connection->is_websocket && bytes.size() - used >= 6) {
        const auto* at = reinterpret_cast<unsigned char*>(bytes.data()) + used;
        std::size_t length = at[1] & 0x7f, head = 6;
        if (length == 126) {
            if (bytes.size() - used < 8) break;
            length = static_cast<std::size_t>(at[2] << 8 | at[3]);
            head = 8;
        }
        if (bytes.size() - used < head + length) break;
        if ((at[0] & 0x0f) == 8) return false;
        for (std::size_t index = 0; index < length; ++index)
            bytes[used + head + index] = static_cast<char>(bytes[used + head + index] ^ at[head - 4 + index % 4]);
        broadcast(connection->room, std::string_view{bytes}.substr(used + head, length));
        used += head + length;
    }
    bytes.erase(0, used);
    return true;
}

bool read(Connection* connection) {
    static std::array<char, 64 * 1024> bytes;
    while (true) {
        ssize_t count = 0;
        if (connection->tls != nullptr) {
            ERR_clear_error();
            if (!SSL_is_init_finished(connection->tls)) {
                const int result = SSL_do_handshake(connection->tls);
                if (result != 1) return SSL_get_error(connection->tls, result) == SSL_ERROR_WANT_READ;
            }
            count = SSL_read(connection->tls, bytes.data(), static_cast<int>(bytes.size()));
            if (count <= 0) return SSL_get_error(connection->tls, static_cast<int>(count)) == SSL_ERROR_WANT_READ;
        } else {
            count = ::recv(connection->socket, bytes.data(), bytes.size(), 0);
            if (count <= 0) return count < 0 && errno == EAGAIN;
        }
        connection->unread.append(bytes.data(), static_cast<std::size_t>(count));
        if (!take(connection)) return false;
    }
}

void accept_all(int listener) {
    while (true) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (socket < 0) return;
        constexpr int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto* connection = new Connection{.socket = socket, .unread = {}, .room = {}};
        if (context != nullptr) {
            connection->tls = SSL_new(context);
            SSL_set_fd(connection->tls, socket);
            SSL_set_accept_state(connection->tls);
        }
        epoll_event event{.events = EPOLLIN, .data = {.ptr = connection}};
        ::epoll_ctl(loop, EPOLL_CTL_ADD, socket, &event);
    }
}

}  // namespace

int main(int argc, char** argv) {
    ::signal(SIGPIPE, SIG_IGN);
    if (argc < 2) return 2;
    if (argc > 3) {
        context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_use_certificate_chain_file(context, argv[2]);
        SSL_CTX_use_PrivateKey_file(context, argv[3], SSL_FILETYPE_PEM);
    }
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    constexpr int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[1])));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(listener, 4096) != 0) {
        std::cerr << "Cannot listen on port " << argv[1] << '\n';
        return 1;
    }
    loop = ::epoll_create1(0);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
    ::epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    std::array<epoll_event, 512> events;
    while (true) {
        const int count = ::epoll_wait(loop, events.data(), events.size(), -1);
        for (int index = 0; index < count; ++index) {
            auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(index)].data.ptr);
            if (connection == nullptr)
                accept_all(listener);
            else if (!read(connection))
                end(connection);
        }
    }
}
