#include "people/invitations.hpp"

#include <algorithm>
#include <chrono>

#include "base/check.hpp"
#include "base/secret.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t early_ms = std::chrono::milliseconds{std::chrono::hours{24}}.count();
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
    " WHERE g.account = a.id AND g.role = r.role AND (g.series = s.series OR g.period = s.period OR (g.series IS NULL"
    " AND g.period IS NULL)))) THEN r.role END,"
    " i.not_before, i.expires, i.revoked_at, i.by_ban, i.period, ";
constexpr const char* from_sql =
    " FROM invitations i LEFT JOIN registrations r ON r.session = i.session AND r.person = i.person"
    " LEFT JOIN staff_accounts a ON a.person = i.person WHERE ";

struct StoredInvitation {
    /// Of a season: without its day.
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
        .times = {.not_before = row.get<UtcTime>(4), .expires = row.get<UtcTime>(5)},
        .period = row.get<std::optional<PeriodId>>(8)};
    bool is_revoked = !row.is_null(6);
    if (invitation.period) {
        invitation.kind = InvitationKind::personal;
        invitation.role = Role::participant;
    }
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

/// The day of a season's link: of those that are on the earliest that has not ended, else the latest; one that the
/// person is banned from only where no other is on; else the next one, else the last one that was.
const PersonDay* day_at(const std::vector<PersonDay>& days, UtcTime now) {
    const PersonDay* on = nullptr;
    const PersonDay* banned = nullptr;
    const PersonDay* next = nullptr;
    const PersonDay* last = nullptr;
    for (const auto& day : days) {
        if (day.cancelled) continue;
        if (!day.is_on(now)) {
            if (now >= day.closes_at())
                last = &day;
            else if (next == nullptr)
                next = &day;
        } else if (day.is_banned) {
            if (banned == nullptr) banned = &day;
        } else if (on == nullptr || on->ends_at <= now) {
            on = &day;
        }
    }
    for (const auto* found : {on, banned, next}) {
        if (found != nullptr) return found;
    }
    return last;
}

Standing standing_of_day(const PersonDay& day, UtcTime now) {
    if (day.is_banned) return Standing::revoked;
    if (now < day.opens_at()) return Standing::early;
    return day.cancelled || !day.is_on(now) ? Standing::over : Standing::open;
}

/// Nothing when the session that is wanted is none of theirs.
std::optional<KnownInvitation> known_of_season(
    const records::Database& database, const StoredInvitation& stored, std::optional<SessionId> wanted, UtcTime now) {
    KnownInvitation known{.invitation = stored.invitation, .standing = Standing::revoked};
    auto& invitation = known.invitation;
    const auto period = period_facts(database, *invitation.period);
    const auto days = days_of(database, *invitation.period, *invitation.person);
    const auto named = std::find_if(days.begin(), days.end(), [&](const auto& day) { return day.session == wanted; });
    if (!period || (wanted && named == days.end())) return std::nullopt;
    invitation.times.expires = period->links_end;
    known.own_page_ends = UtcTime{period->links_end.ms + own_page_ms};
    const auto* day = wanted ? &*named : day_at(days, now);
    if (day != nullptr) {
        invitation.session = day->session;
        invitation.person = day->person;
        invitation.times = {.not_before = day->opens_at(), .expires = std::min(day->closes_at(), period->links_end)};
    }
    if (stored.is_revoked) return known;
    // Days may still be added to a period that has none.
    known.standing = now >= period->links_end ? Standing::over
                     : day == nullptr         ? Standing::early
                                              : standing_of_day(*day, now);
    known.is_banned = known.standing == Standing::revoked;
    if (wanted || known.standing != Standing::open) return known;
    for (const auto& each : days) {
        const bool may_be_meant = standing_of_day(each, now) == Standing::open && now < each.ends_at;
        if (may_be_meant) known.today.push_back(each.session);
    }
    if (known.today.size() == 1) known.today.clear();
    return known;
}

