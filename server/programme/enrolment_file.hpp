#pragma once

// People into packages, from a file or by hand: all rows or none, and nobody twice (people/matching.hpp).

#include "programme/enrolments.hpp"

namespace etakahvila::programme {

struct GivenChoice {
    EligibilityChoice choice{};
    std::optional<std::string> reason{};
};

/// What was answered, by the row's line.
struct EnrolmentAnswers {
    people::SameAnswers people{};
    /// Something is allowed with its reason alone: without one it is asked again.
    std::map<std::pair<std::int64_t, SeriesId>, GivenChoice> choices{};
    /// Whether who is in another package moves; else they stay there.
    std::map<std::int64_t, bool> moves{};
};

/// What a form tells beside a row of a file.
struct FormTerms {
    /// Not there: from today on, to the end of the period.
    std::optional<std::string> first_day{};
    std::optional<std::string> last_day{};
    std::optional<bool> sms_allowed{};
    std::optional<bool> needs_shown{};
};

/// Rows, and what they mean.
struct EnrolmentList {
    PeriodId period;
    /// Of rows that name none.
    PackageId package;
    const people::RegistrationPreview& rows;
    EnrolmentAnswers answers{};
    FormTerms terms{};
    /// Who says so, by name.
    std::string by{};
};

/// What becomes of a list, or would.
struct EnrolmentOutcome {
    /// While there is one, or a question, nothing is stored.
    std::vector<people::RowFault> faults{};
    std::vector<people::SameQuestion> same{};
    std::vector<protocol::EligibilityQuestion> not_eligible{};
    std::vector<protocol::PackageQuestion> moves{};
    /// Rows without a fault or a question: who was not in the period, whom the row changes, and the others.
    std::int64_t new_people{};
    std::int64_t changed{};
    std::int64_t unchanged{};
    bool is_stored{};
    /// Of what is stored: who each row is, and the sessions whose people have changed.
    std::vector<PersonId> people{};
    std::vector<SessionId> sessions{};

    bool may_be_stored() const { return faults.empty() && same.empty() && not_eligible.empty() && moves.empty(); }
};

/// Reads only. Nothing when there is no such period, or no such package in it.
std::optional<EnrolmentOutcome> look_at_enrolments(
    const records::Database& database, const EnrolmentList& list, UtcTime now);

/// Enrols all rows, or none. A row's kind of decision holds from today on, its package too; what a row leaves empty
/// changes nothing, so the same list twice changes nothing.
std::optional<EnrolmentOutcome> enrol(records::Database& database, const EnrolmentList& list, UtcTime now);

}  // namespace etakahvila::programme
