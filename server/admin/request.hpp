#pragma once

// What goes through the admin socket: frames of one letter, four bytes of length (the highest first) and so many bytes.
//
// The server says first who it is:  H  version, folder, each ended by a zero byte
// The caller asks once:             Q  who they say they are, the folder they stand in, the arguments; each ended by a
// zero
//                                   I  a piece of standard input; any number of them
//                                   E  nothing: that was all
// The server answers:               O  a piece of standard output
//                                   R  a piece of standard error
//                                   X  the exit code, in digits; nothing comes behind it
//
// What is read here may come from anybody who reaches the socket: nothing is kept of what is out of bounds.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::admin {

/// In the data folder.
inline constexpr std::string_view socket_name = "admin.sock";

inline constexpr std::size_t question_bytes_max = std::size_t{64} * 1024;
inline constexpr std::size_t arguments_max = 256;
inline constexpr std::size_t input_bytes_max = std::size_t{1024} * 1024;
/// Longer ones are no frame of an answer.
inline constexpr std::size_t piece_bytes_max = std::size_t{64} * 1024;

struct Request {
    /// Who asks behind sudo, in their own words; believed of root alone.
    std::string login;
    /// Where the caller stands: an absolute path.
    std::string folder;
    /// Without the program's own name.
    std::vector<std::string> arguments;
    std::string input{};

    bool operator==(const Request&) const = default;
};

/// Who answers at the socket.
struct Hello {
    std::string version;
    /// The data folder, as identity_of gives it.
    std::string folder;

    bool operator==(const Hello&) const = default;
};

enum class Kind : char { hello = 'H', question = 'Q', input = 'I', end = 'E', out = 'O', err = 'R', exit = 'X' };

std::string frame(Kind kind, std::string_view payload);
/// The request in frames.
std::string frames_of(const Request& request);
std::string frame_of(const Hello& hello);
std::optional<Hello> hello_in(std::string_view payload);

/// Why the request would be out of bounds; nothing when it can be sent.
std::optional<std::string> too_large(const Request& request);

/// Frames, as they come in pieces. One that is longer than `payload_max` ends the reading.
class FrameReader {
public:
    struct Frame {
        char kind{};
        std::string payload;
    };
    explicit FrameReader(std::size_t payload_max) : payload_max_{payload_max} {}

    void feed(std::string_view bytes) { held_.append(bytes); }
    /// The next whole one; nothing until more has come.
    std::optional<Frame> next();
    bool is_broken() const { return is_broken_; }
    bool is_empty() const { return held_.size() == at_; }

private:
    std::size_t payload_max_;
    std::string held_;
    std::size_t at_ = 0;
    bool is_broken_ = false;
};

/// The server's side of a request.
class RequestReader {
public:
    enum class State : std::uint8_t { wants_more, is_whole, is_refused };

    /// What comes after a whole request, or a refused one, changes nothing but that a whole one is refused.
    State feed(std::string_view bytes);

    /// Of a whole one.
    const Request& request() const { return request_; }
    /// Of a refused one: a sentence.
    const std::string& why() const { return why_; }

private:
    State take(const FrameReader::Frame& frame);
    State refuse(std::string_view why);

    FrameReader frames_{question_bytes_max};
    State state_ = State::wants_more;
    bool has_question_ = false;
    Request request_;
    std::string why_;
};

}  // namespace etakahvila::admin
