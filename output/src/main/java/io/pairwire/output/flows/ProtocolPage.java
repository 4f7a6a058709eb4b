package io.pairwire.output.flows;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.condition.SessionField;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.output.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists of protocols, attributes and errors. */
public final class ProtocolPage {
    private final Catalogue catalogue;
    private final Style style;

    /** How a list looks. */
    public enum Style {
        /** Columns separated by tabs, under a line with their names. */
        TABLE,
        /** An object a line. */
        JSON,
        /** A table for a page of documentation. */
        MARKDOWN
    }

    /** Lists of what is in that catalogue. */
    public ProtocolPage(Catalogue catalogue, Style style) {
        this.catalogue = catalogue;
        this.style = style;
    }

    /** All protocols by name. */
    public String protocols() {
        var names = List.of("name", "label", "over", "attributes");
        var text = heading(names);
        var all = new ArrayList<>(catalogue.protocols());
        all.sort((one, other) -> one.name().compareTo(other.name()));
        for (Protocol protocol : all) {
            row(
                    text,
                    names,
                    List.of(
                            protocol.name(),
                            protocol.label(),
                            String.join(",", protocol.parents()),
                            String.valueOf(protocol.attributes().size())));
        }
        return text.toString();
    }

    /** All attributes by name, and what conditions may ask besides. */
    public String attributes(SessionField[] fields) {
        var names = List.of("name", "type", "meaning");
        var text = heading(names);
        for (SessionField field : fields) {
            row(text, names, List.of(field.text(), field.isNumeric() ? "number" : "text", field.description()));
        }
        for (Attribute attribute : catalogue.attributes()) {
            String type = attribute.type().name().toLowerCase(Locale.ROOT) + (attribute.isList() ? " list" : "");
            row(text, names, List.of(attribute.name(), type, attribute.description()));
        }
        return text.toString();
    }

    /** All errors by number. */
    public String errors() {
        var names = List.of("number", "name", "category", "severity", "context", "meaning", "cure");
        var text = heading(names);
        for (ErrorCode code : ErrorCode.values()) {
            row(
                    text,
                    names,
                    List.of(
                            String.valueOf(code.number()),
                            code.name().toLowerCase(Locale.ROOT),
                            code.category(),
                            code.severity().name().toLowerCase(Locale.ROOT),
                            code.context(),
                            code.text(),
                            code.cure()));
        }
        return text.toString();
    }

    private void row(StringBuilder text, List<String> names, List<String> values) {
        switch (style) {
            case TABLE -> text.append(String.join("\t", values)).append('\n');
            case MARKDOWN ->
                text.append("| ").append(String.join(" | ", values)).append(" |\n");
            case JSON -> object(text, names, values);
        }
    }

    private StringBuilder heading(List<String> names) {
        var text = new StringBuilder();
        switch (style) {
            case TABLE -> text.append(String.join("\t", names)).append('\n');
            case MARKDOWN -> {
                text.append("| ").append(String.join(" | ", names)).append(" |\n|");
                text.repeat(" --- |", names.size()).append('\n');
            }
            case JSON -> {} // each object tells its names
        }
        return text;
    }

    private static void object(StringBuilder text, List<String> names, List<String> values) {
        text.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) text.append(',');
            text.append('"').append(names.get(i)).append("\":").append(JsonText.quoted(values.get(i)));
        }
        text.append("}\n");
    }
}
