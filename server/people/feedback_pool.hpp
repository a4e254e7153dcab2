#pragma once

// What has been answered and is not written yet, of one session. In memory alone.
//
// Nobody can be known among fewer than five, and staff know what they noted for others. So what is written at a time
// has the answers of five people at least who gave them by themselves, or of none such; and what is left behind must
// be able to follow. Five are written where ten wait. Who has answered and what was said leave here in two lists that
// do not go together.

#include <compare>
#include <optional>
#include <vector>

#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/api/feedback.hpp"

namespace etakahvila::people {

inline constexpr std::size_t feedback_together_min = 5;

/// Of nobody.
struct FeedbackAnswer {
    std::optional<protocol::FaceAnswer> felt;
    std::optional<protocol::FaceAnswer> heard;
    std::optional<protocol::FaceAnswer> worked;
    std::string words;
    bool helped{};
    bool about_staff{};
    auto operator<=>(const FeedbackAnswer&) const = default;
};

/// The people in the order of their ids, the answers in the order of what they say: neither has anything of the order
/// in which they came, or of the other. As many of the one as of the other.
struct FeedbackBatch {
    std::vector<PersonId> people;
    std::vector<FeedbackAnswer> answers;
};

class FeedbackPool {
public:
    bool has(PersonId person) const;
    /// Of somebody who is not here yet.
    void add(PersonId person, FeedbackAnswer answer, bool is_noted);

    /// What is to be written now, if anything is.
    std::optional<FeedbackBatch> next(const RandomBytes& random);
    /// What may be written when nobody answers any more, if anything may.
    std::optional<FeedbackBatch> last();
    /// What was given out last is written.
    void forget_written();

private:
    struct Waiting {
        PersonId person;
        FeedbackAnswer answer;
        bool is_noted{};
    };

    std::size_t own() const;
    FeedbackBatch first(std::size_t count);

    std::vector<Waiting> waiting_;
    /// So many of the first have been given out.
    std::size_t given_out_ = 0;
};

}  // namespace etakahvila::people
