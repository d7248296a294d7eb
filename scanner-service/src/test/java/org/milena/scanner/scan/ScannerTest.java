package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.scan.ScriptedEngine.fails;
import static org.milena.scanner.scan.ScriptedEngine.says;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.MailMeta;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;

class ScannerTest {

  private static final EngineState OUT = new EngineState.Out("away");

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T20:00:00Z"));
  private final MailId id = MailId.of("01935a2e-7c00-7000-8000-000000000001");
  private final RawMessage mail = SampleMail.mail("\r\nhello\r\n");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScriptedEngine first = new ScriptedEngine("first");
  private final ScriptedEngine second = new ScriptedEngine("second");

  private Scanner scanner(Engine... engines) {
    return new Scanner(List.of(engines), threads, clock, ScanListener.NONE);
  }

  private Reading read(Scanner scanner) {
    return scanner.read(ReceivedMail.meta(id, mail), mail);
  }

  private static Verdict only(Reading reading) {
    return reading.reports().getFirst().verdict();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void asksEveryEngineAndKeepsTheirOrder() {
    second.then(says(new EngineVerdict.Infected("Eicar")));
    Reading reading = read(scanner(first, second));
    assertThat(reading.words())
        .containsExactly(
            new Word.Said("first", Engine.Role.ANTIVIRUS, "first 1", new EngineVerdict.Clean()),
            new Word.Said(
                "second", Engine.Role.ANTIVIRUS, "second 1", new EngineVerdict.Infected("Eicar")));
    assertThat(reading.reports())
        .extracting(ScanReport.EngineReport::verdict)
        .containsExactly(Verdict.CLEAN, Verdict.INFECTED);
  }

  @Test
  void asksItsEnginesAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    ScriptedEngine.Step meet =
        () -> {
          try {
            var unused = both.await(20, TimeUnit.SECONDS);
            return new EngineVerdict.Clean();
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new NotScannedException("alone", e);
          }
        };
    first.then(meet);
    second.then(meet);
    assertThat(read(scanner(first, second)).silent()).isEmpty();
    assertThat(first.scans() + second.scans()).isEqualTo(2);
  }

  @Test
  void countsWhereTwoEnginesDisagree() {
    List<String> heard = new ArrayList<>();
    second.then(says(new EngineVerdict.Infected("x")));
    ScanListener listener =
        new ScanListener() {
          @Override
          public void disagreed(String clean, String infected) {
            heard.add(clean + " missed what found " + infected);
          }
        };
    read(new Scanner(List.of(first, second), threads, clock, listener));
    assertThat(heard).containsExactly("first missed what found second");
  }

  @Test
  void readsEqualContentOnceForEachVersionOfTheDatabase() {
    first.then(says(new EngineVerdict.Infected("x")), says(new EngineVerdict.Clean()));
    Scanner scanner = scanner(first);
    MailMeta again = ReceivedMail.meta(ReceivedMail.nextId(), mail);
    assertThat(only(read(scanner))).isEqualTo(Verdict.INFECTED);
    assertThat(only(scanner.read(again, mail))).isEqualTo(Verdict.INFECTED);
    assertThat(first.scans()).isEqualTo(1);
    first.hasVersion("first 2");
    assertThat(only(scanner.read(again, mail))).isEqualTo(Verdict.CLEAN);
    assertThat(first.scans()).isEqualTo(2);
  }

  @Test
  void doesNotRememberTheWordsOfAnEngineWithoutAVersionNorOfASpamFilter() {
    first.hasVersion("");
    second.withRole(Engine.Role.SPAM);
    Scanner scanner = scanner(first, second);
    read(scanner);
    read(scanner);
    assertThat(first.scans()).isEqualTo(2);
    assertThat(second.scans()).isEqualTo(2);
  }

  @Test
  void forgetsVerdictsAfterAnHour() {
    Instant[] now = {Instant.parse("2026-11-21T20:00:00Z")};
    Scanner scanner = new Scanner(List.of(first), threads, () -> now[0], ScanListener.NONE);
    read(scanner);
    now[0] = now[0].plus(VerdictCache.KEPT).minusSeconds(1);
    read(scanner);
    assertThat(first.scans()).isEqualTo(1);
    now[0] = now[0].plusSeconds(1);
    read(scanner);
    assertThat(first.scans()).isEqualTo(2);
  }

