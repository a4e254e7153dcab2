// Somebody comes into a room, drops, and comes back, as a script of lines says that the input is:
// a line that begins with a brace is a message over their WebSocket; `+` is a new connection in
// place of the one there was; `*` lets something happen in the room. TICKET and STAFF stand for a
// fresh ticket of a participant and of a facilitator, NEXT for the one that the last welcome gave,
// EPOCH and SEQ for where the client is.
//
// However they come back: a ticket opens one door once, no step is missed or told twice, and the
// picture they hold is the room's, as they may see it.

#include <charconv>
#include <set>

#include "base/json.hpp"
#include "fuzz/http_input.hpp"
#include "support/client_view.hpp"

using namespace etakahvila;
using namespace etakahvila::fuzz;
using namespace etakahvila::protocol;

namespace {

constexpr PersonId facilitator{1}, participant{3};
constexpr std::size_t lines_max = 64;

class NoPages final : public net::HttpService {
public:
    std::string methods(std::string_view) const override { return {}; }
    std::size_t body_bytes_max(const net::Request&) const override { return 0; }
    void answer(net::Request, net::Answer answer) override { answer(net::answer_of(404, "")); }
};

/// RFC 6455 §5.2, of a client; masked by zeros.
std::string text_frame(std::string_view text) {
    std::string frame = "\x81";
    const auto add_length = [&](unsigned mark, int bytes) {
        frame += static_cast<char>(0x80 | mark);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            frame += static_cast<char>(text.size() >> shift & 0xff);
    };
    if (text.size() < 126)
        add_length(static_cast<unsigned>(text.size()), 0);
    else if (text.size() < 0x10000)
        add_length(126, 2);
    else
        add_length(127, 8);
    return frame.append(4, '\0').append(text);
}

class Visitor {
public:
    explicit Visitor(HttpInput& doorway) : doorway_{doorway} {
        for (const auto& [person, role, name] : {std::tuple{facilitator, Role::facilitator, "Ohjaaja"},
                 std::tuple{participant, Role::participant, "Mustikka"}}) {
            doorway_.room().admit({.person = person, .role = role, .name = name, .accepts_netiquette = true},
                [](auto refusal) { HOLDS(!refusal); });
        }
        doorway_.turn();
        connect();
    }

