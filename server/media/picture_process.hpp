#pragma once

// Pictures made by a second process (media/worker): a new one for each picture, which has shut itself in before it
// reads a byte. Whatever a picture does to its decoder is done to a process that can open no file, reach no network and
// start nothing, with bounds of memory and time; and what it says is not believed further than it must be.

#include <chrono>
#include <filesystem>

#include "media/pictures.hpp"

namespace etakahvila::media {

class PictureProcess final : public PictureMaker {
public:
    /// Runs the program once, to see whether it can shut itself in here. It has an alarm of its own at less than this
    /// (worker/sandbox.cpp); whatever has not ended by then is ended.
    explicit PictureProcess(
        std::filesystem::path program, std::chrono::milliseconds patience = std::chrono::seconds{30});

    std::variant<std::string, protocol::RefusalWord> make(std::string_view given) override;
    std::optional<std::string> why_off() const override { return why_off_; }

private:
    std::filesystem::path program_;
    std::chrono::milliseconds patience_;
    std::optional<std::string> why_off_;
};

}  // namespace etakahvila::media
