#pragma once

// People at work in one room, by real clients: each asks for one thing after another, without end,
// and goes on after every break. What they are told is noted in the ledger.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <simdjson.h>

#include "player/coordinator.hpp"
#include "player/member.hpp"
#include "program/ledger.hpp"

namespace etakahvila::faults {

/// What the clients have seen go wrong with the stream.
struct StreamFaults {
    std::size_t lost{};
    std::size_t doubled{};
    std::size_t reordered{};
    std::size_t gaps{};
    /// A snapshot came where what was missed was due.
    std::size_t fresh_snapshots{};

    bool is_good() const { return lost + doubled + reordered + gaps + fresh_snapshots == 0; }
};

class Crowd final : public player::Watcher {
public:
    struct Parts {
        client::ClientLoop& loop;
        client::Client& client;
        player::Coordinator& coordinator;
        std::uint64_t seed = 1;
        bool waits_at_random = true;
    };
    using Task = std::function<void()>;

    explicit Crowd(Parts parts);

    /// Invites to the session, brings everyone in and goes live. Throws in the loop when that is
    /// refused. `spare`: so many more are invited and left out here.
    void gather(protocol::SessionId session, std::size_t participants, std::size_t spare, Task done);
    const std::vector<player::Invited>& spares() const { return spares_; }
    /// Everyone begins to ask.
    void work();
    /// Nobody asks for more; `done` when all that was asked has its answer and everyone has heard
    /// the last message of all.
    void rest(Task done);
    /// The server is about to be gone, and with it every line that is up.
    void note_lines();
    /// `done` when all noted lines have been lost.
    void when_lines_gone(Task done);
    /// `done` when all noted lines have been lost, and everyone is in again.
    void when_all_in(Task done);
    /// `done` when all noted lines have been lost, and somebody is in again.
    void when_first_in(Task done);
    /// How much less than the whole time since the session went live anyone is said to have been there.
    void ask_attendance(std::function<void(std::int64_t seconds_missing_most)> told);
    /// Cuts every line at once; `done` when everyone is in again.
    void cut_all(Task done);

    // ---- while the server cannot save

    /// From now on saving may stop, and it is a finding when anything is acknowledged on a line that
    /// has been told so: anything at all, or what is not vital.
    enum class Taken : std::uint8_t { nothing, vital };
    void expect_stops(Taken taken);
    /// `done` when everyone has been told that saving has stopped, or when all those know that it goes on.
    void when_saving_stopped(Task done);
    void when_saving_again(Task done);
    /// What came of one command from everyone.
    struct Answers {
        std::size_t not_saving{};
        std::size_t others{};
    };
    void ask_everyone(const protocol::Command& command, std::function<void(Answers)> answered);
    /// Somebody comes in once more, from another device and by their link, and goes again; `done` tells
    /// whether that device saw all that their first one knows.
    void look_in(std::function<void(bool sees_all)> done);
    /// How often a line was told that saving has stopped.
    std::size_t stops_told() const { return stops_told_; }
    std::size_t acknowledged_when_stopped() const { return acknowledged_when_stopped_; }

    /// Names, texts, secrets and tickets: what must be in no log.
    std::vector<std::string> canaries() const;

    /// From an answer's asking to its coming, of all since the last call.
    std::vector<double> take_answer_ms() { return std::exchange(answer_ms_, {}); }

    protocol::SessionId session() const { return session_; }
    std::size_t size() const { return people_.size(); }
    const Ledger& ledger() const { return ledger_; }
    StreamFaults stream_faults() const;
    /// What else went wrong, in words; broken lines are what is asked for here, and not counted.
    const std::map<std::string, std::size_t>& surprises() const { return surprises_; }

    /// Lines that were lost, other than by cut_all.
    std::size_t lines_lost() const { return lines_lost_; }

    /// Grows with everything that happens.
    std::size_t progress() const { return progress_; }
    /// Who is not in, and who waits for an answer, for a person to read.
    std::string standing() const;

    // ---- Watcher
    void told(player::Device& device, player::Instant at) override;
    void answered(player::Member& member, const protocol::Command& command, const protocol::Outcome& outcome,
        player::Instant sent, player::Instant at) override;
    void went_wrong(std::string what) override;
    void moved() override;

private:
    struct Person {
        std::unique_ptr<player::Member> member;
        std::shared_ptr<player::Device> device;
        protocol::Role role{};
        std::int64_t asked{};
        bool is_asking = false;
        /// The line's losses, where it is up and will be lost.
        std::optional<std::int64_t> losses_before;
    };

    void come_in();
    void go_live();
    void ask(Person& person);
    void ask_later(Person& person);
    std::optional<protocol::Command> wish_of(Person& person);
    std::string words(const Person& person) const;
    Person& first(protocol::Role role);
    bool are_lines_gone() const;
    bool all_in() const;
    bool is_anyone_waiting() const;
    bool have_all_heard_last_message() const;
    /// Whatever is waited for may have come to be.
    void look();

    Parts parts_;
    std::minstd_rand dice_;
    simdjson::dom::parser parser_;
    protocol::SessionId session_;
    std::vector<std::unique_ptr<Person>> people_;
    std::vector<player::Invited> spares_;
    std::vector<std::string> canaries_{"viesti ", "Kiitos kaikille", "Kuuluuko"};
    Ledger ledger_;
    std::vector<double> answer_ms_;
    std::map<std::string, std::size_t> surprises_;
    std::size_t progress_{};
    bool is_working_ = false;
    Task when_lines_gone_;
    Task when_all_in_;
    Task when_first_in_;
    Task when_at_rest_;
    Task when_saving_stopped_;
    Task when_saving_again_;
    std::optional<Taken> taken_when_stopped_;
    std::size_t lines_lost_{};
    std::size_t stops_told_{};
    std::size_t acknowledged_when_stopped_{};
    bool is_last_message_sent_ = false;
    protocol::MessageId last_message_;
};

}  // namespace etakahvila::faults
