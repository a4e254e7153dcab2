#include "runtime/room_saving.hpp"

#include <memory>
#include <utility>

namespace etakahvila::runtime {

ReadBack read_back(const journal::StoredRoom& stored, domain::Seq acknowledged, journal::Saves saves) {
    ReadBack back;
    for (const auto& step : stored.steps) {
        if (step.seq <= acknowledged) apply(back.room, step);
    }
    for (const auto& ballot : stored.ballots) put_in_box(back.room, ballot);
    const bool is_all_acknowledged = static_cast<domain::Seq>(stored.steps.size()) == acknowledged &&
                                     !stored.damaged_at;
    back.is_whole = back.room.seq == acknowledged && (is_all_acknowledged || saves != journal::Saves::everything);
    return back;
}

void read_back_later(RoomLoop& loop, journal::Journal& journal, protocol::SessionId session, domain::Seq acknowledged,
    std::function<void(ReadBack&)> back) {
    journal.load_later(session, [room = loop.shared_from_this(), &journal, session, acknowledged,
                                    back = std::move(back)](const std::optional<journal::StoredRoom>& stored) {
        std::shared_ptr<ReadBack> read;
        if (stored) read = std::make_shared<ReadBack>(read_back(*stored, acknowledged, journal.saves()));
        room->post([&loop = *room, &journal, session, acknowledged, back, read] {
            if (read) return back(*read);
            loop.after(read_back_again, [&loop, &journal, session, acknowledged, back] {
                read_back_later(loop, journal, session, acknowledged, back);
            });
        });
    });
}

RoomSaving::RoomSaving(bool is_damaged, journal::Saves saves) : state_{Whole{saves}} {
    if (is_damaged) state_ = Damaged{};
}

bool RoomSaving::saves(journal::Need need) const {
    const auto* whole = std::get_if<Whole>(&state_);
    if (whole == nullptr) return false;
    return whole->saves == journal::Saves::everything ||
           (whole->saves == journal::Saves::vital_only && need == journal::Need::vital);
}

base::Milliseconds RoomSaving::begin_reading_back(
    journal::Saves saves, base::Milliseconds now, std::vector<base::Task> undo) {
    state_ = ReadingBack{.undo = std::move(undo), .postponed = {}};
    if (saves != journal::Saves::everything) return {};
    const auto before = std::exchange(refused_at_, now);
    return before && now - *before < refused_again_within ? read_back_again : base::Milliseconds{};
}

void RoomSaving::postpone(base::Task asked) { std::get<ReadingBack>(state_).postponed.push_back(std::move(asked)); }

RoomSaving::ReadingBack RoomSaving::go_on(bool is_whole, journal::Saves saves) {
    auto left = std::move(std::get<ReadingBack>(state_));
    if (is_whole)
        state_ = Whole{saves};
    else
        state_ = Damaged{};
    return left;
}

bool RoomSaving::follow(journal::Saves saves) {
    auto* whole = std::get_if<Whole>(&state_);
    return whole != nullptr && std::exchange(whole->saves, saves) != saves;
}

protocol::Saving RoomSaving::told_to(protocol::Role role) const {
    protocol::Saving told{.state = protocol::SavingState::ok, .trouble = {}};
    if (saves_everything()) return told;
    told.state = protocol::SavingState::stopped;
    if (!domain::is_staff(role)) return told;
    const auto* whole = std::get_if<Whole>(&state_);
    if (whole == nullptr)
        told.trouble = protocol::SavingTrouble::damaged;
    else if (whole->saves == journal::Saves::nothing)
        told.trouble = protocol::SavingTrouble::disk_failed;
    else
        told.trouble = protocol::SavingTrouble::disk_full;
    return told;
}

}  // namespace etakahvila::runtime
