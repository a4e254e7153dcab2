#include "people/provider_sign_in.hpp"

#include "people/helpers.hpp"
#include "people/sign_in.hpp"

using namespace etakahvila::people;

namespace {

constexpr UtcTime now{1'796'281'200'000};
constexpr UtcTime too_late{now.ms + binding_code_minutes * 60'000};
constexpr UtcTime just_in_time{too_late.ms - 1};

class Binding : public Records {
public:
    Binding() {
        const auto add = [&](const char* name) {
            return std::get<AccountId>(add_account(
                database, {.name = name, .roles = {{.role = StaffRole::facilitator}}, .supervises = {}}, now));
        };
        aino = add("Aino");
        olli = add("Olli");
    }
    /// The cookie of who waits, and the code that goes with it.
    std::pair<std::string, std::string> wait(const ProviderPerson& person, UtcTime at = now) {
        const auto cookie = wait_for_binding(database, person, at, random.bytes()).to_link();
        return {cookie, binding_code(database, cookie, at)->code.to_text()};
    }

    AccountId aino;
    AccountId olli;
    const ProviderPerson somebody{.issuer = "https://login.example", .subject = "s-17"};
    const ProviderPerson another{.issuer = "https://login.example", .subject = "s-18"};
    CountedBytes random;
};

}  // namespace

TEST_CASE("a code binds whoever waits with it, once, within its time") {
    Binding house;
    const auto [cookie, code] = house.wait(house.somebody);
    CHECK(binding_code(house.database, cookie, just_in_time)->code.to_text() == code);
    CHECK(binding_code(house.database, cookie, now)->until == too_late);
    CHECK_FALSE(binding_code(house.database, cookie, too_late));
    CHECK_FALSE(binding_code(house.database, code, now));
    CHECK(bind_account(house.database, house.aino, code, too_late) == RefusalWord::not_found);
    CHECK(bind_account(house.database, AccountId{99}, code, now) == RefusalWord::not_found);
    CHECK(bind_account(house.database, house.aino, "kahvi", now) == RefusalWord::not_found);
    CHECK_FALSE(account_bound_to(house.database, house.somebody));

    CHECK_FALSE(bind_account(house.database, house.aino, code, just_in_time));
    CHECK(account_bound_to(house.database, house.somebody) == house.aino);
    CHECK(is_bound(house.database, house.aino));
    CHECK_FALSE(account_bound_to(house.database, house.another));
    CHECK_FALSE(account_bound_to(house.database, {.issuer = "https://other.example", .subject = "s-17"}));
    CHECK(bind_account(house.database, house.olli, code, now) == RefusalWord::not_found);
    CHECK_FALSE(binding_code(house.database, cookie, now));
}

TEST_CASE("an account is bound to one, and one to an account; whoever waits again has another code") {
    Binding house;
    const auto first = house.wait(house.somebody).second;
    const auto [cookie, second] = house.wait(house.somebody);
    CHECK(first != second);
    CHECK(bind_account(house.database, house.aino, first, now) == RefusalWord::not_found);
    REQUIRE_FALSE(bind_account(house.database, house.aino, second, now));
    const auto other = house.wait(house.another).second;
    CHECK(bind_account(house.database, house.aino, other, now) == RefusalWord::not_now);
    // It is good for another account still.
    CHECK_FALSE(bind_account(house.database, house.olli, other, now));
}

TEST_CASE("whose binding ends is signed out, and may be bound anew") {
    Binding house;
    REQUIRE_FALSE(bind_account(house.database, house.aino, house.wait(house.somebody).second, now));
    const auto cookie = sign_in(house.database, house.aino, now, house.random.bytes()).to_link();
    CHECK(unbind_account(house.database, house.aino));
    CHECK_FALSE(find_sign_in(house.database, cookie, now));
    CHECK_FALSE(account_bound_to(house.database, house.somebody));
    CHECK_FALSE(unbind_account(house.database, house.aino));
    CHECK_FALSE(bind_account(house.database, house.olli, house.wait(house.somebody).second, now));
    CHECK(account_bound_to(house.database, house.somebody) == house.olli);
}
