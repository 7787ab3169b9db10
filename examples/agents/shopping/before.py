"""A shopping agent as such agents are written today: it keeps the customer's password.

    export SHOP_URL=http://127.0.0.1:9003 SHOP_USER=ada SHOP_PASSWORD=…
    echo kettle | python3 before.py

Each line of standard input is a wish; each line of standard output is what came of it.
"""

import base64
import http.cookiejar
import json
import os
import sys
import time
import urllib.request

import model

SHOP = os.environ["SHOP_URL"]
LOGIN = base64.b64encode(f"{os.environ['SHOP_USER']}:{os.environ.get('SHOP_PASSWORD', '')}".encode()).decode()


def buy(wish):
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def call(method, path, body):
        request = urllib.request.Request(SHOP + path, method=method)
        if path == "/session":
            request.add_header("Authorization", f"Basic {LOGIN}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with browser.open(request) as answer:
            return json.load(answer)

    return model.run(wish, call)


for line in sys.stdin:
    began = time.monotonic()
    done = buy(line.strip())
    print(json.dumps({"done": done, "seconds": time.monotonic() - began}), flush=True)
