#include "people/invitations.hpp"

#include <chrono>

#include "base/check.hpp"
#include "base/secret.hpp"
#include "people/statement.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t early_ms = std::chrono::milliseconds{std::chrono::hours{24}}.count();
constexpr std::int64_t late_ms = std::chrono::milliseconds{std::chrono::hours{5}}.count();
constexpr int code_tries_max = 16;

std::optional<Hash> hash_in(const SQLite::Column& column) {
    if (column.isNull() || column.getBytes() != static_cast<int>(Hash{}.size())) return std::nullopt;
    Hash hash{};
    const auto* bytes = static_cast<const unsigned char*>(column.getBlob());
    std::copy(bytes, bytes + hash.size(), hash.begin());
    return hash;
}

/// The key of the codes' hashes; all zero while no code has been made.
Hash code_key(const SQLite::Database& database) {
    SQLite::Statement row{database, "SELECT value FROM people_settings WHERE name = 'code_key'"};
    if (!row.executeStep()) return {};
    return hash_in(row.getColumn(0)).value_or(Hash{});
}

Hash make_code_key(SQLite::Database& database, const RandomBytes& random) {
    Hash key{};
    random(std::as_writable_bytes(std::span{key}));
    run(database, "INSERT INTO people_settings (name, value) VALUES ('code_key', ?) ON CONFLICT DO NOTHING", key);
    return code_key(database);
}

/// The role is none for someone with an account that does not have it now, there: a link gives staff
/// no more than their account.
constexpr const char* columns_sql =
    "SELECT i.id, i.session, i.person,"
    " CASE WHEN a.id IS NULL OR (a.locked_at IS NULL AND EXISTS (SELECT 1 FROM staff_roles g JOIN sessions s ON s.id = "
    "i.session"
    " WHERE g.account = a.id AND g.role = r.role AND (g.series IS NULL OR g.series = s.series))) THEN r.role END,"
    " i.not_before, i.expires, i.revoked_at, ";
constexpr const char* from_sql =
    " FROM invitations i LEFT JOIN registrations r ON r.session = i.session AND r.person = i.person"
    " LEFT JOIN staff_accounts a ON a.person = i.person WHERE ";

struct StoredInvitation {
    Invitation invitation;
    bool is_revoked{};
};

StoredInvitation stored(SQLite::Statement& row) {
    const auto role = text_or_none(row.getColumn(3));
    Invitation invitation{.id = InvitationId{row.getColumn(0).getInt64()},
        .kind = InvitationKind::coordinator,
        .session = number_or_none<SessionId>(row.getColumn(1)),
        .person = number_or_none<PersonId>(row.getColumn(2)),
        .role = Role::coordinator,
        .times = {.not_before = UtcTime{row.getColumn(4).getInt64()}, .expires = UtcTime{row.getColumn(5).getInt64()}}};
    bool is_revoked = !row.getColumn(6).isNull();
    if (invitation.session) {
        const auto known = role ? base::value_named<Role>(*role) : std::nullopt;
        is_revoked = is_revoked || !known;
        invitation.role = known.value_or(Role::participant);
        const bool is_staff = invitation.role == Role::facilitator || invitation.role == Role::moderator;
        invitation.kind = is_staff ? InvitationKind::staff : InvitationKind::personal;
    }
    return {.invitation = invitation, .is_revoked = is_revoked};
}

Standing standing_of(const StoredInvitation& stored, UtcTime now) {
    if (stored.is_revoked) return Standing::revoked;
    if (now >= stored.invitation.times.expires) return Standing::over;
    return now < stored.invitation.times.not_before ? Standing::early : Standing::open;
}

