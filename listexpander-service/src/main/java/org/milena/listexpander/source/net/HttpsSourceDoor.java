package org.milena.listexpander.source.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.milena.common.peer.PublicAddresses;
import org.milena.listexpander.source.SourceDoor;
import org.milena.listexpander.source.SourceUrl;

/**
 * Goes out over HTTPS. A name is resolved once, every address of it must be public, and the
 * connection goes to one or two of those; TLS asks for the name. Redirects are not followed, no
 * proxy is used, nothing is unpacked.
 */
public final class HttpsSourceDoor implements SourceDoor, AutoCloseable {
  private static final int MAX_HEADER_LINE = 8_192;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_ETAG = 200;
  private static final int MAX_CAUSES = 10;

  private final Names names;
  private final Limits limits;
  private final SSLContext tls;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * What may be asked for.
   *
   * @param hosts in lower case, that may have addresses inside the site's own net
   * @param maxBytes of a text
   * @param pause between two octets
   * @param total for all of it; a connection that is being made then may take another pause
   */
  public record Limits(Set<String> hosts, int maxBytes, Duration pause, Duration total) {
    public Limits {
      hosts = Set.copyOf(hosts);
    }
  }

  /** More octets than are taken. */
  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param tls knows which certificates are good
   */
  public HttpsSourceDoor(Names names, Limits limits, SSLContext tls) {
    this.names = names;
    this.limits = limits;
    this.tls = tls;
  }

  @Override
  public Answer fetch(SourceUrl url, @Nullable String etag) {
    HttpGet get = new HttpGet(url.uri());
    get.addHeader("Accept", "text/plain, text/csv;q=0.9, */*;q=0.1");
    get.addHeader("User-Agent", "Milena");
    if (etag != null) {
      get.addHeader("If-None-Match", etag);
    }
    Deadline deadline = new Deadline();
    var end =
        clock.schedule(
            () -> {
              deadline.pass();
              get.cancel();
            },
            limits.total().toMillis(),
            TimeUnit.MILLISECONDS);
    try (CloseableHttpClient client = client(deadline)) {
      try {
        return read(client.executeOpen(HttpHost.create(url.uri()), get, null), etag);
      } finally {
        get.cancel(); // closing an answer would read what is left of it, however much that is
      }
    } catch (IOException | RuntimeException e) {
      return new Answer.Fault(deadline.isLate() ? tooSlow() : reason(e));
    } finally {
      end.cancel(false);
    }
  }

  private CloseableHttpClient client(Deadline deadline) {
    Timeout pause = Timeout.of(limits.pause());
    Http1Config bounds =
        Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_LINE)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Checked(deadline))
                .setTlsSocketStrategy(
                    deadline.within(new DefaultClientTlsStrategy(tls), limits.pause()))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(pause)
                        .setSocketTimeout(pause)
                        .build())
                .build())
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(pause).build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** Resolves a name once, and lets only addresses through that are looked at. */
  private final class Checked implements DnsResolver {
    private final Deadline deadline;

    Checked(Deadline deadline) {
      this.deadline = deadline;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      String name = host.toLowerCase(Locale.ROOT);
      List<InetAddress> found = names.of(name);
      // a look-up cannot be ended from outside, so it may be late by now
      boolean allowed =
          limits.hosts().contains(name) || found.stream().allMatch(PublicAddresses::isPublic);
      if (found.isEmpty() || !allowed || deadline.isLate()) {
        throw new UnknownHostException(name);
      }
      return fewOf(found);
    }

    /** One of each kind where there are both: each that is silent costs a pause. */
    private static InetAddress[] fewOf(List<InetAddress> found) {
      InetAddress first = found.getFirst();
      List<InetAddress> others = found.subList(1, found.size());
      return Stream.concat(
              Stream.of(first),
              Stream.concat(
                      others.stream().filter(other -> other.getClass() != first.getClass()),
                      others.stream())
                  .limit(1))
          .toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  private Answer read(ClassicHttpResponse response, @Nullable String etag) throws IOException {
    int status = response.getCode();
    if (status == 304 && etag != null) {
      return new Answer.Same();
    }
    if (status >= 300 && status < 400 && status != 304) {
      return new Answer.Fault(
          "It leads to another place (%d), which is not followed.".formatted(status));
    }
    if (status != 200) {
      return new Answer.Fault("The server answers %d.".formatted(status));
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer.Fault("The server answers with nothing.");
    }
    String coding = entity.getContentEncoding();
    if (coding != null && !coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      return new Answer.Fault("The server packs the text, which was not asked for.");
    }
    byte[] octets = octets(entity);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return new Answer.Text(text, etag(response.getFirstHeader("ETag")));
    } catch (CharacterCodingException _) {
      return new Answer.Fault("It is no text in UTF-8.");
    }
  }

  private byte[] octets(HttpEntity entity) throws IOException {
    if (entity.getContentLength() > limits.maxBytes()) {
      throw new TooLongException();
    }
    byte[] octets = entity.getContent().readNBytes(limits.maxBytes() + 1);
    if (octets.length > limits.maxBytes()) {
      throw new TooLongException();
    }
    return octets;
  }

  private static @Nullable String etag(@Nullable Header header) {
    String value = header == null ? null : header.getValue();
    return value == null
            || value.length() > MAX_ETAG
            || value.chars().anyMatch(c -> c < 0x21 || c > 0x7E)
        ? null
        : value;
  }

  /**
   * Says no more than whoever wrote the address may know: not which names our net has, nor which
   * ports are open where nobody speaks TLS.
   */
  private String reason(Exception e) {
    return switch (e) {
      case UnknownHostException _ ->
          "There is no such host in the public net; an operator can allow others.";
      case TooLongException _ -> "It has more than %,d octets.".formatted(limits.maxBytes());
      case SSLPeerUnverifiedException _ -> badCertificate();
      case SocketTimeoutException _ -> tooSlow();
      default ->
          isOfCertificate(e)
              ? badCertificate()
              : "The server cannot be reached, or does not speak HTTP.";
    };
  }

  private static boolean isOfCertificate(Exception e) {
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(CertificateException.class::isInstance);
  }

  private static String badCertificate() {
    return "TLS fails: no certificate that is good for this name.";
  }

  private static String tooSlow() {
    return "The server is too slow.";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
