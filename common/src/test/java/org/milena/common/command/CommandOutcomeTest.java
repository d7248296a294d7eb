package org.milena.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.event.MailJson;
import org.milena.common.event.Sentence;

class CommandOutcomeTest {
  private static final Sentence SAID = new Sentence("It is so.", "so", List.of());

  static Stream<CommandOutcome> outcomes() {
    return Stream.of(
        new CommandOutcome.Done(SAID, 1),
        new CommandOutcome.Done(SAID.text(), 1, "s1", SAID),
        new CommandOutcome.Refused("so", SAID),
        new CommandOutcome.NotFound(SAID));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void isEnglishForWhoeverReadsItsRecord(CommandOutcome outcome) {
    assertThat(outcome.sentence()).isEqualTo(SAID);
    String json = MailJson.text(outcome);
    assertThat(json).contains("\"text\":\"It is so.\"").doesNotContain("sentence", "key", "null");
    CommandOutcome read = MailJson.read(json, CommandOutcome.class);
    assertThat(read.text()).isEqualTo("It is so.");
    assertThat(read.sentence()).isEqualTo(Sentence.plain("It is so."));
  }
}
