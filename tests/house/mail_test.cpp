// Invitations by e-mail, against a mail server of the test's own.

#include <fstream>
#include <set>

#include "mail/smtp.hpp"
#include "support/catch.hpp"
#include "client/client_certificate.hpp"
#include "support/smtp_sink.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;

namespace {

const char* people_csv =
    "nimi;päätös;sähköposti\nMaija Mustikka;kuntouttava työtoiminta;maija@esimerkki.fi\nPentti Puolukka;sosiaalinen "
    "kuntoutus;\n";

struct Desk {
    explicit Desk(HouseOptions options)
        : house{std::move(options)}, key{"Authorization: Bearer " + house.coordinator_key()} {
        house.plan_session();
        REQUIRE(post("/api/sessions/1/registrations", people_csv).status == 200);
    }
    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }
    bool mail_says(std::string_view part) { return get("/api/sessions/1/mail").body.find(part) != std::string::npos; }

    TestHouse house;
    std::string key;
};

}  // namespace

TEST_CASE("Invitations go by e-mail with their link, a calendar and nothing in the log or the records") {
    const SmtpSink sink;
    Desk desk{{.mail_server = sink.address()}};
    const auto queued = desk.post("/api/sessions/1/mail", "{}");
    CHECK(queued.body.find(R"({"queued":1,"without_address":[)") == 0);
    wait_until([&] { return desk.mail_says("\"state\":\"sent\",\"tries\":1,"); });
    REQUIRE(sink.letters().size() == 1);
    const auto letter = sink.letters().front();
    INFO(letter);
    CHECK(letter.find("To: <maija@esimerkki.fi>") != letter.npos);
    // From the series that they are invited to.
    CHECK(letter.find("From: Syksy <kahvila@esimerkki.fi>") != letter.npos);
    // Nobody's machine answers it, Exchange's neither.
    CHECK(letter.find("Auto-Submitted: auto-generated") != letter.npos);
    CHECK(letter.find("X-Auto-Response-Suppress: OOF, AutoReply") != letter.npos);
    CHECK(letter.find("Content-Type: text/calendar; charset=utf-8; method=PUBLISH") != letter.npos);
    const auto text = text_of_letter(letter);
    // Lines stay lines: whoever reads the letter as it came can read it.
    CHECK(letter.find("=0A") == letter.npos);
    const auto link_at = text.find(desk.house.origin() + "/#");
    REQUIRE(link_at != text.npos);
    const auto secret = text.substr(link_at + desk.house.origin().size() + 2, 22);
    CHECK(ask(desk.house, "POST", "/api/look", "{\"secret\":\"" + secret + "\"}").status == 200);
    CHECK(text.find(desk.house.origin() + "/netiquette") != text.npos);
    CHECK(desk.house.log().find(secret) == std::string::npos);
    CHECK(desk.house.log().find("maija") == std::string::npos);
    // All have theirs, or no address: nothing more goes out.
    CHECK(desk.post("/api/sessions/1/mail", "{}").body.find(R"("queued":0)") != std::string::npos);
}

TEST_CASE("A domain with ä goes to the mail server as it takes it, and no two letters in the world have one name") {
    const SmtpSink sink;
    const auto name_of = [&](std::size_t letter) {
        const auto text = sink.letters().at(letter);
        const auto at = text.find("Message-ID: <") + 13;
        return text.substr(at, text.find('>', at) - at);
    };
    for (const auto* again : {"first house", "second house"}) {
        CAPTURE(again);
        Desk desk{{.mail_server = sink.address()}};
        REQUIRE(desk.post("/api/sessions/1/people", R"({"name":"Matti","email":"matti@sähköposti.fi"})").status == 200);
        desk.post("/api/sessions/1/mail", "{}");
        wait_until([&] { return !desk.mail_says("\"state\":\"waiting\""); });
    }
    REQUIRE(sink.letters().size() == 4);
    const auto has_it = [](const auto& letter) {
        return letter.find("To: <matti@xn--shkposti-0za6p.fi>") != letter.npos;
    };
    const auto letters = sink.letters();
    CHECK(std::count_if(letters.begin(), letters.end(), has_it) == 2);
    std::set<std::string> names;
    for (std::size_t letter = 0; letter < 4; ++letter) names.insert(name_of(letter));
    CHECK(names.size() == 4);
}

TEST_CASE("What the mail server refuses for now is tried again, by the same link; what it refuses for good is not") {
    SmtpSink sink;
    sink.answer_recipients("451 later, please");
    Desk desk{{.mail_server = sink.address()}};
    desk.post("/api/sessions/1/mail", "{}");
    wait_until([&] { return desk.mail_says("\"state\":\"waiting\",\"tries\":1,"); });
    CHECK(desk.mail_says("451 later, please"));
    sink.answer_recipients("250 ok");
    desk.house.clock.pass(61s);
    desk.house.house->post_office().wake();
    wait_until([&] { return desk.mail_says("\"state\":\"sent\",\"tries\":2,"); });
    CHECK(sink.refused() == 1);

    sink.answer_recipients("550 5.1.1 no such user");
    const auto shown = desk.get("/api/sessions/1").body;
    const auto at = shown.rfind("\"person\":", shown.find("Maija Mustikka")) + 9;
    const auto maija = shown.substr(at, shown.find(',', at) - at);
    CHECK(desk.post("/api/sessions/1/mail", "{\"people\":[" + maija + "]}").status == 200);
    wait_until([&] { return desk.mail_says("\"state\":\"failed\",\"tries\":1,"); });
    CHECK(desk.mail_says("550 5.1.1 no such user"));
    CHECK(sink.letters().size() == 1);
}