std::optional<KnownInvitation> known_of(
    const records::Database& database, const StoredInvitation& stored, std::optional<SessionId> wanted, UtcTime now) {
    if (stored.invitation.period) return known_of_season(database, stored, wanted, now);
    if (wanted && wanted != stored.invitation.session) return std::nullopt;
    const auto& of = stored.invitation;
    const bool is_banned = stored.is_banned || (!stored.is_revoked && of.session && of.person &&
                                                   is_banned_as_another(database, *of.session, *of.person));
    return KnownInvitation{.invitation = stored.invitation,
        .standing = is_banned ? Standing::revoked : standing_of(stored, now),
        .is_banned = is_banned,
        .own_page_ends = UtcTime{stored.invitation.times.expires.ms + own_page_ms}};
}

/// What is shown: the hash of it, and the session that is named behind it.
struct Sought {
    std::optional<Hash> hash;
    std::optional<SessionId> session;
};

std::optional<KnownInvitation> find(
    const records::Database& database, const char* hash_column, const Sought& shown, UtcTime now) {
    const Hash nobody{};
    const Hash& sought = shown.hash ? *shown.hash : nobody;
    std::optional<StoredInvitation> found;
    Hash known{};
    {
        auto row = database.read(
            std::string{columns_sql} + "i." + hash_column + from_sql + "i." + hash_column + " = ?", sought);
        if (row.next()) {
            found = stored(row);
            known = row.get<std::optional<Hash>>(9).value_or(Hash{});
        }
    }
    const auto text_of = [](const Hash& bytes) {
        return std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    };
    const bool is_same = base::is_same_secret(text_of(known), text_of(sought));
    if (!found || !shown.hash || !is_same) return std::nullopt;
    return known_of(database, *found, shown.session, now);
}

std::optional<KnownInvitation> find(
    const records::Database& database, InvitationId id, std::optional<SessionId> wanted, UtcTime now) {
    std::optional<StoredInvitation> found;
    {
        auto row = database.read(std::string{columns_sql} + "NULL" + from_sql + "i.id = ?", id);
        if (row.next()) found = stored(row);
    }
    return found ? known_of(database, *found, wanted, now) : std::nullopt;
}

std::optional<Invitation> if_open(const std::optional<KnownInvitation>& known) {
    return known && known->standing == Standing::open ? std::optional{known->invitation} : std::nullopt;
}

/// Whom it is for, and what for: a session, a period, or neither for the coordinator.
struct Aim {
    std::optional<SessionId> session{};
    std::optional<PeriodId> period{};
    std::optional<PersonId> person{};
};

