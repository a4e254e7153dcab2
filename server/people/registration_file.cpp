#include "people/registration_file.hpp"

#include <algorithm>
#include <unordered_map>

#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

using Field = RegistrationField;
using Heading = std::string_view;

constexpr std::size_t number(Field field) { return static_cast<std::size_t>(field); }

constexpr std::array name_words = std::to_array<Heading>(
    {"nimi", "asiakas", "asiakkaat", "asiakkaannimi", "osallistuja", "osallistujannimi", "osallistujat",
        "ilmoittautuja", "ilmoittautunut", "henkilö", "sukujaetunimi", "etujasukunimi", "sukunimietunimi",
        "etunimisukunimi", "kokonimi", "namn", "klient", "klientensnamn", "kund", "deltagare", "deltagarensnamn",
        "fulltnamn", "name", "fullname", "client", "clientname", "participant", "participantname", "person"});
constexpr std::array first_name_words = std::to_array<Heading>(
    {"etunimi", "etunimet", "kutsumanimi", "förnamn", "firstname", "givenname"});
constexpr std::array last_name_words = std::to_array<Heading>(
    {"sukunimi", "efternamn", "släktnamn", "lastname", "surname", "familyname"});
constexpr std::array decision_type_words = std::to_array<Heading>(
    {"päätös", "päätöksenlaji", "päätöslaji", "päätöstyyppi", "päätöksentyyppi", "laji", "palvelu", "palvelumuoto",
        "toimenpide", "peruste", "beslut", "typavbeslut", "beslutstyp", "beslutetstyp", "tjänst", "service", "decision",
        "decisiontype", "kindofdecision", "typeofdecision"});
constexpr std::array supervisor_words = std::to_array<Heading>({"työnjohtaja", "omatyöntekijä", "työntekijä",
    "vastuutyöntekijä", "työnjohtajataiomatyöntekijä", "työnjohtajaomatyöntekijä", "omatyöntekijätyönjohtaja",
    "sosiaaliohjaaja", "sosiaalityöntekijä", "omaohjaaja", "ohjaaja", "lähettäjä", "arbetsledare", "egenarbetare",
    "egenarbetstagare", "ansvarigarbetare", "handledare", "arbetsledareelleregenarbetare", "socialhandledare",
    "socialarbetare", "supervisor", "ownworker", "worker", "caseworker", "worksupervisor", "supervisororownworker"});
constexpr std::array phone_words = std::to_array<Heading>(
    {"puhelin", "puh", "puhnro", "puhno", "puhelinnro", "puhelinno", "puhelinnumero", "gsm", "matkapuhelin", "kännykkä",
        "kännykkänumero", "tel", "telnr", "telefon", "telefonnummer", "mobil", "mobilnummer", "mobiltelefon", "phone",
        "phonenumber", "phoneno", "telephone", "telephonenumber", "mobile", "mobilephone", "cellphone"});
constexpr std::array email_words = std::to_array<Heading>({"sähköposti", "sähköpostiosoite", "sposti", "spostiosoite",
    "meili", "email", "emailosoite", "emailaddress", "mail", "epost", "epostadress", "elpost"});
constexpr std::array contact_words = std::to_array<Heading>({"yhteystieto", "yhteystiedot", "kontakti", "kontakt",
    "kontaktuppgift", "kontaktuppgifter", "contact", "contactdetails"});
constexpr std::array needs_words = std::to_array<Heading>(
    {"tarpeet", "tarve", "erityistarpeet", "tuentarve", "tuentarpeet", "huomioitavaa", "huomioita", "huom", "lisätieto",
        "lisätiedot", "lisätietoja", "behov", "särskildabehov", "stödbehov", "obs", "tilläggsuppgifter", "needs",
        "specialneeds", "supportneeds", "notes", "remarks"});

constexpr std::array best_time_words = std::to_array<Heading>({"parasaika", "parassoittoaika", "soittoaika",
    "tavoitettavissa", "bästatid", "bästatiden", "bästatidattringa", "nåsbäst", "besttime", "besttimetocall"});
constexpr std::array package_words = std::to_array<Heading>(
    {"paketti", "paketinnimi", "palvelupaketti", "paket", "paketetsnamn", "package", "packagename"});

