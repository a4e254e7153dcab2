// One link and one code for a person and a period: at each moment the link of one session.

#include "people/cancelling.hpp"
#include "people/helpers.hpp"
#include "people/local_time.hpp"
#include "people/mail_queue.hpp"
#include "people/matching.hpp"
#include "people/own_page.hpp"
#include "people/work.hpp"
#include "people/work.hpp"

using namespace etakahvila::people;
using etakahvila::protocol::AbsenceReason;
using etakahvila::protocol::WorkState;

namespace {

UtcTime at(const std::string& date, const std::string& clock) {
    return std::get<UtcTime>(utc_of(*date_in(date), *clock_in(clock)));
}
UtcTime before(UtcTime time) { return UtcTime{time.ms - 1}; }

/// Thursdays from 26.11. to 17.12.2026; a period begins empty.
struct Season {
    Records records;
    etakahvila::records::SqliteDatabase& database = records.database;
    CountedBytes random;
    PeriodId period = make_period("Syksy 2026", "2026-11-26", "2026-12-17");
    PersonId aino = person("Aino Aalto");
    UtcTime start = at("2026-11-20", "12:00");

    PeriodId make_period(const std::string& name, const char* first, const char* last) {
        return database.add<PeriodId>(
            "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
            "skip_moves_turn) VALUES (?, ?, ?, ?, 4, '09:00', '13:00', 30, 1) RETURNING id",
            name, name, std::string{first}, std::string{last});
    }
    /// Enrolled in the period.
    PersonId person(const std::string& name, const char* state = "accepted") {
        const auto made = std::get<PersonId>(add_person(database, {.name = name,
                                                                      .decision_type = "work_activity",
                                                                      .supervisor = "Päivi Virtanen",
                                                                      .phone = {},
                                                                      .email = {},
                                                                      .needs = {}}));
        enrol(made, state);
        return made;
    }
    void enrol(PersonId who, const char* state = "accepted") {
        database.write(
            "INSERT INTO packages (period, name, name_key) VALUES (?, 'Torstait', 'torstait') ON CONFLICT DO NOTHING",
            period);
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at)"
            " SELECT ?, ?, id, '2026-11-26', '2026-12-17', ?, 0 FROM packages",
            who, period, std::string{state});
    }
    static SessionDraft draft(const std::string& date, const std::string& from, const std::string& to) {
        return std::get<SessionDraft>(draft_of({.series = "Keskustelukahvila",
            .theme = "Uni",
            .date = date,
            .start = from,
            .end = to,
            .question = {},
            .help_phone = {},
            .settings = {}}));
    }
    /// A session of the period with Aino in it.
    SessionId day(const std::string& date, const std::string& from = "09:00", const std::string& to = "13:00") {
        const auto session = plan_session(database, draft(date, from, to));
        database.write("UPDATE sessions SET period = ? WHERE id = ?", period, session);
        REQUIRE_FALSE(register_person(database, session, aino));
        return session;
    }
    void cancel(SessionId session) {
        database.write(
            "INSERT INTO cancelled_sessions (session, why, words, by_name, at) VALUES (?, 'staff_ill', 'Ohjaaja on "
            "sairas.', 'Kaisa', 0)",
            session);
    }
    NewInvitation link(PersonId whom) {
        return std::get<NewInvitation>(invite_for_period(database, period, whom, start, random.bytes()));
    }
    KnownInvitation known(const NewInvitation& link, UtcTime now, const std::string& behind = {}) {
        const auto by_secret = known_by_secret(database, link.secret.to_link() + behind, now);
        const auto by_code = known_by_code(database, link.code->to_text() + behind, now);
        REQUIRE(by_secret);
        REQUIRE(by_code);
        CHECK(by_secret->standing == by_code->standing);
        CHECK(by_secret->invitation == by_code->invitation);
        return *by_secret;
    }
};

struct Stands {
    Standing standing{};
    std::optional<SessionId> session;
    bool operator==(const Stands&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Stands& stands) {
    return out << etakahvila::base::name_of(stands.standing) << " "
               << (stands.session ? std::to_string(stands.session->value) : "no session");
}
Stands stands(const KnownInvitation& known) { return {known.standing, known.invitation.session}; }

}  // namespace

