#pragma once

// Why a line of a file, or a thing given by hand, was not taken in. Reasons are answers, never
// exceptions; the screens have the sentences for them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::people {

/// Names are never given another meaning.
enum class FaultReason : std::uint8_t {
    // of the file
    file_too_large,
    file_empty,
    not_text,
    spreadsheet,
    encoding_unclear,
    quote_unclosed,
    rows_too_many,
    heading_missing,
    heading_twice,
    heading_unclear,
    // of a row
    cells_too_many,
    too_long,
    not_allowed,
    duplicate_of_line,
    name_missing,
    decision_type_missing,
    decision_type_unclear,
    phone_unclear,
    phone_zero_missing,
    email_unclear,
    email_not_ascii,
    several_match,
    series_missing,
    theme_missing,
    date_unclear,
    date_order_unclear,
    weekday_differs,
    start_unclear,
    end_unclear,
    time_does_not_exist,
    time_comes_twice,
    end_before_start,
    session_too_long,
    another_session_then,
    // of an item of an agenda
    title_missing,
    minutes_unclear,
    // of an account
    supervisor_taken
};
constexpr std::array<std::string_view, 37> names_of(FaultReason) {
    return {"file_too_large", "file_empty", "not_text", "spreadsheet", "encoding_unclear", "quote_unclosed",
        "rows_too_many", "heading_missing", "heading_twice", "heading_unclear", "cells_too_many", "too_long",
        "not_allowed", "duplicate_of_line", "name_missing", "decision_type_missing", "decision_type_unclear",
        "phone_unclear", "phone_zero_missing", "email_unclear", "email_not_ascii", "several_match", "series_missing",
        "theme_missing", "date_unclear", "date_order_unclear", "weekday_differs", "start_unclear", "end_unclear",
        "time_does_not_exist", "time_comes_twice", "end_before_start", "session_too_long", "another_session_then",
        "title_missing", "minutes_unclear", "supervisor_taken"};
}

/// `value` is what was written there, for the one who wrote it: the unclear word; the number of
/// the other line (duplicate_of_line); the field that is missing, too long or not allowed; the
/// account that has the supervisor (supervisor_taken). It may
/// be personal: never for a log.
struct Fault {
    FaultReason reason{};
    std::optional<std::string> value;
    bool operator==(const Fault&) const = default;
};

/// A fault of the line of the file, from 1, on which the row begins.
struct LineFault {
    std::int64_t line{};
    FaultReason reason{};
    std::optional<std::string> value;
    bool operator==(const LineFault&) const = default;
};

}  // namespace etakahvila::people
