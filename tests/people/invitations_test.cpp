#include <array>
#include <map>

#include "base/secret.hpp"
#include "people/access_log.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;

namespace {

constexpr UtcTime now{1'796'281'200'000};
constexpr InvitationTimes around_now{.not_before = UtcTime{now.ms - 1000}, .expires = UtcTime{now.ms + 1000}};

UtcTime after(std::int64_t ms) { return UtcTime{now.ms + ms}; }

struct Invited {
    Records records;
    CountedBytes random;
    SessionId session = records.plan();
    PersonId person = records.add("Aino", session);

    NewInvitation make(PersonId whom, InvitationTimes times = around_now) {
        return std::get<NewInvitation>(invite(records.database, session, whom, times, now, random.bytes()));
    }

    std::optional<InvitationId> by_secret(const NewInvitation& made, UtcTime at = now) {
        const auto found = find_by_secret(records.database, made.secret.to_link(), at);
        return found ? std::optional{found->id} : std::nullopt;
    }
    std::optional<InvitationId> by_code(const NewInvitation& made, UtcTime at = now) {
        const auto found = find_by_code(records.database, made.code->to_text(), at);
        return found ? std::optional{found->id} : std::nullopt;
    }
};

template <class T, class = void>
constexpr bool can_be_printed = false;
template <class T>
constexpr bool can_be_printed<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<const T&>())>> =
    true;

static_assert(can_be_printed<int>);
static_assert(!can_be_printed<Secret> && !can_be_printed<SpokenCode> && !can_be_printed<NewInvitation>);
static_assert(!can_be_printed<PersonDetails> && !can_be_printed<SessionPerson> && !can_be_printed<RegistrationRow>);

}  // namespace

