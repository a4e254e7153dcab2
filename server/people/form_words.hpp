#pragma once

// What people write into forms, field by field: tidied, or told what is wrong with it. A form is read to its end, so
// that all of it is told at once.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/fault.hpp"
#include "people/local_time.hpp"

namespace etakahvila::people {

class FormWords {
public:
    void fault(FaultReason reason, std::optional<std::string> value = {});

    /// On one line; empty when nothing stays.
    std::string clean(std::string_view text, std::string_view field, std::size_t most);
    /// As clean; where nothing stays it is missing.
    std::string needed(std::string_view text, std::string_view field, std::size_t most, FaultReason missing);
    /// As clean, of a field that may be left out.
    std::optional<std::string> given(const std::optional<std::string>& text, std::string_view field, std::size_t most);
    /// As given, and its lines stay.
    std::optional<std::string> given_lines(
        const std::optional<std::string>& text, std::string_view field, std::size_t most);
    std::optional<LocalDate> day(const std::string& text);
    /// When Helsinki's clock shows this on this day. `text` is what was written of the time, `unclear` what it is where
    /// no time is read of it.
    std::optional<UtcTime> moment(
        std::optional<LocalDate> date, std::optional<ClockTime> clock, const std::string& text, FaultReason unclear);

    const std::vector<Fault>& faults() const { return faults_; }
    std::vector<Fault> take() && { return std::move(faults_); }

private:
    std::vector<Fault> faults_;
};

}  // namespace etakahvila::people
