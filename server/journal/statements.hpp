#pragma once

// Statements of one connection, each prepared once: to parse them anew took a third of a commit's
// processor time.

#include <string_view>
#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>

namespace etakahvila::journal {

class Statements {
public:
    explicit Statements(SQLite::Database& database) : database_{database} {}

    /// A statement for the length of a block: after it nothing is held open.
    class Use {
    public:
        explicit Use(SQLite::Statement& statement) : statement_{statement} {}
        ~Use() { statement_.tryReset(); }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        SQLite::Statement* operator->() const { return &statement_; }

    private:
        SQLite::Statement& statement_;
    };

    /// `sql` is a literal. One use of a statement at a time.
    Use use(const char* sql) { return Use{prepared_.try_emplace(sql, database_, sql).first->second}; }

    void run(const char* sql) { use(sql)->exec(); }

private:
    SQLite::Database& database_;
    std::unordered_map<std::string_view, SQLite::Statement> prepared_;
};

/// Undone at its end unless it was committed. Takes the write lock at once.
class Transaction {
public:
    explicit Transaction(Statements& statements) : statements_{statements} { statements_.run("BEGIN IMMEDIATE"); }
    ~Transaction() {
        if (is_over_) return;
        try {
            statements_.run("ROLLBACK");
        } catch (const SQLite::Exception&) {
            // SQLite has undone it by itself.
        }
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit() {
        statements_.run("COMMIT");
        is_over_ = true;
    }

private:
    Statements& statements_;
    bool is_over_ = false;
};

}  // namespace etakahvila::journal
