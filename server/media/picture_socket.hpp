#pragma once

// Pictures made by a second process (media/worker) that somebody else starts, one for each connection to a socket: a
// unit of systemd, which shuts it in before it shuts itself in (deploy/package/units). The server has no process of its
// own to start then.

#include <chrono>
#include <filesystem>

#include "media/pictures.hpp"

namespace etakahvila::media {

class PictureSocket final : public PictureMaker {
public:
    /// Sends it nothing once, to see whether somebody answers who can shut himself in.
    explicit PictureSocket(std::filesystem::path socket, std::chrono::milliseconds patience = std::chrono::seconds{30});

    std::variant<std::string, protocol::RefusalWord> make(std::string_view given) override;
    std::optional<std::string> why_off() const override { return why_off_; }

private:
    std::filesystem::path socket_;
    std::chrono::milliseconds patience_;
    std::optional<std::string> why_off_;
};

}  // namespace etakahvila::media
