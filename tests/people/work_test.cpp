#include "people/work.hpp"

#include <algorithm>

#include "people/access_log.hpp"
#include "people/helpers.hpp"
#include "people/matching.hpp"
#include "people/sessions.hpp"

using namespace etakahvila::people;
using namespace etakahvila;
using protocol::Sharing;
using protocol::WorkSource;
using protocol::WorkState;

namespace {

using Fields = std::vector<std::string>;

/// A Thursday in Helsinki, 11:30.
constexpr UtcTime now{1'796'281'200'000 + 9'000'000};
UtcTime later(std::int64_t ms) { return UtcTime{now.ms + ms}; }

struct Day {
    Records records;
    records::SqliteDatabase& database = records.database;
    SessionId session = records.plan();
    PersonId aino = records.add("Aino Aalto", session);
    PersonId olli = std::get<PersonId>(add_staff(database, session, Role::facilitator, "Olli"));
    PersonId mari = std::get<PersonId>(add_staff(database, session, Role::moderator, "Mari"));
    AssignmentId assignment = plan({.id = {},
        .version = {},
        .title = "Millainen on sinun yösi?",
        .text = "Mieti omaa untasi.",
        .questions = {"Milloin nukut?", "Mikä vie unta?"},
        .hint = {},
        .item = {},
        .minutes = 30,
        .ways = {},
        .is_choice = {},
        .second_look = {}});

    Day() { note_assignment_opened(database, assignment, now, end_of_day(now)); }

    AssignmentId plan(const protocol::AssignmentBody& body) {
        return std::get<AssignmentId>(put_assignment(database, session, body));
    }
    /// "3", or why not.
    std::string draft(std::int64_t version, const Fields& fields, bool settles = false) {
        return told(save_draft(database, session, aino,
            {.assignment = assignment, .version = version, .fields = fields, .settles = settles}, now));
    }
    std::string give(std::int64_t version, const Fields& fields, UtcTime at = now) {
        return told(save_to_return(database, session, aino,
            {.assignment = assignment,
                .version = version,
                .fields = fields,
                .settles = {},
                .sharing = {},
                .wants_call = {}},
            at));
    }
    static std::string told(const std::variant<SavedWork, RefusalWord>& saved) {
        if (const auto* word = std::get_if<RefusalWord>(&saved)) return std::string{base::name_of(*word)};
        return std::to_string(std::get<SavedWork>(saved).version);
    }
    protocol::OwnSubmission own(UtcTime at = now) {
        return own_work(database, session, aino, at).work.at(0).submission.value();
    }
    SubmissionId work() { return work_of(database, session, assignment, aino).value(); }

    WorkStanding standing(WorkState state, std::int64_t version) {
        return {.noted = {.id = work(),
                    .assignment = assignment,
                    .person = aino,
                    .state = state,
                    .version = version,
                    .source = WorkSource::own,
                    .late = false,
                    .returned_at = now,
                    .claimed_by = {},
                    .claimed_until = {},
                    .sent_at = {},
                    .wants_call = {},
                    .answers_by_phone = {}},
            .left_at = {}};
    }
    void stands(WorkState state, std::int64_t version) { put_standing(database, standing(state, version), now); }
    void sent(std::int64_t version, std::int64_t after_ms, std::optional<UtcTime> left = {}) {
        auto standing_now = standing(WorkState::sent, version);
        standing_now.noted.claimed_by = olli;
        standing_now.noted.sent_at = later(after_ms);
        standing_now.left_at = left;
        put_standing(database, standing_now, now);
    }
    std::string answer(PersonId by, std::int64_t version, std::string_view words, bool settles = false) {
        const auto saved = save_answer(database, work(), by, version, words, settles, now);
        if (const auto* word = std::get_if<RefusalWord>(&saved)) return std::string{base::name_of(*word)};
        return std::to_string(std::get<std::int64_t>(saved));
    }
    protocol::OpenedWork opened() { return opened_work(database, session, assignment, aino, {session}, now).value(); }
};

std::string word_of(std::optional<RefusalWord> word) { return word ? std::string{base::name_of(*word)} : "done"; }

}  // namespace