TEST_CASE("A link's secret goes there and back, and nothing else is one") {
    CountedBytes random;
    const auto secret = Secret::make(random.bytes());
    const auto link = secret.to_link();
    CHECK(link.size() == 22);
    CHECK(link.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    CHECK(Secret::from_link(link)->hash() == secret.hash());
    for (const auto& bad : {link + "A", link.substr(1), link + "=", " " + link, link.substr(0, 21) + "/", std::string{},
             std::string(1000, 'A')})
        CHECK_FALSE(Secret::from_link(bad));
    // Found by fuzzing: libsodium reads a byte above ASCII as the letter 64 below it.
    const std::string letters = "AAAAAAAAAAAAAAAAAAAAAA";
    CHECK(Secret::from_link(letters));
    for (std::size_t index = 0; index < letters.size(); ++index) {
        auto other = letters;
        other[index] = '\xc1';
        CHECK_FALSE(Secret::from_link(other));
    }
    CHECK(Secret::make(random.bytes()).to_link() != link);
}

TEST_CASE("What was shown is the secret when every character is, and not before") {
    const std::string secret = "kahvi ja pulla, aina";
    CHECK(etakahvila::base::is_same_secret(secret, secret));
    CHECK(etakahvila::base::is_same_secret("", ""));
    for (std::size_t at = 0; at < secret.size(); ++at) {
        auto wrong = secret;
        wrong[at] = static_cast<char>(wrong[at] ^ 1);
        CHECK_FALSE(etakahvila::base::is_same_secret(wrong, secret));
        CHECK_FALSE(etakahvila::base::is_same_secret(secret.substr(0, at), secret));
    }
    CHECK_FALSE(etakahvila::base::is_same_secret(secret + " ", secret));
    CHECK_FALSE(etakahvila::base::is_same_secret(secret + std::string(1, '\0'), secret));
}

TEST_CASE("Codes are of the alphabet, and no character is favoured") {
    CountedBytes random;
    std::map<char, int> seen;
    for (int round = 0; round < 5000; ++round) {
        const auto text = SpokenCode::make(random.bytes()).to_text();
        REQUIRE(text.size() == 9);
        REQUIRE(text[4] == ' ');
        for (const char c : text) ++seen[c];
    }
    seen.erase(' ');
    CHECK(seen.size() == SpokenCode::alphabet.size());
    for (const auto& [character, times] : seen) {
        CAPTURE(character);
        CHECK(SpokenCode::alphabet.find(character) != std::string_view::npos);
        CHECK(std::abs(times - 40'000 / 21) < 200);
    }
    CHECK(SpokenCode::alphabet.find_first_of("0O1ILAEIOUY") == std::string_view::npos);
}

TEST_CASE("A code is forgiven its case, spaces, dashes and look-alikes") {
    const auto code = SpokenCode::normalize_code("K7PM4RXT");
    REQUIRE(code);
    CHECK(code->to_text() == "K7PM 4RXT");
    for (const auto* typed : {"k7pm 4rxt", " K7PM-4RXT ", "K 7 P M 4 R X T", "k7pm.4rxt",
             "K7PM\xc2\xa0"
             "4RXT",
             "K7PM\xe2\x80\x93"
             "4RXT",
             "KLPM 4RXT", "kipm 4rxt", "K1PM4RXT"}) {
        CAPTURE(typed);
        CHECK(SpokenCode::normalize_code(typed) == code);
    }
    CHECK(SpokenCode::normalize_code("0oQd sszb")->to_text() == "DDDD 5528");
    CHECK(SpokenCode::normalize_code("guwv gggg")->to_text() == "6VVV 6666");
    for (const auto* typed :
        {"", "K7PM 4RX", "K7PM 4RXTT", "K7PM 4RXA", "K7PM 4RX\xc3\xa4", "K7PM 4RX!", "\xe2\x80", "----"}) {
        CAPTURE(typed);
        CHECK_FALSE(SpokenCode::normalize_code(typed));
    }
}

TEST_CASE("Behind a dot a session is named, and a code that is cut up by dots stays a code") {
    const auto session_in = [](std::string_view typed) {
        const auto shown = code_in(typed);
        REQUIRE(shown.key);
        CHECK(shown.key->to_text() == "K7PM 4578");
        return shown.session;
    };
    for (const auto* typed : {"K7PM 4578", "k7pm.4578", "K.7.P.M.4.5.7.8", "K7PM 4578.", "koodi: K7PM 4578"}) {
        CAPTURE(typed);
        CHECK_FALSE(session_in(typed));
    }
    CHECK(session_in("K7PM 4578.12") == SessionId{12});
    CHECK(session_in("k7pm.4578.12") == SessionId{12});
    CHECK_FALSE(code_in("K7PM 457.12").key);

    CountedBytes random;
    const auto link = Secret::make(random.bytes()).to_link();
    CHECK(secret_in(link).key);
    CHECK_FALSE(secret_in(link).session);
    CHECK(secret_in(link + ".7").session == SessionId{7});
    for (const auto& bad :
        {link + ".", link + ".x", link + ".-1", link + ".1.2", link + "." + std::string(40, '9'), "." + link})
        CHECK_FALSE(secret_in(bad).key);
}

TEST_CASE("A code is read aloud in the Finnish spelling alphabet") {
    CHECK(SpokenCode::normalize_code("K7PM 4RXT")->read_aloud() ==
          "Kalle, seitsemän, Paavo, Matti. Neljä, Risto, Äksä, Tyyne.");
    CHECK(SpokenCode::normalize_code("2345 6789")->read_aloud() ==
          "Kaksi, kolme, neljä, viisi. Kuusi, seitsemän, kahdeksan, yhdeksän.");
    CHECK(SpokenCode::normalize_code("CDFH JNVK")->read_aloud() ==
          "Celsius, Daavid, Faarao, Heikki. Jussi, Niilo, Vihtori, Kalle.");
}

TEST_CASE("An invitation opens by its link and by its code, as often as one likes") {
    Invited invited;
    const auto made = invited.make(invited.person);
    CHECK(made.invitation.kind == InvitationKind::personal);
    CHECK(made.invitation.session == invited.session);
    CHECK(made.invitation.person == invited.person);
    CHECK(made.invitation.role == Role::participant);
    for (int times = 0; times < 3; ++times) {
        CHECK(find_by_secret(invited.records.database, made.secret.to_link(), now) == made.invitation);
        CHECK(find_by_code(invited.records.database, made.code->to_text(), now) == made.invitation);
    }
    CHECK(still_opens(invited.records.database, made.invitation.id, invited.session, now));
    CHECK_FALSE(still_opens(invited.records.database, made.invitation.id, SessionId{99}, now));
    CHECK(people_of(invited.records.database, invited.session, now)[0].is_invited);
}

TEST_CASE("Too early, expired, revoked, taken out and unknown open nothing") {
    Invited invited;
    const auto made = invited.make(invited.person);
    CHECK_FALSE(invited.by_secret(made, after(-1001)));
    CHECK(invited.by_secret(made, after(-1000)));
    CHECK(invited.by_code(made, after(999)));
    CHECK_FALSE(invited.by_secret(made, after(1000)));
    CHECK_FALSE(invited.by_code(made, after(1000)));
    CHECK_FALSE(people_of(invited.records.database, invited.session, after(1000))[0].is_invited);
    for (const auto* nonsense : {"", "x", "AAAAAAAAAAAAAAAAAAAAAA", "2222 2222", "' OR 1=1 --"}) {
        CHECK_FALSE(find_by_secret(invited.records.database, nonsense, now));
        CHECK_FALSE(find_by_code(invited.records.database, nonsense, now));
    }

    CHECK_FALSE(revoke(invited.records.database, made.invitation.id, now));
    CHECK(revoke(invited.records.database, made.invitation.id, now) == RefusalWord::not_found);
    CHECK_FALSE(invited.by_secret(made));
    CHECK_FALSE(invited.by_code(made));
    CHECK_FALSE(still_opens(invited.records.database, made.invitation.id, invited.session, now));

    const auto again = invited.make(invited.person);
    CHECK(invited.by_secret(again));
    CHECK_FALSE(unregister(invited.records.database, invited.session, invited.person));
    CHECK_FALSE(invited.by_secret(again));
    CHECK_FALSE(register_person(invited.records.database, invited.session, invited.person));
    CHECK_FALSE(invited.by_secret(again));
}

TEST_CASE("Whoever has the right secret or code is told how it stands, and whoever has not, nothing") {
    Invited invited;
    const auto made = invited.make(invited.person);
    const auto standing = [&](const NewInvitation& which, UtcTime at) {
        const auto by_secret = known_by_secret(invited.records.database, which.secret.to_link(), at);
        const auto by_code = known_by_code(invited.records.database, which.code->to_text(), at);
        REQUIRE(by_secret);
        REQUIRE(by_code);
        CHECK(by_secret->standing == by_code->standing);
        CHECK(by_secret->invitation == by_code->invitation);
        return by_secret->standing;
    };
    CHECK(standing(made, after(-1001)) == Standing::early);
    CHECK(standing(made, after(-1000)) == Standing::open);
    CHECK(standing(made, after(999)) == Standing::open);
    CHECK(standing(made, after(1000)) == Standing::over);
    const auto second = invited.make(invited.person);
    CHECK(standing(made, now) == Standing::revoked);
    // Revoked weighs more than early and over: the newer link is the one to look for.
    CHECK(standing(made, after(-1001)) == Standing::revoked);
    CHECK(standing(made, after(1000)) == Standing::revoked);
    CHECK(standing(second, now) == Standing::open);
    CHECK_FALSE(unregister(invited.records.database, invited.session, invited.person));
    if (const auto left = known_by_secret(invited.records.database, second.secret.to_link(), now))
        CHECK(left->standing == Standing::revoked);
    for (const auto* nonsense : {"", "x", "AAAAAAAAAAAAAAAAAAAAAA", "2222 2222", "' OR 1=1 --"}) {
        CHECK_FALSE(known_by_secret(invited.records.database, nonsense, now));
        CHECK_FALSE(known_by_code(invited.records.database, nonsense, now));
    }
    CHECK_FALSE(why_closed(Standing::open));
    CHECK(why_closed(Standing::early) == RefusalWord::too_early);
    CHECK(why_closed(Standing::over) == RefusalWord::over);
    CHECK(why_closed(Standing::revoked) == RefusalWord::revoked);
}

TEST_CASE("A new invitation revokes the person's earlier one, and no other") {
    Invited invited;
    const auto other = invited.records.add("Eino", invited.session);
    const auto elsewhere = invited.records.plan("2026-12-10");
    CHECK_FALSE(register_person(invited.records.database, elsewhere, invited.person));
    const auto first = invited.make(invited.person);
    const auto of_other = invited.make(other);
    const auto of_elsewhere = std::get<NewInvitation>(
        invite(invited.records.database, elsewhere, invited.person, around_now, now, invited.random.bytes()));
    const auto second = invited.make(invited.person);
    CHECK_FALSE(invited.by_secret(first));
    CHECK_FALSE(invited.by_code(first));
    CHECK(invited.by_code(second) == second.invitation.id);
    CHECK(invited.by_code(of_other) == of_other.invitation.id);
    CHECK(invited.by_code(of_elsewhere) == of_elsewhere.invitation.id);
}

TEST_CASE("A ban revokes what opens, and its undoing restores just that") {
    Invited here;
    const auto first = here.make(here.person);
    const auto other = here.make(here.records.add("Eino", here.session));
    const auto banned_at = after(10);
    revoke(here.records.database, here.session, here.person, banned_at);
    CHECK_FALSE(here.by_secret(first));
    CHECK_FALSE(here.by_code(first));
    CHECK(here.by_secret(other));
    // Told twice, it stays the same ban.
    revoke(here.records.database, here.session, here.person, after(20));
    restore_after_ban(here.records.database, here.session, here.person, after(20));
    CHECK_FALSE(here.by_secret(first));
    restore_after_ban(here.records.database, here.session, here.person, banned_at);
    CHECK(here.by_secret(first));
    CHECK(here.by_code(first));

    // One that the coordinator has revoked stays so.
    REQUIRE_FALSE(revoke(here.records.database, first.invitation.id, after(30)));
    revoke(here.records.database, here.session, here.person, after(40));
    restore_after_ban(here.records.database, here.session, here.person, after(40));
    CHECK_FALSE(here.by_secret(first));

    // And one that was made since is the one that works.
    const auto second = here.make(here.person);
    revoke(here.records.database, here.session, here.person, after(50));
    const auto third = here.make(here.person);
    restore_after_ban(here.records.database, here.session, here.person, after(50));
    CHECK_FALSE(here.by_secret(second));
    CHECK(here.by_secret(third));
}

TEST_CASE("Staff are invited to their seat; the coordinator has a link and no code") {
    Invited invited;
    const auto moderator = std::get<PersonId>(
        add_staff(invited.records.database, invited.session, Role::moderator, "Moderaattori 1"));
    const auto guest = std::get<PersonId>(
        add_staff(invited.records.database, invited.session, Role::guest, "Vieras 1"));
    const auto of_moderator = invited.make(moderator);
    CHECK(of_moderator.invitation.kind == InvitationKind::staff);
    CHECK(of_moderator.invitation.role == Role::moderator);
    CHECK(invited.make(guest).invitation.kind == InvitationKind::personal);

    const auto key = std::get<NewInvitation>(
        make_coordinator_key(invited.records.database, "Kaisa", around_now, now, invited.random.bytes()));
    CHECK_FALSE(key.code);
    const auto found = find_by_secret(invited.records.database, key.secret.to_link(), now);
    REQUIRE(found);
    CHECK(found->kind == InvitationKind::coordinator);
    CHECK(found->role == Role::coordinator);
    CHECK_FALSE(found->session);
    CHECK(found == key.invitation);
    const auto newer = std::get<NewInvitation>(
        make_coordinator_key(invited.records.database, "Kaisa", around_now, now, invited.random.bytes()));
    CHECK_FALSE(invited.by_secret(key));
    CHECK(invited.by_secret(newer));
    CHECK(invited.by_secret(of_moderator));
}

TEST_CASE("An invitation needs a registration and a time that comes") {
    Invited invited;
    const auto refusal = [&](PersonId person, InvitationTimes times) {
        return std::get<RefusalWord>(
            invite(invited.records.database, invited.session, person, times, now, invited.random.bytes()));
    };
    CHECK(refusal(PersonId{99}, around_now) == RefusalWord::not_found);
    CHECK(refusal(invited.person, {.not_before = after(5), .expires = after(5)}) == RefusalWord::invalid);
    CHECK(refusal(invited.person, {.not_before = after(-5), .expires = now}) == RefusalWord::invalid);
    CHECK(invited.records.count("invitations") == 0);
    CHECK(usual_times(now, after(4 * 3'600'000)) ==
          InvitationTimes{.not_before = after(-24 * 3'600'000), .expires = after(9 * 3'600'000)});
}

TEST_CASE("The database holds neither secret nor code") {
    Invited invited;
    const auto made = invited.make(invited.person);
    auto row = invited.records.database.read("SELECT secret_hash, code_hash FROM invitations");
    REQUIRE(row.next());
    const auto link = made.secret.to_link();
    const auto code = made.code->to_text();
    for (const int column : {0, 1}) {
        const auto stored = row.text(column);
        CHECK(stored.size() == 32);
        CHECK(stored.find(link) == std::string::npos);
        CHECK(stored.find(code.substr(0, 4)) == std::string::npos);
    }
    // No column of any row holds them, nor the raw bytes of the secret.
    CHECK(invited.records.database.one<int>(
              "SELECT count(*) FROM invitations WHERE instr(hex(secret_hash) || quote(code_hash), ?)", link) == 0);
    // The code's hash is keyed: the same code has another hash in other records.
    CHECK(made.code->hash({}) != made.code->hash({1}));
}

TEST_CASE("Another machine's records have another key") {
    Invited one;
    Records other;
    const auto made = one.make(one.person);
    CHECK_FALSE(find_by_code(other.database, made.code->to_text(), now));
    CHECK_FALSE(find_by_secret(other.database, made.secret.to_link(), now));
}

TEST_CASE("A code that is taken is drawn anew") {
    Invited invited;
    const auto other = invited.records.add("Eino", invited.session);
    // Draws of sixteen bytes are a secret, its code, a secret, its code, the code again.
    int codes = 0;
    const RandomBytes repeating = [&](std::span<std::byte> into) {
        const bool is_code = into.size() == 16 && ++codes % 2 == 0;
        for (auto& byte : into) byte = static_cast<std::byte>(is_code && codes < 5 ? 3 : codes * 7 % 200);
    };
    const auto first = std::get<NewInvitation>(
        invite(invited.records.database, invited.session, invited.person, around_now, now, repeating));
    const auto second = std::get<NewInvitation>(
        invite(invited.records.database, invited.session, other, around_now, now, repeating));
    CHECK(first.code->to_text() == "5555 5555");
    CHECK(second.code->to_text() != first.code->to_text());
}

TEST_CASE("Who has seen my data") {
    Invited invited;
    const auto other = invited.records.add("Eino", invited.session);
    const auto moderator = std::get<PersonId>(
        add_staff(invited.records.database, invited.session, Role::moderator, "Moderaattori 1"));
    const auto key = invited.make(moderator);
    const AccessNote listed{.at = now,
        .act = AccessAct::people_listed,
        .by_invitation = InvitationId{77},
        .by_person = {},
        .by_account = {},
        .session = invited.session};
    const AccessNote viewed{.at = after(5),
        .act = AccessAct::attendance_viewed,
        .by_invitation = key.invitation.id,
        .by_person = moderator,
        .by_account = {},
        .session = invited.session};
    note_access(invited.records.database, listed, std::array{invited.person, other, other});
    note_access(invited.records.database, viewed, std::array{invited.person});
    CHECK(accesses_to(invited.records.database, invited.person) == std::vector{viewed, listed});
    CHECK(accesses_to(invited.records.database, other) == std::vector{listed});
    CHECK(accesses_to(invited.records.database, moderator).empty());
}

TEST_CASE("Reading works on a connection that may only read") {
    Invited invited;
    const auto made = invited.make(invited.person);
    invited.records.database.script("PRAGMA query_only = ON");
    CHECK(invited.by_secret(made));
    CHECK(invited.by_code(made));
    CHECK(session_record(invited.records.database, invited.session));
    CHECK(people_of(invited.records.database, invited.session, now).size() == 1);
    CHECK(look_at_records(invited.records.database, invited.session, read_registrations("Nimi\nMaija\n"))
            .questions.empty());
    CHECK(accesses_to(invited.records.database, invited.person).empty());
}

TEST_CASE("A link of somebody with an account gives no more than the account does now") {
    Invited invited;
    auto& database = invited.records.database;
    const auto account = std::get<AccountId>(add_account(
        database, {.name = "Aino", .roles = {{.role = StaffRole::facilitator, .series = {}}}, .supervises = {}}, now));
    const auto person = etakahvila::people::account(database, account)->person;
    REQUIRE(std::holds_alternative<Role>(take_into_session(database, invited.session, person, Role::facilitator)));
    const auto link = std::get<NewInvitation>(
        invite(database, invited.session, person, around_now, now, invited.random.bytes()));
    const auto role = [&] {
        const auto found = find_by_secret(database, link.secret.to_link(), now);
        return found ? std::optional{found->role} : std::nullopt;
    };
    const auto given = [&](const std::vector<GivenRole>& roles) {
        REQUIRE_FALSE(change_account(database, account, {.name = "Aino", .roles = roles, .supervises = {}}));
    };
    CHECK(role() == Role::facilitator);
    given({});
    CHECK_FALSE(role());
    CHECK_FALSE(find_by_code(database, link.code->to_text(), now));
    given({{.role = StaffRole::moderator, .series = {}}});
    CHECK_FALSE(role());
    given({{.role = StaffRole::facilitator, .series = "Etäkahvila"}});
    CHECK(role() == Role::facilitator);
    REQUIRE_FALSE(lock_account(database, account, now));
    CHECK_FALSE(role());
    REQUIRE_FALSE(lock_account(database, account, {}));
    CHECK(role() == Role::facilitator);
}

TEST_CASE("The coordinator's key says who holds it") {
    Records records;
    CountedBytes random;
    const auto made = [&](std::string_view holder) {
        return make_coordinator_key(records.database, holder, around_now, now, random.bytes());
    };
    CHECK(holder_of_key(records.database, std::get<NewInvitation>(made("  Kaisa   Koordinaattori ")).invitation.id) ==
          "Kaisa Koordinaattori");
    CHECK(std::get<RefusalWord>(made(" ")) == RefusalWord::name_empty);
    CHECK(std::get<RefusalWord>(made(std::string(200, 'a'))) == RefusalWord::name_too_long);
    CHECK_FALSE(holder_of_key(records.database, InvitationId{99}));
}
