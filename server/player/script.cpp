#include "player/script.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace etakahvila::player {
namespace {

using ConnectionOf = std::pair<std::string, std::string>;
const std::string chat = "chat";

bool is_act_of_who(const Record& record) {
    return record.op == Op::chat || record.op == Op::withdraw || (record.op == Op::request && !record.by);
}

/// Lines that the record lacks: the beginnings of connections that only end in it.
std::vector<Record> missing_beginnings(const Meeting& meeting) {
    std::vector<Record> missing;
    std::set<ConnectionOf> begun;
    std::map<std::string, base::Milliseconds> begun_by_anyone;
    for (const auto& record : meeting.records) {
        if (is_act_of_who(record)) begun.emplace(*record.who, chat);
        if (record.by) begun.emplace(*record.by, chat);
        if (record.op == Op::join) {
            begun.emplace(*record.who, *record.conn);
            if (*record.conn != chat) begun_by_anyone[*record.conn] = record.t;
        }
        if (record.op != Op::leave || !begun.emplace(*record.who, *record.conn).second) continue;
        const auto known = begun_by_anyone.find(*record.conn);
        missing.push_back({.t = known == begun_by_anyone.end() ? base::Milliseconds{0} : known->second,
            .op = Op::join,
            .who = record.who,
            .conn = record.conn});
    }
    return missing;
}

class Writer {
public:
    explicit Writer(const Meeting& meeting) {
        script_.name = meeting.name;
        auto records = missing_beginnings(meeting);
        records.insert(records.end(), meeting.records.begin(), meeting.records.end());
        std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.t < b.t; });
        // Numbered by the record, not by what is added to it.
        for (const auto& record : meeting.records) {
            if (record.who) number_of(*record.who);
            if (record.by) number_of(*record.by);
        }
        for (const auto& record : records) write(record);
        script_.length = records.back().t;
    }

    Script take() { return std::move(script_); }

private:
    PersonNumber number_of(const std::string& name) {
        const auto [found, is_new] = numbers_.try_emplace(name, script_.people.size());
        if (is_new) script_.people.push_back(name);
        return found->second;
    }

    void begin(base::Milliseconds t, PersonNumber person, const std::string& conn) {
        up_.emplace(person, conn);
        ++script_.connections;
        script_.steps.push_back({.t = t, .what = Arrive{person, conn}});
    }
    void be_in_chat(base::Milliseconds t, PersonNumber person) {
        if (!up_.contains({person, chat})) begin(t, person, chat);
    }
    void be_there(base::Milliseconds t, PersonNumber person) {
        const auto any = up_.lower_bound({person, {}});
        if (any == up_.end() || any->first != person) begin(t, person, chat);
    }

    void write(const Record& record) {
        const auto who = record.who ? number_of(*record.who) : 0;
        if (is_act_of_who(record)) be_in_chat(record.t, who);
        std::optional<std::vector<PersonNumber>> answer;
        if (record.queue) {
            answer.emplace();
            for (const auto& name : *record.queue) answer->push_back(number_of(name));
        }
        const auto add = [&](auto what) {
            script_.steps.push_back({.t = record.t, .what = std::move(what), .answer = std::move(answer)});
        };
        switch (record.op) {
            case Op::join:
                if (!up_.contains({who, *record.conn})) return begin(record.t, who, *record.conn);
                ++script_.redials;
                return add(Redial{who, *record.conn});
            case Op::leave:
                if (up_.erase({who, *record.conn}) == 1) add(Depart{who, *record.conn});
                return;
            case Op::chat: return add(Say{who, static_cast<std::size_t>(*record.len)});
            case Op::request: {
                std::optional<PersonNumber> by;
                if (record.by) {
                    by = number_of(*record.by);
                    be_in_chat(record.t, *by);
                    be_there(record.t, who);
                }
                return add(Ask{who, by});
            }
            case Op::withdraw: return add(Withdraw{who});
            case Op::grant: be_there(record.t, who); return add(Grant{who});
            case Op::show: return add(Look{});
        }
    }

    Script script_;
    std::map<std::string, PersonNumber> numbers_;
    std::set<std::pair<PersonNumber, std::string>> up_;
};

}  // namespace

Script script_of(const Meeting& meeting) { return Writer{meeting}.take(); }

std::int64_t length_of_union(std::vector<Interval> intervals) {
    std::sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) { return a.from < b.from; });
    std::int64_t length = 0;
    std::int64_t until = std::numeric_limits<std::int64_t>::min();
    for (const auto& interval : intervals) {
        length += std::max<std::int64_t>(0, interval.to - std::max(interval.from, until));
        until = std::max(until, interval.to);
    }
    return length;
}

}  // namespace etakahvila::player
