package org.milena.scanner.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.milena.common.event.SpamReport;
import org.milena.common.event.SpamReport.Level;
import org.milena.common.mail.RawMessage;

/** What every engine that judges spam must do. */
public interface SpamFilterContract extends EngineContract {

  /** The harmless test spam. */
  String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

  /** Mail that every filter must call spam. */
  static Map<String, RawMessage> spam() {
    Map<String, RawMessage> all = new LinkedHashMap<>();
    all.put("plain", SampleMail.mail("\r\n" + GTUBE + "\r\n"));
    all.put("within a text", SampleMail.mail("\r\nDear friend,\r\n\r\n" + GTUBE + "\r\n\r\nx\r\n"));
    all.put(
        "base64",
        SampleMail.mail(
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + SampleMail.base64(GTUBE + "\r\n")));
    return all;
  }

  @TestFactory
  default Stream<DynamicTest> callsTheTestSpamSpam() {
    return spam().entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () ->
                    assertThat(rating(engine().scan(Specimen.probe(sample.getValue()))).level())
                        .isEqualTo(Level.SPAM)));
  }

  @TestFactory
  default Stream<DynamicTest> callsNoCleanMailSpam() {
    return SampleMail.clean().entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(),
                () -> {
                  SpamReport rating = rating(engine().scan(Specimen.probe(sample.getValue())));
                  assertThat(rating.level()).isNotEqualTo(Level.SPAM);
                  assertThat(rating.action()).isNotEmpty();
                  assertThat(rating.score()).isLessThan(rating.required());
                  assertThat(rating.symbols()).hasSizeLessThanOrEqualTo(20);
                }));
  }

  @Test
  default void judgesSpam() {
    assertThat(engine().role()).isEqualTo(Engine.Role.SPAM);
  }

  private static SpamReport rating(EngineVerdict verdict) {
    assertThat(verdict).isInstanceOf(EngineVerdict.Rated.class);
    return ((EngineVerdict.Rated) verdict).spam();
  }
}
