import dev.daypass.sdk.Daypass;

class Quickstart {
    public static void main(String[] args) {
        try (var daypass = Daypass.connect();
                var account = daypass.open("find the cheapest flight from New York to London")) {
            System.out.println(account.http("flights").get("/offers?from=NYC&to=LON").body());
        }
    }
}
