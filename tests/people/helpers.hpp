#pragma once

#include <string>
#include <vector>

#include "people/decision_kinds.hpp"
#include "people/fault.hpp"
#include "people/invitations.hpp"
#include "people/registration_file.hpp"
#include "records/sqlite_database.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

namespace etakahvila::people {

/// A new database in memory with the records' tables.
class Records {
public:
    Records() : database{":memory:"} {
        database.script("PRAGMA foreign_keys = ON");
        migrate(database);
    }

    std::int64_t count(const std::string& table) {
        return database.one<std::int64_t>("SELECT count(*) FROM " + table).value();
    }

    SessionId plan(const std::string& date = "2026-12-03") {
        const auto draft = draft_of({.series = "Etäkahvila",
            .theme = "Uni",
            .date = date,
            .start = "09:00",
            .end = "13:00",
            .question = "Miten nukuit?",
            .help_phone = "000 000",
            .settings = {}});
        return plan_session(database, std::get<SessionDraft>(draft));
    }

    PersonId add(const std::string& name, SessionId session) {
        const auto person = std::get<PersonId>(add_person(database,
            {.name = name, .decision_type = "work_activity", .supervisor = {}, .phone = {}, .email = {}, .needs = {}}));
        REQUIRE_FALSE(register_person(database, session, person));
        return person;
    }

    records::SqliteDatabase database;
};

/// The kinds of decision that a site begins with.
inline const DecisionKinds& usual_kinds() {
    static const auto kinds = [] {
        const Records records;
        return decision_kinds(records.database);
    }();
    return kinds;
}

/// A file of registrations, as a site reads it that has the usual kinds.
inline RegistrationPreview read_registrations(std::string_view bytes) {
    return preview_registrations(bytes, usual_kinds());
}

/// Bytes that differ each time and are the same for each run.
class CountedBytes {
public:
    RandomBytes bytes() {
        return [this](std::span<std::byte> into) {
            for (auto& byte : into) {
                state_ = state_ * 6364136223846793005U + 1442695040888963407U;
                byte = static_cast<std::byte>(state_ >> 56U);
            }
        };
    }

private:
    std::uint64_t state_ = 42;
};

inline std::vector<std::string> told(const std::vector<RowFault>& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults) {
        lines.push_back(std::to_string(fault.line) + ' ' + std::string{base::name_of(fault.reason)} +
                        (fault.value ? ' ' + *fault.value : std::string{}));
    }
    return lines;
}

inline std::vector<std::string> told(const std::vector<Fault>& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults)
        lines.push_back(std::string{base::name_of(fault.reason)} + (fault.value ? ' ' + *fault.value : std::string{}));
    return lines;
}

using TextLines = std::vector<std::string>;

}  // namespace etakahvila::people
