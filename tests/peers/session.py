#!/usr/bin/env python3
"""A whole session as the second client lives it (python_peer.py), beside the real server: participants, a facilitator
and a moderator, with lines cut at the worst moments, the server stopped and killed; at the end and in between what each
has is what a fresh snapshot has.
    session.py ETAKAHVILA"""

import asyncio
import json
import os
import sys

import websockets

from house import house
from python_peer import Client, Door, Refused, trusting

LONG = float(os.environ.get("LONG", "60"))


async def refused(word, doing):
    try:
        await doing
    except Refused as no:
        assert no.word == word, f"refused as {no.word}, not as {word}"
        return no.refusal
    raise AssertionError(f"was not refused as {word}")


def thing(client, kind, /, **fields):
    """The first thing of the kind with these fields."""
    return next(
        (t for t in client.room.all(kind) if all(t.get(field) == value for field, value in fields.items())), None
    )


async def sees(client, kind, /, **fields):
    return await client.until(lambda: thing(client, kind, **fields))


async def is_as_fresh(client, chair, what):
    """What the client has is what a newcomer on the same link is shown, at the same step."""
    fresh = Client(client.door, client.key, client.name)
    await fresh.until(lambda: fresh.welcome is not None and fresh.room.seq >= fresh.welcome["seq"])
    await chair.do("set_where_we_are", lines=[what])
    same = asyncio.get_running_loop().create_future()

    def look():
        both = (client.room, fresh.room)
        if (
            same.done()
            or both[0].seq != both[1].seq
            or any(room.the("room")["where_we_are"] != [what] for room in both)
        ):
            return
        same.set_result(
            {
                kind: (both[0].newest()[kind], both[1].newest()[kind])
                for kind in both[0].things
                if both[0].newest()[kind] != both[1].newest()[kind]
            }
        )

    client.watch(look)
    fresh.watch(look)
    look()
    differs = await same
    assert not differs, f"{what}: {json.dumps(differs)[:2000]}"
    await fresh.leave()


async def raw(door, ticket=None, hello=None, frames=()):
    """How a line ends that says this."""
    socket = await websockets.connect(
        door.origin.replace("https", "wss") + "/room", origin=door.origin, ssl=door.trusted
    )
    if ticket is not None:
        await socket.send(json.dumps(hello or {"type": "hello", "version": 1, "ticket": ticket}))
    for frame in frames:
        await socket.send(frame if isinstance(frame, (str, bytes)) else json.dumps(frame))
    try:
        while True:
            await socket.recv()
    except websockets.ConnectionClosed as closed:
        return closed.rcvd.code


