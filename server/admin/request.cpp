#include "admin/request.hpp"

#include <algorithm>
#include <iterator>

namespace etakahvila::admin {
namespace {

constexpr std::size_t head_bytes = 5;

/// Parts that are each ended by a zero byte; nothing when the last one is not.
std::optional<std::vector<std::string>> parts_of(std::string_view payload) {
    std::vector<std::string> parts;
    while (!payload.empty()) {
        const auto end = payload.find('\0');
        if (end == payload.npos || parts.size() > arguments_max + 2) return std::nullopt;
        parts.emplace_back(payload.substr(0, end));
        payload.remove_prefix(end + 1);
    }
    return parts;
}

void add_part_to(std::string& payload, std::string_view part) {
    payload.append(part);
    payload += '\0';
}

std::string question_of(const Request& request) {
    std::string payload;
    add_part_to(payload, request.login);
    add_part_to(payload, request.folder);
    for (const auto& argument : request.arguments) add_part_to(payload, argument);
    return payload;
}

}  // namespace

std::string frame(Kind kind, std::string_view payload) {
    std::string bytes{static_cast<char>(kind)};
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((payload.size() >> shift) & 0xffU);
    return bytes.append(payload);
}

std::string frames_of(const Request& request) {
    auto bytes = frame(Kind::question, question_of(request));
    for (std::string_view rest = request.input; !rest.empty();
        rest.remove_prefix(std::min(rest.size(), piece_bytes_max)))
        bytes += frame(Kind::input, rest.substr(0, piece_bytes_max));
    return bytes + frame(Kind::end, {});
}

std::string frame_of(const Hello& hello) {
    std::string payload;
    add_part_to(payload, hello.version);
    add_part_to(payload, hello.folder);
    return frame(Kind::hello, payload);
}

std::optional<Hello> hello_in(std::string_view payload) {
    auto parts = parts_of(payload);
    if (!parts || parts->size() != 2) return std::nullopt;
    return Hello{.version = std::move((*parts)[0]), .folder = std::move((*parts)[1])};
}

std::optional<std::string> too_large(const Request& request) {
    if (request.arguments.size() > arguments_max)
        return "There are more than " + std::to_string(arguments_max) + " words behind the command.";
    if (question_of(request).size() > question_bytes_max) return "What stands behind the command is too long.";
    if (request.input.size() > input_bytes_max) return "The standard input is longer than 1 MiB.";
    for (const auto& argument : request.arguments) {
        if (argument.find('\0') != argument.npos) return "There is a zero byte in a word behind the command.";
    }
    return std::nullopt;
}

std::optional<FrameReader::Frame> FrameReader::next() {
    const auto rest = std::string_view{held_}.substr(at_);
    if (is_broken_ || rest.size() < head_bytes) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t index = 1; index < head_bytes; ++index)
        length = (length << 8U) | static_cast<unsigned char>(rest[index]);
    if (length > payload_max_) {
        is_broken_ = true;
        return std::nullopt;
    }
    if (rest.size() < head_bytes + length) return std::nullopt;
    Frame frame{.kind = rest[0], .payload = std::string{rest.substr(head_bytes, length)}};
    at_ += head_bytes + length;
    if (at_ == held_.size()) {
        held_.clear();
        at_ = 0;
    }
    return frame;
}

RequestReader::State RequestReader::refuse(std::string_view why) {
    why_ = why;
    request_ = {};
    return state_ = State::is_refused;
}

RequestReader::State RequestReader::feed(std::string_view bytes) {
    if (state_ == State::is_refused || bytes.empty()) return state_;
    if (state_ == State::is_whole) return refuse("There is more behind the end of the request.");
    frames_.feed(bytes);
    while (state_ == State::wants_more) {
        const auto frame = frames_.next();
        if (frames_.is_broken()) return refuse("That is no request, or one that is too long.");
        if (!frame) return state_;
        take(*frame);
    }
    if (state_ == State::is_whole && !frames_.is_empty()) return refuse("There is more behind the end of the request.");
    return state_;
}

RequestReader::State RequestReader::take(const FrameReader::Frame& frame) {
    if (frame.kind == static_cast<char>(Kind::question)) {
        auto parts = parts_of(frame.payload);
        if (has_question_ || !parts || parts->size() < 2 || parts->size() > arguments_max + 2)
            return refuse("That is no request.");
        has_question_ = true;
        request_.login = std::move((*parts)[0]);
        request_.folder = std::move((*parts)[1]);
        request_.arguments.assign(std::make_move_iterator(parts->begin() + 2), std::make_move_iterator(parts->end()));
        if (!request_.folder.starts_with('/')) return refuse("The folder of the request is no whole path.");
        return state_;
    }
    if (!has_question_) return refuse("That is no request.");
    if (frame.kind == static_cast<char>(Kind::input)) {
        if (request_.input.size() + frame.payload.size() > input_bytes_max)
            return refuse("The standard input is longer than 1 MiB.");
        request_.input += frame.payload;
        return state_;
    }
    if (frame.kind == static_cast<char>(Kind::end) && frame.payload.empty()) return state_ = State::is_whole;
    return refuse("That is no request.");
}

}  // namespace etakahvila::admin