/// Packages are of a season, and their headings of its lists only.
const std::array<KnownHeadings, 11> known_headings{{
    {number(Field::name), name_words},
    {number(Field::first_name), first_name_words},
    {number(Field::last_name), last_name_words},
    {number(Field::decision_type), decision_type_words},
    {number(Field::supervisor), supervisor_words},
    {number(Field::phone), phone_words},
    {number(Field::email), email_words},
    {number(Field::contact), contact_words},
    {number(Field::needs), needs_words},
    {number(Field::best_time), best_time_words},
    {number(Field::package), package_words},
}};

constexpr std::array fixed_fields{number(Field::name), number(Field::decision_type), number(Field::supervisor),
    number(Field::phone), number(Field::email)};

class RowReader {
public:
    RowReader(
        const Sheet& sheet, const CsvRow& row, std::span<const protocol::Kind> kinds, std::vector<RowFault>& faults)
        : sheet_{sheet}, row_{row}, kinds_{kinds}, faults_{faults} {}

    PersonDetails read() {
        PersonDetails person{.name = name(),
            .decision_type = decision_type(),
            .supervisor = given(Field::supervisor),
            .phone = given(Field::phone),
            .email = given(Field::email),
            .needs = given(Field::needs),
            .best_time = given(Field::best_time)};
        if (auto contact = given(Field::contact)) {
            auto& place = contact->find('@') == std::string::npos ? person.phone : person.email;
            if (!place) place = std::move(contact);
        }
        for (auto& fault : tidy_details(person))
            faults_.push_back({.line = row_.line, .reason = fault.reason, .value = std::move(fault.value)});
        return person;
    }

    std::optional<std::string> package() const { return given(Field::package); }

private:
    std::string text(Field field) const { return std::string{sheet_.cell(row_, number(field))}; }

    std::optional<std::string> given(Field field) const {
        auto cell = text(field);
        if (cell.empty()) return std::nullopt;
        return cell;
    }

    std::string name() const {
        if (auto whole = text(Field::name); !whole.empty()) return whole;
        auto first = text(Field::first_name);
        const auto last = text(Field::last_name);
        if (!first.empty() && !last.empty()) first += ' ';
        return first + last;
    }

    std::optional<std::string> decision_type() {
        if (!sheet_.has(number(Field::decision_type))) return std::nullopt;
        const auto cell = text(Field::decision_type);
        if (cell.empty()) {
            faults_.push_back({.line = row_.line, .reason = FaultReason::decision_type_missing, .value = {}});
            return std::nullopt;
        }
        const auto type = decision_type_in(cell, kinds_);
        if (!type && !says_none(cell))
            faults_.push_back({.line = row_.line, .reason = FaultReason::decision_type_unclear, .value = cell});
        return type;
    }

    const Sheet& sheet_;
    const CsvRow& row_;
    std::span<const protocol::Kind> kinds_;
    std::vector<RowFault>& faults_;
};

bool is_mobile(std::string_view cell) {
    const auto tidied = tidy_phone(cell);
    const auto* phone = std::get_if<std::string>(&tidied);
    return phone != nullptr && (phone->starts_with("+358") || phone->starts_with("04") || phone->starts_with("050"));
}

/// Whether most rows are a name, a kind of decision, a supervisor, a phone and an e-mail, as far as they go: a phone
/// that stands where another system has the supervisor is never taken for one.
bool fits_fixed_order(std::span<const CsvRow> rows, std::span<const protocol::Kind> kinds) {
    const auto is_mail = [](std::string_view cell) { return std::holds_alternative<std::string>(tidy_email(cell)); };
    const auto fits = [&](const CsvRow& row) {
        const auto cell = [&](std::size_t at) {
            return at < row.cells.size() ? tidy(row.cells[at]).value_or("") : std::string{};
        };
        const auto is_name = [&](const std::string& text) {
            return !text.empty() && !decision_type_in(text, kinds) && !is_phone(text) && !is_mail(text);
        };
        const auto name = cell(0), kind = cell(1), supervisor = cell(2), phone = cell(3), email = cell(4);
        return row.cells.size() > 1 && row.cells.size() <= fixed_fields.size() && is_name(name) &&
               (decision_type_in(kind, kinds) || (!kind.empty() && says_none(kind))) &&
               (supervisor.empty() || is_name(supervisor)) && (phone.empty() || is_phone(phone)) &&
               (email.empty() || is_mail(email));
    };
    const auto good = std::count_if(rows.begin(), rows.end(), fits);
    return good * 2 > std::ssize(rows);
}