  @Test
  void anEngineThatIsOutIsNotGivenMail() {
    first.whoseProbeSays(() -> OUT);
    Scanner scanner = scanner(first);
    assertThat(read(scanner).silent())
        .singleElement()
        .satisfies(word -> assertThat(word.reason()).contains("first").contains("away"));
    assertThat(first.scans()).isZero();
  }

  @Test
  void waitsThroughAnOutageOfAnyLengthAndThenScans() {
    AtomicBoolean out = new AtomicBoolean(true);
    first.whoseProbeSays(() -> out.get() ? OUT : new EngineState.Ready());
    Scanner scanner = scanner(first);
    for (int i = 0; i < 100; i++) {
      assertThat(read(scanner).silent()).hasSize(1);
    }
    out.set(false);
    assertThat(only(read(scanner))).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void aMailThatMakesAHealthyEngineFailThreeTimesIsUnscannable() {
    first.then(fails(), fails(), fails());
    ScanReport.EngineReport report = read(scanner(first)).reports().getFirst();
    assertThat(report.verdict()).isEqualTo(Verdict.UNSCANNABLE);
    assertThat(report.detail()).contains("3 times").contains("no answer");
    assertThat(first.scans()).isEqualTo(3);
    // before the first scan, and after each failure
    assertThat(first.probes()).isEqualTo(4);
  }

  @Test
  void aMailThatFailsTwiceIsJustScannedAgain() {
    first.then(fails(), fails());
    assertThat(only(read(scanner(first)))).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void aFailureOfAnEngineThatIsOutThenIsAnOutage() {
    AtomicBoolean out = new AtomicBoolean();
    first.whoseProbeSays(() -> out.get() ? OUT : new EngineState.Ready());
    first.then(() -> {
      out.set(true);
      throw new NotScannedException("connection closed");
    });
    Scanner scanner = scanner(first);
    assertThat(read(scanner).silent()).hasSize(1);
    out.set(false);
    assertThat(only(read(scanner))).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void aMailThatCrashesTheEngineEachTimeIsUnscannableInTheEnd() {
    AtomicBoolean out = new AtomicBoolean();
    first.whoseProbeSays(() -> out.get() ? OUT : new EngineState.Ready());
    ScriptedEngine.Step crash =
        () -> {
          out.set(true);
          throw new NotScannedException("connection closed");
        };
    first.then(crash, crash, crash);
    Scanner scanner = scanner(first);
    for (int i = 0; i < 2; i++) {
      assertThat(read(scanner).silent()).hasSize(1);
      out.set(false); // somebody started it again
    }
    assertThat(only(read(scanner))).isEqualTo(Verdict.UNSCANNABLE);
  }

  @Test
  void aMailThatIsToBlameIsNotShownToTheEngineAgain() {
    first.then(fails(), fails(), fails());
    second.whoseProbeSays(() -> OUT);
    Scanner scanner = scanner(first, second);
    for (int round = 0; round < 5; round++) {
      Reading reading = read(scanner);
      assertThat(only(reading)).isEqualTo(Verdict.UNSCANNABLE);
      assertThat(reading.silent()).as("and so the mail waits").hasSize(1);
    }
    assertThat(first.scans()).isEqualTo(3);
    scanner.forget(id);
    assertThat(only(read(scanner))).as("asked again, for a release").isEqualTo(Verdict.CLEAN);
  }

  @Test
  void doesNotRememberThatAnEngineCouldNotReadAll() {
    first.then(says(new EngineVerdict.Unscannable("took too long")));
    Scanner scanner = scanner(first);
    assertThat(only(read(scanner))).isEqualTo(Verdict.UNSCANNABLE);
    assertThat(only(read(scanner))).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void strikesAreForgottenWithAVerdict() {
    first.hasVersion(""); // nothing is remembered
    first.then(fails(), fails(), says(new EngineVerdict.Clean()), fails(), fails());
    Scanner scanner = scanner(first);
    assertThat(only(read(scanner))).isEqualTo(Verdict.CLEAN);
    assertThat(only(read(scanner))).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void tellsTheStateOfItsEngines() {
    second.whoseProbeSays(() -> OUT);
    assertThat(scanner(first, second).states())
        .containsEntry("first", new EngineState.Ready())
        .containsEntry("second", OUT);
  }

  @Test
  void refusesToBeWithoutEngines() {
    assertThatThrownBy(() -> new Scanner(List.of(), threads, clock, ScanListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
