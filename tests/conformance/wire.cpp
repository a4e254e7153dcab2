#include "conformance/wire.hpp"

namespace etakahvila::conformance {
namespace {

void put_number(std::string& out, std::uint64_t number, int bytes) {
    for (int index = bytes - 1; index >= 0; --index) out += static_cast<char>(number >> (8 * index) & 0xff);
}

std::uint64_t number_at(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

}  // namespace

std::string frame(unsigned first, std::string_view payload, const FrameShape& shape) {
    const auto length = shape.announced == UINT64_MAX ? payload.size() : shape.announced;
    const unsigned mask_bit = shape.is_masked ? 0x80 : 0;
    std::string bytes(1, static_cast<char>(first));
    if (shape.length == LengthForm::eight_bytes || (shape.length == LengthForm::shortest && length > 0xffff)) {
        bytes += static_cast<char>(mask_bit | 127);
        put_number(bytes, length, 8);
    } else if (shape.length == LengthForm::two_bytes || length > 125) {
        bytes += static_cast<char>(mask_bit | 126);
        put_number(bytes, length, 2);
    } else {
        bytes += static_cast<char>(mask_bit | length);
    }
    if (shape.is_masked) bytes += shape.mask;
    for (std::size_t index = 0; index < payload.size(); ++index)
        bytes += static_cast<char>(shape.is_masked ? payload[index] ^ shape.mask[index % 4] : payload[index]);
    return bytes;
}

std::string close_payload(unsigned code, std::string_view reason) {
    std::string payload;
    put_number(payload, code, 2);
    return payload.append(reason);
}

const std::string& Ear::words() {
    while (bytes_.size() >= 2 && !has_closed_) {
        const unsigned opcode = static_cast<unsigned char>(bytes_[0]) & 0x0fU;
        std::uint64_t length = static_cast<unsigned char>(bytes_[1]) & 0x7fU;
        const std::size_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        const std::size_t head = 2 + length_bytes;
        if (bytes_.size() < head) break;
        if (length_bytes != 0) length = number_at(std::string_view{bytes_}.substr(2, length_bytes));
        if (bytes_.size() < head + length) break;
        const auto payload = bytes_.substr(head, length);
        // A server's frame is never masked (RFC 6455 §5.1).
        const bool is_masked = (static_cast<unsigned char>(bytes_[1]) & 0x80U) != 0;
        bytes_.erase(0, head + length);
        if (!words_.empty() && (opcode == pong || opcode == close || is_masked)) words_ += ", ";
        if (is_masked) words_ += "masked ";
        if (opcode == pong) words_ += "pong " + std::to_string(payload.size()) + ":" + payload;
        if (opcode == close) {
            has_closed_ = true;
            words_ += payload.size() < 2 ? "close"
                                         : "close " + std::to_string(number_at(std::string_view{payload}.substr(0, 2)));
        }
    }
    return words_;
}

}  // namespace etakahvila::conformance
