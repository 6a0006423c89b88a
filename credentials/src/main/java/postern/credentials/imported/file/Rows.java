package postern.credentials.imported.file;

import java.io.IOException;
import java.util.List;

/** The rows of a file, one at a time; what was read before is forgotten. */
interface Rows {

    /** False at the end. Blank rows and comments are passed over. */
    boolean next() throws IOException;

    /** Where the row begins, from 1. */
    int line();

    /** Throws an {@link IllegalArgumentException} that quotes nothing when the row says nothing. */
    List<Claim> claims();
}
