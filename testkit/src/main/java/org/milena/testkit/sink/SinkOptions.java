package org.milena.testkit.sink;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is set up.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param extensions lines of the EHLO reply after the first
 * @param keep how many messages keep their octets; the first ones are kept
 * @param tls offers STARTTLS with it, when present
 */
public record SinkOptions(
    String host,
    int port,
    List<String> extensions,
    int keep,
    SinkPolicy policy,
    @Nullable SSLContext tls) {

  /** What a modern server offers. */
  public static final List<String> MODERN =
      List.of("PIPELINING", "SIZE 52428800", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES");

  public SinkOptions {
    extensions = List.copyOf(extensions);
  }

  /** A free port on loopback, everything modern, everything accepted, the first 1,000 kept. */
  public static SinkOptions standard() {
    return new SinkOptions("127.0.0.1", 0, MODERN, 1000, SinkPolicy.acceptAll(), null);
  }

  public SinkOptions withPolicy(SinkPolicy other) {
    return new SinkOptions(host, port, extensions, keep, other, tls);
  }

  public SinkOptions withExtensions(List<String> others) {
    return new SinkOptions(host, port, others, keep, policy, tls);
  }

  public SinkOptions withKeep(int messages) {
    return new SinkOptions(host, port, extensions, messages, policy, tls);
  }

  public SinkOptions withPort(int number) {
    return new SinkOptions(host, number, extensions, keep, policy, tls);
  }

  public SinkOptions withHost(String address) {
    return new SinkOptions(address, port, extensions, keep, policy, tls);
  }

  public SinkOptions withTls(SSLContext context) {
    return new SinkOptions(host, port, extensions, keep, policy, context);
  }
}