/// The earlier one with the same aim is revoked.
InvitationId store(records::Database& database, const Aim& aim, const Hash& secret, const std::optional<Hash>& code,
    InvitationTimes times, UtcTime now) {
    database.write(
        "UPDATE invitations SET revoked_at = ? WHERE session IS NOT DISTINCT FROM ? AND period IS NOT DISTINCT FROM ? "
        "AND person IS NOT DISTINCT FROM ? AND revoked_at IS NULL",
        now, aim.session, aim.period, aim.person);
    return database.add<InvitationId>(
        "INSERT INTO invitations (session, period, person, made_at, not_before, expires, secret_hash, code_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        aim.session, aim.period, aim.person, now, times.not_before, times.expires, secret, code);
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

/// With a secret and a code of its own.
NewInvitation store_new(
    records::Database& database, const Aim& aim, InvitationTimes times, UtcTime now, const RandomBytes& random) {
    const auto key = make_code_key(database, random);
    const auto secret = Secret::make(random);
    const auto code = new_code(database, key, random);
    const auto id = store(database, aim, secret.hash(), code.hash(key), times, now);
    const auto made = find(database, id, {}, now);
    ETAKAHVILA_CHECK(made.has_value());
    return {.invitation = made->invitation, .secret = secret, .code = code};
}

bool ever_come(InvitationTimes times, UtcTime now) { return times.not_before < times.expires && now < times.expires; }

}  // namespace

InvitationTimes usual_times(UtcTime starts_at, UtcTime ends_at) {
    return {.not_before = UtcTime{starts_at.ms - early_ms}, .expires = UtcTime{ends_at.ms + door_after_end_ms}};
}

std::variant<NewInvitation, RefusalWord> invite(records::Database& database, SessionId session, PersonId person,
    InvitationTimes times, UtcTime now, const RandomBytes& random) {
    if (!ever_come(times, now)) return RefusalWord::invalid;
    records::Unit unit{database};
    if (!database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", session, person))
        return RefusalWord::not_found;
    auto made = store_new(database, {.session = session, .person = person}, times, now, random);
    unit.keep();
    return made;
}

std::variant<NewInvitation, RefusalWord> invite_for_period(
    records::Database& database, PeriodId period, PersonId person, UtcTime now, const RandomBytes& random) {
    records::Unit unit{database};
    const auto facts = period_facts(database, period);
    const bool is_enrolled = database.has(
        std::string{they_sql} +
            "SELECT 1 FROM enrolments WHERE person IN (SELECT id FROM they) AND period = ? AND state = 'accepted'",
        person, period);
    if (!facts || !is_enrolled) return RefusalWord::not_found;
    if (now >= facts->links_end) return RefusalWord::not_now;
    auto made = store_new(
        database, {.period = period, .person = person}, {.not_before = now, .expires = facts->links_end}, now, random);
    unit.keep();
    return made;
}

bool has_season_link(const records::Database& database, PeriodId period, PersonId person) {
    return database.has(
        "SELECT 1 FROM invitations WHERE period = ? AND person = ? AND revoked_at IS NULL", period, person);
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
    const auto id = store(database, {}, secret.hash(), {}, times, now);
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

std::optional<RefusalWord> revoke(records::Database& database, PeriodId period, PersonId person, UtcTime now) {
    const bool is_changed = database.changes(
        "UPDATE invitations SET revoked_at = ? WHERE period = ? AND person = ? AND revoked_at IS NULL RETURNING 1", now,
        period, person);
    if (!is_changed) return RefusalWord::not_found;
    return std::nullopt;
}

std::optional<RefusalWord> note_told(records::Database& database, PeriodId period, PersonId person, UtcTime now) {
    const bool is_changed = database.changes(
        "UPDATE invitations SET told_at = ? WHERE period = ? AND person = ? AND revoked_at IS NULL RETURNING 1", now,
        period, person);
    if (!is_changed) return RefusalWord::not_found;
    return std::nullopt;
}

void revoke_by_ban(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    database.write(
        "UPDATE invitations SET revoked_at = ?, by_ban = 1 WHERE session = ? AND person = ? AND revoked_at "
        "IS NULL",
        now, session, person);
    database.write("INSERT INTO season_bans (session, person, banned_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        session, person, now);
}

void restore_after_ban(records::Database& database, SessionId session, PersonId person, UtcTime banned_at) {
    // The newest alone, and only if it is the ban that revoked it.
    database.write(
        "UPDATE invitations SET revoked_at = NULL, by_ban = 0 WHERE revoked_at = ? AND id = (SELECT max(id) FROM "
        "invitations WHERE "
        "session = ? AND person = ?)",
        banned_at, session, person);
    database.write(
        "DELETE FROM season_bans WHERE session = ? AND person = ? AND banned_at = ?", session, person, banned_at);
}

bool opens_own_page(const KnownInvitation& known, UtcTime now) {
    const bool is_theirs = known.standing != Standing::revoked || known.is_banned;
    return is_theirs && known.invitation.person && now < known.own_page_ends;
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
    const auto shown = secret_in(fragment);
    return find(database, "secret_hash",
        {.hash = shown.key ? std::optional{shown.key->hash()} : std::nullopt, .session = shown.session}, now);
}

std::optional<KnownInvitation> known_by_code(const records::Database& database, std::string_view typed, UtcTime now) {
    const auto key = code_key(database);
    const auto shown = code_in(typed);
    return find(database, "code_hash",
        {.hash = shown.key ? std::optional{shown.key->hash(key)} : std::nullopt, .session = shown.session}, now);
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

bool still_opens(const records::Database& database, InvitationId invitation, SessionId session, UtcTime now) {
    const auto known = find(database, invitation, session, now);
    return known && known->standing == Standing::open;
}

}  // namespace etakahvila::people
