#include "keeping/in_rooms.hpp"

#include <iterator>
#include <map>
#include <set>

#include "people/matching.hpp"

namespace etakahvila::keeping {
namespace {

using protocol::CarriedId;
using protocol::SaidKind;

bool has(const auto& all, auto one) { return std::find(all.begin(), all.end(), one) != all.end(); }

/// A day of theirs, as far as the records alone tell.
struct Candidate {
    SessionId session;
    std::string theme;
    /// They are in it, and it has begun: others may have written of them.
    bool is_certain{};
};

std::vector<Candidate> candidates(const records::Database& reader, PersonId person, UtcTime now) {
    std::vector<Candidate> all;
    auto rows = reader.read(
        std::string{people::they_sql} +
            "SELECT s.id, s.theme, s.starts_at <= ? AND EXISTS (SELECT 1 FROM registrations r JOIN they ON they.id = "
            "r.person WHERE r.session = s.id) FROM sessions s WHERE s.id IN (SELECT session FROM registrations JOIN "
            "they ON they.id = person UNION SELECT session FROM taken_out JOIN they ON they.id = person UNION SELECT "
            "session FROM day_people JOIN they ON they.id = person) AND s.id NOT IN (SELECT session FROM "
            "compacted_rooms) AND EXISTS (SELECT 1 FROM steps t WHERE t.session = s.id) ORDER BY s.id",
        person, now);
    while (rows.next()) all.push_back({rows.get<SessionId>(0), rows.text(1), rows.get<bool>(2)});
    return all;
}

/// Questions whose words are somewhere still, each with the rows as which it was carried on in the same words.
std::map<CarriedOn, std::set<CarriedId>> chains_of(const records::Database& reader) {
    std::map<CarriedOn, std::set<CarriedId>> chains;
    std::set<CarriedOn> with_words;
    auto rows = reader.read(
        "WITH RECURSIVE chain (session, parked, id) AS (SELECT session, parked, id FROM carried_questions UNION SELECT "
        "c.session, c.parked, q.id FROM carried_questions q JOIN chain c ON q.earlier = c.id) SELECT c.session, "
        "c.parked, q.id, q.text <> '' FROM chain c JOIN carried_questions q ON q.id = c.id");
    while (rows.next()) {
        const CarriedOn question{rows.get<SessionId>(0), rows.get<ParkedId>(1)};
        chains[question].insert(rows.get<CarriedId>(2));
        if (rows.get<bool>(3)) with_words.insert(question);
    }
    std::erase_if(chains, [&](const auto& chain) { return !with_words.contains(chain.first); });
    return chains;
}

/// The compacted rooms of days of theirs.
std::set<SessionId> compacted_of(const records::Database& reader, PersonId person) {
    std::set<SessionId> found;
    auto rows = reader.read(std::string{people::they_sql} +
                                "SELECT session FROM compacted_rooms WHERE session IN (SELECT session FROM "
                                "registrations JOIN they ON they.id = person UNION SELECT session FROM day_people "
                                "JOIN they ON they.id = person)",
        person);
    while (rows.next()) found.insert(rows.get<SessionId>(0));
    return found;
}

/// The rooms, not compacted, that were told one of these rows.
std::vector<SessionId> rooms_told(const records::Database& reader, Rooms& rooms, std::span<const CarriedOn> questions,
    const std::set<CarriedId>& carried) {
    std::set<SessionId> later;
    for (const auto& question : questions) {
        auto rows = reader.read(
            "SELECT n.id FROM sessions n JOIN sessions asked ON asked.id = ? WHERE n.series = asked.series AND "
            "n.id <> asked.id AND n.id NOT IN (SELECT session FROM compacted_rooms) AND EXISTS (SELECT 1 FROM steps t "
            "WHERE t.session = n.id)",
            question.session);
        while (rows.next()) later.insert(rows.get<SessionId>(0));
    }
    std::vector<SessionId> told;
    for (const auto session : later) {
        const auto steps = rooms.steps_of(session);
        const auto is_told = [&](const domain::Event& event) {
            const auto* brought_up = std::get_if<domain::QuestionBroughtUp>(&event.any());
            return brought_up != nullptr && carried.contains(brought_up->carried);
        };
        if (std::any_of(steps.begin(), steps.end(),
                [&](const domain::Step& step) { return std::any_of(step.events.begin(), step.events.end(), is_told); }))
            told.push_back(session);
    }
    return told;
}

}  // namespace

std::vector<protocol::SaidByPerson> said_in(
    std::span<const domain::Step> steps, std::span<const PersonId> ids, std::string_view theme) {
    std::vector<protocol::SaidByPerson> said;
    const auto is_theirs = [&](PersonId person) { return has(ids, person); };
    const auto carried = carried_from(steps, ids);
    for (const auto& step : steps) {
        const auto note = [&](PersonId person, SaidKind kind, const std::string& text) {
            if (is_theirs(person) && !text.empty())
                said.push_back({.at = step.stamp.utc, .theme = std::string{theme}, .kind = kind, .text = text});
        };
        for (const auto& event : step.events) {
            const auto& any = event.any();
            if (const auto* admitted = std::get_if<domain::PersonAdmitted>(&any)) {
                note(admitted->person, SaidKind::name, admitted->name);
            } else if (const auto* changed = std::get_if<domain::NameChanged>(&any)) {
                note(changed->person, SaidKind::name, changed->name);
            } else if (const auto* given = std::get_if<domain::SecondNameGiven>(&any)) {
                note(given->person, SaidKind::name, given->name);
            } else if (const auto* sent = std::get_if<domain::MessageSent>(&any)) {
                note(sent->author, SaidKind::message, sent->text);
            } else if (const auto* kept = std::get_if<domain::TurnTextKept>(&any)) {
                note(kept->speaker, SaidKind::turn_text, kept->text);
            } else if (const auto* requested = std::get_if<domain::FloorRequested>(&any)) {
                note(requested->requested_by, SaidKind::request_note, requested->note.value_or(""));
                note(requested->requested_by, SaidKind::written_turn, requested->text.value_or(""));
            } else if (const auto* asked = std::get_if<domain::HelpAsked>(&any)) {
                note(asked->person, SaidKind::help, asked->words);
                note(asked->person, SaidKind::call_back, asked->call_back.value_or(""));
            } else if (const auto* line = std::get_if<domain::HelpLineAdded>(&any)) {
                note(line->author, SaidKind::help, line->text);
            } else if (const auto* resolved = std::get_if<domain::ParkedResolved>(&any)) {
                if (resolved->carried && !resolved->carried->is_anew && has(carried, resolved->parked))
                    said.push_back({.at = step.stamp.utc,
                        .theme = std::string{theme},
                        .kind = SaidKind::carried_question,
                        .text = resolved->carried->text});
            }
        }
    }
    return said;
}

std::vector<ParkedId> carried_from(std::span<const domain::Step> steps, std::span<const PersonId> ids) {
    std::set<ParkedId> theirs;
    std::set<ParkedId> carried;
    for (const auto& step : steps) {
        for (const auto& event : step.events) {
            const auto& any = event.any();
            if (const auto* parked = std::get_if<domain::QuestionParked>(&any)) {
                if (parked->asked_by && has(ids, *parked->asked_by)) theirs.insert(parked->parked);
            } else if (const auto* shown = std::get_if<domain::ParkedShown>(&any)) {
                theirs.erase(shown->parked);
            } else if (const auto* resolved = std::get_if<domain::ParkedResolved>(&any)) {
                if (resolved->carried) carried.insert(resolved->parked);
            }
        }
    }
    std::erase_if(carried, [&](ParkedId parked) { return !theirs.contains(parked); });
    return {carried.begin(), carried.end()};
}

std::vector<SessionId> InRooms::owed() const {
    std::vector<SessionId> all;
    std::set_union(rooms.begin(), rooms.end(), carried_into.begin(), carried_into.end(), std::back_inserter(all));
    return all;
}

InRooms in_rooms(const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now) {
    const auto ids = people::ids_of(reader, person);
    const auto chains = chains_of(reader);
    InRooms found;
    std::set<CarriedId> carried;
    const auto add_question = [&](CarriedOn question) {
        const auto chain = chains.find(question);
        if (chain == chains.end()) return;
        found.carried.push_back(question);
        carried.insert(chain->second.begin(), chain->second.end());
    };
    for (const auto& [session, theme, is_certain] : candidates(reader, person, now)) {
        const auto steps = rooms.steps_of(session);
        auto said = said_in(steps, ids, theme);
        if (!is_certain && said.empty()) continue;
        found.rooms.push_back(session);
        std::move(said.begin(), said.end(), std::back_inserter(found.said));
        for (const auto parked : carried_from(steps, ids)) add_question({session, parked});
    }
    const auto past = compacted_of(reader, person);
    for (const auto& [question, chain] : chains) {
        if (past.contains(question.session)) add_question(question);
    }
    found.carried_into = rooms_told(reader, rooms, found.carried, carried);
    return found;
}

}  // namespace etakahvila::keeping
