#include "keeping/lives.hpp"

#include <array>
#include <limits>
#include <span>

#include "base/secret.hpp"

namespace etakahvila::keeping {
namespace {

/// Those whose numbers stand in tombstones.
constexpr std::array tables{
    "people", "sessions", "periods", "submissions", "photos", "carried_questions", "access_notes", "keeping_holds"};

/// Where the numbers of a subject were given; null: there is no such number.
struct Givers {
    const char* id;
    const char* other = nullptr;
};

Givers givers_of(std::optional<KeepingRule> rule) {
    using enum KeepingRule;
    if (!rule) return {"people"};
    switch (*rule) {
        case room_words:
        case call_words:
        case feedback_words: return {"sessions"};
        case carried_words: return {"carried_questions"};
        case work_words: return {"submissions"};
        case absence_words: return {"sessions", "people"};
        case day_records:
        case contacts: return {"people"};
        case pictures: return {"photos"};
        case links: return {"sessions", "periods"};
        case access_log: return {"access_notes"};
        case holds: return {"keeping_holds"};
    }
    return {"people"};
}

struct Life {
    std::int64_t place = 0;
    std::int64_t life = first_life;
};

Life life_of_number(const records::Database& database, const char* table, std::int64_t number) {
    if (table == nullptr) return {};
    auto row = database.read(
        "SELECT place, life FROM keeping_lives WHERE giver = ? AND given < ? ORDER BY place DESC LIMIT 1",
        std::string_view{table}, number);
    return row.next() ? Life{.place = row.number(0), .life = row.number(1)} : Life{};
}

}  // namespace

void begin_life(records::Database& database) {
    std::int64_t life{};
    base::fill_random(std::as_writable_bytes(std::span{&life, 1}));
    life &= std::numeric_limits<std::int64_t>::max();
    const auto place = database.one<std::int64_t>("SELECT coalesce(max(place), 0) + 1 FROM keeping_lives").value();
    for (const auto* table : tables)
        database.write(
            "INSERT INTO keeping_lives (place, giver, life, given) VALUES (?, ?, ?, coalesce((SELECT seq FROM "
            "sqlite_sequence WHERE name = ?), 0))",
            place, std::string_view{table}, life, std::string_view{table});
}

std::int64_t life_of(const records::Database& database, std::optional<KeepingRule> rule, Subject subject) {
    const auto givers = givers_of(rule);
    const auto one = life_of_number(database, givers.id, subject.id);
    const auto other = life_of_number(database, givers.other, subject.other);
    return one.place > other.place ? one.life : other.life;
}

std::set<std::int64_t> lives_of(const records::Database& database) {
    std::set lives{first_life};
    auto rows = database.read("SELECT DISTINCT life FROM keeping_lives");
    while (rows.next()) lives.insert(rows.number(0));
    return lives;
}

}  // namespace etakahvila::keeping
