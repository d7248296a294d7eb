package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.ArchiveId;

class QueryParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kernel panic | (kernel panic)",
        "\"kernel panic\" | 'kernel panic'",
        "panic -oops | (panic -oops)",
        "-\"a b\" x | (-'a b' x)",
        "boot OR start up | ([boot start] up)",
        "a OR b OR c | [a b c]",
        "(a b) OR c | [(a b) c]",
        "-(a OR b) c | (-[a b] c)",
        "config* | config*",
        "s:\"new release\" f:linus | (SUBJECT:'new release' FROM:linus)",
        "subject:x from:y to:z body:w filename:v | (SUBJECT:x FROM:y TO:z BODY:w FILE:v)",
        "cc:me c:you | (TO:me TO:you)",
        "-s:x | -SUBJECT:x",
        "d:20260101..20260131 | 2026-01-01T00:00:00Z..2026-02-01T00:00:00Z",
        "d:2026-02 | 2026-02-01T00:00:00Z..2026-03-01T00:00:00Z",
        "d:2025.. | 2025-01-01T00:00:00Z..",
        "date:..2025 | ..2026-01-01T00:00:00Z",
        "after:2026/1/5 | 2026-01-05T00:00:00Z..",
        "before:20260105 | ..2026-01-05T00:00:00Z",
        "l:dev@example.org | list:dev@example.org",
        "list:dev x | (list:dev x)",
        "m:<a@b> | mid:a@b",
        "has:attachment | has",
        "foo:bar http://x.y/z | (foo:bar http://x.y/z)",
        "12:30 | 12:30",
        "s: x | (s: x)",
        "-- !!! \"\" | all",
        "-!!! x | x",
        "OR | all",
        "a OR | a",
        ") a ( b | (a b)",
        "\"not closed | 'not closed'",
        "a - b | (a b)",
        "+a | a",
      })
  void reads(String typed, String tree) {
    assertThat(QueryParser.parse(typed))
        .isInstanceOfSatisfying(
            ParsedQuery.Valid.class, valid -> assertThat(show(valid.query())).isEqualTo(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d:yesterday", "after:2026-13", "d:2026-02-30", "d:1..2", "has:wings"})
  void refusesWithASentence(String typed) {
    assertThat(QueryParser.parse(typed))
        .isInstanceOfSatisfying(
            ParsedQuery.Invalid.class, invalid -> assertThat(invalid.reason()).endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a ", "(", "-(x "})
  void refusesWhatIsTooMuch(String part) {
    assertThat(QueryParser.parse(part.repeat(100))).isInstanceOf(ParsedQuery.Invalid.class);
    assertThat(QueryParser.parse(part.repeat(1000))).isInstanceOf(ParsedQuery.Invalid.class);
  }

  @Test
  void neverThrows() {
    neverThrows(60, random -> ' ' + random.nextInt('~' - ' ' + 1));
  }

  @Test
  void neverThrowsOnItsOwnSigns() {
    String signs = "()\"-:sd. OR*2";
    neverThrows(40, random -> signs.charAt(random.nextInt(signs.length())));
  }

  /** Controls, halves of pairs, digits that are not ours. */
  @Test
  void neverThrowsOnForeignCharacters() {
    int[] signs =
        "()\"-: d.*\0\t\u0085\u00a0\u0663\u200b\u2028\ud800\udc00\uffff".chars().toArray();
    neverThrows(
        60,
        random ->
            random.nextBoolean()
                ? signs[random.nextInt(signs.length)]
                : random.nextInt(Character.MAX_CODE_POINT + 1));
  }

  private static void neverThrows(int longest, ToIntFunction<SplittableRandom> character) {
    for (int seed = 0; seed < 10_000; seed++) {
      var random = new SplittableRandom(seed);
      int length = random.nextInt(10) == 0 ? longest : random.nextInt(longest + 1);
      var typed = new StringBuilder();
      for (int i = 0; i < length; i++) {
        typed.appendCodePoint(character.applyAsInt(random));
      }
      try {
        assertThat(QueryParser.parse(typed.toString())).isNotNull();
      } catch (RuntimeException | Error e) {
        fail("seed " + seed + ": " + typed, e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"DATE,0,-5", "RELEVANCE,1.25,1767225600000"})
  void writesAndReadsCursors(SearchRequest.Sort sort, double score, long date) {
    SearchCursor cursor = new SearchCursor(sort, score, date, new ArchiveId("x".repeat(27)));
    assertThat(SearchCursor.decode(cursor.encode())).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "ZCAw", "ZCAwIDAgeHh4", "%00"})
  void refusesForeignCursors(String text) {
    assertThat(SearchCursor.decode(text)).isEmpty();
  }

  private static String show(Query query) {
    return switch (query) {
      case Query.All() -> "all";
      case Query.And(var all) ->
          String.join(" ", all.stream().map(QueryParserTest::show).toList())
              .transform(text -> "(" + text + ")");
      case Query.Or(var any) ->
          String.join(" ", any.stream().map(QueryParserTest::show).toList())
              .transform(text -> "[" + text + "]");
      case Query.Not(Query not) -> "-" + show(not);
      case Query.Words(Query.Field field, String text, boolean prefix) ->
          (field == Query.Field.ANY ? "" : field + ":")
              + (text.contains(" ") ? "'" + text + "'" : text)
              + (prefix ? "*" : "");
      case Query.Dated(var from, var until) ->
          (from == null ? "" : from) + ".." + (until == null ? "" : until);
      case Query.OfList(var _, String text) -> "list:" + text;
      case Query.InLists(var lists) -> lists.toString();
      case Query.OfMessageId(String id) -> "mid:" + id;
      case Query.HasAttachment() -> "has";
    };
  }
}
