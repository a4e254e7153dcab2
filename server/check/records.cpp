#include "check/records.hpp"

#include <sys/resource.h>

#include "backup/facts.hpp"
#include "backup/shelf.hpp"
#include "journal/format.hpp"
#include "people/audit_chain.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::check {
namespace {

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
/// One for each connection, and some for the rest: enough for a dozen full rooms.
constexpr std::uint64_t files_least = 1024;

constexpr auto restore = "Restore a backup: etakahvila restore PATH.";

Answer whole(const std::optional<std::string>& damage) {
    if (damage) return problem("database", "The data is damaged: " + *damage + ". " + restore);
    return ok("database", "The data reads back whole.");
}

Answer saving(journal::Saves saves) {
    constexpr auto look = "saving";
    switch (saves) {
        case journal::Saves::everything: return ok(look, "What people do is saved.");
        case journal::Saves::vital_only:
        case journal::Saves::nothing_yet:
            return problem(look, "The disk is full: what people write is refused. Make space; it goes on by itself.");
        case journal::Saves::nothing:
            return problem(look,
                "The disk has failed, and nothing is saved. Look at the disk (dmesg), then restart the "
                "service (systemctl restart etakahvila).");
    }
    return ok(look, {});
}

Answer marks(const journal::SqliteStore& store) {
    constexpr auto look = "marks";
    const auto behind = store.behind_marks();
    if (!behind.empty()) return problem(look, journal::sentence_of(behind));
    if (const auto damaged = store.damaged_marks(); damaged > 0)
        return warning(look, std::to_string(damaged) +
                                 " marks of how far rooms were saved cannot be read. The next "
                                 "step of each room writes its mark anew.");
    return ok(look, "Every room has all that was saved of it.");
}

Answer audit(const records::Database& reader) {
    constexpr auto look = "audit";
    const auto faults = people::check_audit_chain(reader);
    if (faults.empty()) return ok(look, "The notes of who saw and changed what are as they were written.");
    return problem(look, "The notes of who saw and changed what were changed by somebody, in " +
                             std::string{faults.front().table} + " at row " + std::to_string(faults.front().row) +
                             (faults.size() == 1 ? "" : " and " + std::to_string(faults.size() - 1) + " more") +
                             ". See who could write the database, and compare it with a backup.");
}

std::string room_list(const std::vector<journal::RoomFault>& faults, bool is_newer) {
    std::string list;
    for (const auto& fault : faults) {
        if (fault.is_newer == is_newer)
            list += (list.empty() ? "" : ", ") + std::to_string(fault.session.value) + " from step " +
                    std::to_string(fault.step) + " on";
    }
    return list;
}

Answer digests(const journal::SqliteStore& store) {
    constexpr auto look = "digests";
    const auto faults = store.digest_faults();
    const auto newer = room_list(faults, true);
    const auto damaged = room_list(faults, false);
    std::string sentence;
    if (!newer.empty())
        sentence = "A newer version of the program wrote steps that this one does not know, in session " + newer +
                   ". Install that version again.";
    if (!damaged.empty())
        sentence += (sentence.empty() ? "" : " ") + ("Steps are not as they were written, in session " + damaged) +
                    ". " + restore;
    return sentence.empty() ? ok(look, "Every step of every room is as it was written.") : problem(look, sentence);
}

}  // namespace

Answer backup_age(std::optional<base::UtcTime> made, base::UtcTime now) {
    constexpr auto look = "backup";
    if (!made)
        return warning(look,
            "There is no backup yet. Make one (etakahvila backup), and see that the timer runs "
            "(systemctl enable --now etakahvila-backup.timer).");
    if (backup::is_dated_ahead(*made, now))
        return problem(look, "The last backup is dated ahead, " + backup::stamp_of(*made) +
                                 ": the clock was wrong when it was made, or is now. Set the clock, and make one "
                                 "(etakahvila backup).");
    const auto hours = (now.ms - made->ms) / hour_ms;
    if (hours > backup_hours_max)
        return problem(look, "The last backup is " + std::to_string(hours) +
                                 " hours old. See why the timer made none: journalctl -u etakahvila-backup.");
    return ok(look, "The last backup is " + std::to_string(hours) + (hours == 1 ? " hour old." : " hours old."));
}

Answer open_files_of(std::uint64_t open, std::uint64_t at_most) {
    constexpr auto look = "open_files";
    const auto text = "The server has " + std::to_string(open) + " of " + std::to_string(at_most) + " files open";
    if (open * 10 > at_most * 9)
        return problem(look, text + ": before long nobody can come in. Raise LimitNOFILE in the unit.");
    if (at_most < files_least)
        return warning(look, text + ", and each person takes two. Raise LimitNOFILE in the unit.");
    return ok(look, text + ".");
}

Answer open_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    std::uint64_t open = 0;
    std::error_code error;
    for (std::filesystem::directory_iterator files{"/proc/self/fd", error}, end; !error && files != end;
        files.increment(error))
        ++open;
    return open_files_of(open, limit.rlim_cur);
}

Answers look_at_store(const journal::SqliteStore& store, const RecordsAsked& asked) {
    const auto reader = store.open_reader();
    Answers answers{whole(store.damage()), marks(store), saving(store.saves()),
        backup_age(backup::last_good_backup(*reader), asked.now), audit(*reader)};
    if (asked.is_deep) answers.push_back(digests(store));
    return answers;
}

Answers look_at_file(const std::filesystem::path& database, const RecordsAsked& asked) {
    std::error_code error;
    if (!std::filesystem::exists(database, error))
        return {ok("database", "There is no data yet; the server makes it.")};
    Answers answers;
    try {
        std::optional<journal::Format> format;
        {
            const records::SqliteDatabase reader{database.string(), records::SqliteDatabase::Access::read};
            format = journal::format_of(reader);
        }
        try {
            journal::refuse_newer(format);
        } catch (const journal::NewerData& newer) {
            return {problem("database_version", newer.what())};
        }
        if (!format || format->level < journal::format_level)
            return {ok("database_version",
                "The data is of an earlier version. The server brings it to this one when it starts, after a backup.")};
        answers.push_back(ok("database_version", "The data is of this version of the program."));
        const journal::SqliteStore store{database};
        const auto more = look_at_store(store, asked);
        answers.insert(answers.end(), more.begin(), more.end());
    } catch (const records::SqliteError& fault) {
        answers.push_back(
            fault.code() == SQLITE_NOTADB
                ? problem("database", database.string() + " is not a database of this program. " + restore)
            : fault.code() == SQLITE_CORRUPT
                ? problem("database", "The data is damaged: " + database.string() + ". " + restore)
                : problem("database", "The data cannot be read: " + database.string() + " (" + fault.what() +
                                          "). Look at the rights of the file, and at the disk."));
    } catch (const std::exception& fault) {
        answers.push_back(problem("database", fault.what()));
    }
    return answers;
}

}  // namespace etakahvila::check
