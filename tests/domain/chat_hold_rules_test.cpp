#include "chat_room.hpp"

#include "domain/chat/hold_rules.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

using Reasons = std::vector<HoldReason>;

bool is_caught(const std::vector<std::string>& list, std::string_view text) {
    return find_listed_word(parse_word_list(list), text).has_value();
}

SessionPlan plan_with(std::vector<std::string> words) {
    auto plan = usual_plan();
    plan.word_list = std::move(words);
    return plan;
}

}  // namespace

TEST_CASE("a listed word is found in its Finnish forms") {
    struct Forms {
        std::string listed;
        std::vector<std::string> found;
    };
    const std::vector<Forms> all{
        {"hölmö", {"hölmö", "Hölmö", "HÖLMÖ", "hölmöt", "hölmön", "hölmöä", "hölmöjä", "hölmöille", "hölmöllä",
                      "hölmökin", "hölmökö", "hölmösi", "hölmöömme", "hölmöön"}},
        {"tyttö", {"tyttö", "tytön", "tytöt", "tyttöjen", "tytöille", "tyttöä"}},
        {"kissa", {"kissa", "kissat", "kissan", "kissoja", "kissoille", "kissaa", "kissaan", "kissassani"}},
        {"koira", {"koira", "koirien", "koiria", "koirille", "koiraan"}},
        {"kivi", {"kivi", "kiven", "kiviä", "kivet", "kiveen"}},
        {"lampi", {"lampi", "lammen", "lammessa", "lampia"}},
        {"hevonen", {"hevonen", "hevosen", "hevosta", "hevosia", "hevoset", "hevosille"}},
        {"vastaus", {"vastaus", "vastauksen", "vastausta", "vastauksia"}},
        {"rakas", {"rakas", "rakasta"}},
        {"liike", {"liike", "liikkeen", "liikettä", "liikkeet"}},
        {"katu", {"katu", "kadun", "kadulla", "katuja", "kaduille"}},
        {"idiootti", {"idiootti", "idiootin", "idiootit", "idiootteja"}},
        {"troll", {"troll", "trolls", "trollit", "trollia"}},
        {"pers*", {"perse", "persettä", "persaukinen"}},
    };
    for (const auto& [listed, found] : all) {
        for (const auto& word : found) {
            INFO(listed << ": " << word);
            CHECK(is_caught({listed}, "Sinä " + word + "!"));
        }
    }
}

TEST_CASE("other words are not taken for a listed one") {
    CHECK_FALSE(is_caught({"hölmö"}, "Hölmistyin täysin"));
    CHECK_FALSE(is_caught({"kissa"}, "kissankello ja kissanpäivät"));
    CHECK_FALSE(is_caught({"koira"}, "koiruoho"));
    CHECK_FALSE(is_caught({"katu"}, "katumus kaduttaa"));
    CHECK_FALSE(is_caught({"idiootti"}, "ideoita"));
    CHECK_FALSE(is_caught({"pers*"}, "supersankari"));
    CHECK_FALSE(is_caught({"sana"}, "sanamuoto asanakin"));
    CHECK_FALSE(is_caught({}, "mitä vain"));
    CHECK_FALSE(is_caught({"sana"}, "🎉 … !!!"));
}

TEST_CASE("a listed word is found wherever it stands, as it was written") {
    const auto list = parse_word_list({"hölmö"});
    CHECK(find_listed_word(list, "sinä senkin HÖLMÖT siellä") == "HÖLMÖT");
    CHECK(find_listed_word(list, "näin.hölmö.noin") == "hölmö");
    CHECK(find_listed_word(list, "_hölmö_") == "hölmö");
    CHECK(find_listed_word(list, "“hölmö”") == "hölmö");
    CHECK(find_listed_word(list, "sanoin:hölmö") == std::nullopt);
    CHECK(find_listed_word(list, "hölmö:n") == "hölmö:n");
    CHECK(find_listed_word(list, "rivi\nhölmö\nrivi") == "hölmö");
    // Full-width letters are the same letters.
    CHECK(find_listed_word(list, "ｈölmö").has_value());
}

TEST_CASE("a bad entry of the word list is named, and the rest is used") {
    const auto list = parse_word_list({"hölmö", "", "# kommentti", "kaksi sanaa", "*", "a", "ab*", "tyh*mä", "pöllö ",
        "vit\u202etu", "...", std::string(61, 'x'), "tyhmä*", std::string(300, 'y'), "sana-pari"});
    const std::vector<BadEntry> bad{
        {4, "kaksi sanaa", "is not one word"},
        {5, "*", "has no word"},
        {6, "a", "is too short"},
        {7, "ab*", "is too short"},
        {8, "tyh*mä", "has a * that is not at its end"},
        {10, "vit\u202etu", "has a character that is not allowed"},
        {11, "...", "has no word"},
        {12, std::string(61, 'x'), "is too long"},
        {14, std::string(300, 'y'), "is too long"},
        {15, "sana-pari", "is not one word"},
    };
    CHECK(list.bad_entries.size() == bad.size());
    for (std::size_t index = 0; index < std::min(bad.size(), list.bad_entries.size()); ++index) {
        CHECK(list.bad_entries[index].line == bad[index].line);
        CHECK(list.bad_entries[index].text == bad[index].text);
        CHECK(list.bad_entries[index].why == bad[index].why);
    }
    CHECK(list.words.size() == 3);
    CHECK(find_listed_word(list, "pöllöt tyhmästi").has_value());
}

