#pragma once

// Periods: the season of days in which series take turns, its packages, and what is left to do.

#include <set>

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "protocol/api/periods.hpp"

namespace etakahvila::api {

class Periods {
public:
    using Routes = protocol::PeriodsRoutes;
    struct Parts {
        const base::Clock& clock;
        base::Log& log;
        journal::Records& store;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
    };
    explicit Periods(Parts parts) : parts_{parts} {}

    void handle(Call<routes::ListPeriods>& call);
    void handle(Call<routes::PreviewPeriod>& call);
    void handle(Call<routes::SavePeriod>& call);
    void handle(Call<routes::ChangePeriod>& call);
    void handle(Call<routes::RemovePeriod>& call);
    void handle(Call<routes::MakePeriod>& call);
    void handle(Call<routes::ShowPeriod>& call);
    void handle(Call<routes::ImportPeriod>& call);
    void handle(Call<routes::ExportPeriod>& call);
    void handle(Call<routes::PutPackage>& call);
    void handle(Call<routes::RemovePackage>& call);
    void handle(Call<routes::PutSubstitute>& call);

private:
    struct TakenFile {
        protocol::PeriodId period;
        std::string bytes;
        /// What is over of the days that it would change.
        std::set<protocol::SessionId> over;
        bool dry_run{};
    };
    void take_file(
        const ReplyWith<protocol::PeriodFileAnswer>& reply, const records::Database& records, const TakenFile& taken);

    /// A new one, or `known` as the body says.
    void put(const ReplyWith<protocol::PeriodAnswer>& reply, const protocol::PeriodBody& body,
        std::optional<protocol::PeriodId> known);
    /// The page of the call's period.
    void show(
        const AnyCall& call, const ReplyWith<protocol::PeriodShown>& reply, const records::Database& records) const;
    /// The plans of these sessions have changed.
    void tell(const std::vector<protocol::SessionId>& sessions) const;

    Parts parts_;
};

}  // namespace etakahvila::api
