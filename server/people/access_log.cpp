#include "people/access_log.hpp"

#include "people/audit_chain.hpp"
#include "people/matching.hpp"

namespace etakahvila::people {

Hash note_access(records::Database& database, const AccessNote& note, std::span<const PersonId> whose) {
    records::Unit unit{database};
    const auto before = database.one<Hash>("SELECT digest FROM access_notes ORDER BY id DESC LIMIT 1");
    const auto digest = chained(
        before, chain_text("access_notes", base::name_of(note.act),
                    {note.at.ms, number_of(note.by_invitation), number_of(note.by_person), number_of(note.by_account),
                        number_of(note.session), static_cast<std::int64_t>(whose.size())}));
    const auto id = database.add<std::int64_t>(
        "INSERT INTO access_notes (at, act, by_invitation, by_person, by_account, session, subjects, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        note.at, note.act, note.by_invitation, note.by_person, note.by_account, note.session, whose.size(), digest);
    for (const auto person : whose)
        database.write("INSERT INTO access_subjects (person, note) VALUES (?, ?) ON CONFLICT DO NOTHING", person, id);
    unit.keep();
    return digest;
}

std::vector<AccessNote> accesses_to(const records::Database& database, PersonId person) {
    std::vector<AccessNote> notes;
    auto rows = database.read(
        std::string{they_sql} +
            "SELECT n.at, n.act, n.by_invitation, n.by_person, n.by_account, n.session FROM access_notes n WHERE n.id "
            "IN "
            "(SELECT s.note FROM they JOIN access_subjects s ON s.person = they.id) ORDER BY n.id DESC",
        person);
    while (rows.next()) {
        notes.push_back({.at = rows.get<UtcTime>(0),
            .act = rows.get<std::optional<AccessAct>>(1).value_or(AccessAct::people_listed),
            .by_invitation = rows.get<std::optional<InvitationId>>(2),
            .by_person = rows.get<std::optional<PersonId>>(3),
            .by_account = rows.get<std::optional<AccountId>>(4),
            .session = rows.get<std::optional<SessionId>>(5)});
    }
    return notes;
}

}  // namespace etakahvila::people