TEST_CASE("A season's link is the link of the day that is on, else of the next one, else of the last one") {
    Season season;
    const auto first = season.day("2026-11-26");
    const auto second = season.day("2026-12-03");
    const auto link = season.link(season.aino);
    CHECK(link.invitation.kind == InvitationKind::personal);
    CHECK(link.invitation.role == Role::participant);
    CHECK(link.invitation.period == season.period);
    const auto now_stands = [&](UtcTime now) { return stands(season.known(link, now)); };

    CHECK(now_stands(season.start) == Stands{Standing::early, first});
    CHECK(season.known(link, season.start).invitation.times ==
          InvitationTimes{.not_before = at("2026-11-26", "00:00"), .expires = at("2026-11-26", "18:00")});
    CHECK(now_stands(before(at("2026-11-26", "00:00"))) == Stands{Standing::early, first});
    CHECK(now_stands(at("2026-11-26", "00:00")) == Stands{Standing::open, first});
    CHECK(now_stands(before(at("2026-11-26", "18:00"))) == Stands{Standing::open, first});
    CHECK(now_stands(at("2026-11-26", "18:00")) == Stands{Standing::early, second});
    CHECK(now_stands(at("2026-12-03", "09:00")) == Stands{Standing::open, second});
    CHECK(now_stands(at("2026-12-03", "18:00")) == Stands{Standing::over, second});

    CHECK(still_opens(season.database, link.invitation.id, first, at("2026-11-26", "09:00")));
    CHECK_FALSE(still_opens(season.database, link.invitation.id, second, at("2026-11-26", "09:00")));
    CHECK(people_of(season.database, second, season.start)[0].is_invited);
    CHECK(people_of(season.database, second, season.start)[0].invited_from == at("2026-12-03", "00:00"));
    CHECK(people_of(season.database, second, season.start)[0].invited_until == at("2026-12-03", "18:00"));
}

TEST_CASE("A season's link ends five hours after the last day of its period, and its own page thirty days later") {
    Season season;
    const auto link = season.link(season.aino);
    // Days may still come.
    CHECK(stands(season.known(link, season.start)) == Stands{Standing::early, {}});
    CHECK(opens_own_page(season.known(link, season.start), season.start));
    const auto last = season.day("2026-12-17", "17:00", "23:30");
    const auto end = at("2026-12-18", "05:00");
    const auto before_end = before(at("2026-12-18", "04:30"));
    CHECK(stands(season.known(link, before_end)) == Stands{Standing::open, last});
    CHECK(stands(season.known(link, end)) == Stands{Standing::over, last});
    // Moved behind the end of the period, it is for the period to be made longer.
    REQUIRE(change_session(season.database, last, Season::draft("2026-12-19", "09:00", "13:00")));
    CHECK(stands(season.known(link, at("2026-12-19", "09:00"))) == Stands{Standing::over, last});
    CHECK_FALSE(people_of(season.database, last, at("2026-12-19", "09:00"))[0].is_invited);
    season.database.write("UPDATE periods SET last_day = '2026-12-19'");
    CHECK(stands(season.known(link, at("2026-12-19", "09:00"))) == Stands{Standing::open, last});
    season.database.write("UPDATE periods SET last_day = '2026-12-17'");

    const auto opens = [&](UtcTime now) { return opens_own_page(season.known(link, now), now); };
    const auto own_end = UtcTime{end.ms + std::int64_t{30} * 24 * 3'600'000};
    CHECK(opens(end));
    CHECK(opens(before(own_end)));
    CHECK_FALSE(opens(own_end));
}

