package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.post.MessageMemory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.settings.ArchiveAccess;
import org.slf4j.LoggerFactory;

/** Readers who take a large file little by little hold a place and memory: not for ever. */
@TestInstance(Lifecycle.PER_CLASS)
class SlowReadersIT {
  private static final String LIST = "/archive/slow@lists.example";

  /** More than the buffers of a connection hold. */
  private static final int LINES = 300_000;

  private static final int SIZE = LINES * 50;

  /** What threads that answer readers write into the log. */
  private static final class Said extends AppenderBase<ILoggingEvent> {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getThreadName().startsWith("tomcat")) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
  }

  private final RunningArchive archive =
      RunningArchive.start(
          "--milena.archive.least-rate=1MB",
          "--milena.archive.least-rate-time=1s",
          "--milena.archive.exports=1");

  private final Said said = new Said();
  private String message = "";

  @BeforeAll
  void begin() {
    MailingList list = archive.list("slow@lists.example", "Slow", ArchiveAccess.PUBLIC);
    ArchiveId post =
        archive.post(
            list,
            raw(
                """
                Message-ID: <slow@lists.example>
                From: Lara <lara@large.example>
                Date: Mon, 5 Jan 2026 10:00:00 +0000
                Subject: A large one
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Type: text/plain
                Content-Disposition: attachment; filename=log.txt

                """
                    + "a line of fifty octets, each of which a slow one has\n".repeat(LINES)
                    + "--b--\n"));
    message = LIST + "/message/" + post;
    RunningArchive.await(
        "the post",
        () -> archive.get("/api/v1/archive/search?q=*").body().contains("\"total\":1,"));
    said.setContext(root().getLoggerContext());
    said.start();
    root().addAppender(said);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @AfterAll
  void end() {
    root().detachAppender(said);
    archive.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/raw", "/attachment/2", "mbox"})
  void areLeftAndWhatTheyHeldIsGivenBack(String what) throws IOException {
    String path = what.startsWith("/") ? message + what : LIST + "/" + what;
    double before = ended();
    said.lines.clear();
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      URI uri = archive.uri(path);
      slow.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      slow.getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = slow.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      RunningArchive.await("the end of a slow answer", () -> isLeft(in, before));
      assertThat(rest(in)).as("nobody takes it for the whole").doesNotEndWith("\r\n0\r\n\r\n");
    }
    RunningArchive.await(
        "that its memory is given back", () -> archive.bean(MessageMemory.class).taken() == 0);
    assertThat(archive.get(path).statusCode()).as("its place, too").isEqualTo(200);
    assertThat(said.lines)
        .as("one line for a slow reader, who is no fault")
        .containsExactly("INFO " + path + " was ended: its reader is too slow");
  }

  private double ended() {
    return archive.bean(MeterRegistry.class).get("milena.archive.slow.readers").counter().count();
  }

  /** Whether it was ended, after some more was read: much less in a second than is asked for. */
  private boolean isLeft(InputStream in, double before) {
    try {
      var unused = in.readNBytes(4096);
    } catch (IOException _) {
      // the connection is broken; what counts is who broke it
    }
    return ended() > before;
  }

  /** What was on its way, until the connection breaks. */
  private static String rest(InputStream in) throws IOException {
    StringBuilder rest = new StringBuilder();
    byte[] some = new byte[8192];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        rest.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException _) {
      return rest.toString();
    }
    return rest.toString();
  }

  @Test
  void areNotThoseWhoTakeAllAtOnce() {
    double before = ended();
    String body = archive.get(message + "/raw").body();
    assertThat(body.length()).isGreaterThan(SIZE);
    assertThat(ended()).isEqualTo(before);
  }
}
