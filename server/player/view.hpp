#pragma once

// A client's picture of the room, made of batches (protocol/room.md, "Things and changes").

#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "protocol/connection.hpp"

namespace etakahvila::player {

class View {
public:
    /// What the stream has done wrong so far; all 0 when it kept its promise.
    struct Faults {
        /// A batch that began after what was had.
        std::int64_t gaps{};
        /// A message told again just as it was.
        std::int64_t doubled{};
        /// A message told later than one that stands after it.
        std::int64_t reordered{};
    };

    /// A greeting that resumes goes on from what is had; any other begins anew.
    void begin(const protocol::Welcome& welcome);

    enum class Taken : std::uint8_t { applied, skipped, gap };
    Taken take(const protocol::Batch& batch);

    std::int64_t have() const { return have_; }
    const std::string& epoch() const { return epoch_; }
    const Faults& faults() const { return faults_; }

    // ---- what is there

    const protocol::RoomInfo* room() const { return find<protocol::RoomInfo>(protocol::ChangeKind::room); }
    const protocol::FloorInfo* floor() const { return find<protocol::FloorInfo>(protocol::ChangeKind::floor); }
    const protocol::Turn* turn() const { return find<protocol::Turn>(protocol::ChangeKind::turn); }
    const protocol::ChatInfo* chat() const { return find<protocol::ChatInfo>(protocol::ChangeKind::chat); }
    const protocol::Person* person(protocol::PersonId id) const {
        return find<protocol::Person>(protocol::ChangeKind::person, id.value);
    }
    const protocol::Message* message(protocol::MessageId id) const {
        return find<protocol::Message>(protocol::ChangeKind::message, id.value);
    }
    const protocol::HelpRequest* help(protocol::HelpId id) const {
        return find<protocol::HelpRequest>(protocol::ChangeKind::help_request, id.value);
    }
    const protocol::ReviewItem* review_item(protocol::MessageId id) const {
        return find<protocol::ReviewItem>(protocol::ChangeKind::review_item, id.value);
    }

    /// The waiting list. Replies come first, then those in the line-up in its order, then the rest by id.
    std::vector<const protocol::FloorRequest*> queue() const;
    /// The person's place in it; null when they do not wait.
    const protocol::FloorRequest* waiting(protocol::PersonId person) const;

    template <class Thing>
    std::vector<const Thing*> all() const {
        std::vector<const Thing*> found;
        for (const auto& [key, thing] : things_) {
            if (const auto* is = std::get_if<Thing>(&thing)) found.push_back(is);
        }
        return found;
    }

    // ---- the messages of the room's channel that this stream has told as published

    /// Where the first batch, the snapshot, ended.
    std::int64_t began_at() const { return began_at_; }
    /// Of the snapshot, and of what came after it; by place.
    const std::set<std::int64_t>& told_at_first() const { return told_at_first_; }
    const std::set<std::int64_t>& told_later() const { return told_later_; }
    /// Of the last batch: the places of messages told for the first time.
    const std::vector<std::int64_t>& told_now() const { return told_now_; }
    /// Whether the place is of a time away that was so long that not all of it was told.
    bool is_left_out(std::int64_t place) const;
    /// Messages that the snapshot showed in another state: its author's own.
    std::size_t others_at_first() const { return others_at_first_; }

private:
    using Key = std::pair<protocol::ChangeKind, std::int64_t>;

    template <class Thing>
    const Thing* find(protocol::ChangeKind kind, std::int64_t id = 0) const {
        const auto found = things_.find({kind, id});
        return found == things_.end() ? nullptr : &std::get<Thing>(found->second);
    }

    void note_left_out(const protocol::Batch& batch);
    void take_message(const protocol::Message& message, bool is_snapshot);
    void keep_newest();

    std::map<Key, protocol::Change> things_;
    /// Of the messages that are kept.
    std::set<std::pair<std::int64_t, std::int64_t>> by_place_;
    std::string epoch_;
    std::int64_t have_{};
    bool is_begun_ = false;
    bool has_snapshot_ = false;

    std::int64_t began_at_{};
    std::set<std::int64_t> told_at_first_;
    std::set<std::int64_t> told_later_;
    std::vector<std::int64_t> told_now_;
    std::size_t others_at_first_{};
    std::int64_t last_place_{};
    /// Each between two places.
    std::vector<std::pair<std::int64_t, std::int64_t>> left_out_;
    Faults faults_;
};

inline constexpr std::size_t messages_kept = 200;

}  // namespace etakahvila::player
