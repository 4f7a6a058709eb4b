#!/usr/bin/env python3
"""Writes a capture of made-up sessions as classifiers meet them: TLS with a server name 55 %, HTTP 20 %, DNS 15 %, payload that
means nothing 10 %; 20,000 open at a time in random order.

usage: benchmarks/sessions.py FILE [PACKETS [SEED]]     default: 3000000 packets, about 32 a session
"""
import random
import struct
import sys

path = sys.argv[1]
wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000_000
chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
OPEN = 20_000
SUITES = bytes.fromhex('130113021303c02bc02fc02cc030cca9cca8')
NOISE = chance.randbytes(1 << 20)


def client_hello(name):
    name = name.encode()
    sni = struct.pack('>HHHBH', 0, len(name) + 5, len(name) + 3, 0, len(name)) + name
    rest = bytes.fromhex('000a00080006001d00170018002b0003020304000d00080006040308040401')
    extensions = sni + rest
    body = struct.pack('>H', 0x0303) + chance.randbytes(32) + b'\0' + struct.pack('>H', len(SUITES)) + SUITES + b'\1\0'
    body += struct.pack('>H', len(extensions)) + extensions
    message = b'\1' + struct.pack('>I', len(body))[1:] + body
    return b'\x16\x03\x01' + struct.pack('>H', len(message)) + message


def server_hello():
    body = struct.pack('>H', 0x0303) + chance.randbytes(32) + b'\0\x13\x01\0' + struct.pack('>H', 6) + bytes.fromhex('002b00020304')
    message = b'\2' + struct.pack('>I', len(body))[1:] + body
    return b'\x16\x03\x03' + struct.pack('>H', len(message)) + message


def noise(length):
    at = chance.randrange(len(NOISE) - length)
    return NOISE[at:at + length]


class Session:
    count = 0

    def __init__(self):
        Session.count += 1
        n = Session.count
        self.client = struct.pack('>I', 0x0A000000 + (n * 2654435761 & 0xFFFFFF))
        self.server = struct.pack('>I', 0xC6120000 + chance.randrange(1 << 16))
        self.ports = (1024 + n % 60000, 0)
        self.sequence = [chance.getrandbits(32), chance.getrandbits(32)]
        kind = chance.random()
        self.tcp = True
        if kind < 0.55:
            port, self.steps = 443, self.stream(client_hello(f'www{n % 5000}.example{n % 97}.com'), server_hello(), b'\x17\x03\x03')
        elif kind < 0.75:
            request = f'GET /{n} HTTP/1.1\r\nHost: site{n % 3000}.example.net\r\nUser-Agent: bench/1.0\r\nAccept: */*\r\n\r\n'
            port, self.steps = 80, self.stream(request.encode(), b'HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n', b'')
        elif kind < 0.90:
            self.tcp, port = False, 53
            question = b''.join(bytes([len(x)]) + x.encode() for x in (f'h{n % 9999}', 'example', 'org')) + b'\0\0\1\0\1'
            head = struct.pack('>H', n & 0xFFFF)
            query = head + bytes.fromhex('01000001000000000000') + question
            answer = head + bytes.fromhex('81800001000100000000') + question + bytes.fromhex('c00c000100010000003c0004c0000201')
            self.steps = iter([(0, query, 0), (1, answer, 0)])
        elif kind < 0.95:
            port, self.steps = 5000 + n % 500, self.stream(noise(200), noise(300), b'')
        else:
            self.tcp, port = False, 40000 + n % 500
            self.steps = iter([(chance.randrange(2), noise(chance.randrange(40, 1000)), 0) for _ in range(30)])
        self.ports = (self.ports[0], port)

    @staticmethod
    def stream(request, response, prefix):
        yield 0, b'', 0x02
        yield 1, b'', 0x12
        yield 0, b'', 0x10
        yield 0, request, 0x18
        yield 1, response, 0x18
        for _ in range(chance.randrange(15, 48)):
            if chance.random() < 0.3:
                yield 0, b'', 0x10
            else:
                length = chance.choice((100, 600, 1400, 1400))
                head = prefix + struct.pack('>H', length) if prefix else b''
                yield 1, head + noise(length), 0x18
        yield 0, b'', 0x11
        yield 1, b'', 0x11

    def packet(self, step):
        side, payload, flags = step
        a, b = (self.client, self.server) if side == 0 else (self.server, self.client)
        pa, pb = self.ports if side == 0 else self.ports[::-1]
        if self.tcp:
            transport = struct.pack('>HHIIBBHHH', pa, pb, self.sequence[side], self.sequence[1 - side], 0x50, flags, 65535, 0, 0)
            self.sequence[side] = self.sequence[side] + len(payload) + (1 if flags & 3 else 0) & 0xFFFFFFFF
        else:
            transport = struct.pack('>HHHH', pa, pb, 8 + len(payload), 0)
        length = 20 + len(transport) + len(payload)
        ip = struct.pack('>BBHHHBBH', 0x45, 0, length, 0, 0x4000, 64, 6 if self.tcp else 17, 0) + a + b
        return b'\2\0\0\0\0\1\2\0\0\0\0\2\x08\0' + ip + transport + payload


with open(path, 'wb', buffering=1 << 20) as out:
    out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    active = [Session() for _ in range(OPEN)]
    micros = 1_700_000_000_000_000
    written = 0
    while written < wanted:
        index = chance.randrange(len(active))
        step = next(active[index].steps, None)
        if step is None:
            active[index] = Session()
            continue
        frame = active[index].packet(step)
        micros += 10
        out.write(struct.pack('<IIII', micros // 1_000_000, micros % 1_000_000, len(frame), len(frame)) + frame)
        written += 1
print(f'{written} packets, {Session.count} sessions', file=sys.stderr)