TEST_CASE("Two sessions on one day: the earlier until it ended, unless the other is named") {
    Season season;
    const auto morning = season.day("2026-12-03", "09:00", "12:00");
    const auto evening = season.day("2026-12-03", "17:00", "19:00");
    const auto later = season.day("2026-12-10");
    const auto link = season.link(season.aino);
    const auto early = at("2026-12-03", "08:00");
    CHECK(stands(season.known(link, early)) == Stands{Standing::open, morning});
    CHECK(season.known(link, early).today == std::vector{morning, evening});
    CHECK(stands(season.known(link, before(at("2026-12-03", "12:00")))) == Stands{Standing::open, morning});
    CHECK(stands(season.known(link, at("2026-12-03", "12:00"))) == Stands{Standing::open, evening});
    CHECK(season.known(link, at("2026-12-03", "12:00")).today.empty());
    CHECK(stands(season.known(link, at("2026-12-03", "23:00"))) == Stands{Standing::open, evening});

    const auto named = [&](SessionId session, UtcTime now) {
        return stands(season.known(link, now, "." + std::to_string(session.value)));
    };
    CHECK(named(evening, early) == Stands{Standing::open, evening});
    CHECK(season.known(link, early, "." + std::to_string(evening.value)).today.empty());
    CHECK(named(morning, at("2026-12-03", "13:00")) == Stands{Standing::open, morning});
    CHECK(named(morning, at("2026-12-03", "17:00")) == Stands{Standing::over, morning});
    CHECK(named(later, early) == Stands{Standing::early, later});
    // A day that is past is named for its own page.
    CHECK(named(morning, at("2026-12-10", "09:00")) == Stands{Standing::over, morning});
    CHECK(still_opens(season.database, link.invitation.id, evening, early));

    const auto other_elsewhere = season.records.plan("2026-12-03");
    const auto not_theirs = plan_session(season.database, Season::draft("2026-12-03", "09:00", "13:00"));
    season.database.write("UPDATE sessions SET period = ? WHERE id = ?", season.period, not_theirs);
    REQUIRE_FALSE(register_person(season.database, other_elsewhere, season.aino));
    for (const auto session : {other_elsewhere, not_theirs, SessionId{999}}) {
        CAPTURE(session.value);
        const auto behind = "." + std::to_string(session.value);
        CHECK_FALSE(known_by_secret(season.database, link.secret.to_link() + behind, early));
        CHECK_FALSE(known_by_code(season.database, link.code->to_text() + behind, early));
        CHECK_FALSE(still_opens(season.database, link.invitation.id, session, early));
    }
}

TEST_CASE("A link of one session is of no other, whatever is named") {
    Season season;
    const auto here = season.day("2026-12-03");
    const auto there = season.day("2026-12-10");
    const auto now = at("2026-12-03", "09:00");
    const auto made = std::get<NewInvitation>(invite(season.database, here, season.aino,
        usual_times(now, UtcTime{now.ms + 4 * 3'600'000}), now, season.random.bytes()));
    const auto known = [&](SessionId session) {
        return known_by_secret(season.database, made.secret.to_link() + "." + std::to_string(session.value), now);
    };
    CHECK(stands(known(here).value()) == Stands{Standing::open, here});
    CHECK_FALSE(known(there));
}

TEST_CASE("A day that moves, is added, is cancelled or is taken away is found so by the link that is out") {
    Season season;
    const auto first = season.day("2026-11-26");
    const auto link = season.link(season.aino);
    REQUIRE(change_session(season.database, first, Season::draft("2026-11-27", "10:00", "14:00")));
    CHECK(stands(season.known(link, at("2026-11-26", "09:00"))) == Stands{Standing::early, first});
    CHECK(stands(season.known(link, at("2026-11-27", "09:00"))) == Stands{Standing::open, first});

    const auto added = season.day("2026-12-03");
    const auto last = season.day("2026-12-10");
    CHECK(stands(season.known(link, at("2026-12-03", "09:00"))) == Stands{Standing::open, added});
    season.cancel(added);
    CHECK(stands(season.known(link, at("2026-12-03", "09:00"))) == Stands{Standing::early, last});
    CHECK(stands(season.known(link, at("2026-12-03", "09:00"), "." + std::to_string(added.value))) ==
          Stands{Standing::over, added});
    CHECK_FALSE(still_opens(season.database, link.invitation.id, added, at("2026-12-03", "09:00")));
    CHECK(words_of_cancelled(season.database, added) == "Ohjaaja on sairas.");

    REQUIRE_FALSE(unregister(season.database, last, season.aino));
    CHECK(stands(season.known(link, at("2026-12-10", "09:00"))) == Stands{Standing::over, first});
}

