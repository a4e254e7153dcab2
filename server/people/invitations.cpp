#include "people/invitations.hpp"

#include <chrono>

#include "base/check.hpp"
#include "base/secret.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t early_ms = std::chrono::milliseconds{std::chrono::hours{24}}.count();
constexpr std::int64_t late_ms = std::chrono::milliseconds{std::chrono::hours{5}}.count();
/// After a link has opened its door for the last time.
constexpr std::int64_t own_page_ms = std::chrono::milliseconds{std::chrono::days{30}}.count();
constexpr int code_tries_max = 16;

/// The key of the codes' hashes; all zero while no code has been made.
Hash code_key(const records::Database& database) {
    return database.one<Hash>("SELECT value FROM people_settings WHERE name = 'code_key'").value_or(Hash{});
}

Hash make_code_key(records::Database& database, const RandomBytes& random) {
    Hash key{};
    random(std::as_writable_bytes(std::span{key}));
    database.write("INSERT INTO people_settings (name, value) VALUES ('code_key', ?) ON CONFLICT DO NOTHING", key);
    return code_key(database);
}

/// The role is none for someone with an account that does not have it now, there: a link gives staff
/// no more than their account.
constexpr const char* columns_sql =
    "SELECT i.id, i.session, i.person,"
    " CASE WHEN a.id IS NULL OR (a.locked_at IS NULL AND EXISTS (SELECT 1 FROM staff_roles g JOIN sessions s ON s.id = "
    "i.session"
    " WHERE g.account = a.id AND g.role = r.role AND (g.series IS NULL OR g.series = s.series))) THEN r.role END,"
    " i.not_before, i.expires, i.revoked_at, i.by_ban, ";
constexpr const char* from_sql =
    " FROM invitations i LEFT JOIN registrations r ON r.session = i.session AND r.person = i.person"
    " LEFT JOIN staff_accounts a ON a.person = i.person WHERE ";

struct StoredInvitation {
    Invitation invitation;
    bool is_revoked{};
    bool is_banned{};
};

StoredInvitation stored(records::Rows& row) {
    Invitation invitation{.id = row.get<InvitationId>(0),
        .kind = InvitationKind::coordinator,
        .session = row.get<std::optional<SessionId>>(1),
        .person = row.get<std::optional<PersonId>>(2),
        .role = Role::coordinator,
        .times = {.not_before = row.get<UtcTime>(4), .expires = row.get<UtcTime>(5)}};
    bool is_revoked = !row.is_null(6);
    if (invitation.session) {
        const auto known = row.get<std::optional<Role>>(3);
        is_revoked = is_revoked || !known;
        invitation.role = known.value_or(Role::participant);
        const bool is_staff = invitation.role == Role::facilitator || invitation.role == Role::moderator;
        invitation.kind = is_staff ? InvitationKind::staff : InvitationKind::personal;
    }
    return {.invitation = invitation, .is_revoked = is_revoked, .is_banned = is_revoked && row.get<bool>(7)};
}

Standing standing_of(const StoredInvitation& stored, UtcTime now) {
    if (stored.is_revoked) return Standing::revoked;
    if (now >= stored.invitation.times.expires) return Standing::over;
    return now < stored.invitation.times.not_before ? Standing::early : Standing::open;
}

std::optional<KnownInvitation> find(
    const records::Database& database, const char* hash_column, const std::optional<Hash>& hash, UtcTime now) {
    const Hash nobody{};
    const Hash& sought = hash ? *hash : nobody;
    auto row = database.read(
        std::string{columns_sql} + "i." + hash_column + from_sql + "i." + hash_column + " = ?", sought);
    std::optional<StoredInvitation> found;
    Hash known{};
    if (row.next()) {
        found = stored(row);
        known = row.get<std::optional<Hash>>(8).value_or(Hash{});
    }
    const auto text_of = [](const Hash& bytes) {
        return std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    };
    const bool is_same = base::is_same_secret(text_of(known), text_of(sought));
    if (!found || !hash || !is_same) return std::nullopt;
    return KnownInvitation{
        .invitation = found->invitation, .standing = standing_of(*found, now), .is_banned = found->is_banned};
}

std::optional<Invitation> if_open(const std::optional<KnownInvitation>& known) {
    return known && known->standing == Standing::open ? std::optional{known->invitation} : std::nullopt;
}

InvitationId store(records::Database& database, std::optional<SessionId> session, std::optional<PersonId> person,
    const Hash& secret, const std::optional<Hash>& code, InvitationTimes times, UtcTime now) {
    database.write(
        "UPDATE invitations SET revoked_at = ? WHERE session IS NOT DISTINCT FROM ? AND person IS NOT DISTINCT FROM ? "
        "AND revoked_at IS NULL",
        now, session, person);
    return database.add<InvitationId>(
        "INSERT INTO invitations (session, person, made_at, not_before, expires, secret_hash, code_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        session, person, now, times.not_before, times.expires, secret, code);
}

/// A code that no invitation has had yet.
SpokenCode new_code(const records::Database& database, const Hash& key, const RandomBytes& random) {
    for (int tries = 0;; ++tries) {
        // Else the random bytes are not random.
        ETAKAHVILA_CHECK(tries < code_tries_max);
        auto code = SpokenCode::make(random);
        if (!database.has("SELECT 1 FROM invitations WHERE code_hash = ?", code.hash(key))) return code;
    }
}

bool ever_come(InvitationTimes times, UtcTime now) { return times.not_before < times.expires && now < times.expires; }

}  // namespace

