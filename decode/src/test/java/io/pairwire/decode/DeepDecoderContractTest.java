package io.pairwire.decode;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;

class DeepDecoderContractTest extends PacketDecoderContract {
    @Override
    protected PacketDecoder decoder() {
        return new DeepDecoder();
    }

    @Override
    protected int linkType() {
        return LinkType.ETHERNET;
    }

    @Override
    protected byte[] write(Frame frame) {
        return frame.toEthernet();
    }
}
