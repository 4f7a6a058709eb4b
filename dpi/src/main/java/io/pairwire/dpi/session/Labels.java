package io.pairwire.dpi.session;

import io.pairwire.dpi.Confidence;
import io.pairwire.dpi.registry.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sets the label of a session, and moves it to the path that follows from it. */
final class Labels {
    /** Protocols in one label. */
    private static final int MOST = 6;

    private final SessionListener listener;
    private final PathTable paths;
    private Catalogue catalogue;

    Labels(Catalogue catalogue, PathTable paths, SessionListener listener) {
        this.catalogue = catalogue;
        this.paths = paths;
        this.listener = listener;
    }

    void use(Catalogue newer) {
        catalogue = newer;
    }

    /** The session is of this protocol. */
    void base(TrackedSession session, int protocol, Confidence confidence) {
        session.protocolId = protocol;
        session.application = -1;
        set(session, List.of(catalogue.label(protocol)), confidence);
    }

    /** The session is nobody's any more. */
    void none(TrackedSession session) {
        session.protocolId = 0;
        session.application = -1;
        set(session, List.of(), Confidence.UNKNOWN);
    }

    /** The protocol carries this one; an application stays last. */
    void carries(TrackedSession session, int protocol) {
        String label = catalogue.label(protocol);
        if (session.label.contains(label) || session.label.size() >= MOST) return;
        var longer = new ArrayList<>(session.label);
        if (session.application >= 0) longer.add(session.application++, label);
        else longer.add(label);
        set(session, List.copyOf(longer), session.confidence);
    }

    /** The application; the first one counts. */
    void application(TrackedSession session, String label) {
        if (session.application >= 0 || session.label.contains(label) || session.label.size() >= MOST) return;
        var longer = new ArrayList<>(session.label);
        session.application = longer.size();
        longer.add(label);
        set(session, List.copyOf(longer), session.confidence);
    }

    /** Only the application is known, by the address. */
    void guessed(TrackedSession session, String label) {
        session.application = 0;
        set(session, List.of(label), Confidence.IP);
    }

    private void set(TrackedSession session, List<String> label, Confidence confidence) {
        session.label = label;
        session.confidence = confidence;
        int path = session.carrierPath;
        for (int i = 0; i < label.size(); i++) {
            int number = i == 0 && session.protocolId != 0
                    ? session.protocolId
                    : catalogue.number(label.get(i).toLowerCase(Locale.ROOT));
            if (number != 0 && !(i == 0 && paths.endsWith(path, number))) path = paths.child(path, number);
        }
        paths.move(session, path);
        listener.labelled(session);
    }
}
