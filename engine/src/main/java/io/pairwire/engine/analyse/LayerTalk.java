package io.pairwire.engine.analyse;

import java.util.List;

/**
 * Who talked on one layer.
 *
 * @param conversations how many there are; -1 if nobody asked
 * @param endpoints how many there are; -1 if nobody asked
 * @param topConversations the largest, largest first, as many as asked for
 * @param topEndpoints the largest, largest first, as many as asked for
 */
public record LayerTalk(
        TalkLayer layer,
        long conversations,
        long endpoints,
        List<Conversation> topConversations,
        List<Endpoint> topEndpoints) {

    public LayerTalk {
        topConversations = List.copyOf(topConversations);
        topEndpoints = List.copyOf(topEndpoints);
    }
}
