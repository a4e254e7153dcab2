#include "keeping/registry.hpp"

#include <array>

namespace etakahvila::keeping {
namespace {

using enum protocol::KeepingRule;
using enum Stays;

constexpr std::array listed{
    // ---- people and who takes part
    Listed{"people", "id is_client same_as", without_words},
    Listed{"people", "name name_key decision_type supervisor", day_records},
    Listed{"people", "phone email needs best_time sms_allowed needs_shown", contacts},
    Listed{"other_people", "one other", without_words},
    Listed{"registrations", "session person role absence_told_at absence_told_by enrolment", day_records},
    Listed{"registrations", "absence_note absence_reason", absence_words},
    Listed{"enrolments", "id person period package first_day last_day kind supervisor state made_at", day_records},
    Listed{"enrolment_choices", "enrolment series choice reason by_name at", day_records},
    Listed{"taken_out", "session person at", day_records},
    Listed{"season_bans", "session person banned_at", links},
    // The coordinator's key alone has a holder, and stays: it is told by it who has looked at what.
    Listed{"invitations",
        "id session period person secret_hash code_hash made_at not_before expires revoked_at holder by_ban told_at",
        links},
    Listed{"mails", "id session period person made_at state tries next_try_at sent_at trouble token what", links},
    Listed{"calendar_feeds", "person period token_hash made_at", links},
    Listed{"cancel_calls", "session person told_at told_by tries tried_at seen_at", links},

    // ---- the days
    Listed{"days", "session version kept_at record", day_records},
    Listed{"day_people", "person session begins_at has_attended", day_records},
    Listed{"rooms", "session epoch chained_with compactions", without_words},
    Listed{"steps", "session seq record digest", room_words},
    Listed{"ballots", "session person poll options", ends_by_itself},
    Listed{"carried_questions", "id session parked earlier seen_by asked_at brought_up_in", without_words},
    Listed{"carried_questions", "text", carried_words},
    Listed{"phone_contacts",
        "session person version before state tries seconds answered_at task_minutes check_at checked_at by_person at",
        day_records},
    Listed{"phone_contacts", "task note agreed", call_words},
    Listed{"appointments", "session kind held_by phase agreed_starts_at agreed_ends_at once made_at", without_words},
    Listed{"appointments", "place note", call_words},

    // ---- the day's work, its feedback
    Listed{"submissions",
        "id assignment person state version source late returned_at claimed_by claimed_until sent_at left_at "
        "wants_call answers_by_phone read_at words_version saved_at assignment_version sharing shared_at thanks_at "
        "answer_version answer_by answer_saved_at looked_at_by",
        day_records},
    Listed{"submissions", "words call_back worry_done thanks answer", work_words},
    Listed{"other_words", "id submission is_answer words saved_at", work_words},
    Listed{"sent_answers", "submission sent_at words by_person", work_words},
    Listed{"photos", "id submission description added_at bytes", pictures},
    Listed{"feedbacks", "session closes_at is_closed is_told", without_words},
    Listed{"feedback_given", "session person", ends_by_itself},
    Listed{"feedback_answers", "session id felt heard worked helped", without_words},
    Listed{"feedback_words", "session id about_staff words", feedback_words},
    Listed{"improvements", "id series state words version saved_at", words_of_the_site},
    Listed{"improvement_days", "improvement session", without_words},

    // ---- the programme
    Listed{"series", "id name name_key short_name is_for_all starts ends letter instructions netiquette way",
        words_of_the_site},
    Listed{"series_kinds", "series kind", words_of_the_site},
    Listed{"series_agenda", "series item kind title minutes question", words_of_the_site},
    Listed{"openings", "series place words", words_of_the_site},
    Listed{"decision_kinds", "key place fi sv en duty first_day last_day", words_of_the_site},
    Listed{"absence_reasons", "kind reason", words_of_the_site},
    Listed{"periods", "id name name_key first_day last_day weekday starts ends doors_minutes skip_moves_turn is_closed",
        words_of_the_site},
    Listed{"period_series", "period place series", words_of_the_site},
    Listed{"period_skips", "period day why", words_of_the_site},
    Listed{"packages", "id period name name_key", words_of_the_site},
    Listed{"package_parts", "package series way instead", words_of_the_site},
    Listed{"sessions",
        "id series theme question starts_at ends_at help_phone present_percent grace_seconds voice many_listeners "
        "present_minutes period doors_minutes revision anonymous_among_participants",
        words_of_the_site},
    Listed{"session_words", "session word", words_of_the_site},
    Listed{"agenda_items", "session item kind title minutes question place", words_of_the_site},
    Listed{"outside_days", "session way period day", without_words},
    Listed{"moved_polls", "session place poll", words_of_the_site},
    Listed{"cancelled_sessions", "session why words by_name at moved_to", words_of_the_site},
    Listed{"assignments", "id session item version minutes ways is_choice second_look opened_at due closed_at",
        words_of_the_site},
    Listed{"assignment_words", "assignment version title words questions hint", words_of_the_site},

    // ---- the staff, and who has looked at what
    Listed{"staff_accounts", "id person name_key password_hash locked_at made_at", of_the_staff},
    Listed{"staff_roles", "account series role period", of_the_staff},
    Listed{"staff_supervises", "account name name_key", of_the_staff},
    Listed{"password_links", "account secret_hash expires", ends_by_itself},
    Listed{"sign_ins", "id account secret_hash made_at used_at network browser device proved_at", ends_by_itself},
    Listed{"second_steps", "account secret counter made_at spare_salt", of_the_staff},
    Listed{"spare_codes", "account code_hash", of_the_staff},
    Listed{"new_second_steps", "account secret made_at", ends_by_itself},
    Listed{"half_sign_ins", "secret_hash account made_at", ends_by_itself},
    Listed{"second_step_rule", "id asked_of asked_from", words_of_the_site},
    Listed{"provider_accounts", "account issuer subject made_at", of_the_staff},
    Listed{"provider_waiting", "secret_hash code_hash issuer subject made_at", ends_by_itself},
    Listed{"account_acts", "id at act account by_account by_invitation by_uid digest", of_the_staff},
    Listed{"operator_acts", "id at uid name act exit_code", of_the_staff},
    Listed{"operator_accesses", "act access session person", without_words},
    Listed{"access_notes", "id at act by_invitation by_person session by_account subjects digest", access_log},
    Listed{"access_subjects", "person note", access_log},

    // ---- keeping itself
    Listed{"keeping_times", "rule kind time changed_at by_name", of_the_staff},
    Listed{"keeping_facts", "name value", of_the_program},
    Listed{"keeping_holds", "id person session reason last_day by_name made_at ended_at", holds},
    Listed{"erasure_runs", "id at made_by is_whole", without_words},
    Listed{"erasure_counts", "run rule count", without_words},
    Listed{"compacted_rooms", "session at", without_words},
    Listed{"rooms_to_compact", "session since", without_words},
    Listed{"keeping_lives", "place giver life given", without_words},
    Listed{"erased_people", "person at", without_words},

    // ---- the program's own
    Listed{"people_settings", "name value", of_the_program},
    Listed{"schema_version", "part version", of_the_program},
    Listed{"data_format", "id level program before_upgrade", of_the_program},
    Listed{"backup_facts", "kind at made_at", of_the_program},
};

}  // namespace

std::span<const Listed> registry() { return listed; }

}  // namespace etakahvila::keeping
