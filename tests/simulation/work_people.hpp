#pragma once

// People at the day's work: participants who write, return and read on one device or two, staff who plan, claim and
// answer, all over HTTP as the pages do. What has no answer is asked again, the same, until it has one. Votes and the
// phases of the day go by the room's own line.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client.hpp"
#include "other_door.hpp"
#include "work_ledger.hpp"

namespace etakahvila::simulation {

class WorkPeople {
public:
    struct Parts {
        Time& time;
        testing::Chance& chance;
        const Plan& plan;
        Ledger& ledger;
        WorkLedger& work;
        const PersonalLinks& links;
        const std::vector<std::shared_ptr<Client>>& clients;
        std::function<Role(std::int64_t)> role_of;
        /// False where nobody listens.
        std::function<bool(net::Request, net::Answer)> ask;
    };
    explicit WorkPeople(Parts parts) : parts_{std::move(parts)} {}

    void begin();
    /// Somebody does something of the day's work.
    void act();
    bool has_unsent() const;

private:
    struct Device;
    using Shared = std::shared_ptr<Device>;
    using Then = std::function<void(WorkLedger::TryId, const std::string& body, std::optional<RefusalWord> refused)>;
    struct Pending {
        Asked asked;
        net::Request request;
        Then then;
        int tries = 0;
    };
    struct Device {
        PersonId person;
        Role role = Role::participant;
        std::optional<Pending> pending{};
        /// Counted up with each try: an answer to an earlier one is passed over.
        int tries = 0;
        /// Of a participant.
        std::optional<protocol::OwnWorkAnswer> own{};
        bool has_given_feedback = false;
        /// Of the staff.
        std::optional<protocol::DeskAnswer> desk{};
        std::map<std::pair<PersonId, AssignmentId>, std::int64_t> answer_versions{};
        std::size_t planned = 0;
    };

    void lead();
    void poll_act();
    void participant_act(const Shared& device);
    void work_on(const Shared& device, const protocol::OwnWork& work);
    void feedback_act(const Shared& device);
    void staff_act(const Shared& device);
    void answer_row(const Shared& device, const protocol::DeskRow& row);
    void plan_assignment(const Shared& device);
    void cancel(const Shared& device);

    void get(const Shared& device, Asked asked, const std::string& path, const std::string& query, Then then);
    template <class Body>
    void post(const Shared& device, Asked asked, const std::string& path, const Body& body, Then then);
    void attempt(const Shared& device);
    void heard(const Shared& device, int number, WorkLedger::TryId id, const net::Response& response);
    void again_later(const Shared& device, int number);
    Then own_then(const Shared& device, Deed done);
    Then row_then(const Shared& device, Deed done);

    std::shared_ptr<Client> one_of(Role role);
    std::shared_ptr<Client> participant();

    Parts parts_;
    std::vector<Shared> devices_;
    Microseconds led_at_ = -1'000 * second;
    bool is_noon_past_ = false;
};

}  // namespace etakahvila::simulation