TEST_CASE("what looks like a link is one") {
    for (const auto* text : {"https://esimerkki.fi/uni", "http://1.2.3.4", "katso esimerkki.fi", "Esimerkki.FI/uni?x=1",
             "www.esimerkki", "(yle.fi)", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<script>",
             "mailto:joku@esimerkki.fi", "joku@esimerkki.fi", "10.0.0.12", "ftp://palvelin", "esimerkki。fi",
             "esimerkki．ｆｉ", "пример.рф", "xn--80akhbyknj4f.xn--p1ai", "kauppa.Fi/tarjous", "Osta.nyt.shop",
             "t.me/ryhmä", "sms:+358401234567"}) {
        INFO(text);
        CHECK(find_link(text).has_value());
    }
    CHECK(find_link("Tässä on se ohjelma: esimerkki.fi/uni ja muuta") == "esimerkki.fi/uni");
    CHECK(find_link("a " + std::string(500, 'x') + ".fi")->size() == 80);
}

TEST_CASE("ordinary writing is no link") {
    for (const auto* text :
        {"Huomenta kaikille!", "Tulen klo 10.30.", "3.12.2020 klo 9.00-13.00", "Hei.Se on hyvä", "Joo.En tiedä...",
            "noin 2.5 tuntia", "esim. näin", "jne.", "1. ensimmäinen 2. toinen", "Mitä/mikä?", "kello 12:30", "yms.",
            "Ok. Me tulemme.", "…", "metatieto:data", "a.b.c", "…fi", ".fi", "puhelin 040 123 4567"}) {
        INFO(text);
        CHECK_FALSE(find_link(text).has_value());
    }
}

TEST_CASE("each rule holds, and names itself and what it caught") {
    ChatRoom room;
    const auto word = room.sent(room.mustikka, "Sinä hölmöt kaikki");
    CHECK(room.reasons(word) == Reasons{HoldReason::word_list});
    CHECK(room.item(word)->caught == "hölmöt");
    const auto link = room.sent(room.mustikka, "Katso esimerkki.fi");
    CHECK(room.reasons(link) == Reasons{HoldReason::link});
    const auto both = room.sent(room.hauki, "hölmö: katso esimerkki.fi");
    CHECK(room.reasons(both) == Reasons{HoldReason::word_list, HoldReason::link});
    CHECK(room.item(both)->caught == "hölmö, esimerkki.fi");
    room.ask(room.moderaattori, SetChatMode{ChatMode::all_held});
    const auto all = room.sent(room.hauki, "hölmöt");
    CHECK(room.reasons(all) == Reasons{HoldReason::all_held, HoldReason::word_list});
    // Never deleted: the text is there, and can be published.
    CHECK(room.publish(room.moderaattori, both).is_done());
    CHECK(room.message(room.mustikka, both).text == "hölmö: katso esimerkki.fi");
}

TEST_CASE("a word list with a bad entry still catches by the others") {
    ChatRoom room{plan_with({"kaksi sanaa", "pöllö"})};
    CHECK(room.reasons(room.sent(room.mustikka, "pöllöt")) == Reasons{HoldReason::word_list});
    CHECK(room.reasons(room.sent(room.mustikka, "kaksi sanaa")).empty());
}

TEST_CASE("more than five messages in ten seconds wait, and only theirs who floods") {
    ChatRoom room;
    for (int number = 1; number <= 5; ++number) {
        CHECK(room.reasons(room.sent(room.mustikka, "Viesti " + std::to_string(number))).empty());
        room.pass(1s);
    }
    CHECK(room.reasons(room.sent(room.mustikka, "Viesti 6")) == Reasons{HoldReason::flood});
    CHECK(room.reasons(room.sent(room.hauki, "Minä kirjoitan rauhassa")).empty());
    // 10 s after the first one just five of the last ten seconds are left, with the sixth.
    room.pass(5s);
    CHECK(room.reasons(room.sent(room.mustikka, "Viesti 7")) == Reasons{HoldReason::flood});
    room.pass(10s);
    CHECK(room.reasons(room.sent(room.mustikka, "Rauhassa taas")).empty());
}

TEST_CASE("a flood fills the queue so far and no further") {
    ChatRoom room;
    std::size_t held = 0;
    std::size_t refused = 0;
    for (int number = 0; number < 60; ++number) {
        const auto answer = room.write(room.mustikka, "Tulva " + std::to_string(number));
        if (answer.refusal) {
            CHECK(answer.refusal == RefusalWord::limit_reached);
            ++refused;
        } else if (room.item(answer.id<MessageId>()))
            ++held;
    }
    CHECK(held == flood_held_max);
    CHECK(refused == 60 - flood_messages - flood_held_max);
    CHECK(room.write(room.hauki, "Hei").is_done());
    room.pass(10s);
    CHECK(room.write(room.mustikka, "Anteeksi").is_done());
}

TEST_CASE("the same text for the third time within two minutes waits") {
    ChatRoom room;
    CHECK(room.reasons(room.sent(room.mustikka, "Kuuluuko?")).empty());
    room.pass(30s);
    CHECK(room.reasons(room.sent(room.mustikka, "KUULUUKO?")).empty());
    CHECK(room.reasons(room.sent(room.hauki, "Kuuluuko?")).empty());
    room.pass(30s);
    CHECK(room.reasons(room.sent(room.mustikka, " kuuluuko?")) == Reasons{HoldReason::repeated});
    CHECK(room.reasons(room.sent(room.mustikka, "Kuuluuko nyt?")).empty());
    // Two minutes after the first, two are within the window still; after the third was sent, too.
    room.pass(2min);
    CHECK(room.reasons(room.sent(room.mustikka, "Kuuluuko?")).empty());
}

TEST_CASE("what the rules remember of a person is bounded by their windows") {
    ChatRoom room;
    for (int number = 0; number < 200; ++number) {
        room.sent(room.mustikka, "Viesti " + std::to_string(number));
        room.pass(3s);
    }
    CHECK(room.room().chat.authors.at(room.mustikka).sent.size() <= 41);
}
