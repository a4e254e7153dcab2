#pragma once

// What the outside world knows of the day's work, the polls and the feedback: what was asked over HTTP and what was
// answered, what the durable steps say, and what the rows say. It is asked at each start of a process, every few
// seconds, and at the end whether they agree, and keeps the first promise that does not hold (in the ledger).
//
// - What was answered as returned is there until somebody takes it back, once, with the time that was told.
// - A draft that was answered as kept is the row's, or a later one of the same person.
// - The row and the room's projection of it are the same.
// - Words are in no step, no log line and no frame; a draft is its author's alone, what was returned is shown to staff
//   who open it, noted first; an answer is shown to the one whose work it answers, and not before it has left.
// - A vote that was answered as taken is counted once, with what was chosen last; no ballot is kept after the close.
// - Who has answered the feedback and how many answers are kept go together; what a kill loses are ten at most, and
//   those people are asked again.
// - Doors that open by themselves open once, and not before their time. A day that was answered as cancelled stays so;
//   its row is written with its step, and nobody comes in any more.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "deeds.hpp"
#include "ledger.hpp"
#include "protocol/api/feedback.hpp"
#include "protocol/api/work.hpp"
#include "records/database.hpp"

namespace etakahvila::simulation {

/// What is asked over HTTP.
enum class Asks : std::uint8_t {
    own,
    draft,
    hand_in,
    take_back,
    wish,
    share,
    read,
    thanks,
    plan,
    desk,
    open,
    claim,
    release,
    take_over,
    deal,
    answer,
    send,
    send_back,
    worry,
    write_down,
    own_feedback,
    feedback,
    cancel
};

struct Asked {
    Asks what{};
    PersonId by{};
    /// Whose work, which.
    PersonId person{};
    AssignmentId assignment{};
    std::string words{};
};

class WorkLedger {
public:
    explicit WorkLedger(Ledger& ledger) : ledger_{ledger} {}

    // ---- words, each with a mark of its own

    enum class Kind : std::uint8_t { work, answer, thanks, feedback, cancelling };
    std::string words(Kind kind, PersonId whose, const std::string& text);
    static bool is_of_work(std::int64_t mark);

    // ---- requests; of a lost one too it is known when it can no longer come to anything

    using TryId = std::int64_t;
    TryId tried(const Asked& asked);
    void arrived(TryId id) { under_way_.at(id).has_arrived = true; }
    void lost(TryId id) { under_way_.erase(id); }
    /// The server's answer, whether or not it comes to anybody.
    void answered(TryId id, Role role, unsigned status, const std::string& body, UtcTime now);
    /// And when it has come: what the one who asked may count on.
    void saw_own(TryId id, const Asked& asked, const protocol::OwnWorkAnswer& own);
    void saw_sent(TryId id, const Asked& asked, const protocol::DeskRow& row);

    void logged(std::string_view line);
    void in_frame(const std::vector<std::int64_t>& marks);

    // ---- doors that open by themselves

    void plan_doors(UtcTime from, UtcTime until) { doors_.emplace(from, until); }
    /// Whether it is time, and they are shut.
    bool are_doors_due(UtcTime now) const;

    // ---- steps and rows

    /// Durable. `command`: what its member asked for.
    void took(const Step& step, const std::string& record, const Command* command);
    /// A process has begun, on what is on the disk.
    void loaded(const records::Database& reader);
    void look(const records::Database& reader);
    void check_attendance();
    bool is_feedback_closed() const { return is_feedback_closed_; }

    Deeds deeds;

private:
    using Key = std::pair<PersonId, AssignmentId>;
    struct UnderWay {
        Asked asked;
        bool has_arrived{};
    };
    struct Marked {
        Kind kind{};
        PersonId whose;
        /// In a request by which it is to be told: returned, sent.
        bool is_given{};
    };
    struct Kept {
        std::int64_t version{};
        std::string words;
    };
    struct Sent {
        UtcTime at;
        std::string words;
        PersonId by;
    };

    void fail(const std::string& promise) { ledger_.fail(promise); }
    void note_end(const Asked& asked);
    bool may_change(const Key& key, Asks what, TryId since) const;
    void check_told(const Asked& asked, Role role, const std::string& body);
    void took_work(const Step& step, const WorkNoted& now);
    void took_poll(const Step& step, const Command* command);
    void took_phase(const Step& step, Phase phase);
    void forget_work();
    void look_at_work(const records::Database& reader);
    void look_at_sent(const records::Database& reader);
    void look_at_ballots(const records::Database& reader);
    void look_at_feedback(const records::Database& reader);
    void look_at_notes(const records::Database& reader);
    void look_at_cancelling(const records::Database& reader);

    Ledger& ledger_;
    std::int64_t marks_ = 0;
    std::map<std::int64_t, Marked> marked_;
    TryId tries_ = 0;
    std::map<TryId, UnderWay> under_way_;
    /// The last try of each kind on each work.
    std::map<std::pair<Key, Asks>, TryId> last_;
    /// What came before it was of a rehearsal.
    TryId forgotten_ = 0;
    /// By anyone who may, to this work.
    std::map<Key, std::set<std::string>> given_words_;
    std::map<Key, std::set<std::string>> sent_words_;
    std::map<std::pair<PersonId, Key>, std::set<Asks>> ever_asked_;

    std::map<SubmissionId, WorkNoted> standing_;
    std::map<Key, Kept> drafts_;
    std::map<Key, UtcTime> returned_;
    std::map<Key, Sent> sent_;
    std::map<PersonId, std::int64_t> opened_;
    /// Returns that were under way when the process went.
    std::vector<Asked> died_;

    std::map<PollId, std::map<PersonId, std::vector<std::int64_t>>> votes_;
    std::map<PollId, std::set<PersonId>> noted_votes_;

    std::set<PersonId> feedback_tried_;
    /// Whom this process has told that their answer is taken.
    std::set<PersonId> feedback_taken_;
    std::set<PersonId> feedback_given_;
    std::int64_t feedback_answers_ = 0;
    bool is_feedback_closed_ = false;

    /// From when until when they may open by themselves.
    std::optional<std::pair<UtcTime, UtcTime>> doors_;
    bool were_doors_opened_ = false;
    /// With which the coordinator has asked for it.
    std::set<std::string> cancel_words_;
    bool is_cancelled_ = false;
};

}  // namespace etakahvila::simulation
