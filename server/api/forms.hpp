#pragma once

// What several subjects of the API read and answer alike: forms and files, and what is wrong with them.

#include <algorithm>

#include "text/text.hpp"
#include "people/programme_file.hpp"
#include "protocol/api/forms.hpp"
#include "api/reply.hpp"

namespace etakahvila::api {

/// What was written is shown to the one who wrote it so far as it takes to find it: a file of one cell does not come
/// back whole.
inline constexpr std::size_t shown_code_points_max = 120;
inline std::string shortened(const std::string& written) {
    auto begin = text::first_code_points(written, shown_code_points_max);
    return begin.size() == written.size() ? begin : begin + "…";
}
inline std::optional<std::string> shortened(const std::optional<std::string>& written) {
    return written ? std::optional{shortened(*written)} : std::nullopt;
}

/// 400, and all that is wrong with the form.
inline void refuse_form(const Reply& reply, const std::vector<people::Fault>& faults) {
    protocol::FormRefusal refused{.refusal = {.word = protocol::RefusalWord::invalid}};
    for (const auto& fault : faults) refused.errors.push_back({fault.reason, shortened(fault.value)});
    reply.send(net::answer_of(400, base::json::to_text(refused)));
}

/// Columns of a file, as a Column of the wire.
template <class Shown, class Field>
std::vector<Shown> shown(const std::vector<people::Column<Field>>& columns) {
    std::vector<Shown> all;
    all.reserve(columns.size());
    for (const auto& column : columns)
        all.push_back({shortened(column.heading), column.field, shortened(column.example)});
    return all;
}

inline std::vector<protocol::RowFault> shown(std::vector<people::RowFault> faults) {
    for (auto& fault : faults) fault.value = shortened(fault.value);
    return faults;
}

/// Those of the file and those of the records, in the order of the file.
inline void add(std::vector<people::RowFault>& faults, const std::vector<people::RowFault>& more) {
    faults.insert(faults.end(), more.begin(), more.end());
    std::stable_sort(
        faults.begin(), faults.end(), [](const auto& one, const auto& other) { return one.line < other.line; });
}

}  // namespace etakahvila::api