TEST_CASE("To another machine mail goes by TLS alone, to whom the certificate names, and with a sign-in") {
    const TemporaryFolder folder;
    const auto own = client::make_own_certificate(folder.path(), {"127.0.0.2"});
    const SmtpSink sink{
        SecureSmtp{.certificate = own.certificate, .key = own.key, .user = "kahvila", .password = "kahvi ja pulla"}};
    const std::atomic<bool> gives_up{false};
    const mail::Message letter{.to = "maija@esimerkki.fi",
        .subject = "Kutsu",
        .text = "Tervetuloa\n",
        .calendar = {},
        .id = "mail-1@esimerkki.fi"};
    const mail::SmtpServer right{.address = sink.address(),
        .from = "kahvila@esimerkki.fi",
        .user = "kahvila",
        .password = "kahvi ja pulla",
        .authorities = own.certificate};

    const auto first = mail::send(right, letter, gives_up);
    INFO((first ? first->words : ""));
    CHECK_FALSE(first);
    CHECK(sink.signed_in() == 1);
    REQUIRE(sink.letters().size() == 1);

    auto wrong_password = right;
    wrong_password.password = "teetä";
    const auto denied = mail::send(wrong_password, letter, gives_up);
    REQUIRE(denied);
    // The operator mends it: the letter waits.
    CHECK_FALSE(denied->is_final);
    CHECK(sink.denied() == 1);

    auto unknown_authority = right;
    unknown_authority.authorities.clear();
    const auto unbelieved = mail::send(unknown_authority, letter, gives_up);
    REQUIRE(unbelieved);
    CHECK_FALSE(unbelieved->is_final);

    // One that offers no TLS hears neither the password nor the letter.
    const SmtpSink plain{SecureSmtp{.offers_tls = false,
        .certificate = own.certificate,
        .key = own.key,
        .user = "kahvila",
        .password = "kahvi ja pulla"}};
    auto downgraded = right;
    downgraded.address = plain.address();
    CHECK(mail::send(downgraded, letter, gives_up));
    CHECK(plain.signed_in() + plain.denied() + plain.in_the_clear() == 0);
    CHECK(plain.letters().empty());
    CHECK(sink.letters().size() == 1);
}

TEST_CASE("Only a mail server of this very machine is spoken to without TLS") {
    for (const auto* here : {"smtp://127.0.0.1:25", "smtp://localhost", "smtp://localhost:2525/", "smtp://[::1]:25"})
        CHECK_FALSE(mail::needs_tls(here));
    for (const auto* elsewhere : {"smtp://localhost.example.fi:25", "smtp://127.0.0.1.example.fi",
             "smtp://127.0.0.10:25", "smtp://posti.example.fi:587", "smtp://[::12]:25", "smtp://user@localhost:25"})
        CHECK(mail::needs_tls(elsewhere));
}

TEST_CASE("Without a mail server nothing is queued, and the page knows") {
    Desk desk{{}};
    CHECK(desk.get("/api/sessions/1/mail").body == R"({"configured":false,"mails":[]})");
    CHECK(desk.post("/api/sessions/1/mail", "{}").status == 409);
}

TEST_CASE("A header of any characters is encoded, in words that stay whole") {
    CHECK(mail::header_text("Etakahvila 3.12.") == "Etakahvila 3.12.");
    CHECK(mail::header_text("Etäkahvila") == "=?UTF-8?B?RXTDpGthaHZpbGE=?=");
    const auto sender = [](const char* name) { return mail::header_sender(name, "a@b.fi"); };
    CHECK(sender("Etakahvila 2") == "Etakahvila 2 <a@b.fi>");
    CHECK(sender("Etäkahvila") == "=?UTF-8?B?RXTDpGthaHZpbGE=?= <a@b.fi>");
    CHECK(sender("Liikunta, \"oma\"") == R"("Liikunta, \"oma\"" <a@b.fi>)");
    CHECK(sender("") == "<a@b.fi>");
    std::string many;
    for (int times = 0; times < 60; ++times) many += "ä";
    const auto folded = mail::header_text(many);
    for (std::size_t begin = 0; begin < folded.size();) {
        const auto end = std::min(folded.find("\r\n ", begin), folded.size());
        CHECK(end - begin <= 75);
        begin = end + 3;
    }
    CHECK(mail::header_text("a\r\nBcc: x").find('\n') == std::string::npos);
}

TEST_CASE("A secret in a file is its first line, whatever the system that saved it put around it") {
    const TemporaryFolder folder;
    config::Settings settings;
    settings.mail_password_file = folder.path() / "password";
    const auto password = [&](std::string_view saved) {
        std::ofstream{settings.mail_password_file} << saved;
        return house::mail_server_of(settings).password;
    };
    for (const auto* saved :
        {"sala sana", "sala sana\n", "sala sana\r\n", "sala sana \t\r\n\r\n", "\xef\xbb\xbfsala sana\r\n"})
        CHECK(password(saved) == "sala sana");
    for (const auto* saved : {"", "\n", " \r\n", "\xef\xbb\xbf\r\n"})
        CHECK_THROWS_WITH(password(saved), Catch::Contains("cannot be read"));
}
