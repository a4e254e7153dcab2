#include "player/script.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace etakahvila::player {
namespace {

using ConnectionOf = std::pair<std::string, std::string>;
const std::string chat = "chat";

bool is_act_of_who(const Record& line) {
    return line.op == Op::chat || line.op == Op::withdraw || (line.op == Op::request && !line.by);
}

/// Lines that the record lacks: the beginnings of connections that only end in it.
std::vector<Record> missing_beginnings(const Meeting& meeting) {
    std::vector<Record> missing;
    std::set<ConnectionOf> begun;
    std::map<std::string, base::Milliseconds> begun_by_anyone;
    for (const auto& line : meeting.lines) {
        if (is_act_of_who(line)) begun.emplace(*line.who, chat);
        if (line.by) begun.emplace(*line.by, chat);
        if (line.op == Op::join) {
            begun.emplace(*line.who, *line.conn);
            if (*line.conn != chat) begun_by_anyone[*line.conn] = line.t;
        }
        if (line.op != Op::leave || !begun.emplace(*line.who, *line.conn).second) continue;
        const auto known = begun_by_anyone.find(*line.conn);
        missing.push_back({.t = known == begun_by_anyone.end() ? base::Milliseconds{0} : known->second,
            .op = Op::join,
            .who = line.who,
            .conn = line.conn});
    }
    return missing;
}

class Writer {
public:
    explicit Writer(const Meeting& meeting) {
        script_.name = meeting.name;
        auto lines = missing_beginnings(meeting);
        lines.insert(lines.end(), meeting.lines.begin(), meeting.lines.end());
        std::stable_sort(lines.begin(), lines.end(), [](const Record& a, const Record& b) { return a.t < b.t; });
        // Numbered by the record, not by what is added to it.
        for (const auto& line : meeting.lines) {
            if (line.who) number_of(*line.who);
            if (line.by) number_of(*line.by);
        }
        for (const auto& line : lines) write(line);
        script_.length = lines.back().t;
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

    void write(const Record& line) {
        const auto who = line.who ? number_of(*line.who) : 0;
        if (is_act_of_who(line)) be_in_chat(line.t, who);
        std::optional<std::vector<PersonNumber>> answer;
        if (line.queue) {
            answer.emplace();
            for (const auto& name : *line.queue) answer->push_back(number_of(name));
        }
        const auto add = [&](auto what) {
            script_.steps.push_back({.t = line.t, .what = std::move(what), .answer = std::move(answer)});
        };
        switch (line.op) {
            case Op::join:
                if (!up_.contains({who, *line.conn})) return begin(line.t, who, *line.conn);
                ++script_.redials;
                return add(Redial{who, *line.conn});
            case Op::leave:
                if (up_.erase({who, *line.conn}) == 1) add(Depart{who, *line.conn});
                return;
            case Op::chat: return add(Say{who, static_cast<std::size_t>(*line.len)});
            case Op::request: {
                std::optional<PersonNumber> by;
                if (line.by) {
                    by = number_of(*line.by);
                    be_in_chat(line.t, *by);
                    be_there(line.t, who);
                }
                return add(Ask{who, by});
            }
            case Op::withdraw: return add(Withdraw{who});
            case Op::grant: be_there(line.t, who); return add(Grant{who});
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
