#include "people/helpers.hpp"
#include "people/names.hpp"
#include "people/password.hpp"
#include "people/sign_in.hpp"

using namespace etakahvila::people;

namespace {

constexpr UtcTime now{1'796'281'200'000};
constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

UtcTime after(std::int64_t ms) { return {now.ms + ms}; }

AccountForm form(const std::string& name, std::vector<GivenRole> roles = {}, std::vector<std::string> supervises = {}) {
    return {.name = name, .roles = std::move(roles), .supervises = std::move(supervises)};
}
GivenRole everywhere(StaffRole role) { return {.role = role, .series = {}}; }

class Staff : public Records {
public:
    AccountId add(const AccountForm& wanted) { return std::get<AccountId>(add_account(database, wanted, now)); }
    AccountId add_with_password(const std::string& name) {
        const auto account = add(form(name));
        const auto link = std::get<Secret>(make_password_link(database, account, now, random.bytes()));
        REQUIRE(set_password(database, link.to_link(), "a hash", now) == account);
        return account;
    }
    CountedBytes random;
};

}  // namespace

TEST_CASE("a password is long, and nothing else is asked of it") {
    CHECK_FALSE(is_good_password("lyhyt"));
    CHECK_FALSE(is_good_password("yksitoista."));
    CHECK(is_good_password("äöäöäöäöäöäö"));
    CHECK(is_good_password("kahvi ja pulla"));
    CHECK_FALSE(is_good_password("kahvi\nja pulla"));
    CHECK_FALSE(is_good_password(std::string(password_bytes_max + 1, 'a')));
}

TEST_CASE("a password is stored as Argon2id, with a salt of its own") {
    const auto hash = password_hash("kahvi ja pulla");
    CHECK(hash.starts_with("$argon2id$"));
    CHECK(hash != password_hash("kahvi ja pulla"));
    CHECK(is_password("kahvi ja pulla", hash));
    CHECK_FALSE(is_password("kahvi ja pullaa", hash));
    CHECK_FALSE(is_password("", hash));
    CHECK_FALSE(is_password("kahvi ja pulla", "not a hash"));
    // Of the same cost, so that nobody tells an unknown name by the time it takes.
    const auto costs = [](const std::string& text) { return text.substr(0, text.find('$', text.find("m="))); };
    CHECK(costs(hash_of_nobody()) == costs(hash));
}

TEST_CASE("an account is a person under one name, with roles in a series or in all") {
    Staff staff;
    const auto session = staff.plan();
    const auto aino = staff.add(form(" Aino  Ahonen ",
        {{.role = StaffRole::facilitator, .series = "etäkahvila"}, everywhere(StaffRole::supervisor)}));
    const auto found = account(staff.database, aino);
    REQUIRE(found);
    CHECK(found->name == "Aino Ahonen");
    CHECK(found->roles == std::vector<GivenRole>{everywhere(StaffRole::supervisor),
                              {.role = StaffRole::facilitator, .series = "Etäkahvila"}});
    CHECK(found->supervises == std::vector<std::string>{"Aino Ahonen"});
    CHECK_FALSE(found->has_password);
    CHECK_FALSE(person_details(staff.database, found->person)->supervisor);
    CHECK(account_named(staff.database, "AINO ahonen")->id == aino);

    CHECK(std::get<RefusalWord>(add_account(staff.database, form("aino ahonen"), now)) == RefusalWord::invalid);
    // Of a Cyrillic А, and with a point: nobody would tell them apart.
    CHECK(std::get<RefusalWord>(add_account(staff.database, form("Аino Ahonen"), now)) == RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(add_account(staff.database, form("aino.ahonen"), now)) == RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(add_account(staff.database, form(" "), now)) == RefusalWord::name_empty);
    CHECK(std::get<RefusalWord>(add_account(staff.database, form(std::string(81, 'a')), now)) ==
          RefusalWord::name_too_long);
    CHECK(std::get<RefusalWord>(add_account(staff.database, form("a\u202eb"), now)) == RefusalWord::name_not_allowed);
    CHECK(std::get<RefusalWord>(add_account(staff.database,
              form("Bertta", {{.role = StaffRole::moderator, .series = "Ei ole"}}), now)) == RefusalWord::not_found);
    CHECK(accounts(staff.database).size() == 1);
    CHECK(staff.count("people") == 1);

    CHECK_FALSE(change_account(staff.database, aino, form("Aino Berg", {everywhere(StaffRole::coordinator)})));
    CHECK(account(staff.database, aino)->roles == std::vector<GivenRole>{everywhere(StaffRole::coordinator)});
    CHECK(account(staff.database, aino)->supervises.empty());
    CHECK_FALSE(account_named(staff.database, "Aino Ahonen"));
    CHECK(change_account(staff.database, AccountId{99}, form("X")) == RefusalWord::not_found);
    const auto bertta = staff.add(form("Bertta"));
    CHECK(change_account(staff.database, bertta, form("aino berg")) == RefusalWord::invalid);
    CHECK_FALSE(change_account(staff.database, bertta, form("BERTTA")));
    CHECK(series_of(staff.database, session) == "Etäkahvila");
    CHECK_FALSE(series_of(staff.database, SessionId{99}));
}

