package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.importing.Framed;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.engines.search.ElasticsearchProcess;
import org.milena.testkit.file.TemporaryFolder;
import org.milena.testkit.search.SharedElasticsearch;

/** The search engine is stopped for a while: nothing is lost, and readers are told so. */
@TestInstance(Lifecycle.PER_CLASS)
class OutageIT {
  private static final String LIST = "/archive/away@outage.example";
  private static final String IMPORT =
      "/api/v1/archive/away@outage.example/import?from=mbox&run=r1&last=true";

  private final Path data = TemporaryFolder.create("milena-outage");
  private final Path folder = TemporaryFolder.create("milena-outage-downloads");
  private final int port = freePort();
  private ElasticsearchProcess engine = SharedElasticsearch.startAt(port, data);
  private final RunningArchive archive = RunningArchive.startOn(engine.uri());
  private final MailingList list =
      archive.list("away@outage.example", "Away", ArchiveAccess.PUBLIC);

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawMessage post(int number) {
    return raw(
        """
        Message-ID: <%1$d@outage.example>
        From: Ann <ann@a.example>
        Date: Mon, 5 Jan 2026 10:00:0%1$d +0000
        Subject: outageword %1$d

        text %1$d
        """
            .formatted(number));
  }

  private boolean finds(int posts) {
    return archive
        .get("/api/v1/archive/search?q=outageword")
        .body()
        .contains("\"total\":" + posts + ",");
  }

  @BeforeAll
  void begin() {
    archive.member(list, "olga@outage.example", MemberRole.OWNER);
    archive.account("olga", "olga@outage.example", false);
    archive.post(list, post(1));
    archive.post(list, post(2));
    RunningArchive.await("two posts", () -> finds(2));
  }

  @AfterAll
  void end() {
    archive.close();
    engine.close();
    TemporaryFolder.delete(data);
    TemporaryFolder.delete(folder);
  }

  /** Programs that fetch an mbox, begun before, go on by themselves when they are told to. */
  @Test
  void downloadsGoOnWhenItIsBack() throws Exception {
    byte[] whole = archive.get(LIST + "/mbox").body().getBytes(StandardCharsets.ISO_8859_1);
    List<Download> downloads = new ArrayList<>();
    engine.close();
    try {
      for (String command :
          List.of(
              "curl --no-progress-meter --fail --continue-at - --retry 9 --output",
              "wget --no-verbose --server-response --continue --tries 20 --waitretry 5"
                  + " --retry-on-http-error 503 --output-document")) {
        downloads.add(new Download(command, whole));
      }
      for (Download download : downloads) {
        RunningArchive.await("a refusal: " + download, download::isRefused);
      }
    } finally {
      engine = SharedElasticsearch.startAt(port, data);
    }
    for (Download download : downloads) {
      assertThat(download.end()).as(download.toString()).isZero();
      assertThat(Files.readAllBytes(download.file)).isEqualTo(whole);
    }
  }

  /** A third of it is there already. */
  private final class Download {
    private final Path file = folder.resolve(UUID.randomUUID().toString());
    private final Path said = folder.resolve(UUID.randomUUID().toString());
    private final Process program;

    Download(String command, byte[] whole) throws IOException {
      Files.write(file, Arrays.copyOf(whole, whole.length / 3));
      List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.add(file.toString());
      words.add(archive.uri(LIST + "/mbox").toString());
      program =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    boolean isRefused() {
      return toString().contains("503");
    }

    int end() throws InterruptedException {
      if (!program.waitFor(2, TimeUnit.MINUTES)) {
        program.destroy();
      }
      return program.waitFor();
    }

    /** What it said until now. */
    @Override
    public String toString() {
      try {
        return Files.readString(said);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void nothingIsLostAndReadersAreToldSo() {
    engine.close();
    for (String path :
        List.of(
            LIST,
            LIST + "/2026-01",
            LIST + "/1@outage.example/",
            LIST + "/1@outage.example/thread/",
            LIST + "/1@outage.example/flat/",
            LIST + "/1@outage.example/raw",
            LIST + "/mbox",
            LIST + "/atom",
            "/archive/search?q=outageword",
            "/api/v1/archive/search?q=outageword",
            "/api/v1/archive/away@outage.example/months",
            "/api/stats.lua?list=away&domain=outage.example",
            "/api/list/away@outage.example/threads/")) {
      HttpResponse<String> answer = archive.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).as(path).isPresent();
      assertThat(answer.body())
          .as(path)
          .contains("Try again later")
          .doesNotContain("Exception", "elasticsearch", "127.0.0.1:" + port);
    }
    archive.post(list, post(3));
    byte[] imported = Framed.of(List.of(post(1), post(4)));
    assertThat(archive.postAs("olga", IMPORT, "application/x-milena-posts", imported).statusCode())
        .as("whether a post is there cannot be known: it is asked for again")
        .isEqualTo(503);

    engine = SharedElasticsearch.startAt(port, data);
    RunningArchive.await("what came meanwhile", () -> finds(3));
    HttpResponse<String> again =
        archive.postAs("olga", IMPORT, "application/x-milena-posts", imported);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).contains("\"added\":1", "\"present\":1");
    RunningArchive.await("what was imported", () -> finds(4));
    assertThat(archive.get(LIST + "/3@outage.example/").body()).contains("text 3");
  }
}
