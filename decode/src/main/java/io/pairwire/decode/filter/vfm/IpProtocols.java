package io.pairwire.decode.filter.vfm;

/** Numbers of protocols and extension headers, from IANA's registry. */
final class IpProtocols {
    static final int HOP_BY_HOP = 0;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int DCCP = 33;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION = 60;
    static final int SCTP = 132;
    static final int MOBILITY = 135;
    static final int HOST_IDENTITY = 139;
    static final int SHIM6 = 140;
    static final int EXPERIMENT_1 = 253;
    static final int EXPERIMENT_2 = 254;

    private IpProtocols() {}
}
