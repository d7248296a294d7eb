package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An archive of public-inbox, which has to be installed, with its server of pages. */
public final class PublicInboxServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(60);
  private static final String NAME = "measured";

  /** It takes mail over from files with this method of its own; no command does it. */
  private static final String TAKE_OVER =
      """
      my $inbox = PublicInbox::InboxWritable->new(PublicInbox::Config->new->lookup_name("measured"));
      open(my $mbox, "<", $ARGV[0]) or die "$ARGV[0]: $!";
      $inbox->import_mbox($mbox, "mboxrd");
      """;

  private final Path folder;
  private final Path inbox;
  private final int port = Started.freePort();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Started server;

  private PublicInboxServer(Path folder, Path inbox, Path mbox) {
    this.folder = folder;
    this.inbox = inbox;
    run(
        "public-inbox-init",
        "-V2",
        "-L",
        "full",
        NAME,
        inbox.toString(),
        "http://127.0.0.1/" + NAME,
        NAME + "@" + StandaloneServer.DOMAIN);
    run(
        "perl",
        "-MPublicInbox::Config",
        "-MPublicInbox::InboxWritable",
        "-e",
        TAKE_OVER,
        mbox.toString());
    this.server =
        start("public-inbox-httpd", "-l", "127.0.0.1:" + port, "-W2"); // as its manual has it
    try {
      server.awaitPort(port, Duration.ofMinutes(1));
    } catch (BenchmarkException e) {
      close();
      throw e;
    }
  }

  /**
   * Fills an archive, indexed in full, and serves it.
   *
   * @param mbox in the form of mboxrd
   */
  public static PublicInboxServer of(Path folder, Path mbox) {
    return new PublicInboxServer(folder, folder.resolve("inbox"), mbox);
  }

  private void run(String... command) {
    try (Started program = start(command)) {
      Integer exit = program.awaitEnd(LIMIT);
      if (exit == null || exit != 0) {
        throw new BenchmarkException(command[0] + " ended with " + exit + ":\n" + program.tail());
      }
    }
  }

  private Started start(String... command) {
    return Started.start(
        command[0],
        List.of(command),
        Map.of(
            "HOME",
            folder.toString(),
            "PI_CONFIG",
            folder.resolve("public-inbox").toString(),
            "GIT_AUTHOR_NAME",
            NAME,
            "GIT_AUTHOR_EMAIL",
            NAME + "@localhost",
            "GIT_COMMITTER_NAME",
            NAME,
            "GIT_COMMITTER_EMAIL",
            NAME + "@localhost"),
        folder.resolve("public-inbox.log"),
        false);
  }

  /**
   * How long the page of a search takes, until its last octet is here.
   *
   * @return milliseconds; nothing found and a query that is too common for it are answers, too
   */
  public double searchMillis(String query) {
    String asked = URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/%s/?q=%s".formatted(port, NAME, asked)))
            .timeout(LIMIT)
            .build();
    long began = System.nanoTime();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      double millis = (System.nanoTime() - began) / 1e6;
      int status = answer.statusCode();
      if (status != 200 && status != 404 && status != 400) {
        throw new BenchmarkException("public-inbox answers " + status + " to " + query);
      }
      return millis;
    } catch (IOException e) {
      throw new UncheckedIOException("public-inbox does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  /** Octets of what is searched, without the messages. */
  public long indexSize() {
    return size(inbox.resolve("xap15")) + size(inbox.resolve("msgmap.sqlite3"));
  }

  /** Octets of the messages. */
  public long messagesSize() {
    return size(inbox.resolve("git")) + size(inbox.resolve("all.git"));
  }

  private static long size(Path below) {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
