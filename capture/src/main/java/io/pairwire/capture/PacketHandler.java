package io.pairwire.capture;

/** Receives packets one after the other, on the thread that reads them. */
@FunctionalInterface
public interface PacketHandler {

    /** Looks at one packet. The view is valid until this method returns. */
    void onPacket(Packet packet);
}
