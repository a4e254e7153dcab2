#!/usr/bin/env python3
"""A room that is joined by somebody else's WebSocket library, over TLS: it comes in twice, as a
facilitator and as a participant, opens the room, says something, and is told.
    room.py ETAKAHVILA COMMAND…     COMMAND is run with: the origin, the facilitator's secret, the participant's"""

import subprocess
import sys

from house import house

program, peer = sys.argv[1], sys.argv[2:]

with house(program) as server:
    # The peer trusts this certificate, and checks it.
    told = subprocess.run(
        [*peer, server.origin, server.certificate, server.links["facilitator"], server.links["guest"]], timeout=60
    )
sys.exit(told.returncode)
