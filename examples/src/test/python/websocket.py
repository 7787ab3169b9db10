"""Opens a WebSocket (RFC 6455) at a URL, through a proxy where a second one is given, says `hello`
and prints what comes back."""

import base64
import hashlib
import os
import socket
import sys
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
proxy = urlsplit(sys.argv[2]) if len(sys.argv) > 2 else None
to = proxy or url
key = base64.b64encode(os.urandom(16)).decode()
fields = [
    f"Host: {url.netloc}",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    f"Sec-WebSocket-Key: {key}",
]
if proxy:
    pair = base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode()
    fields.append(f"Proxy-Authorization: Basic {pair}")
target = sys.argv[1] if proxy else url.path
wire = socket.create_connection((to.hostname, to.port))
wire.sendall("\r\n".join([f"GET {target} HTTP/1.1", *fields, "", ""]).encode())
stream = wire.makefile("rb")
status = stream.readline().decode().strip()
if not status.startswith("HTTP/1.1 101 "):
    sys.exit(status)
accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
answer = list(iter(stream.readline, b"\r\n"))
assert any(line.strip().endswith(accept) for line in answer)

mask = os.urandom(4)
said = b"hello"
wire.sendall(bytes([0x81, 0x80 | len(said)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(said)))
first, length = stream.read(2)
assert first == 0x81, first
print(stream.read(length).decode())
wire.sendall(bytes([0x88, 0x80]) + mask)
