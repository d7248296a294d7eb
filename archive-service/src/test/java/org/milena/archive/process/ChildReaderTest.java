package org.milena.archive.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.archive.document.SampleDocuments;
import org.milena.archive.extract.DocumentKind;
import org.milena.archive.extract.ReadingOutcome;
import org.milena.archive.extract.ReadingOutcome.Read;
import org.milena.archive.extract.ReadingOutcome.Unread;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;

/** Whatever a document does to the child: the next one is read. With real processes. */
class ChildReaderTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;

  private ChildReader reader = poisoned(LONG, LONG);

  private static ReaderLimits limits(Duration time, Duration idle) {
    return new ReaderLimits(64L << 20, time, 1 << 24, idle);
  }

  private static ChildReader poisoned(Duration time, Duration idle) {
    ReaderLimits limits = limits(time, idle);
    return new ChildReader(limits, ChildCommand.of(PoisonMain.class, limits));
  }

  @AfterEach
  void end() {
    reader.close();
  }

  private ReadingOutcome read(String wish) {
    return reader.read(DocumentKind.PDF, wish.getBytes(StandardCharsets.UTF_8), 1000);
  }

  private static long pid(ChildReader reader) {
    return reader.pid().orElseThrow();
  }

  @Test
  void startsWithTheFirstDocumentAndStays() {
    assertThat(reader.pid()).isEmpty();
    assertThat(read("one")).isEqualTo(new Read("one", true));
    long first = pid(reader);
    assertThat(read("two")).isEqualTo(new Read("two", true));
    assertThat(pid(reader)).isEqualTo(first);
  }

  @Test
  void aDocumentThatNeverEndsIsLeft() {
    reader.close();
    reader = poisoned(Duration.ofSeconds(1), LONG);
    assertThat(read("loop")).isEqualTo(new Unread("it takes more than 1 seconds"));
    assertThat(reader.pid()).isEmpty();
  }

  @Test
  void aDocumentThatNeedsTooMuchMemoryIsLeftAndTheNextIsRead() {
    assertThat(read("memory")).isEqualTo(new Unread("it takes more memory than there is for it"));
    assertThat(read("next")).isEqualTo(new Read("next", true));
  }

  @Test
  void aDocumentThatEndsTheChildIsTriedTwiceAndNeverAgain() throws IOException {
    Path mark = folder.resolve("mark");
    Unread unread = new Unread("it ended the process that reads it");
    assertThat(read("count " + mark)).isEqualTo(unread);
    assertThat(read("count " + mark)).isEqualTo(unread);
    assertThat(Files.readString(mark)).isEqualTo("xx");
    assertThat(read("next")).isEqualTo(new Read("next", true));
  }

  @Test
  void aChildThatIsKilledCostsNoText() throws Exception {
    assertThat(read("once " + folder.resolve("once"))).isInstanceOf(Read.class);
    ProcessHandle child = ProcessHandle.of(pid(reader)).orElseThrow();
    child.destroyForcibly();
    child.onExit().get();
    assertThat(read("next")).isEqualTo(new Read("next", true));
  }

  @Test
  void aChildThatCannotBeStartedCostsTheTextOnly() {
    reader.close();
    reader = new ChildReader(limits(LONG, LONG), List.of(folder.resolve("none").toString()));
    assertThat(read("one")).isEqualTo(new Unread("its reader could not be started"));
  }

  @Test
  void anIdleChildEnds() {
    reader.close();
    reader = poisoned(LONG, Duration.ofMillis(1));
    assertThat(read("one")).isEqualTo(new Read("one", true));
    await().until(() -> reader.pid().isEmpty());
    assertThat(read("two")).isEqualTo(new Read("two", true));
  }

  @Test
  void closingEndsTheChildEvenInTheMiddle() {
    assertThat(read("one")).isInstanceOf(Read.class);
    ProcessHandle child = ProcessHandle.of(pid(reader)).orElseThrow();
    reader.close();
    assertThat(child.isAlive()).isFalse();
    assertThatThrownBy(() -> read("two"))
        .as("no answer about the document: it is read when the archive begins again")
        .isInstanceOf(OutageException.class);
  }

  @Test
  void theChildHasNoneOfOurSecrets() {
    assertThat(((Read) read("environment")).text()).doesNotContain("PATH", "MILENA", "HOME");
  }

  /** The parent's death closes the pipe. */
  @Test
  void theRealChildEndsWithItsParent() throws Exception {
    ReaderLimits limits = limits(LONG, LONG);
    Process child = new ProcessBuilder(ChildCommand.of(ReaderMain.class, limits)).start();
    assertThat(new java.io.DataInputStream(child.getInputStream()).readInt())
        .isEqualTo(Frames.READY);
    child.getOutputStream().close();
    CompletableFuture<Process> end = child.onExit();
    assertThat(end.get().exitValue()).isZero();
  }

  @Test
  void theRealChildReadsDocumentsThatAreAttached() throws IOException {
    ReaderLimits limits = limits(LONG, LONG);
    try (ChildReader real = new ChildReader(limits)) {
      MessageParser parser = new MessageParser(real);
      RawMessage message =
          SampleDocuments.mail(
              "report.pdf",
              "application/octet-stream",
              SampleDocuments.pdf("The quarterly figures"));
      ParsedMessage parsed = parser.parse(message);
      assertThat(parsed.defects()).isEmpty();
      assertThat(parsed.attachedText()).contains("The quarterly figures");
      assertThat(parsed.attachments().getFirst().detected()).isEqualTo("application/pdf");
      assertThat(parser.parse(message)).isEqualTo(parsed);

      ParsedMessage broken =
          parser.parse(
              SampleDocuments.mail("bomb.docx", "application/zip", SampleDocuments.bomb()));
      assertThat(broken.defects())
          .containsExactly(
              "its attachment bomb.docx could not be read: it unpacks to more than 256 MiB");
      ParsedMessage next =
          parser.parse(
              SampleDocuments.mail("next.docx", "application/zip", SampleDocuments.docx("next")));
      assertThat(next.attachedText()).contains("next");
    }
  }
}
