package io.pairwire.capture;

/**
 * Is told of every damage that did not end the reading; one that did is thrown as a {@link MalformedCaptureException}.
 * Called by the reading thread, before the next packet is handed over.
 */
@FunctionalInterface
public interface DamageListener {

    /**
     * @param damage what is wrong and where
     * @param packets packets of the file read before the damage
     * @param resumedAt where reading went on, bytes from the start of the file; what lies between was skipped
     */
    void onDamage(MalformedCaptureException damage, long packets, long resumedAt);
}
