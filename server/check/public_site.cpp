#include "check/public_site.hpp"

#include <ctime>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <curl/curl.h>

#include "check/parts.hpp"
#include "config/host.hpp"

namespace etakahvila::check {
namespace {

constexpr long within_seconds = 15;
constexpr std::size_t body_bytes_max = 64 * 1024;
constexpr std::int64_t day_seconds = 24LL * 60 * 60;

// The key and what has to come back for it (RFC 6455, 1.3).
constexpr auto handshake_key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view handshake_accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

struct EndEasy {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct EndList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Got {
    CURLcode result = CURLE_OK;
    std::string why;
    long status{};
    std::string head;
    std::string body;
    std::optional<std::time_t> certificate_ends;
    bool is_name_known = true;
};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() < body_bytes_max) body.append(bytes, size * count);
    return size * count;
}

std::size_t take_head(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& head = *static_cast<std::string*>(into);
    const std::string_view line{bytes, size * count};
    if (head.size() < body_bytes_max) head += line;
    // Behind a handshake that was taken come frames, for as long as we stay.
    const bool is_socket = head.starts_with("HTTP/1.1 101") && line == "\r\n";
    return is_socket ? 0 : size * count;
}

/// "Expire date:Dec 30 12:00:00 2026 GMT" of the first certificate of the chain.
std::optional<std::time_t> end_of_certificate(CURL* curl) {
    curl_certinfo* chain = nullptr;
    if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr || chain->num_of_certs == 0)
        return std::nullopt;
    constexpr std::string_view name = "Expire date:";
    for (const auto* each = chain->certinfo[0]; each != nullptr; each = each->next) {
        if (!std::string_view{each->data}.starts_with(name)) continue;
        std::tm time{};
        if (::strptime(each->data + name.size(), "%b %d %H:%M:%S %Y", &time) == nullptr) return std::nullopt;
        return ::timegm(&time);
    }
    return std::nullopt;
}

Got get(const PublicSite& site, const std::string& path, const std::vector<std::string>& fields) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    Got got;
    const std::unique_ptr<CURL, EndEasy> easy{curl_easy_init()};
    if (!easy) throw std::bad_alloc{};
    auto* curl = easy.get();
    std::unique_ptr<curl_slist, EndList> list;
    for (const auto& field : fields) {
        auto* longer = curl_slist_append(list.get(), field.c_str());
        if (longer == nullptr) throw std::bad_alloc{};
        (void)list.release();
        list.reset(longer);
    }
    char fault[CURL_ERROR_SIZE] = "";
    const auto url = site.url + path;
    const auto authorities = site.authorities.string();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, within_seconds);
    curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &got.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &got.head);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fault);
    if (!authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
    got.result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &got.status);
    got.certificate_ends = end_of_certificate(curl);
    double looked_up_within = 0;
    curl_easy_getinfo(curl, CURLINFO_NAMELOOKUP_TIME, &looked_up_within);
    // Whoever knows names may be silent too.
    got.is_name_known = got.result != CURLE_COULDNT_RESOLVE_HOST &&
                        !(got.result == CURLE_OPERATION_TIMEDOUT && looked_up_within == 0);
    got.why = fault[0] != '\0' ? fault : curl_easy_strerror(got.result);
    return got;
}

bool is_of_tls(CURLcode result) {
    return result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CONNECT_ERROR ||
           result == CURLE_SSL_CERTPROBLEM || result == CURLE_SSL_ISSUER_ERROR || result == CURLE_SSL_CACERT_BADFILE;
}

/// What keeps everything else from being tried; nothing when the site answers.
std::optional<Answer> unreachable(const PublicSite& site, const Got& got) {
    const auto host = config::host_of(site.url);
    if (!got.is_name_known)
        return problem("public_name", "The name " + host +
                                          " is not known (DNS). Have whoever looks after the domain point "
                                          "it to this machine, or its proxy.");
    if (is_of_tls(got.result))
        return problem("public_tls", "Browsers would not trust " + site.url + ": " + got.why +
                                         ". Serve a certificate for " + host + " with its whole chain.");
    if (got.result != CURLE_OK)
        return problem("public_page", "Nobody answers at " + site.url + ": " + got.why +
                                          ". See that the proxy runs, and that the firewall lets its port through.");
    return std::nullopt;
}

Answer tls(const PublicSite& site, const Got& got) {
    constexpr auto look = "public_tls";
    if (!site.url.starts_with("https://"))
        return problem(look, site.url + " is not https: browsers would not let people speak. Name the https address.");
    if (!got.certificate_ends) return ok(look, "Browsers trust the certificate.");
    const auto days = (*got.certificate_ends - std::time(nullptr)) / day_seconds;
    if (days < certificate_days_least)
        return problem(look, "The certificate that " + site.url + " shows is good for " + days_text(days) +
                                 " only. Renew it, and have the proxy or the server read it anew.");
    return ok(look, "Browsers trust the certificate, for " + days_text(days) + ".");
}

Answer page(const PublicSite& site, const Got& got) {
    constexpr auto look = "public_page";
    if (got.status == 200) return ok(look, "The page is there.");
    const auto said = site.url + " answers with " + std::to_string(got.status);
    if (got.status >= 300 && got.status < 400)
        return problem(look, said + ", to another address. Set --site to the address that people end up at.");
    if (got.status == 502 || got.status == 503 || got.status == 504)
        return problem(look, said +
                                 ": the proxy does not reach the server. See that the server runs, and on which port "
                                 "the proxy looks for it.");
    if (got.status == 421 || got.status == 400)
        return problem(look, said + ": the server does not know itself by this name. See that --site is " + site.url +
                                 ", and that the proxy passes Host on as it came.");
    return problem(look, said + " and not with the page. See what else answers there.");
}

Answer ready(const PublicSite& site) {
    constexpr auto look = "public_ready";
    const auto got = get(site, "/readyz", {});
    if (got.body.starts_with("ready")) return ok(look, "The server says that it is ready.");
    if (got.body.starts_with("not ready"))
        return problem(look, "The server says that it is not ready. What it lacks: etakahvila check, and its log.");
    return problem(look, site.url + "/readyz is not answered by etakahvila (" + std::to_string(got.status) +
                             "). See what else answers there.");
}

Answer socket(const PublicSite& site) {
    constexpr auto look = "public_socket";
    const auto got = get(site, "/room",
        {"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", handshake_key,
            "Origin: " + site.origin});
    if (got.status == 101 && got.head.find(handshake_accept) != std::string::npos)
        return ok(look, "A room's connection comes through.");
    if (got.status == 403)
        return problem(
            look, "The server refuses connections of pages from " + site.origin +
                      ". Set --site to the address that people type, and have the proxy pass Origin and Host on "
                      "as they came.");
    return problem(look, "A room's connection does not come through: " +
                             (got.status == 0 ? got.why : "the answer is " + std::to_string(got.status)) +
                             ". Have the proxy pass on Upgrade and Connection (deploy/proxy has examples).");
}

}  // namespace

Answers public_site(const PublicSite& site) {
    const auto got = get(site, "/", {});
    if (auto why_not = unreachable(site, got)) return {std::move(*why_not)};
    return {ok("public_name", "The name " + config::host_of(site.url) + " is known."), tls(site, got), page(site, got),
        ready(site), socket(site)};
}

}  // namespace etakahvila::check
