import type { AbsenceReason, AppointmentKind } from "@protocol/api";

/** The own page, and telling that one cannot come. Plain Finnish: one sentence, one thing. */
export const fi = {
  right_place: "Olet oikeassa paikassa.",
  cafe_is: (day: string, clock: string) => `Kahvila on ${day.toLowerCase()} kello ${clock}.`,
  works_then: "Linkkisi toimii silloin. Avaa se uudelleen, tai odota tällä sivulla: ovi avautuu itsestään.",
  hello_next: (name: string) => `Hei, ${name}. Seuraavaksi`,
  hello: (name: string) => `Hei, ${name}.`,
  next: "Seuraavaksi",
  open_then: "Avaa silloin tämä sivu.",
  is_open: "Kahvila on nyt auki.",
  in_days: (days: number) =>
    days <= 0
      ? "Tänään."
      : days === 1
        ? "Huomenna."
        : days === 7
          ? "Viikon päästä."
          : `${days} päivän päästä.`,
  no_next: "Tulevia kertoja ei ole",
  no_next_what: "Kysy uusista kerroista siltä, joka lähetti kutsun sinulle.",
  cancelled: "Peruttu",
  is_cancelled: (day: string) => `${day} ryhmää ei ole. Se on peruttu.`,
  no_meeting: (day: string) => `${day} tapaamista ei ole.`,
  no_call: (day: string) => `${day} sinulle ei soiteta. Päivä on peruttu.`,
  nothing_to_do: "Sinun ei tarvitse tehdä mitään.",
  next_is: (day: string) => `Seuraava kerta on ${day.toLowerCase()}`,
  days_title: "Tulevat kerrat",
  date_title: "Muista päivä",
  we_call: "Sinulle soitetaan. Pidä puhelin lähellä.",
  meetings: {
    individual: "Tapaaminen verkossa",
    face_to_face: "Tapaaminen kasvokkain",
    phone: "Tapaaminen puhelimella",
    home: "Työntekijä tulee kotiisi",
  } as Record<AppointmentKind, string>,
  past_title: "Aiemmat kerrat",
  past_show: "Näytä tehtävä",
  past_read: "Lue vastaus",
  past_answered: "Sinulle on vastattu",
  past_unread: "Sinulle on uusi vastaus",
  at: (hours: string) => `Kello ${hours}`,
  cannot: "En pääse",
  can_after_all: "Pääsen sittenkin",
  told: "Kerroit, ettet pääse",
  has_told: (day: string) => `Kiitos. Kerroit, että et pääse: ${day.toLowerCase()}`,
  has_told_what: "Voit perua tämän, jos pääsetkin.",
  comes: (day: string) => `Hienoa. Nähdään ${day.toLowerCase()}`,
  to_door: "Mene odottamaan ovelle",
  come_in: "Tule kahvilaan",
  loading: "Haemme tulevia kertoja.",
  not_loaded: "Emme saa nyt haettua tulevia kertoja. Yritämme itsestään uudelleen.",
  by_link: "Avaa linkki, joka on kutsussasi. Silloin näet tulevat kerrat.",
  calendar: "Lisää puhelimen kalenteriin",
  calendar_what: "Kalenterissa lukee vain ”Tapaaminen” tai ”Tapaaminen verkossa”.",
  calendar_open: "Avaa kalenteri",
  calendar_made: "Kalenteri on valmis. Paina nappia. Puhelin kysyy, lisätäänkö se.",
  calendar_else: "Jos kalenteri ei aukea, kokeile tätä:",
  calendar_file: "Kalenterin osoite",
  calendar_again: "Jos olet lisännyt kalenterin ennen, vanha ei enää päivity. Voit poistaa sen.",
  calendar_failed: "Kalenteria ei nyt saatu. Yritä myöhemmin.",
  only_yours: "Tämä sivu on vain sinulle. Älä anna linkkiä muille.",
  which_title: "Tänään on kaksi kertaa",
  which_what: "Valitse, mihin tulet. Voit tulla myöhemmin myös toiseen.",

  absence_title: "En pääse ryhmään",
  absence_to: (supervisor: string) => `Kerro se tässä. ${supervisor || "Työnjohtajasi"} näkee sen heti.`,
  absence_room: "Kerro se tässä. Ryhmän ohjaajat näkevät sen heti.",
  which_day: "Mikä päivä?",
  more_days: "Näytä muut päivät",
  why: "Miksi et pääse?",
  numbered: (number: number, question: string) => `${number}. ${question}`,
  who_sees: (supervisor: string) =>
    `${supervisor || "Työnjohtajasi"} ja koordinaattori näkevät syyn. ` +
    "Ryhmän ohjaajat näkevät vain, että et pääse.",
  no_reason: "Syytä ei kysytä. Ryhmän ohjaajat näkevät vain, että et pääse.",
  reasons: {
    own_illness: "Olen sairas",
    child_ill: "Alle 10-vuotias lapseni on sairas",
    job_interview: "Työhaastattelu",
    public_duty: "Luottamus\u00adtehtävä",
    other: "Jokin muu",
  } as Record<AbsenceReason, string>,
  reasons_more: {
    job_interview: "tai muu työasia",
    public_duty: "esimerkiksi vaalilautakunta",
    other: "Voit kertoa syyn työnjohtajallesi.",
  } as Partial<Record<AbsenceReason, string>>,
  reason_missing: "Valitse ensin syy.",
  or_call: "Voit myös soittaa",
  send: "Kerro, että en pääse",
  sending: "Lähetämme…",
  may_undo: "Voit perua tämän, jos pääsetkin.",
  not_sent: "Tieto ei mennyt perille.",
  not_sent_what: "Valintasi ovat tallella. Yritä uudelleen tai soita.",
  too_late: "Tämä kerta on jo päättynyt.",
};

export type OwnPageTexts = typeof fi;
