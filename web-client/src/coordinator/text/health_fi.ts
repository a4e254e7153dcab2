import type { Trouble } from "@protocol/api";

/** Title: the moment is that of which the trouble itself tells. `means`: what becomes of it in the rooms. */
export interface TroubleTexts {
  readonly title: (moment?: string) => string;
  readonly means: string;
}

/** What the coordinator reads of the server's troubles. */
export const fi = {
  moment: (day: string, clock: string) => `${day} kello ${clock}`,
  since: (moment: string) => `Huomattu: ${moment}.`,
  /** Behind these two stands the number to call, where there is one. */
  call_now: "Soita heti palvelimen ylläpitoon",
  tell: "Kerro palvelimen ylläpidolle tänään",
  read_out: "Lue heille tämä teksti.",
  troubles: {
    not_saving: {
      title: () => "Palvelin ei tallenna juuri nyt.",
      means: "Levy ei vastaa. Huoneissa mikään ei etene.",
    },
    disk_full: {
      title: () => "Palvelimen levy on täynnä.",
      means: "Avunpyynnöt ja läsnäolo tallentuvat vielä. Viestit ja tehtävät eivät tallennu.",
    },
    disk_failed: {
      title: () => "Palvelimen levy ei toimi.",
      means: "Mitään ei tallennu, ennen kuin palvelin käynnistetään uudelleen.",
    },
    room_damaged: {
      title: () => "Yhden teemakerran tiedot ovat vaurioituneet.",
      means: "Siihen huoneeseen ei tallennu mitään. Muut huoneet toimivat.",
    },
    disk_low: {
      title: () => "Palvelimen levytila on loppumassa.",
      means: "Kun levy on täynnä, viestit ja tehtävät eivät tallennu.",
    },
    certificate_ends: {
      title: (moment) => `Sivuston varmenne vanhenee${moment ? `: ${moment}` : ""}.`,
      means: "Kun varmenne on vanha, kukaan ei pääse sivulle.",
    },
    backup_old: {
      title: (moment) =>
        moment ? `Varmuuskopio on vanha. Viimeisin: ${moment}.` : "Varmuuskopiota ei ole tehty.",
      means: "Jos levy rikkoutuu, uudet tiedot katoavat.",
    },
    mail_stuck: {
      title: () => "Sähköposti ei lähde.",
      means: "Kirjeet odottavat. Jos asialla on kiire, tulosta linkki tai soita.",
    },
    clock_jumped: {
      title: () => "Palvelimen kello on siirtynyt.",
      means: "Tarkista, että päivän ajat ovat oikein.",
    },
  } as Readonly<Record<Trouble, TroubleTexts>>,
};

export type HealthTexts = typeof fi;
