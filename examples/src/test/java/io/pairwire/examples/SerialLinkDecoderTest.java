package io.pairwire.examples;

import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.PacketDecoderContract;
import io.pairwire.decode.craft.Frame;
import java.util.Arrays;

class SerialLinkDecoderTest extends PacketDecoderContract {
    private static final int ETHERNET = 14;

    @Override
    protected PacketDecoder decoder() {
        return new SerialLinkDecoder();
    }

    @Override
    protected int linkType() {
        return SerialLinkDecoder.LINK_TYPE;
    }

    /** The last byte of the Ethernet header stands for the channel: whatever it is, it means nothing to the decoder. */
    @Override
    protected byte[] write(Frame frame) {
        byte[] ethernet = frame.toEthernet();
        return Arrays.copyOfRange(ethernet, ETHERNET - 1, ethernet.length);
    }
}