std::optional<KnownInvitation> find(
    const SQLite::Database& database, const char* hash_column, const std::optional<Hash>& hash, UtcTime now) {
    const Hash nobody{};
    const Hash& sought = hash ? *hash : nobody;
    SQLite::Statement row{
        database, std::string{columns_sql} + "i." + hash_column + from_sql + "i." + hash_column + " = ?"};
    bind_all(row, sought);
    std::optional<StoredInvitation> found;
    Hash known{};
    if (row.executeStep()) {
        found = stored(row);
        known = hash_in(row.getColumn(7)).value_or(Hash{});
    }
    const auto text_of = [](const Hash& bytes) {
        return std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    };
    const bool is_same = base::is_same_secret(text_of(known), text_of(sought));
    if (!found || !hash || !is_same) return std::nullopt;
    return KnownInvitation{.invitation = found->invitation, .standing = standing_of(*found, now)};
}

std::optional<Invitation> if_open(const std::optional<KnownInvitation>& known) {
    return known && known->standing == Standing::open ? std::optional{known->invitation} : std::nullopt;
}

InvitationId store(SQLite::Database& database, std::optional<SessionId> session, std::optional<PersonId> person,
    const Hash& secret, const std::optional<Hash>& code, InvitationTimes times, UtcTime now) {
    run(database, "UPDATE invitations SET revoked_at = ? WHERE session IS ? AND person IS ? AND revoked_at IS NULL",
        now, session, person);
    run(database,
        "INSERT INTO invitations (session, person, made_at, not_before, expires, secret_hash, code_hash) VALUES (?, ?, "
        "?, ?, ?, ?, ?)",
        session, person, now, times.not_before, times.expires, secret, code);
    return InvitationId{database.getLastInsertRowid()};
}

/// A code that no invitation has had yet.
SpokenCode new_code(const SQLite::Database& database, const Hash& key, const RandomBytes& random) {
    SQLite::Statement taken{database, "SELECT 1 FROM invitations WHERE code_hash = ?"};
    for (int tries = 0;; ++tries) {
        // Else the random bytes are not random.
        ETAKAHVILA_CHECK(tries < code_tries_max);
        auto code = SpokenCode::make(random);
        taken.reset();
        bind_all(taken, code.hash(key));
        if (!taken.executeStep()) return code;
    }
}

bool ever_come(InvitationTimes times, UtcTime now) { return times.not_before < times.expires && now < times.expires; }

}  // namespace

InvitationTimes usual_times(UtcTime starts_at, UtcTime ends_at) {
    return {.not_before = UtcTime{starts_at.ms - early_ms}, .expires = UtcTime{ends_at.ms + late_ms}};
}

std::variant<NewInvitation, RefusalWord> invite(SQLite::Database& database, SessionId session, PersonId person,
    InvitationTimes times, UtcTime now, const RandomBytes& random) {
    if (!ever_come(times, now)) return RefusalWord::invalid;
    Unit unit{database};
    SQLite::Statement registered{database, "SELECT 1 FROM registrations WHERE session = ? AND person = ?"};
    bind_all(registered, session, person);
    if (!registered.executeStep()) return RefusalWord::not_found;
    const auto key = make_code_key(database, random);
    const auto secret = Secret::make(random);
    const auto code = new_code(database, key, random);
    store(database, session, person, secret.hash(), code.hash(key), times, now);
    const auto made = invitation_of(database, session, person, now);
    ETAKAHVILA_CHECK(made.has_value());
    unit.keep();
    return NewInvitation{.invitation = *made, .secret = secret, .code = code};
}

std::variant<NewInvitation, RefusalWord> make_coordinator_key(SQLite::Database& database, std::string_view holder,
    InvitationTimes times, UtcTime now, const RandomBytes& random) {
    if (!ever_come(times, now)) return RefusalWord::invalid;
    const auto name = tidy(holder);
    if (!name) return RefusalWord::name_not_allowed;
    if (name->empty()) return RefusalWord::name_empty;
    if (code_points(*name) > name_code_points_max) return RefusalWord::name_too_long;
    Unit unit{database};
    const auto secret = Secret::make(random);
    const auto id = store(database, {}, {}, secret.hash(), {}, times, now);
    run(database, "UPDATE invitations SET holder = ? WHERE id = ?", *name, id);
    unit.keep();
    return NewInvitation{.invitation = {.id = id,
                             .kind = InvitationKind::coordinator,
                             .session = {},
                             .person = {},
                             .role = Role::coordinator,
                             .times = times},
        .secret = secret,
        .code = {}};
}

