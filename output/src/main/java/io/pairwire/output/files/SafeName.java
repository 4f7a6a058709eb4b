package io.pairwire.output.files;

/** Names for files out of what strangers say: letters, digits, points, dashes and underscores, no more than a few. */
final class SafeName {
    private static final int LONGEST = 80;
    private static final int LONGEST_ENDING = 12;

    private SafeName() {}

    /** The last part of a path, as far as it is harmless; {@code "unnamed"} if nothing is. */
    static String of(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        var safe = new StringBuilder();
        for (int i = slash + 1; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean harmless = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
            if (harmless || c == '.' && !safe.isEmpty()) safe.append(c);
            else if (!safe.isEmpty() && safe.charAt(safe.length() - 1) != '_') safe.append('_');
        }
        while (!safe.isEmpty() && ".-_".indexOf(safe.charAt(safe.length() - 1)) >= 0) safe.setLength(safe.length() - 1);
        if (safe.isEmpty()) return "unnamed";
        if (safe.length() <= LONGEST) return safe.toString();
        int point = safe.lastIndexOf(".");
        String ending = point >= 0 && safe.length() - point <= LONGEST_ENDING ? safe.substring(point) : "";
        return safe.substring(0, LONGEST - ending.length()) + ending;
    }
}
