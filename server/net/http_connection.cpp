#include "net/http_connection.hpp"

#include "net/http_rules.hpp"
#include "net/voice_connection.hpp"
#include "net/websocket_connection.hpp"

namespace etakahvila::net {
namespace {

constexpr std::string_view room_path = "/room";
constexpr std::string_view voice_path = "/voice";
constexpr std::string_view bearer_prefix = "Bearer ";

Request::Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Request::Method::get;
        case http::verb::head: return Request::Method::head;
        case http::verb::post: return Request::Method::post;
        default: return Request::Method::other;
    }
}

std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

std::string bearer_of(std::string_view authorization) {
    return authorization.size() > bearer_prefix.size() &&
                   same_word(authorization.substr(0, bearer_prefix.size()), bearer_prefix)
               ? std::string{authorization.substr(bearer_prefix.size())}
               : std::string{};
}

/// A head that is refused whatever it asks for; 0 when it may go on.
unsigned fault_of(const http::request<http::string_body>& head) {
    if (head.version() != 10 && head.version() != 11) return 505;
    if (head.count(http::field::transfer_encoding) != 0) return 400;
    if (head.count(http::field::content_length) > 1 || head.count(http::field::host) > 1) return 400;
    if (head.count(http::field::content_length) == 1 && !plain_length(view_of(head[http::field::content_length])))
        return 400;
    const auto target = view_of(head.target());
    if (target.size() > target_bytes_max) return 414;
    if (std::any_of(
            target.begin(), target.end(), [](char c) { return c <= ' ' || static_cast<unsigned char>(c) >= 0x7f; }))
        return 400;
    const auto parts = target_of(target);
    if (!parts || (target == "*" && head.method() != http::verb::options)) return 400;
    if (head.version() == 11 && head.count(http::field::host) == 0) return 400;
    if (head.count(http::field::host) == 1 && !host_name(view_of(head[http::field::host]))) return 400;
    return parts->authority && !host_name(*parts->authority) ? 400 : 0;
}

/// Whom a machine asks that knows no name of ours: a load balancer, by our address.
bool is_asked_by_any_name(std::string_view path) {
    return path == "/healthz" || path == "/readyz" || path == "/metrics";
}

/// All lines of a field as the one list that they are.
std::string lines_of(const http::request<http::string_body>& head, std::string_view name) {
    std::string all;
    const auto [first, last] = head.equal_range(beast::string_view{name.data(), name.size()});
    for (auto line = first; line != last; ++line) all += (all.empty() ? "" : ",") + std::string{view_of(line->value())};
    return all;
}

unsigned status_of(error_code error) {
    if (error == http::error::header_limit) return 431;
    if (error == http::error::body_limit) return 413;
    return 400;
}

}  // namespace

void HttpConnection::serve(Worker& worker, const Services& services, Socket socket, asio::ip::address address,
    std::shared_ptr<const TlsContext> tls) {
    std::make_shared<HttpConnection>(worker, services, std::move(socket), std::move(address), std::move(tls))->begin();
}

HttpConnection::HttpConnection(Worker& worker, const Services& services, Socket socket, asio::ip::address address,
    std::shared_ptr<const TlsContext> tls)
    : worker_{worker},
      services_{services},
      stream_{std::move(socket), std::move(tls)},
      address_{std::move(address)},
      buffer_{head_bytes_max + body_bytes_most} {
    ++worker_.metrics().connections_open;
    ++worker_.metrics().connections_accepted;
}

HttpConnection::~HttpConnection() {
    if (!is_handed_on_) --worker_.metrics().connections_open;
}

void HttpConnection::begin() {
    const auto peer = is_one_of(services_.trusted_proxies, address_) ? std::nullopt : std::optional{key_of(address_)};
    place_ = worker_.newcomers().enter(peer, worker_.now(), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            ++self->worker_.metrics().connections_sent_away;
            self->end();
        }
    });
    deadline(worker_.now() + handshake_within);
    stream_.async_handshake([self = shared_from_this()](error_code error, std::size_t) {
        if (error) return self->end();
        self->await_request(head_within);
    });
}

void HttpConnection::await_request(milliseconds within) {
    if (buffer_.size() != 0) return read_head();
    if (is_stopping_) return linger();
    is_idle_ = true;
    deadline(worker_.now() + within);
    stream_.async_read_some(buffer_.prepare(2048), [self = shared_from_this()](error_code error, std::size_t bytes) {
        if (error) return self->end();
        self->buffer_.commit(bytes);
        self->read_head();
    });
}

