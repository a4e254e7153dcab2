#include "support/test_house.hpp"

#include <fstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/secret.hpp"
#include "house/house.hpp"
#include "people/password.hpp"
#include "records/sqlite_database.hpp"
#include "support/catch.hpp"

namespace etakahvila::testing {
namespace {

void write_file(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
}

}  // namespace

void make_certificate(const std::filesystem::path& folder, std::optional<base::UtcTime> ends) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 60 * 60 * 24 * 30);
    if (ends) ASN1_TIME_set(X509_getm_notAfter(certificate), ends->ms / 1000);
    X509_set_pubkey(certificate, key);
    auto* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    auto* certificate_file = std::fopen((folder / "cert.pem").c_str(), "w");
    PEM_write_X509(certificate_file, certificate);
    std::fclose(certificate_file);
    auto* key_file = std::fopen((folder / "key.pem").c_str(), "w");
    PEM_write_PrivateKey(key_file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(key_file);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

void wait_until(const std::function<bool()>& is_so) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!is_so()) {
        if (std::chrono::steady_clock::now() >= until) FAIL("it has not come to be so");
        std::this_thread::yield();
    }
}

// ---------------------------------------------------------------------------------------- house

TestHouse::TestHouse(HouseOptions options) : has_tls{options.has_tls}, workers{options.workers} {
    write_file(folder.path() / "web/index.html", "<!doctype html><title>participant</title>");
    write_file(folder.path() / "web/staff.html", "<!doctype html><title>staff</title>");
    write_file(folder.path() / "web/assets/room-AbCd1234.js", "export const long = 'plain';");
    write_file(folder.path() / "web/assets/room-AbCd1234.js.br", "brotli bytes");
    write_file(folder.path() / "web/assets/room-AbCd1234.js.gz", "gzip bytes");
    write_file(folder.path() / "web/assets/listening_wasm_worker-AbCd1234.js", "decode();");
    write_file(folder.path() / "web/listening_wasm_worker-AbCd1234.js", "not of the build");
    write_file(folder.path() / "secret.txt", "not to be served");
    settings = {
        .listen = {"127.0.0.1"},
        .port = 0,
        .site = options.site,
        .origins = options.origins,
        .data = folder.path() / "data",
        .web = folder.path() / "web",
        .tls_certificate = {},
        .tls_key = {},
        .trusted_proxies = options.trusted_proxies,
        .workers = options.workers,
        .api_threads = 1,
        .newcomers_max = options.newcomers_max,
        .newcomers_per_address_max = options.newcomers_max,
        .log_level = base::LogLevel::debug,
        .mail_server = options.mail_server,
        .mail_from = "kahvila@esimerkki.fi",
        .backup_folder = folder.path() / "backups",
        .backup_keep = 14,
        .backup_days = 30,
    };
    settings.picture_program = options.picture_program;
    if (options.has_figures) settings.metrics_listen = {{.host = "127.0.0.1", .port = 0}};
    if (!options.word_list.empty()) {
        settings.word_list = folder.path() / "words.txt";
        write_file(settings.word_list, options.word_list);
    }
    if (has_tls) {
        make_certificate(folder.path());
        settings.tls_certificate = folder.path() / "cert.pem";
        settings.tls_key = folder.path() / "key.pem";
    }
    if (!options.site_before.empty()) {
        records::SqliteDatabase before{house::data_file(settings).string()};
        before.script(options.site_before);
    }
    log_ = std::make_unique<base::Log>(base::LogLevel::debug, [this](std::string_view line) {
        const std::lock_guard lock{mutex_};
        lines_ += line;
    });
    open_anew();
}

TestHouse::~TestHouse() = default;

std::uint16_t TestHouse::port() const { return house->port(); }
std::string TestHouse::origin() const { return house->site(); }
journal::SqliteStore& TestHouse::store() const { return house->store(); }
const net::Metrics& TestHouse::metrics() const { return house->metrics(); }

void TestHouse::open_anew() {
    house.reset();
    house = std::make_unique<house::House>(settings, clock, *log_, std::chrono::milliseconds{2});
    house->open();
}

std::string TestHouse::log() const {
    const std::lock_guard lock{mutex_};
    return lines_;
}

std::uint16_t TestHouse::figures_port() const {
    // "http://127.0.0.1:9464/metrics"
    const auto at = house->figures_at();
    const auto host = at.find("127.0.0.1:");
    REQUIRE(host != at.npos);
    return static_cast<std::uint16_t>(std::stoi(at.substr(host + std::string_view{"127.0.0.1:"}.size())));
}

