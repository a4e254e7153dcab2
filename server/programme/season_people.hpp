#pragma once

// The people of a period, as its list has them: few questions to the records, however many they are.

#include "programme/enrolments.hpp"

namespace etakahvila::programme {

using protocol::LinkStanding;
using protocol::PlaceInSeries;

/// Where each series of the rotation takes them by this enrolment: on this day, or on the nearest one on which it
/// holds.
std::vector<PlaceInSeries> places_of(const PeriodRules& rules, const Enrolment& enrolment, const std::string& day);

/// Of one's enrolments, by their first day, the one that tells how they are on this day: that which holds, else the
/// next, else the last, and one that was withdrawn only where there is no other. Null when there are none.
const Enrolment* enrolment_of_day(const std::vector<const Enrolment*>& enrolments, const std::string& day);

/// How the season's link of somebody reached them. A letter that went tells of the link in it, and of none that was
/// made after it; one that failed is told until another goes, or somebody says that they know the link.
struct LinkOfSeason {
    LinkStanding standing = LinkStanding::none;
    std::optional<UtcTime> at{};
    /// Of the link.
    std::optional<UtcTime> until{};
};
/// Of all who have one. `person`: of one alone.
std::map<PersonId, LinkOfSeason> links_of(
    const records::Database& database, PeriodId period, UtcTime now, std::optional<PersonId> person = {});

/// By name. Nothing when there is no such period.
std::optional<std::vector<protocol::SeasonPerson>> season_people(
    const records::Database& database, PeriodId period, UtcTime now);

}  // namespace etakahvila::programme
