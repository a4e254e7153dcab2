#pragma once

// A request and its answer, as those see them who answer: no sockets, no parser.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::net {

struct Request {
    enum class Method : std::uint8_t { get, head, post, other };

    Method method{};
    std::string path;
    /// What follows the question mark.
    std::string query;
    /// Of `Authorization: Bearer`; empty without one.
    std::string bearer;
    /// The whole of `Cookie`, of `Origin` (that of the page that asks), and of `X-CSRF-Token`.
    std::string cookies;
    std::string origin;
    std::string csrf_token;
    std::string accept_encoding;
    /// What the browser says that it is.
    std::string user_agent;
    std::string if_none_match;
    std::string body;
    /// The client's address. Personal: for limits only.
    std::string peer;
    /// From this machine, or from one of our proxies, and of its own: no other address stands behind it.
    bool is_of_operator = false;

    /// The value of a query's field, as it is written.
    std::optional<std::string_view> field(std::string_view name) const;
    /// The value of a cookie; nothing when it is not there, or twice.
    std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::shared_ptr<const std::string> body;
    /// Further header fields: names and values of ours only.
    std::vector<std::pair<std::string_view, std::string>> fields;
    bool is_kept_from_caches = true;
    /// The body is a script that may run WebAssembly.
    bool runs_wasm = false;
};

inline Response answer_of(unsigned status, std::string body, std::string_view content_type = "application/json") {
    return {.status = status,
        .content_type = content_type,
        .body = std::make_shared<const std::string>(std::move(body)),
        .fields = {}};
}

/// Gives the answer; from any thread, once.
using Answer = std::function<void(Response)>;

/// Whatever answers requests.
class HttpService {
public:
    virtual ~HttpService() = default;

    /// What may be asked for at this path, as `Allow` lists it; empty when nothing is there.
    virtual std::string methods(std::string_view path) const = 0;

    /// The longest body that this request may bring; 0: none.
    virtual std::size_t body_bytes_max(const Request& request) const = 0;

    virtual void answer(Request request, Answer answer) = 0;
};

}  // namespace etakahvila::net
