package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;

/** Large messages, wanted by more readers at once than there is memory for. */
@TestInstance(Lifecycle.PER_CLASS)
class ManyReadersIT {
  private static final String LIST = "/archive/large@lists.example";
  private static final int MESSAGES = 4;
  private static final int READERS = 48;
  private static final int LINES = 30_000;

  /** Room for one such message without its addresses, or for three as they are. */
  private final RunningArchive archive =
      RunningArchive.start("--milena.archive.message-memory=16MB");

  private final List<ArchiveId> posts = new ArrayList<>();
  private int size;

  @BeforeAll
  void begin() {
    MailingList list = archive.list("large@lists.example", "Large", ArchiveAccess.PUBLIC);
    archive.account("mia", "mia@members.example", false);
    for (int i = 0; i < MESSAGES; i++) {
      RawMessage message = large(i);
      size = message.size();
      posts.add(archive.post(list, message));
    }
    RunningArchive.await(
        "all posts",
        () ->
            archive
                .get("/api/v1/archive/search?q=*")
                .body()
                .contains("\"total\":" + MESSAGES + ","));
  }

  @AfterAll
  void end() {
    archive.close();
  }

  private static RawMessage large(int number) {
    String head =
        """
        Message-ID: <%d@large.example>
        From: Lara <lara@large.example>
        Date: Mon, 5 Jan 2026 10:00:00 +0000
        Subject: A large one
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/html

        <p>text %d</p>
        --b
        Content-Type: text/plain
        Content-Disposition: attachment; filename=log.txt

        """
            .formatted(number, number);
    String text =
        head + "12:00:00 a line that alice@members.example wrote\n".repeat(LINES) + "--b--\n";
    return RawMessage.wrap(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void getThemOrAreAskedToComeAgain() throws Exception {
    List<Callable<HttpResponse<String>>> wanted = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      String path = LIST + "/message/" + posts.get(i % MESSAGES);
      String account = i % 3 == 0 ? "mia" : null;
      wanted.add(
          switch (i % 4) {
            case 0 -> () -> archive.get(path + "/attachment/2");
            case 1 -> () -> archive.get(path + "/html/body");
            case 2 -> () -> archive.get(LIST + "/mbox");
            default ->
                () ->
                    account == null
                        ? archive.get(path + "/raw")
                        : archive.getAs(
                            account, "/api/v1" + path.replace("/message/", "/messages/") + "/raw");
          });
    }
    int served = 0;
    for (HttpResponse<String> answer : at(once(wanted))) {
      if (answer.statusCode() == 200) {
        served++;
        answer
            .headers()
            .firstValueAsLong("Content-Length")
            .ifPresent(length -> assertThat(answer.body()).hasSize((int) length));
        assertThat(answer.body().length() > size / 2 || answer.body().contains("<p>text")).isTrue();
      } else {
        assertThat(answer.statusCode()).as(answer.uri().toString()).isIn(503, 429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
    }
    assertThat(served).isPositive();
    // whoever reads the last octet does so before the server is done with it
    RunningArchive.await(
        "that all of it is given back", () -> archive.bean(MessageMemory.class).taken() == 0);
  }

  @Test
  void areToldPolitelyWhenThereIsNoMemory() {
    String path = LIST + "/message/" + posts.getFirst();
    try (Held _ =
        archive.bean(MessageMemory.class).take(1L << 40, 1L << 40, Duration.ofMinutes(1))) {
      HttpResponse<String> page = archive.get(path + "/raw");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.headers().firstValue("Retry-After")).isPresent();
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Content-Disposition")).isEmpty();
      assertThat(page.body())
          .contains("fit into memory", "Try again later")
          .doesNotContain("Exception");
    }
    assertThat(archive.get(path + "/raw").statusCode()).isEqualTo(200);
  }

  private static List<Future<HttpResponse<String>>> once(
      List<Callable<HttpResponse<String>>> wanted) throws InterruptedException {
    try (ExecutorService readers = Executors.newFixedThreadPool(wanted.size())) {
      return readers.invokeAll(wanted);
    }
  }

  private static List<HttpResponse<String>> at(List<Future<HttpResponse<String>>> answers) {
    return answers.stream().map(Future::resultNow).toList();
  }
}
