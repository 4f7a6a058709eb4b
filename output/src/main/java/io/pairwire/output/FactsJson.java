package io.pairwire.output;

import io.pairwire.capture.CaptureBlock;
import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.CaptureSection;
import io.pairwire.capture.InterfaceStatistics;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.CaptureFacts;
import io.pairwire.capture.inspect.PacketCounts;
import java.util.Optional;
import java.util.TreeMap;

/** What is known about a capture, as one JSON object; names are stable. */
public final class FactsJson {
    private static final double SECOND = 1e9;

    private FactsJson() {}

    /** The object on one line, without an end of line. */
    public static String of(CaptureFacts facts) {
        PacketCounts counts = facts.counts();
        Optional<CaptureDescription> description = facts.description();
        var object = new JsonObject()
                .add("file", facts.name())
                .add("format", facts.format().toString());
        if (facts.container() != facts.format())
            object.add("compression", facts.container().toString());
        object.add("file_bytes", facts.fileBytes());
        facts.sha256().ifPresent(sum -> object.add("sha256", sum));
        counts(object, counts);
        description.ifPresent(known -> described(object, known, counts));
        return object.add("damage_count", facts.damageCount())
                .raw("damages", JsonObject.list(facts.damages(), FactsJson::damage))
                .toString();
    }

    /** Blocks of decryption secrets. */
    static long secrets(CaptureDescription description) {
        return description.blocks().stream()
                .filter(block -> block.type() == CaptureBlock.DECRYPTION_SECRETS)
                .count();
    }

    private static void counts(JsonObject object, PacketCounts counts) {
        object.add("packets", counts.packets())
                .add("captured_bytes", counts.capturedBytes())
                .add("original_bytes", counts.originalBytes());
        if (counts.timed() > 0) {
            object.add("first_ns", counts.firstNanos())
                    .add("last_ns", counts.lastNanos())
                    .add("duration_ns", counts.durationNanos());
            double seconds = counts.durationNanos() / SECOND;
            if (seconds > 0) {
                object.raw("packets_per_second", HumanText.thousandths(counts.packets() / seconds))
                        .raw("bytes_per_second", HumanText.thousandths(counts.originalBytes() / seconds));
            }
        }
        if (counts.packets() > 0) {
            double mean = counts.originalBytes() / (double) counts.packets();
            object.raw("mean_length", HumanText.thousandths(mean));
        }
        object.raw("in_order", Boolean.toString(counts.isInOrder()))
                .add("out_of_order", counts.outOfOrder())
                .add("zero_times", counts.zeroTimes())
                .add("without_time", counts.packets() - counts.timed())
                .add("truncated", counts.truncated())
                .add("shortest_truncated", counts.shortestTruncated())
                .add("longest_truncated", counts.longestTruncated())
                .add("longer_than_original", counts.longerThanOriginal())
                .add("empty", counts.empty())
                .add("commented", counts.commented());
        var linkTypes = new JsonObject();
        new TreeMap<>(counts.linkTypes()).forEach((type, packets) -> linkTypes.add(LinkType.name(type), packets));
        object.raw("link_types", linkTypes.toString());
    }

    private static void described(JsonObject object, CaptureDescription description, PacketCounts counts) {
        object.raw("sections", JsonObject.list(description.sections(), FactsJson::section));
        var interfaces = description.interfaces();
        object.raw("interfaces", JsonObject.list(interfaces, one -> captured(one)));
        var packets = new JsonObject();
        new TreeMap<>(counts.interfaces()).forEach((index, count) -> packets.add(index.toString(), count));
        object.raw("interface_packets", packets.toString())
                .raw("interface_statistics", JsonObject.list(description.statistics(), FactsJson::counted))
                .add("names", description.names().size())
                .add("secrets", secrets(description))
                .add("not_listed", description.leftOut());
    }

    private static String section(CaptureSection section) {
        return new JsonObject()
                .add("offset", section.position())
                .add("byte_order", section.order().toString())
                .add("version", section.majorVersion() + "." + section.minorVersion())
                .text("hardware", section.hardware())
                .text("os", section.os())
                .text("application", section.application())
                .raw("comments", JsonObject.list(section.comments(), JsonText::quoted))
                .toString();
    }

    private static String captured(CaptureInterface one) {
        return new JsonObject()
                .text("name", one.name())
                .text("description", one.description())
                .add("link_type", LinkType.name(one.linkType()))
                .add("snaplen", one.snaplen())
                .add("resolution", one.resolution().toString())
                .text("filter", one.filter())
                .text("hardware", one.hardware())
                .text("os", one.os())
                .raw("comments", JsonObject.list(one.comments(), JsonText::quoted))
                .toString();
    }

    private static String counted(InterfaceStatistics counted) {
        var object = new JsonObject().add("interface", counted.interfaceIndex());
        known(object, "received", counted.received());
        known(object, "dropped", counted.dropped());
        known(object, "accepted", counted.accepted());
        known(object, "dropped_by_system", counted.droppedBySystem());
        known(object, "delivered", counted.delivered());
        return object.toString();
    }

    private static void known(JsonObject object, String name, long count) {
        if (count >= 0) object.add(name, count);
    }

    private static String damage(SourceStatistics.Damage damage) {
        var object = new JsonObject().add("kind", damage.kind().name());
        if (damage.offset() >= 0) object.add("offset", damage.offset());
        object.add("packets", damage.packets());
        if (damage.resumedAt() >= 0) object.add("resumed_at", damage.resumedAt());
        return object.add("reason", damage.reason()).toString();
    }
}
