#!/usr/bin/env python3
"""Writes the lists of a season in registrations/season-*.csv, as three systems export them: 300 invented people, and in
twenty rows of each a fault that somebody makes. The same each time. Which fault is where stands in
tests/programme/enrolment_file_test.cpp."""

import pathlib

FOLDER = pathlib.Path(__file__).parent / "registrations"
FIRST = (
    "Kanerva Vanamo Kielo Orvokki Lumme Vuokko Heinä Saniainen Sammal Pihka Ruusu Lilja Unikko Malva Neilikka "
    "Pioni Iiris Tulppaani Narsissi Äimä"
).split()
LAST = (
    "Mustikka Puolukka Karpalo Lakka Juolukka Variksenmarja Pihlaja Koivu Haapa Leppä Raita Tammi Vaahtera Lehmus "
    "Kataja"
).split()
KINDS = ("Kuntouttava työtoiminta", "Sosiaalinen kuntoutus", "Vammaisten työtoiminta")
NAME, KIND, SUPERVISOR, PHONE, EMAIL, BEST_TIME, PACKAGE = range(7)
HEADINGS = ["Nimi", "Päätöksen laji", "Työnjohtaja", "Puhelin", "Sähköposti", "Paras aika", "Paketti"]

# Every fifteenth person, from the eighth on; what of their row is wrong.
FAULTS = [
    {NAME: ""},
    {KIND: ""},
    {KIND: "kuntoutus"},
    {PHONE: "soita kotiin"},
    {PHONE: "91234567"},
    {EMAIL: "osoite(at)posti"},
    {EMAIL: "kielö@posti.example"},
    "again",
    "more cells",
    {NAME: "Kaislikko" * 10},
    {SUPERVISOR: "Työnjohtaja " * 8},
    {PHONE: "3,58E+11"},
    {PHONE: "040 000 7001, 040 000 7002"},
    {EMAIL: "yksi@posti.example kaksi@posti.example"},
    {KIND: "eläke"},
    {EMAIL: "vanamo@"},
    "turned",
    {KIND: "Sosiaalinen kuntoutus, kuntouttava työtoiminta"},
    {PHONE: "ei tiedä, kysy"},
    {PACKAGE: "Perjantaipaketti"},
]


def plain(name):
    return name.lower().replace("ä", "a").replace("ö", "o").replace(" ", ".")


def people():
    rows = []
    for number in range(300):
        name = f"{FIRST[number % 20]} {LAST[number // 20]}"
        rows.append(
            [
                name,
                KINDS[number % 3],
                f"Työnjohtaja {number % 6 + 1}",
                f"040 000 {number + 1:04}",
                f"{plain(name)}@posti.example",
                "aamulla" if number % 4 == 0 else "",
                "Torstaipaketti" if number % 2 == 0 else "",
            ]
        )
    return rows


def with_faults(rows, cells):
    """A list without packages has one fault more of another kind in the place of the last."""
    for place, fault in enumerate(FAULTS):
        row = rows[7 + 15 * place]
        if fault == "again":
            row[:] = rows[0]
        elif fault == "turned":
            row[:] = [", ".join(reversed(rows[1][NAME].split())), *rows[1][1:]]
        elif fault == "more cells":
            row[cells:] = ["ylimääräinen"]
        elif cells <= PACKAGE and PACKAGE in fault:
            row[KIND] = "?"
        else:
            for cell, written in fault.items():
                row[cell] = written
    return [row[: cells + (row[-1] == "ylimääräinen")] for row in rows]


def cell(text, always_quoted):
    return '"' + text.replace('"', '""') + '"' if always_quoted or "," in text else text


def main():
    def write(name, rows, separator, line_end, encoding, quoted):
        text = "".join(
            separator.join(cell(each, quoted) if separator == "," else each for each in row) + line_end for row in rows
        )
        (FOLDER / name).write_bytes(text.encode(encoding))

    excel = [HEADINGS, *with_faults(people(), 7)]
    write("season-excel-fi.csv", excel, ";", "\r\n", "cp1252", False)
    write("season-libreoffice.csv", excel, ",", "\n", "utf-8", True)
    write("season-fixed-order.csv", with_faults(people(), 5), ";", "\r\n", "cp1252", False)


if __name__ == "__main__":
    main()
