#include "base/log.hpp"

#include <mutex>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace etakahvila::base {
namespace {

constexpr auto pattern = "time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v";

class SinkOfFunction final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit SinkOfFunction(Log::Sink take_text_line) : take_text_line_{std::move(take_text_line)} {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        take_text_line_(std::string_view{line.data(), line.size()});
    }
    void flush_() override {}

    Log::Sink take_text_line_;
};

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return spdlog::level::debug;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> make(LogLevel least, spdlog::sink_ptr sink) {
    auto logger = std::make_shared<spdlog::logger>("etakahvila", std::move(sink));
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
    logger->set_level(level_of(least));
    logger->flush_on(spdlog::level::debug);
    return logger;
}

/// Bare when it is a plain word, quoted and escaped otherwise: one event is one line.
void write_value(std::string& line, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    const bool is_plain = !text.empty() &&
                          text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/@[]+") == text.npos;
    if (is_plain) {
        line += text;
        return;
    }
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f) {
            line += "\\x";
            line += hex[byte >> 4];
            line += hex[byte & 15];
        } else {
            if (c == '"' || c == '\\') line += '\\';
            line += c;
        }
    }
    line += '"';
}

}  // namespace

void Field::write(std::string& line) const {
    line += ' ';
    line += key_.text();
    line += '=';
    if (const auto* number = std::get_if<std::int64_t>(&value_)) {
        line += std::to_string(*number);
    } else if (const auto* word = std::get_if<std::string_view>(&value_)) {
        write_value(line, *word);
    } else {
        write_value(line, std::get<std::string>(value_));
    }
}

Log::Log(LogLevel least) : logger_{make(least, std::make_shared<spdlog::sinks::stderr_sink_mt>())} {}
Log::Log(LogLevel least, Sink sink) : logger_{make(least, std::make_shared<SinkOfFunction>(std::move(sink)))} {}
Log::~Log() = default;

void Log::write(LogLevel level, Word event, std::initializer_list<Field> fields) {
    const auto spdlog_level = level_of(level);
    if (!logger_->should_log(spdlog_level)) return;
    std::string line{"event="};
    line += event.text();
    for (const auto& field : fields) field.write(line);
    logger_->log(spdlog_level, spdlog::string_view_t{line.data(), line.size()});
}

}  // namespace etakahvila::base