TEST_CASE("A ban is of its session: the other days open as before, and the own page too") {
    Season season;
    const auto first = season.day("2026-11-26");
    const auto second = season.day("2026-12-03");
    const auto link = season.link(season.aino);
    const auto now = at("2026-11-26", "10:00");
    revoke_by_ban(season.database, first, season.aino, now);
    CHECK(stands(season.known(link, now)) == Stands{Standing::revoked, first});
    CHECK(season.known(link, now).is_banned);
    CHECK(opens_own_page(season.known(link, now), now));
    CHECK_FALSE(still_opens(season.database, link.invitation.id, first, now));
    CHECK_FALSE(people_of(season.database, first, now)[0].is_invited);
    CHECK(people_of(season.database, second, now)[0].is_invited);
    CHECK(stands(season.known(link, at("2026-12-03", "09:00"))) == Stands{Standing::open, second});

    // A new link is no way round it.
    const auto again = season.link(season.aino);
    CHECK(stands(season.known(again, now)) == Stands{Standing::revoked, first});
    // Another session of the same day is another session.
    const auto evening = season.day("2026-11-26", "17:00", "19:00");
    CHECK(stands(season.known(again, now)) == Stands{Standing::open, evening});

    restore_after_ban(season.database, first, season.aino, UtcTime{now.ms + 1});
    CHECK(season.known(again, now, "." + std::to_string(first.value)).is_banned);
    restore_after_ban(season.database, first, season.aino, now);
    CHECK(stands(season.known(again, now)) == Stands{Standing::open, first});
    CHECK(season.known(link, now).standing == Standing::revoked);
    CHECK_FALSE(season.known(link, now).is_banned);
}

TEST_CASE("A season's link is made for who is enrolled, made anew, revoked, and noted as told") {
    Season season;
    const auto day = season.day("2026-12-03");
    const auto now = at("2026-12-03", "09:00");
    const auto refusal = [&](PeriodId period, PersonId person, UtcTime when) {
        return std::get<RefusalWord>(invite_for_period(season.database, period, person, when, season.random.bytes()));
    };
    for (const auto* state : {"applied", "ended", "withdrawn"})
        CHECK(refusal(season.period, season.person("Eino", state), now) == RefusalWord::not_found);
    CHECK(refusal(PeriodId{99}, season.aino, now) == RefusalWord::not_found);
    CHECK(refusal(season.period, season.aino, at("2026-12-18", "05:00")) == RefusalWord::not_now);
    CHECK(season.records.count("invitations") == 0);
    CHECK(enrolled_in(season.database, season.period) == std::vector{season.aino});

    const auto first = season.link(season.aino);
    const auto of_one = std::get<NewInvitation>(invite(season.database, day, season.aino,
        usual_times(now, UtcTime{now.ms + 4 * 3'600'000}), now, season.random.bytes()));
    const auto second = season.link(season.aino);
    CHECK(season.known(first, now).standing == Standing::revoked);
    CHECK(season.known(second, now).standing == Standing::open);
    CHECK(season.known(of_one, now).standing == Standing::open);
    CHECK(people_of(season.database, day, now).size() == 1);

    CHECK_FALSE(note_told(season.database, season.period, season.aino, now));
    CHECK(has_season_link(season.database, season.period, season.aino));
    CHECK_FALSE(revoke(season.database, season.period, season.aino, now));
    CHECK(season.known(second, now).standing == Standing::revoked);
    CHECK_FALSE(opens_own_page(season.known(second, now), now));
    CHECK(season.known(of_one, now).standing == Standing::open);
    CHECK_FALSE(has_season_link(season.database, season.period, season.aino));
    CHECK(revoke(season.database, season.period, season.aino, now) == RefusalWord::not_found);
    CHECK(note_told(season.database, season.period, season.aino, now) == RefusalWord::not_found);
    for (const auto* column : {"secret_hash", "code_hash"}) {
        CHECK(season.database.one<int>(
                  std::string{"SELECT count(*) FROM invitations WHERE length("} + column + ") = 32") == 3);
    }
}