void HttpConnection::read_head() {
    is_idle_ = false;
    deadline(std::min(deadline_, worker_.now() + head_within));
    request_ = {};
    parser_.emplace();
    parser_->header_limit(head_bytes_max);
    parser_->body_limit(body_bytes_most);
    take_head();
}

/// What Beast's own reading does, with the bytes looked at before the parser has made one line of folded ones.
void HttpConnection::take_head() {
    const std::string_view bytes{static_cast<const char*>(buffer_.cdata().data()), buffer_.size()};
    const auto end = bytes.find("\r\n\r\n");
    is_folded_ = end != bytes.npos && has_folded_line(bytes.substr(0, end));
    error_code error;
    buffer_.consume(parser_->put(buffer_.cdata(), error));
    if (error != http::error::need_more) return head_was_read(error);
    stream_.async_read_some(buffer_.prepare(2048), [self = shared_from_this()](error_code failed, std::size_t more) {
        if (failed) return self->end();
        self->buffer_.commit(more);
        self->take_head();
    });
}

std::string_view HttpConnection::field(http::field name) const { return view_of(parser_->get()[name]); }

void HttpConnection::head_was_read(error_code error) {
    if (is_ended_) return;
    keeps_alive_ = false;
    if (error == http::error::end_of_stream || error == http::error::partial_message) return end();
    if (error) {
        const bool is_of_http = error.category() == error_code{http::error::bad_method}.category();
        return is_of_http ? refuse(status_of(error)) : end();
    }
    const auto& head = parser_->get();
    is_head_ = head.method() == http::verb::head;
    if (is_folded_) return refuse(400);
    if (const auto status = fault_of(head); status != 0) return refuse(status);

    const auto [authority, target] = *target_of(view_of(head.target()));
    const auto question = target.find('?');
    if (target == "*") return refuse(405, "GET, HEAD, POST");
    const auto host = host_name(authority ? *authority : field(http::field::host));
    // Without any it is HTTP/1.0, which knows no names.
    if (host && !services_.hosts.allow(*host) && !is_asked_by_any_name(target.substr(0, question))) return refuse(421);
    keeps_alive_ = head.keep_alive();
    request_.method = method_of(head.method());
    request_.path = target.substr(0, question);
    request_.query = question == target.npos ? std::string_view{} : target.substr(question + 1);
    request_.bearer = bearer_of(field(http::field::authorization));
    request_.cookies = field(http::field::cookie);
    request_.origin = field(http::field::origin);
    request_.csrf_token = view_of(head["X-CSRF-Token"]);
    request_.user_agent = field(http::field::user_agent);
    request_.accept_encoding = field(http::field::accept_encoding);
    request_.if_none_match = lines_of(head, "If-None-Match");
    // A proxy may add a line of its own below the client's.
    const auto forwarded_for = lines_of(head, "X-Forwarded-For");
    request_.peer = client_address(address_, forwarded_for, services_.trusted_proxies).to_string();
    request_.is_of_operator = is_of_operator(
        address_, head.count("X-Forwarded-For") + head.count("Forwarded") != 0, services_.trusted_proxies);

    const auto length = parser_->content_length();
    const auto body_bytes = length ? *length : 0;
    if (body_bytes != 0) {
        const auto most = request_.method == Request::Method::post ? services_.http.body_bytes_max(request_) : 0;
        if (most == 0) {
            const auto methods = services_.http.methods(request_.path);
            const bool is_wrong_method = !methods.empty() && !list_has(methods, view_of(head.method_string()));
            return is_wrong_method ? refuse(405, methods) : refuse(400);
        }
        if (body_bytes > most) return refuse(413);
        return read_body();
    }
    const bool wants_upgrade = list_has(field(http::field::connection), "upgrade") ||
                               head.count(http::field::upgrade) != 0;
    if (wants_upgrade || request_.path == room_path || request_.path == voice_path) return upgrade();
    respond();
}

void HttpConnection::read_body() {
    deadline(worker_.now() + body_within);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
        if (self->is_ended_) return;
        if (error) return self->end();
        self->request_.body = std::move(self->parser_->get().body());
        self->respond();
    });
}

