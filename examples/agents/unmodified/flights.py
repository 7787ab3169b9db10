"""A program that knows nothing of Daypass: it calls an API by its name, and has no key for it.

    daypass run --proxy --task "find the cheapest flight from New York to London" -- python3 flights.py

Whatever honours HTTPS_PROXY and SSL_CERT_FILE will do: here `urllib`, and `http.client`, which must be told of a proxy.
"""

import base64
import http.client
import json
import os
import ssl
import sys
import urllib.error
import urllib.request
from urllib.parse import unquote, urlsplit

API = sys.argv[1] if len(sys.argv) > 1 else "https://api.flights.example"


def with_urllib(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except urllib.error.URLError as error:
        return 0, str(error.reason)


def with_http_client(url):
    """Knows no proxies of its own accord: it is told to ask for a tunnel, as its documentation says."""
    to, proxy = urlsplit(url), urlsplit(os.environ["HTTPS_PROXY"])
    wire = http.client.HTTPSConnection(proxy.hostname, proxy.port, context=ssl.create_default_context())
    login = base64.b64encode(f"{unquote(proxy.username)}:{unquote(proxy.password)}".encode()).decode()
    wire.set_tunnel(to.hostname, to.port or 443, {"Proxy-Authorization": f"Basic {login}"})
    wire.request("GET", f"{to.path}?{to.query}")
    answer = wire.getresponse()
    return answer.status, answer.read().decode()


OFFERS = "/offers?from=NYC&to=LON"
for name, how in (("urllib", with_urllib), ("http.client", with_http_client)):
    status, text = how(API + OFFERS)
    print(json.dumps({"with": name, "status": status, "text": text}), flush=True)
status, text = with_urllib(API + "/users")
print(json.dumps({"with": "users", "status": status, "text": text}), flush=True)
status, text = with_urllib("https://elsewhere.example/")
print(json.dumps({"with": "elsewhere", "status": status, "text": text}), flush=True)
