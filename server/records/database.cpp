#include "records/database.hpp"

namespace etakahvila::records {
namespace {

/// At the end of what failed: the database may have undone it by itself.
void undo(Database& database, std::initializer_list<const char*> statements) {
    if (!database.is_in_transaction()) return;
    try {
        for (const auto* statement : statements) database.write(statement);
    } catch (const Error&) {
        // It was undone already, or the connection is lost, and with it what was open.
        return;
    }
}

}  // namespace

void Database::write_all(std::string_view sql, std::initializer_list<Value> values) {
    auto& statement = prepared(sql);
    const Rows::Use use{&statement};
    statement.run(std::span{values.begin(), values.size()});
}

Transaction::Transaction(Database& database) : database_{database} {
    if (database.is_in_transaction()) throw Error{Fault::other, "a transaction was begun within another"};
    database.begin_transaction();
}

Transaction::~Transaction() {
    if (!is_over_) undo(database_, {"ROLLBACK"});
}

void Transaction::commit() {
    database_.write("COMMIT");
    is_over_ = true;
}

Unit::Unit(Database& database) : database_{database} {
    if (database.is_in_transaction())
        database.write("SAVEPOINT unit");
    else
        transaction_.emplace(database);
}

Unit::~Unit() {
    if (!is_kept_ && !transaction_) undo(database_, {"ROLLBACK TO unit", "RELEASE unit"});
}

void Unit::keep() {
    if (transaction_)
        transaction_->commit();
    else
        database_.write("RELEASE unit");
    is_kept_ = true;
}

}  // namespace etakahvila::records
