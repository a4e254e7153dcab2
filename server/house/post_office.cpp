#include "house/post_office.hpp"

#include "base/secret.hpp"
#include "domain/room/context.hpp"
#include "people/cancelling.hpp"
#include "people/mail_address.hpp"
#include "reports/cancelled_letter.hpp"

namespace etakahvila::house {
namespace {

/// How long the thread sleeps at most: the clock that says what is due may have been set.
constexpr std::chrono::seconds sleep_max{30};

}  // namespace

PostOffice::PostOffice(Parts parts) : parts_{std::move(parts)} {
    if (auto from = people::ascii_email(parts_.server.from)) parts_.server.from = *std::move(from);
    if (is_open()) thread_ = std::thread{[this] { run(); }};
}

PostOffice::~PostOffice() {
    is_closing_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
}

void PostOffice::hold(people::MailId mail, const people::NewInvitation& made) {
    const std::lock_guard lock{mutex_};
    held_[mail] = {.link = parts_.site + std::string{reports::page_of(made.invitation.role)} + made.secret.to_link(),
        .code = made.code ? made.code->to_text() : std::string{},
        .invitation = made.invitation.id};
}

void PostOffice::wake() {
    {
        const std::lock_guard lock{mutex_};
        is_woken_ = true;
    }
    wake_.notify_one();
}

void PostOffice::run() {
    const auto reader = parts_.store.open_reader();
    while (!is_closing_) {
        try {
            // A letter that went out and could not be noted would go out again.
            const bool can_note = parts_.store.saves() == journal::Saves::everything;
            if (const auto due = can_note ? people::mail_due(*reader, parts_.clock.utc()) : std::nullopt) {
                if (sent_.contains(due->id))
                    note_sent(*due);
                else
                    deliver(*reader, *due);
                continue;
            }
        } catch (const std::exception&) {
            parts_.log.error("mail_queue_failed");
        }
        std::unique_lock lock{mutex_};
        wake_.wait_for(lock, sleep_max, [&] { return is_woken_; });
        is_woken_ = false;
    }
}

void PostOffice::deliver_cancelled(const records::Database& reader, const people::Mail& mail) {
    const auto person = people::person_details(reader, mail.person);
    const auto letter = reports::cancelled_letter(
        reader, mail.session.value_or(protocol::SessionId{}), {.site = parts_.site, .help_phone = parts_.help_phone});
    const auto address = person && person->email ? people::ascii_email(*person->email) : std::nullopt;
    if (!letter || !address) return fail(mail, {.words = "no address", .is_final = true});
    send(mail, {.to = *address,
                   .sender = letter->series,
                   .subject = reports::cancelled_subject(*letter),
                   .text = reports::cancelled_text(*letter),
                   .calendar = reports::calendar_of(
                       std::array{reports::cancelled_entry(*letter, mail.person, parts_.clock.utc())},
                       reports::CalendarMethod::cancel, parts_.server.from),
                   .calendar_method = "CANCEL",
                   .id = mail.token + parts_.server.from.substr(parts_.server.from.find('@'))});
}

void PostOffice::deliver(const records::Database& reader, const people::Mail& mail) {
    if (mail.is_cancelling) return deliver_cancelled(reader, mail);
    // Nobody is invited to it any more.
    if (mail.session && people::words_of_cancelled(reader, *mail.session))
        return fail(mail, {.words = "the day is cancelled", .is_final = true});
    const auto person = people::person_details(reader, mail.person);
    if (!person || !person->email) return fail(mail, {.words = "no address", .is_final = true});
    const auto address = people::ascii_email(*person->email);
    if (!address) return fail(mail, {.words = "the address has letters that mail does not carry", .is_final = true});
    auto carried = held(mail.id);
    if (!carried) carried = invited_anew(reader, mail);
    const auto letter = carried ? letter_of(reader, mail, *carried) : std::nullopt;
    if (!letter) return fail(mail, {.words = "not registered, or the session is over", .is_final = true});
    send(mail, {.to = *address,
                   .sender = reports::letter_sender(*letter),
                   .subject = reports::letter_subject(*letter),
                   .text = reports::letter_text(*letter),
                   .calendar = reports::calendar_of(reports::calendar_entries(*letter, parts_.clock.utc()),
                       reports::CalendarMethod::publish, parts_.server.from),
                   // A letter with another link is another letter.
                   .id = mail.token + "." + std::to_string(carried->invitation.value) +
                         parts_.server.from.substr(parts_.server.from.find('@'))});
}

void PostOffice::send(const people::Mail& mail, const mail::Message& message) {
    if (const auto trouble = mail::send(parts_.server, message, is_closing_)) {
        if (!is_closing_) fail(mail, *trouble);
        return;
    }
    sent_.insert(mail.id);
    note_sent(mail);
}

void PostOffice::note_sent(const people::Mail& mail) {
    parts_.store.write_and_wait(
        [&](records::Database& database) { people::mail_was_sent(database, mail.id, parts_.clock.utc()); });
    sent_.erase(mail.id);
    parts_.log.info("mail_sent", {{"mail", mail.id}});
    const std::lock_guard lock{mutex_};
    held_.erase(mail.id);
}

std::optional<PostOffice::Held> PostOffice::held(people::MailId mail) {
    const std::lock_guard lock{mutex_};
    const auto found = held_.find(mail);
    return found == held_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<PostOffice::Held> PostOffice::invited_anew(const records::Database& reader, const people::Mail& mail) {
    const auto now = parts_.clock.utc();
    const auto session = mail.session ? people::session_record(reader, *mail.session) : std::nullopt;
    if (!session && !mail.period) return std::nullopt;
    std::optional<people::NewInvitation> made;
    parts_.store.write_and_wait([&](records::Database& database) {
        auto invited = session ? people::invite(database, session->id, mail.person,
                                     people::usual_times(session->starts_at, session->ends_at), now, base::fill_random)
                               : people::invite_for_period(database, *mail.period, mail.person, now, base::fill_random);
        if (auto* invitation = std::get_if<people::NewInvitation>(&invited)) made = std::move(*invitation);
    });
    if (!made) return std::nullopt;
    hold(mail.id, *made);
    return held(mail.id);
}

std::optional<reports::InvitationLetter> PostOffice::letter_of(
    const records::Database& reader, const people::Mail& mail, const Held& carried) const {
    const reports::LetterHead head{.site = parts_.site, .help_phone = parts_.help_phone};
    reports::LetterKey key{.link = carried.link, .code = carried.code};
    if (mail.period)
        return reports::season_letter_to(reader, *mail.period, mail.person, head, std::move(key), parts_.clock.utc());
    const auto session = mail.session ? people::session_record(reader, *mail.session) : std::nullopt;
    if (!session) return std::nullopt;
    return reports::letter_to(reader, *session, mail.person, head, std::move(key));
}

void PostOffice::fail(const people::Mail& mail, const mail::Trouble& trouble) {
    parts_.store.write_and_wait([&](records::Database& database) {
        people::mail_has_failed(database, mail.id, trouble.words, trouble.is_final, parts_.clock.utc());
    });
    ++failed_;
    parts_.log.info("mail_failed", {{"mail", mail.id}, {"final", trouble.is_final}});
    if (!trouble.is_final && mail.tries + 1 < people::mail_tries_max) return;
    const std::lock_guard lock{mutex_};
    held_.erase(mail.id);
}

}  // namespace etakahvila::house
