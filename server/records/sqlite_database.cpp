#include "records/sqlite_database.hpp"

#include <algorithm>

namespace etakahvila::records {
namespace {

/// Those that wait for their next use are forgotten when there are more: statements whose text is put together.
constexpr std::size_t statements_max = 500;

Fault fault_of(int extended_code) {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return Fault::unique;
        default: break;
    }
    switch (extended_code & 0xff) {
        case SQLITE_FULL: return Fault::full;
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY: return Fault::lost;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_ABORT:
        case SQLITE_INTERRUPT: return Fault::aborted;
        default: return Fault::other;
    }
}

/// SQLite's words for the number, which are the same each time: those of the case may hold a part of a statement.
std::string sentence_of(int extended_code, std::string_view sql) {
    auto sentence = std::string{sqlite3_errstr(extended_code)} + " (" + std::to_string(extended_code) + ')';
    if (!sql.empty()) sentence.append(": ").append(sql);
    return sentence;
}

int flags_of(SqliteDatabase::Access access) {
    switch (access) {
        case SqliteDatabase::Access::make: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        case SqliteDatabase::Access::write: return SQLITE_OPEN_READWRITE;
        case SqliteDatabase::Access::write_beside_others: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
        case SqliteDatabase::Access::read_still: return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        case SqliteDatabase::Access::read: break;
    }
    return SQLITE_OPEN_READONLY;
}

}  // namespace

SqliteError::SqliteError(int code, std::string_view sql)
    : Error{fault_of(code), sentence_of(code, sql)}, code_{code & 0xff} {}

class SqliteDatabase::Prepared final : public Statement {
public:
    Prepared(sqlite3* database, std::string_view sql) : database_{database} {
        sqlite3_stmt* made = nullptr;
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(
            database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, &rest);
        handle_.reset(made);
        if (code != SQLITE_OK) throw SqliteError{sqlite3_extended_errcode(database), sql};
        // SQLite would pass over a second statement without a word.
        if (made == nullptr || rest != sql.data() + sql.size()) throw SqliteError{SQLITE_MISUSE, sql};
    }

    std::string_view sql() const { return sqlite3_sql(handle_.get()); }
    bool is_used() const { return is_used_; }
    void use() { is_used_ = true; }

    void begin(std::span<const Value> values) override { bind(values, SQLITE_TRANSIENT); }

    bool next() override {
        if (is_over_) return false;
        const int code = sqlite3_step(handle_.get());
        if (code == SQLITE_ROW) return true;
        // Another step would begin anew.
        is_over_ = true;
        if (code != SQLITE_DONE) throw SqliteError{sqlite3_extended_errcode(database_), sql()};
        return false;
    }

    void run(std::span<const Value> values) override {
        bind(values, SQLITE_STATIC);
        while (next()) {}
    }

    void release() noexcept override {
        sqlite3_reset(handle_.get());
        sqlite3_clear_bindings(handle_.get());
        is_used_ = false;
    }

    bool is_null(int column) const override { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
    std::int64_t number(int column) const override { return sqlite3_column_int64(handle_.get(), column); }
    std::string_view text(int column) const override {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
    }
    Bytes bytes(int column) const override {
        const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_.get(), column));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    void bind(std::span<const Value> values, sqlite3_destructor_type lifetime) {
        sqlite3_reset(handle_.get());
        is_over_ = false;
        if (values.size() != static_cast<std::size_t>(sqlite3_bind_parameter_count(handle_.get())))
            throw SqliteError{SQLITE_RANGE, sql()};
        int at = 0;
        for (const auto& value : values) {
            const int code = bind(++at, value, lifetime);
            if (code != SQLITE_OK) throw SqliteError{code, sql()};
        }
    }

    int bind(int at, const Value& value, sqlite3_destructor_type lifetime) {
        if (const auto* number = std::get_if<std::int64_t>(&value))
            return sqlite3_bind_int64(handle_.get(), at, *number);
        // What is empty may lie nowhere, and nowhere is null to SQLite.
        if (const auto* text = std::get_if<std::string_view>(&value))
            return sqlite3_bind_text64(
                handle_.get(), at, text->empty() ? "" : text->data(), text->size(), lifetime, SQLITE_UTF8);
        if (const auto* bytes = std::get_if<Bytes>(&value))
            return sqlite3_bind_blob64(handle_.get(), at, bytes->empty() ? "" : static_cast<const void*>(bytes->data()),
                bytes->size(), lifetime);
        return sqlite3_bind_null(handle_.get(), at);
    }

    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    bool is_over_ = false;
    bool is_used_ = false;
};

std::string address_of(const std::string& file, std::initializer_list<std::string> ways) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view plain = "/.-_";
    std::string address = "file:";
    for (const char byte : file) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_plain = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                              (code >= 'a' && code <= 'z') || plain.find(byte) != plain.npos;
        if (is_plain)
            address += byte;
        else
            address.append({'%', digits[code >> 4], digits[code & 15]});
    }
    char before = '?';
    for (const auto& way : ways) {
        address.append(1, before).append(way);
        before = '&';
    }
    return address;
}

SqliteDatabase::SqliteDatabase(const std::string& file, Access access, const std::string& vfs) {
    sqlite3* made = nullptr;
    const auto name = access == Access::read_still ? address_of(file, {"immutable=1"}) : file;
    const int code = sqlite3_open_v2(name.c_str(), &made, flags_of(access), vfs.empty() ? nullptr : vfs.c_str());
    handle_.reset(made);
    if (code != SQLITE_OK) throw SqliteError{code, {}};
    sqlite3_busy_timeout(made, busy_timeout_ms);
}

SqliteDatabase::~SqliteDatabase() = default;

void SqliteDatabase::script(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw SqliteError{sqlite3_extended_errcode(handle_.get()), {}};
}

void SqliteDatabase::begin_transaction() { write("BEGIN IMMEDIATE"); }

bool SqliteDatabase::is_in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Statement& SqliteDatabase::prepared(std::string_view sql) const {
    const auto [first, last] = statements_.equal_range(sql);
    auto found = std::find_if(first, last, [](const auto& entry) { return !entry.second->is_used(); });
    if (found == last) {
        if (statements_.size() >= statements_max)
            std::erase_if(statements_, [](const auto& entry) { return !entry.second->is_used(); });
        auto made = std::make_unique<Prepared>(handle_.get(), sql);
        const auto text = made->sql();
        found = statements_.emplace(text, std::move(made));
    }
    found->second->use();
    return *found->second;
}

}  // namespace etakahvila::records
