package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.archive.TestArchive.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.export.ExportLimit;
import org.milena.archive.export.Mbox;
import org.milena.archive.export.MboxExport;
import org.milena.archive.export.MboxForm;
import org.milena.archive.post.MessageMemory;
import org.milena.archive.post.RawStore;
import org.milena.archive.search.ArchiveIndex;
import org.milena.archive.search.Selection;
import org.milena.archive.web.download.MboxAnswers;
import org.milena.archive.web.download.MboxAnswers.MboxWanted;
import org.milena.common.directory.MailingList;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.ListAccess;
import org.milena.testkit.file.TemporaryFolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Downloads that broke off, of mboxes whose end no instance has seen, with the programs people use.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MboxResumeIT {
  private static final int POSTS = 60;
  private static final MboxForm MASKED = new MboxForm(true, false);

  /** Some batches of posts, and not all of them. */
  private static final long COUNTED = 1_500_000;

  private final RunningArchive archive = RunningArchive.start();
  private final Path folder = TemporaryFolder.create("milena-resume");
  private final List<MailingList> lists = new ArrayList<>();

  @BeforeAll
  void begin() {
    for (String name : List.of("curl", "wget", "steps", "parts")) {
      MailingList list = archive.list(name + "@lists.example", name, ArchiveAccess.PUBLIC);
      lists.add(list);
      for (int i = 0; i < POSTS; i++) {
        archive.post(
            list,
            raw(
                """
                Message-ID: <%d@%s.example>
                From: Anna Author <anna@author.example>
                Date: Mon, 5 Jan 2026 10:%02d:00 +0000
                Subject: post %d

                %s
                """
                    .formatted(i, name, i, i, "a line of bob@hidden.example\n".repeat(3500))));
      }
    }
    RunningArchive.await(
        "all posts",
        () ->
            archive
                .get("/api/v1/archive/search?q=*")
                .body()
                .contains("\"total\":" + POSTS * lists.size() + ","));
  }

  @AfterAll
  void end() {
    archive.close();
    TemporaryFolder.delete(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | curl --silent --show-error --fail --continue-at - --output",
        "1 | wget --quiet --continue --output-document",
      })
  void goOn(int number, String command) throws Exception {
    byte[] whole = whole(lists.get(number));
    Path file = folder.resolve("mbox" + number);
    Files.write(file, Arrays.copyOf(whole, whole.length / 3));
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add(file.toString());
    words.add(archive.uri("/archive/" + lists.get(number).address() + "/mbox").toString());
    Process program = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as(said).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void areCountedInStepsAndThenGoOn() throws IOException {
    MailingList list = lists.get(2);
    byte[] whole = whole(list);
    MboxAnswers answers = answers();
    int from = whole.length - 1000;
    int steps = 0;
    MockHttpServletResponse answer = new MockHttpServletResponse();
    while (answer.getContentAsByteArray().length == 0) {
      answer = new MockHttpServletResponse();
      MockHttpServletResponse now = answer;
      try {
        send(answers, list, "bytes=" + from + "-", now);
      } catch (ApiProblem problem) {
        assertThat(problem.status().value()).isEqualTo(503);
        assertThat(problem).hasMessageContaining("being counted");
        steps++;
        assertThat(steps).as("it ends").isLessThan(10);
      }
    }
    assertThat(steps).isGreaterThan(1);
    assertThat(answer.getStatus()).isEqualTo(206);
    assertThat(answer.getHeader("Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(from, whole.length - 1, whole.length));
    assertThat(answer.getContentAsByteArray())
        .isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
  }

  @Test
  void giveAPartWithoutCountingTheRest() throws IOException {
    MailingList list = lists.get(3);
    byte[] whole = whole(list);
    MboxAnswers answers = answers();
    MockHttpServletResponse part = new MockHttpServletResponse();
    send(answers, list, "bytes=1000-1999", part);
    assertThat(part.getStatus()).isEqualTo(206);
    assertThat(part.getHeader("Content-Range")).isEqualTo("bytes 1000-1999/*");
    assertThat(part.getContentAsByteArray()).isEqualTo(Arrays.copyOfRange(whole, 1000, 2000));
    MockHttpServletResponse last = new MockHttpServletResponse();
    send(answers, list, "bytes=-1000", last);
    assertThat(last.getStatus()).as("nobody knows where the last ones are").isEqualTo(200);
    assertThat(last.getHeader("Content-Range")).isNull();
    assertThat(last.getContentAsByteArray()).isEqualTo(whole);
    MockHttpServletResponse known = new MockHttpServletResponse();
    send(answers, list, "bytes=-1000", known);
    assertThat(known.getStatus()).isEqualTo(206);
    assertThat(known.getContentAsByteArray())
        .isEqualTo(Arrays.copyOfRange(whole, whole.length - 1000, whole.length));
    MockHttpServletResponse behind = new MockHttpServletResponse();
    send(answers, list, "bytes=" + whole.length + "-", behind);
    assertThat(behind.getStatus()).isEqualTo(416);
  }

  @Test
  void areRefusedWhatCannotBeCountedAtOnce() {
    assertThatThrownBy(() ->
            send(answers(), lists.get(2), "bytes=0-99999999999", new MockHttpServletResponse()))
        .isInstanceOf(ApiProblem.class);
  }

  private static void send(
      MboxAnswers answers, MailingList list, String range, MockHttpServletResponse response)
      throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/mbox");
    request.addHeader("Range", range);
    answers.send(new MboxWanted(Selection.of(list.id()), "x"), false, request, response);
  }

  /** As an instance of its own that has seen nothing yet. */
  private MboxAnswers answers() {
    return new MboxAnswers(
        export(), archive.bean(ExportLimit.class), archive.bean(ListAccess.class), false, COUNTED);
  }

  private MboxExport export() {
    return new MboxExport(
        archive.bean(ArchiveIndex.class),
        archive.bean(RawStore.class),
        archive.bean(MessageMemory.class));
  }

  private byte[] whole(MailingList list) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Mbox mbox = export().open(Selection.of(list.id()), MASKED)) {
      mbox.writeTo(all);
    }
    return all.toByteArray();
  }
}
