package dev.daypass.http;

/// A form or query that is not one. The message is fit to be shown.
public final class MalformedForm extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedForm(String message) {
        super(message);
    }
}
