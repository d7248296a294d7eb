package org.milena.archive.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '⇒',
      quoteCharacter = '~',
      value = {
        // words, phrases, beginnings
        "kernel panic ⇒ (kernel panic)",
        "\"kernel  panic\" ⇒ 'kernel panic'",
        "“kernel panic” ⇒ 'kernel panic'",
        "\"run\" ⇒ 'run'",
        "config* ⇒ config*",
        "e1000-dri** ⇒ e1000-dri*",
        "* ⇒ all",
        "* x ⇒ x",
        "~~ ⇒ all",
        // without
        "panic -oops ⇒ (panic -oops)",
        "panic !oops ⇒ (panic -oops)",
        "panic NOT oops ⇒ (panic -oops)",
        "panic AND NOT oops ⇒ (panic -oops)",
        "NOT a b ⇒ (-a b)",
        "-\"a b\" x ⇒ (-'a b' x)",
        "-(a OR b) c ⇒ (-[a b] c)",
        "-(-a) ⇒ a",
        "-* ⇒ -all",
        "NOT * x ⇒ (-all x)",
        "+a +b ⇒ (a b)",
        "git push --force ⇒ (git push --force)",
        "a - b ⇒ (a b)",
        "1-2 ⇒ 1-2",
        // how close operators bind
        "a b OR c d ⇒ [(a b) (c d)]",
        "a AND b OR c ⇒ [(a b) c]",
        "a OR b AND c ⇒ [a (b c)]",
        "one OR two AND three ⇒ [one (two three)]",
        "(a OR b) c ⇒ ([a b] c)",
        "a OR b OR c ⇒ [a b c]",
        "a OR (b OR c) ⇒ [a b c]",
        "(a b) c ⇒ (a b c)",
        "a XOR b c OR d ⇒ [<a (b c)> d]",
        "a XOR b XOR c ⇒ <<a b> c>",
        "NOT a OR b ⇒ [-a b]",
        "a -b OR c ⇒ [(a -b) c]",
        // near
        "a NEAR b ⇒ {a NEAR/10 b}",
        "a NEAR/5 b NEAR/5 c ⇒ {a NEAR/5 b NEAR/5 c}",
        "x a ADJ/2 \"b c\" y ⇒ (x {a ADJ/2 'b c'} y)",
        "s:(a NEAR b) ⇒ {SUBJECT:a NEAR/10 SUBJECT:b}",
        "-(a NEAR b) ⇒ -{a NEAR/10 b}",
        // prefixes of public-inbox
        "s:\"new release\" f:linus ⇒ (SUBJECT:'new release' FROM:linus)",
        "t:a c:b tc:c a:d tcf:e ⇒ (TO:a CC:b TO_CC:c ADDRESSES:d ADDRESSES:e)",
        "b:a bs:b nq:c q:d n:e ⇒ (BODY:a BODY_SUBJECT:b NOT_QUOTED:c QUOTED:d FILE_NAME:e)",
        "dfn:drivers/net dfa:kfree ⇒ (DIFF_FILE:drivers/net DIFF_REMOVED:kfree)",
        "dfb:a dfhh:b dfctx:c ⇒ (DIFF_ADDED:a DIFF_HUNK:b DIFF_CONTEXT:c)",
        "dfpre:4B825dc dfpost:abcd ⇒ (blob:BEFORE:4b825dc blob:AFTER:abcd)",
        "dfblob:4b825dc642cb ⇒ blob:EITHER:4b825dc642cb",
        "patchid:0123456789abcdef0123456789abcdef01234567 ⇒"
            + " patch:0123456789abcdef0123456789abcdef01234567",
        "l:dev@example.org lid:dev.example.org ⇒ (list:dev@example.org id:dev.example.org)",
        "m:<a@b> mid:a@b m:2026* ⇒ (mid:a@b mid:a@b mid:2026*)",
        "references:<a@b> ⇒ references:a@b",
        "thread:{s:panic f:anna} x ⇒ (thread:(SUBJECT:panic FROM:anna) x)",
        "-thread:{a OR b} ⇒ -thread:[a b]",
        "thread:a@b ⇒ thread:mid:a@b",
        // those of web mail
        "subject:x from:y to:z cc:u ⇒ (SUBJECT:x FROM:y TO:z CC:u)",
        "body:w filename:v file:t ⇒ (BODY:w FILE_NAME:v FILE_NAME:t)",
        "subject:(a OR -b) ⇒ [SUBJECT:a -SUBJECT:b]",
        "from:(anna s:x) ⇒ (FROM:anna SUBJECT:x)",
        "list:dev in:dev ⇒ (list:dev list:dev)",
        "has:attachment has:patch ⇒ (HAS_ATTACHMENT PATCH)",
        "is:patch is:reply is:thread-start ⇒ (PATCH REPLY THREAD_START)",
        "larger:10k smaller:2M larger:7 ⇒ (>10000 <2000000 >7)",
        "older_than:1y newer_than:3d ⇒ (older_than:1y newer_than:3d)",
        "Subject:x FROM:y ⇒ (SUBJECT:x FROM:y)",
        "after:2026/1/5 since:2026 ⇒ (d:20260105.. d:2026..)",
        "before:20260105 until:2026-02 ⇒ (before:20260105 before:2026-02)",
        // dates
        "d:20260101..20260131 ⇒ d:20260101..20260131",
        "d:2026-02 rt:2026 ⇒ (d:2026-02 rt:2026)",
        "d:2025.. date:..2025 ⇒ (d:2025.. d:..2025)",
        "d:20260105101500.. ⇒ d:20260105101500..",
        "d:2026-01-05T10:15.. ⇒ d:202601051015..",
        "d:2.weeks.ago.. d:yesterday ⇒ (d:2.weeks.ago.. d:yesterday)",
        "d:\"2 weeks ago..today\" ⇒ d:2.weeks.ago..today",
        "d:last.month d:this-year ⇒ (d:last.month d:this.year)",
        "d:last.week d:monday d:last.fri ⇒ (d:last.week d:monday d:friday)",
        "d:jan d:jan.2026 d:5.feb.2026 ⇒ (d:january d:2026-01 d:20260205)",
        "d:now.. d:1.day.ago ⇒ (d:0.seconds.ago.. d:1.day.ago)",
        // what is pasted
        "foo:bar http://x.y/z ⇒ (foo:bar http://x.y/z)",
        "file:///etc/passwd std::string c:\\temp ⇒ (file:///etc/passwd std::string c:\\temp)",
        "Re: [x] y ⇒ (Re: [x] y)",
        "s: x ⇒ (s: x)",
        "12:30 ⇒ 12:30",
        "[PATCH v2 1/3] net: fix ⇒ ([PATCH v2 1/3] net: fix)",
        "free(buffer) f(a b) ⇒ (free(buffer) f(a b))",
        "printk(\"hi %s\", x) ⇒ (printk(\"hi %s\", x))",
        "if (x == NULL) return; ⇒ (if x NULL return;)",
        "say 5\" wide ⇒ (say 5\" wide)",
        "thanks :) ⇒ thanks",
        "foo() {return a;} ⇒ (foo() {return a;})",
        "-- !!! ( ) ... ⇒ all",
        "ps | grep x ⇒ [ps (grep x)]",
        "a && b ⇒ (a b)",
        "| a | ⇒ a",
        "to be or not to be ⇒ (to be or not to be)",
        "NEAR/x or NOT/1 ⇒ (NEAR/x or NOT/1)",
      })
  void reads(String typed, String tree) {
    assertThat(Trees.show(Trees.valid(typed))).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '⇒',
      quoteCharacter = '~',
      value = {
        "a (b c ⇒ (b c ⇒ not closed",
        "s:(a ⇒ (a ⇒ not closed",
        "thread:{a (b} ⇒ (b} ⇒ closes another one",
        "thread:{a ⇒ {a ⇒ not closed",
        "a b) c ⇒ ) ⇒ none is open",
        "x \"a b ⇒ \"a b ⇒ not closed",
        "x “a b ⇒ “a b ⇒ not closed",
        "a OR ⇒ OR ⇒ after OR",
        "OR a ⇒ OR ⇒ before OR",
        "a (AND b) ⇒ AND ⇒ before AND",
        "a OR AND b ⇒ OR ⇒ after OR",
        "a NOT ⇒ NOT ⇒ after NOT",
        "NOT NOT a ⇒ NOT ⇒ after NOT",
        "(a XOR) b ⇒ XOR ⇒ after XOR",
        "a OR -- ⇒ OR ⇒ after OR",
        "a NEAR (b c) ⇒ NEAR (b c) ⇒ between words",
        "a NEAR -b ⇒ NEAR -b ⇒ between words",
        "d:2026 NEAR b ⇒ NEAR b ⇒ between words",
        "a NEAR bc* ⇒ NEAR bc* ⇒ star",
        "s:a NEAR b ⇒ NEAR b ⇒ same prefix",
        "a NEAR/3 b NEAR/4 c ⇒ NEAR/4 c ⇒ same distance",
        "a NEAR b ADJ c ⇒ ADJ c ⇒ must be the same",
        "a NEAR/0 b ⇒ NEAR/0 ⇒ 1 to 100",
        "a NEAR/1000 b ⇒ NEAR/1000 ⇒ 1 to 100",
        "a XOR b XOR c XOR d ⇒ XOR ⇒ 2 times",
        "x *fig ⇒ *fig ⇒ end of a word",
        "f:*@example.org ⇒ f:*@example.org ⇒ end of a word",
        "col*r ⇒ col*r ⇒ end of a word",
        "a* ⇒ a* ⇒ two letters",
        "d:2026-13 ⇒ 2026-13 ⇒ not a date",
        "d:20260230.. ⇒ 20260230 ⇒ not a date",
        "x d:2026..soon y ⇒ soon ⇒ not a date",
        "d:soon..2026 ⇒ soon ⇒ not a date",
        "after:never ⇒ never ⇒ not a date",
        "before:x ⇒ x ⇒ not a date",
        "d:.. ⇒ d:.. ⇒ no date",
        "d:\"\" ⇒ d:\"\" ⇒ no date",
        "d:20260202..20260101 ⇒ d:20260202..20260101 ⇒ ends before",
        "older_than:3 ⇒ older_than:3 ⇒ 3d",
        "newer_than:x ⇒ newer_than:x ⇒ 3d",
        "has:wings ⇒ has:wings ⇒ attachment and patch",
        "is:open ⇒ is:open ⇒ patch, reply",
        "larger:big ⇒ larger:big ⇒ 10k",
        "dfpre:xyz ⇒ dfpre:xyz ⇒ hexadecimal",
        "dfblob:abc ⇒ dfblob:abc ⇒ 4 or more",
        "patchid:abcd ⇒ patchid:abcd ⇒ 40",
        "m:<> ⇒ m:<> ⇒ nothing behind m:",
        "references:<> ⇒ references:<> ⇒ nothing behind",
        "l:\" \" ⇒ l:\" \" ⇒ nothing behind l:",
        "thread:abc ⇒ thread:abc ⇒ braces",
        "thread:{a} thread:{a} thread:{a} thread:{a} ⇒ thread:{ ⇒ 3 times",
      })
  void refusesWithPlaceAndReason(String typed, String marked, String reason) {
    assertThat(QueryParser.parse(typed))
        .isInstanceOfSatisfying(
            ParsedQuery.Invalid.class,
            invalid -> {
              QueryProblem problem = invalid.problem();
              assertThat(typed.substring(problem.from(), problem.until())).isEqualTo(marked);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  @Test
  void marksThePlaceOfTheSecondOfTwo() {
    assertThat(QueryParser.parse("OR x OR y"))
        .isEqualTo(QueryParser.parse("OR x OR y"))
        .isInstanceOfSatisfying(
            ParsedQuery.Invalid.class, invalid -> assertThat(invalid.problem().from()).isZero());
    assertThat(QueryParser.parse("x OR y OR"))
        .isInstanceOfSatisfying(
            ParsedQuery.Invalid.class,
            invalid -> assertThat(invalid.problem().from()).isEqualTo(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a ", "(", "-(x ", "thread:{x ", "\"a\" "})
  void refusesWhatIsTooMuch(String part) {
    assertThat(QueryParser.parse(part.repeat(70))).isInstanceOf(ParsedQuery.Invalid.class);
    assertThat(QueryParser.parse(part.repeat(2000))).isInstanceOf(ParsedQuery.Invalid.class);
  }

  @Test
  void refusesWhatWouldBeAskedTooOften() {
    assertThat(QueryParser.parse("a ".repeat(60))).isInstanceOf(ParsedQuery.Valid.class);
    assertThat(QueryParser.parse("a ".repeat(30) + "XOR b")).isInstanceOf(ParsedQuery.Valid.class);
    assertThat(QueryParser.parse("a ".repeat(40) + "XOR b"))
        .isInstanceOf(ParsedQuery.Invalid.class);
  }

  @Test
  void refusesWhatWouldBeTooLongInItsCanonicalForm() {
    String typed = "dfctx:(" + ("x".repeat(20) + " ").repeat(59) + ")";
    assertThat(typed).hasSizeLessThan(QueryParser.MAX_LENGTH);
    assertThat(QueryParser.parse(typed)).isInstanceOf(ParsedQuery.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "d:2026, false",
    "-a, false",
    "*, false",
    "l:dev OR a, true",
    "thread:{a}, false",
    "a NEAR b, true",
    "d:2026 XOR a, true"
  })
  void knowsWhetherRelevanceMeansSomething(String typed, boolean words) {
    assertThat(Queries.hasWords(Trees.valid(typed))).isEqualTo(words);
  }
}
