package io.pairwire.output;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Statistics over HTTP on the loopback address 127.0.0.1 alone: {@code GET /metrics} in the Prometheus text format,
 * {@code GET /stats.json} as JSON, {@code GET /stats.txt} as a line for people. Any other path is 404, any other method 405; a request that names another host is 403, so
 * that no web page can read along by turning its own name towards this machine.
 *
 * <p>Eight threads at most, sixteen requests that wait, 64 connections, two seconds for a request to come in; what is beyond
 * is turned away.
 */
public final class MetricsServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MetricsServer.class.getName());
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int PORTS = 1 << 16;
    private static final int THREADS = 8;
    private static final int WAITING = 16;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final Set<String> PATHS = Set.of("/metrics", "/stats.json", "/stats.txt");
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    static {
        // Read by the JDK when its server is first used. Without them two clients that send half a request keep both
        // threads.
        limit("sun.net.httpserver.maxReqTime", 2);
        limit("sun.net.httpserver.maxRspTime", 2);
        limit("jdk.httpserver.maxConnections", 64);
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Supplier<String> metrics;
    private final Supplier<String> json;
    private final Supplier<String> text;

    private MetricsServer(HttpServer server, Supplier<String> metrics, Supplier<String> json, Supplier<String> text) {
        this.server = server;
        this.metrics = metrics;
        this.json = json;
        this.text = text;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> Thread.ofPlatform().daemon().name("pairwire-metrics").unstarted(work));
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Sets a limit of the JDK's server unless the user has set it. */
    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) System.setProperty(property, Integer.toString(value));
    }

    /**
     * Begins to answer; the texts are asked for anew at each request, on a thread of the server.
     *
     * @param port 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    public static MetricsServer start(int port, Supplier<String> metrics, Supplier<String> json, Supplier<String> text)
            throws IOException {
        if (port < 0 || port >= PORTS) throw new IllegalArgumentException("port is not in 0..65535: " + port);
        var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
        try {
            return new MetricsServer(HttpServer.create(address, WAITING), metrics, json, text);
        } catch (IOException e) {
            throw new IOException("127.0.0.1:" + port + ": " + Reasons.of(e), e);
        }
    }

    /** The port it listens at. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            int status = status(exchange.getRequestHeaders(), method, path);
            LOG.log(Level.DEBUG, "{0} {1}: {2}", method, path, status);
            String body = switch (status) {
                case OK -> page(path);
                case FORBIDDEN -> "403: for this machine alone\n";
                case METHOD_NOT_ALLOWED -> "405: GET only\n";
                default -> "404: there are /metrics, /stats.json and /stats.txt\n";
            };
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", status == OK && "/stats.json".equals(path) ? JSON : TEXT);
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (status == METHOD_NOT_ALLOWED) headers.set("Allow", "GET");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean bodiless = "HEAD".equals(method);
            exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
            if (!bodiless) exchange.getResponseBody().write(bytes);
        }
    }

    private String page(String path) {
        return switch (path) {
            case "/metrics" -> metrics.get();
            case "/stats.json" -> json.get();
            default -> text.get();
        };
    }

    private static int status(Headers headers, String method, String path) {
        if (!isThisMachine(Optional.ofNullable(headers.getFirst("Host")))) return FORBIDDEN;
        if (!PATHS.contains(path)) return NOT_FOUND;
        return "GET".equals(method) ? OK : METHOD_NOT_ALLOWED;
    }

    /** HTTP/1.0 names no host. */
    private static boolean isThisMachine(Optional<String> host) {
        return host.isEmpty() || host.get().matches("(?i)(localhost|127\\.0\\.0\\.1)(:\\d{1,5})?");
    }

    /** Ends at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
