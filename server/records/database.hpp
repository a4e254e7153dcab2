#pragma once

// The port of the records: one connection to a database of SQL. What people/ and reports/ ask is written in what both
// SQLite and PostgreSQL take:
// - each value goes by a `?`, in order, and never into the text of a statement;
// - a new row's id, and whether a row was changed, come back by RETURNING;
// - after an Error a unit or transaction is given up, not gone on with.
// What every store must do is in tests/records/contract_test.cpp. Errors are records::Error.

#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/error.hpp"
#include "records/value.hpp"

namespace etakahvila::records {

/// What a statement gives, row by row. Does not outlive its connection.
class Rows {
public:
    struct Release {
        void operator()(Statement* statement) const { statement->release(); }
    };
    using Use = std::unique_ptr<Statement, Release>;

    Rows(Statement& statement, std::span<const Value> values) : statement_{&statement} { statement.begin(values); }

    /// Before the first row too. False behind the last.
    bool next() { return statement_->next(); }

    template <class T>
    T get(int column) const {
        return column_as<T>(*statement_, column);
    }
    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t number(int column) const { return statement_->number(column); }
    std::string text(int column) const { return get<std::string>(column); }
    std::optional<std::string> text_or_none(int column) const { return get<std::optional<std::string>>(column); }
    /// Holds until the next row.
    std::string_view view(int column) const { return statement_->text(column); }
    /// Holds until the next row.
    Bytes bytes(int column) const { return statement_->bytes(column); }

private:
    Use statement_;
};

/// For one thread at a time. Undoes at its end what is open.
class Database {
public:
    Database() = default;
    virtual ~Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    template <class... Ts>
    Rows read(std::string_view sql, const Ts&... values) const {
        return rows(sql, {value_of(values)...});
    }

    /// The first column of the first row; nothing when there is no row, or it is null.
    template <class T, class... Ts>
    std::optional<T> one(std::string_view sql, const Ts&... values) const {
        Rows found = rows(sql, {value_of(values)...});
        if (!found.next()) return std::nullopt;
        return found.get<std::optional<T>>(0);
    }

    /// Whether there is any row.
    template <class... Ts>
    bool has(std::string_view sql, const Ts&... values) const {
        return rows(sql, {value_of(values)...}).next();
    }

    template <class... Ts>
    void write(std::string_view sql, const Ts&... values) {
        write_all(sql, {value_of(values)...});
    }

    /// As write, of a statement with RETURNING: the first column of each row.
    template <class T, class... Ts>
    std::vector<T> returning(std::string_view sql, const Ts&... values) {
        Rows changed = rows(sql, {value_of(values)...});
        std::vector<T> all;
        while (changed.next()) all.push_back(changed.get<T>(0));
        return all;
    }

    /// As write, of an INSERT with RETURNING: the first column of the one new row.
    template <class T, class... Ts>
    T add(std::string_view sql, const Ts&... values) {
        return returning<T>(sql, values...).at(0);
    }

    /// As write, of a statement with RETURNING: whether any row was changed.
    template <class... Ts>
    bool changes(std::string_view sql, const Ts&... values) {
        return !returning<std::int64_t>(sql, values...).empty();
    }

    /// Statements without values, one after the other: the making of tables.
    virtual void script(const std::string& sql) = 0;

    /// Where a transaction begins, it may write from the start on. Through Transaction and Unit.
    virtual void begin_transaction() = 0;
    virtual bool is_in_transaction() const = 0;

protected:
    /// The statement, prepared once for the connection.
    virtual Statement& prepared(std::string_view sql) const = 0;

private:
    Rows rows(std::string_view sql, std::initializer_list<Value> values) const {
        return Rows{prepared(sql), std::span{values.begin(), values.size()}};
    }
    void write_all(std::string_view sql, std::initializer_list<Value> values);
};

/// All or nothing: undone at its end unless it was committed. Not within another: that is an Error.
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

private:
    Database& database_;
    bool is_over_ = false;
};

/// All or nothing, also within a transaction or a unit of the caller's: undone at its end unless it was kept.
class Unit {
public:
    explicit Unit(Database& database);
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    ~Unit();

    void keep();

private:
    Database& database_;
    /// Where there was none around it.
    std::optional<Transaction> transaction_;
    bool is_kept_ = false;
};

}  // namespace etakahvila::records
