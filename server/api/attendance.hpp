#pragma once

// Who was there: for those who decide on it, for the coordinator, and of their own people for supervisors, who read
// what has been sealed and nothing before.

#include "api/access_notes.hpp"
#include "api/rooms.hpp"
#include "protocol/api/attendance.hpp"

namespace etakahvila::api {

class Attendance {
public:
    using Routes = protocol::AttendanceRoutes;
    struct Parts {
        const base::Clock& clock;
        runtime::RoomDirectory& directory;
        const AccessNotes& notes;
        const AfterRoom& after_room;
    };
    explicit Attendance(Parts parts) : parts_{parts} {}

    void handle(Call<routes::Attendance>& call);
    void handle(Call<routes::AttendanceCsv>& call);
    void handle(Call<routes::AttendanceXlsx>& call);
    void handle(Call<routes::Reports>& call);
    void handle(Call<routes::ReportsCsv>& call);
    void handle(Call<routes::ReportsXlsx>& call);

private:
    Parts parts_;
};

}  // namespace etakahvila::api
