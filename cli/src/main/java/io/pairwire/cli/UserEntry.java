package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A line of passwd(5).
 *
 * @param user number of the user
 * @param group number of the user's own group
 */
record UserEntry(int user, int group) {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final int FIELDS = 7;

    static UserEntry named(String name) throws IOException {
        for (String line : Files.readAllLines(PASSWD)) {
            String[] fields = line.split(":", -1);
            if (fields.length != FIELDS || !fields[0].equals(name)) continue;
            int user = Integer.parseInt(fields[2]);
            if (user == 0) throw new IOException(name + ": has all rights; -Z wants a user without them");
            return new UserEntry(user, Integer.parseInt(fields[3]));
        }
        throw new IOException(name + ": no such user in " + PASSWD);
    }
}
