#include "check/look.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace etakahvila::check {

std::string days_text(std::int64_t days) { return std::to_string(days) + (days == 1 ? " more day" : " more days"); }

std::string to_lines(const Answers& answers) {
    std::string lines;
    for (const auto& answer : answers) {
        auto sentence = answer.sentence;
        std::replace_if(
            sentence.begin(), sentence.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
        lines += answer.look + '\t' + std::string{base::name_of(answer.grade)} + '\t' + sentence + '\n';
    }
    return lines;
}

Answers from_lines(std::string_view lines) {
    Answers answers;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        const auto first = line.find('\t');
        const auto second = first == line.npos ? first : line.find('\t', first + 1);
        if (second == line.npos) continue;
        const auto grade = base::value_named<Grade>(line.substr(first + 1, second - first - 1));
        if (!grade) continue;
        answers.push_back({std::string{line.substr(0, first)}, *grade, std::string{line.substr(second + 1)}});
    }
    return answers;
}

}  // namespace etakahvila::check
