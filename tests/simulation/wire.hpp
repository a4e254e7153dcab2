#pragma once

// Frames as bytes and back, by the real codec. What went out is read once for all who get it.

#include <deque>
#include <unordered_map>

#include "protocol/connection.hpp"
#include "runtime/line.hpp"
#include "support/client_view.hpp"

namespace etakahvila::simulation {

using testing::ClientView;

/// A frame of the server's, read back.
struct Heard {
    protocol::ServerFrame frame;
    /// Of a batch: its changes, to be shared by all who hold them.
    std::vector<ClientView::Shared> changes;
    std::size_t bytes{};
    /// The marks of messages whose words are in it, wherever they stand.
    std::vector<std::int64_t> marks;
};

/// A word that stands in the text of one message and in nothing else: it is found again in any
/// frame, whatever the thing is that carries it.
std::string mark_of(std::int64_t number);
std::vector<std::int64_t> marks_in(std::string_view text);

class Wire {
public:
    /// Null when it is not a frame.
    std::shared_ptr<const Heard> read(const runtime::Frame& frame);

private:
    static constexpr std::size_t kept_max = 512;
    std::unordered_map<const std::string*, std::pair<runtime::Frame, std::shared_ptr<const Heard>>> known_;
    std::deque<const std::string*> order_;
};

std::string text_of(const protocol::ClientFrame& frame);
/// Nothing when the server would close the connection for it.
std::optional<protocol::ClientFrame> client_frame(const std::string& text);
std::string text_of(const protocol::ServerFrame& frame);
std::string text_of(const protocol::Command& command);
std::string text_of(const protocol::Change& change);
std::string text_of(const std::optional<protocol::Refusal>& refusal);

}  // namespace etakahvila::simulation
