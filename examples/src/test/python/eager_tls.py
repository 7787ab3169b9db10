"""Asks for a URL through the proxy of the environment, and begins with TLS before the proxy has said
that it may: what it sends first is the request for the tunnel and a ClientHello, in one piece.
Prints the status line of the answer."""

import base64
import os
import socket
import ssl
import sys
from urllib.parse import urlsplit

url = urlsplit(sys.argv[1])
proxy = urlsplit(os.environ["HTTPS_PROXY"])
incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
tls = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"]).wrap_bio(
    incoming, outgoing, server_hostname=url.hostname
)
try:
    tls.do_handshake()
except ssl.SSLWantReadError:
    pass  # the hello is written, and waits to be sent
wire = socket.create_connection((proxy.hostname, proxy.port))
pair = base64.b64encode(f"{proxy.username}:{proxy.password}".encode()).decode()
head = f"CONNECT {url.netloc} HTTP/1.1\r\nHost: {url.netloc}\r\nProxy-Authorization: Basic {pair}\r\n\r\n"
wire.sendall(head.encode() + outgoing.read())

answer = b""
while not answer.endswith(b"\r\n\r\n"):
    answer += wire.recv(1) or sys.exit("closed")
assert answer.startswith(b"HTTP/1.1 200 "), answer


def until_done(step):
    while True:
        try:
            return step()
        except ssl.SSLWantReadError:
            wire.sendall(outgoing.read())
            got = wire.recv(65536)
            incoming.write(got) if got else incoming.write_eof()


until_done(tls.do_handshake)
tls.write(f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
wire.sendall(outgoing.read())
print(until_done(lambda: tls.read(65536)).split(b"\r\n")[0].decode())
