#include "client/client_certificate.hpp"

#include <cstdio>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace etakahvila::client {
namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* thing) const {
        free_it(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

constexpr long a_month_seconds = 30L * 24 * 3600;

void must(bool is_done) {
    if (!is_done) throw std::runtime_error{"A certificate cannot be made."};
}

std::FILE* own_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error{"Cannot write " + path.string() + "."};
    return ::fdopen(file, "w");
}

void add_extension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        boost::system::error_code error;
        boost::asio::ip::make_address(name, error);
        text += (text.empty() ? "" : ",") + std::string{error ? "DNS:" : "IP:"} + name;
    }
    return text;
}

}  // namespace

OwnCertificate make_own_certificate(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    const Key key{EVP_EC_gen("P-256")};
    const Certificate certificate{X509_new()};
    must(key != nullptr && certificate != nullptr);
    std::uint64_t serial{};
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    must(X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1) == 1);
    must(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate.get()), a_month_seconds) != nullptr);
    auto* name = X509_get_subject_name(certificate.get());
    must(X509_NAME_add_entry_by_txt(
             name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(names.front().c_str()), -1, -1, 0) == 1);
    must(X509_set_issuer_name(certificate.get(), name) == 1 && X509_set_pubkey(certificate.get(), key.get()) == 1);
    add_extension(certificate.get(), NID_subject_alt_name, alternative_names(names));
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

    OwnCertificate made{.certificate = folder / "certificate.pem", .key = folder / "key.pem"};
    auto* certificate_file = own_file(made.certificate);
    const bool is_certificate_written = PEM_write_X509(certificate_file, certificate.get()) == 1;
    must(std::fclose(certificate_file) == 0 && is_certificate_written);
    auto* key_file = own_file(made.key);
    const bool is_key_written = PEM_write_PrivateKey(key_file, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    must(std::fclose(key_file) == 0 && is_key_written);
    return made;
}

}  // namespace etakahvila::client
