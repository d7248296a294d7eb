package org.milena.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Suppression;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;

/** What a table promises, wherever its rows are. */
abstract class TableContract {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The table under test, empty. */
  abstract Table<Suppression> table();

  private static Suppression row(String text) {
    return new Suppression(MailAddress.of("ada@x.example"), text, Instant.EPOCH);
  }

  @Test
  void aWriteIsReadAtOnce() {
    Table<Suppression> table = table();
    assertThat(table.get("a")).isEmpty();
    table.put("a", row("one"));
    assertThat(table.get("a")).contains(row("one"));
    table.put("a", row("two"));
    assertThat(table.get("a")).contains(row("two"));
    assertThat(table.size()).isEqualTo(1);
    table.delete("a");
    assertThat(table.get("a")).isEmpty();
    assertThat(table.size()).isZero();
    table.awaitCurrent(LIMIT);
    assertThat(table.get("a")).isEmpty();
  }

  @Test
  void deletingWhatIsNotThereIsFine() {
    Table<Suppression> table = table();
    table.delete("nobody");
    assertThat(table.size()).isZero();
  }

  @Test
  void aScanGivesPagesInTheOrderOfTheKeys() {
    Table<Suppression> table = table();
    for (String key : List.of("b|3", "a|1", "b|1", "c|1", "b|2")) {
      table.put(key, row(key));
    }
    assertThat(keys(table.scan("b|", "", 10))).containsExactly("b|1", "b|2", "b|3");
    assertThat(keys(table.scan("b|", "", 2))).containsExactly("b|1", "b|2");
    assertThat(keys(table.scan("b|", "b|2", 2))).containsExactly("b|3");
    assertThat(keys(table.scan("b|", "b|3", 2))).isEmpty();
    assertThat(keys(table.scan("", "", 10))).containsExactly("a|1", "b|1", "b|2", "b|3", "c|1");
    assertThat(keys(table.scan("d|", "", 10))).isEmpty();
  }

  @Test
  void tellsOfEachChangeWithWhatWasBefore() {
    Table<Suppression> table = table();
    List<String> told = new ArrayList<>();
    table.onChange(
        (key, before, now) -> told.add(key + " " + before.isPresent() + now.isPresent()));
    table.put("a", row("one"));
    table.put("a", row("two"));
    table.delete("a");
    assertThat(told).containsExactly("a falsetrue", "a truetrue", "a truefalse");
  }

  @Test
  void isAMap() {
    Table<Suppression> table = table();
    TreeMap<String, Suppression> expected = new TreeMap<>();
    Random random = new Random(20260101);
    for (int step = 0; step < 120; step++) {
      String key = (char) ('a' + random.nextInt(3)) + "|" + random.nextInt(12);
      if (random.nextInt(3) == 0) {
        table.delete(key);
        expected.remove(key);
      } else {
        table.put(key, row("step " + step));
        expected.put(key, row("step " + step));
      }
    }
    Map<String, Suppression> found = new HashMap<>();
    table.scan("", "", 1_000).forEach(row -> found.put(row.getKey(), row.getValue()));
    assertThat(found).isEqualTo(expected);
    assertThat(table.size()).isEqualTo(expected.size());
    for (char list = 'a'; list <= 'c'; list++) {
      String prefix = list + "|";
      String after = "";
      List<String> paged = new ArrayList<>();
      for (List<String> page = keys(table.scan(prefix, after, 3));
          !page.isEmpty();
          page = keys(table.scan(prefix, after, 3))) {
        paged.addAll(page);
        after = page.getLast();
      }
      assertThat(paged)
          .containsExactlyElementsOf(
              expected.keySet().stream().filter(key -> key.startsWith(prefix)).toList());
    }
  }

  static List<String> keys(List<Map.Entry<String, Suppression>> rows) {
    return rows.stream().map(Map.Entry::getKey).toList();
  }
}
