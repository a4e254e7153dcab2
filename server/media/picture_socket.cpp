#include "media/picture_socket.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>

#include "media/answers.hpp"
#include "media/picture_talk.hpp"

namespace etakahvila::media {
namespace {

using protocol::RefusalWord;

/// Who has said nothing after so long has been ended for how long it took (worker/sandbox.cpp).
constexpr std::chrono::seconds worked_long{9};

/// Whether the two are connected; `socket` is made for it.
bool connects(int socket, const std::filesystem::path& to) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto& name = to.native();
    if (socket < 0 || name.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, name.c_str(), name.size());
    int done = -1;
    do done = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    while (done != 0 && errno == EINTR);
    return done == 0;
}

}  // namespace

PictureSocket::PictureSocket(std::filesystem::path socket, std::chrono::milliseconds patience)
    : socket_{std::move(socket)}, patience_{patience} {
    const Descriptor line{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!connects(line.number(), socket_)) {
        why_off_ = "Photos are off: nobody answers at the socket of the program that reads them: " + socket_.string() +
                   ". Start its unit: systemctl start etakahvila-picture.socket.";
        return;
    }
    const auto said = talk(line.number(), {}, std::chrono::steady_clock::now() + patience_);
    // One that cannot shut itself in reads nothing and says nothing.
    if (said && said->size() == 1 && Verdict{said->front()} == Verdict::not_a_picture) return;
    why_off_ = "Photos are off: the program that reads them does not run or cannot shut itself in, behind the socket " +
               socket_.string() + ".";
}

std::variant<std::string, RefusalWord> PictureSocket::make(std::string_view given) {
    if (why_off_) return RefusalWord::photos_off;
    const Descriptor line{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!connects(line.number(), socket_)) return RefusalWord::busy;
    const auto begun = std::chrono::steady_clock::now();
    auto said = talk(line.number(), given, begun + patience_);
    const auto worked = std::chrono::steady_clock::now() - begun;
    if (worked >= patience_ || (worked >= worked_long && (!said || said->empty())))
        return RefusalWord::picture_too_large;
    return picture_in(std::move(said).value_or(std::string{}));
}

}  // namespace etakahvila::media
