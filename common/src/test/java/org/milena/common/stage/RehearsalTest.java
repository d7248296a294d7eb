package org.milena.common.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;

class RehearsalTest {
  private final Table<String> table = new MemoryTable<>("names");
  private final Rehearsal rehearsal = new Rehearsal();

  @BeforeEach
  void fill() {
    for (String name : List.of("a/1", "a/2", "a/3", "b/1")) {
      table.put(name, "old " + name);
    }
  }

  private List<String> keys(String after, int limit) {
    return rehearsal.scan(table, "a/", after, limit).stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void showsWhatIsChangedAndLeavesTheTableAlone() {
    rehearsal.put(table, "a/2", "new");
    rehearsal.delete(table, "a/1");
    assertThat(rehearsal.get(table, "a/2")).contains("new");
    assertThat(rehearsal.get(table, "a/1")).isEmpty();
    assertThat(rehearsal.get(table, "a/3")).contains("old a/3");
    assertThat(table.get("a/2")).contains("old a/2");
    assertThat(table.get("a/1")).contains("old a/1");
  }

  @Test
  void pagesAreAsLongWhateverIsDeleted() {
    rehearsal.delete(table, "a/1");
    rehearsal.put(table, "a/4", "new");
    rehearsal.put(table, "b/0", "new");
    assertThat(keys("", 2)).containsExactly("a/2", "a/3");
    assertThat(keys("a/3", 2)).containsExactly("a/4");
    assertThat(keys("", Integer.MAX_VALUE)).containsExactly("a/2", "a/3", "a/4");
  }

  /** Against the plain thing: a copy of the table with the changes in it. */
  @Test
  void scansAsIfTheChangesStoodInTheTable() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      Rehearsal some = new Rehearsal();
      TreeMap<String, String> model = new TreeMap<>();
      table.scan("a/", "", 1_000).forEach(row -> model.put(row.getKey(), row.getValue()));
      int changes = random.nextInt(8);
      for (int i = 0; i < changes; i++) {
        String key = "a/" + random.nextInt(7);
        if (random.nextBoolean()) {
          some.put(table, key, "new " + i);
          model.put(key, "new " + i);
        } else {
          some.delete(table, key);
          model.remove(key);
        }
      }
      String after = random.nextInt(3) == 0 ? "" : "a/" + random.nextInt(7);
      int limit = 1 + random.nextInt(5);
      assertThat(some.scan(table, "a/", after, limit))
          .as("round %d after %s", round, after)
          .containsExactlyElementsOf(
              model.tailMap(after, false).entrySet().stream().limit(limit).toList());
    }
  }
}
