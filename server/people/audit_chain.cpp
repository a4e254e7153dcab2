#include "people/audit_chain.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace etakahvila::people {
namespace {

constexpr char part_end = '\x1f';

/// Of rows in their order: id, digest, act, and the numbers that are chained.
std::optional<ChainFault> first_fault(
    const records::Database& database, std::string_view table, std::string_view sql, int numbers) {
    auto rows = database.read(sql);
    std::optional<Hash> before;
    while (rows.next()) {
        const auto digest = rows.get<std::optional<Hash>>(1);
        if (before) {
            auto text = chain_text(table, rows.view(2), {});
            for (int each = 0; each < numbers; ++each) {
                if (!rows.is_null(3 + each)) text += std::to_string(rows.number(3 + each));
                text += part_end;
            }
            if (digest != chained(before, text)) return ChainFault{.table = table, .row = rows.number(0)};
        }
        if (digest) before = digest;
    }
    return std::nullopt;
}

}  // namespace

std::string chain_text(
    std::string_view table, std::string_view act, std::initializer_list<std::optional<std::int64_t>> numbers) {
    std::string text{table};
    (text += part_end).append(act) += part_end;
    for (const auto& number : numbers) {
        if (number) text += std::to_string(*number);
        text += part_end;
    }
    return text;
}

Hash chained(const std::optional<Hash>& before, std::string_view row) {
    const auto key = before.value_or(Hash{});
    Hash digest{};
    ETAKAHVILA_CHECK(crypto_generichash(digest.data(), digest.size(),
                         reinterpret_cast<const unsigned char*>(row.data()), row.size(), key.data(), key.size()) == 0);
    return digest;
}

std::vector<ChainFault> check_audit_chain(const records::Database& database) {
    std::vector<ChainFault> faults;
    const auto look = [&](std::string_view table, std::string_view sql, int numbers) {
        if (const auto fault = first_fault(database, table, sql, numbers)) faults.push_back(*fault);
    };
    look("access_notes",
        "SELECT id, digest, act, at, by_invitation, by_person, by_account, session, subjects FROM access_notes ORDER "
        "BY "
        "id",
        6);
    look("account_acts",
        "SELECT id, digest, act, at, account, by_account, by_invitation, by_uid FROM account_acts ORDER BY id", 5);
    return faults;
}

}  // namespace etakahvila::people
