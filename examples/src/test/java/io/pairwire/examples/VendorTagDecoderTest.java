package io.pairwire.examples;

import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.PacketDecoderContract;
import io.pairwire.decode.craft.Frame;

class VendorTagDecoderTest extends PacketDecoderContract {
    @Override
    protected PacketDecoder decoder() {
        return new VendorTagDecoder();
    }

    @Override
    protected int linkType() {
        return VendorTagDecoder.LINK_TYPE;
    }

    @Override
    protected byte[] write(Frame frame) {
        return VendorTagDecoder.tagged(frame.toEthernet());
    }
}
