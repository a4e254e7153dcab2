#include "client/client.hpp"

#include <charconv>
#include <deque>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "client/client_core.hpp"

namespace etakahvila::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

}  // namespace

std::optional<ServerAddress> ServerAddress::parse(std::string_view url) {
    ServerAddress address;
    const auto end_of_scheme = url.find("://");
    if (end_of_scheme == std::string_view::npos) return std::nullopt;
    const auto scheme = url.substr(0, end_of_scheme);
    if (scheme == "https" || scheme == "wss")
        address.is_tls = true;
    else if (scheme != "http" && scheme != "ws")
        return std::nullopt;
    auto place = url.substr(end_of_scheme + 3);
    place = place.substr(0, place.find_first_of("/?#"));
    address.port = address.is_tls ? 443 : 80;
    const auto colon = place.rfind(':');
    if (colon != std::string_view::npos && place.find(']', colon) == std::string_view::npos) {
        const auto digits = place.substr(colon + 1);
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
        if (fault != std::errc{} || end != digits.data() + digits.size() || address.port == 0) return std::nullopt;
        place = place.substr(0, colon);
    }
    if (place.size() > 2 && place.front() == '[' && place.back() == ']') place = place.substr(1, place.size() - 2);
    if (place.empty()) return std::nullopt;
    address.host = place;
    return address;
}

std::string ServerAddress::origin() const {
    std::string text = is_tls ? "https://" : "http://";
    text += host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (is_tls ? 443 : 80)) text += ":" + std::to_string(port);
    return text;
}

struct Client::Core : std::enable_shared_from_this<Client::Core> {
    struct Waiting {
        HttpRequest request;
        std::function<void(HttpAnswer)> answered;
    };

    Core(ClientLoop& own_loop, ServerAddress to, bool checks, ClientLimits own_limits)
        : loop{own_loop},
          server{std::move(to)},
          limits{own_limits},
          checks_certificate{checks},
          tls{asio::ssl::context::tls_client},
          resolver{own_loop.core().context} {
        SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
        SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
        if (checks) tls.set_default_verify_paths();
        tls.set_verify_mode(checks ? asio::ssl::verify_peer : asio::ssl::verify_none);
    }

    /// Calls `found` with where the server listens; asked of the system once.
    void locate(std::function<void(error_code)> found) {
        if (!places.empty()) return found({});
        when_located.push_back(std::move(found));
        if (when_located.size() > 1) return;
        resolver.async_resolve(server.host, std::to_string(server.port),
            [self = shared_from_this()](error_code error, const tcp::resolver::results_type& results) {
                if (!error) self->places.assign(results.begin(), results.end());
                for (auto& each : std::exchange(self->when_located, {})) each(error);
            });
    }

    asio::io_context& context() { return loop.core().context; }
    void start_requests();

    ClientLoop& loop;
    ServerAddress server;
    ClientLimits limits;
    bool checks_certificate;
    asio::ssl::context tls;
    tcp::resolver resolver;
    std::vector<tcp::endpoint> places;
    std::vector<std::function<void(error_code)>> when_located;
    std::deque<Waiting> waiting;
    std::size_t under_way{};
};