TEST_CASE("Who was found to be another comes in by the season's link that is out, on all days of either") {
    Season season;
    const auto first = season.day("2026-11-26");
    const auto other = season.person("Aino Alto");
    const auto elsewhere = season.day("2026-12-03");
    REQUIRE_FALSE(unregister(season.database, elsewhere, season.aino));
    REQUIRE_FALSE(register_person(season.database, elsewhere, other));
    REQUIRE_FALSE(register_person(season.database, first, other));
    REQUIRE_FALSE(unregister(season.database, first, season.aino));
    const auto link = season.link(other);
    revoke_by_ban(season.database, elsewhere, other, season.start);

    const auto now = at("2026-11-30", "12:00");
    REQUIRE(make_one(season.database, season.aino, other, sessions_to_come(season.database, other, now)));
    // The ban was of the one who is now the other.
    CHECK(stands(season.known(link, now)) == Stands{Standing::revoked, elsewhere});
    CHECK(season.known(link, at("2026-12-03", "09:00")).is_banned);
    restore_after_ban(season.database, elsewhere, other, season.start);
    const auto opened = season.known(link, at("2026-12-03", "09:00"));
    CHECK(stands(opened) == Stands{Standing::open, elsewhere});
    CHECK(opened.invitation.person == season.aino);
    // A day that was is known by the id of its time.
    const auto past = season.known(link, now, "." + std::to_string(first.value));
    CHECK(past.invitation.person == other);
    CHECK(own_page(season.database, past.invitation, now).days.size() == 1);
    CHECK(enrolled_in(season.database, season.period) == std::vector{season.aino});

    // Where both have a link, the one that stays is that of the one who stays.
    const auto third = season.person("Aino Ahlto");
    const auto of_third = season.link(third);
    REQUIRE(make_one(season.database, season.aino, third, {}));
    CHECK(stands(season.known(link, at("2026-12-03", "09:00"))) == Stands{Standing::open, elsewhere});
    CHECK_FALSE(known_by_secret(season.database, of_third.secret.to_link(), now));
}

TEST_CASE(
    "Who is banned under another id of theirs is banned: no list calls them invited, and no link of theirs opens") {
    Season season;
    const auto day = season.day("2026-12-03");
    const auto other = season.person("Aino Alto");
    REQUIRE_FALSE(register_person(season.database, day, other));
    const auto of_season = season.link(season.aino);
    const auto now = at("2026-12-03", "10:00");
    const auto of_day = std::get<NewInvitation>(invite(season.database, day, season.aino,
        {.not_before = season.start, .expires = at("2026-12-03", "18:00")}, season.start, season.random.bytes()));
    revoke_by_ban(season.database, day, other, now);
    // They were in the room by the other id, and stay registered so.
    REQUIRE(make_one(season.database, season.aino, other, {}));
    for (const auto& one : people_of(season.database, day, now)) {
        CAPTURE(one.person.value);
        CHECK_FALSE(one.is_invited);
        CHECK_FALSE(one.invited_until);
    }
    for (const auto& link : {of_season, of_day}) {
        CHECK(season.known(link, now).standing == Standing::revoked);
        CHECK(season.known(link, now).is_banned);
        CHECK(opens_own_page(season.known(link, now), now));
    }
    restore_after_ban(season.database, day, other, now);
    CHECK(season.known(of_day, now).standing == Standing::open);
    CHECK(people_of(season.database, day, now)[0].is_invited);
    CHECK(people_of(season.database, day, now)[1].is_invited);
}

TEST_CASE("A link gives no staff their seat, though it is a season's") {
    Season season;
    const auto day = season.day("2026-12-03");
    const auto link = season.link(season.aino);
    season.database.write("UPDATE registrations SET role = 'facilitator' WHERE session = ?", day);
    const auto known = season.known(link, at("2026-12-03", "09:00"));
    CHECK_FALSE(known.invitation.session);
    CHECK(known.invitation.role == Role::participant);
    CHECK(known.standing == Standing::early);
}

