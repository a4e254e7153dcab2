#pragma once

// Counts the frames of a client as their bytes come in, before anything reads them. It knows how many there
// are, how many make up one message, and whether a length is one that no client may send.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace etakahvila::net {

class FrameMeter {
public:
    static constexpr std::size_t fragments_max = 8;

    /// The next bytes of the stream. False from when a message has more than fragments_max
    /// frames, or a length has its highest bit set (RFC 6455 §5.2).
    bool read(std::string_view bytes) {
        while (!bytes.empty() && is_sound_) {
            if (payload_left_ != 0) {
                const auto skipped = std::min<std::uint64_t>(payload_left_, bytes.size());
                payload_left_ -= skipped;
                bytes.remove_prefix(static_cast<std::size_t>(skipped));
                continue;
            }
            read_head(static_cast<std::uint8_t>(bytes.front()));
            bytes.remove_prefix(1);
        }
        return is_sound_;
    }

    /// Frames that have begun since this was last asked.
    std::size_t take_count() { return std::exchange(count_, 0); }

private:
    void read_head(std::uint8_t byte) {
        if (at_ == 0) {
            first_ = byte;
        } else if (at_ == 1) {
            const std::uint8_t length = byte & 0x7f;
            length_bytes_ = length == 126 ? 2 : length == 127 ? 8 : 0;
            mask_bytes_ = (byte & 0x80) != 0 ? 4 : 0;
            length_ = length_bytes_ == 0 ? length : 0;
        } else if (at_ < 2 + length_bytes_) {
            if (at_ == 2 && length_bytes_ == 8 && (byte & 0x80) != 0) is_sound_ = false;
            length_ = length_ << 8 | byte;
        }
        ++at_;
        if (at_ < 2 || at_ < 2 + length_bytes_ + mask_bytes_) return;
        at_ = 0;
        payload_left_ = length_;
        ++count_;
        const bool is_control = (first_ & 0x08) != 0;
        if (is_control) return;
        if (++fragments_ > fragments_max) is_sound_ = false;
        const bool is_final = (first_ & 0x80) != 0;
        if (is_final) fragments_ = 0;
    }

    int at_{};
    int length_bytes_{};
    int mask_bytes_{};
    std::uint8_t first_{};
    std::uint64_t length_{};
    std::uint64_t payload_left_{};
    std::size_t fragments_{};
    std::size_t count_{};
    bool is_sound_ = true;
};

}  // namespace etakahvila::net
