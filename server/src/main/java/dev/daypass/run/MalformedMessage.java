package dev.daypass.run;

/// An HTTP message that is not one. The message says why in one line.
final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessage(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
