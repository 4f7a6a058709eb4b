package io.pairwire.cli;

import picocli.CommandLine.IVersionProvider;

/** The version for picocli. */
final class Version implements IVersionProvider {
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {VersionText.line()};
    }
}