TEST_CASE("a password's link works once, for a week, and for an account that is not locked") {
    Staff staff;
    const auto aino = staff.add(form("Aino"));
    const auto first = std::get<Secret>(make_password_link(staff.database, aino, now, staff.random.bytes())).to_link();
    const auto second = std::get<Secret>(make_password_link(staff.database, aino, now, staff.random.bytes())).to_link();
    CHECK_FALSE(account_of_password_link(staff.database, first, now));
    CHECK(account_of_password_link(staff.database, second, now) == aino);
    CHECK_FALSE(account_of_password_link(staff.database, second, after(7 * 24 * hour)));
    CHECK_FALSE(account_of_password_link(staff.database, "", now));
    CHECK_FALSE(account_of_password_link(staff.database, "AAAAAAAAAAAAAAAAAAAAAA", now));
    lock_account(staff.database, aino, now);
    CHECK_FALSE(set_password(staff.database, second, "a hash", now));
    lock_account(staff.database, aino, {});
    CHECK_FALSE(stored_password(staff.database, aino));
    CHECK(set_password(staff.database, second, "a hash", now) == aino);
    CHECK(stored_password(staff.database, aino) == "a hash");
    CHECK_FALSE(set_password(staff.database, second, "another", now));
    CHECK(std::get<RefusalWord>(make_password_link(staff.database, AccountId{99}, now, staff.random.bytes())) ==
          RefusalWord::not_found);
}

TEST_CASE("a sign-in ends when it is idle, when it is old, when its account is locked, and by hand") {
    Staff staff;
    const auto aino = staff.add_with_password("Aino");
    const auto cookie = sign_in(staff.database, aino, now, staff.random.bytes()).to_link();
    const auto works = [&](UtcTime at) { return find_sign_in(staff.database, cookie, at).has_value(); };
    CHECK(works(now));
    CHECK(works(after(sign_in_idle_minutes * minute - 1)));
    CHECK_FALSE(works(after(sign_in_idle_minutes * minute)));
    const auto id = find_sign_in(staff.database, cookie, now)->id;

    for (std::int64_t at = 0; at < sign_in_hours_max * hour; at += hour) note_use(staff.database, id, after(at));
    CHECK(works(after(sign_in_hours_max * hour - 1)));
    CHECK_FALSE(works(after(sign_in_hours_max * hour)));
    note_use(staff.database, id, now);
    CHECK(find_sign_in(staff.database, cookie, after(13 * hour))->used_at == after(13 * hour));
    CHECK_FALSE(
        is_use_worth_noting(*find_sign_in(staff.database, cookie, after(13 * hour)), after(13 * hour + minute - 1)));
    CHECK(is_use_worth_noting(*find_sign_in(staff.database, cookie, after(13 * hour)), after(13 * hour + minute)));

    const auto other = sign_in(staff.database, aino, now, staff.random.bytes()).to_link();
    const auto bertta = sign_in(staff.database, staff.add_with_password("Bertta"), now, staff.random.bytes()).to_link();
    sign_out(staff.database, id);
    CHECK_FALSE(works(now));
    CHECK(find_sign_in(staff.database, other, now));
    CHECK(sign_out_everywhere(staff.database, aino) == 1);
    CHECK_FALSE(find_sign_in(staff.database, other, now));
    CHECK(find_sign_in(staff.database, bertta, now));
    lock_account(staff.database, account_named(staff.database, "Bertta")->id, now);
    CHECK_FALSE(find_sign_in(staff.database, bertta, now));
    CHECK(staff.count("sign_ins") == 0);
}

TEST_CASE("a new password ends every sign-in, and a new sign-in forgets the expired ones") {
    Staff staff;
    const auto aino = staff.add_with_password("Aino");
    const auto cookie = sign_in(staff.database, aino, now, staff.random.bytes()).to_link();
    const auto link = std::get<Secret>(make_password_link(staff.database, aino, now, staff.random.bytes()));
    CHECK(find_sign_in(staff.database, cookie, now));
    set_password(staff.database, link.to_link(), "another", now);
    CHECK_FALSE(find_sign_in(staff.database, cookie, now));
    sign_in(staff.database, aino, now, staff.random.bytes());
    sign_in(staff.database, aino, after(24 * hour), staff.random.bytes());
    CHECK(staff.count("sign_ins") == 1);
}

TEST_CASE("the token against other sites' pages is bound to the cookie, and tells nothing of it") {
    CountedBytes random;
    const auto one = Secret::make(random.bytes());
    const auto other = Secret::make(random.bytes());
    CHECK(is_csrf_token(one, csrf_token(one)));
    CHECK_FALSE(is_csrf_token(one, csrf_token(other)));
    CHECK_FALSE(is_csrf_token(one, ""));
    CHECK_FALSE(is_csrf_token(one, one.to_link()));
}

