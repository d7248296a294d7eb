package org.milena.listexpander.migration.mailman3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.migration.ImportReport;
import org.milena.listexpander.migration.ImportReport.Refusal;
import org.milena.listexpander.migration.ListPlan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class Mailman3ImportTest {
  /** So long that the id of a list of escaped letters would be too long. */
  private static final String DOMAIN = "m".repeat(63) + ".example";

  private static final String TOO_LONG = "ü".repeat(32);

  private final List<MailAddress> taken = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  /** Has lists without anything in them, but one that is gone; and is away for some. */
  private Optional<JsonNode> answer(String path) throws IOException {
    asked.add(path);
    if (path.contains("away")) {
      throw new IOException("Mailman does not answer.");
    }
    return path.contains("gone")
        ? Optional.empty()
        : Optional.of(JsonNodeFactory.instance.objectNode());
  }

  private ImportReport take(ListPlan plan) {
    if (plan.address().localPart().equals("odd")) {
      return ImportReport.refused(plan.address(), false, new Refusal("list-name", "No."));
    }
    taken.add(plan.address());
    return new ImportReport(
        plan.address(), false, true, 1, List.of(), 0, 0, 0, 0, 0, List.of(), null);
  }

  private List<String> all(Stream<String> lists) {
    return Mailman3Import.all(
            this::answer,
            lists.map(name -> new MailAddress(name, DOMAIN)).toList(),
            false,
            () -> Instant.EPOCH,
            this::take)
        .stream()
        .map(Mailman3ImportTest::told)
        .toList();
  }

  private static String told(ImportReport report) {
    Refusal refused = report.refused();
    return report.list().localPart() + ": " + (refused == null ? "taken" : refused.code());
  }

  @Test
  void whatIsWrongWithOneListKeepsNoOtherBack() {
    assertThat(all(Stream.of("one", "odd", "gone", "away", TOO_LONG, "two")))
        .containsExactly(
            "one: taken",
            "odd: list-name",
            "gone: not-found",
            "away: mailman3",
            TOO_LONG + ": list-name",
            "two: taken");
    assertThat(taken).extracting(MailAddress::localPart).containsExactly("one", "two");
  }

  @Test
  void aMailmanThatIsGoneIsNotAskedForEachList() {
    assertThat(all(IntStream.range(0, 50).mapToObj("away%d"::formatted)))
        .hasSize(50)
        .allMatch(line -> line.endsWith("mailman3"));
    assertThat(asked).hasSize(3);
  }

  @Test
  void faultsCountWhereTheyFollowEachOther() {
    assertThat(all(Stream.of("away1", "away2", "one", "away3", "away4", "two")))
        .contains("one: taken", "two: taken");
  }
}
