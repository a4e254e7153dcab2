#pragma once

// People in rooms, in each server's own words: how one comes in, how a message is said, and what
// of what comes tells that one has arrived.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "figures.hpp"
#include "line.hpp"

namespace etakahvila::bench {

/// Which server is spoken to.
enum class Target : std::uint8_t {
    /// Whoever connects to /N is in room N; what one says all in it get, as it is. Bare loop, ws, libwebsockets.
    relay,
    /// A room of Etäkahvila: enter, ticket, hello, commands.
    room,
    /// A group chat of XMPP (RFC 7395, XEP-0045).
    group_chat,
};

/// Messages under way. Each carries its number, so that whoever gets it can tell when it was sent.
class Tally {
public:
    static constexpr std::string_view mark = "viesti=";

    /// A text of so many bytes with the number of a new message, for so many receivers.
    std::string new_text(std::size_t bytes, std::size_t receivers);

    /// Looks for messages in what a receiver got.
    void look(std::string_view received, Instant at);

    /// From here on what arrives counts. Of messages that are under way already no times are taken.
    void begin();

    std::size_t deliveries() const { return deliveries_; }
    std::size_t messages() const { return sent_.size() - first_; }
    std::size_t missing() const { return missing_; }
    Times& latency() { return latency_; }
    Times& last() { return last_; }

private:
    struct Sent {
        Instant at;
        std::size_t left;
    };
    /// Another in each run, since a text that is sent again and again is held.
    std::int64_t first_number_ = 1'000'000 + Clock::now().time_since_epoch().count() / 1'000'000 % 8'000'000;
    std::vector<Sent> sent_;
    std::size_t first_{};
    std::size_t deliveries_{};
    std::size_t missing_{};
    Times latency_;
    Times last_;
};

/// Whom the room's server knows.
struct Invited {
    std::string role;
    std::string secret;
};

class Guest final : public Talk {
public:
    struct Parts {
        const Way& way;
        Tally& tally;
        Times& answers;
        Target target{};
        std::size_t room{};
        /// Of XMPP: what follows the WebSocket's address.
        std::string path;
        std::optional<Invited> invited{};
    };

    Guest(Parts parts, std::size_t number) : parts_{std::move(parts)}, line_{parts_.way, *this, number} {}

    /// Comes in: as a newcomer, or by the ticket of the last time. `resumes`: goes on from where it was.
    void come_in(bool resumes_tls = false, bool resumes = false);
    void cut() {
        line_.cut();
        is_in_ = false;
    }
    /// Gets a ticket without coming in. Of a room only.
    void fetch_ticket();

    bool is_in() const { return is_in_; }
    bool has_ticket() const { return !ticket_.empty(); }
    bool is_staff() const { return parts_.invited && parts_.invited->role != "participant"; }
    std::size_t room() const { return parts_.room; }
    Line& line() { return line_; }
    Instant came_in_at() const { return came_in_at_; }
    const std::string& fault() const { return fault_; }

    /// Back to back.
    void say(const std::vector<std::string>& texts);
    /// A command of a room; `done` gets the step's number, or nothing when it was refused.
    void ask(std::string_view command, std::function<void(std::optional<std::int64_t>)> done);
    /// For the room's voice.
    void ask_voice_ticket(std::function<void(std::string)> got);
    /// What stands in the way of the command that was refused last; -1 when nothing was named.
    std::int64_t standing() const { return standing_; }

private:
    void connected(Line& line) override;
    void answered(Line& line, unsigned status, std::string_view body) override;
    void upgraded(Line& line) override;
    void received(Line& line, std::string_view message) override;
    void lost(Line& line, std::string_view why) override;

    void received_of_room(std::string_view message);
    void received_of_group_chat(std::string_view message);
    std::string framed(const std::string& text);
    void is_in_now();

    Parts parts_;
    Line line_;
    bool is_in_ = false;
    bool only_fetches_ = false;
    bool resumes_ = false;
    Instant came_in_at_{};
    std::string fault_;
    std::string ticket_;
    std::string epoch_;
    std::int64_t have_{};
    int step_{};
    std::int64_t standing_ = -1;
    /// Another in each run: an id is taken once for a whole session.
    std::int64_t last_command_ = Clock::now().time_since_epoch().count() / 1'000'000 * 1000;
    struct Context {
        std::int64_t id;
        Instant at;
        std::function<void(std::optional<std::int64_t>)> done;
    };
    std::vector<Context> asked_;
    std::function<void(std::string)> got_voice_ticket_;
};

}  // namespace etakahvila::bench
