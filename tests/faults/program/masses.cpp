// Very many lines at once.

#include <memory>

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "program/multitude.hpp"
#include "program/pace.hpp"
#include "program/scenarios.hpp"
#include "client/client_certificate.hpp"

namespace etakahvila::faults {
namespace {

using namespace std::chrono_literals;

/// A room takes 300.
constexpr std::size_t people_in_room = 280;

/// For those who come from one address, as ours do.
const std::vector<std::string> for_one_address{"--newcomers-per-address-max", "512"};

/// Rooms full of people who sit, one after the other, until there are so many.
void fill_rooms(Multitude& multitude, std::size_t lines, const std::function<void()>& done) {
    if (multitude.lines() >= lines) return done();
    multitude.fill_room(std::min(people_in_room, lines - multitude.lines()),
        [&multitude, lines, done] { fill_rooms(multitude, lines, done); });
}

/// The certificate that a newcomer is shown, as its bytes; empty when there is no handshake.
std::string certificate_shown(const client::ServerAddress& server) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string bytes;
    if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
        const std::unique_ptr<SSL, decltype(&SSL_free)> session{SSL_new(context.get()), SSL_free};
        SSL_set_fd(session.get(), socket);
        if (SSL_connect(session.get()) == 1) {
            unsigned char* der = nullptr;
            const int length = i2d_X509(SSL_get0_peer_certificate(session.get()), &der);
            if (length > 0) bytes.assign(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
            OPENSSL_free(der);
        }
    }
    ::close(socket);
    return bytes;
}

}  // namespace

Stage::Verdict resumes(const StageSettings& settings, std::size_t lines) {
    auto wide = settings;
    wide.server_options = for_one_address;
    Stage stage{wide};
    Multitude multitude{stage.loop, stage.address(), stage.key()};
    double took_ms = 0;
    std::int64_t memory = 0;
    player::Spread calm, meanwhile;
    stage.run([&] {
        fill_rooms(multitude, lines, [&] {
            stage.crowd().take_answer_ms();
            stage.loop.after(5s, [&] {
                calm = player::spread_of(stage.crowd().take_answer_ms());
                multitude.cut_all([&](double ms) {
                    took_ms = ms;
                    memory = stage.server.memory_kib();
                    meanwhile = player::spread_of(stage.crowd().take_answer_ms());
                    stage.end();
                });
            });
        });
    });
    if (multitude.stream_faults() != 0) stage.found("somebody of the multitude was not told just what was missed");
    if (multitude.losses() != 0) stage.found("lines were lost by themselves");
    return stage.verdict("resumes",
        count_of("lines", multitude.lines()) + count_of("all_resumed_ms", static_cast<std::size_t>(took_ms)) +
            json_of("live_room_answer_ms_before", calm) + "," + json_of("live_room_answer_ms_meanwhile", meanwhile) +
            "," + count_of("server_kib", static_cast<std::size_t>(memory)));
}

Stage::Verdict frozen_readers(const StageSettings& settings, std::size_t lines, std::chrono::seconds span) {
    auto wide = settings;
    wide.server_options = for_one_address;
    wide.spare = 200;
    // Whoever does not answer is away after 15 s until they are back, a thousand of them, and is counted so.
    wide.seconds_missing_max = span.count() + 60;
    Stage stage{wide};
    Multitude multitude{stage.loop, stage.address(), stage.key()};
    std::int64_t before = 0, most = 0;
    bool is_frozen = false;
    std::function<void()> watch = [&] {
        most = std::max(most, stage.server.memory_kib());
        if (is_frozen) stage.loop.after(20ms, watch);
    };
    stage.run([&] {
        const auto& spares = stage.crowd().spares();
        multitude.bring(spares, (lines + spares.size() - 1) / spares.size(), [&] {
            before = most = stage.server.memory_kib();
            is_frozen = true;
            watch();
            multitude.freeze(span, [&] {
                is_frozen = false;
                stage.end();
            });
        });
    });
    if (multitude.stream_faults() != 0) stage.found("somebody who was frozen was not told just what was missed");
    return stage.verdict("frozen_readers",
        count_of("lines", multitude.lines()) + count_of("seconds", static_cast<std::size_t>(span.count())) +
            count_of("kib_before", static_cast<std::size_t>(before)) +
            count_of("kib_most", static_cast<std::size_t>(most)) +
            count_of("kib_more_for_each", static_cast<std::size_t>(most - before) / multitude.lines()));
}

Stage::Verdict certificates(const StageSettings& settings, std::size_t lines, std::size_t times) {
    auto wide = settings;
    wide.server_options = for_one_address;
    Stage stage{wide};
    Multitude multitude{stage.loop, stage.address(), stage.key()};
    std::vector<double> served_ms;
    std::size_t done = 0, refused = 0;
    std::string shown;
    player::Instant from;
    std::function<void()> next, look, spoil;
    next = [&] {
        if (done == times) return spoil();
        ++done;
        shown = certificate_shown(stage.address());
        client::make_own_certificate(stage.server.certificate().parent_path(), {"localhost", "127.0.0.1"});
        from = player::now();
        stage.server.hang_up();
        look();
    };
    look = [&] {
        const auto now = certificate_shown(stage.address());
        if (now.empty()) stage.found("a newcomer was not served while the certificate was changed");
        if (now == shown) return stage.loop.after(look_every, look);
        served_ms.push_back(ms_since(from));
        next();
    };
    // A pair that does not fit, and half a certificate: the one that is served goes on being served.
    std::function<void()> wait_for_refusal = [&] {
        std::size_t said = 0;
        const auto log = stage.server.log();
        for (auto at = log.find("certificate_refused"); at != log.npos; at = log.find("certificate_refused", at + 1))
            ++said;
        if (said <= refused) return stage.loop.after(look_every, wait_for_refusal);
        ++refused;
        if (certificate_shown(stage.address()) != shown) stage.found("a bad pair was served");
        if (refused == 2) return stage.end();
        spoil();
    };
    spoil = [&] {
        shown = certificate_shown(stage.address());
        const testing::TemporaryFolder other;
        const auto made = client::make_own_certificate(other.path(), {"localhost"});
        std::filesystem::copy_file(
            made.certificate, stage.server.certificate(), std::filesystem::copy_options::overwrite_existing);
        if (refused == 1)
            std::filesystem::resize_file(stage.server.certificate(), std::filesystem::file_size(made.certificate) / 2);
        stage.server.hang_up();
        wait_for_refusal();
    };
    stage.run([&] { fill_rooms(multitude, lines, next); });
    if (multitude.stream_faults() + multitude.losses() != 0)
        stage.found("somebody was disconnected by a new certificate");
    return stage.verdict("certificates",
        count_of("lines", multitude.lines()) + count_of("swaps", done) + count_of("bad_pairs_refused", refused) +
            count_of("disconnected", multitude.losses()) + json_of("served_ms", player::spread_of(served_ms)) + ",");
}

}  // namespace etakahvila::faults
