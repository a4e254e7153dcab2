import type { Dictionary } from "../../text/language";

const fi = {
  loading: "Haetaan tietoja.",
  not_begun: "Avainta ei saatu.",
  try_again: "Yritä uudelleen",
  unreachable: "Palvelin ei vastaa. Tarkista verkkoyhteys ja yritä uudelleen.",
  app: "1. Asenna sovellus",
  app_what:
    "Asenna puhelimeesi tunnistautumissovellus, jos sinulla ei ole sellaista. " +
    "Esimerkiksi Aegis, Microsoft Authenticator tai Google Authenticator.",
  picture: "2. Lue kuva sovelluksella",
  picture_what: "Valitse sovelluksessa Lisää tili ja lue tämä kuva.",
  picture_label: "Kuva, jonka sovellus lukee",
  open_app: "Avaa sovelluksessa tällä puhelimella",
  by_hand: "Jos kuva ei toimi, kirjoita sovellukseen tämä avain:",
  show_code: "3. Kirjoita koodi, jonka sovellus näyttää",
  code: "Koodi",
  code_hint: "Kuusi numeroa. Koodi vaihtuu puolen minuutin välein.",
  turn_on: "Ota käyttöön",
  wrong_code: "Koodi ei ole oikea. Odota seuraavaa koodia ja kirjoita se. Tarkista myös puhelimen kello.",
  spare: "Varakoodit",
  spare_what:
    "Kirjoita koodit muistiin tai tulosta ne. Ne näkyvät vain nyt. " +
    "Jos puhelin katoaa, pääset sisään varakoodilla. Jokainen toimii kerran.",
  print: "Tulosta",
  copy: "Kopioi",
  copied: "Kopioitu",
  copy_failed: "Kopiointi ei onnistunut. Valitse teksti ja kopioi se itse.",
  kept: "Koodit ovat tallessa",
};

const sv: typeof fi = {
  loading: "Vi hämtar uppgifter.",
  not_begun: "Nyckeln kom inte fram.",
  try_again: "Försök igen",
  unreachable: "Servern svarar inte. Kontrollera nätet och försök igen.",
  app: "1. Installera en app",
  app_what:
    "Installera en autentiseringsapp i telefonen om du inte har någon. " +
    "Till exempel Aegis, Microsoft Authenticator eller Google Authenticator.",
  picture: "2. Läs bilden med appen",
  picture_what: "Välj Lägg till konto i appen och läs den här bilden.",
  picture_label: "Bilden som appen läser",
  open_app: "Öppna i appen på den här telefonen",
  by_hand: "Om bilden inte fungerar, skriv den här nyckeln i appen:",
  show_code: "3. Skriv koden som appen visar",
  code: "Kod",
  code_hint: "Sex siffror. Koden byts varje halv minut.",
  turn_on: "Ta i bruk",
  wrong_code: "Koden är inte rätt. Vänta på nästa kod och skriv den. Kontrollera också telefonens klocka.",
  spare: "Reservkoder",
  spare_what:
    "Skriv upp koderna eller skriv ut dem. De visas bara nu. " +
    "Om telefonen försvinner kommer du in med en reservkod. Varje kod fungerar en gång.",
  print: "Skriv ut",
  copy: "Kopiera",
  copied: "Kopierat",
  copy_failed: "Det gick inte att kopiera. Markera texten och kopiera själv.",
  kept: "Jag har koderna i säkerhet",
};

const en: typeof fi = {
  loading: "Loading.",
  not_begun: "The key did not come.",
  try_again: "Try again",
  unreachable: "The server does not answer. Check the network and try again.",
  app: "1. Install an app",
  app_what:
    "Install an authenticator app on your phone if you have none. " +
    "For example Aegis, Microsoft Authenticator or Google Authenticator.",
  picture: "2. Read the picture with the app",
  picture_what: "Choose Add account in the app, and read this picture.",
  picture_label: "The picture that the app reads",
  open_app: "Open in the app on this phone",
  by_hand: "If the picture does not work, type this key into the app:",
  show_code: "3. Type the code that the app shows",
  code: "Code",
  code_hint: "Six digits. The code changes every half minute.",
  turn_on: "Turn it on",
  wrong_code: "The code is not right. Wait for the next one and type it. Check the phone's clock too.",
  spare: "Spare codes",
  spare_what:
    "Write the codes down or print them. They are shown only now. " +
    "If you lose the phone, a spare code lets you in. Each works once.",
  print: "Print",
  copy: "Copy",
  copied: "Copied",
  copy_failed: "Copying did not work. Select the text and copy it yourself.",
  kept: "I have kept the codes",
};

export const stepTexts: Dictionary<typeof fi> = { fi, sv, en };
