#pragma once

// Packages: which series of a period somebody takes part in, and how.

#include "programme/periods.hpp"

namespace etakahvila::programme {

using protocol::PackageId;

inline constexpr std::size_t package_name_code_points_max = 80;

/// By name, in Finnish order, each with the people whose place is in it by now.
std::vector<protocol::PackageShown> packages(const records::Database& database, PeriodId period);

/// A new one, or another's name and parts. Whoever is in it is to be brought in line (enrolments.hpp). Refused:
/// not_found, not_now (a group has the one that was made with it).
Put<PackageId> put_package(records::Database& database, PeriodId period, const protocol::PackageBody& form);

/// Refused: not_found, not_now (people are in it, or have been: their season tells of it; or it is a group's).
std::optional<RefusalWord> remove_package(records::Database& database, PeriodId period, PackageId package);

}  // namespace etakahvila::programme