class Cafe:
    def __init__(self, server):
        self.server = server
        self.door = Door(server.origin, trusting(server.certificate))

    async def play(self):
        for part in (
            self.invite,
            self.arrive,
            self.chat,
            self.floor,
            self.help,
            self.bad_lines,
            self.poisoned_outbox,
            self.many_messages,
            self.restart,
            self.end,
        ):
            playing = asyncio.ensure_future(part())
            done, _ = await asyncio.wait({playing}, timeout=LONG)
            if not done:
                playing.print_stack()
                raise SystemExit(f"{part.__name__}: what was expected has not come in {LONG} s")
            playing.result()

    async def ticket(self):
        return (await self.door.ask("/api/enter", {"secret": self.server.links["guest"], "netiquette": True}))["ticket"]

    async def invite(self):
        """Two participants, as the coordinator adds them."""
        session = f"/api/sessions/{self.server.session}"
        key = self.server.coordinator
        people = [
            (await self.door.ask(session + "/people", {"name": name, "decision_type": "social_rehabilitation"}, key))[
                "person"
            ]
            for name in ("Pihla Mallikas", "Halla Mallikas")
        ]
        made = (await self.door.ask(session + "/invitations", {"people": people}, key))["invitations"]
        self.link, self.code = made[0]["link"].split("#")[1], made[1]["code"]

    async def arrive(self):
        looked = await self.door.ask("/api/look", {"secret": self.link})
        assert looked["role"] == "participant" and looked["session"]["phase"] == "planned" and not looked["entered"], (
            looked
        )
        await refused("not_found", self.door.ask("/api/look", {"secret": "A" * 22}))

        self.chair = Client(self.door, {"secret": self.server.links["facilitator"]})
        await self.chair.do("open_doors")
        self.mod = Client(self.door, {"secret": self.server.links["moderator"]})
        await refused(
            "netiquette_not_accepted",
            self.door.ask("/api/enter", {"secret": self.link, "name": "Pihla", "netiquette": False}),
        )
        await refused("name_empty", self.door.ask("/api/enter", {"secret": self.link, "netiquette": True}))
        self.pihla = Client(self.door, {"secret": self.link}, "Pihla")
        self.halla = Client(self.door, {"code": self.code}, "Halla")
        # The line goes after hello, and after welcome: the ticket is spent, and what is resumed from 0 is a snapshot.
        self.pihla.cut_at = "welcome"
        self.halla.cut_at = "batch"
        await self.pihla.until(lambda: self.pihla.room.the("chat"))
        await self.halla.until(lambda: self.halla.room.the("chat"))
        assert self.halla.resumed[0] is False and len(self.halla.resumed) > 1, self.halla.resumed
        for client in (self.pihla, self.halla, self.mod, self.chair):
            await sees(client, "room", phase="doors_open")
            await sees(client, "person", name="Halla", presence="present")
        await is_as_fresh(self.halla, self.chair, "Ovet auki")
        assert (await self.door.ask("/api/look", {"code": self.code}))["entered"]

    async def chat(self):
        await self.mod.do("set_chat_mode", mode="all_held")
        # Sent, and the answer is lost on the way: sent again, and done once.
        self.pihla.cut_at = "outcome"
        before = len(self.pihla.resumed)
        await self.pihla.do("send_message", channel="room", text="Hei, täällä Pihla 🌿")
        assert len(self.pihla.resumed) > before and self.pihla.resumed[-1]
        item = await sees(self.mod, "review_item", text="Hei, täällä Pihla 🌿")
        assert thing(self.halla, "message", id=item["message"]) is None
        await refused("not_permitted", self.halla.do("claim_review", message=item["message"]))
        await self.mod.do("claim_review", message=item["message"])
        claimed = await sees(self.mod, "review_item", message=item["message"], claimed_by=self.mod.welcome["me"])
        await refused(
            "already_handled", self.mod.do("publish_message", message=item["message"], version=claimed["version"] + 1)
        )
        await self.mod.do("publish_message", message=item["message"], version=claimed["version"])
        shown = await sees(self.halla, "message", id=item["message"], state="published")
        await self.mod.until(lambda: thing(self.mod, "review_item", message=item["message"]) is None)
        assert [m["text"] for m in self.halla.room.all("message")].count(shown["text"]) == 1
        await self.mod.do("set_chat_mode", mode="open")
        await self.halla.do("react_to_message", message=shown["id"], reaction="heart", on=True)
        await sees(self.pihla, "message", id=shown["id"], reactions=[{"reaction": "heart", "count": 1}])
        await self.chair.do("send_message", channel="staff", text="Vain meille")
        await sees(self.mod, "message", text="Vain meille")
        await self.halla.do("send_message", channel="room", text="Otan takaisin")
        mine = await sees(self.halla, "message", text="Otan takaisin")
        await self.halla.do("retract_message", message=mine["id"])
        gone = await sees(self.pihla, "message", id=mine["id"], state="retracted")
        assert "text" not in gone
        await refused("not_found", self.halla.do("flag_message", message=0))
        for client in (self.pihla, self.mod):
            await is_as_fresh(client, self.chair, f"Juteltu {client.welcome['me']}")
        assert thing(self.pihla, "message", text="Vain meille") is None

    async def floor(self):
        await refused("not_permitted", self.pihla.do("go_live"))
        said = self.chair.room_now()
        await self.chair.do("go_live")
        live = await sees(self.pihla, "room", phase="live")
        assert live["since"] >= said - 1, "the room's clock is measured on"
        # Asked for while there is no line, and again by who did not see the answer.
        self.pihla.cut()
        await self.pihla.do("request_floor", kind="speak", note="Univelasta")
        mine = await sees(self.pihla, "floor_request", beneficiary=self.pihla.welcome["me"])
        no = await refused("already_requested", self.pihla.do("request_floor", kind="speak"))
        assert no["standing"] == mine["id"], no
        await self.halla.do("request_floor", kind="written", text="Nukun hyvin.")
        other = await sees(self.chair, "floor_request", kind="written")
        await self.chair.until(lambda: self.chair.room.queue() == [mine["id"], other["id"]])
        await self.chair.do("reorder_line_up", order=[other["id"], mine["id"]])
        await self.halla.until(lambda: self.halla.room.queue() == [other["id"], mine["id"]])
        assert thing(self.halla, "floor_request", id=mine["id"]).get("note") is None
        await self.chair.do("grant_floor", request=mine["id"])
        turn = await self.pihla.until(lambda: self.pihla.room.the("turn"))
        await refused("turn_is_on", self.chair.do("grant_floor"))
        await self.pihla.until(lambda: self.pihla.socket is not None)
        await self.pihla._send({"type": "speech_line", "turn": turn["id"], "text": "Nukun paremmin ulkona"})
        await self.halla.until(lambda: self.halla.speech and self.halla.speech["text"] == "Nukun paremmin ulkona")
        await self.pihla.do("release_turn", turn=turn["id"])
        await self.halla.until(lambda: self.halla.room.the("turn") is None)
        await self.chair.do("grant_floor")
        await self.halla.until(lambda: self.halla.room.the("turn"))
        await self.chair.do("start_break", minutes=5)
        await sees(self.halla, "room", phase="paused")
        await self.chair.do("end_break")
        await self.chair.do("send_checkpoint")
        asked = await self.halla.until(lambda: self.halla.room.the("checkpoint"))
        await self.halla.do("answer_checkpoint", checkpoint=asked["id"])
        await sees(self.halla, "checkpoint", answered=True)
        await is_as_fresh(self.halla, self.chair, "Puhuttu")
        await is_as_fresh(self.chair, self.chair, "Puhuttu ohjaajalle")

    async def help(self):
        self.halla.cut()
        await self.halla.do("ask_for_help", kind="cannot_hear", words="En kuule mitään")
        call = await sees(self.mod, "help_request", person=self.halla.welcome["me"])
        await self.mod.do("claim_help", help=call["id"])
        await self.mod.do("add_help_line", help=call["id"], text="Paina Kuuntele.")
        await sees(self.halla, "help_line", text="Paina Kuuntele.")
        await self.mod.do("solve_help", help=call["id"])
        await sees(self.halla, "help_request", state="solved")
        # Whose line was lost three times is offered help; what others asked for is not shown.
        assert all(
            each["person"] == self.pihla.welcome["me"] for each in self.pihla.room.all("help_request")
        ) and not self.pihla.room.all("help_line")
        # A page that is loaded anew: the same shelf, and nothing is lost.
        shelf = self.halla.shelf
        self.halla.cut()
        self.halla.give({"type": "ask_for_help", "kind": "not_heard"})
        self.halla.drop()
        self.halla = Client(self.door, self.halla.key, "Halla", shelf)
        again = await sees(self.mod, "help_request", person=call["person"], kind="not_heard")
        await self.halla.until(lambda: not shelf.outbox)
        await self.halla.do("cancel_help", help=again["id"])
        await is_as_fresh(self.halla, self.chair, "Autettu")
        await is_as_fresh(self.mod, self.chair, "Autettu moderaattorille")

    async def bad_lines(self):
        """Close codes, each as the document says."""
        leave = {"type": "leave"}
        command = {"type": "command", "id": "x-1", "command": {"type": "say_im_back"}}
        ticket = await self.ticket()
        assert await raw(self.door, ticket, frames=[leave]) == 4506
        assert await raw(self.door, ticket) == 4501, "a ticket works once"
        assert await raw(self.door, "nothing") == 4501
        assert await raw(self.door, frames=[command]) == 4401
        assert await raw(self.door, await self.ticket(), {"type": "hello", "version": 99, "ticket": "x"}) == 4505
        for bad in (
            "nothing",
            b"{}",
            "[]",
            json.dumps({"type": "sing"}),
            json.dumps({**leave, "why": 1}),
            "[" * 9 + "]" * 9,
            json.dumps({"type": "command"}),
        ):
            assert await raw(self.door, await self.ticket(), frames=[bad]) == 4400, bad
        assert (
            await raw(
                self.door, await self.ticket(), frames=[json.dumps({"type": "hello", "version": 1, "ticket": "x"})]
            )
            == 4400
        )
        assert await raw(self.door, await self.ticket(), frames=["x" * 20_000]) == 1009
        lines = [Client(self.door, {"secret": self.server.links["guest"]}) for _ in range(8)]
        for line in lines:
            await line.until(lambda line=line: line.welcome is not None)
        assert await raw(self.door, await self.ticket()) == 4508, "a ninth line of one person"
        for line in lines:
            await line.leave()

    async def poisoned_outbox(self):
        """What closes the line is parked, and the call for help behind it goes out."""
        large = {"type": "send_message", "channel": "room", "text": "y" * 20_000}
        assert (await self.halla.outcome(self.halla.give(large)))["refusal"]["word"] == "text_too_long", (
            "not sent at all"
        )
        self.halla.frame_bytes_max = 1 << 20
        poison = self.halla.give(large)
        call = self.halla.give({"type": "ask_for_help", "kind": "cannot_find"})
        after = self.halla.give({"type": "send_message", "channel": "room", "text": "Perille"})
        for number in (call, after):
            assert "refusal" not in await self.halla.outcome(number)
        assert (await self.halla.outcome(poison))["refusal"]["word"] == "invalid" and list(self.halla.shelf.parked) == [
            poison
        ]
        assert self.halla.closes.count(1009) == 3, self.halla.closes
        mine = await sees(self.mod, "help_request", kind="cannot_find")
        await self.mod.do("claim_help", help=mine["id"])
        await self.mod.do("solve_help", help=mine["id"])
        # A frame whose id can be read gets its answer, and the line goes on.
        closes = len(self.halla.closes)
        for bad in (
            {"type": "sing"},
            {"type": "say_im_back", "loud": True},
            {"type": "request_floor", "kind": "shout"},
            {"type": "request_floor", "kind": "speak", "note": None},
            {"type": "cancel_floor_request", "request": 1.0},
            {"type": "cancel_floor_request", "request": -1},
            {"type": "cancel_floor_request"},
            {"type": "send_message", "channel": "room", "text": "\ud83c"},
        ):
            outcome = await self.halla.outcome(self.halla.give(bad))
            assert outcome["refusal"]["word"] == "invalid", (bad, outcome)
        assert len(self.halla.closes) == closes, self.halla.closes

    async def many_messages(self):
        """More than 200: the newest are kept, the older ones asked for; too fast is sent again."""
        asked = [
            who.give({"type": "send_message", "channel": "room", "text": f"Viesti {number}"})
            for number in range(105)
            for who in (self.chair, self.mod)
        ]
        for number, who in zip(asked, (self.chair, self.mod) * 105, strict=True):
            assert "refusal" not in await who.outcome(number)
        # All of them, and each once, though the room took no more than 20 a second.
        await self.pihla.until(
            lambda: sum(m.get("text", "").startswith("Viesti") for m in self.pihla.room.all("message")) == 200
        )
        await is_as_fresh(self.pihla, self.chair, "Monta viestiä")
        first = min(m["place"] for m in self.pihla.room.all("message"))
        older = await self.pihla.show_older()
        assert older and all(m["place"] < first for m in older)
        await refused("invalid", self.door.ask("/api/messages", bearer=self.link))
        assert await self.pihla.show_older() == []
        # A change of one that is not among the newest: shown to who keeps it, passed over by who does not.
        old = next(m for m in older if m["state"] == "published")
        await self.mod.do("retract_message", message=old["id"], reason="Siivotaan")
        await sees(self.pihla, "message", id=old["id"], state="retracted")
        await self.halla.until(lambda: self.halla.room.seq >= self.pihla.room.seq)
        assert thing(self.halla, "message", id=old["id"]) is None
        await is_as_fresh(self.halla, self.chair, "Vanhoja luettu")
        # Away while many were written: a batch of what was missed.
        await is_as_fresh(self.pihla, self.chair, "Vanhat tallessa")

    async def restart(self):
        """Stopped, which is told, and killed, which is not: all come back; what was given meanwhile is done once."""
        everyone = (self.chair, self.mod, self.pihla, self.halla)
        for end in (self.server.stop, self.server.kill):
            epoch = self.pihla.epoch
            before = {client: len(client.resumed) for client in everyone}
            await asyncio.get_running_loop().run_in_executor(None, end)
            given = self.pihla.give({"type": "send_message", "channel": "room", "text": f"Katkossa {end.__name__}"})
            await asyncio.get_running_loop().run_in_executor(None, self.server.start)
            assert "refusal" not in await self.pihla.outcome(given)
            for client in everyone:
                known = before[client]
                await client.until(lambda of=client, known=known: len(of.resumed) > known and of.resumed[-1])
                await sees(client, "message", text=f"Katkossa {end.__name__}")
            assert self.pihla.epoch == epoch, "the same journal"
            for client in everyone:
                await is_as_fresh(client, self.chair, f"{end.__name__} {client.welcome['me']}")
        assert 4412 in self.chair.closes and 4501 in self.chair.closes, self.chair.closes

    async def end(self):
        guest = Client(self.door, {"secret": self.server.links["guest"]})
        await guest.until(lambda: guest.welcome is not None)
        me = guest.welcome["me"]
        await self.mod.do("remove_person", person=me, reason="Häiritsi", ban=False)
        assert await guest.end() == 4503
        await refused(
            "removed", self.door.ask("/api/enter", {"secret": self.server.links["guest"], "netiquette": True})
        )
        await self.chair.do("start_debrief")
        await sees(self.pihla, "room", phase="debrief")
        await self.pihla.leave()
        assert self.pihla.ended == 4506
        await self.chair.do("close_session")
        await sees(self.mod, "room", phase="closed")
        await sees(self.halla, "room", phase="closed")
        assert self.halla.ended is None, "a session that has closed ends no line"
        day = await self.mod.until(lambda: self.mod.room.the("attendance_day"))
        await self.mod.do("mark_all_clear")
        while left := [line for line in self.mod.room.all("attendance_line") if "mark" not in line]:
            await self.mod.do(
                "mark_attendance", person=left[0]["person"], version=left[0]["version"], mark="present", source="phone"
            )
            await self.mod.until(lambda: self.mod.room.things["attendance_line"][left[0]["person"]].get("mark"))
        await refused("version_conflict", self.mod.do("seal_attendance", version=day["version"]))
        await self.mod.do("seal_attendance", version=self.mod.room.the("attendance_day")["version"])
        await sees(self.mod, "room", phase="sealed")
        assert not self.halla.room.all("attendance_line")
        for client in (self.halla, self.mod, self.chair):
            await client.leave()
            assert client.ended == 4506


async def main():
    with house(sys.argv[1]) as server:
        await Cafe(server).play()


asyncio.run(main())
