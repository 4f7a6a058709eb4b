package io.pairwire.engine.watch;

import io.pairwire.engine.store.PacketReference;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All files that were met and may matter still: by place, by path, by index. */
final class FileTable {
    /** Files without a name that are remembered: their packets may still wait, and a rename may bring them back. */
    private static final int GONE = 1 << 16;

    /** A rename takes its file away in one moment and brings it back in the next; this is much longer. */
    private static final long RENAME_NANOS = 10_000_000_000L;

    private final LongSupplier nanoClock;
    private final Map<String, FollowedFile> byPlace = new LinkedHashMap<>();
    private final Map<Path, FollowedFile> byPath = new HashMap<>();
    private final Map<Integer, FollowedFile> gone = new LinkedHashMap<>();
    private final Set<FollowedFile> changed = new LinkedHashSet<>();

    /** Known from an earlier run and not found yet. */
    private final List<FollowedFile> missing = new ArrayList<>();

    /** By index, for the writing thread as well: what it asks for was written before the packets came to it. */
    private volatile @Nullable String[] names = new String[64];

    private int nextIndex;
    private long vanished;
    private long vanishedBytes;

    FileTable(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The file in that place, unless it was done with: then whatever is there now is something new. */
    Optional<FollowedFile> in(String place) {
        return Optional.ofNullable(byPlace.get(place)).filter(file -> !file.handled);
    }

    Optional<FollowedFile> at(Path path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Those that have a name. */
    List<FollowedFile> named() {
        return new ArrayList<>(byPath.values());
    }

    /** What results call the file with that index. */
    String name(int index) {
        @Nullable String[] known = names;
        String name = index < known.length ? known[index] : null;
        return name == null ? "" : name;
    }

    /** Those that may have changed since this was asked last. */
    List<FollowedFile> takeChanged() {
        var list = new ArrayList<>(changed);
        changed.clear();
        return list;
    }

    void changed(FollowedFile file) {
        changed.add(file);
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** A file whose place is known was met, perhaps under another name. */
    void meet(FollowedFile file, Path path, long length, Predicate<Path> leadsThere) {
        if (file.gone || !file.path.equals(path)) {
            if (!file.gone && leadsThere.test(file.path)) return; // a second name
            byPath.remove(file.path, file);
            enter(file, path);
            changed.add(file);
        }
        if (length != file.length || length != file.readTo) changed.add(file);
    }

    /** A file in a place that is not known was met. */
    void add(Path path, FileIdentity identity, long length) {
        FollowedFile file = found(identity, length);
        if (file == null) file = create(path, identity);
        byPlace.remove(file.identity.place(), file);
        file.identity = identity;
        enter(file, path);
        changed.add(file);
    }

    /** The content of a file became another one; answers the object for that. */
    FollowedFile replace(FollowedFile before, FileIdentity identity) {
        lose(before);
        byPlace.remove(before.identity.place(), before);
        FollowedFile file = create(before.path, identity);
        enter(file, before.path);
        return file;
    }

    private void enter(FollowedFile file, Path path) {
        FollowedFile before = byPath.get(path);
        if (before != null && before != file) lose(before);
        file.path = path;
        file.gone = false;
        file.vanishTold = false;
        file.wasOpen = false;
        gone.remove(file.index);
        missing.remove(file);
        byPlace.put(file.identity.place(), file);
        byPath.put(path, file);
    }

    private FollowedFile create(Path path, FileIdentity identity) {
        var file = new FollowedFile(freeIndex(), path.toString(), path, identity);
        name(file);
        return file;
    }

    private int freeIndex() {
        if (byPlace.size() + gone.size() >= PacketReference.FILES) {
            throw new IllegalStateException("more than " + PacketReference.FILES + " files to follow");
        }
        while (nextIndex < names.length && names[nextIndex] != null)
            nextIndex = (nextIndex + 1) % PacketReference.FILES;
        int index = nextIndex;
        nextIndex = (nextIndex + 1) % PacketReference.FILES;
        return index;
    }

    private void name(FollowedFile file) {
        @Nullable String[] known = names;
        if (file.index >= known.length) known = Arrays.copyOf(known, Math.max(2 * known.length, file.index + 1));
        known[file.index] = file.name;
        names = known;
    }

    /** One that an earlier run knew, in another place by now: a copy of it that replaced it. */
    private @Nullable FollowedFile found(FileIdentity identity, long length) {
        for (FollowedFile file : missing) {
            boolean same = !file.handled
                    && file.identity.isTelling()
                    && file.identity.sampleLength() == identity.sampleLength()
                    && file.identity.fingerprint() == identity.fingerprint();
            if (same && length >= (file.packed ? file.readTo : file.position)) return file;
        }
        return null;
    }

    /** All places were looked at: what an earlier run knew and is in another place now will not be looked for again. */
    void forgetMissing() {
        missing.clear();
    }

    /** The file has no name any more; it may come back under another. */
    void lose(FollowedFile file) {
        if (file.gone) return;
        file.gone = true;
        file.goneNanos = nanoClock.getAsLong();
        byPath.remove(file.path, file);
        gone.put(file.index, file);
        changed.add(file);
        if (gone.size() > GONE) forget(gone.values().iterator().next());
    }

    private void forget(FollowedFile file) {
        gone.remove(file.index);
        byPlace.remove(file.identity.place(), file);
        names[file.index] = null;
    }

    /** A file went away with something in it that was not read. */
    void countVanished(long bytes) {
        vanished++;
        vanishedBytes += bytes;
    }

    long vanished() {
        return vanished;
    }

    long vanishedBytes() {
        return vanishedBytes;
    }

    /**
     * Writes all files. Those without a name are left out, and forgotten, if no packet of theirs can wait any more.
     *
     * @param oldest the earliest time of a packet that may wait
     */
    void save(DataOutput out, long oldest) throws IOException {
        long now = nanoClock.getAsLong();
        for (FollowedFile file : new ArrayList<>(gone.values())) {
            if (file.reader == null && file.latest < oldest && now - file.goneNanos > RENAME_NANOS) forget(file);
        }
        var kept = new LinkedHashSet<>(byPlace.values());
        kept.addAll(gone.values());
        out.writeInt(nextIndex);
        out.writeInt(kept.size());
        for (FollowedFile file : kept) file.save(out);
    }

    /** Takes over what an earlier run has written. */
    void restore(DataInput in) throws IOException {
        nextIndex = in.readInt();
        int count = in.readInt();
        if (nextIndex < 0 || nextIndex >= PacketReference.FILES || count < 0 || count > PacketReference.FILES) {
            throw new IOException("no list of files: " + count + " from " + nextIndex);
        }
        for (int i = 0; i < count; i++) {
            var file = FollowedFile.read(in);
            file.goneNanos = nanoClock.getAsLong();
            name(file);
            byPlace.put(file.identity.place(), file);
            gone.put(file.index, file);
            missing.add(file);
        }
    }
}
