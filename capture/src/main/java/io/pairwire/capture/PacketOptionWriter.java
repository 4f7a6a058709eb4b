package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Carries packet options over into a little-endian section. Left out is what may not be copied, and what is not known here
 * and was written in the other byte order.
 */
final class PacketOptionWriter {
    private static final int EBPF_VERDICT = 9;

    void write(PacketOptions options, BlockBuffer blocks) throws IOException {
        boolean swapped = options.order() == ByteOrder.BIG_ENDIAN;
        boolean counted = false;
        OptionCursor walk = options.cursor();
        while (walk.next()) {
            counted |= walk.code() == PacketOptions.DROP_COUNT;
            if (walk.code() == OptionCursor.CUSTOM_TEXT_NOT_COPIED
                    || walk.code() == OptionCursor.CUSTOM_BYTES_NOT_COPIED) continue;
            if (!swapped) copy(walk, blocks);
            else if (isKnown(walk)) turn(walk, blocks);
        }
        if (!counted && options.dropCount() >= 0) blocks.option64(PacketOptions.DROP_COUNT, options.dropCount());
    }

    private static void copy(OptionCursor option, BlockBuffer blocks) throws IOException {
        blocks.option(option.code(), option.length());
        blocks.put(option.memory(), option.at(), option.length());
    }

    private static boolean isKnown(OptionCursor option) {
        return switch (option.code()) {
            case OptionCursor.COMMENT, PacketOptions.HASH, PacketOptions.VERDICT -> true;
            case PacketOptions.FLAGS, PacketOptions.QUEUE -> option.length() == 4;
            case PacketOptions.DROP_COUNT, PacketOptions.PACKET_ID, PacketOptions.PROCESS_AND_THREAD ->
                option.length() == 8;
            case OptionCursor.CUSTOM_TEXT -> option.length() >= 4;
            default -> false;
        };
    }

    /** Copies the option with its numbers in the other order. */
    private static void turn(OptionCursor option, BlockBuffer blocks) throws IOException {
        ByteBuffer turned = ByteBuffer.allocate(option.length()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer value = option.value(0).order(ByteOrder.BIG_ENDIAN);
        switch (option.code()) {
            case PacketOptions.FLAGS, PacketOptions.QUEUE, OptionCursor.CUSTOM_TEXT -> turned.putInt(value.getInt());
            case PacketOptions.DROP_COUNT, PacketOptions.PACKET_ID -> turned.putLong(value.getLong());
            case PacketOptions.PROCESS_AND_THREAD ->
                turned.putInt(value.getInt()).putInt(value.getInt());
            case PacketOptions.VERDICT -> {
                // Verdicts of eBPF programs are a number of 64 bits behind the kind; that of hardware is bytes.
                if (option.length() == EBPF_VERDICT && option.u8() != 0)
                    turned.put(value.get()).putLong(value.getLong());
            }
            default -> {}
        }
        turned.put(value).flip();
        blocks.option(option.code(), option.length());
        blocks.put(MemorySegment.ofBuffer(turned), 0, option.length());
    }
}