TEST_CASE("A draft is one row, and the same again changes nothing") {
    Day day;
    CHECK(day.draft(0, {"Mökillä."}) == "1");
    CHECK(day.draft(1, {"Mökillä.", "Raha"}) == "2");
    CHECK(day.draft(1, {"Mökillä.", "Raha"}) == "2");
    CHECK(day.records.count("submissions") == 1);
    CHECK(day.records.count("other_words") == 0);
    CHECK(day.own().fields == Fields{"Mökillä.", "Raha"});
    CHECK(day.own().state == WorkState::draft);
}

TEST_CASE("Two devices with two drafts: the second is refused, and both texts stay until the person has chosen") {
    Day day;
    CHECK(day.draft(0, {"puhelin"}) == "1");
    CHECK(day.draft(0, {"läppäri"}) == "version_conflict");
    CHECK(day.draft(0, {"läppäri"}) == "version_conflict");
    CHECK(day.draft(0, {"tabletti"}) == "version_conflict");
    CHECK(day.own().fields.at(0) == "puhelin");
    CHECK(day.own().other->fields.at(0) == "läppäri");
    CHECK(day.draft(1, {"puhelin ja läppäri"}, true) == "2");
    CHECK(day.own().other->fields.at(0) == "tabletti");
    CHECK(day.draft(2, {"puhelin ja läppäri"}, true) == "2");
    CHECK_FALSE(day.own().other);
    // Words that were emptied on a device that had seen nothing are no text to keep.
    CHECK(day.draft(0, {""}) == "version_conflict");
    CHECK_FALSE(day.own().other);
}

TEST_CASE("A draft that comes when the work has been returned stays beside it") {
    Day day;
    CHECK(day.give(0, {"palautan"}) == "1");
    day.stands(WorkState::returned, 1);
    CHECK(day.draft(0, {"toinen laite"}) == "already_handled");
    CHECK(day.own().fields.at(0) == "palautan");
    CHECK(day.own().other->fields.at(0) == "toinen laite");
    // The device sends again what it has sent: one return.
    CHECK(day.give(0, {"palautan"}) == "1");
    CHECK(day.give(0, {"eri"}) == "version_conflict");
}

TEST_CASE("What may be returned: innocent words are mended, what deceives is refused, and nothing is lost") {
    struct Given {
        std::string words;
        std::string outcome;
        std::string kept;
    };
    const std::vector<Given> table{
        {"k", "1", "k"},
        {"  Hyvä  ", "1", "Hyvä"},
        {"rivi\u2028rivi", "1", "rivi\nrivi"},
        {"a\u200bb\u00ad", "1", "ab"},
        {"من می\u200cخواهم", "1", "من می\u200cخواهم"},
        {"\U0001fae9", "1", "\U0001fae9"},
        {"=SUM(A1)", "1", "=SUM(A1)"},
        {"<script>alert(1)</script>", "1", "<script>alert(1)</script>"},
        {"'; DROP TABLE submissions; --", "1", "'; DROP TABLE submissions; --"},
        {std::string{"a\x1f"} + "b", "1", "ab"},
        {std::string{"a\0b", 3}, "1", "ab"},
        {"", "text_empty", ""},
        {" \n\u200b ", "text_empty", ""},
        {"\u202draha\u202c", "1", "raha"},
        {"\u202eraha\u202c", "text_not_allowed", ""},
        {std::string(4000, 'x'), "1", std::string(4000, 'x')},
        {std::string(4001, 'x'), "text_too_long", ""},
    };
    for (const auto& given : table) {
        Day day;
        INFO(given.words.substr(0, 40));
        CHECK(day.give(0, {given.words}) == given.outcome);
        if (!given.kept.empty()) CHECK(day.own().fields.at(0) == given.kept);
    }
    Day day;
    CHECK(day.give(0, {std::string(2000, 'x'), std::string(2001, 'x')}) == "text_too_long");
    CHECK(day.give(0, {"", "toinen"}) == "1");
    CHECK(day.own().fields == Fields{"", "toinen"});
    CHECK(day.draft(1, {"a", "b", "c"}) == "invalid");
    CHECK(day.draft(1, {"a", "b", ""}) == "2");
}

