#include "support/smtp_sink.hpp"

#include <memory>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/catch.hpp"

namespace etakahvila::testing {
namespace {

/// What AUTH PLAIN says: nobody's name, the user, the password, in base64.
std::string plain_sign_in(const SecureSmtp& secure) {
    const auto words = std::string(1, '\0') + secure.user + std::string(1, '\0') + secure.password;
    std::string text(sodium_base64_encoded_len(words.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(words.data()), words.size(),
        sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero
    return text;
}

}  // namespace

/// One client's lines, in the clear and after STARTTLS.
class SmtpSink::Line {
public:
    explicit Line(int socket) : socket_{socket} {}

    void say(const std::string& line) {
        const auto bytes = line + "\r\n";
        if (tls_)
            (void)SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        else
            (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    /// Without its end; false when the other side has gone.
    bool read(std::string& line) {
        while (buffer_.find("\r\n") == std::string::npos) {
            char bytes[4096];
            const auto got = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes)
                                  : static_cast<int>(::recv(socket_, bytes, sizeof bytes, 0));
            if (got <= 0) return false;
            buffer_.append(bytes, static_cast<std::size_t>(got));
        }
        const auto end = buffer_.find("\r\n");
        line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return true;
    }

    bool start_tls(const SecureSmtp& secure) {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_use_certificate_chain_file(context_.get(), secure.certificate.c_str());
        SSL_CTX_use_PrivateKey_file(context_.get(), secure.key.c_str(), SSL_FILETYPE_PEM);
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), socket_);
        return SSL_accept(tls_.get()) == 1;
    }
    bool is_tls() const { return tls_ != nullptr; }

private:
    template <class T, void (*End)(T*)>
    struct Ends {
        void operator()(T* what) const { End(what); }
    };

    const int socket_;
    std::string buffer_;
    std::unique_ptr<SSL_CTX, Ends<SSL_CTX, SSL_CTX_free>> context_;
    std::unique_ptr<SSL, Ends<SSL, SSL_free>> tls_;
};

SmtpSink::SmtpSink(std::optional<SecureSmtp> secure) : secure_{std::move(secure)} {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (secure_ ? 1 : 0));
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

std::string SmtpSink::address() const {
    return (secure_ ? "smtp://127.0.0.2:" : "smtp://127.0.0.1:") + std::to_string(port_);
}

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
        {
            Line line{socket};
            talk(line);
        }
        ::close(socket);
    }
}

void SmtpSink::talk(Line& line) {
    bool may_send = !secure_;
    std::string words;
    line.say("220 sink");
    while (line.read(words)) {
        if (words.starts_with("EHLO") && secure_) {
            line.say("250-sink");
            line.say(line.is_tls() || !secure_->offers_tls ? "250 AUTH PLAIN" : "250 STARTTLS");
        } else if (words == "STARTTLS" && secure_) {
            line.say("220 go on");
            if (!line.start_tls(*secure_)) return;
        } else if (words == "AUTH PLAIN" && secure_) {
            line.say("334 ");
            if (!line.read(words)) return;
            may_send = line.is_tls() && words == plain_sign_in(*secure_);
            ++(may_send ? signed_in_ : denied_);
            line.say(may_send ? "235 welcome" : "535 5.7.8 authentication failed");
        } else if (words.starts_with("MAIL") && !may_send) {
            if (!line.is_tls()) ++in_the_clear_;
            line.say("530 5.7.0 sign in first");
        } else if (words.starts_with("EHLO") || words.starts_with("HELO") || words.starts_with("MAIL") ||
                   words.starts_with("RSET")) {
            line.say("250 ok");
        } else if (words.starts_with("RCPT")) {
            const std::lock_guard lock{mutex_};
            if (recipient_answer_.front() != '2') ++refused_;
            line.say(recipient_answer_);
        } else if (words.starts_with("DATA")) {
            line.say("354 go on");
            std::string letter;
            while (line.read(words) && words != ".") letter += words + "\n";
            {
                const std::lock_guard lock{mutex_};
                letters_.push_back(letter);
            }
            line.say("250 taken");
        } else {
            line.say("221 bye");
            return;
        }
    }
}

std::string text_of_letter(const std::string& letter) {
    const auto text_at = letter.find("\n\n", letter.find("Content-Type: text/plain"));
    const auto text = letter.substr(text_at, letter.find("\n--", text_at) - text_at);
    // Soft breaks and =XX.
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '=') {
            out += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '\n') {
            ++at;
        } else if (at + 2 < text.size()) {
            out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        }
    }
    return out;
}

}  // namespace etakahvila::testing
