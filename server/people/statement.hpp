#pragma once

// Small help with SQLite statements, for the sources of this folder only.

#include <optional>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "people/secret.hpp"

namespace etakahvila::people {

/// All or nothing, also inside a transaction of the caller's.
class Unit {
public:
    explicit Unit(SQLite::Database& database) : database_{database} { database_.exec("SAVEPOINT people_unit"); }
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    ~Unit() {
        if (!is_kept_) database_.tryExec("ROLLBACK TO people_unit; RELEASE people_unit");
    }
    void keep() {
        database_.exec("RELEASE people_unit");
        is_kept_ = true;
    }

private:
    SQLite::Database& database_;
    bool is_kept_ = false;
};

inline void bind_one(SQLite::Statement& statement, int at, std::int64_t value) { statement.bind(at, value); }
inline void bind_one(SQLite::Statement& statement, int at, const std::string& value) { statement.bind(at, value); }
inline void bind_one(SQLite::Statement& statement, int at, const Hash& value) {
    statement.bind(at, value.data(), static_cast<int>(value.size()));
}
inline void bind_one(SQLite::Statement& statement, int at, base::UtcTime value) { statement.bind(at, value.ms); }
template <class Tag>
void bind_one(SQLite::Statement& statement, int at, base::Id<Tag> value) {
    statement.bind(at, value.value);
}
template <base::NamedEnum E>
void bind_one(SQLite::Statement& statement, int at, E value) {
    statement.bind(at, std::string{base::name_of(value)});
}
template <class T>
void bind_one(SQLite::Statement& statement, int at, const std::optional<T>& value) {
    if (value) {
        bind_one(statement, at, *value);
    } else {
        statement.bind(at);
    }
}

/// Binds all values in order, from 1.
template <class... Ts>
void bind_all(SQLite::Statement& statement, const Ts&... values) {
    int at = 0;
    (bind_one(statement, ++at, values), ...);
}

template <class... Ts>
void run(const SQLite::Database& database, const char* sql, const Ts&... values) {
    SQLite::Statement statement{database, sql};
    bind_all(statement, values...);
    statement.exec();
}

inline std::optional<std::string> text_or_none(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    return column.getString();
}

template <class T>
std::optional<T> number_or_none(const SQLite::Column& column) {
    if (column.isNull()) return std::nullopt;
    return T{column.getInt64()};
}

}  // namespace etakahvila::people
