/** What a participant reads of the feedback of a day. */

export const fi = {
  title: "Miten tänään meni?",
  what: "Kolme kysymystä. Kestää minuutin.",
  give: "Anna palautetta",
  nobody: "Kukaan ei näe, kuka vastasi.",
  nobody_what: "Tallennamme vain, että vastasit. Saat jättää kysymyksiä väliin.",
  felt: "Miltä tänään tuntui?",
  felt_faces: ["Hyväl\u00adtä", "Melko hyväl\u00adtä", "Melko huo\u00adnolta", "Huo\u00adnolta"],
  heard: "Pääsitkö ääneen niin kuin halusit?",
  worked: "Miten puhelin tai tietokone toimi?",
  faces: ["Hyvin", "Melko hyvin", "Melko huo\u00adnosti", "Huo\u00adnosti"],
  cannot_say: "En osaa sanoa",
  change: "Mitä muuttaisit?",
  change_hint: "Saat kirjoittaa omin sanoin. Älä kirjoita nimiä.",
  helped: "Joku auttoi minua vastaamaan.",
  about_staff: "Sanani koskevat ohjaajaa. Näytä ne vain koordinaattorille.",
  final: "Lähetettyä palautetta ei voi muuttaa.",
  skip: "Ohita",
  send: "Lähetä palaute",
  sending: "Palautettasi lähetetään.",
  nothing: "Vastaa ensin johonkin. Voit myös ohittaa palautteen.",
  kept: "Palautetta ei saatu lähetettyä. Vastauksesi ovat yhä tässä. Yritä uudelleen.",
  too_long: "Sanoja on liikaa. Enintään 500 merkkiä.",
  too_late: "Palaute ehti jo sulkeutua.",
  thanks: "Kiitos. Palautteesi on perillä.",
  improvements: "Tämä muuttui teidän ansiostanne",
  by_feedback: (days: string) => `Palautteesta ${days} Kiitos teille!`,
};

export type FeedbackTexts = typeof fi;
