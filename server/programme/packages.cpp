#include "programme/packages.hpp"

#include <map>
#include <set>

#include "people/form_words.hpp"
#include "people/groups.hpp"
#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::programme {
namespace {

using people::FormWords;
using protocol::PackageBody;
using protocol::PackagePart;
using protocol::PackageShown;
using protocol::PackageWay;

std::set<SeriesId> series_of_period(const records::Database& database, PeriodId period) {
    std::set<SeriesId> series;
    auto rows = database.read(
        "SELECT series FROM period_series WHERE period = ? UNION SELECT series FROM sessions WHERE period = ?", period,
        period);
    while (rows.next()) series.insert(rows.get<SeriesId>(0));
    return series;
}

void check_parts(const std::vector<PackagePart>& parts, const std::set<SeriesId>& of_period, FormWords& words) {
    if (parts.empty()) words.fault(FaultReason::series_missing);
    std::set<SeriesId> seen;
    for (const auto& part : parts) {
        const bool is_first = seen.insert(part.series).second;
        if (is_first && of_period.contains(part.series)) continue;
        return words.fault(FaultReason::not_allowed, "series");
    }
}

}  // namespace

std::vector<PackageShown> packages(const records::Database& database, PeriodId period) {
    std::map<PackageId, std::vector<PackagePart>> parts;
    auto part_rows = database.read(
        "SELECT t.package, t.series, t.way, t.instead FROM package_parts t JOIN packages p ON p.id = t.package WHERE "
        "p.period = ? ORDER BY t.package, t.series",
        period);
    while (part_rows.next())
        parts[part_rows.get<PackageId>(0)].push_back({.series = part_rows.get<SeriesId>(1),
            .way = part_rows.get<std::optional<PackageWay>>(2).value_or(PackageWay::room),
            .instead = part_rows.get<bool>(3)});
    std::vector<PackageShown> all;
    // Somebody who has gone from one package to another is in the newest.
    auto rows = database.read(
        "SELECT p.id, p.name, (SELECT count(*) FROM enrolments e WHERE e.package = p.id AND e.state IN ('applied', "
        "'accepted') AND e.id = (SELECT max(n.id) FROM enrolments n WHERE n.period = e.period AND n.person = e.person "
        "AND n.state IN ('applied', 'accepted'))) FROM packages p WHERE p.period = ? ORDER BY p.id",
        period);
    while (rows.next()) {
        const auto id = rows.get<PackageId>(0);
        all.push_back({.id = id, .name = rows.text(1), .parts = parts[id], .people = rows.number(2)});
    }
    people::sort_in_finnish_order(all, [](const PackageShown& one) -> const std::string& { return one.name; });
    return all;
}

Put<PackageId> put_package(records::Database& database, PeriodId period, const PackageBody& form) {
    if (!database.has("SELECT 1 FROM periods WHERE id = ?", period)) return RefusalWord::not_found;
    if (people::is_group(database, period)) return RefusalWord::not_now;
    if (form.id && !database.has("SELECT 1 FROM packages WHERE id = ? AND period = ?", *form.id, period))
        return RefusalWord::not_found;
    FormWords words;
    const auto name = words.needed(form.name, "name", package_name_code_points_max, FaultReason::name_missing);
    const auto key = people::name_key(name);
    const auto other = database.one<PackageId>(
        "SELECT id FROM packages WHERE period = ? AND name_key = ?", period, key);
    if (other && other != form.id) words.fault(FaultReason::name_taken, name);
    check_parts(form.parts, series_of_period(database, period), words);
    if (!words.faults().empty()) return std::move(words).take();

    records::Unit unit{database};
    if (form.id) database.write("UPDATE packages SET name = ?, name_key = ? WHERE id = ?", name, key, *form.id);
    const auto id = form.id ? *form.id
                            : database.add<PackageId>(
                                  "INSERT INTO packages (period, name, name_key) VALUES (?, ?, ?) RETURNING id", period,
                                  name, key);
    database.write("DELETE FROM package_parts WHERE package = ?", id);
    for (const auto& part : form.parts)
        database.write("INSERT INTO package_parts (package, series, way, instead) VALUES (?, ?, ?, ?)", id, part.series,
            part.way, part.instead);
    unit.keep();
    return id;
}

std::optional<RefusalWord> remove_package(records::Database& database, PeriodId period, PackageId package) {
    if (!database.has("SELECT 1 FROM packages WHERE id = ? AND period = ?", package, period))
        return RefusalWord::not_found;
    if (people::is_group(database, period)) return RefusalWord::not_now;
    if (database.has("SELECT 1 FROM enrolments WHERE package = ? LIMIT 1", package)) return RefusalWord::not_now;
    records::Unit unit{database};
    database.write("DELETE FROM package_parts WHERE package = ?", package);
    database.write("DELETE FROM packages WHERE id = ?", package);
    unit.keep();
    return std::nullopt;
}

}  // namespace etakahvila::programme