TEST_CASE("What a draft may hold is never refused for how it is written: it is kept as far as it can be") {
    Day day;
    CHECK(day.draft(0, {"\u202draha\u202c"}) == "1");
    CHECK(day.draft(1, {" \n "}) == "2");
    CHECK(day.draft(2, {std::string(3000, 'x'), std::string(3000, 'y')}) == "text_too_long");
}

TEST_CASE("In time until the last moment of Helsinki's day, also when the clocks change") {
    const auto at = [](const char* date, int hour, int minute) {
        return std::get<UtcTime>(utc_of(date_in(date).value(), {.hour = hour, .minute = minute}));
    };
    CHECK(end_of_day(at("2026-12-03", 9, 0)) == at("2026-12-04", 0, 0));
    CHECK(end_of_day(UtcTime{at("2026-12-04", 0, 0).ms - 100}) == at("2026-12-04", 0, 0));
    CHECK(end_of_day(at("2026-12-04", 0, 0)) == at("2026-12-05", 0, 0));
    // 23 and 25 hours.
    CHECK(end_of_day(at("2026-03-29", 0, 0)) == at("2026-03-30", 0, 0));
    CHECK(end_of_day(at("2026-10-25", 0, 0)) == at("2026-10-26", 0, 0));
    CHECK(end_of_day(at("2026-10-25", 0, 0)).ms - at("2026-10-25", 0, 0).ms == 25 * 3'600'000);
    Day day;
    CHECK(day.give(0, {"myöhässä"}, UtcTime{end_of_day(now).ms + late_taken_for_ms - 1}) == "1");
    CHECK(day.draft(1, {"x"}) == "2");
    CHECK(day.give(2, {"liian myöhään"}, UtcTime{end_of_day(now).ms + late_taken_for_ms}) == "not_now");
}

TEST_CASE("What staff write down is the same one work, and the person's own draft stays theirs") {
    Day day;
    CHECK(day.draft(0, {"oma luonnos"}) == "1");
    const auto saved = write_down(day.database, day.session,
        {.person = day.aino, .assignment = day.assignment, .source = WorkSource::phone, .fields = {"kerrottu"}}, now);
    CHECK(Day::told(saved) == "2");
    CHECK(day.own().fields.at(0) == "kerrottu");
    CHECK(day.own().other->fields.at(0) == "oma luonnos");
    CHECK(day.records.count("submissions") == 1);
    day.stands(WorkState::returned, 1);
    CHECK(Day::told(write_down(day.database, day.session,
              {.person = day.aino, .assignment = day.assignment, .source = WorkSource::paper, .fields = {"paperi"}},
              now)) == "already_handled");
    CHECK(Day::told(write_down(day.database, day.session,
              {.person = day.olli, .assignment = day.assignment, .source = WorkSource::paper, .fields = {"paperi"}},
              now)) == "not_found");
}

TEST_CASE("How it stands is written once for each version, whatever comes again") {
    Day day;
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    day.stands(WorkState::assigned, 2);
    day.stands(WorkState::returned, 1);
    const auto all = standings_of(day.database, day.session);
    REQUIRE(all.size() == 1);
    CHECK(all[0].noted.state == WorkState::assigned);
    CHECK(all[0].noted.version == 2);
}

