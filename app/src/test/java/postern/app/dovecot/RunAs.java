package postern.app.dovecot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;

/** Whom a server runs as: ourselves, but never root, since it then asks for users that only its package makes. */
public record RunAs(String user, String group, List<String> prefix) {

    /**
     * Whoever that is.
     *
     * @param ours a file that we made, which tells who we are
     */
    public static RunAs ourselvesOrNobody(Path ours) throws IOException {
        PosixFileAttributes made = Files.readAttributes(ours, PosixFileAttributes.class);
        boolean root = made.owner().getName().equals("root");
        return root
                ? nobody("nogroup")
                : new RunAs(made.owner().getName(), made.group().getName(), List.of());
    }

    private static RunAs nobody(String group) {
        return new RunAs(
                "nobody",
                group,
                List.of("/usr/bin/setpriv", "--reuid=nobody", "--regid=" + group, "--clear-groups", "--"));
    }

    /** Who reads what that group may; if we are not root, only if we do. */
    public RunAs inGroup(String another) {
        return prefix.isEmpty() ? this : nobody(another);
    }

    public List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    public void own(Path file) throws IOException {
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(names.lookupPrincipalByName(user));
        view.setGroup(names.lookupPrincipalByGroupName(group));
    }
}
