package dev.daypass.cli;

import dev.daypass.authority.KeyFileException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Why a file could not be read or written, in words.
public final class FileReasons {
    private FileReasons() {}

    /// Such as `permission denied`; the file is not named, unless in a refusal of a key file.
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case KeyFileException known -> String.valueOf(known.getMessage());
            case FileSystemException known when known.getReason() != null ->
                    known.getReason().toLowerCase(Locale.ROOT);
            default -> {
                String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
                yield said.equals("is a directory") ? said : "it cannot be read or written";
            }
        };
    }
}
