#pragma once

// What waits to be sent to one client, in order: whole WebSocket frames around shared messages,
// and small pieces of a connection's own. Nothing is ever inserted inside a frame, so whoever adds
// here cannot break another's.

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/buffer.hpp>

#include "runtime/line.hpp"

namespace etakahvila::net {

class Outgoing {
public:
    enum class Opcode : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9 };

    void add_message(runtime::Frame message, Opcode opcode = Opcode::text) {
        Piece piece;
        piece.head_size = write_head(piece.head, opcode, message->size());
        piece.body = std::move(message);
        add(std::move(piece));
    }

    /// At most 125 bytes.
    void add_control(Opcode opcode, std::string_view payload) {
        std::array<char, head_bytes_max> head;
        std::string frame{head.data(), write_head(head, opcode, payload.size())};
        add_bytes(frame.append(payload));
    }

    /// Bytes that are whole frames, or an HTTP answer, already.
    void add_bytes(std::string bytes) {
        Piece piece;
        piece.body = std::make_shared<const std::string>(std::move(bytes));
        add(std::move(piece));
    }

    std::size_t bytes() const { return bytes_; }
    bool is_empty() const { return bytes_ == 0; }

    /// The first of what waits; how many of `into` are filled.
    std::size_t gather(std::span<boost::asio::const_buffer> into) const {
        std::size_t count = 0;
        auto skip = sent_of_first_;
        for (auto index = first_; index < pieces_.size() && count + 2 <= into.size(); ++index) {
            const auto& piece = pieces_[index];
            if (skip < piece.head_size) {
                into[count++] = {piece.head.data() + skip, piece.head_size - skip};
                skip = 0;
            } else {
                skip -= piece.head_size;
            }
            if (skip < piece.body->size()) into[count++] = {piece.body->data() + skip, piece.body->size() - skip};
            skip = 0;
        }
        return count;
    }

    /// So many bytes have been sent.
    void consume(std::size_t sent) {
        bytes_ -= sent;
        sent += sent_of_first_;
        while (first_ < pieces_.size() && sent >= pieces_[first_].size()) {
            sent -= pieces_[first_].size();
            pieces_[first_++].body.reset();
        }
        sent_of_first_ = sent;
        if (first_ == pieces_.size()) {
            pieces_.clear();
            if (pieces_.capacity() > pieces_kept) pieces_.shrink_to_fit();
            first_ = 0;
        }
    }

    /// Forgets what waits. Kept are the frames that are on their way: `under_way` bytes from here on are,
    /// or earlier ones of the same frame.
    void drop_unsent(std::size_t under_way) {
        std::size_t keep = 0;
        auto index = first_;
        while (index < pieces_.size() && keep < sent_of_first_ + under_way) keep += pieces_[index++].size();
        pieces_.resize(index);
        bytes_ = keep - (keep == 0 ? 0 : sent_of_first_);
    }

private:
    static constexpr std::size_t head_bytes_max = 10;
    static constexpr std::size_t pieces_kept = 32;

    struct Piece {
        std::array<char, head_bytes_max> head{};
        std::uint8_t head_size{};
        runtime::Frame body;

        std::size_t size() const { return head_size + body->size(); }
    };

    void add(Piece piece) {
        bytes_ += piece.size();
        pieces_.push_back(std::move(piece));
    }

    /// RFC 6455 §5.2, of a server: final, not masked.
    static std::uint8_t write_head(std::array<char, head_bytes_max>& head, Opcode opcode, std::size_t size) {
        head[0] = static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode));
        if (size < 126) {
            head[1] = static_cast<char>(size);
            return 2;
        }
        const std::size_t length_bytes = size < 0x10000 ? 2 : 8;
        head[1] = static_cast<char>(length_bytes == 2 ? 126 : 127);
        for (std::size_t index = 0; index < length_bytes; ++index)
            head[2 + index] = static_cast<char>(size >> (8 * (length_bytes - 1 - index)) & 0xff);
        return static_cast<std::uint8_t>(2 + length_bytes);
    }

    std::vector<Piece> pieces_;
    std::size_t first_{};
    std::size_t sent_of_first_{};
    std::size_t bytes_{};
};

}  // namespace etakahvila::net
