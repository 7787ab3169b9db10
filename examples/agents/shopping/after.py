"""The same shopping agent with Daypass: it holds no password and no cookie, and a human agrees before it pays.

    export PYTHONPATH=../../../sdk/python/src
    echo kettle | python3 after.py

The account may log in, search and fill the cart. What pays is asked for when the total is known, and a human
sees it (`daypass approve ID`). It is good for as many calls as the plan has, so it ends with the one that pays.
"""

import json
import sys
import time

import daypass
import model


def ask(told):
    print(json.dumps({"waiting": told["id"], "reason": told["widening"]["reason"]}), flush=True)


def buy(wish):
    task = f"log in to the shop, search products for {wish} and put one product into the cart"
    with daypass.account(task, ttl=600, services=["shop"], calls=model.CALLS) as account:

        def call(method, path, body):
            if path == "/orders":
                account.widen(f"place the order and pay the total of {body['total']}", waiting=ask)
            answer = account.fetch("shop", path, method=method, json=body)
            if not answer.ok:
                raise RuntimeError(answer.text())
            return answer.json()

        return {"done": model.run(wish, call), "account": account.id}


for line in sys.stdin:
    began = time.monotonic()
    done = buy(line.strip())
    print(json.dumps({**done, "seconds": time.monotonic() - began}), flush=True)
