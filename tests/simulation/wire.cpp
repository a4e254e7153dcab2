#include "wire.hpp"

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
        if (auto* batch = std::get_if<protocol::Batch>(&heard->frame)) {
            for (auto& change : batch->changes) heard->changes.push_back(std::make_shared<const protocol::Change>(std::move(change)));
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

std::string text_of(const protocol::ClientFrame& frame) { return base::json::to_text(frame); }
std::string text_of(const protocol::ServerFrame& frame) { return base::json::to_text(frame); }
std::string text_of(const protocol::Command& command) { return base::json::to_text(command); }
std::string text_of(const std::optional<protocol::Refusal>& refusal) { return refusal ? base::json::to_text(*refusal) : "done"; }

std::optional<protocol::ClientFrame> client_frame(const std::string& text) {
    static thread_local simdjson::dom::parser parser;
    auto read = base::json::from_text<protocol::ClientFrame>(parser, text);
    auto* frame = std::get_if<protocol::ClientFrame>(&read);
    return frame == nullptr ? std::nullopt : std::optional{std::move(*frame)};
}

}  // namespace etakahvila::simulation
