package io.pairwire.output.flows;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.condition.SessionField;
import io.pairwire.dpi.registry.CatalogueBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProtocolPageTest {

    @Test
    void the_page_of_errors_is_what_the_code_says() throws IOException {
        var page = new ProtocolPage(new CatalogueBuilder().build(), ProtocolPage.Style.MARKDOWN);
        String written = Files.readString(Path.of("..", "docs", "errors.md"));
        assertTrue(
                written.endsWith(page.errors()),
                "write it anew with: pairwire protocols --errors --markdown\n" + page.errors());
    }

    @Test
    void the_page_of_protocols_lists_what_is_recognised_and_found() throws IOException {
        var page = new ProtocolPage(new CatalogueBuilder().withBuiltIn().build(), ProtocolPage.Style.MARKDOWN);
        String written = Files.readString(Path.of("..", "docs", "recognised.md"));
        assertTrue(written.contains(page.protocols()), "write it anew with: pairwire protocols --markdown");
        assertTrue(
                written.endsWith(page.attributes(SessionField.values())),
                "write it anew with: pairwire protocols --attributes --markdown");
    }
}
