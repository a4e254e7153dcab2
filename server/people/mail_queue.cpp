#include "people/mail_queue.hpp"

#include "base/secret.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t minute_ms = 60'000;
/// One that was given up is told so long.
constexpr std::int64_t given_up_ms = 24 * 60 * minute_ms;
/// The first try may have met a server that was just starting.
constexpr std::int64_t tries_of_stuck = 2;
constexpr std::size_t token_bytes = 16;
constexpr const char* mail_sql =
    "SELECT id, session, person, state, tries, next_try_at, sent_at, trouble, token, period, what FROM mails ";
/// What an invitation is to: a column, and the number in it.
constexpr std::string_view to_session = "session";
constexpr std::string_view to_period = "period";

Mail mail_in(records::Rows& row) {
    return {.id = row.get<MailId>(0),
        .session = row.get<std::optional<SessionId>>(1),
        .period = row.get<std::optional<PeriodId>>(9),
        .person = row.get<PersonId>(2),
        .state = row.get<std::optional<MailState>>(3).value_or(MailState::failed),
        .tries = row.number(4),
        .next_try_at = row.get<UtcTime>(5),
        .sent_at = row.get<std::optional<UtcTime>>(6),
        .trouble = row.text_or_none(7),
        .token = row.text(8),
        .is_cancelling = row.view(10) == "cancelled"};
}

MailId queue(records::Database& database, std::string_view to, std::int64_t number, PersonId person, UtcTime now) {
    const std::string column{to};
    records::Unit unit{database};
    database.write(
        "DELETE FROM mails WHERE " + column + " = ? AND person = ? AND state = 'waiting' AND what = 'invitation'",
        number, person);
    const auto id = database.add<MailId>("INSERT INTO mails (" + column +
                                             ", person, made_at, state, tries, next_try_at, token, what)"
                                             " VALUES (?, ?, ?, 'waiting', 0, ?, ?, 'invitation') RETURNING id",
        number, person, now, now, base::random_text(token_bytes));
    unit.keep();
    return id;
}

std::vector<Mail> newest(const records::Database& database, std::string_view to, std::int64_t number) {
    std::vector<Mail> mails;
    auto rows = database.read(std::string{mail_sql} + "WHERE id IN (SELECT max(id) FROM mails WHERE " +
                                  std::string{to} + " = ? AND what = 'invitation' GROUP BY person) ORDER BY id",
        number);
    while (rows.next()) mails.push_back(mail_in(rows));
    return mails;
}

}  // namespace

MailId queue_mail(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    return queue(database, to_session, session.value, person, now);
}

MailId queue_mail(records::Database& database, PeriodId period, PersonId person, UtcTime now) {
    return queue(database, to_period, period.value, person, now);
}

MailId queue_cancelled_mail(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    return database.add<MailId>(
        "INSERT INTO mails (session, person, made_at, state, tries, next_try_at, token, what)"
        " VALUES (?, ?, ?, 'waiting', 0, ?, ?, 'cancelled') RETURNING id",
        session, person, now, now, base::random_text(token_bytes));
}

std::optional<Mail> mail_due(const records::Database& database, UtcTime now) {
    auto row = database.read(
        std::string{mail_sql} + "WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT 1", now);
    if (!row.next()) return std::nullopt;
    return mail_in(row);
}

std::optional<UtcTime> next_mail_at(const records::Database& database) {
    return database.one<UtcTime>("SELECT min(next_try_at) FROM mails WHERE state = 'waiting'");
}

MailStanding mail_standing(const records::Database& database, UtcTime now) {
    const auto count = [](std::optional<std::int64_t> counted) { return counted.value_or(0); };
    return {.waiting = count(database.one<std::int64_t>("SELECT count(*) FROM mails WHERE state = 'waiting'")),
        .stuck = count(database.one<std::int64_t>("SELECT count(*) FROM mails WHERE (state = 'waiting' AND tries >= ?)"
                                                  " OR (state = 'failed' AND tries >= ? AND next_try_at > ?)",
            tries_of_stuck, mail_tries_max, UtcTime{now.ms - given_up_ms}))};
}

void mail_was_sent(records::Database& database, MailId id, UtcTime now) {
    database.write(
        "UPDATE mails SET state = 'sent', tries = tries + 1, sent_at = ?, trouble = NULL WHERE id = ?", now, id);
}

void mail_has_failed(records::Database& database, MailId id, std::string_view trouble, bool is_final, UtcTime now) {
    const auto tried = database.one<std::int64_t>("SELECT tries FROM mails WHERE id = ?", id);
    if (!tried) return;
    const auto tries = *tried + 1;
    const bool ends = is_final || tries >= mail_tries_max;
    const auto wait = mail_waits_minutes[static_cast<std::size_t>(std::min(tries, mail_tries_max - 1) - 1)];
    database.write("UPDATE mails SET state = ?, tries = ?, next_try_at = ?, trouble = ? WHERE id = ?",
        ends ? MailState::failed : MailState::waiting, tries, UtcTime{now.ms + wait * minute_ms},
        std::string{trouble.substr(0, mail_trouble_bytes_max)}, id);
}

std::vector<Mail> mails_of(const records::Database& database, SessionId session) {
    return newest(database, to_session, session.value);
}

std::vector<Mail> mails_of(const records::Database& database, PeriodId period) {
    return newest(database, to_period, period.value);
}

}  // namespace etakahvila::people
