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

/** Lists of protocols, attributes and errors, as tables separated by tabs or as JSON lines. */
public final class ProtocolPage {
    private final Catalogue catalogue;
    private final boolean json;

    /** @param json an object a line instead of a table */
    public ProtocolPage(Catalogue catalogue, boolean json) {
        this.catalogue = catalogue;
        this.json = json;
    }

    /** All protocols by name. */
    public String protocols() {
        var text = new StringBuilder(json ? "" : "name\tlabel\tover\tattributes\n");
        var all = new ArrayList<>(catalogue.protocols());
        all.sort((one, other) -> one.name().compareTo(other.name()));
        for (Protocol protocol : all) {
            row(
                    text,
                    List.of("name", "label", "over", "attributes"),
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
        var text = new StringBuilder(json ? "" : "name\ttype\tmeaning\n");
        var names = List.of("name", "type", "meaning");
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
        var text = new StringBuilder(json ? "" : "number\tname\tcategory\tseverity\tmeaning\tcure\n");
        for (ErrorCode code : ErrorCode.values()) {
            row(
                    text,
                    List.of("number", "name", "category", "severity", "meaning", "cure"),
                    List.of(
                            String.valueOf(code.number()),
                            code.name().toLowerCase(Locale.ROOT),
                            code.category(),
                            code.severity().name().toLowerCase(Locale.ROOT),
                            code.text(),
                            code.cure()));
        }
        return text.toString();
    }

    private void row(StringBuilder text, List<String> names, List<String> values) {
        if (!json) {
            text.append(String.join("\t", values)).append('\n');
            return;
        }
        text.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) text.append(',');
            text.append('"').append(names.get(i)).append("\":").append(JsonText.quoted(values.get(i)));
        }
        text.append("}\n");
    }
}