/// What most cells of a column are, whatever it is called; where a wrong guess would cost nothing but
/// another heading.
std::optional<Field> field_by_cells(const Sheet& sheet, std::size_t index, std::span<const protocol::Kind> kinds) {
    std::size_t filled = 0;
    std::size_t decisions = 0;
    std::size_t phones = 0;
    std::size_t emails = 0;
    for (const auto& row : sheet.rows) {
        if (index >= row.cells.size() || row.cells[index].empty()) continue;
        const auto& cell = row.cells[index];
        ++filled;
        if (decision_type_in(cell, kinds)) ++decisions;
        if (is_mobile(cell)) ++phones;
        if (std::holds_alternative<std::string>(tidy_email(cell))) ++emails;
    }
    const auto is_most = [&](std::size_t count) { return count * 2 > filled; };
    if (is_most(decisions)) return Field::decision_type;
    if (is_most(phones)) return Field::phone;
    if (is_most(emails)) return Field::email;
    return std::nullopt;
}

void find_columns_not_recognised(
    const Sheet& sheet, std::span<const protocol::Kind> kinds, RegistrationPreview& preview) {
    const auto is_there = [&](Field field) {
        const bool is_contact = field == Field::phone || field == Field::email;
        return sheet.has(number(field)) || (is_contact && sheet.has(number(Field::contact)));
    };
    for (std::size_t index = 0; index < sheet.columns.size(); ++index) {
        const auto& column = sheet.columns[index];
        if (column.field) continue;
        const auto meant = field_by_cells(sheet, index, kinds);
        const RowFault fault{
            .line = sheet.heading_line, .reason = FaultReason::heading_unclear, .value = column.heading};
        const bool is_told = std::find(preview.faults.begin(), preview.faults.end(), fault) != preview.faults.end();
        if (meant && !is_there(*meant) && !is_told) preview.faults.push_back(fault);
    }
}

void find_duplicates(RegistrationPreview& preview) {
    std::unordered_map<std::string, std::vector<const RegistrationRow*>> namesakes;
    for (const auto& row : preview.rows) {
        auto& others = namesakes[person_key(row.person.name)];
        const auto same = std::find_if(
            others.begin(), others.end(), [&](const auto* other) { return is_same_person(other->person, row.person); });
        if (same != others.end()) {
            preview.faults.push_back(
                {.line = row.line, .reason = FaultReason::duplicate_of_line, .value = std::to_string((*same)->line)});
        } else {
            others.push_back(&row);
        }
    }
}

}  // namespace

RegistrationPreview preview_registrations(
    std::string_view bytes, std::span<const protocol::Kind> kinds, ListKind list) {
    const FixedOrder fixed_order{
        .fields = fixed_fields, .fits = [&](std::span<const CsvRow> rows) { return fits_fixed_order(rows, kinds); }};
    const bool is_of_season = list == ListKind::of_season;
    const std::span<const KnownHeadings> known{known_headings.data(), known_headings.size() - (is_of_season ? 0 : 1)};
    auto sheet = read_sheet(bytes, known, is_of_season ? &fixed_order : nullptr);
    RegistrationPreview preview{.encoding = sheet.encoding,
        .columns = columns_of<Field>(sheet),
        .rows_read = sheet.rows_read,
        .rows = {},
        .faults = std::move(sheet.faults)};
    if (sheet.columns.empty()) return preview;
    const bool has_name = sheet.has(number(Field::name)) || sheet.has(number(Field::first_name)) ||
                          sheet.has(number(Field::last_name));
    if (!has_name) {
        preview.faults.push_back({.line = sheet.heading_line, .reason = FaultReason::heading_missing, .value = "name"});
        keep_good_rows(preview.rows, preview.faults);
        return preview;
    }
    if (sheet.rows_read == 0 && preview.faults.empty()) {
        preview.faults.push_back({.line = sheet.heading_line, .reason = FaultReason::file_empty, .value = {}});
    }
    find_columns_not_recognised(sheet, kinds, preview);
    for (const auto& row : sheet.rows) {
        const auto before = preview.faults.size();
        RowReader reader{sheet, row, kinds, preview.faults};
        auto person = reader.read();
        if (preview.faults.size() == before)
            preview.rows.push_back({.line = row.line, .person = std::move(person), .package = reader.package()});
    }
    find_duplicates(preview);
    keep_good_rows(preview.rows, preview.faults);
    return preview;
}

}  // namespace etakahvila::people
