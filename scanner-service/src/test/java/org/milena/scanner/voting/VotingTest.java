package org.milena.scanner.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.scanner.scan.Engine.Role.ANTIVIRUS;
import static org.milena.scanner.scan.Engine.Role.BUILTIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.event.ScanReport.Passage;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.event.SpamReport;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.settings.ScanPolicy.Unscannable;
import org.milena.scanner.scan.Engine.Role;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.Reading;
import org.milena.scanner.scan.Word;
import org.milena.scanner.voting.ScanDecision.Decided;

class VotingTest {

  private static final Duration YOUNG = Duration.ofSeconds(1);
  private static final Duration OLD = Duration.ofMinutes(20);
  private static final Word BUILTIN_CLEAN = said("builtin", BUILTIN, new EngineVerdict.Clean());

  /** The two engines of different vendors, as a site begins. */
  @ParameterizedTest
  @CsvSource({
    "CLEAN,       CLEAN,       CLEAN PASS",
    "CLEAN,       INFECTED,    INFECTED KEEP",
    "CLEAN,       UNSCANNABLE, UNSCANNABLE KEEP",
    "CLEAN,       SILENT,      wait",
    "INFECTED,    CLEAN,       INFECTED KEEP",
    "INFECTED,    INFECTED,    INFECTED KEEP",
    "INFECTED,    UNSCANNABLE, INFECTED KEEP",
    "INFECTED,    SILENT,      INFECTED KEEP",
    "UNSCANNABLE, CLEAN,       UNSCANNABLE KEEP",
    "UNSCANNABLE, INFECTED,    INFECTED KEEP",
    "UNSCANNABLE, UNSCANNABLE, UNSCANNABLE KEEP",
    "UNSCANNABLE, SILENT,      wait",
    "SILENT,      CLEAN,       wait",
    "SILENT,      INFECTED,    INFECTED KEEP",
    "SILENT,      UNSCANNABLE, wait",
    "SILENT,      SILENT,      wait",
  })
  void twoVendorsByDefault(Voice one, Voice other, String decision) {
    assertThat(decide(ScanPolicy.DEFAULT, YOUNG, one, other)).isEqualTo(decision);
    assertThat(decide(ScanPolicy.DEFAULT, OLD, one, other)).isEqualTo(decision);
  }

  /** A quorum of one after a quarter of an hour, and who could not read all of it abstains. */
  @ParameterizedTest
  @CsvSource({
    "CLEAN,       CLEAN,       CLEAN PASS,       CLEAN PASS",
    "CLEAN,       INFECTED,    INFECTED KEEP,    INFECTED KEEP",
    "CLEAN,       UNSCANNABLE, CLEAN PASS,       CLEAN PASS",
    "CLEAN,       SILENT,      wait,             CLEAN PASS",
    "INFECTED,    SILENT,      INFECTED KEEP,    INFECTED KEEP",
    "UNSCANNABLE, UNSCANNABLE, UNSCANNABLE KEEP, UNSCANNABLE KEEP",
    "UNSCANNABLE, SILENT,      wait,             wait",
    "SILENT,      SILENT,      wait,             wait",
  })
  void aQuorumOfOneAfterAWhile(Voice one, Voice other, String atFirst, String later) {
    ScanPolicy policy = policy(1, Duration.ofMinutes(15), Unscannable.ABSTAIN);
    assertThat(decide(policy, YOUNG, one, other)).isEqualTo(atFirst);
    assertThat(decide(policy, OLD, one, other)).isEqualTo(later);
    assertThat(decide(policy, YOUNG, other, one)).isEqualTo(atFirst);
    assertThat(decide(policy, OLD, other, one)).isEqualTo(later);
  }

  @Test
  void aQuorumOfTwoOfThreeNeedsTwo() {
    ScanPolicy policy = policy(2, Duration.ZERO, Unscannable.KEEP);
    assertThat(decide(policy, OLD, Voice.CLEAN, Voice.CLEAN, Voice.SILENT)).isEqualTo("CLEAN PASS");
    assertThat(decide(policy, OLD, Voice.CLEAN, Voice.SILENT, Voice.SILENT)).isEqualTo("wait");
    assertThat(decide(policy, OLD, Voice.CLEAN, Voice.CLEAN, Voice.UNSCANNABLE))
        .isEqualTo("UNSCANNABLE KEEP");
  }

