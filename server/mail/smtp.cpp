#include "mail/smtp.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <memory>
#include <mutex>

#include <curl/curl.h>
#include <sodium.h>

namespace etakahvila::mail {
namespace {

void begin_once() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

template <class T, void (*End)(T*)>
struct Ends {
    void operator()(T* what) const { End(what); }
};
using Easy = std::unique_ptr<CURL, Ends<CURL, curl_easy_cleanup>>;
using Mime = std::unique_ptr<curl_mime, Ends<curl_mime, curl_mime_free>>;
using List = std::unique_ptr<curl_slist, Ends<curl_slist, curl_slist_free_all>>;

void add(List& list, const std::string& line) {
    auto* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    (void)list.release();
    list.reset(longer);
}

int progress(void* gives_up, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(gives_up)->load() ? 1 : 0;
}

/// Keeps the last line by which the server refused something.
std::size_t last_refusal(char* bytes, std::size_t size, std::size_t count, void* into) {
    std::string line{bytes, size * count};
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
    if (line.starts_with('4') || line.starts_with('5')) *static_cast<std::string*>(into) = std::move(line);
    return size * count;
}

/// What the server said, and what libcurl says of it.
struct Said {
    std::string refusal;
    std::array<char, CURL_ERROR_SIZE> fault{};
};

std::string words_of(const Said& said, CURLcode result) {
    if (!said.refusal.empty()) return said.refusal;
    return said.fault[0] != '\0' ? said.fault.data() : curl_easy_strerror(result);
}

/// Where the server is, how it is spoken to, and who speaks. `server` and `said` outlive what is done.
void turn_to(CURL* curl, const SmtpServer& server, Said& said) {
    curl_easy_setopt(curl, CURLOPT_URL, server.address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (needs_tls(server.address)) curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    if (!server.authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, server.authorities.c_str());
    if (!server.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, last_refusal);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &said.refusal);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, said.fault.data());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
}

/// Lines of mail end so; quoted-printable keeps them lines.
std::string with_crlf(std::string_view text) {
    std::string lines;
    for (const char c : text) {
        if (c == '\n') lines += '\r';
        lines += c;
    }
    return lines;
}

std::string date_now() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &utc)};
}

}  // namespace

bool needs_tls(std::string_view address) {
    const auto begin = address.find("://");
    auto host = begin == address.npos ? address : address.substr(begin + 3);
    host = host.substr(0, host.find('/'));
    host = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
    return host != "127.0.0.1" && host != "[::1]" && host != "localhost";
}

std::string header_text(std::string_view utf8) {
    const bool is_plain = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
    if (is_plain && utf8.find("=?") == utf8.npos) return std::string{utf8};
    // 45 bytes become 60 characters: with what stands around them at most 75, as RFC 2047 asks.
    constexpr std::size_t bytes_max = 45;
    std::string header;
    while (!utf8.empty()) {
        auto length = std::min(bytes_max, utf8.size());
        while (length < utf8.size() && length > 1 && (static_cast<unsigned char>(utf8[length]) & 0xc0U) == 0x80U)
            --length;
        std::string word(sodium_base64_encoded_len(length, sodium_base64_VARIANT_ORIGINAL), '\0');
        sodium_bin2base64(word.data(), word.size(), reinterpret_cast<const unsigned char*>(utf8.data()), length,
            sodium_base64_VARIANT_ORIGINAL);
        word.pop_back();  // the terminating zero
        header += (header.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + word + "?=";
        utf8.remove_prefix(length);
    }
    return header;
}

std::string header_sender(const std::string& sender, const std::string& address) {
    auto name = header_text(sender);
    const bool is_words = std::all_of(name.begin(), name.end(),
        [](unsigned char c) { return std::isalnum(c) != 0 || c == ' ' || c == '-' || c == '_'; });
    if (name == sender && !is_words) {
        std::string quoted{'"'};
        for (const char c : name) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        name = quoted + '"';
    }
    return name + (name.empty() ? "<" : " <") + address + ">";
}

std::optional<Trouble> send(const SmtpServer& server, const Message& message, const std::atomic<bool>& gives_up) {
    begin_once();
    const Easy easy{curl_easy_init()};
    const Mime mime{easy ? curl_mime_init(easy.get()) : nullptr};
    if (!mime) return Trouble{.words = "out of memory", .is_final = false};
    auto* curl = easy.get();

    const auto lines = with_crlf(message.text);
    auto* text = curl_mime_addpart(mime.get());
    curl_mime_data(text, lines.data(), lines.size());
    curl_mime_type(text, "text/plain; charset=utf-8");
    curl_mime_encoder(text, "quoted-printable");
    if (!message.calendar.empty()) {
        auto* calendar = curl_mime_addpart(mime.get());
        curl_mime_data(calendar, message.calendar.data(), message.calendar.size());
        const auto type = "text/calendar; charset=utf-8; method=" + message.calendar_method;
        curl_mime_type(calendar, type.c_str());
        curl_mime_filename(calendar, "tapaaminen.ics");
        curl_mime_encoder(calendar, "base64");
    }
    List headers;
    for (const auto& line : {"From: " + header_sender(message.sender, server.from), "To: <" + message.to + ">",
             "Subject: " + header_text(message.subject), "Date: " + date_now(), "Message-ID: <" + message.id + ">",
             std::string{"Auto-Submitted: auto-generated"},
             // Exchange asks for a word of its own before it keeps "I am on leave" to itself.
             std::string{"X-Auto-Response-Suppress: OOF, AutoReply"}}) {
        add(headers, line);
    }
    List to;
    add(to, "<" + message.to + ">");

    Said said;
    const auto from = "<" + server.from + ">";
    turn_to(curl, server, said);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, send_within_seconds);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &gives_up);
    const auto result = curl_easy_perform(curl);
    if (result == CURLE_OK) return std::nullopt;
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    // 5xx: never; 4xx, and no answer at all: later. A refused sign-in is the operator's to mend.
    const bool is_final = code >= 500 && code < 600 && result != CURLE_LOGIN_DENIED;
    return Trouble{.words = words_of(said, result), .is_final = is_final};
}

std::optional<Trouble> greet(const SmtpServer& server) {
    begin_once();
    const Easy easy{curl_easy_init()};
    if (!easy) return Trouble{.words = "out of memory", .is_final = false};
    Said said;
    turn_to(easy.get(), server, said);
    // What comes in place of a letter: the server says that it is there, and nothing else.
    curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(easy.get(), CURLOPT_NOBODY, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, greet_within_seconds);
    const auto result = curl_easy_perform(easy.get());
    if (result == CURLE_OK) return std::nullopt;
    return Trouble{.words = words_of(said, result), .is_final = false};
}

}  // namespace etakahvila::mail
