#pragma once

// One line for each thing worth knowing: time, level, event, and fields.
// A person, a text or a secret cannot be logged, because nothing here takes one. Words are written in the
// source. Ids are numbers. The only free text is the operator's own.

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>

#include "base/enum_names.hpp"
#include "base/id.hpp"

namespace spdlog {
class logger;
}

namespace etakahvila::base {

/// A word that stands in the source.
class Word {
public:
    consteval Word(const char* text) : text_{text} {}
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// Text that the operator wrote or may see: a file, an address to listen on, what the system
/// said about them. Never what came from a client or out of the records. Escaped.
struct OperatorText {
    std::string_view text;
};

class Field {
public:
    Field(Word key, std::integral auto number) : key_{key}, value_{static_cast<std::int64_t>(number)} {}
    template <class Tag>
    Field(Word key, Id<Tag> id) : key_{key}, value_{id.value} {}
    Field(Word key, std::chrono::milliseconds span) : key_{key}, value_{static_cast<std::int64_t>(span.count())} {}
    Field(Word key, Word word) : key_{key}, value_{word.text()} {}
    template <NamedEnum E>
    Field(Word key, E value) : key_{key}, value_{name_of(value)} {}
    Field(Word key, OperatorText text) : key_{key}, value_{std::string{text.text}} {}
    Field(Word key, const std::error_code& error)
        : key_{key}, value_{std::string{error.category().name()} + ":" + std::to_string(error.value())} {}

    void write(std::string& line) const;

private:
    Word key_;
    std::variant<std::int64_t, std::string_view, std::string> value_;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };
constexpr std::array<std::string_view, 4> names_of(LogLevel) { return {"debug", "info", "warning", "error"}; }

/// From any thread. Lines are logfmt.
class Log {
public:
    using Sink = std::function<void(std::string_view line)>;

    /// To stderr.
    explicit Log(LogLevel least = LogLevel::info);
    Log(LogLevel least, Sink sink);
    ~Log();

    void debug(Word event, std::initializer_list<Field> fields = {}) { write(LogLevel::debug, event, fields); }
    void info(Word event, std::initializer_list<Field> fields = {}) { write(LogLevel::info, event, fields); }
    void warning(Word event, std::initializer_list<Field> fields = {}) { write(LogLevel::warning, event, fields); }
    void error(Word event, std::initializer_list<Field> fields = {}) { write(LogLevel::error, event, fields); }

private:
    void write(LogLevel level, Word event, std::initializer_list<Field> fields);

    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace etakahvila::base
