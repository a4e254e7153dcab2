#pragma once

// What people and server did of the day's work in a run, each counted: a run in which nothing of it happened proves
// nothing.

#include <array>
#include <cstdint>
#include <string_view>

namespace etakahvila::simulation {

enum class Deed : std::uint8_t {
    asked,
    asked_again,
    request_lost,
    answer_lost,
    planned,
    draft_kept,
    draft_conflict,
    returned,
    return_answered,
    returned_late,
    taken_back,
    written_down,
    words_opened,
    claimed,
    claim_lapsed,
    claim_refused,
    taken_over,
    dealt,
    answer_kept,
    sent,
    sent_back,
    corrected,
    answer_read,
    thanked,
    poll_opened,
    voted,
    voted_anew,
    poll_counted,
    poll_not_counted,
    feedback_given,
    feedback_lost,
    feedback_kept,
    doors_opened,
    doors_opened_late,
    cancelled,
    cancel_answered,
    cancel_refused,
    turned_away,
    died_cancelling,
    died_before_step,
    died_before_answer,
    rows_looked_at
};
constexpr std::array<std::string_view, 42> names_of(Deed) {
    return {"asked", "asked_again", "request_lost", "answer_lost", "planned", "draft_kept", "draft_conflict",
        "returned", "return_answered", "returned_late", "taken_back", "written_down", "words_opened", "claimed",
        "claim_lapsed", "claim_refused", "taken_over", "dealt", "answer_kept", "sent", "sent_back", "corrected",
        "answer_read", "thanked", "poll_opened", "voted", "voted_anew", "poll_counted", "poll_not_counted",
        "feedback_given", "feedback_lost", "feedback_kept", "doors_opened", "doors_opened_late", "cancelled",
        "cancel_answered", "cancel_refused", "turned_away", "died_cancelling", "died_before_step", "died_before_answer",
        "rows_looked_at"};
}

struct Deeds {
    std::array<std::int64_t, names_of(Deed{}).size()> counts{};

    std::int64_t& operator[](Deed deed) { return counts[static_cast<std::size_t>(deed)]; }
    std::int64_t operator[](Deed deed) const { return counts[static_cast<std::size_t>(deed)]; }
    Deeds& operator+=(const Deeds& more) {
        for (std::size_t index = 0; index < counts.size(); ++index) counts[index] += more.counts[index];
        return *this;
    }
};

}  // namespace etakahvila::simulation
