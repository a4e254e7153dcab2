#include "people/mail_queue.hpp"

#include "people/statement.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr const char* mail_sql =
    "SELECT id, session, person, state, tries, next_try_at, sent_at, trouble, token FROM mails ";

Mail mail_in(SQLite::Statement& row) {
    return {.id = MailId{row.getColumn(0).getInt64()},
        .session = SessionId{row.getColumn(1).getInt64()},
        .person = PersonId{row.getColumn(2).getInt64()},
        .state = base::value_named<MailState>(row.getColumn(3).getString()).value_or(MailState::failed),
        .tries = row.getColumn(4).getInt64(),
        .next_try_at = UtcTime{row.getColumn(5).getInt64()},
        .sent_at = number_or_none<UtcTime>(row.getColumn(6)),
        .trouble = text_or_none(row.getColumn(7)),
        .token = row.getColumn(8).getString()};
}

}  // namespace

MailId queue_mail(SQLite::Database& database, SessionId session, PersonId person, UtcTime now) {
    Unit unit{database};
    run(database, "DELETE FROM mails WHERE session = ? AND person = ? AND state = 'waiting'", session, person);
    run(database,
        "INSERT INTO mails (session, person, made_at, state, tries, next_try_at, token) VALUES (?, ?, ?, 'waiting', 0, "
        "?, lower(hex(randomblob(16))))",
        session, person, now, now);
    const MailId id{database.getLastInsertRowid()};
    unit.keep();
    return id;
}

std::optional<Mail> mail_due(const SQLite::Database& database, UtcTime now) {
    SQLite::Statement row{database,
        std::string{mail_sql} + "WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT 1"};
    bind_all(row, now);
    if (!row.executeStep()) return std::nullopt;
    return mail_in(row);
}

std::optional<UtcTime> next_mail_at(const SQLite::Database& database) {
    SQLite::Statement row{database, "SELECT min(next_try_at) FROM mails WHERE state = 'waiting'"};
    row.executeStep();
    return number_or_none<UtcTime>(row.getColumn(0));
}

void mail_was_sent(SQLite::Database& database, MailId id, UtcTime now) {
    run(database, "UPDATE mails SET state = 'sent', tries = tries + 1, sent_at = ?, trouble = NULL WHERE id = ?", now,
        id);
}

void mail_has_failed(SQLite::Database& database, MailId id, std::string_view trouble, bool is_final, UtcTime now) {
    SQLite::Statement row{database, "SELECT tries FROM mails WHERE id = ?"};
    bind_all(row, id);
    if (!row.executeStep()) return;
    const auto tries = row.getColumn(0).getInt64() + 1;
    row.reset();
    const bool ends = is_final || tries >= mail_tries_max;
    const auto wait = mail_waits_minutes[static_cast<std::size_t>(std::min(tries, mail_tries_max - 1) - 1)];
    run(database, "UPDATE mails SET state = ?, tries = ?, next_try_at = ?, trouble = ? WHERE id = ?",
        ends ? MailState::failed : MailState::waiting, tries, UtcTime{now.ms + wait * minute_ms},
        std::string{trouble.substr(0, mail_trouble_bytes_max)}, id);
}

std::vector<Mail> mails_of(const SQLite::Database& database, SessionId session) {
    std::vector<Mail> mails;
    SQLite::Statement rows{database,
        std::string{mail_sql} +
            "WHERE session = ?1 AND id IN (SELECT max(id) FROM mails WHERE session = ?1 GROUP BY person) ORDER BY id"};
    bind_all(rows, session);
    while (rows.executeStep()) mails.push_back(mail_in(rows));
    return mails;
}

}  // namespace etakahvila::people