std::string TestHouse::figures() const {
    RawClient client{figures_port(), {}};
    const auto reply = ask(client, "GET", "/metrics");
    INFO(reply.head);
    REQUIRE(reply.status == 200);
    return reply.body;
}

protocol::SessionId TestHouse::plan_session(const people::SessionSettings& wished) {
    protocol::SessionId session;
    const auto draft = people::draft_of({.series = "Syksy",
        .theme = "Uni",
        .date = "2026-12-03",
        .start = "09:00",
        .end = "13:00",
        .question = {},
        .help_phone = "040 123",
        .settings = wished});
    house->store().write_and_wait([&](records::Database& database) {
        session = people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    return session;
}

Invited TestHouse::invite(protocol::SessionId session, protocol::Role role, const std::string& name) {
    Invited invited;
    house->store().write_and_wait([&](records::Database& database) {
        if (role == protocol::Role::participant) {
            people::PersonDetails details;
            details.name = name;
            details.decision_type = "work_activity";
            invited.person = std::get<people::PersonId>(people::add_person(database, details));
            people::register_person(database, session, invited.person);
        } else {
            invited.person = std::get<people::PersonId>(people::add_staff(database, session, role, name));
        }
        const auto record = people::session_record(database, session);
        const auto made = people::invite(database, session, invited.person,
            people::usual_times(record->starts_at, record->ends_at), clock.utc(), base::fill_random);
        const auto& invitation = std::get<people::NewInvitation>(made);
        invited.secret = invitation.secret.to_link();
        invited.code = invitation.code->to_text();
    });
    return invited;
}

std::string TestHouse::coordinator_key() {
    std::string secret;
    house->store().write_and_wait([&](records::Database& database) {
        const people::InvitationTimes times{.not_before = {0}, .expires = {clock.utc().ms + 1'000'000'000}};
        secret = std::get<people::NewInvitation>(
            people::make_coordinator_key(database, "Kaisa Koordinaattori", times, clock.utc(), base::fill_random))
                     .secret.to_link();
    });
    return secret;
}

people::AccountId TestHouse::add_account(
    const std::string& name, std::vector<people::GivenRole> roles, std::vector<std::string> supervises) {
    // Making the hash is slow on purpose: once for all tests.
    static const std::string hash = people::password_hash(password);
    people::AccountId account;
    house->store().write_and_wait([&](records::Database& database) {
        account = std::get<people::AccountId>(people::add_account(
            database, {.name = name, .roles = std::move(roles), .supervises = std::move(supervises)}, clock.utc()));
        const auto link = std::get<people::Secret>(
            people::make_password_link(database, account, clock.utc(), base::fill_random));
        REQUIRE(people::set_password(database, link.to_link(), hash, clock.utc()) == account);
    });
    return account;
}

void TestHouse::pass(std::chrono::milliseconds span) {
    while (span.count() > 0) {
        const auto step = std::min(span, std::chrono::milliseconds{1000});
        clock.pass(step);
        span -= step;
        // A round of each worker, and the one that may have been under way.
        const auto seen = house->metrics().sweeps + static_cast<std::int64_t>(3 * workers);
        wait_until([&] { return house->metrics().sweeps > seen; });
    }
}

// ------------------------------------------------------------------------------------------ raw

RawClient::RawClient(std::uint16_t port, Ways ways) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    if (ways.receive_buffer_bytes != 0)
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &ways.receive_buffer_bytes, sizeof ways.receive_buffer_bytes);
    // What is sent in pieces leaves in pieces.
    constexpr int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    if (!ways.has_tls) return;
    context_ = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context_, 0);
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    if (ways.tls_version_max != 0) SSL_CTX_set_max_proto_version(context_, ways.tls_version_max);
    if (ways.ciphers != nullptr) SSL_CTX_set_cipher_list(context_, ways.ciphers);
    tls_ = SSL_new(context_);
    if (ways.session != nullptr) SSL_set_session(tls_, ways.session);
    SSL_set_fd(tls_, socket_);
    is_connected_ = SSL_connect(tls_) == 1;
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_{std::exchange(other.socket_, -1)},
      context_{std::exchange(other.context_, nullptr)},
      tls_{std::exchange(other.tls_, nullptr)},
      is_connected_{other.is_connected_} {}

RawClient::~RawClient() {
    SSL_free(tls_);
    SSL_CTX_free(context_);
    if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = tls_ != nullptr ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                          : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string RawClient::receive() {
    std::string bytes(64 * 1024, '\0');
    errno = 0;
    const auto received = tls_ != nullptr ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                          : ::recv(socket_, bytes.data(), bytes.size(), 0);
    // Catch's checks are for one thread, and several may read.
    if (received <= 0 && errno == EAGAIN) throw std::runtime_error{"nothing came"};
    bytes.resize(static_cast<std::size_t>(std::max<std::int64_t>(received, 0)));
    return bytes;
}

std::string RawClient::receive_all() {
    std::string all;
    for (auto bytes = receive(); !bytes.empty(); bytes = receive()) all += bytes;
    return all;
}

// ----------------------------------------------------------------------------------------- http

std::string Reply::field(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string{name} + ": ");
    if (at == head.npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

Reply read_reply(RawClient& client, bool has_body) {
    std::string bytes;
    while (bytes.find("\r\n\r\n") == bytes.npos) {
        const auto more = client.receive();
        if (more.empty()) return {};
        bytes += more;
    }
    Reply reply;
    const auto head_end = bytes.find("\r\n\r\n") + 4;
    reply.head = bytes.substr(0, head_end);
    reply.body = bytes.substr(head_end);
    reply.status = std::stoi(reply.head.substr(9, 3));
    const auto length = reply.field("Content-Length");
    while (has_body && !length.empty() && reply.body.size() < std::stoul(length)) reply.body += client.receive();
    return reply;
}

std::string standing_of(const Reply& looked) {
    constexpr std::string_view field = R"("standing":")";
    const auto begin = looked.body.find(field);
    if (begin == std::string::npos) return {};
    const auto value = looked.body.substr(begin + field.size());
    return value.substr(0, value.find('"'));
}

bool has(const Reply& reply, std::string_view part) {
    UNSCOPED_INFO(reply.status << " " << reply.body);
    return reply.body.find(part) != std::string::npos;
}

std::string bearer(const std::string& secret) { return "Authorization: Bearer " + secret; }
std::string secret_body(const std::string& secret) { return "{\"secret\":\"" + secret + "\"}"; }

Reply ask(RawClient& client, std::string_view method, std::string_view path, std::string_view body,
    const std::vector<std::string>& fields, std::string_view host) {
    std::string request = std::string{method} + " " + std::string{path} + " HTTP/1.1\r\nHost: " + std::string{host} +
                          "\r\n";
    for (const auto& field : fields) request += field + "\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(request + "\r\n" + std::string{body});
    return read_reply(client, method != "HEAD");
}

Reply ask(const TestHouse& house, std::string_view method, std::string_view path, std::string_view body,
    const std::vector<std::string>& fields, std::string_view host) {
    RawClient client{house};
    return ask(client, method, path, body, fields, host);
}

Reply try_to_sign_in(const TestHouse& house, std::string_view name, std::string_view password,
    const std::vector<std::string>& more_fields) {
    std::vector<std::string> fields{"Origin: " + house.origin()};
    fields.insert(fields.end(), more_fields.begin(), more_fields.end());
    return ask(house, "POST", "/api/sign-in",
        "{\"name\":\"" + std::string{name} + "\",\"password\":\"" + std::string{password} + "\"}", fields);
}

SignedIn signed_in(const Reply& reply) {
    INFO(reply.head << reply.body);
    REQUIRE(reply.status == 200);
    const auto cookie = reply.field("Set-Cookie");
    const auto begin = reply.body.find("\"csrf_token\":\"") + 14;
    return {.cookie = cookie.substr(0, cookie.find(';')),
        .csrf_token = reply.body.substr(begin, reply.body.find('"', begin) - begin)};
}

SignedIn sign_in(const TestHouse& house, std::string_view name) {
    return signed_in(try_to_sign_in(house, name, TestHouse::password));
}

std::string enter(const TestHouse& house, const Invited& invited, std::string_view name) {
    std::string body = "{\"secret\":\"" + invited.secret + "\",\"netiquette\":true";
    if (!name.empty()) body += ",\"name\":\"" + std::string{name} + "\"";
    const auto reply = ask(house, "POST", "/api/enter", body + "}");
    INFO(reply.head << reply.body);
    REQUIRE(reply.status == 200);
    const auto begin = reply.body.find(":\"") + 2;
    return reply.body.substr(begin, reply.body.find('"', begin) - begin);
}

// ----------------------------------------------------------------------------------------- room

RoomClient::RoomClient(RawClient raw, const std::string& origin, const std::string& path) : raw_{std::move(raw)} {
    raw_.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin +
              "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
              "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    while (buffer_.find("\r\n\r\n") == buffer_.npos) {
        const auto more = raw_.receive();
        if (more.empty()) break;
        buffer_ += more;
    }
    handshake = buffer_.substr(0, buffer_.find("\r\n\r\n") + 4);
    buffer_.erase(0, handshake.size());
    CHECK(handshake.starts_with("HTTP/1.1 101"));
}

void RoomClient::send_frame(unsigned first, std::string_view payload, bool is_masked) {
    std::string frame(1, static_cast<char>(first));
    const unsigned mask_bit = is_masked ? 0x80 : 0;
    if (payload.size() < 126) {
        frame += static_cast<char>(mask_bit | payload.size());
    } else {
        const int length_bytes = payload.size() < 0x10000 ? 2 : 8;
        frame += static_cast<char>(mask_bit | (length_bytes == 2 ? 126U : 127U));
        for (int index = length_bytes - 1; index >= 0; --index)
            frame += static_cast<char>(payload.size() >> (8 * index) & 0xff);
    }
    constexpr std::string_view mask = "\x12\x34\x56\x78";
    if (is_masked) frame += mask;
    for (std::size_t index = 0; index < payload.size(); ++index)
        frame += static_cast<char>(is_masked ? payload[index] ^ mask[index % 4] : payload[index]);
    raw_.send(frame);
}

void RoomClient::send(const protocol::ClientFrame& frame) { send_text(base::json::to_text(frame)); }

void RoomClient::command(const std::string& id, protocol::Command command) {
    send(protocol::CommandFrame{id, std::move(command)});
}

void RoomClient::hello(const std::string& ticket, std::optional<protocol::ResumePoint> resume) {
    send(protocol::Hello{.version = 1, .ticket = ticket, .resume = std::move(resume), .device = {}});
}

std::optional<RoomClient::Frame> RoomClient::next() {
    while (true) {
        std::size_t head = 2;
        std::uint64_t length = buffer_.size() >= 2 ? static_cast<unsigned char>(buffer_[1]) & 0x7f : 0;
        const std::size_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (buffer_.size() >= head + length_bytes && length_bytes != 0) {
            length = 0;
            for (std::size_t index = 0; index < length_bytes; ++index)
                length = length << 8 | static_cast<unsigned char>(buffer_[2 + index]);
        }
        head += length_bytes;
        if (buffer_.size() >= head && buffer_.size() >= head + length) {
            Frame frame{static_cast<unsigned char>(buffer_[0]) & 0x0fU, buffer_.substr(head, length)};
            buffer_.erase(0, head + length);
            if (frame.opcode == 9 && answers) send_frame(0x8a, frame.payload);
            return frame;
        }
        const auto more = raw_.receive();
        if (more.empty()) return std::nullopt;
        buffer_ += more;
    }
}

protocol::ServerFrame RoomClient::next_message() {
    while (true) {
        const auto frame = next();
        REQUIRE(frame);
        INFO("closed with " << (frame->opcode == 8 && frame->payload.size() >= 2 ? frame->payload.substr(2)
                                                                                 : std::string{}));
        REQUIRE(frame->opcode != 8);
        if (frame->opcode != 1) continue;
        auto message = base::json::from_text<protocol::ServerFrame>(parser_, frame->payload);
        REQUIRE(std::holds_alternative<protocol::ServerFrame>(message));
        return std::get<protocol::ServerFrame>(std::move(message));
    }
}

protocol::Welcome RoomClient::come_in(const std::string& ticket, std::optional<protocol::ResumePoint> resume) {
    hello(ticket, std::move(resume));
    return expect<protocol::Welcome>();
}

protocol::Outcome RoomClient::outcome_of(const std::string& id, protocol::Command asked) {
    command(id, std::move(asked));
    return outcome_of(id);
}

protocol::Outcome RoomClient::outcome_of(const std::string& id) {
    while (true) {
        auto outcome = expect<protocol::Outcome>();
        if (outcome.id == id) return outcome;
    }
}

unsigned RoomClient::close_code() {
    while (const auto frame = next()) {
        if (frame->opcode == 1) {
            auto message = base::json::from_text<protocol::ServerFrame>(parser_, frame->payload);
            if (auto* read = std::get_if<protocol::ServerFrame>(&message)) {
                if (auto* said = std::get_if<protocol::Goodbye>(read)) goodbye = *said;
            }
        }
        if (frame->opcode != 8) continue;
        if (frame->payload.size() < 2) return 1005;
        return static_cast<unsigned>(
            static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]));
    }
    return 0;
}

}  // namespace etakahvila::testing
