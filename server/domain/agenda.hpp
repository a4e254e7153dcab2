#pragma once

// The agenda and the parking list (2-rules.md, "Session").

#include <map>

#include <boost/mp11/list.hpp>

#include "domain/viewer.hpp"

namespace etakahvila::domain {

class Decision;

/// An item never gets longer than what can be planned, and told.
inline constexpr std::int64_t item_minutes_max = 480;

struct Parked {
    ParkedId id;
    std::string text;
    std::optional<PersonId> asked_by;
    std::optional<MessageId> message;
    ParkedState state = ParkedState::waiting;
    RoomTime at;
};

struct AgendaState {
    std::vector<AgendaItem> items;
    std::optional<AgendaItemId> current;
    RoomTime since;
    std::map<ParkedId, Parked> parked;
};

// ---- events

struct ItemBegun { static constexpr std::string_view wire_name = "ItemBegun"; AgendaItemId item; };
struct ItemExtended { static constexpr std::string_view wire_name = "ItemExtended"; AgendaItemId item; std::int64_t minutes{}; };
struct QuestionParked { static constexpr std::string_view wire_name = "QuestionParked"; ParkedId parked; std::string text; std::optional<PersonId> asked_by; std::optional<MessageId> message; PersonId by; };
struct ParkedResolved { static constexpr std::string_view wire_name = "ParkedResolved"; ParkedId parked; ParkedState state{}; PersonId by; };
BOOST_DESCRIBE_STRUCT(ItemBegun, (), (item))
BOOST_DESCRIBE_STRUCT(ItemExtended, (), (item, minutes))
BOOST_DESCRIBE_STRUCT(QuestionParked, (), (parked, text, asked_by, message, by))
BOOST_DESCRIBE_STRUCT(ParkedResolved, (), (parked, state, by))
using AgendaEvents = boost::mp11::mp_list<ItemBegun, ItemExtended, QuestionParked, ParkedResolved>;

// ---- decisions

Decision decide(const Room&, const Asked&, const SetCurrentItem&);
Decision decide(const Room&, const Asked&, const ExtendItem&);
Decision decide(const Room&, const Asked&, const ParkQuestion&);
Decision decide(const Room&, const Asked&, const ResolveParked&);

void apply(Room&, const Asked&, const ItemBegun&);
void apply(Room&, const Asked&, const ItemExtended&);
void apply(Room&, const Asked&, const QuestionParked&);
void apply(Room&, const Asked&, const ParkedResolved&);

std::optional<Change> see_agenda(const Room&, const Viewer&);
std::optional<Change> see(const Room&, ParkedId, const Viewer&);

}  // namespace etakahvila::domain
