import type { PhotoTexts } from "./photos_fi";

export const sv: PhotoTexts = {
  photos: "Bilder",
  add_photo: "Lägg till en bild",
  photo_what: "Bara en ledare eller moderator ser bilden. Uppgiften om platsen tas bort.",
  photo_sending: "Vi skickar bilden.",
  photo_added: "Bilden är sparad.",
  photos_full: "Det finns redan tre bilder. Fler ryms inte.",
  photo: (one) => `Bild ${one}`,
  photo_describe: "Vad finns på bilden?",
  photo_missing: "Bilden kunde inte öppnas.",
  remove: "Ta bort",
  remove_photo: (one) => `Ta bort bild ${one}`,
  unsent: "Anslutningen är bruten. Försök igen om en stund.",
  photo_refusals: {
    not_a_picture: "Filen är ingen bild. Välj en annan.",
    picture_too_large: "Bilden är för stor. Välj en mindre bild.",
    picture_cut_off: "Bilden blev ofullständig. Välj den på nytt.",
    picture_not_read: "En sådan bild kan vi inte öppna. Välj en annan bild.",
    photos_off: "Bilder kan inte läggas till just nu. Berätta med ord.",
    limit_reached: "Det finns redan tre bilder. Ta bort en om du vill lägga till en annan.",
    not_permitted: "Till den här uppgiften kan man inte lägga bilder.",
    already_handled: "Uppgiften är redan inlämnad. Ta den tillbaka om du vill ändra bilderna.",
    text_too_long: "Texten är för lång. Förkorta den.",
  },
};
