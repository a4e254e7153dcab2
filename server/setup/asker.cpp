#include "setup/asker.hpp"

#include <algorithm>
#include <istream>
#include <ostream>

namespace etakahvila::setup {
namespace {

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto begin = text.find_first_not_of(blank);
    if (begin == text.npos) return {};
    return std::string{text.substr(begin, text.find_last_not_of(blank) - begin + 1)};
}

}  // namespace

std::string Terminal::ask(const Question& question, const std::string& usual) {
    out_ << '\n' << question.finnish << '\n' << question.english << '\n';
    if (!question.example.empty()) out_ << "    " << question.example << '\n';
    out_ << (usual.empty() ? "" : "[" + usual + "] ") << "> " << std::flush;
    std::string line;
    if (!std::getline(in_, line)) throw GivenUp{"Given up: nothing has been written."};
    auto answer = trimmed(line);
    return answer.empty() ? usual : answer;
}

void Terminal::refuse(const Question&, const std::string& why) { out_ << "Ei käy. Not so: " << why << '\n'; }

void Terminal::tell(const std::string& sentence) { out_ << sentence << '\n'; }

AnswersFile::AnswersFile(const std::filesystem::path& file, std::ostream& out)
    : file_{file.string()}, answers_{config::values_in(file)}, out_{out} {
    for (const auto& [name, answer] : answers_) {
        if (std::none_of(all_questions.begin(), all_questions.end(),
                [&](const Question& question) { return question.name == name; }))
            throw config::Fault{"The file " + file_ + " answers what is not asked: " + name +
                                ". What is asked: etakahvila setup --example."};
    }
}

std::string AnswersFile::ask(const Question& question, const std::string& usual) {
    const auto found = answers_.find(question.name);
    if (found == answers_.end()) return usual;
    auto answer = trimmed(found->second);
    return answer.empty() ? usual : answer;
}

void AnswersFile::refuse(const Question& question, const std::string& why) {
    throw config::Fault{"The answer " + std::string{question.name} + " of " + file_ + " cannot be taken. " + why};
}

void AnswersFile::tell(const std::string& sentence) { out_ << sentence << '\n'; }

std::string example_of_answers() {
    std::string file = "# Answers for: etakahvila setup --answers FILE. What is left out is as it was, or as usual.\n";
    for (const auto& question : all_questions) {
        file += "\n# " + std::string{question.english} + "\n#" + std::string{question.name} + " = \"" +
                std::string{question.example} + "\"\n";
    }
    return file;
}

}  // namespace etakahvila::setup
