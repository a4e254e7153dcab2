#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

#include "base/time.hpp"

namespace etakahvila::net {

struct SslFree {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* session) const { SSL_free(session); }
};
using SslSession = std::unique_ptr<SSL, SslFree>;

/// A certificate and what is spoken with it: TLS 1.3, or 1.2 with AEAD and forward secrecy. There is no
/// renegotiation and no compression; there are session tickets. Immutable, and shared by all workers. A
/// connection keeps the one that it began with.
class TlsContext {
public:
    /// Reads a chain and its key, both PEM. `earlier`: its session tickets stay good. Throws
    /// std::runtime_error with a sentence for the operator when the pair cannot be served.
    static std::shared_ptr<const TlsContext> load(const std::filesystem::path& certificate,
        const std::filesystem::path& key, const TlsContext* earlier = nullptr);

    /// Until the certificate expires; negative when it has.
    int days_left() const;
    /// When the certificate expires.
    base::UtcTime not_after() const;

    /// Whether browsers take it for this host: a name, or an IP address.
    bool is_for(const std::string& host) const;

    /// The names that it is for, as it lists them.
    std::vector<std::string> names() const;

    /// A session of a server over the socket.
    SslSession session_over(int socket) const;

private:
    explicit TlsContext(SSL_CTX* context) : context_{context} {}

    std::unique_ptr<SSL_CTX, SslFree> context_;
};

}  // namespace etakahvila::net
