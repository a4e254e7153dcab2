#include "backup/verify.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <system_error>

#include "backup/contents.hpp"
#include "backup/files.hpp"
#include "journal/format.hpp"

namespace etakahvila::backup {
namespace {

std::string session_text(protocol::SessionId session) { return "Session " + std::to_string(session.value); }

class Look {
public:
    explicit Look(const std::filesystem::path& backup) : backup_{backup} {}

    Verified run() && {
        try {
            if (look_at_files() && look_at_manifest()) look_at_database();
        } catch (const std::exception& thrown) {
            problem(thrown.what());
        }
        return std::move(found_);
    }

private:
    void problem(std::string sentence) { found_.problems.push_back(std::move(sentence)); }

    /// False when nothing more can be read.
    bool look_at_files() {
        std::error_code error;
        if (!std::filesystem::is_directory(backup_, error)) {
            const bool is_shut = error && error != std::errc::no_such_file_or_directory;
            problem(is_shut ? "This backup cannot be read: " + backup_.string() + " (" + error.message() +
                                  "). The user whose the data is has to be able to."
                            : "There is no backup here: " + backup_.string() + ". A backup is a folder etakahvila-….");
            return false;
        }
        const std::set<std::string, std::less<>> ours{
            std::string{database_name}, std::string{manifest_name}, std::string{sums_name}};
        std::set<std::string, std::less<>> there;
        for (const auto& entry : std::filesystem::directory_iterator{backup_}) {
            const auto name = entry.path().filename().string();
            there.insert(name);
            if (!ours.contains(name)) problem("A file is there that is no part of a backup: " + name + ".");
            if (ours.contains(name) && !entry.is_regular_file()) {
                problem("This is not a file: " + name + ".");
                return false;
            }
        }
        for (const auto& name : ours) {
            if (!there.contains(name)) problem("A file is missing: " + name + ".");
        }
        if (there.contains(sums_name)) look_at_sums(there);
        return there.contains(manifest_name);
    }

    void look_at_sums(const std::set<std::string, std::less<>>& there) {
        const auto sums = read_sums(read_file(backup_ / sums_name, sums_bytes_max));
        if (!sums) return problem("SHA256SUMS is damaged: it is not as this program writes it.");
        for (const auto name : {database_name, manifest_name}) {
            const auto said = sums->find(name);
            if (said == sums->end())
                problem("SHA256SUMS says nothing of " + std::string{name} + ".");
            else if (there.contains(name) && sha256_of(backup_ / name) != said->second)
                problem(std::string{name} +
                        " is damaged, or from another backup: its digest is not the one in SHA256SUMS.");
        }
        if (sums->size() != 2) problem("SHA256SUMS is damaged: it names other files.");
    }

    /// False when what it tells of cannot be read.
    bool look_at_manifest() {
        found_.manifest = read_manifest(read_file(backup_ / manifest_name, manifest_bytes_max));
        if (!found_.manifest) {
            problem("manifest.json is damaged, or of a newer program: it cannot be read.");
            return false;
        }
        return is_known_level(found_.manifest->level, found_.manifest->program);
    }

    bool is_known_level(std::int64_t level, const std::string& program) {
        if (level <= journal::format_level) return true;
        problem("This backup was made by a newer version of the program: etakahvila " + program + " (format " +
                std::to_string(level) + "; this program reads up to " + std::to_string(journal::format_level) +
                "). It is no damage: restore it with that version.");
        return false;
    }

    void look_at_database() {
        std::error_code error;
        const auto file = backup_ / database_name;
        if (!std::filesystem::exists(file, error)) return;
        const auto database = open_copy(file);
        if (const auto damage = damage_of(*database); !damage.empty()) {
            for (const auto& what : damage) problem("etakahvila.sqlite is damaged: " + what + ".");
            return;
        }
        try {
            look_at_records(*database);
        } catch (const records::Error& thrown) {
            problem("etakahvila.sqlite is not the data of this program: " + std::string{thrown.what()} + ".");
        }
    }

    void look_at_records(const records::Database& database) {
        const auto format = journal::format_of(database);
        const auto level = format ? format->level : 1;
        if (level != found_.manifest->level)
            problem("The manifest is of another backup: it says format " + std::to_string(found_.manifest->level) +
                    ", and the data is of format " + std::to_string(level) + ".");
        if (format && !is_known_level(format->level, format->program)) return;
        if (parts_of(database) != found_.manifest->parts)
            problem("The manifest is of another backup: it tells of other tables than there are.");
        if (database.has("SELECT 1 FROM ballots LIMIT 1"))
            problem("It holds answers to a poll that was open. No backup of this program does.");
        look_at_rooms(room_ends(database));
    }

    void look_at_rooms(const std::vector<RoomEnd>& ends) {
        std::map<protocol::SessionId, RoomEnd> there;
        for (const auto& end : ends) there.emplace(end.session, end);
        for (const auto& said : found_.manifest->rooms) {
            const auto is = there.find(said.session);
            if (is == there.end())
                problem(session_text(said.session) + " is missing: the manifest says that it has " +
                        std::to_string(said.steps) + " steps.");
            else
                look_at_room(said, is->second);
            there.erase(said.session);
        }
        for (const auto& [session, end] : there)
            problem(session_text(session) + " is there, and not in the manifest: it is from another backup.");
    }

    void look_at_room(const RoomEnd& said, const RoomEnd& is) {
        if (is == said && said.damaged_from)
            found_.notes.push_back(session_text(said.session) +
                                   " was damaged already when the backup was made, from step " +
                                   std::to_string(*said.damaged_from) + " on.");
        if (is == said) return;
        if (is.damaged_from)
            problem(session_text(said.session) + " is damaged from step " + std::to_string(*is.damaged_from) +
                    " on: its digests do not verify.");
        else
            problem(session_text(said.session) + " ends at step " + std::to_string(is.steps) +
                    ", and the manifest says " + std::to_string(said.steps) +
                    ", or its last step is another: they are not of the same backup.");
    }

    std::filesystem::path backup_;
    Verified found_;
};

}  // namespace

Verified verify(const std::filesystem::path& backup) { return Look{backup}.run(); }

}  // namespace etakahvila::backup
