#include "wire.hpp"

#include <charconv>

#include "base/json.hpp"

namespace etakahvila::simulation {

std::shared_ptr<const Heard> Wire::read(const runtime::Frame& frame) {
    if (const auto known = known_.find(frame.get()); known != known_.end()) return known->second.second;
    static thread_local simdjson::dom::parser parser;
    auto read = base::json::from_text<protocol::ServerFrame>(parser, *frame);
    std::shared_ptr<Heard> heard;
    if (auto* is = std::get_if<protocol::ServerFrame>(&read)) {
        heard = std::make_shared<Heard>();
        heard->frame = std::move(*is);
        heard->bytes = frame->size();
        heard->marks = marks_in(*frame);
        if (auto* batch = std::get_if<protocol::Batch>(&heard->frame)) {
            for (auto& change : batch->changes)
                heard->changes.push_back(std::make_shared<const protocol::Change>(std::move(change)));
            batch->changes.clear();
        }
    }
    known_.emplace(frame.get(), std::pair{frame, heard});
    order_.push_back(frame.get());
    if (order_.size() > kept_max) {
        known_.erase(order_.front());
        order_.pop_front();
    }
    return heard;
}

namespace {
constexpr std::string_view mark_word = "merkki";
}

std::string mark_of(std::int64_t number) { return std::string{mark_word} + std::to_string(number); }

std::vector<std::int64_t> marks_in(std::string_view text) {
    std::vector<std::int64_t> marks;
    for (auto at = text.find(mark_word); at != text.npos; at = text.find(mark_word, at)) {
        at += mark_word.size();
        std::int64_t number{};
        if (std::from_chars(text.data() + at, text.data() + text.size(), number).ec == std::errc{})
            marks.push_back(number);
    }
    return marks;
}

std::string text_of(const protocol::ClientFrame& frame) { return base::json::to_text(frame); }
std::string text_of(const protocol::ServerFrame& frame) { return base::json::to_text(frame); }
std::string text_of(const protocol::Command& command) { return base::json::to_text(command); }
std::string text_of(const protocol::Change& change) { return base::json::to_text(change); }
std::string text_of(const std::optional<protocol::Refusal>& refusal) {
    return refusal ? base::json::to_text(*refusal) : "done";
}

std::optional<protocol::ClientFrame> client_frame(const std::string& text) {
    static thread_local simdjson::dom::parser parser;
    auto read = base::json::from_text<protocol::ClientFrame>(parser, text);
    auto* frame = std::get_if<protocol::ClientFrame>(&read);
    return frame == nullptr ? std::nullopt : std::optional{std::move(*frame)};
}

}  // namespace etakahvila::simulation
