#!/usr/bin/env python3
"""Writes one long capture out of many short Ethernet captures: one behind the other in time, in as many rounds as one likes, each with
other IP addresses (the second byte of IPv4, the fourth of IPv6, of the outermost header; checksums are left as they are).

usage: benchmarks/rounds.py OUTPUT ROUNDS CAPTURE...     needs editcap for what is not a classic pcap
"""
import struct
import subprocess
import sys

ETHERNET = 1


def records(path):
    with open(path, 'rb') as file:
        content = file.read()
    if content[:4] not in (b'\xd4\xc3\xb2\xa1', b'\x4d\x3c\xb2\xa1', b'\xa1\xb2\xc3\xd4', b'\xa1\xb2\x3c\x4d'):
        content = subprocess.run(['editcap', '-F', 'pcap', path, '-'], capture_output=True).stdout
    if len(content) < 24:
        return []
    order = '<' if content[:1] in b'\xd4\x4d' else '>'
    unit = 1000 if content[:4] in (b'\xd4\xc3\xb2\xa1', b'\xa1\xb2\xc3\xd4') else 1
    if struct.unpack_from(order + 'I', content, 20)[0] & 0xFFFF != ETHERNET:
        return []
    found, at = [], 24
    while len(content) - at >= 16:
        seconds, fraction, captured, original = struct.unpack_from(order + 'IIII', content, at)
        if captured > len(content) - at - 16:
            break
        found.append((seconds * 1_000_000_000 + fraction * unit, original, bytearray(content[at + 16:at + 16 + captured])))
        at += 16 + captured
    return found


def places(frame):
    """Where to change the frame for another round."""
    at = 12
    while frame[at:at + 2] in (b'\x81\x00', b'\x88\xa8'):
        at += 4
    if frame[at:at + 2] == b'\x08\x00' and len(frame) >= at + 22:
        return at + 2 + 13, at + 2 + 17
    if frame[at:at + 2] == b'\x86\xdd' and len(frame) >= at + 42:
        return at + 2 + 11, at + 2 + 27
    return ()


output, rounds, captures = sys.argv[1], int(sys.argv[2]), [records(path) for path in sys.argv[3:]]
captures = [[(nanos, original, frame, places(frame)) for nanos, original, frame in capture] for capture in captures if capture]
clock = 1_600_000_000_000_000_000
packets = 0
with open(output, 'wb', buffering=1 << 20) as out:
    out.write(struct.pack('<IHHiIII', 0xA1B23C4D, 2, 4, 0, 0, 262144, ETHERNET))
    for _ in range(rounds):
        for capture in captures:
            first = capture[0][0]
            latest = clock
            for nanos, original, frame, where in capture:
                now = clock + min(max(nanos - first, 0), 86_400_000_000_000)
                latest = max(latest, now)
                out.write(struct.pack('<IIII', now // 1_000_000_000, now % 1_000_000_000, len(frame), original))
                out.write(frame)
                for place in where:
                    frame[place] = frame[place] + 1 & 0xFF
                packets += 1
            clock = latest + 1_000_000
print(f'{packets} packets', file=sys.stderr)
