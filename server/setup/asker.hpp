#pragma once

// Who is asked: an operator on a terminal, or a file that was written before.

#include <filesystem>
#include <iosfwd>
#include <stdexcept>
#include <string>

#include "config/options.hpp"
#include "setup/question.hpp"

namespace etakahvila::setup {

/// No further answer will come. Nothing has been written.
struct GivenUp : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Asker {
public:
    virtual ~Asker() = default;

    /// The answer, without spaces around it; `usual` where there is none. Throws GivenUp.
    virtual std::string ask(const Question& question, const std::string& usual) = 0;
    /// The answer cannot be taken. Where this returns, the question may be asked again.
    virtual void refuse(const Question& question, const std::string& why) = 0;
    virtual void tell(const std::string& sentence) = 0;
};

/// Asks in Finnish and in English. An empty line is the usual answer.
class Terminal final : public Asker {
public:
    Terminal(std::istream& in, std::ostream& out) : in_{in}, out_{out} {}

    std::string ask(const Question& question, const std::string& usual) override;
    void refuse(const Question& question, const std::string& why) override;
    void tell(const std::string& sentence) override;

private:
    std::istream& in_;
    std::ostream& out_;
};

/// A TOML file with answers by the questions' names. An answer that cannot be taken ends it.
class AnswersFile final : public Asker {
public:
    /// Throws config::Fault for a file that cannot be read, and for an answer to no question.
    AnswersFile(const std::filesystem::path& file, std::ostream& out);

    std::string ask(const Question& question, const std::string& usual) override;
    /// Throws config::Fault with the answer's name.
    void refuse(const Question& question, const std::string& why) override;
    void tell(const std::string& sentence) override;

private:
    std::string file_;
    config::Values answers_;
    std::ostream& out_;
};

/// A file of answers to begin with, each with what it answers.
std::string example_of_answers();

}  // namespace etakahvila::setup
