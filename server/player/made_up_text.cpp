#include "player/made_up_text.hpp"

#include <array>
#include <string_view>

namespace etakahvila::player {
namespace {

struct Word {
    std::string_view text;
    std::size_t length;
};

constexpr std::size_t letters_of(std::string_view text) {
    std::size_t letters = 0;
    for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    return letters;
}

template <std::size_t count>
constexpr std::array<Word, count> measured(const std::array<std::string_view, count>& texts) {
    std::array<Word, count> words{};
    for (std::size_t index = 0; index < count; ++index) words[index] = {texts[index], letters_of(texts[index])};
    return words;
}

constexpr auto words = measured(std::array<std::string_view, 96>{"aamu", "aamulla", "aina", "ajatus", "alkaa", "arki",
    "asia", "aurinko", "eilen", "elämä", "että", "hetki", "hidas", "hiljaa", "hyvin", "hyvä", "ihan", "ilma", "ilta",
    "illalla", "istua", "ja", "jaksaa", "joku", "jos", "joskus", "jotain", "juoda", "jälkeen", "kahvi", "kanssa",
    "katsoa", "kesä", "kerran", "keittiö", "kirja", "kissa", "kissat", "koira", "kotona", "koti", "kuin", "kun",
    "kuulla", "kuva", "kyllä", "kävellä", "kävely", "lepo", "leipä", "lintu", "liikkua", "luen", "lukea", "lumi",
    "lämmin", "meillä", "melko", "metsä", "metsässä", "mieli", "minulla", "minä", "minusta", "musiikki", "myös",
    "nukkua", "nyt", "olen", "oli", "on", "oma", "pakkanen", "peitto", "piha", "pieni", "päivä", "päivällä", "ranta",
    "rauha", "ruoka", "saada", "sade", "sama", "sana", "se", "sitten", "syksy", "talvi", "tee", "tuli", "tuntuu", "uni",
    "vielä", "ystävä", "yö"});

constexpr std::array<std::string_view, 60> names{"Mustikka", "Puolukka", "Vadelma", "Lakka", "Karpalo", "Mansikka",
    "Juolukka", "Tyrni", "Variksenmarja", "Mesimarja", "Kanerva", "Kielo", "Vuokko", "Kissankello", "Päivänkakkara",
    "Orvokki", "Niittyleinikki", "Ahomansikka", "Lumpeenkukka", "Voikukka", "Kuusi", "Koivu", "Haapa", "Pihlaja",
    "Kataja", "Leppä", "Tammi", "Vaahtera", "Saarni", "Tuomi", "Kettu", "Siili", "Orava", "Jänis", "Mäyrä", "Ilves",
    "Saukko", "Majava", "Hirvi", "Poro", "Talitiainen", "Punarinta", "Kuovi", "Kurki", "Joutsen", "Peippo", "Käpytikka",
    "Pöllö", "Västäräkki", "Telkkä", "Sammal", "Jäkälä", "Kanttarelli", "Herkkutatti", "Suppilovahvero", "Käpy",
    "Saniainen", "Suopursu", "Vanamo", "Lillukka"};

}  // namespace

std::size_t MadeUpText::pick(std::size_t count) { return static_cast<std::size_t>(dice_() % count); }

std::string MadeUpText::text(std::size_t length) {
    std::string text;
    std::size_t done = 0;
    while (done < length) {
        const auto left = length - done;
        const auto start = pick(words.size());
        // The first word from there on that fits, and leaves room for a space and a letter, or for nothing.
        const Word* chosen = nullptr;
        for (std::size_t step = 0; step < words.size() && chosen == nullptr; ++step) {
            const auto& word = words[(start + step) % words.size()];
            if (word.length == left || word.length + 2 <= left) chosen = &word;
        }
        if (chosen == nullptr) {
            text.append(left, 'm');
            break;
        }
        text += chosen->text;
        done += chosen->length;
        if (done == length) break;
        text += ' ';
        ++done;
    }
    return text;
}

std::string nickname(std::size_t number) {
    std::string name{names[number % names.size()]};
    if (number >= names.size()) name += " " + std::to_string(number / names.size() + 1);
    return name;
}

std::vector<std::size_t> pieces_of(std::size_t length, std::size_t most) {
    std::vector<std::size_t> pieces;
    for (; length > most; length -= most) pieces.push_back(most);
    if (length > 0) pieces.push_back(length);
    return pieces;
}

}  // namespace etakahvila::player