TEST_CASE("The own page tells today's days and those to come, who is asked why, and what they have told themselves") {
    Season season;
    season.day("2026-11-26");
    const auto today = season.day("2026-12-03");
    const auto cancelled = season.day("2026-12-03", "17:00", "19:00");
    const auto next = season.day("2026-12-10");
    season.cancel(cancelled);
    const auto link = season.link(season.aino);
    const auto now = at("2026-12-03", "10:00");
    const auto invitation = season.known(link, now).invitation;
    const auto page = [&] { return own_page(season.database, invitation, now); };
    CHECK(page().name == "Aino Aalto");
    CHECK(page().supervisor == "Päivi Virtanen");
    CHECK(page().asks == std::vector{AbsenceReason::own_illness, AbsenceReason::child_ill, AbsenceReason::job_interview,
                             AbsenceReason::public_duty, AbsenceReason::other});
    REQUIRE(page().days.size() == 3);
    CHECK(page().days[0].session == today);
    CHECK(page().days[0].is_today);
    CHECK(page().days[0].is_door_open);
    CHECK(page().days[1].cancelled == "Ohjaaja on sairas.");
    CHECK(page().days[1].is_today);
    CHECK_FALSE(page().days[1].is_door_open);
    REQUIRE(cancelled_unseen(season.database, invitation, now).size() == 1);
    CHECK(cancelled_unseen(season.database, invitation, now)[0].session == cancelled);
    note_cancelling_seen(season.database, cancelled, season.aino, now);
    CHECK(cancelled_unseen(season.database, invitation, now).empty());
    CHECK(page().days[2].session == next);
    CHECK_FALSE(page().days[2].is_today);
    CHECK_FALSE(page().days[2].is_door_open);

    const auto tell = [&](SessionId session, bool cannot, std::optional<AbsenceReason> reason, UtcTime when) {
        return tell_absence(
            season.database, invitation, {.session = session, .cannot_come = cannot, .reason = reason}, when);
    };
    // One is asked for a reason, and it is one of those.
    CHECK(tell(next, true, {}, now) == RefusalWord::invalid);
    CHECK_FALSE(tell(next, true, AbsenceReason::child_ill, now));
    CHECK(page().days[2].cannot_come);
    CHECK(page().days[2].reason == AbsenceReason::child_ill);
    CHECK(people_of(season.database, next, now)[0].absence->reason == AbsenceReason::child_ill);
    CHECK(session_record(season.database, next)->roster[0].is_excused);
    // Taken back, all of it is gone.
    CHECK_FALSE(tell(next, false, {}, now));
    CHECK_FALSE(people_of(season.database, next, now)[0].absence);
    CHECK(season.database.one<int>("SELECT count(*) FROM registrations WHERE absence_reason IS NOT NULL") == 0);
    CHECK(tell(cancelled, true, AbsenceReason::other, now) == RefusalWord::not_now);
    CHECK(tell(today, true, AbsenceReason::other, at("2026-12-03", "13:00")) == RefusalWord::not_now);
    CHECK(tell(SessionId{99}, true, AbsenceReason::other, now) == RefusalWord::not_found);

    // What a supervisor has told is seen, and not why.
    REQUIRE_FALSE(set_absence(season.database, next, season.aino,
        AbsenceNotice{.told_at = now, .note = {}, .reason = AbsenceReason::own_illness}, "Päivi Virtanen"));
    CHECK(page().days[2].cannot_come);
    CHECK_FALSE(page().days[2].reason);

    // Nobody asks who comes of their own will.
    season.database.write("UPDATE people SET decision_type = 'social_rehabilitation' WHERE id = ?", season.aino);
    CHECK(page().asks.empty());
    CHECK(tell(next, true, AbsenceReason::own_illness, now) == RefusalWord::invalid);
    CHECK_FALSE(tell(next, true, {}, now));
    season.database.write("UPDATE people SET decision_type = 'disability_work_activity' WHERE id = ?", season.aino);
    CHECK(page().asks == std::vector{AbsenceReason::own_illness, AbsenceReason::other});
    CHECK(tell(next, true, AbsenceReason::child_ill, now) == RefusalWord::invalid);

    // A link of one session tells of that one.
    const auto of_one = std::get<NewInvitation>(invite(season.database, today, season.aino,
        usual_times(now, UtcTime{now.ms + 4 * 3'600'000}), now, season.random.bytes()));
    const auto own = own_page(season.database, of_one.invitation, now);
    REQUIRE(own.days.size() == 1);
    CHECK(own.days[0].session == today);
    CHECK(own.days[0].is_door_open);
    CHECK(tell_absence(season.database, of_one.invitation, {.session = next, .cannot_come = true, .reason = {}}, now) ==
          RefusalWord::not_found);
}

