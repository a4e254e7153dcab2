#include "net/tls.hpp"

#include <array>
#include <new>
#include <stdexcept>
#include <string>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace etakahvila::net {
namespace {

constexpr auto tls_1_2_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr auto speaker = "etakahvila";
constexpr std::array<unsigned char, 9> only_protocol{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

[[noreturn]] void refuse(const std::string& sentence) {
    std::array<char, 160> why{};
    const auto error = ERR_get_error();
    ERR_error_string_n(error, why.data(), why.size());
    ERR_clear_error();
    throw std::runtime_error{error == 0 ? sentence : sentence + " (" + why.data() + ")"};
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
    unsigned int offered_length, void*) {
    unsigned char* match = nullptr;
    const int found = SSL_select_next_proto(
        &match, length, only_protocol.data(), only_protocol.size(), offered, offered_length);
    *chosen = match;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void take_ticket_keys(SSL_CTX* context, SSL_CTX* earlier) {
    const auto size = SSL_CTX_get_tlsext_ticket_keys(earlier, nullptr, 0);
    std::string keys(static_cast<std::size_t>(size), '\0');
    if (SSL_CTX_get_tlsext_ticket_keys(earlier, keys.data(), size) == 1)
        SSL_CTX_set_tlsext_ticket_keys(context, keys.data(), size);
    OPENSSL_cleanse(keys.data(), keys.size());
}

}  // namespace

std::shared_ptr<const TlsContext> TlsContext::load(
    const std::filesystem::path& certificate, const std::filesystem::path& key, const TlsContext* earlier) {
    ERR_clear_error();
    auto* context = SSL_CTX_new(TLS_server_method());
    if (context == nullptr) throw std::bad_alloc{};
    const std::shared_ptr<const TlsContext> made{new TlsContext{context}};

    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(
        context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // A record's head and its body are read by one call.
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_set_cipher_list(context, tls_1_2_ciphers) != 1)
        refuse("This machine's OpenSSL lacks the ciphers that are needed.");
    // Tickets hold the state of a session; nothing is kept here.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(speaker), 10);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);

    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
        refuse("The certificate cannot be read: " + certificate.string());
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
        refuse("The key cannot be read, or is not that of the certificate: " + key.string());
    if (SSL_CTX_check_private_key(context) != 1) refuse("The key is not that of the certificate: " + key.string());
    if (earlier != nullptr) take_ticket_keys(context, earlier->context_.get());
    return made;
}

int TlsContext::days_left() const {
    int days = 0;
    int seconds = 0;
    ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(SSL_CTX_get0_certificate(context_.get())));
    return days;
}

bool TlsContext::is_for(const std::string& host) const {
    auto* certificate = SSL_CTX_get0_certificate(context_.get());
    return X509_check_ip_asc(certificate, host.c_str(), 0) == 1 ||
           X509_check_host(certificate, host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

std::vector<std::string> TlsContext::names() const {
    std::vector<std::string> names;
    struct FreeNames {
        void operator()(GENERAL_NAMES* list) const { GENERAL_NAMES_free(list); }
    };
    const std::unique_ptr<GENERAL_NAMES, FreeNames> list{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(SSL_CTX_get0_certificate(context_.get()), NID_subject_alt_name, nullptr, nullptr))};
    for (int index = 0; list && index < sk_GENERAL_NAME_num(list.get()); ++index) {
        const auto* name = sk_GENERAL_NAME_value(list.get(), index);
        if (name->type != GEN_DNS) continue;
        names.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
            static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    }
    return names;
}

base::UtcTime TlsContext::not_after() const {
    std::tm ends{};
    ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context_.get())), &ends);
    return {static_cast<std::int64_t>(::timegm(&ends)) * 1000};
}

SslSession TlsContext::session_over(int socket) const {
    SslSession session{SSL_new(context_.get())};
    if (!session || SSL_set_fd(session.get(), socket) != 1) throw std::bad_alloc{};
    SSL_set_accept_state(session.get());
    return session;
}

}  // namespace etakahvila::net
