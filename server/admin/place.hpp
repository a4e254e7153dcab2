#pragma once

// Where the socket is. An address of a socket holds 107 bytes, and a folder's path may be longer: it is reached by the
// folder's handle.

#include <cstring>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>

#include "admin/request.hpp"

namespace etakahvila::admin {

class Place {
public:
    explicit Place(const std::filesystem::path& folder)
        : folder_{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)} {}
    ~Place() {
        if (folder_ >= 0) ::close(folder_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    bool is_open() const { return folder_ >= 0; }
    int folder() const { return folder_; }

    /// Good while this is there.
    sockaddr_un address() const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const auto path = "/proc/self/fd/" + std::to_string(folder_) + "/" + std::string{socket_name};
        std::memcpy(address.sun_path, path.data(), path.size());
        return address;
    }

private:
    int folder_;
};

}  // namespace etakahvila::admin