TEST_CASE("Letters of a season are queued beside those of its sessions") {
    Season season;
    const auto day = season.day("2026-12-03");
    const auto of_day = queue_mail(season.database, day, season.aino, season.start);
    const auto first = queue_mail(season.database, season.period, season.aino, season.start);
    const auto second = queue_mail(season.database, season.period, season.aino, season.start);
    CHECK(first != second);
    REQUIRE(mails_of(season.database, season.period).size() == 1);
    CHECK(mails_of(season.database, season.period)[0].id == second);
    CHECK(mails_of(season.database, season.period)[0].period == season.period);
    CHECK_FALSE(mails_of(season.database, season.period)[0].session);
    REQUIRE(mails_of(season.database, day).size() == 1);
    CHECK(mails_of(season.database, day)[0].id == of_day);
    CHECK(mails_of(season.database, day)[0].session == day);
}

TEST_CASE("Links that went out before there were seasons open as before, and their calendars are older than any new") {
    etakahvila::records::SqliteDatabase database{":memory:"};
    database.script("PRAGMA foreign_keys = ON");
    // As the program before seasons left it.
    bring_forward(database, "people", record_steps().first(10));
    CountedBytes random;
    const auto now = at("2026-12-03", "09:00");
    const auto secret = Secret::make(random.bytes());
    const auto banned = Secret::make(random.bytes());
    const auto key = Secret::make(random.bytes());
    database.script(R"(
        INSERT INTO series (id, name, name_key) VALUES (1, 'Syksy', 'syksy');
        INSERT INTO people (id, is_client, name, name_key)
        VALUES (1, 1, 'Aino Aalto', 'aino aalto'), (2, 1, 'Eino', 'eino');
    )");
    database.write(
        "INSERT INTO sessions (id, series, theme, starts_at, ends_at, present_percent, grace_seconds) VALUES (1, 1, "
        "'Uni', ?, ?, 80, 120)",
        now, UtcTime{now.ms + 4 * 3'600'000});
    database.write(
        "INSERT INTO registrations (session, person, role) VALUES (1, 1, 'participant'), (1, 2, "
        "'participant')");
    database.write(
        "INSERT INTO invitations (id, session, person, secret_hash, made_at, not_before, expires) VALUES (7, 1, 1, ?, "
        "0, 0, ?)",
        secret.hash(), UtcTime{now.ms + 1000});
    database.write(
        "INSERT INTO invitations (id, session, person, secret_hash, made_at, not_before, expires, revoked_at, by_ban) "
        "VALUES (8, 1, 2, ?, 0, 0, ?, 5, 1)",
        banned.hash(), UtcTime{now.ms + 1000});
    database.write(
        "INSERT INTO invitations (id, secret_hash, made_at, not_before, expires, holder) VALUES (9, ?, 0, 0, ?, "
        "'Kaisa')",
        key.hash(), UtcTime{now.ms + 1000});
    database.write(
        "INSERT INTO mails (id, session, person, made_at, state, tries, next_try_at, token) VALUES (3, 1, 1, 0, "
        "'waiting', 1, 0, 'token')");
    migrate(database);

    const auto opened = find_by_secret(database, secret.to_link(), now);
    REQUIRE(opened);
    CHECK(opened->id == InvitationId{7});
    CHECK(opened->session == SessionId{1});
    CHECK(opened->person == PersonId{1});
    CHECK_FALSE(opened->period);
    CHECK(still_opens(database, opened->id, SessionId{1}, now));
    CHECK_FALSE(find_by_secret(database, secret.to_link(), UtcTime{now.ms + 1000}));
    CHECK(known_by_secret(database, banned.to_link(), now)->is_banned);
    restore_after_ban(database, SessionId{1}, PersonId{2}, UtcTime{5});
    CHECK(find_by_secret(database, banned.to_link(), now)->person == PersonId{2});
    CHECK(find_by_secret(database, key.to_link(), now)->kind == InvitationKind::coordinator);
    CHECK(holder_of_key(database, InvitationId{9}) == "Kaisa");
    CHECK(mail_due(database, now)->session == SessionId{1});
    CHECK(mail_due(database, now)->token == "token");
    // Entries of calendars had the invitation's number so far.
    CHECK(session_record(database, SessionId{1})->revision == 8);
    REQUIRE(change_session(database, SessionId{1}, Season::draft("2026-12-03", "10:00", "14:00")));
    CHECK(session_record(database, SessionId{1})->revision == 9);
    REQUIRE(change_session(database, SessionId{1}, Season::draft("2026-12-03", "10:00", "14:00")));
    CHECK(session_record(database, SessionId{1})->revision == 9);
}

