#!/usr/bin/python3
"""Somebody who comes in by a link, from the page to the room.

visitor.py ORIGIN LINK [FILE …]: reads the page and everything that it asks for, then each FILE, then looks at the link,
enters, and is welcomed in the room. Prints what it found; ends with 1 at the first thing that is not so.
"""

import asyncio
import json
import re
import sys
import urllib.error
import urllib.request

import websockets

origin, link, *files = sys.argv[1:]
secret = link.split("#")[1]


def asked(path: str, body: dict | None = None) -> bytes:
    request = urllib.request.Request(origin + path, headers={"Origin": origin})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        sys.exit(f"{path}: {refused.code} {refused.read()[:200]!r}")


async def welcomed(ticket: str) -> dict:
    address = origin.replace("http", "ws", 1) + "/room"
    async with websockets.connect(address, origin=origin) as room:
        await room.send(json.dumps({"type": "hello", "version": 1, "ticket": ticket}))
        while True:
            frame = json.loads(await asyncio.wait_for(room.recv(), 20))
            if frame["type"] == "batch":
                return frame


page = asked("/").decode()
parts = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
if not parts:
    sys.exit("The page asks for nothing.")
for path in parts + files:
    asked(path)
looked = json.loads(asked("/api/look", {"secret": secret}))
entered = json.loads(asked("/api/enter", {"secret": secret, "name": "Maija", "netiquette": True}))
room = asyncio.run(welcomed(entered["ticket"]))
print(f"{len(parts + files)} files, {looked['role']}, {looked['session']['theme']}, room at {room['to']}")
