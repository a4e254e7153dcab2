#!/usr/bin/env python3
"""Says what is in a workbook, one cell a line, by Debian's python3-openpyxl: a reader that is not ours."""

import datetime
import sys

import openpyxl


def text_of(value):
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return repr(value)


book = openpyxl.load_workbook(sys.argv[1])
print("sheets " + ", ".join(book.sheetnames))
for sheet in book:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                print("formula", sheet.title, cell.coordinate)
            elif cell.value is not None:
                value = cell.value
                # 28:15 comes back as a moment of the year 1900, since Excel counts days from there.
                if "[h]" in cell.number_format and not isinstance(value, datetime.timedelta):
                    if isinstance(value, datetime.time):
                        value = datetime.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
                    elif isinstance(value, datetime.datetime):
                        value = value - datetime.datetime(1899, 12, 30)
                kind = type(value).__name__
                print(sheet.title, cell.coordinate, kind, cell.number_format, text_of(value))
