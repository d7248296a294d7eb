package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** What holds for every query, whatever is typed. */
class QueryPropertyTest {
  private static final int ROUNDS = 20_000;

  private static final String[] PIECES = {
    "a",
    "kernel",
    "run*",
    "\"two words\"",
    "“x y”",
    "e1000e-driver",
    "Re:",
    "[x]",
    "--force",
    "*",
    "s:a",
    "f:\"b c\"",
    "tc:x",
    "nq:y*",
    "s:(",
    "f:(",
    "(",
    "-(",
    "!(",
    ")",
    ")",
    "thread:{",
    "}",
    "}",
    "OR",
    "AND",
    "XOR",
    "NOT",
    "NEAR",
    "NEAR/3",
    "ADJ/2",
    "|",
    "-x",
    "+y",
    "!z",
    "f(a",
    "b)",
    ":)",
    "x{",
    "y}",
    "d:2026",
    "d:..20260101",
    "d:2.weeks.ago..",
    "d:last.month",
    "rt:yesterday",
    "before:monday",
    "after:jan",
    "older_than:3d",
    "newer_than:1y",
    "l:dev",
    "l:\"a b\"",
    "l:x\"y",
    "lid:x.y",
    "m:<a@b>",
    "m:<\"a\"@b>",
    "m:\"a b\"",
    "m:x*",
    "m:<\"q*",
    "references:a@b",
    "references:<\"x\"@y>",
    "has:patch",
    "is:reply",
    "larger:10k",
    "dfpre:abcdef1",
    "dfblob:0123",
    "patchid:0123456789abcdef0123456789abcdef01234567",
    "\"",
    "--",
    "…",
    "\u00a0",
    "http://x/(y)"
  };

  @Test
  void readsWhatItWrites() {
    int valid = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new SplittableRandom(seed);
      var typed = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        typed.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(8) > 0) {
          typed.append(' ');
        }
      }
      valid += holds(seed, typed.toString()) ? 1 : 0;
    }
    assertThat(valid).isGreaterThan(ROUNDS / 10);
  }

  /** Trees that nobody types so. */
  @Test
  void writesWhatItReads() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Query tree = new RandomTrees(new SplittableRandom(seed)).next();
      String text = QueryPrinter.print(tree);
      if (text.length() <= QueryParser.MAX_LENGTH
          && Queries.weight(tree) <= QueryParser.MAX_WEIGHT) {
        assertThat(Trees.valid(text)).as("seed %s: %s", seed, text).isEqualTo(tree);
      }
    }
  }

  @Test
  void neverThrows() {
    anything(60, random -> ' ' + random.nextInt('~' - ' ' + 1));
  }

  @Test
  void neverThrowsOnItsOwnSigns() {
    String signs = "()\"-:sd. OR*2{}<|";
    anything(40, random -> signs.charAt(random.nextInt(signs.length())));
  }

  /** Controls, halves of pairs, digits that are not ours. */
  @Test
  void neverThrowsOnForeignCharacters() {
    int[] signs =
        "()\"-: d.*\0\t\u0085\u00a0\u0663\u200b\u2028\ud800\udc00\uffff".chars().toArray();
    anything(
        60,
        random ->
            random.nextBoolean()
                ? signs[random.nextInt(signs.length)]
                : random.nextInt(Character.MAX_CODE_POINT + 1));
  }

  private static void anything(int longest, ToIntFunction<SplittableRandom> character) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new SplittableRandom(seed);
      int length = random.nextInt(10) == 0 ? longest : random.nextInt(longest + 1);
      var typed = new StringBuilder();
      for (int i = 0; i < length; i++) {
        typed.appendCodePoint(character.applyAsInt(random));
      }
      holds(seed, typed.toString());
    }
  }

  /**
   * Whether it is valid: then it is read again from its canonical form, else its place is in it.
   */
  private static boolean holds(int seed, String typed) {
    try {
      switch (QueryParser.parse(typed)) {
        case ParsedQuery.Valid(Query tree) -> {
          String canonical = QueryPrinter.print(tree);
          assertThat(Trees.valid(canonical)).as(canonical).isEqualTo(tree);
          assertThat(QueryPrinter.print(Trees.valid(canonical))).isEqualTo(canonical);
          return true;
        }
        case ParsedQuery.Invalid(QueryProblem problem) -> {
          assertThat(problem.from()).isBetween(0, typed.length());
          assertThat(problem.until()).isBetween(problem.from(), typed.length());
          return false;
        }
      }
    } catch (RuntimeException | Error e) {
      return fail("seed " + seed + ": " + typed, e);
    }
  }
}
