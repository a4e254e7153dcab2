// Sign-ins that have gone to the provider, and come back once.

#include "oidc/begun.hpp"

#include <vector>

#include "base/secret.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::oidc;
using Back = BegunSignIns::Back;
using Not = BegunSignIns::Not;

namespace {

constexpr base::UtcTime now{1'796'281'200'000};
constexpr base::UtcTime later{now.ms + begun_minutes * 60'000};

}  // namespace

TEST_CASE("a sign-in comes back by its own cookie and state, within its time, once") {
    BegunSignIns begun{base::fill_random};
    const auto one = begun.begin(now, false);
    const auto other = begun.begin(now, false);
    CHECK(one.state != other.state);
    CHECK(one.nonce != one.state);

    CHECK(std::get<Not>(begun.look("", one.state, now)) == Not::ours);
    CHECK(std::get<Not>(begun.look("1.x.y", one.state, now)) == Not::ours);
    CHECK(std::get<Not>(begun.look(one.cookie, other.state, now)) == Not::same);
    CHECK(std::get<Not>(begun.look(one.cookie, "", now)) == Not::same);
    CHECK(std::get<Not>(begun.look(one.cookie, one.state, later)) == Not::in_time);
    // None of these has used it up, nor has a look.
    const auto back = std::get<Back>(begun.look(one.cookie, one.state, now));
    CHECK(back.nonce == one.nonce);
    CHECK_FALSE(back.is_proof);
    // 43 characters at least (RFC 7636 §4.1).
    CHECK(back.verifier.size() == 43);
    CHECK(begun.use(back, now));
    CHECK_FALSE(begun.use(back, now));
    CHECK(std::get<Not>(begun.look(one.cookie, one.state, now)) == Not::once);
    CHECK(std::holds_alternative<Back>(begun.look(other.cookie, other.state, now)));
}

TEST_CASE("what a sign-in is to prove comes back with it, and is not its browser's to say") {
    BegunSignIns begun{base::fill_random};
    const auto proof = begun.begin(now, true);
    CHECK(std::get<Back>(begun.look(proof.cookie, proof.state, now)).is_proof);
    auto changed = proof.cookie;
    changed.replace(changed.find(".proof."), 7, ".in.");
    CHECK(std::get<Not>(begun.look(changed, proof.state, now)) == Not::ours);
}

TEST_CASE("however many come back, nobody is kept out: what was used first is forgotten first") {
    BegunSignIns begun{base::fill_random, 2};
    std::vector<BegunSignIns::Begun> all;
    for (int number = 0; number < 3; ++number) {
        all.push_back(begun.begin(now, false));
        CHECK(begun.use(std::get<Back>(begun.look(all.back().cookie, all.back().state, now)), now));
    }
    CHECK(std::holds_alternative<Back>(begun.look(all[0].cookie, all[0].state, now)));
    CHECK(std::get<Not>(begun.look(all[1].cookie, all[1].state, now)) == Not::once);
    CHECK(std::get<Not>(begun.look(all[2].cookie, all[2].state, now)) == Not::once);
}

TEST_CASE("the time of a sign-in is not its browser's to say") {
    BegunSignIns begun{base::fill_random};
    auto one = begun.begin(now, false);
    const auto moved = std::to_string(later.ms) + one.cookie.substr(one.cookie.find('.'));
    CHECK(std::get<Not>(begun.look(moved, one.state, later)) == Not::ours);
    // Another start of the program knows nothing of it.
    BegunSignIns anew{base::fill_random};
    CHECK(std::get<Not>(anew.look(one.cookie, one.state, now)) == Not::ours);
}
