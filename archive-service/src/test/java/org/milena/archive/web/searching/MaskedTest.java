package org.milena.archive.web.searching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.archive.message.AddressMask;
import org.milena.archive.search.Snippet;
import org.milena.archive.search.Snippet.Run;

/** Snippets for strangers: nobody is signed in here. Marks are shown as square brackets. */
class MaskedTest {

  @ParameterizedTest
  @CsvSource({
    "write to [alice]@example.org now, write to a…@example.org now",
    "[write] to [alice]@[example.org] [now], [write] to a…@[example.org] [now]",
    "<al[ice@example.org]>, <a…[@example.org]>",
    "[a] b@c.d [e] f@g.h, [a] b…@c.d [e] f…@g.h",
    "[no] address @ all, [no] address @ all",
    "[all@x.y], a…[@x.y]",
    "x…[bob]@x.y, x…b…@x.y",
  })
  void masksWhateverIsMarked(String given, String shown) {
    assertThat(show(Masked.runs(read(given)))).isEqualTo(shown);
  }

  @Test
  void masksAsIfNothingWereMarked() {
    String signs = "ab@.\"- …é[]";
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new SplittableRandom(seed);
      List<Run> runs = new ArrayList<>();
      StringBuilder whole = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        StringBuilder text = new StringBuilder();
        for (int j = random.nextInt(6); j >= 0; j--) {
          text.append(signs.charAt(random.nextInt(signs.length())));
        }
        whole.append(text);
        runs.add(new Run(text.toString(), random.nextBoolean()));
      }
      List<Run> masked = Masked.runs(new Snippet(runs));
      assertThat(masked.stream().map(Run::text).collect(Collectors.joining()))
          .as("seed %s: %s", seed, whole)
          .isEqualTo(AddressMask.mask(whole.toString()));
    }
  }

  private static Snippet read(String text) {
    List<Run> runs = new ArrayList<>();
    boolean hit = false;
    for (String part : text.split("[\\[\\]]", -1)) {
      if (!part.isEmpty()) {
        runs.add(new Run(part, hit));
      }
      hit = !hit;
    }
    return new Snippet(runs);
  }

  private static String show(List<Run> runs) {
    return runs.stream()
        .map(run -> run.hit() ? "[" + run.text() + "]" : run.text())
        .collect(Collectors.joining());
  }
}
