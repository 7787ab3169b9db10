package dev.daypass.authority;

import java.io.IOException;

/// A key file that must not be used as it is. The message names the file and what mends it, and
/// holds nothing of the file's content.
public final class KeyFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public KeyFileException(String message) {
        super(message);
    }
}
