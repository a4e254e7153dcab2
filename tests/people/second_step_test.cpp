#include "people/second_step.hpp"

#include "people/helpers.hpp"
#include "people/sign_in.hpp"

using namespace etakahvila::people;

namespace {

constexpr UtcTime now{1'796'281'200'000};
constexpr std::int64_t minute = 60'000;
UtcTime after(std::int64_t ms) { return {now.ms + ms}; }

class Stepping : public Records {
public:
    Stepping() {
        aino = std::get<AccountId>(add_account(
            database, {.name = "Aino", .roles = {{.role = StaffRole::coordinator}}, .supervises = {}}, now));
        olli = std::get<AccountId>(add_account(
            database, {.name = "Olli", .roles = {{.role = StaffRole::facilitator}}, .supervises = {}}, now));
    }
    std::vector<SpokenCode> set_up(AccountId whose) {
        key = begin_second_step(database, whose, now, random.bytes());
        return std::get<std::vector<SpokenCode>>(
            confirm_second_step(database, whose, one_time_code(key, now), now, random.bytes()));
    }
    StepNeed need(AccountId whose, UtcTime at) { return step_needed(database, *account(database, whose), at); }

    AccountId aino;
    AccountId olli;
    OneTimeKey key{};
    CountedBytes random;
};

}  // namespace

TEST_CASE("a second step is asked of nobody until the rule says so, then of whom it names, from its day on") {
    Stepping house;
    CHECK(second_step_rule(house.database).asked_of == AskedOf::nobody);
    CHECK(house.need(house.aino, now) == StepNeed::nothing);
    put_second_step_rule(
        house.database, {.asked_of = AskedOf::coordinators_and_supervisors, .asked_from = after(minute)});
    CHECK(house.need(house.aino, now) == StepNeed::nothing);
    CHECK(house.need(house.aino, after(minute)) == StepNeed::to_set_up);
    CHECK(house.need(house.olli, after(minute)) == StepNeed::nothing);
    CHECK(step_due_at(house.database, *account(house.database, house.aino)) == after(minute));
    CHECK_FALSE(step_due_at(house.database, *account(house.database, house.olli)));
    put_second_step_rule(house.database, {.asked_of = AskedOf::everyone, .asked_from = now});
    CHECK(house.need(house.olli, now) == StepNeed::to_set_up);
    CHECK(
        is_step_asked_of(AskedOf::coordinators_and_supervisors, {{.role = StaffRole::coordinator, .series = "Syksy"}}));
}

