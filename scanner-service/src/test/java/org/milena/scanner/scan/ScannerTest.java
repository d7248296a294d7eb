package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.scanner.scan.ScriptedEngine.fails;
import static org.milena.scanner.scan.ScriptedEngine.says;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.ReceivedMail;

class ScannerTest {

  private static final EngineState OUT = new EngineState.Out("away");

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T20:00:00Z"));
  private final MailId id = MailId.of("01935a2e-7c00-7000-8000-000000000001");
  private final RawMessage mail = SampleMail.mail("\r\nhello\r\n");
  private final ScriptedEngine first = new ScriptedEngine("first");
  private final ScriptedEngine second = new ScriptedEngine("second");

  private Scanner scanner(Engine... engines) {
    return new Scanner(List.of(engines), clock, ScanListener.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "CLEAN,CLEAN,CLEAN",
    "CLEAN,INFECTED,INFECTED",
    "INFECTED,CLEAN,INFECTED",
    "INFECTED,UNSCANNABLE,INFECTED",
    "POLICY,INFECTED,INFECTED",
    "CLEAN,POLICY,POLICY",
    "CLEAN,UNSCANNABLE,UNSCANNABLE",
    "POLICY,UNSCANNABLE,UNSCANNABLE",
  })
  void onePositiveSuffices(Verdict one, Verdict other, Verdict together) {
    first.then(says(verdict(one)));
    second.then(says(verdict(other)));
    ScanReport report = scanner(first, second).scan(ReceivedMail.meta(id, mail), mail);
    assertThat(report.verdict()).isEqualTo(together);
    assertThat(report.engines())
        .extracting(ScanReport.EngineReport::engine)
        .containsExactly("first", "second");
    assertThat(report.engines().getFirst().version()).isEqualTo("first 1");
    assertThat(report.scannedAt()).isEqualTo(clock.instant());
    assertThat(report.releasedBy()).isNull();
  }

  @Test
  void anEngineThatIsOutIsNotGivenMail() {
    first.whoseProbeSays(() -> OUT);
    Scanner scanner = scanner(first);
    assertThatThrownBy(() -> scanner.scan(ReceivedMail.meta(id, mail), mail))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("first")
        .hasMessageContaining("away");
    assertThat(first.scans()).isZero();
  }

  @Test
  void waitsThroughAnOutageOfAnyLengthAndThenScans() {
    AtomicBoolean out = new AtomicBoolean(true);
    first.whoseProbeSays(() -> out.get() ? OUT : new EngineState.Ready());
    Scanner scanner = scanner(first);
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> scanner.scan(ReceivedMail.meta(id, mail), mail))
          .isInstanceOf(OutageException.class);
    }
    out.set(false);
    assertThat(scanner.scan(ReceivedMail.meta(id, mail), mail).verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void aMailThatMakesAHealthyEngineFailThreeTimesIsUnscannable() {
    first.then(fails(), fails(), fails());
    ScanReport report = scanner(first).scan(ReceivedMail.meta(id, mail), mail);
    assertThat(report.verdict()).isEqualTo(Verdict.UNSCANNABLE);
    assertThat(report.engines().getFirst().detail()).contains("3 times").contains("no answer");
    assertThat(first.scans()).isEqualTo(3);
    // before the first scan, and after each failure
    assertThat(first.probes()).isEqualTo(4);
  }

  @Test
  void aMailThatFailsTwiceIsJustScannedAgain() {
    first.then(fails(), fails());
    assertThat(scanner(first).scan(ReceivedMail.meta(id, mail), mail).verdict())
        .isEqualTo(Verdict.CLEAN);
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
    assertThatThrownBy(() -> scanner.scan(ReceivedMail.meta(id, mail), mail))
        .isInstanceOf(OutageException.class);
    out.set(false);
    assertThat(scanner.scan(ReceivedMail.meta(id, mail), mail).verdict()).isEqualTo(Verdict.CLEAN);
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
      assertThatThrownBy(() -> scanner.scan(ReceivedMail.meta(id, mail), mail))
          .isInstanceOf(OutageException.class);
      out.set(false); // somebody started it again
    }
    assertThat(scanner.scan(ReceivedMail.meta(id, mail), mail).verdict())
        .isEqualTo(Verdict.UNSCANNABLE);
  }

  @Test
  void strikesAreForgottenWithAVerdict() {
    first.then(fails(), fails(), says(new EngineVerdict.Clean()), fails(), fails());
    Scanner scanner = scanner(first);
    assertThat(scanner.scan(ReceivedMail.meta(id, mail), mail).verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(scanner.scan(ReceivedMail.meta(id, mail), mail).verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void whatOneEngineCallsInfectedNeedsNoOther() {
    first.then(says(new EngineVerdict.Infected("Eicar")));
    second.whoseProbeSays(() -> OUT);
    assertThat(scanner(first, second).scan(ReceivedMail.meta(id, mail), mail).verdict())
        .isEqualTo(Verdict.INFECTED);
  }

  @Test
  void policyOfOneDoesNotReplaceTheWordOfAnother() {
    first.then(says(new EngineVerdict.Policy(Objection.ATTACHMENT, "exe")));
    second.whoseProbeSays(() -> OUT);
    Scanner scanner = scanner(first, second);
    assertThatThrownBy(() -> scanner.scan(ReceivedMail.meta(id, mail), mail))
        .isInstanceOf(OutageException.class);
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
    assertThatThrownBy(() -> new Scanner(List.of(), clock, ScanListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EngineVerdict verdict(Verdict verdict) {
    return switch (verdict) {
      case CLEAN -> new EngineVerdict.Clean();
      case INFECTED -> new EngineVerdict.Infected("x");
      case POLICY -> new EngineVerdict.Policy(Objection.ATTACHMENT, "x");
      case UNSCANNABLE -> new EngineVerdict.Unscannable("x");
      case SPAM ->
          new EngineVerdict.Rated(
              new SpamReport(SpamReport.Level.SPAM, 20, 15, "reject", List.of()));
    };
  }
}
