package org.milena.scanner.rspamd;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.scan.Engine;
import org.milena.scanner.scan.EngineState;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.ShownText;
import org.milena.scanner.scan.Specimen;

/**
 * One rspamd. A connection that it does not take is an outage, never the mail's fault, as long as
 * nothing of the mail was sent.
 */
public final class RspamdEngine implements Engine, AutoCloseable {

  /** Longer than rspamd's {@code task_timeout} should be. */
  public static final Duration SCAN_LIMIT = Duration.ofSeconds(30);

  /** rspamd's {@code task_timeout}, unless it was changed. */
  public static final Duration TASK_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
  private static final int MAX_REPLY = 4 << 20;

  private static final String MAIL =
      """
      From: probe@mail.invalid\r
      To: probe@mail.invalid\r
      Subject: probe\r
      Message-ID: <probe@milena.invalid>\r
      Date: Thu, 01 Jan 2026 00:00:00 +0000\r
      \r
      """;
  private static final Specimen CLEAN_MAIL = specimen("nothing in here\r\n");

  /** In two parts, so that nobody takes this class for spam. */
  private static final Specimen GTUBE =
      specimen("XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n");

  private final RspamdAddress address;
  private final String password;
  private final Duration scanLimit;
  private final Duration taskTimeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          // not 2: where an upgrade is offered, rspamd reads no body and calls nothing "no action"
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PROBE_LIMIT)
          .build();
  private volatile String version = "";

  /**
   * The rspamd at this address.
   *
   * @param password that it wants; empty for none
   * @param taskTimeout its own {@code task_timeout}
   */
  public RspamdEngine(RspamdAddress address, String password, Duration taskTimeout) {
    this(address, password, SCAN_LIMIT, taskTimeout);
  }

  RspamdEngine(RspamdAddress address, String password, Duration scanLimit, Duration taskTimeout) {
    this.address = address;
    this.password = CheckRequest.safe(password);
    this.scanLimit = scanLimit;
    this.taskTimeout = taskTimeout;
  }

  @Override
  public String name() {
    return "rspamd";
  }

  @Override
  public Role role() {
    return Role.SPAM;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public EngineVerdict scan(Specimen specimen) throws NotScannedException {
    return scan(specimen, scanLimit);
  }

  private EngineVerdict scan(Specimen specimen, Duration limit) throws NotScannedException {
    byte[] reply = ask(CheckRequest.of(address, specimen), limit);
    try {
      return CheckReply.read(reply, taskTimeout);
    } catch (NotScannedException e) {
      throw new NotScannedException(address.text() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public EngineState probe() {
    try {
      byte[] pong = ask(HttpRequest.newBuilder(address.command("ping")).GET(), PROBE_LIMIT);
      String said = new String(pong, StandardCharsets.ISO_8859_1).strip();
      if (!said.equals("pong")) {
        return out("ping was answered \"" + ShownText.of(said) + '"');
      }
      EngineVerdict clean = scan(CLEAN_MAIL, PROBE_LIMIT);
      if (clean.verdict() != Verdict.CLEAN) {
        return out("it calls a clean mail " + clean);
      }
      EngineVerdict spam = scan(GTUBE, PROBE_LIMIT);
      return spam.verdict() == Verdict.SPAM
          ? new EngineState.Ready()
          : out("it calls the test spam GTUBE " + spam);
    } catch (NotScannedException | OutageException e) {
      return new EngineState.Out(String.valueOf(e.getMessage()));
    }
  }

  private EngineState out(String reason) {
    return new EngineState.Out(address.text() + ": " + reason);
  }

  /**
   * The limit holds for all of it, where the client's own would end with the head of the reply. To
   * cancel the answer ends the exchange.
   */
  private byte[] ask(HttpRequest.Builder request, Duration limit) throws NotScannedException {
    if (!password.isEmpty()) {
      request.header("Password", password);
    }
    HttpRequest built = request.build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(built, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_REPLY));
    HttpResponse<byte[]> reply;
    try {
      reply = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw notScanned("no answer within " + limit, e);
    } catch (ExecutionException e) {
      if (isNotConnected(e.getCause()) && !isMailBegun(built)) {
        throw new OutageException(address.text() + ": " + words(e.getCause()), e);
      }
      throw notScanned(words(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notScanned("interrupted", e);
    } finally {
      answer.cancel(true);
    }
    reply.headers().firstValue("Server").ifPresent(said -> version = ShownText.of(said));
    if (reply.statusCode() != 200) {
      throw new NotScannedException(
          address.text()
              + ": it answered "
              + reply.statusCode()
              + ' '
              + ShownText.of(new String(reply.body(), StandardCharsets.UTF_8)));
    }
    return reply.body();
  }

  /** Also where the name has no address. */
  private static boolean isNotConnected(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  private static boolean isMailBegun(HttpRequest request) {
    return request.bodyPublisher().orElse(null) instanceof MailBody mail && mail.begun();
  }

  private NotScannedException notScanned(String reason, Exception cause) {
    return new NotScannedException(address.text() + ": " + reason, cause);
  }

  /** Those of the client often are none. */
  private static String words(@Nullable Throwable cause) {
    if (cause instanceof IOException && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return String.valueOf(cause);
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  private static Specimen specimen(String text) {
    return Specimen.probe(RawMessage.wrap((MAIL + text).getBytes(StandardCharsets.US_ASCII)));
  }
}