InvitationTimes usual_times(UtcTime starts_at, UtcTime ends_at) {
    return {.not_before = UtcTime{starts_at.ms - early_ms}, .expires = UtcTime{ends_at.ms + late_ms}};
}

std::variant<NewInvitation, RefusalWord> invite(records::Database& database, SessionId session, PersonId person,
    InvitationTimes times, UtcTime now, const RandomBytes& random) {
    if (!ever_come(times, now)) return RefusalWord::invalid;
    records::Unit unit{database};
    if (!database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", session, person))
        return RefusalWord::not_found;
    const auto key = make_code_key(database, random);
    const auto secret = Secret::make(random);
    const auto code = new_code(database, key, random);
    store(database, session, person, secret.hash(), code.hash(key), times, now);
    const auto made = invitation_of(database, session, person, now);
    ETAKAHVILA_CHECK(made.has_value());
    unit.keep();
    return NewInvitation{.invitation = *made, .secret = secret, .code = code};
}

std::variant<NewInvitation, RefusalWord> make_coordinator_key(records::Database& database, std::string_view holder,
    InvitationTimes times, UtcTime now, const RandomBytes& random) {
    if (!ever_come(times, now)) return RefusalWord::invalid;
    const auto name = tidy(holder);
    if (!name) return RefusalWord::name_not_allowed;
    if (name->empty()) return RefusalWord::name_empty;
    if (code_points(*name) > name_code_points_max) return RefusalWord::name_too_long;
    records::Unit unit{database};
    const auto secret = Secret::make(random);
    const auto id = store(database, {}, {}, secret.hash(), {}, times, now);
    database.write("UPDATE invitations SET holder = ? WHERE id = ?", *name, id);
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

std::optional<std::string> holder_of_key(const records::Database& database, InvitationId invitation) {
    return database.one<std::string>("SELECT holder FROM invitations WHERE id = ?", invitation);
}

std::optional<RefusalWord> revoke(records::Database& database, InvitationId invitation, UtcTime now) {
    const bool is_changed = database.changes(
        "UPDATE invitations SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING 1", now, invitation);
    if (!is_changed) return RefusalWord::not_found;
    return std::nullopt;
}

std::optional<RefusalWord> revoke(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    // What a ban has left of it ends too.
    const bool is_changed = database.changes(
        "UPDATE invitations SET revoked_at = ?, by_ban = 0 WHERE session = ? AND person = ? AND (revoked_at IS NULL OR "
        "by_ban = 1) RETURNING 1",
        now, session, person);
    if (!is_changed) return RefusalWord::not_found;
    return std::nullopt;
}

void revoke_by_ban(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    database.write(
        "UPDATE invitations SET revoked_at = ?, by_ban = 1 WHERE session = ? AND person = ? AND revoked_at "
        "IS NULL",
        now, session, person);
}

void restore_after_ban(records::Database& database, SessionId session, PersonId person, UtcTime banned_at) {
    // The newest alone, and only if it is the ban that revoked it.
    database.write(
        "UPDATE invitations SET revoked_at = NULL, by_ban = 0 WHERE revoked_at = ? AND id = (SELECT max(id) FROM "
        "invitations WHERE "
        "session = ? AND person = ?)",
        banned_at, session, person);
}

bool opens_own_page(const KnownInvitation& known, UtcTime now) {
    const bool is_theirs = known.standing != Standing::revoked || known.is_banned;
    return is_theirs && known.invitation.session && now.ms < known.invitation.times.expires.ms + own_page_ms;
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
    const records::Database& database, std::string_view fragment, UtcTime now) {
    const auto secret = Secret::from_link(fragment);
    return find(database, "secret_hash", secret ? std::optional{secret->hash()} : std::nullopt, now);
}

std::optional<KnownInvitation> known_by_code(const records::Database& database, std::string_view typed, UtcTime now) {
    const auto key = code_key(database);
    const auto code = SpokenCode::normalize_code(typed);
    return find(database, "code_hash", code ? std::optional{code->hash(key)} : std::nullopt, now);
}

std::optional<Invitation> find_by_secret(const records::Database& database, std::string_view fragment, UtcTime now) {
    return if_open(known_by_secret(database, fragment, now));
}

std::optional<Invitation> find_by_code(const records::Database& database, std::string_view typed, UtcTime now) {
    return if_open(known_by_code(database, typed, now));
}

std::optional<Invitation> invitation_of_secret(
    const records::Database& database, std::string_view fragment, UtcTime now) {
    const auto known = known_by_secret(database, fragment, now);
    const bool comes = known && (known->standing == Standing::open || known->standing == Standing::early);
    return comes ? std::optional{known->invitation} : std::nullopt;
}

std::optional<Invitation> invitation_of(
    const records::Database& database, SessionId session, PersonId person, UtcTime now) {
    auto row = database.read(std::string{columns_sql} + "NULL" + from_sql +
                                 "i.session = ? AND i.person = ? AND i.revoked_at IS NULL AND i.expires > ?",
        session, person, now);
    if (!row.next()) return std::nullopt;
    const auto found = stored(row);
    if (found.is_revoked) return std::nullopt;
    return found.invitation;
}

}  // namespace etakahvila::people
