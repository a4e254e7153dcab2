#pragma once

// How a request is answered. A reply is given once, from any thread; its copies are one and the same.

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "net/http_exchange.hpp"
#include "net/metrics.hpp"
#include "protocol/api/access.hpp"

namespace etakahvila::api {

inline protocol::Refusal refusal_of(protocol::RefusalWord word, std::optional<std::int64_t> wait_seconds = {}) {
    return {.word = word, .standing = {}, .by = {}, .wait_seconds = wait_seconds};
}

/// A refusal with a status of its own, where that is not its word's.
struct Denial {
    unsigned status{};
    protocol::Refusal refusal;
};

class Reply {
public:
    Reply(net::Answer answer, net::Metrics& metrics) : answer_{std::move(answer)}, metrics_{metrics} {}

    void send(net::Response response) const { answer_(std::move(response)); }

    /// Refusals are counted.
    void refuse(const Denial& denial) const;
    void refuse(const protocol::Refusal& refusal) const { refuse(Denial{protocol::status_of(refusal.word), refusal}); }
    void refuse(protocol::RefusalWord word) const { refuse(refusal_of(word)); }

    /// The disk cannot be read, or too many wait.
    void fail() const { send(net::answer_of(503, "{}")); }

private:
    net::Answer answer_;
    net::Metrics& metrics_;
};

/// Where nothing but this is the answer.
template <class Answer>
class ReplyWith : public Reply {
public:
    explicit ReplyWith(const Reply& reply) : Reply{reply} {}

    static net::Response response(const Answer& answer) { return net::answer_of(200, base::json::to_text(answer)); }
    void give(const Answer& answer) const { send(response(answer)); }
};

inline constexpr std::string_view csv_type = "text/csv; charset=utf-8";
inline constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view ics_type = "text/calendar; charset=utf-8";
inline constexpr std::string_view jpeg_type = "image/jpeg";

/// A file, for the browser to save under this name.
net::Response file_of(std::string bytes, std::string_view type, const std::string& name);

}  // namespace etakahvila::api
