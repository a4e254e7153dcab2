#include "media/picture_talk.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/answers.hpp"
#include "media/pictures.hpp"

namespace etakahvila::media {
namespace {

using protocol::RefusalWord;

constexpr std::size_t answer_bytes_max = 1 + picture_bytes_max;

/// A whole JPEG by its ends; more is not asked of what was made behind the wall.
bool is_jpeg(std::string_view bytes) {
    return bytes.size() <= picture_bytes_max && bytes.starts_with("\xff\xd8\xff") && bytes.ends_with("\xff\xd9");
}

}  // namespace

int ms_until(SteadyTime deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

void Descriptor::close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

std::optional<std::string> talk(int socket, std::string_view given, SteadyTime deadline) {
    std::string said;
    std::array<char, 16'384> piece{};
    bool is_sending = true;
    while (said.size() <= answer_bytes_max) {
        if (is_sending && given.empty()) {
            ::shutdown(socket, SHUT_WR);
            is_sending = false;
        }
        pollfd line{.fd = socket, .events = static_cast<short>(is_sending ? POLLIN | POLLOUT : POLLIN), .revents = 0};
        const int left_ms = ms_until(deadline);
        if (left_ms == 0) return std::nullopt;
        const int ready = ::poll(&line, 1, left_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return std::nullopt;
        if (is_sending && (line.revents & POLLOUT) != 0) {
            const auto sent = ::send(socket, given.data(), given.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0) given.remove_prefix(static_cast<std::size_t>(sent));
            // Whoever has read enough may have said why.
            if (sent < 0 && errno != EAGAIN && errno != EINTR) is_sending = false;
        }
        if ((line.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            const auto came = ::recv(socket, piece.data(), piece.size(), MSG_DONTWAIT);
            if (came > 0) said.append(piece.data(), static_cast<std::size_t>(came));
            if (came == 0 || (came < 0 && errno != EAGAIN && errno != EINTR)) return said;
        }
    }
    return std::nullopt;
}

std::variant<std::string, RefusalWord> picture_in(std::string said) {
    if (said.empty()) return RefusalWord::picture_not_read;
    switch (Verdict{said.front()}) {
        case Verdict::made: {
            said.erase(0, 1);
            if (!is_jpeg(said)) return RefusalWord::picture_not_read;
            return said;
        }
        case Verdict::not_a_picture: return RefusalWord::not_a_picture;
        case Verdict::too_large: return RefusalWord::picture_too_large;
        case Verdict::cut_off: return RefusalWord::picture_cut_off;
        case Verdict::not_read: return RefusalWord::picture_not_read;
    }
    return RefusalWord::picture_not_read;
}

}  // namespace etakahvila::media