TEST_CASE("An answer reaches its author when it has left; one that is taken back never was") {
    Day day;
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    CHECK(day.answer(day.olli, 0, "Hei Aino! Kiitos.") == "1");
    CHECK(day.own().state == WorkState::returned);
    day.sent(2, 30'000);
    CHECK(day.own().answers.empty());
    CHECK(day.own().state == WorkState::assigned);
    CHECK(day.own().claimed_name == "Olli");
    // Words that are on their way stay as they are.
    CHECK(day.answer(day.olli, 1, "Muuta.") == "already_handled");
    CHECK(word_of(give_thanks(day.database, day.work(), "Kiitos!", now)) == "not_now");
    REQUIRE(day.own(later(30'000)).answers.size() == 1);
    CHECK(day.own(later(30'000)).answers[0].text == "Hei Aino! Kiitos.");
    CHECK(day.own(later(30'000)).state == WorkState::sent);
    day.stands(WorkState::answered, 3);
    CHECK(day.own(later(60'000)).answers.empty());
    CHECK(day.records.count("sent_answers") == 0);
}

TEST_CASE("A correction is shown beside the first answer, and taken back alone") {
    Day day;
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    day.answer(day.olli, 0, "Ensimmäinen.");
    day.sent(2, -60'000);
    CHECK(is_sent_as_it_stands(day.database, day.work()));
    CHECK(day.answer(day.olli, 1, "Korjattu.") == "2");
    CHECK_FALSE(is_sent_as_it_stands(day.database, day.work()));
    day.sent(3, 30'000, later(-60'000));
    CHECK(day.own().answers.size() == 1);
    CHECK(day.own().state == WorkState::sent);
    day.sent(4, -60'000, later(-60'000));
    CHECK(day.own(later(60'000)).answers.size() == 1);
    day.sent(5, 30'000, later(-60'000));
    REQUIRE(day.own(later(60'000)).answers.size() == 2);
    CHECK(is_sent_as_it_stands(day.database, day.work()));
    CHECK(day.own(later(60'000)).answers[1].text == "Korjattu.");
    CHECK(word_of(give_thanks(day.database, day.work(), "Kiitos!", later(60'000))) == "done");
    CHECK(word_of(give_thanks(day.database, day.work(), "Kiitos!", later(60'000))) == "done");
    CHECK(word_of(give_thanks(day.database, day.work(), "Toiset kiitokset", later(60'000))) == "already_handled");
}

TEST_CASE("What has left has left though the wall's clock is set back: it is shown, and can be corrected") {
    Day day;
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    day.answer(day.olli, 0, "Ensimmäinen.");
    // Sent an hour from now, by the clock as it has been set.
    day.sent(2, 3'600'000);
    CHECK(day.own().answers.empty());
    CHECK(day.answer(day.olli, 1, "Muuta.") == "already_handled");
    day.sent(3, 3'600'000, later(3'600'000));
    CHECK(day.own().answers.size() == 1);
    CHECK(day.own().state == WorkState::sent);
    CHECK(day.answer(day.olli, 1, "Korjattu.") == "2");
    day.sent(4, 3'600'001, later(3'600'000));
    CHECK(day.own().answers.size() == 1);
    CHECK(day.answer(day.olli, 2, "Muuta.") == "already_handled");
    day.sent(5, 3'600'001, later(3'600'001));
    REQUIRE(day.own().answers.size() == 2);
    CHECK(day.own().answers[0].text == "Ensimmäinen.");
    CHECK(day.own().answers[1].text == "Korjattu.");
    CHECK(word_of(give_thanks(day.database, day.work(), "Kiitos!", now)) == "done");
}

TEST_CASE("Two of the staff write one answer: the second is refused, and both texts stay") {
    Day day;
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    CHECK(day.answer(day.olli, 0, "Ollin") == "1");
    CHECK(day.answer(day.mari, 0, "Marin") == "version_conflict");
    CHECK(day.opened().answer->text == "Ollin");
    CHECK(day.opened().answer->other == "Marin");
    CHECK(day.answer(day.mari, 1, "Ollin ja Marin", true) == "2");
    CHECK_FALSE(day.opened().answer->other);
}

TEST_CASE("A ready opening is never sent as it stands, and a second look is by another") {
    Day day;
    day.plan({.id = day.assignment,
        .version = 1,
        .title = "Yö",
        .text = "",
        .questions = {},
        .hint = {},
        .item = {},
        .minutes = 30,
        .ways = {},
        .is_choice = {},
        .second_look = true});
    CHECK(word_of(set_openings(day.database, day.session, {"Kiitos, että kerroit!", " ", "Kiitos, että kerroit!"})) ==
          "done");
    CHECK(openings_of(day.database, day.session) == Fields{"Kiitos, että kerroit!"});
    CHECK(word_of(set_openings(day.database, day.session, Fields(21, "x"))) == "done");
    Fields many;
    for (int each = 0; each < 21; ++each) many.push_back("Hei " + std::to_string(each));
    CHECK(word_of(set_openings(day.database, day.session, many)) == "invalid");
    set_openings(day.database, day.session, {"Kiitos, että kerroit!"});
    day.give(0, {"palautan"});
    day.stands(WorkState::returned, 1);
    CHECK(word_of(why_not_send(day.database, day.work())) == "text_empty");
    day.answer(day.olli, 0, "Kiitos, että kerroit! ");
    CHECK(word_of(why_not_send(day.database, day.work())) == "add_your_own_words");
    day.answer(day.olli, 1, "Kiitos, että kerroit! Nuku hyvin.");
    CHECK(word_of(why_not_send(day.database, day.work())) == "needs_second_look");
    CHECK(word_of(note_looked_at(day.database, day.work(), day.olli, 2)) == "not_permitted");
    CHECK(word_of(note_looked_at(day.database, day.work(), day.mari, 1)) == "version_conflict");
    CHECK(word_of(note_looked_at(day.database, day.work(), day.mari, 2)) == "done");
    CHECK(word_of(why_not_send(day.database, day.work())) == "done");
    day.answer(day.olli, 2, "Kiitos, että kerroit! Nuku hyvin.  Nähdään.");
    CHECK(word_of(why_not_send(day.database, day.work())) == "needs_second_look");
}

TEST_CASE("No staff read a draft, and the call they are asked for shows whom to call") {
    Day day;
    day.draft(0, {"salaisuus"});
    set_call_back(day.database, day.work(), "000 000 0007");
    CHECK_FALSE(day.opened().fields);
    CHECK_FALSE(day.opened().call_back);
    auto wish = day.standing(WorkState::draft, 1);
    wish.noted.returned_at.reset();
    wish.noted.wants_call = true;
    put_standing(day.database, wish, now);
    CHECK_FALSE(day.opened().fields);
    CHECK(day.opened().call_back == "000 000 0007");
    CHECK(word_of(note_worry_done(day.database, day.work(), "")) == "text_empty");
    CHECK(word_of(note_worry_done(day.database, day.work(), "Soitettu.")) == "done");
    CHECK(day.opened().worry_done == "Soitettu.");
}

TEST_CASE("It is read aloud to the group as its author wishes, and the wish can be changed until then") {
    Day day;
    day.give(0, {"palautan"});
    CHECK(word_of(note_shared(day.database, day.work(), now)) == "not_found");
    day.stands(WorkState::returned, 1);
    CHECK(day.own().sharing == Sharing::no);
    CHECK(word_of(note_shared(day.database, day.work(), now)) == "not_permitted");
    CHECK(word_of(set_sharing(day.database, day.work(), Sharing::with_name)) == "done");
    CHECK(word_of(set_sharing(day.database, day.work(), Sharing::no)) == "done");
    CHECK(word_of(note_shared(day.database, day.work(), now)) == "not_permitted");
    set_sharing(day.database, day.work(), Sharing::without_name);
    CHECK(word_of(note_shared(day.database, day.work(), now)) == "done");
    CHECK(word_of(set_sharing(day.database, day.work(), Sharing::no)) == "already_handled");
    CHECK(word_of(note_shared(day.database, day.work(), now)) == "already_handled");
}

TEST_CASE("Other words of an assignment are another version, and who has answered the old one still sees it") {
    Day day;
    day.give(0, {"vanhaan", "kysymykseen"});
    day.stands(WorkState::returned, 1);
    const auto eino = day.records.add("Eino", day.session);
    protocol::AssignmentBody other{.id = day.assignment,
        .version = 1,
        .title = "Uusi otsikko",
        .text = "",
        .questions = {"Yksi"},
        .hint = {},
        .item = {},
        .minutes = 30,
        .ways = {},
        .is_choice = {},
        .second_look = {}};
    day.plan(other);
    CHECK(std::get<RefusalWord>(put_assignment(day.database, day.session, other)) == RefusalWord::version_conflict);
    other.version = 2;
    other.minutes = 45;
    CHECK(std::get<RefusalWord>(put_assignment(day.database, day.session, other)) == RefusalWord::not_now);
    CHECK(own_work(day.database, day.session, day.aino, now).work.at(0).assignment.title == "Millainen on sinun yösi?");
    CHECK(day.opened().assignment.questions.size() == 2);
    CHECK(own_work(day.database, day.session, eino, now).work.at(0).assignment.title == "Uusi otsikko");
    other.title = "\u202eraha\u202c";
    CHECK(std::get<RefusalWord>(put_assignment(day.database, day.session, other)) == RefusalWord::text_not_allowed);
    other.title = " ";
    CHECK(std::get<RefusalWord>(put_assignment(day.database, day.session, other)) == RefusalWord::text_empty);
    CHECK(word_of(drop_assignment(day.database, day.session, day.assignment)) == "not_now");
}

TEST_CASE("Who has begun loses no field when there are fewer questions, and is given more when there are more") {
    Day day;
    CHECK(day.draft(0, {"yksi", "kaksi"}) == "1");
    protocol::AssignmentBody other{.id = day.assignment,
        .version = {},
        .title = "Yö",
        .text = "",
        .questions = {"Yksi"},
        .hint = {},
        .item = {},
        .minutes = 30,
        .ways = {},
        .is_choice = {},
        .second_look = {}};
    day.plan(other);
    CHECK(day.draft(1, {"yksi", "kaksi ja vähän"}) == "2");
    CHECK(day.own().fields == Fields{"yksi", "kaksi ja vähän"});
    other.questions = {"Yksi", "Kaksi", "Kolme"};
    day.plan(other);
    CHECK(day.give(2, {"yksi", "kaksi", "kolme"}) == "3");
    CHECK(day.own().fields == Fields{"yksi", "kaksi", "kolme"});
}

TEST_CASE("The person's last three stand beside, of the sessions whose staff ask") {
    Day day;
    day.give(0, {"ensin"});
    day.stands(WorkState::returned, 1);
    day.answer(day.olli, 0, "Hei!");
    day.sent(2, -60'000);
    const auto first = day.session;
    day.session = day.records.plan("2026-12-10");
    REQUIRE_FALSE(register_person(day.database, day.session, day.aino));
    day.assignment = day.plan({.id = {},
        .version = {},
        .title = "Toinen",
        .text = "",
        .questions = {},
        .hint = {},
        .item = {},
        .minutes = 30,
        .ways = {},
        .is_choice = {},
        .second_look = {}});
    note_assignment_opened(day.database, day.assignment, now, end_of_day(now));
    day.give(0, {"sitten"});
    const auto seen = [&](const std::vector<SessionId>& also) {
        return opened_work(day.database, day.session, day.assignment, day.aino, also, now)->earlier;
    };
    CHECK(seen({day.session}).empty());
    REQUIRE(seen({day.session, first}).size() == 1);
    CHECK(seen({first})[0].answer == "Hei!");
    CHECK(answered_before(day.database, day.session).at(day.aino) == day.olli);
}

TEST_CASE("A rehearsal leaves no row") {
    Day day;
    day.give(0, {"palautan"});
    day.draft(0, {"toinen"});
    day.stands(WorkState::returned, 1);
    day.answer(day.olli, 0, "Hei!");
    day.sent(2, -60'000);
    forget_work(day.database, day.session);
    for (const auto* table : {"submissions", "other_words", "sent_answers"}) CHECK(day.records.count(table) == 0);
    CHECK(own_work(day.database, day.session, day.aino, now).work.empty());
    CHECK(assignments_of(day.database, day.session).size() == 1);
}

TEST_CASE("A link shows its own page before its day, after it, and after a ban; revoked or much later it does not") {
    Day day;
    CountedBytes random;
    const auto record = session_record(day.database, day.session);
    const auto times = usual_times(record->starts_at, record->ends_at);
    const auto invitation = std::get<NewInvitation>(
        invite(day.database, day.session, day.aino, times, now, random.bytes()));
    const auto opens = [&](UtcTime at) {
        return opens_own_page(known_by_secret(day.database, invitation.secret.to_link(), at).value(), at);
    };
    const std::int64_t days = 24 * 3'600'000;
    CHECK(opens(UtcTime{times.not_before.ms - days}));
    CHECK(opens(now));
    CHECK(opens(UtcTime{times.expires.ms + 30 * days - 1}));
    CHECK_FALSE(opens(UtcTime{times.expires.ms + 30 * days}));
    revoke_by_ban(day.database, day.session, day.aino, now);
    CHECK(known_by_secret(day.database, invitation.secret.to_link(), now)->standing == Standing::revoked);
    CHECK(opens(now));
    restore_after_ban(day.database, day.session, day.aino, now);
    CHECK(known_by_secret(day.database, invitation.secret.to_link(), now)->standing == Standing::open);
    revoke_by_ban(day.database, day.session, day.aino, now);
    CHECK_FALSE(revoke(day.database, day.session, day.aino, now));
    CHECK_FALSE(opens(now));
}

TEST_CASE("Two are made one: each work stays where it was written, and what is read of the person later has both") {
    Day day;
    auto& database = day.database;
    const auto other = day.records.add("Aino Aalto", day.session);
    const auto elsewhere = day.records.plan();
    const auto next = day.records.plan("2026-12-10");
    for (const auto session : {elsewhere, next}) REQUIRE_FALSE(register_person(database, session, other));
    REQUIRE_FALSE(register_person(database, next, day.aino));
    // Both have written to one assignment, before a room has seen either.
    day.give(0, {"Mökillä nukun."});
    const auto told = save_to_return(database, day.session, other,
        {.assignment = day.assignment,
            .version = 0,
            .fields = {"Sohvalla."},
            .settles = {},
            .sharing = {},
            .wants_call = {}},
        now);
    const auto others_work = std::get<SavedWork>(told).work;
    auto standing = day.standing(WorkState::assigned, 1);
    standing.noted.id = others_work;
    standing.noted.person = other;
    standing.noted.claimed_by = day.mari;
    put_standing(database, standing, now);
    save_answer(database, others_work, day.mari, 0, "Hei, sohva on hyvä.", false, now);
    standing.noted.state = WorkState::sent;
    standing.noted.version = 2;
    standing.noted.sent_at = now;
    standing.left_at = now;
    put_standing(database, standing, now);
    day.stands(WorkState::returned, 1);
    note_access(database,
        {.at = now,
            .act = AccessAct::work_opened,
            .by_invitation = {},
            .by_person = day.mari,
            .by_account = {},
            .session = day.session},
        std::vector{other});

    const std::vector sessions{day.session, elsewhere, next};
    REQUIRE(make_one(database, day.aino, other, sessions));
    const auto is_in = [&](SessionId session, PersonId person) {
        return database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", session, person);
    };
    CHECK(is_in(day.session, other));
    CHECK_FALSE(is_in(elsewhere, other));
    CHECK(is_in(elsewhere, day.aino));
    CHECK_FALSE(is_in(next, other));

    // Nothing of either is lost: neither the words nor the answer, on each one's own page and for the staff.
    CHECK(day.own().fields == Fields{"Mökillä nukun.", ""});
    const auto own = own_work(database, day.session, other, now).work.at(0).submission.value();
    CHECK(own.fields == Fields{"Sohvalla.", ""});
    CHECK(own.answers.at(0).text == "Hei, sohva on hyvä.");
    CHECK(desk_rows(database, day.session, now).size() == 2);
    CHECK(day.opened().fields == Fields{"Mökillä nukun.", ""});
    CHECK(opened_work(database, day.session, day.assignment, other, {day.session}, now)->fields ==
          Fields{"Sohvalla.", ""});

    // The next time they are one: with the work of both, whoever answered, and who has seen it.
    const auto again = std::get<AssignmentId>(put_assignment(database, next,
        {.id = {},
            .version = {},
            .title = "Raha",
            .text = "",
            .questions = {},
            .hint = {},
            .item = {},
            .minutes = 30,
            .ways = {},
            .is_choice = {},
            .second_look = {}}));
    note_assignment_opened(database, again, now, end_of_day(now));
    REQUIRE(std::holds_alternative<SubmissionId>(begin_work(database, next, again, day.aino, now)));
    const auto opened = opened_work(database, next, again, day.aino, {day.session}, now);
    std::vector<std::string> earlier;
    for (const auto& each : opened->earlier) earlier.push_back(each.fields.at(0));
    std::sort(earlier.begin(), earlier.end());
    CHECK(earlier == Fields{"Mökillä nukun.", "Sohvalla."});
    CHECK(answered_before(database, next).at(day.aino) == day.mari);
    CHECK(accesses_to(database, day.aino).at(0).act == AccessAct::work_opened);
    CHECK(ids_of(database, day.aino) == std::vector{day.aino, other});
}
