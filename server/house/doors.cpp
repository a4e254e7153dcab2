#include "house/doors.hpp"

#include "people/sessions.hpp"

namespace etakahvila::house {

void open_doors_due(runtime::RoomDirectory& directory, const records::Database& reader, base::UtcTime now) {
    const base::Milliseconds ahead = doors_asked_ahead;
    for (const auto session : people::doors_due(reader, now, base::UtcTime{now.ms + ahead.count()})) {
        if (const auto room = directory.room(session)) room->look_at_clock();
    }
}

}  // namespace etakahvila::house
