#include "check/data.hpp"

#include <algorithm>
#include <optional>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/owner.hpp"
#include "backup/shelf.hpp"
#include "journal/private_files.hpp"

namespace etakahvila::check {
namespace {

constexpr const char* service_user = "etakahvila";

std::filesystem::path database_in(const std::filesystem::path& data) { return data / "etakahvila.sqlite"; }

std::string me() { return admin::name_of(::geteuid()); }

/// The first of its folders that is not there.
std::filesystem::path first_missing(const std::filesystem::path& folder) {
    auto missing = std::filesystem::absolute(folder).lexically_normal();
    if (!missing.has_filename()) missing = missing.parent_path();
    std::error_code error;
    while (missing.has_relative_path() && !std::filesystem::exists(missing.parent_path(), error))
        missing = missing.parent_path();
    return missing;
}

bool is_of_server(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    return name.starts_with("etakahvila.sqlite") || name == "admin.sock" || name == "first-sign-in.txt";
}

}  // namespace

Answer data_folder(const std::filesystem::path& data) {
    constexpr auto look = "data_folder";
    std::error_code error;
    const auto status = std::filesystem::status(data, error);
    if (std::filesystem::exists(status)) {
        if (!std::filesystem::is_directory(status))
            return problem(look, data.string() + " is a file, and should be a folder. Name another by --data.");
        if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0)
            return problem(look, "The data folder " + data.string() + " cannot be written by " + me() +
                                     ". Give it to the server's user (chown), or name another by --data.");
        return ok(look, "The server can work in the data folder " + data.string() + ".");
    }
    // Whether it can be made tells only who makes it.
    const auto missing = first_missing(data);
    if (::mkdir(missing.c_str(), 0700) != 0)
        return problem(look, "The data folder " + data.string() + " is not there, and cannot be made by " + me() +
                                 " in " + missing.parent_path().string() + " (" +
                                 std::error_code{errno, std::generic_category()}.message() +
                                 "). Make it for the server's user (install -d -m 700 -o USER " + data.string() +
                                 "), or name another by --data.");
    ::rmdir(missing.c_str());
    return ok(look, "The data folder " + data.string() + " is not there yet; the server makes it.");
}

Answer data_rights(const std::filesystem::path& data) {
    constexpr auto look = "data_rights";
    const auto file = database_in(data);
    const auto before = journal::open_to_others(file);
    if (before.empty()) return ok(look, "Only the server's own user can read the data.");
    journal::make_private(file);
    const auto still = journal::open_to_others(file);
    std::string sentences;
    for (const auto& path : before) {
        const bool is_mended = std::find(still.begin(), still.end(), path) == still.end();
        sentences += (sentences.empty() ? "" : " ") + ("Other users of this machine could read " + path) +
                     (is_mended ? ". Not any more: see who they were."
                                : ". Take that away with chmod, or name another folder with --data.");
    }
    return problem(look, sentences);
}

std::optional<uid_t> owner_of(const std::filesystem::path& path) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0) return std::nullopt;
    return found.st_uid;
}

Answer data_owner(const std::filesystem::path& data, const OwnerOf& owner) {
    constexpr auto look = "data_owner";
    const auto folder = owner(data);
    if (!folder) return ok(look, "There is no data yet.");
    const auto name = admin::name_of(*folder);
    const auto mend = " Stop the server, then: chown -R ";
    const auto* service = ::getpwnam(service_user);
    if (service != nullptr && service->pw_uid != *folder && data == std::filesystem::path{service->pw_dir})
        return problem(look, "The data folder " + data.string() + " belongs to " + name + ", and the service runs as " +
                                 service_user + "." + mend + service_user + ": " + data.string());
    std::error_code error;
    for (std::filesystem::directory_iterator files{data, error}, end; !error && files != end; files.increment(error)) {
        const auto& path = files->path();
        const auto whose = owner(path);
        if (!is_of_server(path) || !whose || *whose == *folder) continue;
        return problem(look, path.string() + " belongs to " + admin::name_of(*whose) + ", and the data folder to " +
                                 name + ": the server cannot write it." + mend + name + ": " + data.string());
    }
    return ok(look, "All of the data belongs to " + name + ".");
}

Answer laid_aside(const std::filesystem::path& data, base::UtcTime now) {
    constexpr auto look = "laid_aside";
    constexpr auto most_ms = std::int64_t{laid_aside_days_max} * 24 * 60 * 60 * 1000;
    std::string old;
    for (const auto& aside : backup::laid_aside_in(data)) {
        if (now.ms - aside.made_at.ms > most_ms) old += (old.empty() ? "" : ", ") + aside.place.string();
    }
    if (old.empty()) return ok(look, "No restore has left old data behind.");
    return warning(look, "What a restore has laid aside is older than " + std::to_string(laid_aside_days_max) +
                             " days, and holds people's data: " + old +
                             ". The next backup ends it, when it is older than --backup-days; or delete it.");
}

Answer disk_space(const std::filesystem::path& data) {
    std::error_code error;
    auto folder = data;
    while (folder.has_relative_path() && !std::filesystem::exists(folder, error)) folder = folder.parent_path();
    const auto space = std::filesystem::space(folder, error);
    if (error) return warning("disk_space", "How much is free on the disk of " + data.string() + " is not told.");
    return disk_space_of(space.available);
}

Answer disk_space_of(std::uintmax_t free_bytes) {
    const auto text = std::to_string(free_bytes / (1024 * 1024)) + " MiB are free on the disk of the data";
    if (free_bytes < full_bytes)
        return problem("disk_space", text + ": before long nothing can be saved. Make space, or grow the disk.");
    if (free_bytes < low_bytes) return warning("disk_space", text + ". Make space, or grow the disk.");
    return ok("disk_space", text + ".");
}

}  // namespace etakahvila::check