    void follow(std::string_view line) {
        if (line.starts_with('{')) {
            say(filled(std::string{line}));
        } else if (line.starts_with('+')) {
            connect();
        } else if (line.starts_with('*')) {
            doorway_.room().plan(
                {.session = HttpInput::session, .theme = "Uni " + std::to_string(++plans_), .series = "Etäkahvila"});
        }
        doorway_.turn();
        hear();
        compare();
    }

private:
    void connect() {
        client_ = doorway_.connect();
        buffer_.clear();
        hello_.reset();
        is_upgraded_ = is_greeted_ = is_closed_ = is_batch_due_ = false;
        client_.send("GET /room HTTP/1.1\r\nHost: kahvila.example\r\nOrigin: " + std::string{HttpInput::origin} +
                     "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        doorway_.turn();
        hear();
        HOLDS(is_upgraded_);
    }

    std::string ticket(PersonId person, Role role) {
        auto made = doorway_.tickets.issue({.session = HttpInput::session, .person = person, .role = role},
            doorway_.clock().monotonic(), runtime::TicketOffice::first_ticket_life);
        good_.insert(made);
        return made;
    }

    std::string filled(std::string line) {
        const auto fill = [&](std::string_view word, const auto& make) {
            if (const auto at = line.find(word); at != line.npos) line.replace(at, word.size(), make());
        };
        fill("TICKET", [&] { return ticket(participant, Role::participant); });
        fill("STAFF", [&] { return ticket(facilitator, Role::facilitator); });
        fill("NEXT", [&] { return next_ticket_; });
        fill("EPOCH", [&] { return epoch_; });
        fill("SEQ", [&] { return std::to_string(have_); });
        return line;
    }

    void say(const std::string& message) {
        auto read = base::json::from_text<ClientFrame>(parser_, message);
        if (const auto* frame = std::get_if<ClientFrame>(&read); frame != nullptr && !hello_ && !is_closed_) {
            if (const auto* hello = std::get_if<Hello>(frame)) hello_ = *hello;
        }
        client_.send(text_frame(message));
    }

    void hear() {
        buffer_ += client_.hear();
        if (!is_upgraded_) {
            const auto end = buffer_.find("\r\n\r\n");
            if (end == buffer_.npos) return;
            HOLDS(buffer_.starts_with("HTTP/1.1 101 "));
            is_upgraded_ = true;
            buffer_.erase(0, end + 4);
        }
        while (buffer_.size() >= 2) {
            std::size_t length = static_cast<unsigned char>(buffer_[1]) & 0x7f, head = 2;
            for (const std::size_t end = length == 126 ? 4U : length == 127 ? 10U : 2U; head < end; ++head) {
                if (head == 2) length = 0;
                length = length << 8 | static_cast<unsigned char>(buffer_[head]);
            }
            HOLDS(buffer_.size() >= head + length);
            const auto opcode = static_cast<unsigned char>(buffer_[0]) & 0x0f;
            const auto payload = buffer_.substr(head, length);
            buffer_.erase(0, head + length);
            HOLDS(!is_closed_);
            if (opcode == 8) is_closed_ = true;
            if (opcode == 1) take(payload);
        }
    }

    void take(const std::string& text) {
        auto read = base::json::from_text<ServerFrame>(parser_, text);
        HOLDS(std::holds_alternative<ServerFrame>(read));
        std::visit([this](const auto& frame) { take(frame); }, std::get<ServerFrame>(read));
    }

    void take(const Welcome& welcome) {
        HOLDS(!is_greeted_ && hello_);
        is_greeted_ = is_batch_due_ = true;
        // The ticket was one of ours, and is used up.
        HOLDS(good_.erase(hello_->ticket) == 1);
        HOLDS(welcome.me == (welcome.role == Role::facilitator ? facilitator : participant));
        const auto& resume = hello_->resume;
        HOLDS(!welcome.resumed || (resume && resume->epoch == welcome.epoch && resume->seq <= welcome.seq));
        HOLDS(epoch_.empty() || epoch_ == welcome.epoch);
        // Only a client that says the truth about where it is has the right to a true picture.
        if (welcome.resumed && (me_ != welcome.me || resume->seq != have_)) is_true_ = false;
        if (welcome.resumed) have_ = resume->seq;
        if (!welcome.resumed) have_ = 0;
        is_resumed_ = welcome.resumed;
        epoch_ = welcome.epoch;
        me_ = welcome.me;
        role_ = welcome.role;
        next_ticket_ = welcome.next_ticket;
        good_.insert(next_ticket_);
        seq_at_welcome_ = welcome.seq;
    }

    void take(const Batch& batch) {
        HOLDS(is_greeted_);
        if (std::exchange(is_batch_due_, false)) {
            HOLDS(batch.from == have_ && batch.to == seq_at_welcome_);
            if (!is_resumed_) view_ = {};
            if (!is_resumed_) is_true_ = true;
        } else {
            HOLDS(batch.from <= have_ && batch.to > have_);
        }
        view_.take(batch.changes);
        have_ = batch.to;
    }

    void take(const Outcome& outcome) { HOLDS(is_greeted_ && !outcome.id.empty()); }
    template <class Other>
    void take(const Other&) {}

    void compare() {
        if (!is_greeted_ || is_closed_ || is_batch_due_ || !is_true_) return;
        doorway_.room().look([this](const domain::Room& room) {
            const testing::ClientView now{snapshot(room, {.audience = domain::audience_of(role_), .person = me_})};
            HOLDS(view_ == now);
        });
        doorway_.turn();
    }

    HttpInput& doorway_;
    Client client_;
    simdjson::dom::parser parser_;
    int plans_ = 0;
    /// Tickets that open a door.
    std::set<std::string> good_;
    std::string next_ticket_ = "none";

    // ---- this connection
    std::string buffer_;
    std::optional<Hello> hello_;
    bool is_upgraded_{}, is_greeted_{}, is_closed_{}, is_batch_due_{}, is_resumed_{};
    domain::Seq seq_at_welcome_{};

    // ---- what the client holds
    std::string epoch_;
    domain::Seq have_{};
    PersonId me_;
    Role role_{};
    testing::ClientView view_;
    bool is_true_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view script{reinterpret_cast<const char*>(data), size};
    NoPages pages;
    HttpInput doorway{pages};
    Visitor visitor{doorway};
    for (std::size_t lines = 0; !script.empty() && lines < lines_max; ++lines) {
        const auto line = script.substr(0, script.find('\n'));
        visitor.follow(line);
        script.remove_prefix(std::min(line.size() + 1, script.size()));
    }
    return 0;
}
