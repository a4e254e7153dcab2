#include "transport/smtp_sink.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.hpp"

namespace etakahvila::testing {
namespace {

void say(int socket, const std::string& line) {
    const auto bytes = line + "\r\n";
    (void)::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

/// One line without its end; false when the other side has gone.
bool read_line(int socket, std::string& buffer, std::string& line) {
    while (buffer.find("\r\n") == std::string::npos) {
        char bytes[4096];
        const auto got = ::recv(socket, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        buffer.append(bytes, static_cast<std::size_t>(got));
    }
    const auto end = buffer.find("\r\n");
    line = buffer.substr(0, end);
    buffer.erase(0, end + 2);
    return true;
}

}  // namespace

SmtpSink::SmtpSink() {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listening_, 8) == 0);
    socklen_t length = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

SmtpSink::~SmtpSink() {
    is_closing_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
}

std::string SmtpSink::address() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

void SmtpSink::answer_recipients(std::string line) {
    const std::lock_guard lock{mutex_};
    recipient_answer_ = std::move(line);
}

std::vector<std::string> SmtpSink::letters() const {
    const std::lock_guard lock{mutex_};
    return letters_;
}

void SmtpSink::serve() {
    while (!is_closing_) {
        const int socket = ::accept(listening_, nullptr, nullptr);
        if (socket < 0) return;
        talk(socket);
        ::close(socket);
    }
}

void SmtpSink::talk(int socket) {
    std::string buffer, line;
    say(socket, "220 sink");
    while (read_line(socket, buffer, line)) {
        if (line.starts_with("EHLO") || line.starts_with("HELO") || line.starts_with("MAIL") || line.starts_with("RSET")) {
            say(socket, "250 ok");
        } else if (line.starts_with("RCPT")) {
            const std::lock_guard lock{mutex_};
            if (recipient_answer_.front() != '2') ++refused_;
            say(socket, recipient_answer_);
        } else if (line.starts_with("DATA")) {
            say(socket, "354 go on");
            std::string letter;
            while (read_line(socket, buffer, line) && line != ".") letter += line + "\n";
            {
                const std::lock_guard lock{mutex_};
                letters_.push_back(letter);
            }
            say(socket, "250 taken");
        } else {
            say(socket, "221 bye");
            return;
        }
    }
}

}  // namespace etakahvila::testing
