package dev.daypass.examples;

/// The sample services on their own, for trying Daypass by hand: the flight shop on port 9001 wants
/// `X-Api-Key: sample-key`, the paper library on port 9002 wants `Authorization: Bearer
/// sample-key`.
public final class Samples {
    private static final int SHOP_PORT = 9001;
    private static final int LIBRARY_PORT = 9002;
    private static final String API_KEY = "sample-key";

    private Samples() {}

    /// Runs until it is stopped.
    ///
    /// @param args none
    public static void main(String[] args) throws InterruptedException {
        try (FlightShop shop = FlightShop.start(SHOP_PORT, API_KEY);
                PaperLibrary library = PaperLibrary.start(LIBRARY_PORT, API_KEY)) {
            System.out.printf(
                    "flight shop: http://127.0.0.1:%d, X-Api-Key: %s%n", shop.port(), API_KEY);
            System.out.printf(
                    "paper library: http://127.0.0.1:%d, Authorization: Bearer %s%n",
                    library.port(), API_KEY);
            Thread.currentThread().join();
        }
    }
}
