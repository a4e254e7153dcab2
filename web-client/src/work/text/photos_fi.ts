import type { RefusalWord } from "@protocol";

/** What an author reads of their photos. */

export const fi = {
  photos: "Kuvat",
  add_photo: "Lisää kuva",
  photo_what: "Kuvan näkee vain ohjaaja tai moderaattori. Paikkatieto poistetaan.",
  photo_sending: "Lähetämme kuvaa.",
  photo_added: "Kuva on tallessa.",
  photos_full: "Kuvia on jo kolme. Enempää ei mahdu.",
  photo: (one: number) => `Kuva ${one}`,
  photo_describe: "Mitä kuvassa on?",
  photo_missing: "Kuvaa ei saatu auki.",
  remove: "Poista",
  remove_photo: (one: number) => `Poista kuva ${one}`,
  unsent: "Yhteys on poikki. Yritä hetken päästä uudelleen.",
  photo_refusals: {
    not_a_picture: "Tiedosto ei ole kuva. Valitse toinen.",
    picture_too_large: "Kuva on liian suuri. Valitse pienempi kuva.",
    picture_cut_off: "Kuva jäi vajaaksi. Valitse se uudelleen.",
    picture_not_read: "Tällaista kuvaa emme voi avata. Valitse toinen kuva.",
    photos_off: "Kuvia ei voi nyt lisätä. Kerro sanoin.",
    limit_reached: "Kuvia on jo kolme. Poista yksi, jos haluat lisätä toisen.",
    not_permitted: "Tähän tehtävään ei voi lisätä kuvia.",
    already_handled: "Tehtävä on jo palautettu. Ota se takaisin, jos haluat muuttaa kuvia.",
    text_too_long: "Teksti on liian pitkä. Lyhennä sitä.",
  } as Partial<Record<RefusalWord, string>>,
};

export type PhotoTexts = typeof fi;