  @Test
  void withoutAQuorumNoPatienceLetsAnythingPass() {
    ScanPolicy policy = policy(0, Duration.ZERO, Unscannable.ABSTAIN);
    assertThat(decide(policy, OLD, Voice.CLEAN, Voice.SILENT)).isEqualTo("wait");
    assertThat(decide(policy, OLD, Voice.CLEAN, Voice.UNSCANNABLE)).isEqualTo("UNSCANNABLE KEEP");
  }

  @Test
  void theOrderOfTheEnginesChangesNothing() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      List<Voice> voices = new ArrayList<>();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        voices.add(Voice.values()[random.nextInt(Voice.values().length)]);
      }
      Standing standing = Standing.of(voices);
      ScanPolicy policy =
          policy(
              random.nextInt(4),
              random.nextBoolean() ? null : Duration.ofMinutes(random.nextInt(40)),
              Unscannable.values()[random.nextInt(2)]);
      String decision = decide(policy, OLD, voices.toArray(Voice[]::new));
      Collections.shuffle(voices, random);
      assertThat(Standing.of(voices)).as("%s", voices).isEqualTo(standing);
      assertThat(decide(policy, OLD, voices.toArray(Voice[]::new))).isEqualTo(decision);
      // whatever the policy
      if (voices.contains(Voice.INFECTED)) {
        assertThat(decision).isEqualTo("INFECTED KEEP");
      } else if (!voices.contains(Voice.CLEAN)) {
        assertThat(decision).as("nobody read it: %s", voices).isNotEqualTo("CLEAN PASS");
      }
    }
  }

  @Test
  void theBuiltInChecksAloneLetPassAndKeepBack() {
    assertThat(show(Voting.decide(reading(BUILTIN_CLEAN), ScanPolicy.DEFAULT, YOUNG)))
        .isEqualTo("CLEAN PASS");
    Word unread = said("builtin", BUILTIN, new EngineVerdict.Unscannable("bomb"));
    for (Unscannable meaning : Unscannable.values()) {
      assertThat(show(Voting.decide(reading(unread), policy(0, null, meaning), OLD)))
          .isEqualTo("UNSCANNABLE KEEP");
    }
  }

  @Test
  void theCleanOfTheBuiltInChecksIsNoVote() {
    ScanPolicy policy = policy(1, Duration.ZERO, Unscannable.ABSTAIN);
    Reading reading = reading(BUILTIN_CLEAN, new Word.Silent("clamd", ANTIVIRUS, "away"));
    assertThat(Voting.decide(reading, policy, OLD)).isEqualTo(new ScanDecision.Wait("away"));
  }

  @Test
  void nobodyGoesOnWithoutTheBuiltInChecks() {
    ScanPolicy policy = policy(1, Duration.ZERO, Unscannable.ABSTAIN);
    Reading reading =
        reading(
            new Word.Silent("builtin", BUILTIN, "broken"),
            said("clamd", ANTIVIRUS, new EngineVerdict.Clean()));
    assertThat(show(Voting.decide(reading, policy, OLD))).isEqualTo("wait");
  }

  @Test
  void aSpamFilterThatIsAwayIsWaitedForAsLongAsThePolicySays() {
    Reading reading =
        reading(
            said("clamd", ANTIVIRUS, new EngineVerdict.Clean()),
            new Word.Silent("rspamd", Role.SPAM, "away"));
    ScanPolicy patient = policy(0, Duration.ofMinutes(15), Unscannable.KEEP);
    assertThat(show(Voting.decide(reading, ScanPolicy.DEFAULT, OLD))).isEqualTo("wait");
    assertThat(show(Voting.decide(reading, patient, YOUNG))).isEqualTo("wait");
    assertThat(show(Voting.decide(reading, patient, OLD))).isEqualTo("CLEAN PASS");
  }

  @ParameterizedTest
  @EnumSource(Objection.class)
  void thePolicySaysWhatAnObjectionMeans(Objection objection) {
    for (Passage passage : Passage.values()) {
      ScanPolicy policy =
          new ScanPolicy(0, null, Unscannable.KEEP, passage, passage, passage, Passage.KEEP);
      Reading reading =
          reading(
              said("builtin", BUILTIN, new EngineVerdict.Policy(objection, "x")),
              said("clamd", ANTIVIRUS, new EngineVerdict.Clean()));
      assertThat(Voting.decide(reading, policy, YOUNG))
          .isEqualTo(new Decided(Verdict.POLICY, passage));
    }
  }

  @Test
  void theStrictestOfSeveralObjectionsCounts() {
    Reading reading =
        reading(
            said("builtin", BUILTIN, new EngineVerdict.Policy(Objection.ENCRYPTED, "x")),
            said("clamd", ANTIVIRUS, new EngineVerdict.Policy(Objection.MACRO, "y")));
    ScanPolicy policy =
        new ScanPolicy(
            0, null, Unscannable.KEEP, Passage.PASS, Passage.HOLD, Passage.KEEP, Passage.KEEP);
    assertThat(Voting.decide(reading, policy, YOUNG))
        .isEqualTo(new Decided(Verdict.POLICY, Passage.HOLD));
  }

  @Test
  void theStrictestOfSeveralObjectionsOfOneEngineCounts() {
    Set<Objection> two = Set.of(Objection.ENCRYPTED, Objection.MACRO);
    ScanPolicy policy =
        new ScanPolicy(
            1, null, Unscannable.ABSTAIN, Passage.PASS, Passage.HOLD, Passage.KEEP, Passage.KEEP);
    for (EngineVerdict verdict :
        List.of(
            new EngineVerdict.Policy(two, "x"), new EngineVerdict.Unscannable("damaged", two))) {
      Reading reading =
          reading(
              said("builtin", BUILTIN, verdict),
              said("clamd", ANTIVIRUS, new EngineVerdict.Clean()));
      assertThat(Voting.decide(reading, policy, YOUNG))
          .isEqualTo(new Decided(Verdict.POLICY, Passage.HOLD));
    }
  }

  @Test
  void aReportNamesTheGravestOfSeveralObjections() {
    Reading reading =
        reading(
            said("builtin", BUILTIN, new EngineVerdict.Policy(Set.of(Objection.values()), "x")));
    assertThat(reading.reports().getFirst().objection()).isEqualTo(Objection.ATTACHMENT);
  }

  @ParameterizedTest
  @CsvSource({"HAM,CLEAN,PASS", "SUSPECT,CLEAN,PASS", "SPAM,SPAM,HOLD"})
  void spamGoesWhereThePolicySays(SpamReport.Level level, Verdict verdict, Passage passage) {
    ScanPolicy policy =
        new ScanPolicy(
            0, null, Unscannable.KEEP, Passage.KEEP, Passage.KEEP, Passage.KEEP, Passage.HOLD);
    SpamReport spam = new SpamReport(level, 3, 15, "x", List.of());
    assertThat(
            Voting.decide(
                reading(
                    said("clamd", ANTIVIRUS, new EngineVerdict.Clean()),
                    said("rspamd", Role.SPAM, new EngineVerdict.Rated(spam))),
                policy,
                YOUNG))
        .isEqualTo(new Decided(verdict, passage));
  }

  private static ScanPolicy policy(
      int quorum, @Nullable Duration patience, Unscannable unscannable) {
    ScanPolicy usual = ScanPolicy.DEFAULT;
    return new ScanPolicy(
        quorum,
        patience,
        unscannable,
        usual.encrypted(),
        usual.macros(),
        usual.attachments(),
        usual.spam());
  }

  private static String decide(ScanPolicy policy, Duration age, Voice... voices) {
    List<Word> words = new ArrayList<>();
    words.add(BUILTIN_CLEAN);
    for (int i = 0; i < voices.length; i++) {
      String name = "vendor" + i;
      words.add(
          switch (voices[i]) {
            case CLEAN -> said(name, ANTIVIRUS, new EngineVerdict.Clean());
            case INFECTED -> said(name, ANTIVIRUS, new EngineVerdict.Infected("x"));
            case UNSCANNABLE -> said(name, ANTIVIRUS, new EngineVerdict.Unscannable("x"));
            case SILENT -> new Word.Silent(name, ANTIVIRUS, "away");
          });
    }
    return show(Voting.decide(new Reading(words), policy, age));
  }

  private static Reading reading(Word... words) {
    return new Reading(List.of(words));
  }

  private static Word said(String name, Role role, EngineVerdict verdict) {
    return new Word.Said(name, role, "1", verdict);
  }

  private static String show(ScanDecision decision) {
    return switch (decision) {
      case Decided(var verdict, var passage) -> verdict + " " + passage;
      case ScanDecision.Wait _ -> "wait";
    };
  }
}