TEST_CASE("The own page tells of days that were and have an assignment, and whether it has been answered") {
    Season season;
    const auto first = season.day("2026-11-26");
    season.day("2026-11-27");
    const auto second = season.day("2026-11-28");
    season.day("2026-12-03");
    const auto link = season.link(season.aino);
    const auto now = at("2026-12-03", "10:00");
    const auto past = [&] {
        return own_page(season.database, season.known(link, now).invitation, now)
            .past.value_or(std::vector<etakahvila::protocol::PastDay>{});
    };
    CHECK(past().empty());
    const auto open = [&](SessionId session, UtcTime opened_at) {
        const auto assignment = std::get<AssignmentId>(put_assignment(season.database, session,
            {.id = {},
                .version = {},
                .title = "Millainen on sinun yösi?",
                .text = "",
                .questions = {},
                .hint = {},
                .item = {},
                .minutes = 60,
                .ways = {},
                .is_choice = {},
                .second_look = {}}));
        note_assignment_opened(season.database, assignment, opened_at, end_of_day(opened_at));
        return assignment;
    };
    const auto of_first = open(first, at("2026-11-26", "10:00"));
    open(second, at("2026-11-28", "10:00"));
    REQUIRE(past().size() == 2);
    CHECK(past()[0].session == second);
    CHECK(past()[1].session == first);
    CHECK(past()[1].starts_at == at("2026-11-26", "09:00"));
    CHECK_FALSE(past()[1].is_answered);

    const auto returned_at = at("2026-11-26", "12:00");
    REQUIRE(std::holds_alternative<SavedWork>(save_to_return(season.database, first, season.aino,
        {.assignment = of_first, .version = 0, .fields = {"Valvon."}, .settles = {}, .sharing = {}, .wants_call = {}},
        returned_at)));
    const auto work = work_of(season.database, first, of_first, season.aino).value();
    WorkStanding standing{.noted = {.id = work,
                              .assignment = of_first,
                              .person = season.aino,
                              .state = WorkState::returned,
                              .version = 1,
                              .source = etakahvila::protocol::WorkSource::own,
                              .late = false,
                              .returned_at = returned_at,
                              .claimed_by = {},
                              .claimed_until = {},
                              .sent_at = {},
                              .wants_call = {},
                              .answers_by_phone = {}},
        .left_at = {}};
    put_standing(season.database, standing, returned_at);
    REQUIRE(std::holds_alternative<std::int64_t>(
        save_answer(season.database, work, season.aino, 0, "Hyvin kirjoitettu.", false, returned_at)));
    CHECK_FALSE(past()[1].is_answered);
    standing.noted.state = WorkState::sent;
    standing.noted.version = 2;
    standing.noted.claimed_by = season.aino;
    standing.noted.sent_at = returned_at;
    standing.left_at = returned_at;
    put_standing(season.database, standing, returned_at);
    CHECK(past()[1].is_answered);
    CHECK(past()[1].is_unread);
    standing.noted.state = WorkState::read;
    standing.noted.version = 3;
    put_standing(season.database, standing, now);
    CHECK(past()[1].is_answered);
    CHECK_FALSE(past()[1].is_unread);
}
