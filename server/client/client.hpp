#pragma once

// The client's side of HTTP and of the room's WebSocket, over TLS or plain. Many clients share one loop.
// Nothing blocks, every queue is bounded, and all is called on the loop's thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/client_loop.hpp"

namespace etakahvila::client {

/// Where a server is, read from `https://host:port` or `wss://host:port` (or http, ws). A path is not
/// looked at.
struct ServerAddress {
    std::string host;
    std::uint16_t port{};
    bool is_tls{};

    static std::optional<ServerAddress> parse(std::string_view url);
    /// `https://host:port`, without a port that goes without saying: what the server knows as its origin.
    std::string origin() const;
};

struct ClientLimits {
    /// A larger frame or answer ends the connection.
    std::size_t frame_bytes_max = std::size_t{8} * 1024 * 1024;
    std::size_t answer_bytes_max = std::size_t{32} * 1024 * 1024;
    /// More than this unsent ends a socket.
    std::size_t unsent_bytes_max = std::size_t{1024} * 1024;
    /// So many requests at once; the others wait their turn.
    std::size_t requests_at_once_max = 8;
    std::size_t requests_waiting_max = 10'000;
    std::chrono::seconds connect_within{20};
    std::chrono::seconds answer_within{60};
    /// A socket that has been silent for so long is given up.
    std::chrono::seconds silent_max{15};
};

struct HttpRequest {
    std::string method;
    std::string target;
    std::string body{};
    std::string content_type{"application/json"};
    /// For `Authorization: Bearer`; none when empty.
    std::string bearer{};
};

struct HttpAnswer {
    /// 0 when there was none.
    unsigned status{};
    std::string body;
    /// Why there was none.
    std::string failure;

    bool is_good() const { return status >= 200 && status < 300; }
};

/// What a socket tells. `closed` comes once, last, whatever happens, unless the client cuts it.
struct SocketEvents {
    std::function<void()> opened;
    std::function<void(std::string_view text)> received;
    /// The close code; 0 when the line broke, with the reason for a person to read.
    std::function<void(unsigned code, std::string_view reason)> closed;
};

class ClientSocket {
public:
    virtual ~ClientSocket() = default;
    /// After `opened`.
    virtual void send(std::string text) = 0;
    /// The line is cut without a word, as by a tunnel; no event comes any more.
    virtual void cut() = 0;
};

/// The way to one server.
class Client {
public:
    /// `checks_certificate`: off for a certificate that the server has made itself.
    Client(ClientLoop& loop, ServerAddress server, bool checks_certificate, ClientLimits limits = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    const ServerAddress& server() const;
    void request(HttpRequest request, std::function<void(HttpAnswer)> answered);
    /// Opens a WebSocket at the path. The socket lives until it has closed; the handle may be dropped.
    std::shared_ptr<ClientSocket> open(std::string path, SocketEvents events);

    struct Core;

private:
    std::shared_ptr<Core> core_;
};

}  // namespace etakahvila::client
