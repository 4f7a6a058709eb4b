package io.pairwire.platform;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * libpcap (or Npcap), where it is installed: functions of {@code pcap/pcap.h}, found when the program runs. Stays loaded once
 * it was found.
 */
public final class PcapLibrary {
    private static final List<String> NAMES =
            List.of("libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.A.dylib", "libpcap.dylib", "wpcap.dll");
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final long LONGEST_TEXT = 1024;

    private final String name;
    private final SymbolLookup symbols;
    private final MethodHandle version;
    final MethodHandle create;
    final MethodHandle activate;
    final MethodHandle dataLink;
    final MethodHandle setFilter;
    final MethodHandle setNonBlock;
    final MethodHandle next;
    final MethodHandle statistics;
    final MethodHandle error;
    final MethodHandle statusText;
    final MethodHandle close;

    private PcapLibrary(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
        version = function("pcap_lib_version", FunctionDescriptor.of(POINTER));
        create = function("pcap_create", FunctionDescriptor.of(POINTER, POINTER, POINTER));
        activate = function("pcap_activate", FunctionDescriptor.of(INT, POINTER));
        dataLink = function("pcap_datalink", FunctionDescriptor.of(INT, POINTER));
        setFilter = function("pcap_setfilter", FunctionDescriptor.of(INT, POINTER, POINTER));
        setNonBlock = function("pcap_setnonblock", FunctionDescriptor.of(INT, POINTER, INT, POINTER));
        next = function("pcap_next_ex", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER));
        statistics = function("pcap_stats", FunctionDescriptor.of(INT, POINTER, POINTER));
        error = function("pcap_geterr", FunctionDescriptor.of(POINTER, POINTER));
        statusText = function("pcap_statustostr", FunctionDescriptor.of(POINTER, INT));
        close = function("pcap_close", FunctionDescriptor.ofVoid(POINTER));
    }

    /** The library, if there is one. */
    @SuppressWarnings("restricted") // native access is what this module is for
    public static Optional<PcapLibrary> find() {
        for (String name : NAMES) {
            SymbolLookup symbols;
            try {
                symbols = SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException notThere) {
                continue; // the next name
            }
            return Optional.of(new PcapLibrary(name, symbols));
        }
        return Optional.empty();
    }

    /** @throws UnsatisfiedLinkError if the library is too old to have it */
    @SuppressWarnings("restricted") // signatures are those of pcap/pcap.h
    MethodHandle function(String function, FunctionDescriptor signature) {
        var address = symbols.find(function)
                .orElseThrow(() -> new UnsatisfiedLinkError(name + " has no " + function + "(); libpcap 1.5 or later"));
        return Linker.nativeLinker().downcallHandle(address, signature);
    }

    /** Functions that set one number before a capture is activated, {@code pcap_set_snaplen} and the like. */
    MethodHandle setter(String function) {
        return function(function, FunctionDescriptor.of(INT, POINTER, INT));
    }

    /** As it says it itself: {@code libpcap version 1.10.3 (with TPACKET_V3)}. */
    public String version() {
        try {
            return text((MemorySegment) version.invokeExact());
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** Text of libpcap's own. */
    @SuppressWarnings("restricted") // it ends with a 0 well before that
    static String text(MemorySegment at) {
        return at.reinterpret(LONGEST_TEXT).getString(0);
    }
}
