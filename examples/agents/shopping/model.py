"""Stands in for a language model: it decides the next step from the answers so far."""

from urllib.parse import quote

CALLS = 4  # of its plan; the last one pays


def buy(wish):
    """Buys the cheapest thing of that name. Yields (method, path, body), and is sent what was answered."""
    yield "POST", "/session", None
    found = yield "GET", f"/products?words={quote(wish)}", None
    cheapest = found["products"][0]
    cart = yield "POST", "/cart/items", {"product_id": cheapest["id"], "quantity": 1}
    order = yield "POST", "/orders", {"total": cart["total"]["amount"]}
    return f"{order['id']}: {cheapest['title']} for {cart['total']['amount']}"


def run(wish, call):
    """Follows the model: makes each call it asks for, and returns what came of it all."""
    steps = buy(wish)
    answer = None
    while True:
        try:
            method, path, body = steps.send(answer)
        except StopIteration as end:
            return end.value
        answer = call(method, path, body)
