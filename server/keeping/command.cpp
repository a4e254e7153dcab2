#include "keeping/command.hpp"

#include <iomanip>
#include <string_view>

namespace etakahvila::keeping {
namespace {

std::string_view words_of(KeepingRule rule) {
    switch (rule) {
        case KeepingRule::room_words: return "rooms: messages, turns, help, and what was held or taken back";
        case KeepingRule::carried_words: return "questions that were carried";
        case KeepingRule::work_words: return "works on assignments, with their answers";
        case KeepingRule::call_words: return "days by phone and meetings: tasks and notes";
        case KeepingRule::absence_words: return "reasons of absence";
        case KeepingRule::day_records: return "people whose day records are over";
        case KeepingRule::feedback_words: return "days of feedback: words";
        case KeepingRule::pictures: return "photos";
        case KeepingRule::contacts: return "people's phones, e-mails and needs";
        case KeepingRule::links: return "sessions and periods: links, codes, letters";
        case KeepingRule::access_log: return "notes of who looked at what";
        case KeepingRule::holds: return "holds that are over";
    }
    return {};
}

void print(std::ostream& out, const std::vector<KeepingCount>& counts) {
    for (const auto& [rule, count] : counts) out << std::setw(8) << count << "  " << words_of(rule) << '\n';
}

void print_doubt(std::ostream& out, UtcTime now) {
    out << "The clock says " << people::local_date_text(now) << ' ' << people::local_clock_text(now)
        << ". It went back, or jumped by more than " << time_jump_days
        << " days, since it was last believed: nothing is erased. When it is right: etakahvila keeping "
           "--time-is-right.\n";
}

}  // namespace

int keeping_command(Wanted wanted, Keeper& keeper, const records::Database& reader, UtcTime now,
    const std::function<bool()>& goes_on, std::ostream& out) {
    switch (wanted) {
        case Wanted::dry_run:
            out << "This would go now. Nothing has been erased.\n";
            print(out, try_run(reader, now));
            if (is_time_doubted(reader, now)) print_doubt(out, now);
            return 0;
        case Wanted::time_is_right:
            keeper.confirm_time();
            out << "The clock is believed: " << people::local_date_text(now) << ' ' << people::local_clock_text(now)
                << ".\n";
            return 0;
        case Wanted::now: break;
    }
    const auto report = keeper.run(ErasureBy::command, goes_on);
    switch (report.ran) {
        case Ran::whole: out << "This has gone.\n"; break;
        case Ran::cut_off: out << "It was cut off. This has gone; the next run goes on.\n"; break;
        case Ran::time_doubted: print_doubt(out, now); return 1;
        case Ran::not_saving: out << "Nothing can be saved now: the disk is full, or has failed.\n"; return 1;
    }
    print(out, report.counts);
    return report.ran == Ran::whole ? 0 : 1;
}

}  // namespace etakahvila::keeping