TEST_CASE("a supervisor's own people are those whose registration names them, as it was typed") {
    Staff staff;
    const auto session = staff.plan();
    PersonDetails details{
        .name = "Maija", .decision_type = {}, .supervisor = "Päivi  VIRTANEN", .phone = {}, .email = {}, .needs = {}};
    const auto maija = std::get<PersonId>(add_person(staff.database, details));
    REQUIRE_FALSE(register_person(staff.database, session, maija));
    const auto shown = *person_details(staff.database, maija);
    CHECK(is_supervised_by(shown, {"päivi virtanen"}));
    CHECK_FALSE(is_supervised_by(shown, {"päivi"}));
    CHECK_FALSE(is_supervised_by(shown, {}));
    CHECK(has_people_of(staff.database, session, {"x", "päivi virtanen"}));
    CHECK_FALSE(has_people_of(staff.database, session, {"x"}));
    CHECK_FALSE(has_people_of(staff.database, SessionId{99}, {"päivi virtanen"}));
    CHECK(supervisors_named(staff.database) == std::vector<std::string>{"Päivi VIRTANEN"});
}

TEST_CASE("a supervisor is found under every way to write the name, and belongs to one account") {
    Staff staff;
    const auto session = staff.plan();
    PersonDetails details{
        .name = "Maija", .decision_type = {}, .supervisor = "VIRTANEN,  Liisa", .phone = {}, .email = {}, .needs = {}};
    const auto maija = std::get<PersonId>(add_person(staff.database, details));
    REQUIRE_FALSE(register_person(staff.database, session, maija));
    details.supervisor = "Liisa Virtanen";
    details.name = "Pentti";
    add_person(staff.database, details);
    CHECK(is_supervised_by(*person_details(staff.database, maija), {person_key("Liisa Virtanen")}));
    CHECK(has_people_of(staff.database, session, {person_key("virtanen liisa")}));
    CHECK(supervisors_named(staff.database).size() == 1);

    const std::vector<GivenRole> roles{everywhere(StaffRole::supervisor)};
    const auto liisa = staff.add(form("Liisa Virtanen", roles));
    for (const auto* spelling : {"Liisa Virtanen", "liisa  virtanen", "Virtanen, Liisa", "VIRTANEN LIISA"}) {
        const auto taken = taken_supervisor(staff.database, form("Toinen Ohjaaja", roles, {spelling}));
        REQUIRE(taken);
        CHECK(taken->account == "Liisa Virtanen");
    }
    CHECK(taken_supervisor(staff.database, form("Virtanen Liisa", roles)));
    CHECK_FALSE(taken_supervisor(staff.database, form("Virtanen Liisa", {everywhere(StaffRole::facilitator)})));
    CHECK_FALSE(taken_supervisor(staff.database, form("Toinen Ohjaaja", roles, {"Liisa Virtanen (Itä)"})));
    CHECK_FALSE(taken_supervisor(staff.database, form("Liisa Virtanen", roles), liisa));
    // Who has left gives the name free.
    lock_account(staff.database, liisa, now);
    CHECK_FALSE(taken_supervisor(staff.database, form("Toinen Ohjaaja", roles, {"Liisa Virtanen"})));
}

TEST_CASE("an account's person is taken into a session once, and the role they have there stands") {
    Staff staff;
    const auto session = staff.plan();
    const auto person = account(staff.database, staff.add(form("Aino")))->person;
    CHECK(std::get<RefusalWord>(take_into_session(staff.database, session, person, Role::participant)) ==
          RefusalWord::invalid);
    CHECK(std::get<RefusalWord>(take_into_session(staff.database, SessionId{99}, person, Role::moderator)) ==
          RefusalWord::not_found);
    CHECK(std::get<Role>(take_into_session(staff.database, session, person, Role::moderator)) == Role::moderator);
    CHECK(std::get<Role>(take_into_session(staff.database, session, person, Role::facilitator)) == Role::facilitator);
    CHECK(role_in(staff.database, session, person) == Role::facilitator);
    const auto record = session_record(staff.database, session);
    REQUIRE(record->roster.size() == 1);
    CHECK(record->roster.front().display_name == "Aino");
}

TEST_CASE("the first account is offered until someone has a password") {
    Staff staff;
    const auto first = first_account_link(staff.database, now, staff.random.bytes());
    REQUIRE(first);
    const auto again = first_account_link(staff.database, now, staff.random.bytes());
    REQUIRE(again);
    CHECK(accounts(staff.database).size() == 1);
    CHECK_FALSE(account_of_password_link(staff.database, first->to_link(), now));
    CHECK(unused_first_account(staff.database) == account_of_password_link(staff.database, again->to_link(), now));
    const auto owner = set_password(staff.database, again->to_link(), "a hash", now);
    REQUIRE(owner);
    CHECK(account(staff.database, *owner)->roles == std::vector<GivenRole>{everywhere(StaffRole::coordinator)});
    CHECK_FALSE(first_account_link(staff.database, now, staff.random.bytes()));

    CHECK_FALSE(unused_first_account(staff.database));

    Staff by_hand;
    by_hand.add(form("Aino", {everywhere(StaffRole::coordinator)}));
    CHECK_FALSE(unused_first_account(by_hand.database));
    CHECK_FALSE(first_account_link(by_hand.database, now, by_hand.random.bytes()));
    CHECK(accounts(by_hand.database).size() == 1);
}
