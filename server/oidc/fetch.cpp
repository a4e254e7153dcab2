#include "oidc/fetch.hpp"

#include <array>
#include <memory>
#include <mutex>

#include <curl/curl.h>

namespace etakahvila::oidc {
namespace {

void begin_once() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Ends {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

int progress(void* gives_up, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(gives_up)->load() ? 1 : 0;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > answer_bytes_max) return 0;
    body.append(bytes, size * count);
    return size * count;
}

}  // namespace

std::variant<Said, NoAnswer> ask(
    const Question& question, const std::filesystem::path& authorities, const std::atomic<bool>& gives_up) {
    begin_once();
    const std::unique_ptr<CURL, Ends> easy{curl_easy_init()};
    if (!easy) return NoAnswer{"out of memory"};
    auto* curl = easy.get();
    Said said;
    std::array<char, CURL_ERROR_SIZE> fault{};
    curl_easy_setopt(curl, CURLOPT_URL, question.address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
    if (question.form) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(question.form->size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, question.form->c_str());
    }
    if (!question.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(curl, CURLOPT_USERNAME, question.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, question.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &said.body);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, fault.data());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, answer_within_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &gives_up);
    const auto result = curl_easy_perform(curl);
    if (result != CURLE_OK) return NoAnswer{fault[0] != '\0' ? fault.data() : curl_easy_strerror(result)};
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said.status);
    return said;
}

}  // namespace etakahvila::oidc
