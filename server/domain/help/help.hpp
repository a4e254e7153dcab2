#pragma once

// Help with technical trouble, as a queue (RULES.md).

#include <map>

#include <boost/mp11/list.hpp>

#include "domain/help/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr std::size_t help_words_code_points_max = 500;
inline constexpr std::size_t help_handed_to_code_points_max = 120;
/// A claim goes back to the queue when its moderator has had no connection for so long.
inline constexpr Milliseconds help_claim_away{60'000};
/// So many lost connections within the window suggest help; once in the window.
inline constexpr std::size_t help_losses = 3;
inline constexpr Milliseconds help_losses_window{10 * 60'000};
/// How many requests one person may have in a day, and messages one thread; the next is limit_reached.
inline constexpr std::size_t help_requests_max = 100;
inline constexpr std::size_t help_messages_max = 200;

// The states of a request: (suggested →) open ⇄ claimed → solved | handed_over | cancelled.
struct HelpSuggested {};
struct HelpOpen {};
struct HelpClaim {
    PersonId by;
    RoomTime at;
};
struct HelpSolution {
    PersonId by;
    RoomTime at;
};
struct HelpHandover {
    PersonId by;
    std::string to;
    RoomTime at;
};
struct HelpCancellation {
    /// Not there when the session's end did it.
    std::optional<PersonId> by;
    RoomTime at;
};
/// A suggestion that came to nothing: it is shown to nobody any more.
struct HelpDropped {};
using HelpStanding =
    std::variant<HelpSuggested, HelpOpen, HelpClaim, HelpSolution, HelpHandover, HelpCancellation, HelpDropped>;

struct HelpCase {
    HelpId id;
    PersonId person;
    HelpKind kind{};
    std::string words;
    /// Waiting since. A claim that comes back to the queue does not change it.
    RoomTime since;
    std::optional<PersonId> raised_by;
    std::optional<std::string> call_back;
    /// When it was taken by the one who has it or had it last.
    std::optional<RoomTime> taken_at;
    std::int64_t messages{};
    /// The person stands at the door and cannot get in.
    bool is_at_door{};
    HelpStanding standing;

    bool is_suggested() const { return std::holds_alternative<HelpSuggested>(standing); }
    bool is_dropped() const { return std::holds_alternative<HelpDropped>(standing); }
    bool is_waiting() const {
        return std::holds_alternative<HelpOpen>(standing) || std::holds_alternative<HelpClaim>(standing);
    }
    const HelpClaim* claim() const { return std::get_if<HelpClaim>(&standing); }
};

struct ThreadMessage {
    HelpMessageId id;
    HelpId help;
    PersonId author;
    std::string text;
    RoomTime at;
};

struct Help {
    std::map<HelpId, HelpCase> cases;
    std::map<HelpMessageId, ThreadMessage> messages;
    /// When help was last suggested to each.
    std::map<PersonId, RoomTime> suggested_at;
};

/// The one request of the person that is suggested, open or claimed; null when there is none.
const HelpCase* standing_help(const Room&, PersonId);

/// How long they waited until somebody took it, or, where nobody did, until it ended or `now`. Nothing of a suggestion.
std::optional<Milliseconds> waited_for_help(const HelpCase&, RoomTime now);

/// How long people of one kind of trouble have waited until somebody took it; of those that
/// nobody took, until it ended. Suggestions that came to nothing do not count.
struct HelpFigures {
    HelpKind kind{};
    std::int64_t count{};
    Milliseconds median_wait{};
    Milliseconds longest_wait{};
    bool operator==(const HelpFigures&) const = default;
};
/// An entry for each kind that there was; those that still wait count until `now`.
std::vector<HelpFigures> help_figures(const Room&, RoomTime now);

// ---- an input of the server (not of a client)

/// A person with a link that is right asks for help at the door, without a line to the room. The
/// room need not know them yet; their name is the registration's, and is not written down here.
struct AskAtDoor {
    PersonId person;
    Role role{};
    HelpKind kind{};
    std::optional<std::string> words;
    std::optional<std::string> call_back;
};

// ---- decisions

Decision decide(const Room&, const Context&, const AskForHelp&);
Decision decide(const Room&, const Context&, const RaiseHelpFor&);
Decision decide(const Room&, const Context&, const AddHelpMessage&);
Decision decide(const Room&, const Context&, const CancelHelp&);
Decision decide(const Room&, const Context&, const ClaimHelp&);
Decision decide(const Room&, const Context&, const ReleaseHelp&);
Decision decide(const Room&, const Context&, const SolveHelp&);
Decision decide(const Room&, const Context&, const HandOverHelp&);
/// Who waits already is not asked twice: done, and nothing happens.
Decision decide(const Room&, const Context&, const AskAtDoor&);

class HelpRule final : public Rule {
public:
    struct State {
        Help help;
    };
    using Events = HelpEvents;
    using Inputs = boost::mp11::mp_list<AskAtDoor>;
    static constexpr std::array shows{ChangeKind::help_request, ChangeKind::help_line};

    /// Claims whose moderator is gone.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    /// The session closes or a rehearsal ends: what waits is cancelled.
    void add_phase_ends(const Room&, const Context&, Phase next, std::vector<Event>& out) const override;
    void clear(Room&, const Context&) const override;
    /// How each call for help went, and no word of it. Suggestions go.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    /// The third line lost within ten minutes suggests help, unless something stands already.
    void add_line_lost(const Room&, const Context&, PersonId, bool is_last, std::vector<Event>& out) const override;
    /// The person is in: what they asked for at the door is solved.
    void add_line_back(const Room&, const Context&, PersonId, bool is_first, std::vector<Event>& out) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// The person; and where a number is told, the one who claimed it and the one who wrote it.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
