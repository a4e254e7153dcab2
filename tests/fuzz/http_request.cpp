// Bytes of a client that comes to the door: requests, the upgrade to a WebSocket, the frames behind
// it, until it hangs up. The last byte of the input chooses how they are cut. What is handed to
// whoever answers is as promised, and what comes back is HTTP, and after an upgrade whole frames.

#include <algorithm>
#include <charconv>

#include "fuzz/http_input.hpp"

using namespace etakahvila;
using namespace etakahvila::fuzz;
using net::Request;
using net::Response;

namespace {

constexpr std::size_t body_bytes_taken = 64;

/// Answers everything at once, in the ways that there are.
class Answers final : public net::HttpService {
public:
    std::string methods(std::string_view path) const override {
        return path.starts_with("/api/") ? "POST" : "GET, HEAD";
    }
    std::size_t body_bytes_max(const Request& request) const override {
        return request.path.starts_with("/api/") ? body_bytes_taken : 0;
    }

    void answer(Request request, net::Answer answer) override {
        HOLDS(request.path.starts_with('/') && request.path.size() + request.query.size() <= net::target_bytes_max);
        for (const char c : request.path + request.query) HOLDS(c > ' ' && c < 0x7f);
        HOLDS(request.path.find('?') == request.path.npos);
        HOLDS(request.body.size() <= body_bytes_max(request));
        HOLDS(request.body.empty() || request.method == Request::Method::post);
        boost::system::error_code error;
        boost::asio::ip::make_address(request.peer, error);
        HOLDS(!error);
        HOLDS(request.bearer.find_first_of("\r\n") == request.bearer.npos);
        if (const auto value = request.field("before")) HOLDS(request.query.find(*value) != request.query.npos);
        if (const auto value = request.cookie("sign_in")) HOLDS(request.cookies.find(*value) != request.cookies.npos);
        auto given = net::answer_of(request.method == Request::Method::other ? 405 : 200, "kahvia\n", "text/plain");
        if (!request.if_none_match.empty())
            given = {.status = 304, .content_type = {}, .body = {}, .fields = {{"ETag", "x"}}};
        answer(std::move(given));
    }
};

/// What the server has said, read by the letter.
class Ear {
public:
    explicit Ear(std::string_view heard) : heard_{heard} {}

    void listen() {
        while (!heard_.empty() && !is_upgraded_) read_answer();
        while (!heard_.empty()) read_frame();
    }

private:
    std::string_view take(std::size_t count) {
        HOLDS(heard_.size() >= count);
        const auto taken = heard_.substr(0, count);
        heard_.remove_prefix(count);
        return taken;
    }

    void read_answer() {
        const auto end = heard_.find("\r\n\r\n");
        HOLDS(end != heard_.npos);
        const auto head = take(end + 4);
        HOLDS(head.starts_with("HTTP/1.1 ") && head.size() > 12);
        const auto status = head.substr(9, 3);
        HOLDS(head.find("Content-Security-Policy: ") != head.npos && head.find("nosniff") != head.npos);
        // One answer does not pass for two.
        for (const char c : head) HOLDS(c != '\0');
        if (status == "101") {
            is_upgraded_ = true;
            return;
        }
        constexpr std::string_view field = "Content-Length: ";
        const auto at = head.find(field);
        HOLDS((status == "304") == (at == head.npos));
        if (at == head.npos) return;
        std::size_t length{};
        std::from_chars(head.data() + at + field.size(), head.data() + head.size(), length);
        // The answer to HEAD tells of a body and has none.
        if (!heard_.empty() && heard_.starts_with("HTTP/1.1 ")) return;
        if (heard_.empty()) return;
        take(length);
    }

    /// RFC 6455 §5.2, of a server: final, not masked, no reserved bits; nothing follows a close.
    void read_frame() {
        HOLDS(!is_closed_);
        const auto head = take(2);
        const auto first = static_cast<unsigned char>(head[0]), second = static_cast<unsigned char>(head[1]);
        const auto opcode = first & 0x0f;
        HOLDS((first & 0xf0) == 0x80 && (second & 0x80) == 0);
        HOLDS(opcode == 1 || opcode == 2 || opcode == 8 || opcode == 9 || opcode == 10);
        std::size_t length = second & 0x7f;
        HOLDS(length <= 125 || opcode < 8);
        if (length >= 126) {
            const auto bytes = take(length == 126 ? 2 : 8);
            length = 0;
            for (const char byte : bytes) length = length << 8 | static_cast<unsigned char>(byte);
        }
        take(length);
        is_closed_ = opcode == 8;
    }

    std::string_view heard_;
    bool is_upgraded_ = false;
    bool is_closed_ = false;
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view input{reinterpret_cast<const char*>(data), size};
    testing::Chance cuts{static_cast<std::uint64_t>(input.back())};
    const auto piece_most = std::int64_t{1} << (static_cast<unsigned char>(input.back()) % 13);
    input.remove_suffix(1);

    Answers answers;
    HttpInput doorway{answers};
    auto client = doorway.connect();
    std::string heard;
    for (auto rest = input; !rest.empty();) {
        const auto length = std::min<std::size_t>(static_cast<std::size_t>(cuts.number(1, piece_most)), rest.size());
        client.send(rest.substr(0, length));
        rest.remove_prefix(length);
        doorway.turn();
        heard += client.hear();
    }
    client.end();
    for (auto size_before = heard.size() + 1; heard.size() != size_before;) {
        size_before = heard.size();
        doorway.turn();
        heard += client.hear();
    }
    Ear{heard}.listen();
    // Nobody comes in whose page is not ours.
    if (heard.starts_with("HTTP/1.1 101")) HOLDS(has(input, HttpInput::origin));
    return 0;
}
