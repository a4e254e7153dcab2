#include "people/storage.hpp"
#include "records/sqlite_database.hpp"
#include "reports/day_store.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::reports;

namespace {

constexpr PersonId aino{7}, eino{12};
constexpr SessionId session{4};

struct Store {
    Store() {
        people::migrate(database);
        reports::migrate(database);
    }

    void keep(std::int64_t version, const std::string& aino_by, const std::string& eino_by) {
        DayRecord record{.session = session, .version = version};
        record.lines = {{.person = aino, .decision_type = aino_by}, {.person = eino, .decision_type = eino_by}};
        keep_day(database, record, UtcTime{version});
    }

    void rename(const std::string& key, const std::string& name) {
        database.write("UPDATE decision_kinds SET fi = ? WHERE key = ?", name, key);
    }

    std::vector<std::optional<std::string>> names() const {
        std::vector<std::optional<std::string>> names;
        const auto kept = day_of(database, session);
        for (const auto& row : kept->lines) names.push_back(row.decision_name);
        return names;
    }

    records::SqliteDatabase database{":memory:"};
};

using Names = std::vector<std::optional<std::string>>;

}  // namespace

TEST_CASE("A day keeps what its kinds of decision were called, whatever they are called later") {
    Store store;
    store.keep(1, "work_activity", "social_rehabilitation");
    CHECK(store.names() == Names{"Kuntouttava työtoiminta", "Sosiaalinen kuntoutus"});
    store.rename("work_activity", "Työllistymistä edistävä toiminta");
    CHECK(store.names() == Names{"Kuntouttava työtoiminta", "Sosiaalinen kuntoutus"});
    // A correction keeps a new version of the same day.
    store.keep(2, "work_activity", "social_rehabilitation");
    CHECK(store.names() == Names{"Kuntouttava työtoiminta", "Sosiaalinen kuntoutus"});
    // Who turns out to have had another decision has that one's name of now; of a kind that is not known there is none.
    store.keep(3, "unheard_of", "work_activity");
    CHECK(store.names() == Names{std::nullopt, "Työllistymistä edistävä toiminta"});
}

TEST_CASE("A day that was kept before kinds were data is read, and is called as its kinds are now") {
    Store store;
    store.keep(1, "work_activity", "social_rehabilitation");
    auto text = to_text(*day_of(store.database, session));
    for (const std::string name : {"Kuntouttava työtoiminta", "Sosiaalinen kuntoutus"}) {
        const auto field = ",\"decision_name\":\"" + name + "\"";
        const auto at = text.find(field);
        REQUIRE(at != std::string::npos);
        text.erase(at, field.size());
    }
    store.database.write("UPDATE days SET record = ?", text);
    CHECK(store.names() == Names{std::nullopt, std::nullopt});
    auto record = *day_of(store.database, session);
    name_kinds(store.database, record);
    CHECK(record.lines[0].decision_name == "Kuntouttava työtoiminta");
    store.rename("work_activity", "Työllistymistä edistävä toiminta");
    name_kinds(store.database, record);
    CHECK(record.lines[0].decision_name == "Työllistymistä edistävä toiminta");
    CHECK(record.lines[1].decision_name == "Sosiaalinen kuntoutus");
}