std::optional<std::string> holder_of_key(const SQLite::Database& database, InvitationId invitation) {
    SQLite::Statement row{database, "SELECT holder FROM invitations WHERE id = ?"};
    bind_all(row, invitation);
    return row.executeStep() ? text_or_none(row.getColumn(0)) : std::nullopt;
}

std::optional<RefusalWord> revoke(SQLite::Database& database, InvitationId invitation, UtcTime now) {
    run(database, "UPDATE invitations SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, invitation);
    if (database.getChanges() == 0) return RefusalWord::not_found;
    return std::nullopt;
}

std::optional<RefusalWord> revoke(SQLite::Database& database, SessionId session, PersonId person, UtcTime now) {
    run(database, "UPDATE invitations SET revoked_at = ? WHERE session = ? AND person = ? AND revoked_at IS NULL", now,
        session, person);
    if (database.getChanges() == 0) return RefusalWord::not_found;
    return std::nullopt;
}

void restore_after_ban(SQLite::Database& database, SessionId session, PersonId person, UtcTime banned_at) {
    // The newest alone, and only if it is the ban that revoked it.
    run(database,
        "UPDATE invitations SET revoked_at = NULL WHERE revoked_at = ? AND id = (SELECT max(id) FROM invitations WHERE "
        "session = ? AND person = ?)",
        banned_at, session, person);
}

std::optional<RefusalWord> why_closed(Standing standing) {
    switch (standing) {
        case Standing::open: return std::nullopt;
        case Standing::early: return RefusalWord::too_early;
        case Standing::over: return RefusalWord::over;
        case Standing::revoked: break;
    }
    return RefusalWord::revoked;
}

std::optional<KnownInvitation> known_by_secret(
    const SQLite::Database& database, std::string_view fragment, UtcTime now) {
    const auto secret = Secret::from_link(fragment);
    return find(database, "secret_hash", secret ? std::optional{secret->hash()} : std::nullopt, now);
}

std::optional<KnownInvitation> known_by_code(const SQLite::Database& database, std::string_view typed, UtcTime now) {
    const auto key = code_key(database);
    const auto code = SpokenCode::normalize_code(typed);
    return find(database, "code_hash", code ? std::optional{code->hash(key)} : std::nullopt, now);
}

std::optional<Invitation> find_by_secret(const SQLite::Database& database, std::string_view fragment, UtcTime now) {
    return if_open(known_by_secret(database, fragment, now));
}

std::optional<Invitation> find_by_code(const SQLite::Database& database, std::string_view typed, UtcTime now) {
    return if_open(known_by_code(database, typed, now));
}

std::optional<Invitation> invitation_of_secret(
    const SQLite::Database& database, std::string_view fragment, UtcTime now) {
    const auto known = known_by_secret(database, fragment, now);
    const bool comes = known && (known->standing == Standing::open || known->standing == Standing::early);
    return comes ? std::optional{known->invitation} : std::nullopt;
}

std::optional<Invitation> invitation_of(
    const SQLite::Database& database, SessionId session, PersonId person, UtcTime now) {
    SQLite::Statement row{database, std::string{columns_sql} + "NULL" + from_sql +
                                        "i.session = ? AND i.person = ? AND i.revoked_at IS NULL AND i.expires > ?"};
    bind_all(row, session, person, now);
    if (!row.executeStep()) return std::nullopt;
    const auto found = stored(row);
    if (found.is_revoked) return std::nullopt;
    return found.invitation;
}

}  // namespace etakahvila::people
