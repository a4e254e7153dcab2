#include "house/figures_page.hpp"

#include <algorithm>
#include <array>

#include "base/build.hpp"
#include "house/process_figures.hpp"

namespace etakahvila::house {
namespace {

using net::counter;
using net::Figure;
using net::gauge;

constexpr std::string_view plain_text = "text/plain; charset=utf-8";
/// The text format of Prometheus.
constexpr std::string_view figures_type = "text/plain; version=0.0.4; charset=utf-8";

constexpr std::array<std::pair<journal::Saves, const char*>, 4> names_of_saves{{
    {journal::Saves::everything, "everything"},
    {journal::Saves::vital_only, "vital_only"},
    {journal::Saves::nothing_yet, "nothing_yet"},
    {journal::Saves::nothing, "nothing"},
}};

double seconds(base::Milliseconds span) { return static_cast<double>(span.count()) / 1000; }
double seconds(base::UtcTime time) { return static_cast<double>(time.ms) / 1000; }
double number(std::int64_t count) { return static_cast<double>(count); }

template <base::NamedEnum E>
std::string word(E value) {
    return std::string{base::name_of(value)};
}

/// A line for each state, of which one is 1.
Figure saving(journal::Saves saves) {
    auto figure = gauge("saving", "What can be saved now: 1 for the state that it is in");
    for (const auto& [state, name] : names_of_saves) figure.with(saves == state ? 1 : 0, {{"state", name}});
    return figure;
}

Figure troubles(Health& health) {
    auto figure = gauge("trouble", "What is wrong now, as /readyz and the coordinator's page have it: 1 while it is");
    const auto shown = health.health();
    for (std::size_t what = 0; what < names_of(protocol::Trouble{}).size(); ++what) {
        const auto trouble = static_cast<protocol::Trouble>(what);
        const bool is_there = std::any_of(shown.troubles.begin(), shown.troubles.end(),
            [&](const protocol::TroubleShown& one) { return one.what == trouble; });
        figure.with(is_there ? 1 : 0, {{"what", word(trouble)}});
    }
    return figure;
}

void add_rooms(const runtime::RoomFigures& rooms, std::vector<Figure>& figures) {
    figures.push_back(gauge("rooms_open", "Rooms that are loaded", number(rooms.rooms)));
    figures.push_back(
        gauge("rooms_damaged", "Rooms whose journal is not whole; they save nothing", number(rooms.damaged)));
    auto people = gauge("people_connected", "People who are in a room, each once, by role");
    for (std::size_t role = 0; role < rooms.people.size(); ++role)
        people.with(number(rooms.people[role]), {{"role", word(static_cast<protocol::Role>(role))}});
    figures.push_back(std::move(people));
    figures.push_back(gauge("help_waiting", "Requests for help that nobody has taken up", number(rooms.help_waiting)));
    figures.push_back(
        gauge("help_oldest_wait_seconds", "How long the oldest of them has waited", seconds(rooms.help_oldest_wait)));
    figures.push_back(gauge("review_held", "Messages that moderators have to decide on", number(rooms.review_held)));
    figures.push_back(
        gauge("review_oldest_seconds", "How long the oldest of them has waited", seconds(rooms.review_oldest_wait)));
}

void add_measured(const Measured& measured, std::vector<Figure>& figures) {
    if (measured.free_bytes)
        figures.push_back(gauge("data_free_bytes", "What is free where the data is", number(*measured.free_bytes)));
    const auto& used = measured.used_bytes;
    figures.push_back(gauge("data_used_bytes", "How large the files of the data are")
            .with(number(used.database), {{"file", "database"}})
            .with(number(used.log), {{"file", "log"}})
            .with(number(used.reserve), {{"file", "reserve"}})
            .with(number(used.marks), {{"file", "marks"}}));
    figures.push_back(gauge("mail_waiting", "Letters that wait to be sent", number(measured.mail.waiting)));
    auto backup = gauge("backup_last_success_timestamp_seconds", "When the last backup was made, since 1970");
    if (measured.last_backup) backup.with(seconds(*measured.last_backup));
    figures.push_back(std::move(backup));
}

Figure limited(const people::GuessCounts& guesses) {
    auto figure = counter("guesses_limited_total", "Guesses that came too soon, by what was guessed at");
    for (std::size_t kind = 0; kind < guesses.limited.size(); ++kind)
        figure.with(number(guesses.limited[kind]), {{"kind", word(static_cast<people::GuessKind>(kind))}});
    return figure;
}

}  // namespace

void FiguresPage::answer(net::Request request, net::Answer answer) {
    if (request.path != figures_path) return answer(net::answer_of(404, "Not Found\n", plain_text));
    if (request.method != net::Request::Method::get && request.method != net::Request::Method::head) {
        auto refused = net::answer_of(405, "Method Not Allowed\n", plain_text);
        refused.fields.emplace_back("Allow", methods(request.path));
        return answer(std::move(refused));
    }
    runtime::count_rooms(parts_.directory, [this, answer = std::move(answer)](const runtime::RoomFigures& rooms) {
        answer(net::answer_of(200, text_with(rooms), figures_type));
    });
}

std::string FiguresPage::text_with(const runtime::RoomFigures& rooms) const {
    std::vector<Figure> figures{
        std::move(gauge("build_info", "Which program this is")
                .with(1,
                    {{"version", std::string{base::build_version()}}, {"commit", std::string{base::build_commit()}}})),
        saving(parts_.store.saves()),
        troubles(parts_.health),
        net::histogram("commit_seconds", "How long a commit took", parts_.store.figures().seconds),
        net::histogram("commit_steps", "How many steps of rooms one commit wrote", parts_.store.figures().steps),
        gauge("commit_under_way_seconds", "How long the commit that is under way has taken so far",
            parts_.store.figures().under_way().count()),
        gauge("commit_queue", "Writes that wait for their commit",
            number(static_cast<std::int64_t>(parts_.store.waiting()))),
        gauge("api_queue", "Requests that wait for a thread of the API",
            number(static_cast<std::int64_t>(parts_.pool.waiting()))),
        counter("mail_failed_total", "Tries to send a letter that failed", number(parts_.post.failed())),
    };
    add_rooms(rooms, figures);
    if (const auto measured = parts_.look.measured()) add_measured(*measured, figures);
    if (const auto ends = parts_.certificate_ends())
        figures.push_back(
            gauge("certificate_not_after_seconds", "When the certificate ends, in seconds since 1970", seconds(*ends)));
    const auto guesses = parts_.api.guess_counts();
    figures.push_back(
        counter("sign_in_refused_total", "Sign-ins with a wrong password", number(guesses.sign_ins_refused)));
    figures.push_back(limited(guesses));
    for (auto& figure : process_figures()) figures.push_back(std::move(figure));
    return parts_.metrics.to_text(std::move(figures));
}

}  // namespace etakahvila::house
