package io.pairwire.cli;

import io.pairwire.decode.filter.vfm.VfmMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the names of the modes of VFLisp and VFM. */
final class FilterModeConverter implements ITypeConverter<VfmMode> {
    FilterModeConverter() {}

    @Override
    public VfmMode convert(String text) {
        for (VfmMode mode : VfmMode.values()) if (mode.toString().equalsIgnoreCase(text)) return mode;
        throw new TypeConversionException("expected sound, compat-v1 or compat-v0, not \"" + text + "\"");
    }
}