TEST_CASE("whoever has set it up is asked for it always, also where it is asked of nobody") {
    Stepping house;
    const auto codes = house.set_up(house.aino);
    CHECK(codes.size() == spare_codes_max);
    CHECK(house.need(house.aino, now) == StepNeed::code);
    CHECK(second_step(house.database, house.aino)->spare_codes == 10);
    // The code that has shown it is used up; the next one is taken, once.
    CHECK(take_step_code(house.database, house.aino, one_time_code(house.key, now), now) == StepTaken::no);
    const auto later = after(30'000);
    CHECK(take_step_code(house.database, house.aino, one_time_code(house.key, later), later) == StepTaken::code);
    CHECK(take_step_code(house.database, house.aino, one_time_code(house.key, later), later) == StepTaken::no);
    CHECK(take_step_code(house.database, house.olli, one_time_code(house.key, after(minute)), after(minute)) ==
          StepTaken::no);
}

TEST_CASE("a spare code works once, and new ones end those of before") {
    Stepping house;
    const auto codes = house.set_up(house.aino);
    CHECK(take_step_code(house.database, house.aino, codes[3].to_text(), now) == StepTaken::spare_code);
    CHECK(take_step_code(house.database, house.aino, codes[3].to_text(), now) == StepTaken::no);
    CHECK(second_step(house.database, house.aino)->spare_codes == 9);
    // Another's are none, also where they are the same letters.
    house.set_up(house.olli);
    CHECK(take_step_code(house.database, house.olli, codes[4].to_text(), now) == StepTaken::no);
    const auto renewed = renew_spare_codes(house.database, house.aino, house.random.bytes());
    REQUIRE(renewed);
    CHECK(take_step_code(house.database, house.aino, codes[4].to_text(), now) == StepTaken::no);
    CHECK(take_step_code(house.database, house.aino, renewed->front().to_text(), now) == StepTaken::spare_code);
}

TEST_CASE("a key is confirmed by its own code within the hour; the step of before goes on until then") {
    Stepping house;
    CHECK(std::get<RefusalWord>(confirm_second_step(house.database, house.aino, "123456", now, house.random.bytes())) ==
          RefusalWord::not_now);
    house.set_up(house.aino);
    const auto old_key = house.key;
    const auto key = begin_second_step(house.database, house.aino, now, house.random.bytes());
    const auto at = after(2 * minute);
    CHECK(std::get<RefusalWord>(confirm_second_step(house.database, house.aino, one_time_code(old_key, at), at,
              house.random.bytes())) == RefusalWord::not_permitted);
    CHECK(take_step_code(house.database, house.aino, one_time_code(old_key, at), at) == StepTaken::code);
    const auto too_late = after(60 * minute);
    CHECK(std::get<RefusalWord>(confirm_second_step(house.database, house.aino, one_time_code(key, too_late), too_late,
              house.random.bytes())) == RefusalWord::not_now);
}

TEST_CASE("a half sign-in is no sign-in, and ends with its time, the lock, the password and the step") {
    Stepping house;
    const auto half = [&] {
        return begin_half_sign_in(house.database, house.aino, now, house.random.bytes()).to_link();
    };
    const auto cookie = half();
    CHECK(find_half_sign_in(house.database, cookie, now) == house.aino);
    CHECK_FALSE(find_sign_in(house.database, cookie, now));
    const auto whole = sign_in(house.database, house.aino, now, house.random.bytes()).to_link();
    CHECK_FALSE(find_half_sign_in(house.database, whole, now));
    CHECK_FALSE(find_half_sign_in(house.database, cookie, after(half_sign_in_minutes * minute)));
    CHECK_FALSE(find_half_sign_in(house.database, "", now));

    lock_account(house.database, house.aino, now);
    CHECK_FALSE(find_half_sign_in(house.database, cookie, now));
    lock_account(house.database, house.aino, {});
    const auto link = std::get<Secret>(make_password_link(house.database, house.aino, now, house.random.bytes()));
    REQUIRE(set_password(house.database, link.to_link(), "a hash", now));
    CHECK_FALSE(find_half_sign_in(house.database, cookie, now));
    house.set_up(house.aino);
    const auto again = half();
    CHECK(reset_second_step(house.database, house.aino));
    CHECK_FALSE(find_half_sign_in(house.database, again, now));
    CHECK_FALSE(reset_second_step(house.database, house.aino));
    CHECK(house.count("spare_codes") == 0);
    CHECK(house.need(house.aino, now) == StepNeed::nothing);
}

TEST_CASE("one's sign-ins are told with where and by what, and end one by one or all but this") {
    Stepping house;
    const SignInPlace place{.network = "192.0.2.0/24", .browser = BrowserKind::firefox, .device = DeviceKind::windows};
    const auto here = sign_in(house.database, house.aino, now, house.random.bytes(), place).to_link();
    sign_in(house.database, house.aino, now, house.random.bytes());
    sign_in(house.database, house.aino, now, house.random.bytes());
    sign_in(house.database, house.olli, now, house.random.bytes());
    const auto all = sign_ins_of(house.database, house.aino, now);
    REQUIRE(all.size() == 3);
    CHECK(all.back().place == place);
    CHECK(all.front().place == SignInPlace{});
    const auto found = find_sign_in(house.database, here, now);
    REQUIRE(found);
    CHECK(is_proved(found->proved_at, after(proof_minutes * minute - 1)));
    CHECK_FALSE(is_proved(found->proved_at, after(proof_minutes * minute)));
    // Not another's.
    CHECK_FALSE(end_sign_in(house.database, house.olli, all.front().id));
    CHECK(end_sign_in(house.database, house.aino, all.front().id));
    CHECK(sign_out_others(house.database, house.aino, found->id) == 1);
    CHECK(find_sign_in(house.database, here, now));
    CHECK(sign_ins_of(house.database, house.olli, now).size() == 1);
    // What has expired is not told.
    CHECK(sign_ins_of(house.database, house.aino, after(sign_in_idle_minutes * minute)).empty());
}
