package io.pairwire.decode;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import org.junit.jupiter.api.Nested;

class LayerDecoderContractTest {
    private abstract static class Contract extends PacketDecoderContract {
        @Override
        protected PacketDecoder decoder() {
            return new LayerDecoder();
        }
    }

    @Nested
    class Ethernet extends Contract {
        @Override
        protected int linkType() {
            return LinkType.ETHERNET;
        }

        @Override
        protected byte[] write(Frame frame) {
            return frame.toEthernet();
        }
    }

    @Nested
    class LinuxCooked extends Contract {
        @Override
        protected int linkType() {
            return LinkType.LINUX_SLL;
        }

        @Override
        protected byte[] write(Frame frame) {
            return frame.toLinuxCooked();
        }
    }
}
