import daypass

with daypass.account("find the cheapest flight from New York to London") as account:
    offers = account.fetch("flights", "/offers?from=NYC&to=LON").json()
    print(offers["offers"][0])
