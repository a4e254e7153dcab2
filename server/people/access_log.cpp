#include "people/access_log.hpp"

#include "people/statement.hpp"

namespace etakahvila::people {

void note_access(SQLite::Database& database, const AccessNote& note, std::span<const PersonId> whose) {
    Unit unit{database};
    run(database,
        "INSERT INTO access_notes (at, act, by_invitation, by_person, by_account, session) VALUES (?, ?, ?, ?, ?, ?)",
        note.at, note.act, note.by_invitation, note.by_person, note.by_account, note.session);
    const auto id = database.getLastInsertRowid();
    SQLite::Statement subject{
        database, "INSERT INTO access_subjects (person, note) VALUES (?, ?) ON CONFLICT DO NOTHING"};
    for (const auto person : whose) {
        bind_all(subject, person, id);
        subject.exec();
        subject.reset();
    }
    unit.keep();
}

std::vector<AccessNote> accesses_to(const SQLite::Database& database, PersonId person) {
    std::vector<AccessNote> notes;
    SQLite::Statement rows{database,
        "SELECT n.at, n.act, n.by_invitation, n.by_person, n.by_account, n.session FROM access_subjects s JOIN "
        "access_notes n ON n.id = s.note"
        " WHERE s.person = ? ORDER BY n.id DESC"};
    bind_all(rows, person);
    while (rows.executeStep()) {
        notes.push_back({.at = UtcTime{rows.getColumn(0).getInt64()},
            .act = base::value_named<AccessAct>(rows.getColumn(1).getString()).value_or(AccessAct::people_listed),
            .by_invitation = number_or_none<InvitationId>(rows.getColumn(2)),
            .by_person = number_or_none<PersonId>(rows.getColumn(3)),
            .by_account = number_or_none<AccountId>(rows.getColumn(4)),
            .session = number_or_none<SessionId>(rows.getColumn(5))});
    }
    return notes;
}

}  // namespace etakahvila::people
