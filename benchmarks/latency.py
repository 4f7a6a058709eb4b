#!/usr/bin/env python3
"""How long it takes from a packet to the line about its pair, on a link where nothing else happens.

    latency.py INTERFACE COUNT COMMAND...

Starts COMMAND, which prints pairs to its standard output, and sends COUNT requests and answers at INTERFACE, a pair each 20 to 40 ms.
From the moment the kernel has taken an answer to the moment its line can be read; prints median, p95 and max in milliseconds, and
how many lines came."""
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import time

interface, count, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def frame(source, destination, source_port, destination_port, payload):
    udp = struct.pack('>HHHH', source_port, destination_port, 8 + len(payload), 0) + payload
    ip = struct.pack('>BBHHHBBH4s4s', 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, source, destination)
    total = sum(struct.unpack('>10H', ip))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return b'\x02' + bytes(11) + b'\x08\x00' + ip[:10] + struct.pack('>H', total ^ 0xffff) + ip[12:] + udp


def await_line(pipe, seconds):
    end = time.monotonic() + seconds
    while select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
        line = pipe.readline()
        now = time.monotonic()
        if not line.startswith(b'kind,'):
            return now if line else None
    return None


link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
link.bind((interface, 0))
process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
a, b = bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2))
answered = random.Random(1)
spans = []
sent = -1
while len(spans) < count and sent < 2 * count + 200:
    sent += 1
    payload = struct.pack('>I', sent) * 8
    link.send(frame(a, b, 20000 + sent % 20000, 53, payload))
    link.send(frame(b, a, 53, 20000 + sent % 20000, payload))
    start = time.monotonic()
    line = await_line(process.stdout, 0.3 if spans else 0.1)
    if process.poll() is not None:
        sys.exit(f'{command[0]} ended')
    if line:
        spans.append((line - start) * 1000)
    time.sleep(answered.uniform(0.02, 0.04))
process.send_signal(signal.SIGINT)
process.stdout.close()
process.wait()
warm = sorted(spans[len(spans) // 10:])  # the first ones meet code that is not compiled yet
if not warm:
    sys.exit('no line came')
print(f'median {warm[len(warm) // 2]:.2f} p95 {warm[len(warm) * 95 // 100]:.2f} max {warm[-1]:.2f} lines {len(spans)}')
