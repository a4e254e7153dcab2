#include "people/audit_chain.hpp"

#include "people/access_log.hpp"
#include "people/account_acts.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;

namespace {

constexpr UtcTime now{1'796'281'200'000};

class Audited : public Records {
public:
    Audited() {
        for (std::int64_t each = 1; each <= 4; ++each) {
            note_access(database, {.at = {now.ms + each}, .by_person = PersonId{each}, .session = SessionId{7}},
                std::vector<PersonId>{PersonId{10}, PersonId{11}});
            note_account_act(database, {.at = {now.ms + each},
                                           .act = AccountActKind::locked,
                                           .account = AccountId{each},
                                           .by_account = AccountId{1}});
        }
        REQUIRE(check_audit_chain(database).empty());
    }
    std::vector<ChainFault> after(const std::string& change) {
        database.script(change);
        return check_audit_chain(database);
    }
};

using Faults = std::vector<ChainFault>;

}  // namespace

TEST_CASE("a row of the audit that is changed, taken out or put in is found") {
    CHECK(Audited{}.after("UPDATE access_notes SET by_person = 9 WHERE id = 3") ==
          Faults{{.table = "access_notes", .row = 3}});
    CHECK(Audited{}.after("UPDATE access_notes SET subjects = 1 WHERE id = 2") ==
          Faults{{.table = "access_notes", .row = 2}});
    CHECK(Audited{}.after("DELETE FROM access_subjects; DELETE FROM access_notes WHERE id = 2") ==
          Faults{{.table = "access_notes", .row = 3}});
    CHECK(Audited{}.after("UPDATE account_acts SET act = 'unlocked' WHERE id = 4") ==
          Faults{{.table = "account_acts", .row = 4}});
    CHECK(Audited{}.after("INSERT INTO access_notes (at, act) VALUES (1, 'people_listed')") ==
          Faults{{.table = "access_notes", .row = 5}});
    // A number moved from one column to its neighbour is another row.
    CHECK(Audited{}.after("UPDATE account_acts SET by_invitation = by_account, by_account = NULL WHERE id = 2") ==
          Faults{{.table = "account_acts", .row = 2}});
}

TEST_CASE("rows go from the oldest on, and whom a note was about goes with an erased person") {
    CHECK(Audited{}
            .after("DELETE FROM access_subjects WHERE note <= 2; DELETE FROM access_notes WHERE id <= 2; DELETE FROM "
                   "account_acts WHERE id <= 3")
            .empty());
    CHECK(Audited{}.after("DELETE FROM access_subjects WHERE person = 10").empty());
}

TEST_CASE("what was noted before the chain is passed over") {
    Records records;
    records.database.script("INSERT INTO access_notes (at, act) VALUES (1, 'people_listed'), (2, 'people_listed')");
    note_access(records.database, {.at = now, .by_person = PersonId{1}}, {});
    note_access(records.database, {.at = now, .by_person = PersonId{2}}, {});
    CHECK(check_audit_chain(records.database).empty());
}

TEST_CASE("what was done with accounts is told newest first, with by whom") {
    Records records;
    const AccountAct by_user{.at = now, .act = AccountActKind::added, .account = AccountId{2}, .by_uid = 0};
    const AccountAct of_site{.at = now, .act = AccountActKind::step_rule_changed, .by_invitation = InvitationId{5}};
    note_account_act(records.database, by_user);
    note_account_act(records.database, of_site);
    CHECK(account_acts(records.database) == std::vector<AccountAct>{of_site, by_user});
}
