#include "base/service_unit.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>

namespace etakahvila::base {

bool ServiceUnits::has(std::string_view unit) const {
    std::error_code error;
    // A link to nothing, which masks the unit, is another one too.
    return std::filesystem::exists(packaged / unit, error) &&
           std::filesystem::symlink_status(added / unit, error).type() == std::filesystem::file_type::not_found;
}

std::filesystem::path ServiceUnits::drop_ins(std::string_view unit) const { return added / (std::string{unit} + ".d"); }

bool ServiceUnits::is_added(std::string_view unit, std::string_view text) const {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{drop_ins(unit), error}) {
        std::ifstream file{entry.path()};
        const std::string all{std::istreambuf_iterator<char>{file}, {}};
        if (entry.path().extension() == ".conf" && all.find(text) != std::string::npos) return true;
    }
    return false;
}

bool is_hidden_from_service(const std::filesystem::path& path) {
    // ProtectHome and PrivateTmp (systemd.exec(5)).
    constexpr std::array<const char*, 5> hidden{"/home", "/root", "/run/user", "/tmp", "/var/tmp"};
    std::error_code error;
    const auto whole = std::filesystem::weakly_canonical(path, error);
    return std::any_of(hidden.begin(), hidden.end(), [&](const std::filesystem::path& folder) {
        return std::mismatch(folder.begin(), folder.end(), whole.begin(), whole.end()).first == folder.end();
    });
}

}  // namespace etakahvila::base