namespace {

using CorePtr = std::shared_ptr<Client::Core>;

bool is_address(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

Plain make_stream(Client::Core& core, std::type_identity<Plain>) { return Plain{core.context()}; }
Secure make_stream(Client::Core& core, std::type_identity<Secure>) {
    Secure stream{core.context(), core.tls};
    if (!is_address(core.server.host)) SSL_set_tlsext_host_name(stream.native_handle(), core.server.host.c_str());
    if (core.checks_certificate) stream.set_verify_callback(asio::ssl::host_name_verification{core.server.host});
    return stream;
}

/// Finds, connects and greets, then `ready`; the stream's own time limit is on.
template <class Stream, class Ready>
void make_ready(const CorePtr& core, Stream& stream, const Ready& ready) {
    core->locate([core, &stream, ready](error_code error) {
        if (error) return ready(error);
        auto& lowest = beast::get_lowest_layer(stream);
        lowest.expires_after(core->limits.connect_within);
        lowest.async_connect(core->places, [&stream, ready](error_code refused, const tcp::endpoint&) {
            if (refused) return ready(refused);
            error_code ignored;
            beast::get_lowest_layer(stream).socket().set_option(tcp::no_delay{true}, ignored);
            if constexpr (std::is_same_v<Stream, Secure>) {
                stream.async_handshake(asio::ssl::stream_base::client, ready);
            } else {
                ready(refused);
            }
        });
    });
}

template <class Stream>
class Exchange : public std::enable_shared_from_this<Exchange<Stream>> {
public:
    Exchange(CorePtr core, HttpRequest asks, std::function<void(HttpAnswer)> done)
        : core_{std::move(core)}, stream_{make_stream(*core_, std::type_identity<Stream>{})}, done_{std::move(done)} {
        request_.method_string(asks.method);
        request_.target(asks.target);
        request_.version(11);
        request_.set(http::field::host, core_->server.origin().substr(core_->server.is_tls ? 8 : 7));
        request_.set(http::field::connection, "close");
        if (asks.method != "GET") {
            request_.set(http::field::origin, core_->server.origin());
            request_.set(http::field::content_type, asks.content_type);
        }
        if (!asks.bearer.empty()) request_.set(http::field::authorization, "Bearer " + asks.bearer);
        request_.body() = std::move(asks.body);
        request_.prepare_payload();
        answer_.body_limit(core_->limits.answer_bytes_max);
    }

    void start() {
        make_ready(core_, stream_, [self = this->shared_from_this()](error_code error) {
            if (error) return self->fail(error);
            beast::get_lowest_layer(self->stream_).expires_after(self->core_->limits.answer_within);
            http::async_write(self->stream_, self->request_, [self](error_code broken, std::size_t) {
                if (broken) return self->fail(broken);
                http::async_read(self->stream_, self->buffer_, self->answer_, [self](error_code cut, std::size_t) {
                    if (cut) return self->fail(cut);
                    self->finish({.status = self->answer_.get().result_int(),
                        .body = std::move(self->answer_.get().body()),
                        .failure = {}});
                });
            });
        });
    }

private:
    void fail(error_code error) { finish({.status = 0, .body = {}, .failure = error.message()}); }

    void finish(HttpAnswer answer) {
        error_code ignored;
        beast::get_lowest_layer(stream_).socket().close(ignored);
        std::exchange(done_, {})(std::move(answer));
    }

    CorePtr core_;
    Stream stream_;
    http::request<http::string_body> request_;
    http::response_parser<http::string_body> answer_;
    beast::flat_buffer buffer_;
    std::function<void(HttpAnswer)> done_;
};

template <class Stream>
class Socket final : public ClientSocket, public std::enable_shared_from_this<Socket<Stream>> {
public:
    Socket(CorePtr core, std::string path, SocketEvents events)
        : core_{std::move(core)},
          path_{std::move(path)},
          events_{std::make_shared<SocketEvents>(std::move(events))},
          stream_{make_stream(*core_, std::type_identity<Stream>{})} {}

    void start() {
        make_ready(core_, stream_.next_layer(), [self = this->shared_from_this()](error_code error) {
            if (error) return self->close_with(0, error.message());
            // From here on the WebSocket watches the time.
            beast::get_lowest_layer(self->stream_).expires_never();
            self->upgrade();
        });
    }

    void send(std::string text) override {
        if (is_over_ || !is_open_) return;
        unsent_bytes_ += text.size();
        if (unsent_bytes_ > core_->limits.unsent_bytes_max) return close_with(0, "too much waits to be sent");
        unsent_.push_back(std::move(text));
        if (unsent_.size() == 1) write();
    }

    void cut() override {
        is_over_ = true;
        events_.reset();
        error_code ignored;
        beast::get_lowest_layer(stream_).socket().close(ignored);
    }

private:
    void upgrade() {
        websocket::stream_base::timeout limits{};
        limits.handshake_timeout = core_->limits.connect_within;
        limits.idle_timeout = core_->limits.silent_max;
        limits.keep_alive_pings = false;
        stream_.set_option(limits);
        stream_.set_option(
            websocket::stream_base::decorator([origin = core_->server.origin()](websocket::request_type& request) {
                request.set(http::field::origin, origin);
            }));
        stream_.read_message_max(core_->limits.frame_bytes_max);
        stream_.auto_fragment(false);
        stream_.text(true);
        stream_.async_handshake(upgrade_answer_, core_->server.origin().substr(core_->server.is_tls ? 8 : 7), path_,
            [self = this->shared_from_this()](error_code error) {
                if (self->is_over_) return;
                if (error == websocket::error::upgrade_declined)
                    return self->close_with(0, "refused with " + std::to_string(self->upgrade_answer_.result_int()));
                if (error) return self->close_with(0, error.message());
                self->is_open_ = true;
                self->read();
                if (const auto events = self->events_; events && events->opened) events->opened();
            });
    }

    void read() {
        stream_.async_read(buffer_, [self = this->shared_from_this()](error_code error, std::size_t) {
            if (self->is_over_) return;
            // The server's word counts, though it may have hung up before ours was through.
            if (error && self->stream_.reason())
                return self->close_with(self->stream_.reason().code,
                    std::string_view{self->stream_.reason().reason.data(), self->stream_.reason().reason.size()});
            if (error) return self->close_with(0, error.message());
            const auto bytes = self->buffer_.cdata();
            if (const auto events = self->events_; events->received)
                events->received({static_cast<const char*>(bytes.data()), bytes.size()});
            self->buffer_.consume(self->buffer_.size());
            if (!self->is_over_) self->read();
        });
    }

    void write() {
        stream_.async_write(
            asio::buffer(unsent_.front()), [self = this->shared_from_this()](error_code error, std::size_t) {
                // What broke is told by the reading side, which may still have the server's reason.
                if (error || self->is_over_) return;
                self->unsent_bytes_ -= self->unsent_.front().size();
                self->unsent_.pop_front();
                if (!self->unsent_.empty()) self->write();
            });
    }

    void close_with(unsigned code, std::string_view reason) {
        if (is_over_) return;
        is_over_ = true;
        const auto events = std::exchange(events_, {});
        error_code ignored;
        beast::get_lowest_layer(stream_).socket().close(ignored);
        if (events && events->closed) events->closed(code, reason);
    }

    CorePtr core_;
    std::string path_;
    /// Held by whoever calls one of them: a call may end the socket.
    std::shared_ptr<SocketEvents> events_;
    websocket::stream<Stream> stream_;
    websocket::response_type upgrade_answer_;
    beast::flat_buffer buffer_;
    std::deque<std::string> unsent_;
    std::size_t unsent_bytes_{};
    bool is_open_ = false;
    bool is_over_ = false;
};

template <class Stream>
std::shared_ptr<ClientSocket> open_socket(const CorePtr& core, std::string path, SocketEvents events) {
    auto socket = std::make_shared<Socket<Stream>>(core, std::move(path), std::move(events));
    socket->start();
    return socket;
}

}  // namespace

void Client::Core::start_requests() {
    while (!waiting.empty() && under_way < limits.requests_at_once_max) {
        auto next = std::move(waiting.front());
        waiting.pop_front();
        ++under_way;
        auto done = [self = shared_from_this(), answered = std::move(next.answered)](HttpAnswer answer) {
            --self->under_way;
            self->start_requests();
            answered(std::move(answer));
        };
        if (server.is_tls)
            std::make_shared<Exchange<Secure>>(shared_from_this(), std::move(next.request), std::move(done))->start();
        else
            std::make_shared<Exchange<Plain>>(shared_from_this(), std::move(next.request), std::move(done))->start();
    }
}

Client::Client(ClientLoop& loop, ServerAddress server, bool checks_certificate, ClientLimits limits)
    : core_{std::make_shared<Core>(loop, std::move(server), checks_certificate, limits)} {}
Client::~Client() = default;

const ServerAddress& Client::server() const { return core_->server; }

void Client::request(HttpRequest request, std::function<void(HttpAnswer)> answered) {
    if (core_->waiting.size() >= core_->limits.requests_waiting_max) {
        core_->loop.post([answered = std::move(answered)] {
            answered({.status = 0, .body = {}, .failure = "too many requests wait"});
        });
        return;
    }
    core_->waiting.push_back({std::move(request), std::move(answered)});
    core_->start_requests();
}

std::shared_ptr<ClientSocket> Client::open(std::string path, SocketEvents events) {
    return core_->server.is_tls ? open_socket<Secure>(core_, std::move(path), std::move(events))
                                : open_socket<Plain>(core_, std::move(path), std::move(events));
}

}  // namespace etakahvila::client
