package org.milena.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.common.event.GoldenValues.AT;
import static org.milena.common.event.GoldenValues.MAIL;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;

/**
 * Every record as the released versions wrote it. A golden file is never changed: a new version of
 * a record gets a file of its own, and the old one must still be read.
 */
class GoldenFilesTest {
  static Stream<Arguments> records() {
    return Stream.concat(GoldenRecords.all(), GoldenCommands.all());
  }

  static Stream<Arguments> olderRecords() {
    return GoldenRecords.older();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"records", "olderRecords"})
  void isReadAsItWasWritten(String name, Object record) throws IOException {
    assertThat((Object) MailJson.read(golden(name), record.getClass())).isEqualTo(record);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("records")
  void isStillWrittenLikeThat(String name, Object record) throws IOException {
    assertThat(MailJson.mapper().readTree(MailJson.bytes(record)))
        .isEqualTo(MailJson.mapper().readTree(golden(name)));
  }

  @Test
  void everyTypeOfRecordHasOne() {
    List<String> names = records().map(one -> (String) one.get()[0]).toList();
    for (RecordType type : RecordType.values()) {
      if (type != RecordType.ROW) { // the rows stand here by what they are
        String[] label = type.label().split("/");
        assertThat(names)
            .as(type.label())
            .anyMatch(name -> name.startsWith(label[0]) && name.endsWith("-" + label[1]));
      }
    }
  }

  @Test
  void everyCommandAndEveryOutcomeHasOne() {
    Set<Class<?>> there = new HashSet<>();
    records()
        .map(one -> one.get()[1])
        .forEach(record -> {
          if (record instanceof CommandRecord one) {
            there.add(one.command().getClass());
          } else if (record instanceof OutcomeRecord one) {
            there.add(one.outcome().getClass());
          }
        });
    assertThat(there)
        .containsAll(cases(ListCommand.class).toList())
        .contains(CommandOutcome.class.getPermittedSubclasses());
  }

  /** The records of a sealed type; of all its subjects, where it is divided. */
  private static Stream<Class<?>> cases(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(GoldenFilesTest::cases)
        : Stream.of(type);
  }

  @Test
  void aFieldOfANewerVersionIsIgnored() {
    assertThat(
            MailJson.read(
                "{\"mailId\":\"" + MAIL + "\",\"at\":\"" + AT + "\",\"tomorrow\":{}}",
                SeenPost.class))
        .isEqualTo(new SeenPost(MAIL, AT));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      assertThat(in).as("golden file %s.json", name).isNotNull();
      byte[] bytes = in.readAllBytes();
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isNotBlank();
      return bytes;
    }
  }
}
