package postern.credentials.imported.file;

import static postern.credentials.imported.ImportedPassword.MAX_NAME;

import java.util.Optional;
import java.util.Set;

/**
 * What a person called their app password elsewhere, so that every screen and every line of a log
 * shows what it says: a name is text of a stranger's choice, and nobody loses a password for it.
 */
final class ShownName {

    private static final String MADE_UP = "Imported";

    private ShownName() {}

    static String of(Optional<String> given, Set<ImportNote> notes) {
        String stripped = given.orElse("").strip();
        StringBuilder cleaned = new StringBuilder();
        stripped.codePoints().map(c -> isShown(c) ? c : ' ').forEach(cleaned::appendCodePoint);
        if (!stripped.contentEquals(cleaned)) {
            notes.add(ImportNote.NAME_CLEANED);
        }
        String name = cleaned.toString().strip();
        if (name.isEmpty()) {
            notes.add(ImportNote.NAME_MADE_UP);
            return MADE_UP;
        }
        if (name.length() <= MAX_NAME) {
            return name;
        }
        notes.add(ImportNote.NAME_CUT);
        return name.substring(0, Character.isHighSurrogate(name.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME)
                .strip();
    }

    /** No line ends, no escapes of a terminal, no turning round of what follows, no half characters. */
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