void HttpConnection::upgrade() {
    const auto& head = parser_->get();
    const auto refuse_handshake = [&](unsigned status) {
        ++worker_.metrics().handshakes_refused;
        refuse(status);
    };
    const bool is_for_voice = request_.path == voice_path;
    if (!services_.takes_sockets || (!is_for_voice && request_.path != room_path)) return refuse_handshake(404);
    // The origin first: whoever must not come in learns nothing else.
    if (head.count(http::field::origin) != 1 || !services_.origins.allow(field(http::field::origin)))
        return refuse_handshake(403);
    const bool is_sound = request_.method == Request::Method::get && head.version() == 11 &&
                          list_has(field(http::field::connection), "upgrade") &&
                          same_word(field(http::field::upgrade), "websocket") &&
                          head.count(http::field::sec_websocket_key) == 1 &&
                          is_websocket_key(field(http::field::sec_websocket_key));
    if (!is_sound) return refuse_handshake(400);
    if (field(http::field::sec_websocket_version) != "13") return refuse_handshake(426);
    is_handed_on_ = true;
    is_ended_ = true;
    const auto fields = security_fields(services_.origins, is_https());
    const auto serve = is_for_voice ? VoiceConnection::serve : WebsocketConnection::serve;
    serve(worker_, services_, std::move(stream_), std::move(place_), head, beast::buffers_to_string(buffer_.data()),
        fields);
}

void HttpConnection::respond() {
    deadline(worker_.now() + answer_within);
    services_.http.answer(std::move(request_), [self = shared_from_this()](Response answer) {
        // Some answers come from another thread, some from within this call.
        self->worker_.post([self, answer = std::move(answer)]() mutable { self->write(std::move(answer)); });
    });
}

/// Behind a proxy the site is https, and what the proxy speaks with us is not.
bool HttpConnection::is_https() const { return stream_.is_tls() || services_.is_site_https; }

void HttpConnection::refuse(unsigned status, std::string_view methods) {
    keeps_alive_ = false;
    Response answer = answer_of(status, std::string{http::obsolete_reason(static_cast<http::status>(status))} + "\n",
        "text/plain; charset=utf-8");
    if (!methods.empty()) answer.fields.emplace_back("Allow", std::string{methods});
    if (status == 426) answer.fields.emplace_back("Sec-WebSocket-Version", "13");
    write(std::move(answer));
}

void HttpConnection::write(Response answer) {
    if (is_ended_) return;
    worker_.metrics().count_request(answer.status);
    if (is_stopping_) keeps_alive_ = false;
    auto& response = response_.emplace();
    response.version(11);
    response.result(answer.status);
    for (const auto& one : security_fields(services_.origins, is_https(), answer.runs_wasm))
        response.set(one.name, one.value);
    if (answer.body && !answer.content_type.empty()) response.set(http::field::content_type, answer.content_type);
    if (answer.is_kept_from_caches) response.set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : answer.fields) {
        // Of cookies each has a line.
        if (name == "Set-Cookie")
            response.insert(name, value);
        else
            response.set(name, value);
    }
    response.keep_alive(keeps_alive_);
    response_body_ = std::move(answer.body);
    const auto length = response_body_ ? response_body_->size() : 0;
    const bool has_no_length = answer.status == 304 || answer.status == 204;
    if (!has_no_length) response.content_length(length);
    // Whoever made the answer: a kept connection goes on behind it, and what is not awaited would be the next answer's
    // head.
    if (response_body_ && !is_head_ && !has_no_length) response.body() = {response_body_->data(), length};
    deadline(worker_.now() + answer_within);
    http::async_write(
        stream_, response, [self = shared_from_this()](error_code error, std::size_t) { self->was_written(error); });
}

void HttpConnection::was_written(error_code error) {
    response_.reset();
    response_body_.reset();
    if (error || is_ended_) return end();
    if (!keeps_alive_) return linger();
    parser_.reset();
    await_request(idle_max);
}

void HttpConnection::linger() {
    keeps_alive_ = false;
    stream_.end_sending();
    deadline(worker_.now() + linger_within);
    buffer_.clear();
    drain();
}

void HttpConnection::drain() {
    stream_.async_read_some(buffer_.prepare(4096), [self = shared_from_this()](error_code error, std::size_t) {
        if (error) return self->end();
        self->drain();
    });
}

void HttpConnection::end() {
    if (is_ended_) return;
    is_ended_ = true;
    place_.leave();
    stream_.close();
}

milliseconds HttpConnection::visit(milliseconds now) {
    if (!is_ended_ && now >= deadline_) end();
    return is_ended_ ? now + idle_max : deadline_;
}

void HttpConnection::stop() {
    is_stopping_ = true;
    if (is_idle_) end();
}

void HttpConnection::deadline(milliseconds at) {
    deadline_ = at;
    worker_.wheel().put(shared_from_this(), at);
}

}  // namespace etakahvila::net
