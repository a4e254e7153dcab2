#include "people/nicknames.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "people/names.hpp"

namespace etakahvila::people {
namespace {

// clang-format off
constexpr auto list = std::to_array<std::string_view>({
    "Mustikka", "Saukko", "Koivu", "Kurki", "Puro", "Kettu", "Vanamo", "Revontuli", "Joutsen", "Kataja", "Siili",
    "Lakka", "Tiira", "Kallio", "Orava", "Apila", "Ahven", "Usva", "Pihlaja", "Kuikka", "Harju", "Vadelma", "Hirvi",
    "Peippo", "Kielo", "Aurinko", "Taimen", "Haapa", "Lumikko", "Kissankello", "Lampi", "Telkkä", "Karpalo",
    "Norppa", "Tunturi", "Kuusi", "Pääskynen", "Sammal", "Perhonen", "Aamurusko", "Majava", "Leppä", "Kiuru",
    "Puolukka", "Saari", "Muikku", "Suopursu", "Ilves", "Tähti", "Vaahtera", "Sorsa", "Niitty", "Mesimarja",
    "Kimalainen", "Huuhkaja", "Polku", "Mänty", "Käki", "Ulpukka", "Poro", "Sateenkaari", "Tuomi", "Haukka",
    "Lohi", "Kanerva", "Luoto", "Jänis", "Sinivuokko", "Tikka", "Kaisla", "Poutapilvi", "Karhu", "Paju",
    "Satakieli", "Hiekka", "Mansikka", "Sisilisko", "Metso", "Kuutamo", "Horsma", "Näätä", "Ranta", "Punarinta",
    "Saarni", "Siika", "Voikukka", "Pöllö", "Kaste", "Honka", "Tilhi", "Keidas", "Mäyrä", "Ruiskukka", "Kotka",
    "Lehtikuusi", "Särki", "Kuukkeli", "Sammakko", "Pakkanen", "Herukka", "Haahka", "Lumme", "Kärppä",
    "Varpunen", "Suvanto", "Tammi", "Leppäkerttu", "Riekko", "Angervo", "Hylje", "Tuulispää", "Jäkälä",
    "Sinitiainen", "Kuu", "Lehmus", "Ahma", "Kaura", "Lokki", "Päivänkakkara", "Kivi", "Teeri", "Syreeni",
    "Hauki", "Talitiainen", "Pilvi", "Jalava", "Sudenkorento", "Harakka", "Saniainen", "Tavi", "Lumikello", "Kuha",
    "Timotei", "Punatulkku", "Lahti", "Kuovi", "Leinikki", "Närhi", "Auringonkukka", "Liekki", "Västäräkki",
    "Raita", "Minttu", "Korento", "Ohra", "Lepakko", "Rentukka", "Iltarusko", "Kuisma", "Viherpeippo", "Sade",
    "Unikko", "Kottarainen", "Heinä", "Myyrä", "Pellava", "Sääksi", "Kullero", "Jää", "Timjami", "Tulppaani",
    "Mehiläinen", "Ruis", "Metsätähti", "Pyy", "Vuokko", "Meri", "Orvokki", "Lumi", "Kirjosieppo", "Esikko",
    "Krookus", "Taviokuurna", "Sora", "Narsissi", "Mustarastas"
});
// clang-format on

/// Who is registered while the day is on, or comes in by a call, finds some too.
constexpr std::size_t spare = 30;

/// All words of a name as they are compared, also those that a hyphen joins.
void add_words(std::set<std::string>& words, std::string_view name) {
    auto key = person_key(name);
    std::replace(key.begin(), key.end(), '-', ' ');
    std::istringstream all{std::move(key)};
    for (std::string word; all >> word;) words.insert(word);
}

}  // namespace

std::span<const std::string_view> nickname_list() { return list; }

std::vector<std::string> nicknames_for(const std::vector<RosterEntry>& roster) {
    std::set<std::string> own;
    for (const auto& entry : roster) {
        add_words(own, entry.registered_name);
        add_words(own, entry.display_name.value_or(std::string{}));
    }
    std::vector<std::string> names;
    for (const auto name : list) {
        if (!own.contains(person_key(name))) names.emplace_back(name);
    }
    const auto once = names;
    for (std::size_t number = 2; names.size() < roster.size() + spare && !once.empty(); ++number) {
        for (const auto& name : once) names.push_back(name + " " + std::to_string(number));
    }
    return names;
}

}  // namespace etakahvila::people
